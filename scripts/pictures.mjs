// Writes README's pictures, docs/images/*.png: an annotation and a job summary of a real run of dist/, as GitHub shows
// them, in its light and its dark colours: node scripts/pictures.mjs
//
// Takes Debian's packages chromium, pngquant, fonts-liberation and fonts-noto-color-emoji.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { marked } from 'marked'
import { runStep } from '../testing/runner.mjs'
import { checkOut, sampleJobs } from '../testing/sample-job.mjs'
import { startUnderItsName } from '../testing/under-its-name.mjs'

const ROOT = new URL('..', import.meta.url)
const IMAGES = fileURLToPath(new URL('docs/images/', ROOT))
const CHROMIUM = process.env.CHROMIUM ?? 'chromium'
/** Of the picture in CSS pixels; README shows it as wide. */
const WIDTH = 820
/** Device pixels to one of CSS: enough for sharp letters on most screens. */
const SCALE = 2
const COLOURS = 128
/** What GitHub loads with a page should be small. */
const LARGEST = 100_000
/** How many lines of the file stand above an annotation. */
const LINES_ABOVE = 3

const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
try {
  const run = await deniedRun()
  const style = readFileSync(new URL('pictures.css', import.meta.url), 'utf8')
  mkdirSync(IMAGES, { recursive: true })
  for (const [name, body] of Object.entries({ annotation: annotation(run), summary: summary(run) })) {
    for (const theme of ['light', 'dark']) {
      const file = join(IMAGES, `${name}-${theme}.png`)
      photograph(`<!doctype html><meta charset="utf-8"><style>${style}</style><body class="${theme}">${body}`, file)
      const { size } = statSync(file)
      console.log(`docs/images/${name}-${theme}.png: ${Math.ceil(size / 1000)} kB`)
      if (size > LARGEST) throw new Error(`${file} is larger than ${LARGEST} bytes.`)
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** @typedef {{ annotation: import('../testing/runner.mjs').Annotation, markdown: string, lock: string }} Run */

/**
 * The action with keys of an account without Adobe Commerce, on a project that has it in its lock.
 *
 * @returns {Promise<Run>}
 */
async function deniedRun() {
  const { url, env: network, close } = await startUnderItsName(folder, process.env)
  try {
    const { keys, files } = sampleJobs(url).denied
    const { workspace, env } = checkOut(folder, files, network)
    const { repository } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'))
    const { annotations, summary } = await runStep({
      entry: 'main',
      cwd: workspace,
      env: {
        ...env,
        GITHUB_ACTION_REPOSITORY: repository.replace('github:', ''),
        GITHUB_ACTION_REF: 'v1',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      },
      inputs: { 'public-key': keys.publicKey, 'private-key': keys.privateKey },
    })
    const [only, ...others] = annotations
    if (only?.properties.title === undefined || only.properties.line === undefined || others.length > 0)
      throw new Error(`Not one annotation on a line, but: ${JSON.stringify(annotations)}`)
    // Where the home of GitHub's own runners is.
    const markdown = summary.replaceAll(String(env.HOME), '/home/runner')
    return { annotation: only, markdown, lock: files['composer.lock'] ?? '' }
  } finally {
    await close()
  }
}

/**
 * The file's line with the annotation below it, as under "Files changed".
 *
 * @param {Run} run
 */
function annotation({ annotation: { properties, message }, lock }) {
  const line = Number(properties.line)
  const from = Math.max(0, line - LINES_ABOVE)
  const lines = lock.split('\n').slice(from, line)
  const code = lines.map((text, index) => `<span>${from + index + 1}</span><div>${escaped(text)}</div>`)
  return `<div class="box">
    <div class="head file">${escaped(properties.file ?? '')}</div>
    <div class="lines">${code.join('')}</div>
    <div class="annotation">
      <div class="level"><b>Check failure</b> on line ${line} in ${escaped(properties.file ?? '')}
        <div class="quiet">GitHub Actions / Tests</div></div>
      <div class="title">${escaped(properties.title ?? '')}</div>
      <div class="message">${escaped(message)}</div>
    </div>
  </div>`
}

/**
 * The job summary, as on the page of the run.
 *
 * @param {Run} run
 */
function summary({ markdown }) {
  return `<div class="box">
    <div class="head"><b>Tests</b> <span class="quiet">summary</span></div>
    <div class="summary">${marked.parse(markdown, { gfm: true, async: false })}</div>
  </div>`
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/**
 * A picture of a page, as high as the page is.
 *
 * @param {string} html
 * @param {string} file
 */
function photograph(html, file) {
  const page = join(folder, 'page.html')
  // A screenshot is as high as the window, so the page itself has to say first how high that must be.
  writeFileSync(page, `${html}<script>document.title = document.documentElement.offsetHeight</script>`)
  const height = /<title>(\d+)<\/title>/.exec(chromium(`--window-size=${WIDTH},100`, '--dump-dom', page))?.[1]
  if (height === undefined) throw new Error('Chromium did not tell the height of the page.')
  chromium(`--window-size=${WIDTH},${height}`, `--screenshot=${file}`, page)
  // Letters have few colours: a quarter of the bytes.
  execFileSync('pngquant', ['--force', '--strip', '--speed=1', `--output=${file}`, String(COLOURS), file])
}

/**
 * @param {string[]} options the last is the page
 * @returns {string} what it prints
 */
function chromium(...options) {
  const page = pathToFileURL(options.pop() ?? '').href
  const fixed = ['--headless', '--hide-scrollbars', `--force-device-scale-factor=${SCALE}`]
  // Its sandbox does not work for root; the page is ours.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const transparent = '--default-background-color=00000000'
  const profile = `--user-data-dir=${join(folder, 'profile')}`
  return execFileSync(CHROMIUM, [...fixed, ...sandbox, transparent, profile, ...options, page], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  })
}
