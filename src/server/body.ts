import type { IncomingMessage } from 'node:http'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { RequestFailure } from './failure.js'

/** The most that is kept of an answer, inflated. The largest real one, an include file, has a few megabytes. */
export const LARGEST_BODY_MIB = 64

/**
 * What is asked for, as the value of an `Accept-Encoding` header. Not `deflate`, which servers send in two forms; the one
 * that the standard means is undone all the same.
 */
export const ACCEPTED_ENCODINGS = 'gzip, br'

/**
 * Reads an answer's body, decoded by its `Content-Encoding` alone: Composer does not guess either, and refuses a
 * compressed body that does not say so.
 *
 * @throws RequestFailure `too-large`, `truncated` or `undecodable`
 */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const limit = LARGEST_BODY_MIB * 1024 * 1024
  const chunks: Buffer[] = []
  let size = 0
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) return done(new RequestFailure({ type: 'too-large', limitMiB: LARGEST_BODY_MIB }))
      chunks.push(chunk)
      done()
    },
  })
  let decoder: ReturnType<typeof decoderFor>
  try {
    decoder = decoderFor(encoding)
    await (decoder === undefined ? pipeline(message, collect) : pipeline(message, decoder, collect))
  } catch (error) {
    message.destroy()
    if (error instanceof RequestFailure) throw error
    // Nothing at all, whatever its encoding is said to be, is an empty body: gateways send refusals like this.
    if (message.complete && decoder?.bytesWritten === 0) return Buffer.alloc(0)
    // zlib's own errors start with Z_ or ERR_; Z_BUF_ERROR is its word for input that ends too soon.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const broken = code !== 'Z_BUF_ERROR' && /^(?:Z_|ERR__ERROR|ERR_BROTLI)/.test(code)
    throw new RequestFailure(broken ? { type: 'undecodable', encoding } : { type: 'truncated' })
  }
  return Buffer.concat(chunks, size)
}

function decoderFor(encoding: string) {
  switch (encoding) {
    case 'identity':
    case '':
      return undefined
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      throw new RequestFailure({ type: 'undecodable', encoding: encoding.replace(/[^\w.-]/g, '').slice(0, 20) })
  }
}
