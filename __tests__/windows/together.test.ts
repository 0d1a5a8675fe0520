import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from '../credentials/folder.js'
import { FIRST, SECOND, THIRD, writing } from '../credentials/keys.js'
import { killedAt, MODES } from '../credentials/killed.js'
import { heldOpen } from './held-open.js'
import { EVERYWHERE, expectQuiet, filesIn, filesOf, startDifficultJob, writingTo } from './jobs.js'

const OLD = '{"http-basic": {"repo.magento.com": {"username": "somebody", "password": "before this job"}}}'

/** A job whose user has an auth.json already. */
function jobWithOld(job: Job = startDifficultJob()): Job {
  mkdirSync(dirname(job.authFile), { recursive: true })
  writeFileSync(job.authFile, OLD)
  return job
}

const passwordIn = (job: Job) =>
  JSON.parse(readFileSync(job.authFile, 'utf8'))['http-basic']['repo.magento.com'].password

describe('uses of one auth.json', () => {
  test.each([
    ['the first leaves first', [0, 1]],
    ['the last leaves first', [1, 0]],
  ])('two after one another, %s', async (_, order) => {
    const job = jobWithOld()
    const before = listing(job.root)
    const mains = [await job.main({ inputs: writing(FIRST) }), await job.main({ inputs: writing(SECOND) })]
    expect(passwordIn(job)).toBe(SECOND.password)
    for (const index of order) {
      const main = mains[index]
      if (main === undefined) throw new Error('There are two.')
      expectQuiet(main, await job.post(main))
    }
    expect(listing(job.root)).toEqual(before)
  })

  test('four at the same moment, and their post steps too', async () => {
    const job = jobWithOld()
    const before = listing(job.root)
    const pairs = [FIRST, SECOND, THIRD, FIRST]
    const mains = await Promise.all(pairs.map((pair) => job.main({ inputs: writing(pair) })))
    expect(pairs.map(({ password }) => password)).toContain(passwordIn(job))
    const posts = await Promise.all(mains.map((main) => job.post(main)))
    expectQuiet(...mains, ...posts)
    expect(listing(job.root)).toEqual(before)
  })
})

describe('a main that was killed', () => {
  test.each(MODES)('is undone by its post step, wherever it was: %s a change of the file system', async (when) => {
    const ends = await Promise.all(
      [3, 7, 11, 15, 19, 23].map(async (n) => {
        const job = jobWithOld()
        writeFileSync(filesOf(job).project, '[]')
        const before = filesIn(job.root)
        const main = await job.main({ inputs: writingTo(EVERYWHERE), ...killedAt(n, when) })
        const post = await job.post(main, { env: { COMPOSER_AUTH: main.exported.COMPOSER_AUTH } })
        expect({ n, exit: post.exitStatus, files: filesIn(job.root) }).toEqual({ n, exit: 0, files: before })
        return main.exitStatus
      }),
    )
    expect(ends).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe('an auth.json that another program holds open, which lets nobody else at it,', () => {
  test('for half a second, is written, and is what it was after the job', async () => {
    const job = jobWithOld()
    const before = listing(job.root)
    const forMain = await heldOpen(job.authFile, 500)
    const main = await job.main({ inputs: writing(FIRST) })
    await forMain.closed
    expect(passwordIn(job)).toBe(FIRST.password)
    const forPost = await heldOpen(job.authFile, 500)
    const post = await job.post(main)
    await forPost.closed
    expectQuiet(main, post)
    expect(listing(job.root)).toEqual(before)
  })

  test('for good, is named, and the post step goes on when it is closed', async () => {
    const job = startDifficultJob()
    const main = await job.main({ inputs: writing(FIRST) })
    const holder = await heldOpen(job.authFile, 600_000)
    const post = await job.post(main)
    holder.close()
    await holder.closed
    expect(post.exitStatus).toBe(0)
    expect(post.stdout).not.toMatch(/is gone again/)
    expect(post.annotations.map(({ name, message }) => [name, message.includes(job.authFile)])).toEqual([
      ['warning', true],
    ])
    expectQuiet(await job.post(main))
    expect(existsSync(job.authFile)).toBe(false)
  })
})

test('an auth.json that cannot be written has the words of Windows, not those of owners and modes', async () => {
  const job = jobWithOld()
  const holder = await heldOpen(job.authFile, 600_000)
  const { exitStatus, outputs, annotations } = await job.main({ inputs: writing(FIRST) })
  holder.close()
  await holder.closed
  expect([exitStatus, outputs.problem, annotations.length]).toEqual([1, 'auth-file-unwritable', 1])
  expect(annotations[0]?.message).toMatch(/another program has it open/)
  expect(annotations[0]?.message).not.toMatch(/as root|chmod|chown|mount/)
  expect(readFileSync(job.authFile, 'utf8')).toBe(OLD)
})

test('an auth.json that was made read-only meanwhile is what it was after the job', async () => {
  const job = jobWithOld(startJob())
  const before = listing(job.root)
  const main = await job.main({ inputs: writing(FIRST) })
  chmodSync(job.authFile, 0o444)
  expectQuiet(main, await job.post(main))
  expect(listing(job.root)).toEqual(before)
})
