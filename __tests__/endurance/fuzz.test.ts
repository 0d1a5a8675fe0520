import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from '../credentials/folder.js'
import { startFuzzedServer } from './fuzzed-server.js'
import { type FuzzedWorld, fuzzedWorld } from './fuzzed-world.js'
import { numbersFrom, Random, rounds } from './random.js'
import { brokenContract, limitOf, violations } from './violations.js'

/** FUZZ_SEED makes other cases, FUZZ_CASES says how many; FUZZ_CASE runs a single one again and keeps its folder. */
const SEED = process.env.FUZZ_SEED ?? '20261125'
const CASES = Number(process.env.FUZZ_CASES ?? rounds({ few: 60, all: 2000 }))
const ONLY = process.env.FUZZ_CASE

const PRELOAD = pathToFileURL(join(import.meta.dirname, '../server/peak-memory.mjs')).href
/** Beyond the limit, for what does not end by itself. Milliseconds. */
const PATIENCE = 10_000

/** What one case came to. */
interface Verdict {
  readonly number: number
  /** Of main; undefined where it came to none. */
  readonly status: string | undefined
  /** Each in a sentence. */
  readonly violations: readonly string[]
  readonly how: readonly string[]
}

const title = ONLY === undefined ? `${CASES} jobs` : `job ${ONLY}`
test(`${title} of seed ${SEED}: each ends in time, stays small, reports, shows no secret and leaves none`, async () => {
  process.stderr.write(`Fuzz run with FUZZ_SEED=${SEED}\n`)
  const left = ONLY === undefined ? numbersFrom(0, CASES) : [Number(ONLY)]
  const verdicts: Verdict[] = []
  const worker = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) {
      const verdict = await fuzz(number)
      verdicts.push(verdict)
      // At once, since a long run may be broken off.
      if (verdict.violations.length > 0) process.stderr.write(`\n${told(verdict)}\n`)
    }
  }
  const started = performance.now()
  // One more than there are cores: some of them wait for a server that keeps silent.
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker))
  process.stderr.write(`Fuzz run: ${verdicts.length} jobs in ${Math.round((performance.now() - started) / 1000)} s\n`)
  const failed = verdicts.filter(({ violations }) => violations.length > 0)
  const list = failed.map(({ number, violations }) => `${named(number)} ${violations.join('; ').slice(0, 500)}`)
  if (list.length > 0) throw new Error(`${list.length} of ${verdicts.length} failed:\n${list.join('\n')}`)
  // Jobs that all end at the first step would show little.
  const statuses = new Set(verdicts.map(({ status }) => status))
  if (ONLY === undefined) expect([...statuses]).toEqual(expect.arrayContaining(['ready', 'problems', 'skipped']))
}, 3_600_000)

/** How to run a case again. */
const named = (number: number) => `FUZZ_SEED=${SEED} FUZZ_CASE=${number}`

function told({ number, violations, how }: Verdict): string {
  const lines = [named(number), ...violations, '  made by:', ...how.map((one) => `  ${one}`)]
  return lines.join('\n').slice(0, 6000)
}

/** Makes and runs one case. */
async function fuzz(number: number): Promise<Verdict> {
  const keep = ONLY !== undefined
  const [job, server] = [startJob({ keep }), await startFuzzedServer()]
  let how: readonly string[] = []
  try {
    const world = fuzzedWorld(job, server.port, new Random(`case ${number}`, SEED))
    how = world.how
    server.serve(world.documents)
    if (keep) keepWorld(job, world)
    return { number, how, ...(await judged(job, world, keep)) }
  } catch (error) {
    return { number, status: undefined, how, violations: [excerpt(error)] }
  } finally {
    await server.close()
    if (!keep) rmSync(job.root, { recursive: true, force: true })
  }
}

/** Runs main and post, and says what either did that no step may do. */
async function judged(job: Job, world: FuzzedWorld, keep: boolean): Promise<Pick<Verdict, 'status' | 'violations'>> {
  const { inputs, env, secrets, committed } = world
  const limit = limitOf(inputs)
  const measures = mkdtempSync(join(tmpdir(), 'fuzz-measures-'))
  const [mainPeak, postPeak] = [join(measures, 'main'), join(measures, 'post')]
  const options = (peak: string) => ({
    env: { ...env, PEAK_MEMORY: peak },
    nodeOptions: process.platform === 'linux' ? ['--import', PRELOAD] : [],
    secrets,
    killAfter: limit + PATIENCE,
  })
  try {
    const before = listing(job.root)
    const main = await job.main({ ...options(mainPeak), inputs })
    if (keep) writeFileSync(`${job.root}.stdout`, `${main.stdout}\n${main.stderr}\n${main.files.output}`)
    const ofMain = [
      ...violations(main, limit, mainPeak),
      ...brokenContract(main, inputs['fail-on-error'] !== 'false'),
      ...(main.masks.includes(committed) ? ['had something masked that stands in the checkout alone'] : []),
    ]
    const post = await job.post(main, options(postPeak))
    const ofPost = [
      ...violations(post, limit, postPeak),
      ...(post.exitStatus === 1 ? ['failed'] : []),
      ...(inputs.cleanup === 'false' ? [] : differences(before, listing(job.root))),
    ]
    const found = [...ofMain.map((one) => `main ${one}`), ...ofPost.map((one) => `post ${one}`)]
    return { status: main.outputs.status, violations: found }
  } finally {
    rmSync(measures, { recursive: true, force: true })
  }
}

/** What post did not leave as main found it: a file with a key, or one that is no longer byte for byte what it was. */
function differences(before: readonly string[], after: readonly string[]): string[] {
  const [old, now] = [new Set(before), new Set(after)]
  return [
    ...after.filter((line) => !old.has(line)).map((line) => `left ${line.slice(0, 300)}`),
    ...before.filter((line) => !now.has(line)).map((line) => `left no ${line.slice(0, 300)}`),
  ]
}

/** Of the text in which a secret was found, the place at which it stands. */
function excerpt(error: unknown): string {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const [head, form] = /^Error: A secret is in \w+, as (".*?"):\n/.exec(message) ?? []
  if (head === undefined || form === undefined) return message.slice(0, 3000)
  const at = message.indexOf(JSON.parse(form), head.length)
  return `${head}… ${message.slice(Math.max(head.length, at - 300), at + 300)} …`
}

/** Writes beside the job's folder what its steps and its server get, to be read when a case is run again. */
function keepWorld(job: Job, { inputs, env, secrets, how, documents }: FuzzedWorld): void {
  const answers = [...documents.served, ['(others)', documents.otherwise] as const].map(([path, { answer, fault }]) => {
    const { status, headers, body } = answer
    return `${path}\n${status} ${JSON.stringify({ headers, fault })}\n${body.toString('latin1')}\n`
  })
  writeFileSync(`${job.root}.json`, JSON.stringify({ inputs, env, secrets, how }, null, 2))
  writeFileSync(`${job.root}.server`, answers.join('\n'))
  process.stderr.write(`Kept: ${job.root} with .json, .server and .stdout beside it\n`)
}
