import {
  type BrotliDecompress,
  constants,
  crc32,
  createBrotliDecompress,
  createInflate,
  createInflateRaw,
  type Inflate,
  type InflateRaw,
} from 'node:zlib'
import { RequestFailure } from './failure.js'

/**
 * What is asked for, as the value of an `Accept-Encoding` header. Not `deflate`, which servers send in two forms; both are
 * undone all the same.
 */
export const ACCEPTED_ENCODINGS = 'gzip, br'

/** Source of the rule: curl, `MAX_ENCODE_STACK`. */
const MOST_ENCODINGS = 5

/** Pieces of this size go back to the system at once; thousands of small ones leave holes in this process's memory. Bytes. */
const PIECE = 512 * 1024

type Decoder = BrotliDecompress | Inflate | InflateRaw

/** An end that is missing is not missed. */
const UNFINISHED = { chunkSize: PIECE, finishFlush: constants.Z_SYNC_FLUSH }

/**
 * Undoes the encodings that a `Content-Encoding` header names, the last one first, as curl does for Composer: an end that
 * is missing is not missed, since the JSON in it tells; bytes behind the end are refused, a second member of gzip among them.
 *
 * @param limit bytes that no step may exceed
 * @throws RequestFailure `undecodable`, or `too-large` by `onTooLarge`
 */
export async function decoded(
  wire: Buffer,
  header: string | undefined,
  limit: number,
  onTooLarge: () => RequestFailure,
): Promise<Buffer> {
  const encodings = encodingsOf(header)
  let bytes = wire
  for (const encoding of encodings.toReversed()) {
    // Nothing at all, whatever its encoding is said to be, is an empty body: gateways send refusals like this.
    if (bytes.length === 0) break
    bytes = await undone(bytes, encoding, { limit, onTooLarge }).catch((error: unknown) => {
      throw error instanceof RequestFailure ? error : undecodable(encoding, 'broken')
    })
  }
  return bytes
}

interface Limit {
  readonly limit: number
  readonly onTooLarge: () => RequestFailure
}

type Encoding = 'gzip' | 'deflate' | 'br'

function encodingsOf(header = ''): Encoding[] {
  const names = header
    .split(',', 1000)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'none')
  const encodings = names.map((name): Encoding => {
    if (name === 'gzip' || name === 'x-gzip') return 'gzip'
    if (name === 'deflate' || name === 'br') return name
    throw undecodable(name.replace(/[^\w.-]/g, '').slice(0, 20), 'unknown')
  })
  if (encodings.length > MOST_ENCODINGS) throw undecodable(`${encodings.length} encodings`, 'too-many')
  return encodings
}

async function undone(bytes: Buffer, encoding: Encoding, limit: Limit): Promise<Buffer> {
  switch (encoding) {
    case 'br': {
      const options = { chunkSize: PIECE, finishFlush: constants.BROTLI_OPERATION_FLUSH }
      return whole(createBrotliDecompress(options), bytes, encoding, limit)
    }
    // curl reads the header and takes what it finds, whichever of the two names stands there; only what has none is told by its name.
    case 'gzip':
    case 'deflate': {
      if (isZlib(bytes)) return whole(createInflate(UNFINISHED), bytes, encoding, limit)
      return encoding === 'gzip' ? gunzipped(bytes, limit) : inflatedRaw(bytes, limit)
    }
  }
}

async function whole(stream: Decoder, bytes: Buffer, encoding: Encoding, limit: Limit): Promise<Buffer> {
  const { body, used } = await passed(stream, bytes, limit)
  if (used < bytes.length) throw undecodable(encoding, 'trailing')
  return body
}

/** Servers that misread the standard leave the header of zlib out. Up to four bytes behind are the checksum then. */
async function inflatedRaw(bytes: Buffer, limit: Limit): Promise<Buffer> {
  const { body, used } = await passed(createInflateRaw(UNFINISHED), bytes, limit)
  if (bytes.length - used > 4) throw undecodable('deflate', 'trailing')
  return body
}

/** One member of gzip, read here because Node would read on where another one follows. */
async function gunzipped(bytes: Buffer, limit: Limit): Promise<Buffer> {
  const start = gzipHeaderLength(bytes)
  if (start === undefined) throw undecodable('gzip', 'broken')
  if (start >= bytes.length) return Buffer.alloc(0)
  const { body, used } = await passed(createInflateRaw(UNFINISHED), bytes.subarray(start), limit)
  const trailer = bytes.subarray(start + used)
  if (trailer.length > 8) throw undecodable('gzip', 'trailing')
  const matches =
    trailer.length < 8 || (trailer.readUInt32LE(0) === crc32(body) && trailer.readUInt32LE(4) === body.length % 2 ** 32)
  if (!matches) throw undecodable('gzip', 'broken')
  return body
}

interface Decoded {
  readonly body: Buffer
  /** How many of the bytes were read up to the end that they name themselves. */
  readonly used: number
}

/**
 * What a stream makes of some bytes. Not by zlib's functions that return a buffer: together with how much was used they
 * return an object that holds all pieces once more, for as long as the body is read.
 */
async function passed(stream: Decoder, bytes: Buffer, { limit, onTooLarge }: Limit): Promise<Decoded> {
  const pieces: Buffer[] = []
  let size = 0
  stream.end(bytes)
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > limit) throw onTooLarge()
    pieces.push(piece)
  }
  return { body: Buffer.concat(pieces, size), used: stream.bytesWritten }
}

/** The header of zlib (RFC 1950): deflate, a window that exists, a checksum, no dictionary. */
function isZlib(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes
  return bytes.length > 1 && (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0
}

/** How long the header of gzip is (RFC 1952); as long as all that is there where it has no end, undefined where it is none. */
function gzipHeaderLength(bytes: Buffer): number | undefined {
  const expected = [0x1f, 0x8b, 8]
  if (!expected.every((byte, index) => index >= bytes.length || bytes[index] === byte)) return undefined
  const flags = bytes[3] ?? 0
  if (flags > 0x1f) return undefined
  let at = 10
  if (flags & 4) at += 2 + (bytes.length > at + 1 ? bytes.readUInt16LE(at) : 0)
  for (const text of [8, 16]) {
    if ((flags & text) === 0) continue
    const end = bytes.indexOf(0, at)
    at = end === -1 ? bytes.length : end + 1
  }
  return flags & 2 ? at + 2 : at
}

function undecodable(encoding: string, problem: 'unknown' | 'broken' | 'trailing' | 'too-many'): RequestFailure {
  return new RequestFailure({ type: 'undecodable', encoding, problem })
}
