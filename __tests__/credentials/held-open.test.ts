import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, writing } from './keys.js'

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'held-open.mjs')).href
const inputs = writing(FIRST, { 'auth-location': 'project', 'job-summary': 'false' })
const authFile = (job: Job) => join(job.workspace, 'auth.json')

/** The options of a step that sees files as Windows shows them. */
const held = (times: number, names = 'auth.json') => ({
  nodeOptions: ['--import', PRELOAD],
  env: { HELD_OPEN: String(times), HELD_NAMES: names },
})

describe('where another program holds files open as on Windows', () => {
  test.each([
    ['auth.json did not exist', undefined],
    ['auth.json existed', '{"bearer":{"a.example":"token of somebody"}}'],
  ])('for half a second, everything is written and taken away: %s', async (_, text) => {
    const job = startJob()
    if (text !== undefined) writeFileSync(authFile(job), text, { mode: 0o644 })
    const before = listing(job.root)
    const main = await job.main({ inputs, ...held(5) })
    expect(main.annotations).toEqual([])
    expect(readFileSync(authFile(job), 'utf8')).toContain(FIRST.password)
    const post = await job.post(main, held(5))
    expect(post.annotations).toEqual([])
    expect(post.stdout).toMatch(/is gone again|is again what it was/)
    expect(listing(job.root)).toEqual(before)
  })

  test('for good, the step gives up after a second, and the post step says what stays where', async () => {
    const job = startJob()
    const main = await job.main({ inputs })
    const post = await job.post(main, held(1e9))
    expect(post.exitStatus).toBe(0)
    expect(post.milliseconds).toBeLessThan(20_000)
    expect(post.annotations.map(({ name, message }) => [name, message.includes(authFile(job))])).toEqual([
      ['warning', true],
    ])
    expect(post.stdout).not.toMatch(/is gone again/)
    // When it is closed, the same post step takes the key away.
    await job.post(main)
    expect(existsSync(authFile(job))).toBe(false)
    expect(listing(job.temp)).toEqual([])
  }, 60_000)

  test('an auth.json that was made read-only meanwhile is what it was after the job', async () => {
    const job = startJob()
    writeFileSync(authFile(job), '{}', { mode: 0o644 })
    const main = await job.main({ inputs, ...held(0) })
    chmodSync(authFile(job), 0o444)
    const post = await job.post(main, held(0))
    expect(post.annotations).toEqual([])
    expect(readFileSync(authFile(job), 'utf8')).toBe('{}')
    expect(statSync(authFile(job)).mode & 0o777).toBe(0o644)
    expect(listing(job.temp)).toEqual([])
  })

  test('a lock is left, taken over and removed without the call that does nothing there', async () => {
    const job = startJob()
    const first = await job.main({ inputs, ...held(0) })
    const second = await job.main({ inputs, ...held(0) })
    for (const main of [second, first]) expect((await job.post(main, held(0))).milliseconds).toBeLessThan(20_000)
    expect(listing(job.temp)).toEqual([])
    expect(existsSync(authFile(job))).toBe(false)
  }, 120_000)
})
