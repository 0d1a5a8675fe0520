import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../testing/faults.mjs'
import { askAccess, closedPort, onlyMessage, proxy, repository, verdict } from './access-step.js'

const ROOT = '/packages.json'

/** Asks with two further tries, and tells the verdict and how many requests came. */
async function asked(fault: Fault, times?: number) {
  const server = await repository()
  server.faults.order(ROOT, fault, times === undefined ? {} : { times })
  const step = await askAccess(server.url, { inputs: { retries: '2' } })
  return { step, verdict: verdict(step), requests: server.requests.length }
}

describe('asked for again is what another try can change', () => {
  test.each<[string, Fault, string]>([
    ['500', { kind: 'status', status: 500 }, 'repository-unavailable'],
    ['502', { kind: 'status', status: 502 }, 'repository-unavailable'],
    ['503', { kind: 'status', status: 503 }, 'repository-unavailable'],
    ['504', { kind: 'status', status: 504 }, 'repository-unavailable'],
    ['408', { kind: 'status', status: 408 }, 'repository-unavailable'],
    ['429', { kind: 'status', status: 429 }, 'rate-limited'],
    ['a connection that is reset', { kind: 'reset' }, 'repository-unreachable'],
    ['a connection that is closed without an answer', { kind: 'close' }, 'repository-unreachable'],
    ['an answer that ends too soon', { kind: 'truncate', bytes: 10 }, 'unexpected-answer'],
  ])('%s', async (_, fault, code) => {
    expect(await asked(fault)).toMatchObject({ verdict: code, requests: 3 })
  })

  test('a connection that is refused', async () => {
    const port = await closedPort()
    const step = await askAccess(`http://127.0.0.1:${port}`, { inputs: { retries: '2' }, env: { RUNNER_DEBUG: '1' } })
    expect(verdict(step)).toBe('repository-unreachable')
    expect(onlyMessage(step)).toContain('refused the connection')
    expect(step.commands.filter(({ name, message }) => name === 'debug' && message.startsWith('GET '))).toHaveLength(3)
  })

  test('a proxy that cannot reach the host for now, and not one that forbids it', async () => {
    for (const [refuse, requests] of [
      [502, 3],
      [403, 1],
      [407, 1],
    ] as const) {
      const server = await proxy({ refuse })
      const step = await askAccess('https://repo.magento.com/', {
        inputs: { retries: '2' },
        env: { https_proxy: server.url },
      })
      expect([refuse, verdict(step), server.requests.length]).toEqual([refuse, 'proxy-failed', requests])
    }
  })
})

describe('asked for once is what another try cannot change', () => {
  test.each<[string, Fault, string]>([
    ['400', { kind: 'status', status: 400 }, 'unexpected-answer'],
    ['401', { kind: 'status', status: 401 }, 'keys-rejected'],
    ['403', { kind: 'status', status: 403 }, 'access-forbidden'],
    ['404', { kind: 'status', status: 404 }, 'repository-not-found'],
    ['410', { kind: 'status', status: 410 }, 'repository-not-found'],
    ['a web page', { kind: 'html' }, 'unexpected-answer'],
    ['an endless body', { kind: 'endless' }, 'unexpected-answer'],
    ['a redirect without a target', { kind: 'status', status: 302 }, 'unexpected-answer'],
  ])('%s', async (_, fault, code) => {
    expect(await asked(fault)).toMatchObject({ verdict: code, requests: 1 })
  })

  test('a server that does not speak TLS', async () => {
    const server = await repository()
    const step = await askAccess(server.url.replace('http:', 'https:'), {
      inputs: { retries: '2' },
      env: { RUNNER_DEBUG: '1' },
    })
    expect(verdict(step)).toBe('tls-failed')
    expect(step.commands.filter(({ name, message }) => name === 'debug' && message.startsWith('GET '))).toHaveLength(1)
  })
})

test.each<[string, Fault]>([
  ['two 503', { kind: 'status', status: 503 }],
  ['two resets', { kind: 'reset' }],
  ['two answers that end too soon', { kind: 'truncate', bytes: 3 }],
])('an answer after %s is as good as one at once', async (_, fault) => {
  expect(await asked(fault, 2)).toMatchObject({ verdict: 'ready', requests: 3, step: { annotations: [] } })
})

test('without retries everything is asked for once', async () => {
  const server = await repository()
  server.faults.order(ROOT, { kind: 'status', status: 503 }, { times: 1 })
  expect(verdict(await askAccess(server.url, { inputs: { retries: '0' } }))).toBe('repository-unavailable')
  expect(server.requests).toHaveLength(1)
})

describe('Retry-After', () => {
  async function retriedAfter(value: string) {
    const server = await repository()
    server.faults.order(ROOT, { kind: 'status', status: 503, headers: { 'retry-after': value } }, { times: 1 })
    const step = await askAccess(server.url, { inputs: { retries: '1' } })
    return { verdict: verdict(step), requests: server.requests.length, milliseconds: step.milliseconds }
  }

  test('of a few seconds is waited for', async () => {
    const run = await retriedAfter('2')
    expect(run).toMatchObject({ verdict: 'ready', requests: 2 })
    expect(run.milliseconds).toBeGreaterThanOrEqual(2000)
  })

  test('may be a date', async () => {
    // A date has whole seconds: of three at least two are left when it is read.
    const run = await retriedAfter(new Date(Date.now() + 3000).toUTCString())
    expect(run).toMatchObject({ verdict: 'ready', requests: 2 })
    expect(run.milliseconds).toBeGreaterThanOrEqual(1000)
  })

  test.each(['3600', '31', '99999999999999999999', new Date(Date.now() + 3_600_000).toUTCString()])(
    '%s is too long, and another try before it is no use',
    async (value) => {
      const run = await retriedAfter(value)
      expect(run).toMatchObject({ verdict: 'repository-unavailable', requests: 1 })
      expect(run.milliseconds).toBeLessThan(10_000)
    },
  )

  test.each(['soon', '-5', '1.5e3', ''])('%j, which says nothing, counts as none', async (value) => {
    expect(await retriedAfter(value)).toMatchObject({ verdict: 'ready', requests: 2 })
  })

  test('is not waited for after the last try', async () => {
    const server = await repository()
    server.faults.order(ROOT, { kind: 'status', status: 503, headers: { 'retry-after': '15' } })
    const step = await askAccess(server.url, { inputs: { retries: '0' } })
    expect(verdict(step)).toBe('repository-unavailable')
    expect(step.milliseconds).toBeLessThan(12_000)
  })
})
