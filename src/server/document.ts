import { createHash } from 'node:crypto'
import { collectAfter } from '../bounds/memory.js'
import { decodeJson, type JsonValue } from '../composer/json.js'
import { type Answer, failed, withoutBody } from './answer.js'
import { RequestFailure } from './failure.js'

/** What is wrong with a good answer's body, where something is. */
export type Unreadable =
  | { readonly type: 'not-json'; readonly looksLike: 'html' | 'gzip' | 'empty' | 'null' | 'text' }
  /** Not the bytes that the repository itself promises by a sum. */
  | { readonly type: 'checksum' }
  /** It has everything but what versions of Composer before 2.11 look up in each entry. */
  | { readonly type: 'without-uid' }

/** Why a file of a repository cannot be used. `answer` has no body where it is a good one. */
export interface Unusable {
  readonly kind: 'unusable'
  readonly answer: Answer
  readonly url: string
  /** Undefined where the answer itself is the reason. */
  readonly unreadable: Unreadable | undefined
}

/** What was taken out of a document. */
export interface Read<Taken> {
  readonly kind: 'read'
  readonly taken: Taken
}

/**
 * Takes out of an answer what is needed, and leaves the rest to be forgotten: a document takes many times the memory of
 * its bytes, and a repository may have hundreds.
 *
 * @param take throws RequestFailure where too much would be kept
 */
export function readDocument<Taken>(
  answer: Answer,
  url: string,
  sum: { readonly sha256: string } | undefined,
  take: (document: JsonValue) => Taken,
): Read<Taken> | Unusable {
  const size = answer.kind === 'answered' ? answer.body.length : 0
  collectAfter(size)
  const read = taken(answer, url, sum, take)
  collectAfter(size)
  return read
}

function taken<Taken>(
  answer: Answer,
  url: string,
  sum: { readonly sha256: string } | undefined,
  take: (document: JsonValue) => Taken,
): Read<Taken> | Unusable {
  if (answer.kind === 'failed' || answer.status >= 300) return { kind: 'unusable', answer, url, unreadable: undefined }
  const { body } = answer
  const unusable = (unreadable: Unreadable): Unusable => ({
    kind: 'unusable',
    answer: withoutBody(answer),
    url,
    unreadable,
  })
  if (sum !== undefined && createHash('sha256').update(body).digest('hex') !== sum.sha256)
    return unusable({ type: 'checksum' })
  const document = decodeJson(body)
  if (document === undefined || document === null) return unusable({ type: 'not-json', looksLike: looks(body) })
  try {
    // To Composer a number, a text or a boolean is a file with nothing in it; `null` alone is none.
    return { kind: 'read', taken: take(typeof document === 'object' ? document : {}) }
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error
    const { tries, leftOrigin, status } = answer
    const unread: Answer = { ...failed(answer.url, error.failure, answer, status), tries, leftOrigin }
    return { kind: 'unusable', answer: unread, url, unreadable: undefined }
  }
}

function looks(body: Buffer): Extract<Unreadable, { type: 'not-json' }>['looksLike'] {
  if (body.length === 0) return 'empty'
  if (body.length < 100 && body.toString('latin1').trim() === 'null') return 'null'
  // The magic number of gzip: a body that is compressed and does not say so.
  if (body[0] === 0x1f && body[1] === 0x8b) return 'gzip'
  return body.subarray(0, 512).toString('latin1').trimStart().startsWith('<') ? 'html' : 'text'
}
