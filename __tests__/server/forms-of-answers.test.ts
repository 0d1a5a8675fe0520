import { connect } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { rawServer, repository } from './access-step.js'
import { besideComposer, bothSay, projectWith } from './beside-composer.js'
import { serverCertificate } from './certificates.js'

const PACKAGES = Buffer.from(
  JSON.stringify({
    packages: {
      'magento/framework': {
        '1.0.0': { name: 'magento/framework', version: '1.0.0', type: 'metapackage' },
      },
    },
  }),
)
const LENGTH = `Content-Length: ${PACKAGES.length}`
const zipped = gzipSync(PACKAGES)

/** A whole answer, as it goes over the wire. */
function answer(headers: readonly string[], body: Uint8Array = PACKAGES, status = 'HTTP/1.1 200 OK'): Buffer {
  return Buffer.concat([Buffer.from(`${[status, ...headers].join('\r\n')}\r\n\r\n`, 'latin1'), body])
}

function encoded(encoding: string, body: Uint8Array): Buffer {
  return answer([`Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`], body)
}

function chunked(headers: readonly string[], body: Uint8Array): Buffer {
  const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)};x=y\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
  return answer([...headers, 'Transfer-Encoding: chunked'], chunk)
}

/** Asks a server that gives such an answer, and has the real Composer ask it too. */
async function both(bytes: Buffer) {
  const { url } = await rawServer((socket) => socket.once('data', () => socket.end(bytes)))
  return besideComposer(url, projectWith(url, { 'secure-http': false }))
}

/** Lines of filling headers. */
function filling(lines: number, length: number): string[] {
  return Array.from({ length: lines }, (_, index) => `X-Filling-${index}: ${'a'.repeat(length)}`)
}

describe('Composer reads, and so does the step, an answer with', () => {
  test.each<[string, Buffer]>([
    ['more than 16 KB of headers', answer([...filling(20, 1000), LENGTH])],
    ['almost as many headers as curl takes', answer([...filling(10, 29_000), LENGTH])],
    ['one header almost as long as curl takes', answer([...filling(1, 101_000), LENGTH])],
    ['its encoding behind three thousand headers', answer([...filling(3000, 10), 'Content-Encoding: gzip'], zipped)],
    ['two equal lengths', answer([LENGTH, LENGTH])],
    ['two equal lengths in one line', answer([`${LENGTH}, ${PACKAGES.length}`])],
    ['two lengths of which the second is right', answer(['Content-Length: 5', LENGTH])],
    ['a length and chunks', chunked(['Content-Length: 5'], PACKAGES)],
    ['a header on two lines', answer(['X-Folded: one\r\n\ttwo', LENGTH])],
    ['a space before the colon', answer([`Content-Length : 5`])],
    ['lines that end without CR', Buffer.from(answer([LENGTH]).toString('latin1').replaceAll('\r', ''), 'latin1')],
    ['a header with a control character', answer(['X-Control: a\x01b', LENGTH])],
    ['a header with a name that is none', answer(['X Name(: b', LENGTH])],
    ['the version of another protocol', answer([LENGTH], PACKAGES, 'HTTP/2 200')],
    [
      'an interim answer before it',
      Buffer.concat([answer([], Buffer.alloc(0), 'HTTP/1.1 103 Hints'), answer([LENGTH])]),
    ],
    ['something behind its end', answer(['Connection: close', LENGTH], Buffer.concat([PACKAGES, Buffer.from('more')]))],
    ['deflate', encoded('deflate', deflateSync(PACKAGES))],
    ['deflate without the header of zlib', encoded('deflate', deflateRawSync(PACKAGES))],
    ['gzip, twice', encoded('gzip, gzip', gzipSync(zipped))],
    [
      'gzip within deflate, in two headers',
      answer(['Content-Encoding: gzip', 'content-encoding: Deflate'], deflateSync(zipped)),
    ],
    ['gzip by its old name', encoded('x-gzip', zipped)],
    ['gzip in capitals, and identity', encoded('GZIP, identity', zipped)],
    ['identity', encoded('identity', PACKAGES)],
    ['zlib in the name of gzip', encoded('gzip', deflateSync(PACKAGES))],
    ['gzip without its checksum', encoded('gzip', zipped.subarray(0, -8))],
  ])('%s', async (_, bytes) => {
    expect(await both(bytes)).toMatchObject(bothSay('ready'))
  })
})

describe('Composer refuses, and so does the step, an answer with', () => {
  test.each<[string, Buffer, string]>([
    ['more headers than curl takes', answer([...filling(11, 29_000), LENGTH]), 'headers that are too long'],
    ['a header longer than curl takes', answer([...filling(1, 103_000), LENGTH]), 'headers that are too long'],
    ['a length that is no number', answer(['Content-Length: abc']), 'a header that cannot be read'],
    ['a length on the next line', answer([`Content-Length:\r\n ${PACKAGES.length}`]), 'a header that cannot be read'],
    ['a header without a colon', answer(['no colon', LENGTH]), 'a header that cannot be read'],
    ['a length that leaves the end out', answer([LENGTH, 'Content-Length: 10']), 'not JSON'],
    ['its encoding on the next line', answer(['Content-Encoding:\r\n gzip'], zipped), 'compressed data'],
    ['no head', PACKAGES, 'not HTTP'],
    [
      'gzip in two members',
      encoded('gzip', Buffer.concat([gzipSync('{"packages"'), gzipSync(':[]}')])),
      'something follows its end',
    ],
    ['zeros behind gzip', encoded('gzip', Buffer.concat([zipped, Buffer.alloc(8)])), 'something follows its end'],
    [
      'something behind br',
      encoded('br', Buffer.concat([brotliCompressSync(PACKAGES), Buffer.from('x')])),
      'something follows its end',
    ],
    [
      'something behind raw deflate',
      encoded('deflate', Buffer.concat([deflateRawSync(PACKAGES), Buffer.from('12345')])),
      'something follows its end',
    ],
    [
      'a wrong checksum of gzip',
      encoded('gzip', Buffer.concat([zipped.subarray(0, -8), Buffer.alloc(4), zipped.subarray(-4)])),
      'damaged',
    ],
    ['a text in the name of gzip', encoded('gzip', PACKAGES), 'damaged'],
    ['gzip in the name of raw deflate', encoded('deflate', zipped), 'damaged'],
    ['gzip that is one short of twice', encoded('gzip, gzip', zipped), 'damaged'],
    ['six encodings', encoded('br, gzip, gzip, gzip, gzip, gzip', zipped), 'too many'],
    ['an encoding with a parameter', encoded('gzip;q=1', zipped), 'which Composer cannot decode'],
    ['gzip that is cut', encoded('gzip', zipped.subarray(0, 40)), 'not JSON'],
  ])('%s', async (_, bytes, words) => {
    const asked = await both(bytes)
    expect(asked).toMatchObject(bothSay('unexpected-answer'))
    expect(asked.step.annotations.map(({ message }) => message).join()).toContain(words)
    expect(asked.step.stdout).not.toContain('Failed to connect')
  })
})

/** Has both go through a proxy that answers CONNECT like this, and then is a tunnel. */
async function bothThrough(head: string) {
  const { server: tls, caFile } = await serverCertificate()
  const shop = await repository({ tls })
  const { port } = new URL(shop.url)
  const proxy = await rawServer((client) => {
    client.once('data', () => {
      const upstream = connect(Number(port), '127.0.0.1')
      upstream.on('error', () => client.destroy())
      client.write(head, 'latin1')
      client.pipe(upstream).pipe(client)
    })
  })
  return besideComposer(shop.url, projectWith(shop.url), { https_proxy: proxy.url, COMPOSER_CAFILE: caFile })
}

const CONNECTED = 'HTTP/1.1 200 Connection established'

describe('Composer goes, and so does the step, through a proxy whose answer to CONNECT has', () => {
  test.each<[string, string]>([
    ['more than 16 KB of headers', [CONNECTED, ...filling(20, 1000), '\r\n'].join('\r\n')],
    ['two equal lengths', `${CONNECTED}\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n`],
    ['a length and chunks', `${CONNECTED}\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n`],
    ['a header on two lines', `${CONNECTED}\r\nX-Folded: one\r\n two\r\n\r\n`],
    ['a header with a control character, and one that is none', `${CONNECTED}\r\nX: a\x01b\r\nX Y : a\r\n\r\n`],
    ['lines that end without CR', `${CONNECTED}\nVia: x\n\n`],
    ['no reason, and the older version', 'HTTP/1.0 200\r\n\r\n'],
  ])('%s', async (_, head) => {
    expect(await bothThrough(head)).toMatchObject(bothSay('ready'))
  })

  test.each<[string, string]>([
    ['an interim answer before it', `HTTP/1.1 100 Continue\r\n\r\n${CONNECTED}\r\n\r\n`],
    ['no status', 'hello\r\n\r\n'],
  ])('but not through one with %s', async (_, head) => {
    expect(await bothThrough(head)).toMatchObject(bothSay('proxy-failed'))
  })
})
