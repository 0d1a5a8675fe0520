import type { IncomingHttpHeaders } from 'node:http'
import { isIPv6 } from 'node:net'

/** What whoever runs a network or a server needs to find one request in its records. */
export interface Trace {
  readonly method: 'GET' | 'POST'
  /** When it was sent, in UTC to the second, such as `2026-01-31 12:00:00 UTC`. */
  readonly time: string
  /** Every address that DNS gave for the host that was connected to: the proxy's, where there is one. */
  readonly resolved: readonly string[]
  /** The address that the connection was made to; undefined when none was. */
  readonly connected: string | undefined
  /** What the answer calls the request, most telling first. */
  readonly requestIds: readonly RequestId[]
}

/** A header of an answer that names the request. Its value is the server's: not fit to be shown as it stands. */
export interface RequestId {
  readonly header: string
  readonly value: string
}

/**
 * Headers by which a server, a load balancer or a content network names a request, or the machine that answered it. Only
 * these are ever shown.
 */
const REQUEST_IDS: readonly string[] = [
  'x-request-id',
  'x-correlation-id',
  'x-adobe-request-id',
  'cf-ray',
  'x-amz-cf-id',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-served-by',
  'x-akamai-request-id',
  'akamai-grn',
  'x-azure-ref',
]
/** More than so many are noise. */
const MOST_REQUEST_IDS = 4

/** Collects a trace while a request is under way. */
export interface TraceRecorder {
  resolved(address: string): void
  connected(address: string): void
  headers(headers: IncomingHttpHeaders): void
  /** What is known by now. */
  trace(): Trace
}

/** Begins the trace of a request, with the time of now. */
export function startTrace(method: Trace['method']): TraceRecorder {
  const time = `${new Date().toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const resolved = new Set<string>()
  let connected: string | undefined
  let requestIds: readonly RequestId[] = []
  return {
    resolved: (address) => resolved.add(written(address)),
    connected: (address) => {
      connected = written(address)
    },
    headers: (headers) => {
      requestIds = requestIdsOf(headers)
    },
    trace: () => ({ method, time, resolved: [...resolved], connected, requestIds }),
  }
}

function requestIdsOf(headers: IncomingHttpHeaders): RequestId[] {
  return REQUEST_IDS.flatMap((header) => {
    const value = headers[header]
    return typeof value === 'string' && value.trim() !== '' ? [{ header, value }] : []
  }).slice(0, MOST_REQUEST_IDS)
}

/**
 * An address with its family. Those of IPv6 in full: two colons in a row are taken apart wherever texts of others are
 * shown, since the runner reads them as a command.
 */
function written(address: string): string {
  if (!isIPv6(address)) return `${address} (IPv4)`
  const [before = '', after] = address.replace(/%.*$/, '').split('::')
  const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'))
  const [head, tail] = [groups(before), groups(after)]
  const width = (all: readonly string[]) => all.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0)
  const zeros = after === undefined ? [] : Array<string>(Math.max(0, 8 - width(head) - width(tail))).fill('0')
  return `${[...head, ...zeros, ...tail].join(':')} (IPv6)`
}
