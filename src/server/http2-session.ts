import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { ClientHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { RequestFailure } from './failure.js'
import type { Message } from './message.js'
import { LARGEST_HEAD } from './response-head.js'

/**
 * What a server may send before it is read, of one answer and of all at a time. A list of names then comes in as many
 * round trips as over HTTP/1.1; what waits for its turn to be read stays small. Bytes.
 */
const STREAM_WINDOW = 2 * 1024 * 1024
const SESSION_WINDOW = 8 * 1024 * 1024

/** Fields of a head; curl bounds their size alone, and no more of the smallest ones fit into that. */
const MOST_FIELDS = LARGEST_HEAD / 32

/** Headers of a connection, which HTTP/2 has none of, and the one that has another name there (RFC 9113, 8.2.2 and 8.3.1). */
const OF_CONNECTION = ['connection', 'host']

/** A connection of HTTP/2, which carries many requests at a time. */
export interface Http2Session {
  /** Whether further requests may be sent. */
  isOpen(): boolean
  /**
   * Sends a request.
   *
   * @param headers as HTTP/1.1 has them
   * @throws RequestFailure where no head comes
   */
  request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Message>
}

/** The server has not looked at a request, which may be sent again: on another connection, or over HTTP/1.1 (RFC 9113, 7 and 8.7). */
export class Unprocessed extends RequestFailure {
  readonly wantsHttp1: boolean

  constructor(wantsHttp1: boolean) {
    super({ type: 'reset', code: undefined })
    this.wantsHttp1 = wantsHttp1
  }
}

/** Begins to speak HTTP/2 on a connection for which that was agreed. */
export function openHttp2Session(socket: TLSSocket, host: string): Http2Session {
  // Loaded by those runs alone that meet such a server.
  const { connect, constants } = process.getBuiltinModule('node:http2')
  const session = connect(`https://${host}`, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW, maxHeaderListSize: LARGEST_HEAD },
    maxHeaderListPairs: MOST_FIELDS,
  })
  session.once('connect', () => session.setLocalWindowSize(SESSION_WINDOW))
  // Every request learns of it by itself.
  session.on('error', () => {})

  const lost = ({ rstCode }: ClientHttp2Stream): RequestFailure => {
    const wantsHttp1 = rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED
    if (!wantsHttp1 && rstCode !== constants.NGHTTP2_REFUSED_STREAM)
      return new RequestFailure({ type: 'reset', code: undefined })
    return new Unprocessed(wantsHttp1)
  }
  const messageOf = (stream: ClientHttp2Stream, status: number, headers: IncomingHttpHeaders): Message => ({
    statusCode: status,
    headers,
    [Symbol.asyncIterator]: () => bodyOf(stream),
    destroy: () => stream.close(constants.NGHTTP2_CANCEL),
  })

  return {
    isOpen: () => !session.closed && !session.destroyed,
    request: (method, path, headers, body, signal) =>
      new Promise((resolve, reject) => {
        const head = {
          ':method': method,
          ':path': path,
          ':scheme': 'https',
          ':authority': String(headers.host ?? host),
        }
        const stream = session.request({ ...head, ...without(headers, OF_CONNECTION) }, { endStream: false, signal })
        stream.on('error', () => {})
        stream.once('close', () => {
          // What is silent or refuses once may go on so: the next request is to have a connection of its own.
          if (signal.aborted || stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) session.close()
          reject(lost(stream))
        })
        let interim = 0
        stream.on('headers', (fields) => {
          interim += sizeOf(fields)
          if (interim <= LARGEST_HEAD) return
          reject(new RequestFailure({ type: 'malformed', problem: 'long-head' }))
          stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)
        })
        stream.once('response', ({ ':status': status = 0, ...rest }) => resolve(messageOf(stream, status, rest)))
        stream.end(body)
      }),
  }
}

/** The pieces of a body. A stream that the server takes back looks like one that has ended, but for its code. */
async function* bodyOf(stream: ClientHttp2Stream): AsyncGenerator<Buffer> {
  yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  if (stream.aborted || (stream.rstCode ?? 0) !== 0) throw new RequestFailure({ type: 'truncated' })
}

/** What the head of an interim answer counts (RFC 9113, 6.5.2). Bytes. */
function sizeOf(fields: IncomingHttpHeaders): number {
  return Object.entries(fields).reduce((sum, [name, value]) => sum + name.length + String(value).length + 32, 0)
}

function without(headers: OutgoingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}
