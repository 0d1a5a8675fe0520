import type { IncomingHttpHeaders } from 'node:http'
import type { HttpProxy } from '../composer/proxy.js'
import type { Failure } from './failure.js'
import type { Trace } from './trace.js'

/** What came of a request, redirects and tries included. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: IncomingHttpHeaders
      readonly body: Buffer
      /** Whether that is all of it. */
      readonly complete: boolean
      /** Where the answer came from, after redirects. */
      readonly url: string
      /** The answer comes from an origin for which no credentials were sent, though they were for the first. */
      readonly leftOrigin: boolean
      readonly proxy: HttpProxy | undefined
      /** How often the URL was asked for until this came. */
      readonly tries: number
      /** Of the last request, where there were several. */
      readonly trace: Trace
    }
  | {
      readonly kind: 'failed'
      readonly failure: Failure
      /** What the head said, where one came before the failure. To Composer such an answer is none. */
      readonly status: number | undefined
      readonly url: string
      /** As above. */
      readonly leftOrigin: boolean
      readonly proxy: HttpProxy | undefined
      readonly tries: number
      readonly trace: Trace
    }

/** The answer of one request that came to nothing, with the status of its head if one came. */
export function failed(
  url: string,
  failure: Failure,
  { proxy, trace }: Pick<Answer, 'proxy' | 'trace'>,
  status?: number,
): Answer {
  return { kind: 'failed', failure, status, url, leftOrigin: false, proxy, tries: 1, trace }
}

/** The same without the bytes of a good one, once they are read. */
export function withoutBody(answer: Answer): Answer {
  return answer.kind === 'answered' && answer.status < 300 ? { ...answer, body: Buffer.alloc(0) } : answer
}
