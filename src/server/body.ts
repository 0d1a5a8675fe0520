import { hasMoreValues } from '../bounds/json-values.js'
import { decoded } from './decode.js'
import { RequestFailure } from './failure.js'
import type { KeptBytes } from './kept-bytes.js'
import type { Message } from './message.js'

const MIB = 1024 * 1024

/**
 * The most that is read of an answer, inflated: ten times the largest real one, an include file of a few megabytes. What
 * is larger is not judged, since Composer would go on.
 */
const LARGEST_BODY_MIB = 20

/** What no repository sends, and nobody waits for the end of. */
const ENDLESS_MIB = 64

/**
 * The most memory that parsing an answer may take, as counted by `mostValues`. What is made of sixty megabytes of `{}` are
 * gigabytes; a list of 150,000 packages takes three quarters of this.
 */
const LARGEST_PARSED_MIB = 90

/** The most that parsing may take together with what is kept of earlier answers. */
const LARGEST_TOGETHER_MIB = 95

/** What a value takes beside its letters where it takes most, as the member of an object of many. Bytes. */
const VALUE = 120

/** The most that all answers of a run may have together, inflated. A failing project may ask for a thousand files. */
const LARGEST_RUN_MIB = 2048

/** The most that is kept of an error answer. Bytes. */
const LONGEST_ERROR = 64 * 1024

/** From this size on one answer at a time is read, so that the memory for eight is not needed at once. Bytes. */
const LARGE = 2 * MIB

/** Reads the bodies of one run's answers, which have bounds together. */
export type BodyReader = (message: Message) => Promise<Buffer>

/**
 * Opens a reader that gives an answer's body, decoded by its `Content-Encoding` alone: Composer does not guess either, and
 * refuses a compressed body that does not say so.
 *
 * The reader throws RequestFailure `too-large`, `too-many-values`, `too-much`, `truncated` or `undecodable`.
 */
export function bodyReader(kept: Pick<KeptBytes, 'total'>): BodyReader {
  const turns = openTurns()
  let total = 0
  return async (message) => {
    const turn = turns()
    try {
      const body = await bodyOf(message, turn)
      total += body.length
      if (total > LARGEST_RUN_MIB * MIB) throw new RequestFailure({ type: 'too-much', limitMiB: LARGEST_RUN_MIB })
      return (message.statusCode ?? 0) >= 300 ? wordsOf(body) : parsable(body, kept.total)
    } catch (error) {
      message.destroy()
      throw error
    } finally {
      // After whoever waits for this answer has read it, which takes most of the memory.
      setImmediate(turn.end)
    }
  }
}

async function bodyOf(message: Message, turn: Turn): Promise<Buffer> {
  const encoding = message.headers['content-encoding']
  const wire = await received(message, turn)
  if (encoding !== undefined && wire.length > 0) await turn.come()
  return decoded(wire, encoding, LARGEST_BODY_MIB * MIB, unread)
}

/** What an error answer says to people is short; what is not is none, and is not parsed. */
function wordsOf(body: Buffer): Buffer {
  return body.length > LONGEST_ERROR ? Buffer.alloc(0) : body
}

/** A body that can be parsed within the memory that is left. */
function parsable(body: Buffer, kept: number): Buffer {
  const limit = mostValues(body, Math.min(LARGEST_PARSED_MIB * MIB, LARGEST_TOGETHER_MIB * MIB - kept))
  if (hasMoreValues(body, limit)) throw new RequestFailure({ type: 'too-many-values', limit })
  return body
}

/** Whoever makes an archive only when it is asked for takes longer, and nothing is known of it then. Milliseconds. */
const WAIT_FOR_FIRST = 2000

/**
 * The first bytes of an answer's body, decoded, and whether they are all of it; no more than what comes soon. The rest is
 * not read.
 *
 * @throws RequestFailure `truncated` or `undecodable`
 */
export async function firstBytes(
  message: Message,
  most: number,
): Promise<{ readonly body: Buffer; readonly complete: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    message.destroy()
  }, WAIT_FOR_FIRST)
  try {
    for await (const chunk of message) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= most) break
    }
  } catch (error) {
    if (!isLate) throw error instanceof RequestFailure ? error : new RequestFailure({ type: 'truncated' })
  } finally {
    clearTimeout(timer)
    message.destroy()
  }
  const start = Buffer.concat(chunks, size).subarray(0, most)
  // What is cut off is decoded as far as it goes; of a bomb no more is made than of any answer.
  const body = await decoded(start, message.headers['content-encoding'], LARGEST_BODY_MIB * MIB, unread)
  return { body: body.subarray(0, most), complete: !isLate && size < most && body.length <= most }
}

async function received(message: Message, turn: Turn): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of message) {
      size += chunk.length
      if (size > ENDLESS_MIB * MIB) throw new RequestFailure({ type: 'too-large', limitMiB: ENDLESS_MIB })
      if (size > LARGE) await turn.come()
      if (size <= LARGEST_BODY_MIB * MIB) chunks.push(chunk)
      else chunks.length = 0
    }
  } catch (error) {
    throw error instanceof RequestFailure ? error : new RequestFailure({ type: 'truncated' })
  }
  if (size > LARGEST_BODY_MIB * MIB) throw unread()
  return Buffer.concat(chunks, size)
}

function unread(): RequestFailure {
  return new RequestFailure({ type: 'too-much', limitMiB: LARGEST_BODY_MIB })
}

/** How many values may be in a body beside its own bytes, their text, and the texts that are parsed from it. */
function mostValues(body: Buffer, memory: number): number {
  const perLetter = body.some((byte) => byte >= FIRST_WIDE) ? 2 : 1
  return Math.max(0, Math.floor((memory - body.length * (1 + 2 * perLetter)) / VALUE))
}

/** From this byte on UTF-8 spells what does not fit into one byte of a text in memory. */
const FIRST_WIDE = 0xc4

/** One of several who take turns. */
interface Turn {
  /** Resolves when it is this one's turn, at once where it has it already. */
  come(): Promise<void>
  /** Leaves the turn to the next, whether it had come or not. */
  end(): void
}

/** Lets one at a time through. Each ends its turn within its own limit of time, so that all come to theirs. */
function openTurns(): () => Turn {
  let last = Promise.resolve()
  return () => {
    let mine: Promise<void> | undefined
    let release = () => {}
    return {
      come: () => {
        if (mine === undefined) {
          mine = last
          last = new Promise((resolve) => {
            release = resolve
          })
        }
        return mine
      },
      end: () => {
        // One that ends before its turn came passes it on when it comes.
        void mine?.then(release)
      },
    }
  }
}
