import { createHash } from 'node:crypto'
import { get } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { archivePath } from '../../testing/composer-v1.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { ask, basic, eventually } from './ask.js'

const headers = basic(accounts.openSource)

let repository: Repository
let url: string

beforeEach(async () => {
  repository = await startRepository()
  url = `${repository.url}/packages.json`
})

afterEach(() => repository.close())

function sha1(bytes: Buffer) {
  return createHash('sha1').update(bytes).digest('hex')
}

describe('orders', () => {
  test('hit as many requests as they say, one after the other, and then the repository answers again', async () => {
    repository.faults.order('/packages.json', { kind: 'status', status: 503 }, { times: 2 })
    repository.faults.order(/packages/g, { kind: 'status', status: 502 }, { times: 2 })
    const statuses = []
    for (let index = 0; index < 5; index++) statuses.push((await ask(url, { headers })).status)
    expect(statuses).toEqual([503, 503, 502, 502, 200])
  })

  test('last as long as they say from the first request that they hit', async () => {
    repository.faults.order('/packages.json', { kind: 'status', status: 503 }, { lasts: 300 })
    await sleep(350)
    expect((await ask(url, { headers })).status).toBe(503)
    expect((await ask(url, { headers })).status).toBe(503)
    await sleep(350)
    expect((await ask(url, { headers })).status).toBe(200)
  })

  test('hit what matches, and nothing after clear()', async () => {
    repository.faults.order('/packages.json', { kind: 'status', status: 500 })
    const archive = archivePath({ name: 'magento/framework', version: '103.0.8' })
    expect((await ask(repository.url + archive, { headers })).status).toBe(200)
    expect((await ask(url, { headers })).status).toBe(500)
    repository.faults.clear()
    expect((await ask(url, { headers })).status).toBe(200)
  })
})

describe('the fault', () => {
  test('"status" brings its own body and headers', async () => {
    repository.faults.order('/packages.json', {
      kind: 'status',
      status: 429,
      body: 'slow down',
      contentType: 'text/plain',
      headers: { 'retry-after': '7' },
    })
    const reply = await ask(url)
    expect([reply.status, reply.body.toString()]).toEqual([429, 'slow down'])
    expect(reply.headers).toMatchObject({ 'content-type': 'text/plain', 'retry-after': '7' })
  })

  test('"delay" gives the usual answer later', async () => {
    repository.faults.order('/packages.json', { kind: 'delay', ms: 300 })
    const before = performance.now()
    expect((await ask(url, { headers })).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThan(290)
  })

  test.each([
    ['reset', 'ECONNRESET'],
    ['close', null],
  ] as const)('"%s" ends the connection without an answer', async (kind, code) => {
    repository.faults.order('/packages.json', { kind })
    // A bare socket, because node:http reports both as ECONNRESET.
    const seen = await new Promise((resolve) => {
      const socket = connect(repository.port, repository.host, () => {
        socket.write('GET /packages.json HTTP/1.1\r\nHost: localhost\r\n\r\n')
      })
      let received = 0
      let error: string | null = null
      socket.on('data', (chunk) => {
        received += chunk.length
      })
      socket.on('error', (caught: NodeJS.ErrnoException) => {
        error = caught.code ?? caught.message
      })
      socket.on('close', () => resolve({ received, error }))
    })
    expect(seen).toEqual({ received: 0, error: code })
    expect(repository.requests).toMatchObject([{ status: null, aborted: false }])
  })

  test('"truncate" promises more than it sends', async () => {
    repository.faults.order('/packages.json', { kind: 'truncate', bytes: 20 })
    const received = await new Promise<{ promised: number; bytes: number; complete: boolean }>((resolve) => {
      get(url, { headers, agent: false }, (response) => {
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        response.on('error', () => {})
        response.on('close', () =>
          resolve({ promised: Number(response.headers['content-length']), bytes, complete: response.complete }),
        )
      })
    })
    expect(received.bytes).toBe(20)
    expect(received.promised).toBeGreaterThan(20)
    expect(received.complete).toBe(false)
    expect(repository.requests).toMatchObject([{ status: 200, bytesSent: 20, aborted: false }])
  })

  test('"html" is a page with status 200', async () => {
    repository.faults.order('/packages.json', { kind: 'html' })
    const { status, headers: got, body } = await ask(url)
    expect([status, got['content-type']]).toEqual([200, 'text/html'])
    expect(body.toString()).toContain('maintenance')
  })

  test('"redirect" sends elsewhere', async () => {
    const location = 'https://elsewhere.example/packages.json'
    repository.faults.order('/packages.json', { kind: 'redirect', location }, { times: 1 })
    repository.faults.order('/packages.json', { kind: 'redirect', location, status: 307 })
    const [first, second] = [await ask(url), await ask(url)]
    expect([first.status, first.headers.location]).toEqual([302, location])
    expect([second.status, second.headers.location]).toEqual([307, location])
  })

  test('"endless" goes on until the client leaves, and waits when it does not read', async () => {
    repository.faults.order('/packages.json', { kind: 'endless' })
    const received = await new Promise<number>((resolve) => {
      const request = get(url, { agent: false }, (response) => {
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes < 8 * 1024 * 1024) return
          response.pause()
          resolve(bytes)
          setTimeout(() => request.destroy(), 200)
        })
        response.on('error', () => {})
      })
      request.on('error', () => {})
    })
    await eventually(() => repository.requests[0]?.aborted === true)
    const sent = repository.requests[0]?.bytesSent ?? 0
    expect(sent).toBeGreaterThanOrEqual(received)
    // What fits into the buffers of both kernels, and not what 200 ms of loopback could carry.
    expect(sent).toBeLessThan(received + 32 * 1024 * 1024)
  })

  test('"drip" sends the usual answer byte by byte', async () => {
    repository.faults.order('/packages.json', { kind: 'drip', ms: 1 })
    const { status, body } = await ask(url)
    expect([status, Object.keys(JSON.parse(body.toString()))]).toEqual([401, ['warning']])
    repository.faults.clear()
    repository.faults.order('/packages.json', { kind: 'drip' })
    const request = get(url, { agent: false }, (response) => response.once('data', () => request.destroy()))
    request.on('error', () => {})
    await eventually(() => repository.requests[1]?.aborted === true)
    expect(repository.requests[1]?.bytesSent).toBe(1)
  })

  test('"silent" never answers', async () => {
    repository.faults.order('/packages.json', { kind: 'silent' })
    const signal = AbortSignal.timeout(200)
    await expect(ask(url, { signal })).rejects.toThrow('aborted')
    await eventually(() => repository.requests[0]?.aborted === true)
    expect(repository.requests).toMatchObject([{ status: null, bytesSent: 0 }])
  })

  test('"gzip-bomb" inflates to the bytes ordered, as JSON', async () => {
    const bytes = 50 * 1024 * 1024
    repository.faults.order('/packages.json', { kind: 'gzip-bomb', bytes })
    const { headers: got, body } = await ask(url)
    expect(got['content-encoding']).toBe('gzip')
    expect(body.length).toBeLessThan(bytes / 500)
    expect(repository.requests[0]?.bytesSent).toBe(body.length)
    const inflated = gunzipSync(body)
    expect(inflated.length).toBe(bytes)
    expect(JSON.parse(inflated.toString())).toEqual({ packages: [] })
  })

  test('"raw-gzip" does not say that it is gzip', async () => {
    repository.faults.order('/packages.json', { kind: 'raw-gzip' })
    const { headers: got, body } = await ask(url, { headers })
    expect(got['content-encoding']).toBeUndefined()
    expect(JSON.parse(gunzipSync(body).toString())).toHaveProperty('provider-includes')
  })

  test('"corrupt" changes the bytes and keeps JSON readable', async () => {
    const usual = await ask(url, { headers })
    repository.faults.order('/packages.json', { kind: 'corrupt' })
    const corrupt = await ask(url, { headers })
    expect(sha1(corrupt.body)).not.toBe(sha1(usual.body))
    expect(JSON.parse(corrupt.body.toString())).toEqual(JSON.parse(usual.body.toString()))
  })
})
