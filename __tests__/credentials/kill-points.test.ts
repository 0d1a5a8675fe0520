import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, THIRD, writing } from './keys.js'
import { filesIn, forEachKillPoint, halfAMinuteLater, killedAt, MODES } from './killed.js'

const EXISTING =
  '{\n  "bearer": {"b.example": "t"},\n  "http-basic": {\n    "a.example": {"username": "u", "password": "p"}\n  }\n}'

type Start = 'no auth.json' | 'an auth.json'
const STARTS: readonly Start[] = ['no auth.json', 'an auth.json']

function jobWith(start: Start): Job {
  const job = startJob()
  if (start === 'an auth.json') {
    mkdirSync(dirname(job.authFile))
    writeFileSync(job.authFile, EXISTING, { mode: 0o644 })
  }
  return job
}

/** A step that only writes credentials; without a summary, whose writing comes after everything that matters here. */
const step = (pair = FIRST as { username: string; password: string }) => ({
  inputs: writing(pair, { 'job-summary': 'false' }),
})

/** The job that never ended is so long ago that it cannot be running any more. */
function sixDaysLater(job: Job): void {
  const sidecar = `${job.authFile}.magento-composer-auth`
  halfAMinuteLater(job)
  if (!existsSync(sidecar)) return
  const record = JSON.parse(readFileSync(sidecar, 'utf8'))
  for (const owner of record.owners) owner.since -= 6 * 24 * 60 * 60 * 1000
  writeFileSync(sidecar, JSON.stringify(record), { mode: 0o600 })
}

function expectNoKeyIn(job: Job, ...pairs: { password: string }[]): void {
  const everything = listing(job.home).join('\n')
  for (const { password } of pairs) {
    expect(everything).not.toContain(password)
    expect(everything).not.toContain(Buffer.from(password).toString('base64').slice(2, -4))
  }
}

describe.each(MODES)('main killed %s each of its changes', (when) => {
  test.each(STARTS)(
    'is undone by its post step, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const before = filesIn(job.home)
        const killed = await job.main({ ...step(), ...killedAt(n, when) })
        halfAMinuteLater(job)
        const post = await job.post(killed)
        expect(post.exitStatus).toBe(0)
        expect(post.annotations).toEqual([])
        expect(filesIn(job.home)).toEqual(before)
        expect(readdirSync(job.home)).toEqual(readdirSync(job.home).filter((name) => name === '.composer'))
        return killed
      })
    },
    300_000,
  )
})

// After one change is before the next as far as the file system can tell, so one of the two is enough from here on.
describe('main killed before each of its changes', () => {
  test.each(STARTS)(
    'takes nothing from another use that is still living, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const before = listing(job.home)
        const living = await job.main(step(SECOND))
        const with1 = JSON.parse(readFileSync(job.authFile, 'utf8'))
        const killed = await job.main({ ...step(), ...killedAt(n, 'before') })
        halfAMinuteLater(job)
        const post = await job.post(killed)
        expect(post.exitStatus).toBe(0)
        expectNoKeyIn(job, FIRST)
        expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toEqual(with1)
        expect((await job.post(living)).exitStatus).toBe(0)
        expect(listing(job.home)).toEqual(before)
        return killed
      })
    },
    300_000,
  )

  test.each(STARTS)(
    'without a post step is undone by a later job, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const before = filesIn(job.home)
        const killed = await job.main({ ...step(), ...killedAt(n, 'before') })
        sixDaysLater(job)
        const main = await job.main(step(SECOND))
        expect(main.exitStatus).toBe(0)
        expectNoKeyIn(job, FIRST)
        await job.post(main)
        expect(filesIn(job.home)).toEqual(before)
        return killed
      })
    },
    300_000,
  )
})

describe.each(MODES)('post killed %s each of its changes', (when) => {
  test.each(STARTS)(
    'leaves nothing that it cannot finish when it runs again, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const before = filesIn(job.home)
        const main = await job.main(step())
        const killed = await job.post(main, killedAt(n, when))
        halfAMinuteLater(job)
        const again = await job.post(main)
        expect(again.exitStatus).toBe(0)
        expect(again.annotations).toEqual([])
        expect(filesIn(job.home)).toEqual(before)
        return killed
      })
    },
    300_000,
  )
})

describe('post killed before each of its changes', () => {
  test.each(STARTS)(
    'leaves nothing that the next job does not take away, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const before = filesIn(job.home)
        const killed = await job.post(await job.main(step()), killedAt(n, 'before'))
        sixDaysLater(job)
        const next = await job.main(step(SECOND))
        expect(next.exitStatus).toBe(0)
        expectNoKeyIn(job, FIRST)
        await job.post(next)
        expect(filesIn(job.home)).toEqual(before)
        return killed
      })
    },
    300_000,
  )

  test.each(STARTS)(
    'never lets a key come back that was out of auth.json, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const killed = await job.post(await job.main(step()), killedAt(n, 'before'))
        const wasOut = !existsSync(job.authFile) || !readFileSync(job.authFile, 'utf8').includes(FIRST.password)
        // The next job on the same machine, minutes later.
        halfAMinuteLater(job)
        await job.post(await job.main(step(SECOND)))
        if (wasOut) expectNoKeyIn(job, FIRST)
        return killed
      })
    },
    300_000,
  )

  test.each(STARTS)(
    'takes nothing from another use that is still living, which found %s',
    async (start) => {
      await forEachKillPoint(async (n) => {
        const job = jobWith(start)
        const before = listing(job.home)
        const leaving = await job.main(step())
        const living = await job.main(step(THIRD))
        const killed = await job.post(leaving, killedAt(n, 'before'))
        expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toMatchObject({
          'http-basic': { 'repo.magento.com': { ...THIRD } },
        })
        halfAMinuteLater(job)
        expect((await job.post(leaving)).exitStatus).toBe(0)
        expectNoKeyIn(job, FIRST)
        expect((await job.post(living)).exitStatus).toBe(0)
        expect(listing(job.home)).toEqual(before)
        return killed
      })
    },
    300_000,
  )
})
