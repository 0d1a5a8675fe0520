import { writeFileSync } from 'node:fs'
import { constants, type ServerHttp2Stream } from 'node:http2'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { AUTHORIZATION, askAccess, verdict } from './access-step.js'
import { projectWith } from './beside-composer.js'
import { type ServerCertificate, serverCertificate } from './certificates.js'
import { bareHttp2Server, http2Server } from './http2-server.js'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

const trusting = () => ({ COMPOSER_CAFILE: certificate.caFile })

function serve(stream: ServerHttp2Stream, text = '{"packages": []}') {
  stream.respond({ ':status': 200 })
  stream.end(text)
}

describe('keys go where they belong, as over HTTP/1.1', () => {
  test('to nobody whose certificate is not trusted, whatever Node is told', async () => {
    const { url, sessions } = await http2Server(certificate, (stream) => serve(stream))
    const step = await askAccess(url, {
      env: { ...trusting(), COMPOSER_CAFILE: undefined, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    })
    expect(verdict(step)).toBe('tls-failed')
    expect(sessions()).toBe(0)
  })

  test('to nobody whose certificate is for another name', async () => {
    const other = await serverCertificate({ names: ['other.example'], authority: certificate.authority })
    const { url, sessions } = await http2Server(other, (stream) => serve(stream))
    expect(verdict(await askAccess(url.replace('127.0.0.1', 'localhost'), { env: trusting() }))).toBe('tls-failed')
    expect(sessions()).toBe(0)
  })

  test('to one origin alone: another name of the same server gets a connection of its own, and no keys', async () => {
    const asked: string[] = []
    const { url, port, sessions } = await http2Server(certificate, (stream, path, headers, connection) => {
      asked.push(`${connection} ${headers[':authority']} ${path} ${headers.authorization === AUTHORIZATION}`)
      if (path === '/moved.json') return serve(stream)
      stream.respond({ ':status': 302, location: `https://localhost:${port}/moved.json` })
      stream.end()
    })
    expect(verdict(await askAccess(url, { env: trusting() }))).toBe('ready')
    expect(asked).toEqual([`1 127.0.0.1:${port} /packages.json true`, `2 localhost:${port} /moved.json false`])
    expect(sessions()).toBe(2)
  })
})

/** Frames of RFC 9113, by their numbers. */
const FRAMES = { headers: 1, settings: 4, ping: 6 }
const frame = (type: number, flags: number, stream: number, payload = Buffer.alloc(0)) => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}
const SETTINGS = frame(FRAMES.settings, 0, 0)

/** Sends again and again for as long as somebody reads. */
function flood(socket: TLSSocket, bytes: Buffer) {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  }
  socket.on('drain', more)
  more()
}

describe('a server that agrees on HTTP/2 and does not speak it', () => {
  test.each<[string, (socket: TLSSocket) => void]>([
    ['says nothing', () => {}],
    ['closes', (socket) => socket.end()],
    ['resets', (socket) => socket.destroy()],
    ['answers in HTTP/1.1', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"packages": []}')],
    ['sends what is no frame', (socket) => flood(socket, Buffer.alloc(16_384, 0xff))],
    [
      'asks without end whether anybody is there',
      (socket) => {
        socket.write(SETTINGS)
        flood(socket, frame(FRAMES.ping, 0, 0, Buffer.alloc(8)))
      },
    ],
    ['changes its settings without end', (socket) => flood(socket, SETTINGS)],
    [
      'answers what nobody asked',
      (socket) => {
        socket.write(SETTINGS)
        socket.write(frame(FRAMES.headers, 5, 2, Buffer.from([0x88])))
      },
    ],
    [
      'sends a head that does not end',
      (socket) => {
        socket.write(SETTINGS)
        socket.write(frame(FRAMES.headers, 0, 1, Buffer.from([0x88])))
        flood(socket, frame(9, 0, 1, Buffer.alloc(1000)))
      },
    ],
  ])('%s', async (_, misbehave) => {
    const { url } = await bareHttp2Server(certificate, misbehave)
    const step = await askAccess(url, { env: trusting(), inputs: { timeout: '2' } })
    expect(verdict(step)).toBe('repository-unreachable')
    expect(step.stderr).toBe('')
  })
})

test('heads of interim answers are bounded together', async () => {
  const { url } = await http2Server(certificate, (stream) => {
    const more = () => {
      if (stream.destroyed) return
      stream.additionalHeaders({ ':status': 103, 'x-padding': 'x'.repeat(10_000) })
      setImmediate(more)
    }
    more()
  })
  expect(verdict(await askAccess(url, { env: trusting() }))).toBe('unexpected-answer')
})

test('some interim answers are none of anybody’s business', async () => {
  const { url } = await http2Server(certificate, (stream) => {
    for (const status of [100, 102, 103]) stream.additionalHeaders({ ':status': status })
    serve(stream)
  })
  expect(verdict(await askAccess(url, { env: trusting() }))).toBe('ready')
})

test('a body without end is not read to its end', async () => {
  let sent = 0
  const { url } = await http2Server(certificate, (stream) => {
    stream.respond({ ':status': 200 })
    const piece = Buffer.alloc(64 * 1024, 0x20)
    const more = () => {
      while (!stream.destroyed) {
        sent += piece.length
        if (!stream.write(piece)) return
      }
    }
    stream.on('drain', more)
    more()
  })
  expect(verdict(await askAccess(url, { env: trusting() }))).toBe('unexpected-answer')
  expect(sent).toBeLessThan(80 * 1024 * 1024)
})

describe('what fails on a connection is tried on another', () => {
  test('a stream that is refused, without counting as a try', async () => {
    const seen: number[] = []
    const { url } = await http2Server(certificate, (stream, _path, _headers, connection) => {
      seen.push(connection)
      if (connection === 1) stream.close(constants.NGHTTP2_REFUSED_STREAM)
      else serve(stream)
    })
    expect(verdict(await askAccess(url, { env: trusting() }))).toBe('ready')
    expect(seen).toEqual([1, 2])
  })

  test('but once: who refuses all streams has refused', async () => {
    const { url, sessions } = await http2Server(certificate, (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM))
    expect(verdict(await askAccess(url, { env: trusting() }))).toBe('repository-unreachable')
    expect(sessions()).toBe(2)
  })

  test.each<[string, (stream: ServerHttp2Stream) => void]>([
    ['a server that leaves with an error', ({ session }) => session?.goaway(constants.NGHTTP2_INTERNAL_ERROR)],
    ['a stream that is reset', (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
    ['a server that says nothing', () => {}],
  ])('%s, by the next try', async (_, fail) => {
    let requests = 0
    const { url } = await http2Server(certificate, (stream) => (++requests === 1 ? fail(stream) : serve(stream)))
    const failing = await askAccess(url, { env: trusting(), inputs: { retries: '0', timeout: '2' } })
    expect(verdict(failing)).toBe('repository-unreachable')
    requests = 0
    const tried = await askAccess(url, { env: trusting(), inputs: { retries: '1', timeout: '2' } })
    expect(verdict(tried)).toBe('ready')
    expect(requests).toBe(2)
  })

  test('a connection that falls silent: the next try has one of its own', async () => {
    const { url, sessions } = await http2Server(certificate, (stream, _path, _headers, connection) => {
      if (connection > 1) serve(stream)
    })
    expect(verdict(await askAccess(url, { env: trusting(), inputs: { retries: '1', timeout: '2' } }))).toBe('ready')
    expect(sessions()).toBe(2)
  })
})

/** A project whose lock has one package of each of some vendors, none of which the repository lists. */
function manyArchives(url: string, vendors: number) {
  const project = projectWith(url)
  const packages = Array.from({ length: vendors }, (_, n) => ({
    name: `vendor${n}/module`,
    version: '1.0.0',
    dist: { type: 'zip', url: `${url}/archives/${n}.zip`, reference: '', shasum: '' },
  }))
  writeFileSync(join(project.job.workspace, 'composer.lock'), JSON.stringify({ packages, 'packages-dev': [] }))
  return askAccess(url, { ...project, env: { ...project.env, ...trusting() }, inputs: { check: 'full' } })
}

test('a connection that dies under many requests is followed by one that carries them all', async () => {
  const asked: string[] = []
  let waiting = 0
  const { url, sessions } = await http2Server(certificate, (stream, path, _headers, connection) => {
    if (path === '/packages.json') return serve(stream)
    asked.push(`${connection} ${path}`)
    if (connection > 1) {
      stream.respond({ ':status': 404 })
      stream.end()
    } else if (++waiting === 12) stream.session?.destroy()
  })
  const { outputs } = await manyArchives(url, 12)
  expect(JSON.parse(outputs['packages-denied'] ?? '')).toHaveLength(12)
  expect(asked).toHaveLength(24)
  expect(sessions()).toBe(2)
})

test('a server that takes one request at a time is given one at a time', async () => {
  let [open, most] = [0, 0]
  const { url, sessions } = await http2Server(
    certificate,
    (stream, path) => {
      most = Math.max(most, ++open)
      stream.once('close', () => open--)
      if (path === '/packages.json') return serve(stream)
      stream.respond({ ':status': 404 })
      stream.end()
    },
    { settings: { maxConcurrentStreams: 1 } },
  )
  const { outputs } = await manyArchives(url, 12)
  expect(JSON.parse(outputs['packages-denied'] ?? '')).toHaveLength(12)
  expect([most, sessions()]).toEqual([1, 1])
})
