import * as http from 'node:http'
import * as https from 'node:https'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpClient } from '@actions/http-client'
import type { Allowance } from '../bounds/allowance.js'
import { credentialsInUrl, withoutUserinfo } from '../composer/effective-credentials.js'
import type { SentCredentials } from '../composer/http-basic.js'
import { isPrivateRoute, originOf } from '../composer/origin.js'
import type { HttpProxy, ProxyChoice } from '../composer/proxy.js'
import { shownUrl } from '../composer/shown-url.js'
import { FIRST_BYTES } from './archive-bytes.js'
import { bodyReader, firstBytes } from './body.js'
import { agentFor } from './connection.js'
import { type Failure, RequestFailure, socketFailure } from './failure.js'
import { headersFor, headersOf, pathFor } from './headers.js'
import { openAllowance } from './kept-bytes.js'
import { isOneHost, isRedirect, MAXIMUM_REDIRECTS, type Place, redirectTarget } from './redirects.js'
import { LARGEST_HEAD } from './response-head.js'
import { pauseBefore } from './retries.js'
import { openSentSecrets } from './sent-secrets.js'
import { startTrace, type Trace } from './trace.js'
import type { Trust } from './trust.js'

/** Everything that requests of one run have in common. */
export interface TransportOptions {
  /** Seconds that one request may take, from connecting to the last byte. */
  readonly timeout: number
  /** Further tries after a failure that another try can change. */
  readonly retries: number
  readonly userAgent: string
  readonly trust: Trust
  /** `NODE_TLS_REJECT_UNAUTHORIZED` is 0: certificates are verified all the same, but a failure should say so. */
  readonly nodeTrustsAll: boolean
  readonly proxyFor: (url: URL) => ProxyChoice
  /** Requests that carry credentials: what is beyond is not asked for. */
  readonly withCredentials: Allowance
  /** A URL that is asked for all the same. */
  readonly essential: string
  /** What Composer would send to an origin. */
  readonly credentialsFor: (origin: string) => SentCredentials | undefined
  /** Told of every request: method, URL as it can be shown, outcome, milliseconds. Its path may be a server's. */
  readonly onRequest: (line: string) => void
}

/** What came of a request, redirects and tries included. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: http.IncomingHttpHeaders
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
      readonly url: string
      readonly proxy: HttpProxy | undefined
      readonly tries: number
      readonly trace: Trace
    }

/** What a request brings along. */
export interface Posted {
  readonly contentType: string
  readonly text: string
}

export interface Transport {
  /** GETs a URL as Composer would. Never throws for what a server or a network does. */
  get(url: string): Promise<Answer>
  /** The same with POST, also where it is redirected, as Composer does it. */
  post(url: string, posted: Posted): Promise<Answer>
  /** The same, ended after the first bytes of a good answer: for archives, of which no more than their kind is of interest. */
  probe(url: string): Promise<Answer>
  /** The same as `get` with other credentials for the URL's own origin, once, without any retry. */
  getOnceAs(url: string, credentials: SentCredentials): Promise<Answer>
  /** The same way with other credentials for one origin. */
  as(origin: string, credentials: SentCredentials): Transport
  /**
   * Whether an address that a server or a file names is one to ask: over a private way, and not with a host name that is
   * made of a secret which a server was sent.
   */
  mayAsk(url: string): boolean
  /** Told of what is kept of answers, in bytes; throws RequestFailure where it is too much for one run. */
  readonly keep: (bytes: number) => void
}

/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10
/** Seconds that all requests of a run may take together, whatever the inputs say. */
const LONGEST_RUN = 180

/** What differs from one request to another, whatever its address. */
interface RequestKind {
  readonly beginningOnly: boolean
  readonly posted?: Posted
}

const NOTHING_READ = { body: Buffer.alloc(0), complete: false }

/** Opens the one way by which this action speaks to servers. */
export function openTransport(options: TransportOptions): Transport {
  // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
  // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
  const client = new HttpClient(options.userAgent)
  const readBody = bodyReader()
  const sentSecrets = openSentSecrets()
  const budget = 1000 * Math.min(LONGEST_RUN, 2 * options.timeout * (options.retries + 1))
  let deadline: number | undefined

  async function get(
    asked: string,
    credentialsFor: TransportOptions['credentialsFor'],
    { retries, ...kind }: RequestKind & { retries: number },
  ): Promise<Answer> {
    deadline ??= performance.now() + budget
    // Credentials in a URL beat all others for its origin, and are sent as a header: a URL is shown.
    const inUrl = credentialsInUrl(asked)
    const url = withoutUserinfo(asked)
    const own = originOf(url)
    const credentials = (origin: string) => (inUrl !== undefined && origin === own ? inUrl : credentialsFor(origin))
    for (let attempt = 0; ; attempt++) {
      const answer = await follow(url, credentials, deadline, kind)
      const pause = pauseBefore(answer, attempt)
      if (attempt >= retries || pause === undefined || performance.now() + pause >= deadline)
        return { ...answer, tries: attempt + 1 }
      await sleep(pause)
    }
  }

  async function follow(
    start: string,
    credentials: TransportOptions['credentialsFor'],
    until: number,
    kind: RequestKind,
  ): Promise<Answer> {
    let place: Place = { url: start, origin: originOf(start) }
    const own = credentials(place.origin)
    const timeLimit = new AbortController()
    const seconds = Math.max(0, Math.min(options.timeout, (until - performance.now()) / 1000))
    const timer = setTimeout(
      () => timeLimit.abort(new RequestFailure({ type: 'timeout', seconds, budget: seconds < options.timeout })),
      seconds * 1000,
    )
    try {
      for (let redirects = 0; ; redirects++) {
        const sent = isOneHost(place) && isPrivateRoute(place.url) ? credentials(place.origin) : undefined
        const answer = await exchange(place.url, sent, timeLimit.signal, kind)
        if (answer.kind === 'failed' || !isRedirect(answer.status)) {
          const leftOrigin = sent === undefined && own !== undefined
          return answer.kind === 'failed' ? answer : { ...answer, leftOrigin }
        }
        const next = redirectTarget(answer.headers.location, place, answer.status)
        if ('type' in next) return failed(place.url, next, answer)
        if (sentSecrets.nameHostOf(next.url)) return failed(place.url, { type: 'redirect-unusable' }, answer)
        if (redirects >= MAXIMUM_REDIRECTS)
          return failed(place.url, { type: 'redirect-loop', limit: MAXIMUM_REDIRECTS }, answer)
        place = next
      }
    } finally {
      clearTimeout(timer)
    }
  }

  async function exchange(
    url: string,
    sent: SentCredentials | undefined,
    signal: AbortSignal,
    { beginningOnly, posted }: RequestKind,
  ): Promise<Answer> {
    const method = posted === undefined ? 'GET' : 'POST'
    const target = new URL(url)
    const recorder = startTrace()
    const before = { proxy: undefined, trace: recorder.trace() }
    // Whatever a server or a file of the project names: nothing is asked over http but on this machine.
    if (!isPrivateRoute(url)) return failed(url, { type: 'insecure' }, before)
    const choice = options.proxyFor(target)
    if (choice.kind === 'malformed' || choice.kind === 'unsupported') {
      return failed(url, { type: `proxy-${choice.kind}`, variable: choice.variable }, before)
    }
    const proxy = choice.kind === 'proxy' ? choice.proxy : undefined
    const { trust } = options
    // Composer stops at such a setting before its first request, whatever that request's scheme.
    if (trust.kind === 'unusable') {
      const { path, source, reason } = trust
      return failed(url, { type: 'trust-file', path, source, reason }, { ...before, proxy })
    }
    const trusted = trust.certificates
    if (sent !== undefined && url !== options.essential && !options.withCredentials.take()) {
      return failed(url, { type: 'unasked' }, before)
    }
    if (sent !== undefined) sentSecrets.add(sent)
    const started = performance.now()
    let outcome = ''
    try {
      const head = client.requestRaw(
        {
          parsedUrl: target,
          httpModule: takingUpgrades(target.protocol === 'https:' ? https : http),
          options: {
            method,
            host: target.hostname.replace(/^\[|\]$/g, ''),
            port: target.port,
            path: pathFor(target, proxy),
            headers: { ...headersFor(target, sent, proxy, options.userAgent), ...headersOf(posted) },
            agent: agentFor(target, {
              proxy,
              trusted,
              nodeTrustsAll: options.nodeTrustsAll,
              connectTimeout: CONNECT_TIMEOUT * 1000,
              signal,
              trace: recorder,
            }),
            signal,
            maxHeaderSize: LARGEST_HEAD,
          },
        },
        posted?.text ?? null,
      )
      const { message } = await noLongerThan(signal, head)
      const status = message.statusCode ?? 0
      recorder.headers(message.headers)
      outcome = String(status)
      if (status === 407 && proxy !== undefined) {
        message.destroy()
        return failed(url, { type: 'proxy-refused', status }, { proxy, trace: recorder.trace() })
      }
      const skipped = status === 101 || isRedirect(status)
      const { body, complete } = skipped ? NOTHING_READ : await read(message, status, beginningOnly, signal)
      if (skipped) message.destroy()
      const trace = recorder.trace()
      return {
        kind: 'answered',
        status,
        headers: message.headers,
        body,
        complete,
        url,
        leftOrigin: false,
        proxy,
        tries: 1,
        trace,
      }
    } catch (error) {
      const reason: unknown = signal.aborted ? signal.reason : error
      const failure = socketFailure(reason, target.hostname)
      outcome = outcome === '' ? failure.type : `${outcome}, ${failure.type}`
      return failed(url, hungUp(error, failure), { proxy, trace: recorder.trace() })
    } finally {
      options.onRequest(
        `${method} ${shownUrl(target.href)} ${proxy === undefined ? '' : `through ${proxy.shown} `}-> ${outcome} (${Math.round(performance.now() - started)} ms)`,
      )
    }
  }

  async function read(message: http.IncomingMessage, status: number, beginningOnly: boolean, signal: AbortSignal) {
    if (!beginningOnly || status >= 300) return { body: await noLongerThan(signal, readBody(message)), complete: true }
    try {
      return await noLongerThan(signal, firstBytes(message, FIRST_BYTES))
    } catch (error) {
      // The head was good, and Composer has more time.
      if (signal.aborted) return NOTHING_READ
      throw error
    }
  }

  const keep = openAllowance()
  const { retries } = options
  const withCredentials = (credentialsFor: TransportOptions['credentialsFor']): Transport => ({
    get: (url) => get(url, credentialsFor, { retries, beginningOnly: false }),
    post: (url, posted) => get(url, credentialsFor, { retries, beginningOnly: false, posted }),
    probe: (url) => get(url, credentialsFor, { retries, beginningOnly: true }),
    getOnceAs: (url, credentials) =>
      get(url, insteadAt(originOf(url), credentials, credentialsFor), { retries: 0, beginningOnly: false }),
    as: (origin, credentials) => withCredentials(insteadAt(origin, credentials, credentialsFor)),
    mayAsk: (url) => isPrivateRoute(url) && !sentSecrets.nameHostOf(url),
    keep,
  })
  return withCredentials(options.credentialsFor)
}

/** What is sent where one origin gets other credentials. */
function insteadAt(
  own: string,
  credentials: SentCredentials,
  credentialsFor: TransportOptions['credentialsFor'],
): TransportOptions['credentialsFor'] {
  return (origin) => (origin === own ? credentials : credentialsFor(origin))
}

/**
 * Node's `http` or `https`, with an answer also where a server changes the protocol that nobody asked it to change (101):
 * Node alone says nothing of it, and the request would wait for ever.
 */
function takingUpgrades(module: typeof http | typeof https): typeof http {
  const request = (options: http.RequestOptions, onResponse: (message: http.IncomingMessage) => void) =>
    module.request(options, onResponse).once('upgrade', (message, socket) => {
      socket.destroy()
      onResponse(message)
    })
  // http-client calls it in this one form.
  return { ...http, request: request as typeof http.request }
}

/** Waits for work, and for nothing that a server does beyond the signal's reason. */
function noLongerThan<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([work, aborted])
}

/** Node calls a connection that ends before the first byte of an answer "socket hang up", with a reset's code. */
function hungUp(error: unknown, failure: Failure): Failure {
  const silent = error instanceof Error && error.message === 'socket hang up'
  return silent && failure.type === 'reset' ? { type: 'closed', code: undefined } : failure
}

function failed(url: string, failure: Failure, { proxy, trace }: Pick<Answer, 'proxy' | 'trace'>): Answer {
  return { kind: 'failed', failure, url, proxy, tries: 1, trace }
}
