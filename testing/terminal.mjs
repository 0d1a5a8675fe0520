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
    const group = /^::group::(.*)$/.exec(line)?.[1]
    if (group !== undefined) console.log(`  ▾ ${masked(group)}`)
    else if (line !== '' && !/^\s*::/.test(line)) console.log(`  ${masked(line)}`)
  }
  for (const annotation of step.annotations) showAnnotation({ ...annotation, message: masked(annotation.message) })
  console.log(dim(`  exit status ${step.exitStatus}, ${Math.round(step.milliseconds)} ms`))
}

/** @param {import('./runner.mjs').Annotation} annotation */
function showAnnotation({ name, properties: { title = '', file, line }, message }) {
  const colour = { error: red, warning: yellow, notice: dim }[name]
  const place = file === undefined ? '' : dim(` (${file}${line === undefined ? '' : `, line ${line}`})`)
  const lines = message.split('\n').flatMap((text) => wrapped(text, 96))
  for (const text of [colour(bold(`${name}: ${title}`)) + place, ...lines]) console.log(`  ${colour('┃')} ${text}`)
}

/** @param {string} markdown */
export function showSummary(markdown) {
  if (markdown === '') return
  heading('Job summary', 2)
  const text = markdown
    .replace(/<wbr>|<\/?a\b[^>]*>|<\/details>/g, '')
    .replace(/<details><summary>(.*)<\/summary>/g, '▾ $1')
    .replace(/<\/?code>/g, '`')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/(?:^\|.*\|\n)+/gm, table)
    .replace(/^#+ (.*)$/gm, (_, title) => bold(title))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  for (const line of text.split('\n')) for (const part of wrapped(line, 98)) console.log(`  ${part}`)
}

/**
 * A table of Markdown in columns, without its rule and an empty head.
 *
 * @param {string} markdown
 */
function table(markdown) {
  const lines = markdown.trimEnd().split('\n')
  const filled = lines.filter((line) => /[^|:\s-]/.test(line))
  const rows = filled.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  const widths = [0, 1].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const text = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return text.map((line) => `${line.trimEnd()}\n`).join('')
}

/**
 * Lines below a width, each further one below the text of a step, of a quotation, or of a table's second column.
 *
 * @param {string} line
 * @param {number} width
 * @returns {string[]}
 */
function wrapped(line, width) {
  const start = /^(?:\d+\. |> |[^ ]+(?: [^ ]+)* {2,})/.exec(line)?.[0] ?? ''
  const lines = [start]
  for (const word of line.slice(start.length).split(' ')) {
    const last = lines[lines.length - 1] ?? ''
    const isEmpty = last.length === start.length
    if (!isEmpty && last.length + word.length >= width) lines.push(' '.repeat(start.length) + word)
    else lines[lines.length - 1] = isEmpty ? last + word : `${last} ${word}`
  }
  return lines
}
