import type { Untrustable } from './trust.js'

/**
 * Why no complete answer came. Names of fixed sets and numbers, and where it is said another's words: an error's own message may quote a URL with a
 * password in it (Node 24.5 to 24.14 do so for proxies) and never goes further than this module's neighbours.
 */
export type Failure =
  /** `unknown`: DNS answered that there is no such name; else it gave no answer. */
  | { readonly type: 'dns'; readonly host: string; readonly unknown: boolean }
  | { readonly type: 'refused' | 'reset' | 'closed' | 'network'; readonly code: string | undefined }
  | { readonly type: 'connect-timeout'; readonly seconds: number }
  /** `budget`: not the limit of one request was reached, but that of all together. */
  | { readonly type: 'timeout'; readonly seconds: number; readonly budget: boolean }
  /**
   * `issuer`: who signed the certificate that was shown; the other side's words. `nodeTrustsAll`: this job has told Node not to
   * look, which changes nothing here nor for Composer. `inUnreadStore`: see `isInUnreadStore`.
   */
  | {
      readonly type: 'tls'
      readonly code: string
      readonly issuer: string | undefined
      readonly nodeTrustsAll: boolean
      readonly inUnreadStore: boolean
    }
  /** The file that is to decide whom to trust cannot be used. */
  | {
      readonly type: 'trust-file'
      readonly path: string
      readonly source: string
      /** As Composer names it. */
      readonly setting: 'cafile' | 'capath'
      readonly reason: Untrustable
    }
  | { readonly type: 'proxy-refused'; readonly status: number }
  | { readonly type: 'proxy-unreachable'; readonly code: string | undefined }
  | { readonly type: 'proxy-malformed'; readonly variable: string }
  | { readonly type: 'proxy-unsupported'; readonly variable: string }
  /** One answer, or all of a run together, or what is kept of them. */
  | { readonly type: 'too-large' | 'too-much'; readonly limitMiB: number }
  | { readonly type: 'too-many-values'; readonly limit: number }
  | { readonly type: 'truncated' }
  | {
      readonly type: 'undecodable'
      readonly encoding: string
      readonly problem: 'unknown' | 'broken' | 'trailing' | 'too-many'
    }
  /** What came is not an answer of HTTP, or has a head that curl refuses too. */
  | { readonly type: 'malformed'; readonly problem: 'not-http' | 'header' | 'long-head' }
  /** `target` of a redirect: where it leads, fit to be shown; the other side's words. */
  | { readonly type: 'redirect-loop'; readonly limit: number; readonly target: string }
  | { readonly type: 'redirect-without-location'; readonly status: number }
  /** To http, or to what is no address; without a target where one of our own secrets is in it. */
  | {
      readonly type: 'redirect-downgrade' | 'redirect-unusable'
      readonly status: number
      readonly target: string | undefined
    }
  /** A URL over http to another machine, which nothing is sent to. */
  | { readonly type: 'insecure' }
  /** As many requests with credentials as this run may make were made before: see `Allowance`. */
  | { readonly type: 'unasked' }
  /** The time for all requests of this run was used up before this one was sent. */
  | { readonly type: 'out-of-time' }
  /** Over http to this machine, and yet the connection ended on another: a proxy's, or that of the name `localhost`. */
  | { readonly type: 'leaves-machine' }

/** Thrown inside server/, and turned into a `Failure` at its border. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.type)
    this.failure = failure
  }
}

/** Whether a second try can end differently. */
export function isTransient(failure: Failure): boolean {
  switch (failure.type) {
    case 'dns':
    case 'refused':
    case 'reset':
    case 'closed':
    case 'network':
    case 'connect-timeout':
    case 'timeout':
    case 'proxy-unreachable':
    case 'truncated':
      return true
    case 'proxy-refused':
      return failure.status >= 500
    default:
      return false
  }
}

/** The failure that a system error of a socket stands for. */
export function socketFailure(error: unknown, host: string): Failure {
  if (error instanceof RequestFailure) return error.failure
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return { type: 'dns', host, unknown: code === 'ENOTFOUND' || code === 'EAI_NONAME' || code === 'EAI_NODATA' }
    case 'ECONNREFUSED':
      return { type: 'refused', code }
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return { type: 'reset', code }
    case 'HPE_HEADER_OVERFLOW':
      return { type: 'malformed', problem: 'long-head' }
    default:
      // The codes of Node's parser for HTTP.
      return code?.startsWith('HPE_') ? { type: 'malformed', problem: 'not-http' } : { type: 'network', code }
  }
}
