import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../testing/faults.mjs'
import { askAccess, onlyMessage, rawServer, repository, verdict, webServer } from './access-step.js'
import { besideComposer, bothSay, COMPOSER_IS_HERE, projectWith } from './beside-composer.js'

const ROOT = '/packages.json'
const VALID = Buffer.from('{"packages":[]}')

/** A server that answers everything with one body. */
function answering(body: Buffer | string, headers: Record<string, string> = {}, status = 200) {
  return webServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
}

describe('what is no packages.json', () => {
  test.each<[string, Buffer | string, Record<string, string>, string]>([
    ['a web page', '<!doctype html><title>Maintenance</title>', { 'content-type': 'text/html' }, 'a web page'],
    ['a web page after white space', '\n\n  <html></html>', {}, 'a web page'],
    ['a web page that claims to be JSON', '<html></html>', {}, 'a web page'],
    ['nothing', '', {}, 'an empty body'],
    ['nothing, compressed', gzipSync(''), { 'content-encoding': 'gzip' }, 'an empty body'],
    ['an empty body that claims to be compressed', '', { 'content-encoding': 'gzip' }, 'an empty body'],
    ['gzip that does not say so', gzipSync(VALID), {}, 'compressed data'],
    ['a text', 'Service temporarily unavailable', {}, 'not JSON'],
    ['JSON with something behind it', '{"packages":[]} trailing', {}, 'not JSON'],
    ['JSON that is cut', '{"packages":[', {}, 'not JSON'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), {}, 'not JSON'],
    ['a byte order mark', '\ufeff{"packages":[]}', {}, 'not JSON'],
  ])('%s', async (_, body, headers, words) => {
    const { url } = await answering(body, headers)
    const step = await askAccess(url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain(words)
    expect(step.outputs['http-status']).toBe('200')
  })

  test('the JSON value null', async () => {
    const { url } = await answering('null')
    expect(verdict(await askAccess(url))).toBe('unexpected-answer')
  })

  test.each(['42', '"packages"', 'true'])(
    'but the JSON value %s, to Composer a file with nothing in it',
    async (body) => {
      const { url } = await answering(body)
      expect(verdict(await askAccess(url))).toBe('ready')
    },
  )

  test.each<[string, Buffer, string, string]>([
    ['a text said to be gzip', VALID, 'gzip', '(gzip): it is damaged, or not gzip at all'],
    ['a text said to be br', VALID, 'br', '(br): it is damaged, or not br at all'],
    ['gzip said to be br', gzipSync(VALID), 'br', '(br): it is damaged, or not br at all'],
  ])('%s', async (_, body, encoding, words) => {
    const { url } = await answering(body, { 'content-encoding': encoding })
    const step = await askAccess(url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain(`does not match its Content-Encoding header ${words}.`)
  })

  test.each([
    ['an encoding that nobody knows', 'x-::error::unknown', 'x-errorunknown'],
    ['zstd, which was not asked for', 'zstd', 'zstd'],
  ])('%s', async (_, encoding, shown) => {
    const { url } = await answering(VALID, { 'content-encoding': encoding })
    const step = await askAccess(url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain(` is encoded as ${shown}, which Composer cannot decode.`)
  })

  test('gzip that ends too soon', async () => {
    const whole = gzipSync(Buffer.alloc(10_000, VALID))
    const { url } = await answering(whole.subarray(0, whole.length / 2), { 'content-encoding': 'gzip' })
    const step = await askAccess(url)
    expect(verdict(step)).toBe('unexpected-answer')
    // Composer is handed what could be inflated, and says so too.
    expect(onlyMessage(step)).toContain('not JSON')
  })

  test('chunks that end too soon', async () => {
    const { url } = await rawServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"pac\r\n'))
    })
    const step = await askAccess(url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain('ended early')
  })

  test('an answer that is no http', async () => {
    const { url } = await rawServer((socket) => socket.once('data', () => socket.end('+OK POP3 ready\r\n')))
    const step = await askAccess(url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain('not HTTP')
  })
})

describe('what is one', () => {
  test.each<[string, Buffer, Record<string, string>]>([
    ['plain', VALID, {}],
    ['gzip', gzipSync(VALID), { 'content-encoding': 'gzip' }],
    ['gzip by its old name', gzipSync(VALID), { 'content-encoding': 'x-gzip' }],
    ['gzip in capitals', gzipSync(VALID), { 'content-encoding': 'GZIP' }],
    ['deflate', deflateSync(VALID), { 'content-encoding': 'deflate' }],
    ['br', brotliCompressSync(VALID), { 'content-encoding': 'br' }],
    ['identity', VALID, { 'content-encoding': 'identity' }],
    ['said to be a web page', VALID, { 'content-type': 'text/html' }],
    ['an empty list', Buffer.from('[]'), {}],
  ])('%s', async (_, body, headers) => {
    const { url } = await answering(body, headers)
    expect(verdict(await askAccess(url))).toBe('ready')
  })

  test('one of five megabytes', async () => {
    const includes = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, index) => [`p/provider-${index}$%hash%.json`, { sha256: 'a'.repeat(40) }]),
    )
    const body = Buffer.from(JSON.stringify({ packages: [], 'provider-includes': includes }))
    expect(body.length).toBeGreaterThan(5_000_000)
    const { url } = await answering(gzipSync(body), { 'content-encoding': 'gzip' })
    expect(verdict(await askAccess(url))).toBe('ready')
  })

  test('deflate is not asked for, because servers send it in two forms', async () => {
    const server = await webServer(({ headers }, response) => {
      const asked = String(headers['accept-encoding'])
      if (asked.includes('deflate')) response.setHeader('content-encoding', 'deflate').end(deflateRawSync(VALID))
      else response.end(VALID)
    })
    expect(verdict(await askAccess(server.url))).toBe('ready')
  })
})

describe('the installed Composer says the same of', () => {
  test.each<[string, Fault, string]>([
    ['a web page', { kind: 'html' }, 'unexpected-answer'],
    ['an empty answer', { kind: 'status', status: 200, body: '' }, 'unexpected-answer'],
    ['gzip that does not say so', { kind: 'raw-gzip' }, 'unexpected-answer'],
    ['an answer that ends too soon', { kind: 'truncate', bytes: 20 }, 'unexpected-answer'],
    ['204', { kind: 'status', status: 204, body: '' }, 'unexpected-answer'],
    ['a redirect without end', { kind: 'redirect', location: ROOT }, 'unexpected-answer'],
    ['401', { kind: 'status', status: 401 }, 'keys-rejected'],
    ['403', { kind: 'status', status: 403 }, 'access-forbidden'],
    ['404', { kind: 'status', status: 404 }, 'repository-not-found'],
    ['429', { kind: 'status', status: 429 }, 'rate-limited'],
    ['a usual answer', { kind: 'delay', ms: 1 }, 'ready'],
  ])('%s', async (_, fault, word) => {
    const server = await repository()
    server.faults.order(ROOT, fault)
    const project = projectWith(server.url, { 'secure-http': false })
    expect(await besideComposer(server.url, project)).toMatchObject(bothSay(word))
    if (COMPOSER_IS_HERE) expect(server.requests.length).toBeGreaterThan(1)
  })
})
