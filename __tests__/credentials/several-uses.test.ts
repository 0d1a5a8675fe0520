import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, THIRD, writing, writingFor } from './keys.js'

type Pair = { readonly username: string; readonly password: string }
interface Use {
  readonly host: string
  readonly pair: Pair
}

const HOST = 'repo.magento.com'
const OTHER_HOST = 'mirror.example:8443'
const EXISTING = '{\n\t"http-basic": {\n\t\t"a.example": { "username": "u", "password": "p" }\n\t}, "bearer": {}\n}'

const authJson = (job: Job) => JSON.parse(readFileSync(job.authFile, 'utf8'))
const sidecarOf = (job: Job) => `${job.authFile}.magento-composer-auth`
const inputsOf = ({ host, pair }: Use) => (host === HOST ? writing(pair) : writingFor(host, pair))

function jobWith(contents: string | undefined): Job {
  const job = startJob()
  if (contents !== undefined) {
    mkdirSync(dirname(job.authFile), { recursive: true })
    writeFileSync(job.authFile, contents)
    chmodSync(job.authFile, 0o644)
  }
  return job
}

async function main(job: Job, use: Use): Promise<StepResult> {
  const result = await job.main({ inputs: inputsOf(use) })
  expect(result.exitStatus).toBe(0)
  // Whoever came last has its keys in the file, whatever was there before.
  expect(authJson(job)['http-basic'][use.host]).toEqual(use.pair)
  return result
}

async function post(job: Job, of: StepResult): Promise<StepResult> {
  const result = await job.post(of)
  expect(result.exitStatus).toBe(0)
  return result
}

/** Another step, or a person, changes auth.json while our keys are in it. */
function edit(job: Job, change: (content: ReturnType<typeof authJson>) => void): void {
  const content = authJson(job)
  change(content)
  writeFileSync(job.authFile, JSON.stringify(content))
}

function expectNoKeyOfOurs(job: Job): void {
  const everything = listing(job.home).join('\n')
  for (const { password } of [FIRST, SECOND, THIRD]) expect(everything).not.toContain(password)
  expect(existsSync(sidecarOf(job))).toBe(false)
  expect(existsSync(`${sidecarOf(job)}.lock`)).toBe(false)
}

const SAME_HOST: readonly Use[] = [
  { host: HOST, pair: FIRST },
  { host: HOST, pair: SECOND },
  { host: HOST, pair: THIRD },
]
const MIXED: readonly Use[] = [
  { host: HOST, pair: FIRST },
  { host: OTHER_HOST, pair: SECOND },
  { host: HOST, pair: THIRD },
]
const IDENTICAL: readonly Use[] = [
  { host: HOST, pair: FIRST },
  { host: HOST, pair: FIRST },
]
const WITH_OURS = JSON.stringify({ 'http-basic': { [HOST]: FIRST, 'a.example': { username: 'u', password: 'p' } } })
const WITH_ANOTHER = JSON.stringify({ 'http-basic': { [HOST]: { username: 'their', password: 'own' } } }, null, 3)

describe('uses that nobody disturbs restore the first bytes, whatever the order in which they leave', () => {
  const orders = (count: number): number[][] =>
    count === 2
      ? [
          [1, 0],
          [0, 1],
        ]
      : [
          [2, 1, 0],
          [0, 1, 2],
          [1, 2, 0],
          [1, 0, 2],
          [2, 0, 1],
          [0, 2, 1],
        ]
  const cases = [
    { uses: 'two with other keys', of: SAME_HOST.slice(0, 2) },
    { uses: 'three with other keys', of: SAME_HOST },
    { uses: 'two hosts', of: MIXED.slice(0, 2) },
    { uses: 'three on two hosts', of: MIXED },
    { uses: 'two with the same keys', of: IDENTICAL },
  ].flatMap(({ uses, of }) =>
    [
      { start: 'no auth.json', contents: undefined },
      { start: 'an auth.json', contents: EXISTING },
      { start: 'an auth.json with the same keys', contents: WITH_OURS },
      { start: 'an auth.json with other keys', contents: WITH_ANOTHER },
    ].map(({ start, contents }) => ({ uses, of, start, contents })),
  )

  test.each(cases)('$uses, $start', async ({ of, contents }) => {
    await Promise.all(
      orders(of.length).map(async (order) => {
        const job = jobWith(contents)
        const before = listing(job.home)
        const runs: StepResult[] = []
        for (const use of of) runs.push(await main(job, use))
        const here = new Set(of.keys())
        for (const index of order) {
          await post(job, runs[index] as StepResult)
          here.delete(index)
          // Those who are still here have their keys, each host the youngest of them.
          for (const { host } of of) {
            const youngest = [...here].filter((at) => of[at]?.host === host).at(-1)
            if (youngest !== undefined) expect(authJson(job)['http-basic'][host]).toEqual(of[youngest]?.pair)
          }
        }
        expect({ order, home: listing(job.home) }).toEqual({ order, home: before })
      }),
    )
  })

  test('a post step that runs twice changes nothing the second time', async () => {
    const job = jobWith(EXISTING)
    const first = await main(job, { host: HOST, pair: FIRST })
    const second = await main(job, { host: HOST, pair: SECOND })
    await post(job, second)
    const between = listing(job.home)
    await post(job, second)
    expect(listing(job.home)).toEqual(between)
    await post(job, first)
    expect(readFileSync(job.authFile, 'utf8')).toBe(EXISTING)
  })

  test('uses at the same moment wait for each other', async () => {
    const job = jobWith(EXISTING)
    const before = listing(job.home)
    const hosts = ['one.example', 'two.example', 'three.example', 'four.example', 'five.example']
    const runs = await Promise.all(hosts.map((host) => job.main({ inputs: writingFor(host, FIRST) })))
    expect(runs.map(({ exitStatus }) => exitStatus)).toEqual(hosts.map(() => 0))
    expect(Object.keys(authJson(job)['http-basic']).sort()).toEqual(['a.example', ...hosts].sort())
    await Promise.all(runs.map((run) => post(job, run)))
    expect(listing(job.home)).toEqual(before)
  })

  test('a use that stays (cleanup: false) is what the others leave behind', async () => {
    const job = jobWith(undefined)
    const first = await main(job, { host: HOST, pair: FIRST })
    const staying = await job.main({ inputs: { ...writingFor(OTHER_HOST, SECOND), cleanup: 'false' } })
    await post(job, first)
    await post(job, staying)
    expect(authJson(job)).toEqual({ 'http-basic': { [OTHER_HOST]: SECOND } })
    expect(existsSync(sidecarOf(job))).toBe(false)
  })

  test('a use that stays (cleanup: false) with the keys of one that goes keeps its keys', async () => {
    const job = jobWith(undefined)
    const first = await main(job, { host: HOST, pair: FIRST })
    const staying = await job.main({ inputs: { ...writing(SECOND), cleanup: 'false' } })
    await post(job, staying)
    await post(job, first)
    expect(authJson(job)).toEqual({ 'http-basic': { [HOST]: SECOND } })
  })
})

describe('what another step does to auth.json in between', () => {
  const THEIRS = { username: 'their', password: 'own' }
  const use = { host: HOST, pair: FIRST }

  describe.each([
    { start: 'no auth.json', contents: undefined },
    { start: 'an auth.json', contents: EXISTING },
  ])('after $start', ({ contents }) => {
    const original = contents === undefined ? {} : JSON.parse(contents)

    test('an added entry stays, and ours goes', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      edit(job, (content) => {
        content['http-basic']['added.example'] = THEIRS
      })
      await post(job, run)
      expect(authJson(job)).toEqual({
        ...original,
        'http-basic': { ...original['http-basic'], 'added.example': THEIRS },
      })
      expectNoKeyOfOurs(job)
    })

    test('an entry of its own in the place of ours stays', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      edit(job, (content) => {
        content['http-basic'][HOST] = THEIRS
      })
      await post(job, run)
      expect(authJson(job)).toEqual({ ...original, 'http-basic': { ...original['http-basic'], [HOST]: THEIRS } })
      expectNoKeyOfOurs(job)
    })

    test('an entry of its own in the place of ours outlives a use that comes after it', async () => {
      const job = jobWith(contents)
      const first = await main(job, use)
      edit(job, (content) => {
        content['http-basic'][HOST] = THEIRS
      })
      const second = await main(job, { host: HOST, pair: SECOND })
      await post(job, second)
      await post(job, first)
      expect(authJson(job)).toEqual({ ...original, 'http-basic': { ...original['http-basic'], [HOST]: THEIRS } })
      expectNoKeyOfOurs(job)
    })

    test.each([
      ['the younger', [1, 0]],
      ['the older', [0, 1]],
    ])('an entry that is added between two uses stays where %s leaves first', async (_, order) => {
      const job = jobWith(contents)
      const runs = [await main(job, use)]
      edit(job, (content) => {
        content.bearer = { 'added.example': 'token' }
      })
      runs.push(await main(job, { host: HOST, pair: SECOND }))
      for (const index of order) await post(job, runs[index] as StepResult)
      expect(authJson(job)).toEqual({
        ...original,
        'http-basic': original['http-basic'] ?? {},
        bearer: { 'added.example': 'token' },
      })
      expectNoKeyOfOurs(job)
    })

    test('an entry that is added between two post steps stays', async () => {
      const job = jobWith(contents)
      const first = await main(job, use)
      const second = await main(job, { host: OTHER_HOST, pair: SECOND })
      await post(job, first)
      edit(job, (content) => {
        content['http-basic']['added.example'] = THEIRS
      })
      await post(job, second)
      expect(authJson(job)).toEqual({
        ...original,
        'http-basic': { ...original['http-basic'], 'added.example': THEIRS },
      })
      expectNoKeyOfOurs(job)
    })

    test('a removed file stays removed', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      rmSync(job.authFile)
      await post(job, run)
      expect(existsSync(job.authFile)).toBe(false)
      expectNoKeyOfOurs(job)
    })

    test('a file removed between two uses stays removed in the end', async () => {
      const job = jobWith(contents)
      const first = await main(job, use)
      rmSync(job.authFile)
      const second = await main(job, { host: OTHER_HOST, pair: SECOND })
      await post(job, second)
      await post(job, first)
      expect(existsSync(job.authFile)).toBe(false)
      expectNoKeyOfOurs(job)
    })

    test('a file that is no JSON any more stays, with a warning', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      writeFileSync(job.authFile, 'garbage')
      const result = await post(job, run)
      expect(readFileSync(job.authFile, 'utf8')).toBe('garbage')
      expect(result.annotations.map(({ name, message }) => [name, message.includes('still holds a key')])).toEqual([
        ['warning', false],
      ])
      expectNoKeyOfOurs(job)
    })

    test('a file that is no JSON any more and holds our key stays, and the warning says so', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      writeFileSync(job.authFile, `${readFileSync(job.authFile, 'utf8')},`)
      const result = await post(job, run)
      expect(result.annotations.map(({ name, message }) => [name, message.includes('still holds a key')])).toEqual([
        ['warning', true],
      ])
    })

    test('a file that another use finds to be no JSON is an error there, and stays', async () => {
      const job = jobWith(contents)
      const first = await main(job, use)
      writeFileSync(job.authFile, 'garbage')
      const second = await job.main({ inputs: writing(SECOND) })
      expect(second.outputs.problem).toBe('auth-file-invalid')
      await post(job, second)
      await post(job, first)
      expect(readFileSync(job.authFile, 'utf8')).toBe('garbage')
      expectNoKeyOfOurs(job)
    })

    test('without the record our entry goes all the same, by its fingerprint', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      rmSync(sidecarOf(job))
      await post(job, run)
      expect(authJson(job)).toEqual({ ...original, 'http-basic': original['http-basic'] ?? {} })
      expectNoKeyOfOurs(job)
    })

    test('with a record that another program overwrote our entry goes all the same', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      writeFileSync(sidecarOf(job), '{"format": 2}')
      await post(job, run)
      expect(authJson(job)).toEqual({ ...original, 'http-basic': original['http-basic'] ?? {} })
      for (const line of listing(job.home)) expect(line).not.toContain(FIRST.password)
    })

    test('without the record an entry of another step stays', async () => {
      const job = jobWith(contents)
      const run = await main(job, use)
      rmSync(sidecarOf(job))
      edit(job, (content) => {
        content['http-basic'][HOST] = { ...FIRST, password: 'another' }
      })
      const before = listing(job.home)
      await post(job, run)
      expect(listing(job.home)).toEqual(before)
    })
  })

  test('the same keys that the user had before stay where the record is lost', async () => {
    const job = jobWith(WITH_OURS)
    const run = await main(job, use)
    rmSync(sidecarOf(job))
    await post(job, run)
    expect(readFileSync(job.authFile, 'utf8')).toBe(WITH_OURS)
  })

  test('the same keys that the user had before stay where another step added an entry', async () => {
    const job = jobWith(WITH_OURS)
    const run = await main(job, use)
    edit(job, (content) => {
      content['http-basic']['added.example'] = THEIRS
    })
    await post(job, run)
    expect(authJson(job)['http-basic']).toEqual({
      [HOST]: FIRST,
      'a.example': { username: 'u', password: 'p' },
      'added.example': THEIRS,
    })
  })

  test('other keys that the user had before come back where another step added an entry', async () => {
    const job = jobWith(WITH_ANOTHER)
    const run = await main(job, use)
    edit(job, (content) => {
      content['http-basic']['added.example'] = THEIRS
    })
    await post(job, run)
    expect(authJson(job)['http-basic']).toEqual({
      [HOST]: { username: 'their', password: 'own' },
      'added.example': THEIRS,
    })
    expectNoKeyOfOurs(job)
  })
})
