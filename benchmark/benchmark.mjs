// `npm run bench`: what a step costs, beside the start of any action, a bare Node, and Composer on its way to the same
// verdict. `--quick` takes the cases that say most, `--only=TEXT` those whose name has it; `--runs=N` says how often each is
// run, `--dist=FOLDER` which build. docs/performance.md has results, and how to read them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { selfSigned } from '../testing/certificate.mjs'
import { programs } from './programs.mjs'
import { deniedOf, lockOf, unlockedOf } from './projects.mjs'
import { startServer } from './server.mjs'
import { printCase, printHead, printMachine } from './table.mjs'
import { buildToolkitStart } from './toolkit.mjs'

/**
 * @typedef {import('./programs.mjs').Usage} Usage
 * @typedef {import('./server.mjs').Cost} Cost
 * @typedef {Usage & Cost} Run
 * @typedef {'action' | 'post' | 'off' | 'toolkit' | 'node' | 'composer'} Program
 */

/**
 * Programs that are run in turn, and what each run came to.
 *
 * @typedef {object} Case
 * @property {string} project
 * @property {'http' | number} distance on this machine over http; over https, with round trips of so many milliseconds
 * @property {Partial<Record<Program, Run[]>>} runs
 */

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    runs: { type: 'string' },
    dist: { type: 'string', default: process.env.ACTION_DIST ?? 'dist' },
    only: { type: 'string', default: '' },
    'without-composer': { type: 'boolean', default: false },
  },
})
const { quick } = options
const asksComposer = !options['without-composer']
const runs = Number(options.runs ?? (quick ? 5 : 11))
const dist = resolve(options.dist)
const root = mkdtempSync(join(tmpdir(), 'benchmark-'))
let jobs = 0

try {
  printMachine(dist, runs)
  const toolkit = join(root, 'toolkit')
  await buildToolkitStart(toolkit)
  const tls = selfSigned('localhost')
  const authorities = join(root, 'authorities.pem')
  writeFileSync(authorities, tls.cert)

  printHead()
  for (const { project, distances, beside, composer = [] } of plan()) {
    if (!project.name.includes(options.only)) continue
    for (const distance of distances) {
      const secure = distance === 'http' ? {} : { tls }
      const server = await startServer({ ...project, ...secure })
      if (distance !== 'http') server.moveTo(distance)
      const folder = join(root, String(jobs++))
      const own = programs({
        root: folder,
        dist,
        toolkit,
        url: server.url,
        project,
        authorities: distance === 'http' ? undefined : authorities,
      })
      const measured = await inTurn(own, beside, runs, server.cost)
      const once =
        asksComposer && composer.includes(distance)
          ? await inTurn(own, ['composer'], Math.ceil(runs / 5), server.cost)
          : {}
      printCase({ project: project.name, distance, runs: { ...measured, ...once } })
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}

/**
 * What is measured. Composer is asked where that takes seconds: from a lock it downloads everything.
 *
 * @returns {{ project: import('./projects.mjs').Project, distances: readonly ('http' | number)[],
 *   beside: readonly Program[], composer?: readonly ('http' | number)[] }[]}
 */
function plan() {
  /** @type {Program[]} */
  const pair = ['toolkit', 'action']
  // What sends nothing is as fast wherever the server is.
  /** @type {Program[]} */
  const start = ['node', ...pair, 'off', 'post']
  if (quick) {
    return [
      { project: lockOf(600), distances: ['http'], beside: start },
      { project: lockOf(600), distances: [0, 50], beside: pair },
      { project: lockOf(20_000), distances: ['http'], beside: pair },
      { project: deniedOf(40, 600), distances: [50], beside: pair, composer: [50] },
    ]
  }
  const far = /** @type {const} */ ([0, 50, 150])
  return [
    { project: lockOf(60), distances: ['http', ...far], beside: pair, composer: far },
    { project: lockOf(600), distances: ['http'], beside: start },
    { project: lockOf(600), distances: far, beside: pair, composer: far },
    { project: lockOf(2000), distances: ['http', ...far], beside: pair },
    { project: lockOf(20_000), distances: ['http', ...far], beside: pair },
    { project: unlockedOf(600), distances: ['http', ...far], beside: pair, composer: far },
    { project: deniedOf(40, 600), distances: ['http', ...far], beside: pair, composer: far },
  ]
}

/**
 * Runs programs in turn, A B C A B C, so that a machine whose speed drifts is as fast for one as for the other. The first
 * round warms up and is not counted.
 *
 * @param {import('./programs.mjs').Programs} own
 * @param {readonly Program[]} names
 * @param {number} rounds
 * @param {() => Cost} cost
 */
async function inTurn(own, names, rounds, cost) {
  /** @type {Partial<Record<Program, Run[]>>} */
  const measured = {}
  const warmUp = names.includes('composer') ? 0 : 1
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      cost()
      const usage = await own[name]()
      if (round < 0) continue
      const all = measured[name] ?? []
      all.push({ ...usage, ...cost() })
      measured[name] = all
    }
  }
  return measured
}
