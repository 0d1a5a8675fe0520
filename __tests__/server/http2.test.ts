import { constants, type ServerHttp2Stream } from 'node:http2'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { startDistance } from '../../testing/distance.mjs'
import type { Fault } from '../../testing/faults.mjs'
import { AUTHORIZATION, askAccess, proxy, repository, verdict } from './access-step.js'
import { besideComposer, bothSay, projectWith } from './beside-composer.js'
import { type ServerCertificate, serverCertificate } from './certificates.js'
import { closeAfterTest, http2Server } from './http2-server.js'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

const trusting = () => ({ COMPOSER_CAFILE: certificate.caFile })

describe('over HTTP/2 the step and Composer come to one verdict', () => {
  test.each<[string, string, Fault | undefined, string]>([
    ['nothing is wrong', '', undefined, 'ready'],
    ['a status', 'packages.json', { kind: 'status', status: 403 }, 'access-forbidden'],
    ['a page in the place of JSON', 'packages.json', { kind: 'html' }, 'unexpected-answer'],
    ['a connection that is reset', 'packages.json', { kind: 'reset' }, 'repository-unreachable'],
    ['one that is closed', 'packages.json', { kind: 'close' }, 'repository-unreachable'],
    ['a body that breaks off', 'packages.json', { kind: 'truncate', bytes: 10 }, 'unexpected-answer'],
    ['a body that is compressed and does not say so', 'packages.json', { kind: 'raw-gzip' }, 'unexpected-answer'],
    ['a redirect to itself', 'packages.json', { kind: 'redirect', location: '/packages.json' }, 'unexpected-answer'],
  ])('%s', async (_, path, fault, word) => {
    const server = await repository({ tls: certificate.server, http2: true })
    if (fault !== undefined) server.faults.order(`/${path}`, fault)
    expect(await besideComposer(server.url, projectWith(server.url), trusting())).toMatchObject(bothSay(word))
  })

  test('through a proxy', async () => {
    const server = await repository({ tls: certificate.server, http2: true })
    const way = await proxy()
    const env = { ...trusting(), https_proxy: way.url }
    expect(await besideComposer(server.url, projectWith(server.url), env)).toMatchObject(bothSay('ready'))
    expect(way.requests[0]).toMatchObject({ method: 'CONNECT', status: 200 })
  })

  test('a server that takes requests over HTTP/1.1 alone, and says so by request', async () => {
    const seen: unknown[] = []
    const { url, server } = await http2Server(
      certificate,
      (stream) => stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED),
      { allowHTTP1: true },
    )
    server.on('request', ({ httpVersion, headers }, response) => {
      if (httpVersion === '2.0') return
      seen.push(headers.authorization)
      response.end('{"packages": []}')
    })
    expect(verdict(await askAccess(url, { env: trusting() }))).toBe('ready')
    expect(seen).toEqual([AUTHORIZATION])
  })

  test('a head that is longer than curl takes', async () => {
    const { url } = await http2Server(certificate, (stream) => {
      stream.respond({
        ':status': 200,
        ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`x-${n}`, 'y'.repeat(40_000)])),
      })
      stream.end('{"packages": []}')
    })
    expect(verdict(await askAccess(url, { env: trusting() }))).toBe('repository-unreachable')
  })
})

test('many headers are no reason to refuse an answer', async () => {
  const { url } = await http2Server(certificate, (stream) => {
    stream.respond({ ':status': 200, ...Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`x-${n}`, 'y'])) })
    stream.end('{"packages": []}')
  })
  expect(verdict(await askAccess(url, { env: trusting() }))).toBe('ready')
})

/** packages.json with a list. What a server does before it answers; true where it does not answer then. */
async function withList(before: (stream: ServerHttp2Stream, path: string, connections: number) => boolean) {
  const asked: string[] = []
  const served = await http2Server(certificate, (stream, path, { authorization }) => {
    asked.push(`${path} ${authorization === AUTHORIZATION}`)
    if (before(stream, path, served.connections())) return
    stream.respond({ ':status': 200 })
    stream.end(
      path === '/packages.json' ? '{"packages": [], "includes": {"list.json": {"sha1": ""}}}' : '{"packages": {}}',
    )
  })
  const { job, env } = projectWith(served.url)
  const step = await askAccess(served.url, { job, env: { ...env, ...trusting() }, inputs: { check: 'full' } })
  return { verdict: verdict(step), asked, connections: served.connections() }
}

describe('a connection carries all requests to its server', () => {
  test('one after the other', async () => {
    expect(await withList(() => false)).toEqual({
      // What the project needs is not there, which only the list says.
      verdict: 'package-denied',
      asked: ['/packages.json true', '/list.json true'],
      connections: 1,
    })
  })

  test('unless the server says that it will end: then there is another', async () => {
    const leaving = await withList((stream, path) => {
      if (path === '/packages.json') stream.session?.goaway()
      return false
    })
    expect(leaving).toEqual({
      verdict: 'package-denied',
      asked: ['/packages.json true', '/list.json true'],
      connections: 2,
    })
  })

  test('unless it dies when it is used again: then there is another, though nothing is tried twice', async () => {
    const dying = await withList(({ session }, path, connections) => {
      const dies = path === '/list.json' && connections === 1
      if (dies) session?.destroy()
      return dies
    })
    expect(dying).toEqual({
      verdict: 'package-denied',
      asked: ['/packages.json true', '/list.json true', '/list.json true'],
      connections: 2,
    })
  })
})

test('a large list comes in few round trips', async () => {
  const { url } = await http2Server(certificate, (stream) => {
    stream.respond({ ':status': 200 })
    stream.end(`{"packages": [], "padding": "${'x'.repeat(1_000_000)}"}`)
  })
  const distance = await startDistance({ port: Number(new URL(url).port), milliseconds: 40 })
  closeAfterTest(distance)
  expect(verdict(await askAccess(`https://127.0.0.1:${distance.port}`, { env: trusting() }))).toBe('ready')
  // Connecting, TLS, the answer; less than one more for each 64 kB, which is what Node lets a server send unasked.
  expect(distance.take().roundTrips).toBeLessThanOrEqual(4)
})
