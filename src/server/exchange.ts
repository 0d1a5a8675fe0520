import type { IncomingHttpHeaders } from 'node:http'
import type { Allowance } from '../bounds/allowance.js'
import type { SentCredentials } from '../composer/http-basic.js'
import { isPrivateRoute } from '../composer/origin.js'
import type { HttpProxy, ProxyChoice } from '../composer/proxy.js'
import { shownUrl } from '../composer/shown-url.js'
import { type Answer, failed } from './answer.js'
import { FIRST_BYTES } from './archive-bytes.js'
import { bodyReader, firstBytes } from './body.js'
import { type Failure, socketFailure } from './failure.js'
import { methodOf, type Posted } from './headers.js'
import type { KeptBytes } from './kept-bytes.js'
import type { Message } from './message.js'
import { isRedirect } from './redirects.js'
import { openSending, type SendingOptions, type Sent } from './sending.js'
import type { SentSecrets } from './sent-secrets.js'
import { startTrace, type TraceRecorder } from './trace.js'

/** What the requests of one run have in common, each taken by itself. */
export interface ExchangeOptions extends SendingOptions {
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

/** Sends requests one by one. */
export interface Exchange {
  /** Sends one and gives its answer; never throws for what a server or a network does. */
  ask(request: Request): Promise<Answer>
  /** Whether a URL leads to a server that has a connection for many requests at a time. */
  isShared(url: string): boolean
}

/** Opens the way on which the requests of one run are sent. */
export function openExchange(options: ExchangeOptions): Exchange {
  const sending = openSending(options)
  const readBody = bodyReader(options.kept)

  async function send(request: Request, way: OpenWay, recorder: TraceRecorder): Promise<Received> {
    const { sent: credentials, posted, signal } = request
    const { proxy } = way
    const sent: Sent = { url: new URL(request.url), proxy, credentials, posted, signal, trace: recorder }
    const message = await noLongerThan(signal, sending.send(sent))
    const { headers, statusCode: status = 0 } = message
    recorder.headers(headers)
    const byProxy = status === 407 && proxy !== undefined
    if (byProxy || isRedirect(status)) {
      message.destroy()
      return { status, headers, read: byProxy ? { type: 'proxy-refused', status } : NOTHING_READ }
    }
    const read = request.beginningOnly && status < 300 ? beginningOf(message, signal) : whole(message, signal)
    return { status, headers, read: await read.catch((error: unknown) => failureOf(error, request)) }
  }

  async function whole(message: Message, signal: AbortSignal): Promise<BytesRead> {
    return { body: await noLongerThan(signal, readBody(message)), complete: true }
  }

  async function ask(request: Request): Promise<Answer> {
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
    if ('type' in read) return failed(url, read, soFar(), status)
    return { kind: 'answered', status, headers, ...read, url, leftOrigin: false, tries: 1, ...soFar() }
  }

  return {
    ask,
    isShared: (url) => {
      const way = wayTo(url, options)
      return way.kind === 'open' && sending.isShared(new URL(url), way.proxy)
    },
  }
}

/** As much of a body as was read, and whether that is all of it. */
type BytesRead = Pick<Extract<Answer, { kind: 'answered' }>, 'body' | 'complete'>

const NOTHING_READ: BytesRead = { body: Buffer.alloc(0), complete: false }

async function beginningOf(message: Message, signal: AbortSignal): Promise<BytesRead> {
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
  readonly headers: IncomingHttpHeaders
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

/** How a URL is reached. */
interface OpenWay {
  readonly kind: 'open'
  readonly proxy: HttpProxy | undefined
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
  if (trust.kind === 'trusted') return { kind: 'open', proxy }
  // Composer stops at such a setting before its first request, whatever that request's scheme.
  const { path, source, setting, reason } = trust
  return { kind: 'none', proxy, failure: { type: 'trust-file', path, source, setting, reason } }
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
