import { readdirSync, statSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/**
 * @typedef {import('./benchmark.mjs').Case} Case
 * @typedef {import('./benchmark.mjs').Run} Run
 * @typedef {import('./benchmark.mjs').Program} Program
 */

/** @type {Record<Program, string>} */
const NAMES = {
  node: 'node -e 0',
  toolkit: 'toolkit alone',
  action: '**action**',
  post: '**action, post**',
  off: '**action, `check: off`**',
  composer: 'Composer',
}
/** In the order of the table. @type {readonly Program[]} */
const PROGRAMS = ['node', 'toolkit', 'action', 'off', 'post', 'composer']

/** On what it was measured, and how. @param {string} dist @param {number} runs */
export function printMachine(dist, runs) {
  const [processor] = cpus()
  const node = process.env.ACTION_NODE ?? process.version
  console.log(
    `${processor?.model ?? 'unknown'}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${node}.`,
  )
  console.log(`Medians of ${runs} runs in turn, of Composer fewer; in brackets the least and the most.`)
  console.log(
    `dist/main: ${size(join(dist, 'main'))} kB in all, ${Math.round(statSync(join(dist, 'main', 'index.js')).size / 1000)} of them read at every start; dist/post: ${size(join(dist, 'post'))} kB.\n`,
  )
}

/** Kilobytes. @param {string} folder */
function size(folder) {
  return Math.round(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1000)
}

/** The head of the table, in Markdown. */
export function printHead() {
  const head = [
    'Project',
    'Round trip',
    'Program',
    'Wall, ms',
    'CPU, ms',
    'Peak, MiB',
    'Wall ÷ toolkit',
    'CPU ÷ toolkit',
    'Requests',
    'Connections',
    'Round trips',
    'kB received',
  ]
  console.log(line(head))
  console.log(line(head.map((_, index) => (index < 3 ? '---' : '--:'))))
}

/** One line for each program of a case. @param {Case} one */
export function printCase(one) {
  for (const program of PROGRAMS) printProgram(one, program)
}

/** @param {Case} one @param {Program} program */
function printProgram({ project, distance, runs }, program) {
  const own = runs[program]
  if (own === undefined) return
  const toolkit = program === 'composer' ? undefined : runs.toolkit
  /** @param {(run: Run) => number} of */
  const ratio = (of) => {
    // Pair by pair: what slows a machine down for a while slows both.
    const pairs = own.flatMap((run, index) => (toolkit?.[index] === undefined ? [] : [of(run) / of(toolkit[index])]))
    if (program === 'toolkit') return '1'
    if (program === 'composer')
      return `${(median(own.map(of)) / median((runs.action ?? []).map(of))).toFixed(1)} × action`
    return spread(pairs, 2)
  }
  console.log(
    line([
      project,
      distance === 'http' ? '0 ms, http' : `${distance} ms`,
      NAMES[program],
      spread(own.map(({ wall }) => wall)),
      spread(own.map(({ cpu }) => cpu)),
      spread(own.map(({ peak }) => peak)),
      ratio(({ wall }) => wall),
      ratio(({ cpu }) => cpu),
      count(own.map(({ requests }) => requests)),
      count(own.map(({ connections }) => connections)),
      // Where the server is near, what follows from what cannot be told.
      distance === 'http' || distance === 0 ? '–' : count(own.map(({ roundTrips }) => roundTrips)),
      count(own.map(({ received }) => received / 1000)),
    ]),
  )
}

/** @param {readonly number[]} values */
function count(values) {
  return String(Math.round(median(values)))
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.join(' | ')} |`
}

/** The median, and the least and the most. @param {readonly number[]} values */
function spread(values, digits = 0) {
  const known = values.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return '–'
  const text = (/** @type {number} */ value) => value.toFixed(digits)
  if (known.length === 1) return text(median(known))
  return `${text(median(known))} (${text(Math.min(...known))}–${text(Math.max(...known))})`
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
