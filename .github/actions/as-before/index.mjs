// Main and post in one: main remembers in the step's state what there is, post compares. No dependencies.
import { createHash, randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const {
  GITHUB_STATE = '',
  GITHUB_WORKSPACE = '.',
  INPUT_FILES = '',
  INPUT_VARIABLES = '',
  STATE_before: before,
} = process.env

/** Hashes alone: what is compared may be secret. @param {string | Buffer} bytes */
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex')
/** @param {string} text */
const lines = (text) => text.split(/\r?\n/).filter((line) => line !== '')

process.chdir(GITHUB_WORKSPACE)
const now = {
  ...Object.fromEntries(
    lines(INPUT_FILES).map((file) => [file, existsSync(file) ? hash(readFileSync(file)) : 'absent']),
  ),
  ...Object.fromEntries(lines(INPUT_VARIABLES).map((name) => [name, hash(process.env[name] ?? '')])),
}

if (before === undefined) {
  const delimiter = randomUUID()
  appendFileSync(GITHUB_STATE, `before<<${delimiter}\n${JSON.stringify(now)}\n${delimiter}\n`)
} else {
  /** @type {Record<string, string>} */
  const then = JSON.parse(before)
  const changed = Object.entries(now).filter(([name, value]) => then[name] !== value)
  for (const [name, value] of changed)
    console.log(`::error::${name} is not as it was before: ${then[name]}, now ${value}`)
  if (changed.length > 0) process.exitCode = 1
  else console.log(`As before: ${Object.keys(now).join(', ')}`)
}
