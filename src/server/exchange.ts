import * as http from 'node:http'
import * as https from 'node:https'
import { performance } from 'node:perf_hooks'
import { HttpClient } from '@actions/http-client'
import type { Allowance } from '../bounds/allowance.js'
import type { SentCredentials } from '../composer/http-basic.js'
import { isPrivateRoute } from '../composer/origin.js'
import type { HttpProxy, ProxyChoice } from '../composer/proxy.js'
import { shownUrl } from '../composer/shown-url.js'
import { type Answer, failed } from './answer.js'
import { FIRST_BYTES } from './archive-bytes.js'
import { bodyReader, firstBytes } from './body.js'
import { agentFor, type Route } from './connection.js'
import { type Failure, socketFailure } from './failure.js'
import { headersFor, headersOf, type Posted, pathFor } from './headers.js'
import type { KeptBytes } from './kept-bytes.js'
import { isRedirect } from './redirects.js'
import { LARGEST_HEAD } from './response-head.js'
import type { SentSecrets } from './sent-secrets.js'
import { startTrace, type TraceRecorder } from './trace.js'
import type { Trust } from './trust.js'

/** What the requests of one run have in common, each taken by itself. */
export interface ExchangeOptions {
  readonly userAgent: string
  readonly trust: Trust
  /** `NODE_TLS_REJECT_UNAUTHORIZED` is 0: certificates are verified all the same, but a failure should say so. */
  readonly nodeTrustsAll: boolean
  readonly proxyFor: (url: URL) => ProxyChoice
  /** Requests that carry credentials: what is beyond is not asked for. */
  readonly withCredentials: Allowance
  /** A URL that is asked for all the same. */
  readonly essential: string
  /** What is kept of all answers. */
  readonly kept: KeptBytes
  /** Told of everything that goes out. */
  readonly sentSecrets: SentSecrets
  /** Told of every request: method, URL as it can be shown, outcome, milliseconds. Its path may be a server's. */
  readonly onRequest: (line: string) => void
}

/** One request. */
export interface Request {
  readonly url: string
  /** The credentials that it carries. */
  readonly sent: SentCredentials | undefined
  readonly signal: AbortSignal
  /** Ended after the first bytes of a good answer. */
  readonly beginningOnly: boolean
  /** What it brings along: it is a POST then. */
  readonly posted: Posted | undefined
}

/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10

/** Opens a function that sends one request and gives its answer; it never throws for what a server or a network does. */
export function openExchange(options: ExchangeOptions): (request: Request) => Promise<Answer> {
  // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
  // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
  const client = new HttpClient(options.userAgent)
  const readBody = bodyReader(options.kept)

  async function send(request: Request, way: OpenWay, recorder: TraceRecorder): Promise<Received> {
    const { signal, posted } = request
    const head = client.requestRaw(requestFor(request, way, recorder, options), posted?.text ?? null)
    const { message } = await noLongerThan(signal, head)
    const { headers, statusCode: status = 0 } = message
    recorder.headers(headers)
    const byProxy = status === 407 && way.proxy !== undefined
    if (byProxy || isRedirect(status)) {
      message.destroy()
      return { status, headers, read: byProxy ? { type: 'proxy-refused', status } : NOTHING_READ }
    }
    const read = request.beginningOnly && status < 300 ? beginningOf(message, signal) : whole(message, signal)
    return { status, headers, read: await read.catch((error: unknown) => failureOf(error, request)) }
  }

  async function whole(message: http.IncomingMessage, signal: AbortSignal): Promise<BytesRead> {
    return { body: await noLongerThan(signal, readBody(message)), complete: true }
  }

  return async (request) => {
    const { url, sent } = request
    const recorder = startTrace(methodOf(request.posted))
    const way = wayTo(url, options)
    const { proxy } = way
    const soFar = () => ({ proxy, trace: recorder.trace() })
    if (way.kind === 'none') return failed(url, way.failure, soFar())
    if (sent !== undefined && url !== options.essential && !options.withCredentials.take()) {
      return failed(url, { type: 'unasked' }, soFar())
    }
    if (sent !== undefined) options.sentSecrets.add(sent)
    const started = performance.now()
    const received = await send(request, way, recorder).catch((error: unknown) => failureOf(error, request))
    options.onRequest(lineOf(request, proxy, received, performance.now() - started))
    if ('type' in received) return failed(url, received, soFar())
    const { status, headers, read } = received
    if ('type' in read) return failed(url, read, soFar())
    return { kind: 'answered', status, headers, ...read, url, leftOrigin: false, tries: 1, ...soFar() }
  }
}

/** As much of a body as was read, and whether that is all of it. */
type BytesRead = Pick<Extract<Answer, { kind: 'answered' }>, 'body' | 'complete'>

const NOTHING_READ: BytesRead = { body: Buffer.alloc(0), complete: false }

async function beginningOf(message: http.IncomingMessage, signal: AbortSignal): Promise<BytesRead> {
  try {
    return await noLongerThan(signal, firstBytes(message, FIRST_BYTES))
  } catch (error) {
    // The head was good, and Composer has more time.
    if (signal.aborted) return NOTHING_READ
    throw error
  }
}

/** The head of an answer, and what was read of its body or why none came. */
interface Received {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly read: BytesRead | Failure
}

function lineOf(
  { url, posted }: Request,
  proxy: HttpProxy | undefined,
  received: Received | Failure,
  took: number,
): string {
  const through = proxy === undefined ? '' : `through ${proxy.shown} `
  const outcome = 'type' in received ? received.type : received.status
  const broken = !('type' in received) && 'type' in received.read ? `, ${received.read.type}` : ''
  return `${methodOf(posted)} ${shownUrl(new URL(url).href)} ${through}-> ${outcome}${broken} (${Math.round(took)} ms)`
}

function methodOf(posted: Posted | undefined): 'GET' | 'POST' {
  return posted === undefined ? 'GET' : 'POST'
}

/** How a URL is reached. */
interface OpenWay {
  readonly kind: 'open'
  readonly proxy: HttpProxy | undefined
  readonly trusted: readonly string[]
}

/** The same, or why nothing may be sent there. */
type Way = OpenWay | { readonly kind: 'none'; readonly proxy: HttpProxy | undefined; readonly failure: Failure }

function wayTo(url: string, { proxyFor, trust }: ExchangeOptions): Way {
  // Whatever a server or a file of the project names: nothing is asked over http but on this machine.
  if (!isPrivateRoute(url)) return { kind: 'none', proxy: undefined, failure: { type: 'insecure' } }
  const choice = proxyFor(new URL(url))
  if (choice.kind === 'malformed' || choice.kind === 'unsupported') {
    return { kind: 'none', proxy: undefined, failure: { type: `proxy-${choice.kind}`, variable: choice.variable } }
  }
  const proxy = choice.kind === 'proxy' ? choice.proxy : undefined
  if (trust.kind === 'trusted') return { kind: 'open', proxy, trusted: trust.certificates }
  // Composer stops at such a setting before its first request, whatever that request's scheme.
  const { path, source, reason } = trust
  return { kind: 'none', proxy, failure: { type: 'trust-file', path, source, reason } }
}

function requestFor(
  { url, sent, signal, posted }: Request,
  { proxy, trusted }: OpenWay,
  trace: TraceRecorder,
  { userAgent, nodeTrustsAll }: ExchangeOptions,
): Parameters<HttpClient['requestRaw']>[0] {
  const target = new URL(url)
  const route: Route = { proxy, trusted, nodeTrustsAll, connectTimeout: CONNECT_TIMEOUT * 1000, signal, trace }
  return {
    parsedUrl: target,
    httpModule: target.protocol === 'https:' ? https : http,
    options: {
      method: methodOf(posted),
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path: pathFor(target, proxy),
      headers: { ...headersFor(target, sent, proxy, userAgent), ...headersOf(posted) },
      agent: agentFor(target, route),
      signal,
      maxHeaderSize: LARGEST_HEAD,
    },
  }
}

/** Waits for work, and for nothing that a server does beyond the signal's reason. */
function noLongerThan<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp)
    // One signal serves a whole chain of redirects: what stays on it would add up.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

function failureOf(error: unknown, { url, signal }: Request): Failure {
  const failure = socketFailure(signal.aborted ? signal.reason : error, new URL(url).hostname)
  // Node calls a connection that ends before the first byte of an answer "socket hang up", with a reset's code.
  const silent = error instanceof Error && error.message === 'socket hang up'
  return silent && failure.type === 'reset' ? { type: 'closed', code: undefined } : failure
}
