import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, writing } from './keys.js'

const NOBODY = { uid: 65534, gid: 65534 }
const lockOf = (job: Job) => `${job.authFile}.magento-composer-auth.lock`
const inputs = writing(FIRST, { 'job-summary': 'false' })

function at(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000)
}

const asRoot = process.getuid?.() === 0 ? describe : describe.skip
asRoot('a lock that this user cannot remove', () => {
  test('ends main with an error and post with a warning, both with what to do, and nothing is written', async () => {
    const job = startJob()
    mkdirSync(dirname(job.authFile))
    for (const folder of [job.root, job.home, job.workspace, job.temp, dirname(job.authFile)]) {
      chownSync(folder, NOBODY.uid, NOBODY.gid)
    }
    const earlier = await job.main({ inputs, ...NOBODY })
    // Root was ended while it held the lock, long ago.
    mkdirSync(lockOf(job), 0o700)
    writeFileSync(join(lockOf(job), 'owner'), 'root')
    utimesSync(lockOf(job), at(-3600), at(-3600))
    const before = listing(job.home)

    const [main, post] = await Promise.all([
      job.main({ inputs: writing(SECOND), ...NOBODY }),
      job.post(earlier, NOBODY),
    ])
    for (const { milliseconds } of [main, post]) {
      expect(milliseconds).toBeGreaterThan(35_000)
      expect(milliseconds).toBeLessThan(75_000)
    }
    expect(main.exitStatus).toBe(1)
    expect(main.outputs.problem).toBe('auth-file-unwritable')
    expect(main.annotations[0]?.message).toContain(`${lockOf(job)} was locked by another job for too long`)
    expect(main.annotations[0]?.message).toContain('remove that folder, as its owner')
    expect(post.exitStatus).toBe(0)
    expect(post.annotations.map(({ name, message }) => [name, message.includes('remove that folder')])).toEqual([
      ['warning', true],
    ])
    expect(listing(job.home)).toEqual(before)
    // Of the main that wrote nothing the post step has nothing to say, nor to wait for.
    const nothing = await job.post(main, NOBODY)
    expect(nothing.annotations).toEqual([])
    expect(nothing.stdout).toContain('No credentials to remove')
    expect(nothing.milliseconds).toBeLessThan(20_000)
  }, 180_000)
})

describe('an abandoned lock', () => {
  test('in which a pipe stands for its owner does not hold the step up', async () => {
    const job = startJob()
    mkdirSync(lockOf(job), { recursive: true })
    execFileSync('mkfifo', [join(lockOf(job), 'owner')])
    utimesSync(lockOf(job), at(-3600), at(-3600))
    const main = await job.main({ inputs, killAfter: 50_000 })
    expect(main.outputs.status).toBe('ready')
    expect(existsSync(lockOf(job))).toBe(false)
  })

  test.each([
    ['dated ahead', 3600],
    ['dated years ago', -1e8],
  ])(
    '%s does not hold the step up',
    async (_, seconds) => {
      const job = startJob()
      const main = await job.main({ inputs })
      for (const folder of [lockOf(job), `${lockOf(job)}.takeover`]) {
        mkdirSync(folder)
        utimesSync(folder, at(seconds), at(seconds))
      }
      const post = await job.post(main)
      expect(post.milliseconds).toBeLessThan(20_000)
      expect(post.annotations).toEqual([])
      expect(listing(job.home)).toEqual([])
    },
    60_000,
  )

  test('with a date of just now is waited for half a minute by this process’s own watch, wherever the clock jumps', async () => {
    const job = startJob()
    const main = await job.main({ inputs })
    mkdirSync(lockOf(job))
    // Whoever looks at dates alone never sees it grow older.
    const keepYoung = setInterval(() => {
      if (!existsSync(lockOf(job))) return
      chmodSync(lockOf(job), 0o700)
    }, 1000)
    const clock = 'data:text/javascript,const now=Date.now();Date.now=()=>now'
    try {
      const post = await job.post(main, { nodeOptions: ['--import', clock] })
      expect(post.milliseconds).toBeGreaterThan(29_000)
      expect(post.annotations).toEqual([])
      expect(listing(job.home)).toEqual([])
    } finally {
      clearInterval(keepYoung)
    }
  }, 120_000)

  test('is not seen in one that living jobs hold in turn, whatever its date', async () => {
    const job = startJob()
    mkdirSync(dirname(job.authFile))
    let turn = 0
    // A new lock every 300 ms, each of them dated an hour ahead as by a file server whose clock is wrong.
    const takeTurns = setInterval(() => {
      if (turn++ > 10) return
      mkdirSync(lockOf(job), { recursive: true })
      writeFileSync(join(lockOf(job), 'owner'), `job ${turn}`)
      utimesSync(lockOf(job), at(3600), at(3600))
    }, 300)
    try {
      await new Promise((done) => setTimeout(done, 400))
      const main = await job.main({ inputs })
      expect(turn).toBeGreaterThan(10)
      expect(main.exitStatus).toBe(0)
      expect(readFileSync(job.authFile, 'utf8')).toContain(FIRST.password)
      await job.post(main)
    } finally {
      clearInterval(takeTurns)
    }
  }, 60_000)
})
