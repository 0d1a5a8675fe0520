import { existsSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { askAccess, KEYS, onlyMessage, repository } from '../server/access-step.js'
import { startJob } from './run-action.js'

const preload = (code: string) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`]

/** Has something happen at the moment at which the step connects to a server. */
const onConnect = (code: string) =>
  preload(`import net from 'node:net'
    const { connect } = net.Socket.prototype
    const secret = process.env['INPUT_PRIVATE-KEY']
    net.Socket.prototype.connect = function (...args) { ${code}; return connect.apply(this, args) }`)

describe('a step that ends in the middle of its work says so', () => {
  test.each([
    [
      'an error that nobody waits for',
      onConnect('setImmediate(() => { throw new TypeError(`a line\\n    at ${secret}`) })'),
    ],
    ['a rejection that nobody waits for', onConnect('Promise.reject(new TypeError(secret))')],
    ['a call that ends the process', onConnect('process.exit(0)')],
    [
      'nothing left to wait for',
      preload(`import net from 'node:net'
        const { setTimeout } = globalThis
        globalThis.setTimeout = (...args) => setTimeout(...args).unref()
        net.Socket.prototype.connect = function () { return this }`),
    ],
  ])('%s', async (_, nodeOptions) => {
    const server = await repository()
    for (const failOnError of [true, false]) {
      const step = await askAccess(server.url, { inputs: { 'fail-on-error': String(failOnError) }, nodeOptions })
      expect(step.exitStatus).toBe(failOnError ? 1 : 0)
      expect(step.annotations).toMatchObject([
        {
          name: failOnError ? 'error' : 'warning',
          properties: { title: 'Magento Composer Auth failed unexpectedly' },
        },
      ])
      expect(step.outputs).toEqual({
        status: 'problems',
        problem: '',
        problems: '[]',
        'http-status': '',
        'auth-file': '',
        'netrc-file': '',
        'packages-checked': '0',
        'packages-denied': '[]',
      })
      expect(step.stderr).toBe('')
    }
  })

  test('and its post step too, which fails no job', async () => {
    const job = startJob()
    const { url } = await repository()
    const main = await askAccess(url, { job })
    const post = await job.post(main, {
      nodeOptions: preload(`const { write } = process.stdout
        let calls = 0
        process.stdout.write = function (...args) { if (calls++ === 0) process.exit(3); return write.apply(this, args) }`),
    })
    expect(post.exitStatus).toBe(0)
    expect(post.annotations).toMatchObject([{ name: 'warning' }])
  })
})

describe('a runner that takes nothing more', () => {
  test('outputs that cannot be written are a warning, and the verdict stands', async () => {
    const server = await repository()
    const step = await askAccess(server.url, { env: { GITHUB_OUTPUT: '/dev/full' } })
    expect([step.exitStatus, step.stderr]).toEqual([0, ''])
    expect(step.annotations).toMatchObject([{ name: 'warning' }])
    expect(onlyMessage(step)).toContain('GITHUB_OUTPUT (ENOSPC)')

    const failing = await askAccess('http://127.0.0.1:1/', { env: { GITHUB_OUTPUT: '/dev/full' } })
    expect(failing.exitStatus).toBe(1)
    expect(failing.annotations.map(({ name }) => name)).toEqual(['error', 'warning'])
  })

  test('of outputs none is written where not all can be', async () => {
    const server = await repository()
    const step = await askAccess(server.url, {
      nodeOptions: preload(`import fs from 'node:fs'
        import { syncBuiltinESMExports } from 'node:module'
        const { appendFileSync } = fs
        let room = 3
        fs.appendFileSync = (path, text, ...rest) => {
          if (path !== process.env.GITHUB_OUTPUT || room-- > 0) return appendFileSync(path, text, ...rest)
          appendFileSync(path, text.slice(0, 8), ...rest)
          throw Object.assign(new Error('full'), { code: 'ENOSPC' })
        }
        syncBuiltinESMExports()`),
    })
    expect([step.exitStatus, step.files.output]).toEqual([0, ''])
    expect(onlyMessage(step)).toContain('GITHUB_OUTPUT (ENOSPC)')
  })

  test.each([true, false])('state that cannot be saved: nothing is written (fail-on-error: %s)', async (fails) => {
    const job = startJob()
    const server = await repository()
    const step = await askAccess(server.url, {
      job,
      env: { GITHUB_STATE: '/dev/full' },
      inputs: { 'fail-on-error': String(fails) },
    })
    expect([step.exitStatus, step.stderr]).toEqual([fails ? 1 : 0, ''])
    expect(step.annotations).toMatchObject([
      { name: fails ? 'error' : 'warning', properties: { title: 'The state could not be saved' } },
    ])
    expect(step.outputs.status).toBe('problems')
    expect(existsSync(job.authFile)).toBe(false)
    expect(server.requests).toEqual([])
  })

  test('an input that cannot be read still is what it was, without outputs', async () => {
    const step = await startJob().main({
      inputs: { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey, timeout: 'long' },
      env: { GITHUB_OUTPUT: '/dev/full' },
    })
    expect([step.exitStatus, step.stderr]).toEqual([1, ''])
    expect(step.annotations.map(({ name }) => name)).toEqual(['error', 'warning'])
  })
})
