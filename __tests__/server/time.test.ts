import { expect, test } from '@jest/globals'
import { writeFiles } from '../action/in-workflow.js'
import { startJob } from '../action/run-action.js'
import { askAccess, NOT_READ, onlyMessage, problems, proxy, rawServer, repository, verdict } from './access-step.js'
import { MEASURED, MOST_MEMORY, withPeak } from './measured.js'

/** What starting Node, reading the project and writing the report may take on a busy machine, beside the requests. */
const MARGIN = 8000

/** Runs the step with a second per request, and tells how long it took and how much memory. */
async function measured(
  url: string,
  { retries = 0, env = {} }: { retries?: number; env?: Record<string, string> } = {},
) {
  const { step, mebibytes } = await withPeak(url, { inputs: { timeout: '1', retries: String(retries) }, env })
  const deadline = 2 * 1000 * (retries + 1)
  return {
    step,
    inTime: step.milliseconds < deadline + MARGIN || step.milliseconds,
    mebibytes,
  }
}

function expectBounded({ inTime, mebibytes }: Awaited<ReturnType<typeof measured>>) {
  expect(inTime).toBe(true)
  expect(mebibytes).toBeGreaterThan(0)
  expect(mebibytes).toBeLessThan(MOST_MEMORY)
}

test('the measure of memory shows memory that is used', async () => {
  if (!MEASURED) return
  const server = await repository()
  const hog = `data:text/javascript,${encodeURIComponent('globalThis.hog = Buffer.alloc(250 * 1024 * 1024, 1)')}`
  const { mebibytes } = await withPeak(server.url, { nodeOptions: ['--import', hog] })
  expect(mebibytes).toBeGreaterThan(250)
})

test('a server that never answers costs one time limit for each try', async () => {
  const server = await repository()
  server.faults.order('/packages.json', { kind: 'silent' })
  const run = await measured(server.url, { retries: 1 })
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unreachable')
  expect(run.step.milliseconds).toBeGreaterThan(2000)
  expect(server.requests).toHaveLength(2)
  expect(onlyMessage(run.step)).toContain('within 1 second.')
})

test('a byte now and then is no answer, though the connection is never idle', async () => {
  const server = await repository()
  server.faults.order('/packages.json', { kind: 'drip', ms: 200 })
  const run = await measured(server.url)
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unreachable')
  expect(server.requests[0]?.bytesSent).toBeGreaterThan(1)
})

test('headers that come byte by byte are no answer', async () => {
  const server = await rawServer((socket) => {
    const text = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
    let sent = 0
    const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ''), 50)
    socket.once('close', () => clearInterval(timer))
  })
  const run = await measured(server.url)
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unreachable')
})

test('headers without end are no answer', async () => {
  const server = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => socket.write(`x-${'a'.repeat(1000)}: ${'b'.repeat(40_000)}\r\n`), 5)
    socket.once('close', () => clearInterval(timer))
  })
  const run = await measured(server.url)
  expectBounded(run)
  expect(verdict(run.step)).toBe('unexpected-answer')
  expect(onlyMessage(run.step)).toContain('headers that are too long')
})

test('a body without end is left off at the limit', async () => {
  const server = await repository()
  server.faults.order('/packages.json', { kind: 'endless' })
  const run = await measured(server.url, { retries: 1 })
  expectBounded(run)
  // A slow machine may meet the time limit first; either ends it.
  expect(['unexpected-answer', 'repository-unreachable']).toContain(verdict(run.step))
  // What is read, and what lies in between then.
  expect(server.requests[0]?.bytesSent).toBeLessThan((64 + 16) * 1024 * 1024)
})

test('a small body that inflates to gigabytes is left off at the limit, and not asked for again', async () => {
  const server = await repository()
  server.faults.order('/packages.json', { kind: 'gzip-bomb', bytes: 2 * 1024 * 1024 * 1024 })
  const { step, mebibytes } = await withPeak(server.url, { inputs: { timeout: '30', retries: '1' } })
  expect([verdict(step), problems(step)]).toEqual(['ready', NOT_READ])
  expect(onlyMessage(step)).toContain('is larger than this action reads')
  expect(server.requests).toHaveLength(1)
  expect(mebibytes).toBeLessThan(MOST_MEMORY)
})

test('an endless series of slow redirects shares one time limit', async () => {
  // Each answer comes within the limit; all together they would take a dozen of it.
  const slow = await rawServer((socket) => {
    socket.once('data', () => {
      setTimeout(
        () => socket.end(`HTTP/1.1 302 Found\r\nlocation: /next\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`),
        600,
      )
    })
  })
  const run = await measured(slow.url)
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unreachable')
})

test('a proxy that never answers CONNECT costs one time limit for each try', async () => {
  const silent = await proxy({ silent: true })
  const run = await measured('https://repo.magento.com/', { retries: 1, env: { https_proxy: silent.url } })
  expectBounded(run)
  expect(['repository-unreachable', 'proxy-failed']).toContain(verdict(run.step))
  expect(silent.requests).toHaveLength(2)
})

test('a server that never answers the TLS handshake costs one time limit', async () => {
  const server = await rawServer(() => {})
  const run = await measured(server.url.replace('http:', 'https:'))
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unreachable')
})

test('an address that answers nothing costs one time limit', async () => {
  // Not routed anywhere (RFC 5737): a firewall that drops packets looks like this, or a network that is not there.
  const run = await measured('https://192.0.2.1/')
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unreachable')
})

test('Retry-After may not lead beyond the total deadline', async () => {
  const server = await repository()
  server.faults.order('/packages.json', {
    kind: 'status',
    status: 503,
    headers: { 'retry-after': '10' },
  })
  const run = await measured(server.url, { retries: 2 })
  expectBounded(run)
  expect(verdict(run.step)).toBe('repository-unavailable')
  expect(server.requests).toHaveLength(1)
  expect(run.step.milliseconds).toBeLessThan(MARGIN)
})

test.each([86_400_000, -86_400_000])('a clock that is set by %d ms meanwhile changes no limit', async (jump) => {
  const server = await repository()
  server.faults.order('/packages.json', { kind: 'status', status: 503 }, { times: 1 })
  const preload = `const now = Date.now
    let calls = 0
    Date.now = () => now() + calls++ * ${jump}`
  const step = await askAccess(server.url, {
    inputs: { retries: '1' },
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(preload)}`],
  })
  expect(verdict(step)).toBe('ready')
  expect(server.requests).toHaveLength(2)
})

test('where reading the project takes all the time nothing is known of the repository: a warning', async () => {
  const server = await repository()
  const job = startJob()
  writeFiles(job, {
    'composer.json': JSON.stringify({
      require: { 'acme/module': '*' },
      repositories: [
        { type: 'path', url: 'modules/*' },
        { type: 'composer', url: server.url },
        { 'packagist.org': false },
      ],
      config: { 'secure-http': false },
    }),
    'modules/other/composer.json': JSON.stringify({ name: 'acme/other', version: '1.0.0' }),
  })
  // A disk that takes two seconds to list the folder, of one that all requests have together.
  const slow = `import fs from 'node:fs'
    const { opendirSync } = fs
    fs.opendirSync = (path, ...more) => {
      if (/modules$/.test(path)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)
      return opendirSync(path, ...more)
    }`
  const step = await askAccess(server.url, {
    job,
    inputs: { check: 'full', timeout: '0.5', retries: '0' },
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(slow)}`],
  })
  expect(server.requests).toEqual([])
  expect(problems(step)).toEqual([['repository-unreachable', 'warning']])
  expect(onlyMessage(step)).toContain('Nothing was asked of')
  expect(step.summary).toMatch(/Repository \|.*, not asked/)
  expect(verdict(step)).toBe('ready')
})
