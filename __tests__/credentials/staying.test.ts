import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, THIRD, writingFor } from './keys.js'

type Pair = { readonly username: string; readonly password: string }
interface Use {
  readonly host: string
  readonly pair: Pair
}

const HOST = 'repo.magento.com'
const OTHER_HOST = 'mirror.example:8443'
const LONG_AGO = Date.now() - 6 * 24 * 60 * 60 * 1000

const authJson = (job: Job) => JSON.parse(readFileSync(job.authFile, 'utf8'))
const sidecarOf = (job: Job) => `${job.authFile}.magento-composer-auth`

function jobWith(contents: string | undefined): Job {
  const job = startJob()
  if (contents !== undefined) {
    mkdirSync(dirname(job.authFile))
    writeFileSync(job.authFile, contents)
    chmodSync(job.authFile, 0o644)
  }
  return job
}

async function run(job: Job, { host, pair }: Use, cleanup: 'true' | 'false'): Promise<StepResult> {
  const result = await job.main({ inputs: { ...writingFor(host, pair), cleanup } })
  expect(result.exitStatus).toBe(0)
  expect(authJson(job)['http-basic'][host]).toEqual(pair)
  return result
}
const going = (job: Job, use: Use) => run(job, use, 'true')
const staying = (job: Job, use: Use) => run(job, use, 'false')

async function post(job: Job, of: StepResult): Promise<void> {
  expect((await job.post(of)).exitStatus).toBe(0)
}

/** What stands in the home where the staying uses alone had run, on the same file. */
async function alone(contents: string | undefined, ...uses: readonly Use[]): Promise<string[]> {
  const job = jobWith(contents)
  for (const use of uses) await staying(job, use)
  return listing(job.home)
}

const STARTS = [
  { start: 'no auth.json', contents: undefined },
  {
    start: 'an auth.json',
    contents: '{\n\t"http-basic": {\n\t\t"a.example": { "username": "u", "password": "p" }\n\t}, "bearer": {}\n}',
  },
  { start: 'an auth.json without http-basic', contents: '{"bearer": {"b.example": "token"}}\r\n' },
  { start: 'an empty list', contents: '[]' },
  {
    start: 'an auth.json with the same keys',
    contents: JSON.stringify({ 'http-basic': { [HOST]: FIRST, 'a.example': { username: 'u', password: 'p' } } }),
  },
  {
    start: 'an auth.json with other keys',
    contents: JSON.stringify({ 'http-basic': { [HOST]: { username: 'their', password: 'own' } } }, null, 3),
  },
]
const B = [
  { keys: 'the same keys', use: { host: HOST, pair: FIRST } },
  { keys: 'other keys', use: { host: HOST, pair: SECOND } },
  { keys: 'another host', use: { host: OTHER_HOST, pair: SECOND } },
  { keys: 'the same keys for another host', use: { host: OTHER_HOST, pair: FIRST } },
]
const A = { host: HOST, pair: FIRST }

describe.each(STARTS)(
  'a use with cleanup: false leaves the bytes that it would have left alone: $start',
  ({ contents }) => {
    test.each(B)('$keys', async ({ use }) => {
      const job = jobWith(contents)
      const a = await going(job, A)
      const b = await staying(job, use)
      await post(job, b)
      expect(authJson(job)['http-basic'][use.host]).toEqual(use.pair)
      await post(job, a)
      expect(listing(job.home)).toEqual(await alone(contents, use))
    })

    test.each(B)('$keys, between two that go', async ({ use }) => {
      const expected = await alone(contents, use)
      const orders = [
        [0, 1],
        [1, 0],
      ]
      await Promise.all(
        orders.map(async (order) => {
          const job = jobWith(contents)
          const a = await going(job, A)
          await staying(job, use)
          const c = await going(job, { host: HOST, pair: THIRD })
          for (const index of order) await post(job, [a, c][index] as StepResult)
          expect({ order, home: listing(job.home) }).toEqual({ order, home: expected })
        }),
      )
    })

    test('several that stay: all of them, the youngest for each host', async () => {
      const uses = [
        { host: OTHER_HOST, pair: FIRST },
        { host: HOST, pair: SECOND },
        { host: HOST, pair: THIRD },
      ]
      const job = jobWith(contents)
      const a = await going(job, A)
      for (const use of uses) await staying(job, use)
      await post(job, a)
      expect(listing(job.home)).toEqual(await alone(contents, ...uses))
    })

    test('it stays where another step adds an entry in between', async () => {
      const job = jobWith(contents)
      const a = await going(job, A)
      await staying(job, A)
      const content = authJson(job)
      content['http-basic']['added.example'] = { username: 'their', password: 'own' }
      writeFileSync(job.authFile, JSON.stringify(content))
      await post(job, a)
      expect(authJson(job)['http-basic']).toMatchObject({ [HOST]: FIRST, 'added.example': { username: 'their' } })
      expect(existsSync(sidecarOf(job))).toBe(false)
    })

    test('it stays where another step added an entry before it', async () => {
      const job = jobWith(contents)
      const a = await going(job, A)
      const content = authJson(job)
      content['http-basic']['added.example'] = { username: 'their', password: 'own' }
      writeFileSync(job.authFile, JSON.stringify(content))
      await staying(job, A)
      await post(job, a)
      expect(authJson(job)['http-basic']).toMatchObject({ [HOST]: FIRST, 'added.example': { username: 'their' } })
      expect(existsSync(sidecarOf(job))).toBe(false)
    })

    test('it stays where somebody removed the file before it', async () => {
      const job = jobWith(contents)
      const a = await going(job, A)
      rmSync(job.authFile)
      await staying(job, { host: OTHER_HOST, pair: SECOND })
      await post(job, a)
      expect(authJson(job)).toEqual({ 'http-basic': { [OTHER_HOST]: SECOND } })
      expect(existsSync(sidecarOf(job))).toBe(false)
    })

    test.each(B)('the entry of a job that died goes when it comes, and with it the record: $keys', async ({ use }) => {
      const job = jobWith(contents)
      const dead = await going(job, A)
      const record = JSON.parse(readFileSync(sidecarOf(job), 'utf8'))
      for (const owner of record.owners) owner.since = LONG_AGO
      writeFileSync(sidecarOf(job), JSON.stringify(record))
      await staying(job, use)
      expect(existsSync(sidecarOf(job))).toBe(false)
      const theirs = contents === undefined || contents === '[]' ? {} : JSON.parse(contents)
      const expected = { ...theirs, 'http-basic': { ...theirs['http-basic'], [use.host]: use.pair } }
      expect(authJson(job)).toEqual(expected)
      // Should its post step come after all, what stands there is nobody's but the staying use's.
      if (use.host !== A.host || use.pair !== A.pair) {
        await post(job, dead)
        expect(authJson(job)).toEqual(expected)
      }
    })
  },
)
