import type { IncomingHttpHeaders } from 'node:http'

/** An answer whose head has come and whose body may be read, in whatever version of HTTP. `http.IncomingMessage` is one. */
export interface Message {
  readonly statusCode?: number | undefined
  readonly headers: IncomingHttpHeaders
  /** The pieces of the body; throws where it breaks off. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer>
  /** Reads no more of it. */
  destroy(): unknown
}
