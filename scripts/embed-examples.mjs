// Writes examples into the documents that show them, or with --check only names the documents that differ:
// node scripts/embed-examples.mjs [--check]
//
// `<!-- example: install.yml -->` in a document stands before a fenced block, which becomes that file of examples/.
// `<!-- example: install.yml#steps -->` takes the lines between `# <steps>` and `# </steps>` in it; such lines are shown
// nowhere.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, extname } from 'node:path'

const MARKER = /^( *)<!-- example: ([\w./-]+?)(?:#([\w-]+))? -->$/
const FENCE = /^ *(`{3,})/
const LANGUAGES = new Map([
  ['.yml', 'yaml'],
  ['.yaml', 'yaml'],
  ['.cjs', 'js'],
  ['.md', 'markdown'],
  ['', 'dockerfile'],
])

const check = process.argv.includes('--check')
const documents = execFileSync('git', ['ls-files', '-z', '*.md', ':(exclude)examples/'], { encoding: 'utf8' })
for (const document of documents.split('\0').filter((name) => name !== '')) {
  const text = readFileSync(document, 'utf8')
  const wanted = embed(text, document)
  if (wanted === text) continue
  if (check) {
    console.error(`${document} differs from examples/: run node scripts/embed-examples.mjs`)
    process.exitCode = 1
  } else {
    writeFileSync(document, wanted)
    console.log(document)
  }
}

/**
 * @param {string} text
 * @param {string} document its name, for errors
 */
function embed(text, document) {
  const lines = text.split('\n')
  /** @type {string[]} */
  const result = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    result.push(line)
    const [, indent = '', file, part] = MARKER.exec(line) ?? []
    if (file === undefined) continue
    const fence = FENCE.exec(lines[index + 1] ?? '')?.[1]
    const end = fence === undefined ? -1 : lines.findIndex((one, at) => at > index + 1 && one.trim() === fence)
    if (end === -1) throw new Error(`${document}, line ${index + 1}: no fenced block follows the marker.`)
    result.push(...block(file, part).map((one) => (one === '' ? '' : indent + one)))
    index = end
  }
  return result.join('\n')
}

/**
 * The fenced block of an example.
 *
 * @param {string} file
 * @param {string | undefined} part
 */
function block(file, part) {
  const all = readFileSync(`examples/${file}`, 'utf8').trimEnd().split('\n')
  const language = LANGUAGES.get(extname(basename(file)))
  if (language === undefined)
    throw new Error(`examples/${file} has an extension that scripts/embed-examples.mjs does not know.`)
  const shown = part === undefined ? all : partOf(all, part, file)
  const fence = language === 'markdown' ? '````' : '```'
  return [fence + language, ...shown.filter((line) => !/^ *# <\/?[\w-]+>$/.test(line)), fence]
}

/**
 * @param {string[]} lines
 * @param {string} part
 * @param {string} file
 */
function partOf(lines, part, file) {
  const from = lines.findIndex((line) => line.trim() === `# <${part}>`)
  const to = lines.findIndex((line) => line.trim() === `# </${part}>`)
  if (from === -1 || to < from) throw new Error(`examples/${file} has no part "${part}".`)
  const own = lines.slice(from + 1, to)
  const indent = Math.min(...own.filter((line) => line !== '').map((line) => line.search(/\S/)))
  return own.map((line) => line.slice(indent))
}
