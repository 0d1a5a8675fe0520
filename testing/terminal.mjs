/** Shows in a terminal what GitHub would show of a step: its log, its annotations, its summary. */

const colours = process.stdout.isTTY && !process.env.NO_COLOR
/** @param {number} code */
const style = (code) => (/** @type {string} */ text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)
const bold = style(1)
const red = style(31)
const yellow = style(33)
const dim = style(2)

/**
 * @param {string} text
 * @param {1 | 2} level
 */
export function heading(text, level = 1) {
  console.log(
    level === 1 ? `\n${bold(`━━ ${text} ${'━'.repeat(Math.max(0, 76 - text.length))}`)}` : `\n${bold(`▸ ${text}`)}`,
  )
}

const COLOURS = { error: red, warning: yellow, notice: dim }

/**
 * The log as the runner writes it (masked, commands acted on and not shown), then the annotations, as the run's page
 * shows them.
 *
 * @param {string} name
 * @param {import('./runner.mjs').StepResult} step
 * @param {string[]} earlierMasks
 */
export function showLog(name, step, earlierMasks = []) {
  heading(name, 2)
  const masks = [...earlierMasks, ...step.masks]
  /** @param {string} text */
  const masked = (text) => masks.reduce((result, mask) => result.replaceAll(mask, '***'), text)
  for (const line of `${step.stdout}${step.stderr}`.split('\n')) {
    if (line !== '' && !/^\s*::/.test(line)) console.log(`  ${masked(line)}`)
  }
  for (const { name: level, properties, message } of step.annotations) {
    const colour = COLOURS[level]
    console.log(`  ${colour('┃')} ${colour(bold(`${level}: ${properties.title ?? ''}`))}`)
    const lines = masked(message).split('\n')
    for (const part of lines.flatMap((line) => wrapped(line, 96))) console.log(`  ${colour('┃')} ${part}`)
  }
  console.log(dim(`  exit status ${step.exitStatus}, ${Math.round(step.milliseconds)} ms`))
}

/** @param {string} markdown */
export function showSummary(markdown) {
  if (markdown === '') return
  heading('Job summary', 2)
  const text = markdown
    .replace(/<wbr>|<\/?a\b[^>]*>/g, '')
    .replace(/<\/?code>/g, '`')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/^\|(?: :-- \|)+\n/gm, '')
    .replace(/^\| (.*?) \| (.*) \|$/gm, (_, key, value) => `${key.padEnd(24)} ${value}`)
    .replace(/^#+ (.*)$/gm, (_, title) => bold(title))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  for (const line of text.split('\n')) for (const part of wrapped(line, 98)) console.log(`  ${part}`)
}

/**
 * @param {string} line
 * @param {number} width
 * @returns {string[]}
 */
function wrapped(line, width) {
  const lines = ['']
  for (const word of line.split(' ')) {
    const last = lines[lines.length - 1] ?? ''
    if (last !== '' && last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}
