import * as http from 'node:http'
import * as https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpClient } from '@actions/http-client'
import type { HttpBasic } from '../composer/auth-json.js'
import { credentialsInUrl, withoutUserinfo } from '../composer/effective-credentials.js'
import { isLoopback, originOf } from '../composer/origin.js'
import type { HttpProxy, ProxyChoice } from '../composer/proxy.js'
import { redacted } from '../credentials/secret-forms.js'
import { openAllowance } from './allowance.js'
import { bodyReader } from './body.js'
import { agentFor } from './connection.js'
import { type Failure, RequestFailure, socketFailure } from './failure.js'
import { headersFor, pathFor } from './headers.js'
import { isOneHost, isRedirect, MAXIMUM_REDIRECTS, namesHostAfter, type Place, redirectTarget } from './redirects.js'
import { LARGEST_HEAD } from './response-head.js'
import { pauseBefore } from './retries.js'
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
  readonly proxyFor: (url: URL) => ProxyChoice
  /** What Composer would send to an origin. */
  readonly credentialsFor: (origin: string) => HttpBasic | undefined
  /** Told of every request: method, URL without credentials, outcome, milliseconds. */
  readonly onRequest: (line: string) => void
}

/** What came of a request, redirects and tries included. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: http.IncomingHttpHeaders
      readonly body: Buffer
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

export interface Transport {
  /** GETs a URL as Composer would. Never throws for what a server or a network does. */
  get(url: string): Promise<Answer>
  /** The same, ended after the headers of a good answer: for archives, whose bodies are of no interest. */
  probe(url: string): Promise<Answer>
  /** The same as `get` with other credentials for the URL's own origin, once, without any retry. */
  getOnceAs(url: string, credentials: HttpBasic): Promise<Answer>
  /** Told of what is kept of answers, in bytes; throws RequestFailure where it is too much for one run. */
  readonly keep: (bytes: number) => void
}

/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10
/** Seconds that all requests of a run may take together, whatever the inputs say. */
const LONGEST_RUN = 180

/** Opens the one way by which this action speaks to servers. */
export function openTransport(options: TransportOptions): Transport {
  // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
  // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
  const client = new HttpClient(options.userAgent)
  const readBody = bodyReader()
  const budget = 1000 * Math.min(LONGEST_RUN, 2 * options.timeout * (options.retries + 1))
  let deadline: number | undefined

  async function get(
    asked: string,
    credentialsFor: TransportOptions['credentialsFor'],
    { retries, headersOnly }: { retries: number; headersOnly: boolean },
  ): Promise<Answer> {
    deadline ??= Date.now() + budget
    // Credentials in a URL beat all others for its origin, and are sent as a header: a URL is shown.
    const inUrl = credentialsInUrl(asked)
    const url = withoutUserinfo(asked)
    const own = originOf(url)
    const credentials = (origin: string) => (inUrl !== undefined && origin === own ? inUrl : credentialsFor(origin))
    for (let attempt = 0; ; attempt++) {
      const answer = await follow(url, credentials, deadline, headersOnly)
      const pause = pauseBefore(answer, attempt)
      if (attempt >= retries || pause === undefined || Date.now() + pause >= deadline)
        return { ...answer, tries: attempt + 1 }
      await sleep(pause)
    }
  }

  async function follow(
    start: string,
    credentials: TransportOptions['credentialsFor'],
    until: number,
    headersOnly: boolean,
  ): Promise<Answer> {
    let place: Place = { url: start, origin: originOf(start) }
    const own = credentials(place.origin)
    const timeLimit = new AbortController()
    const seconds = Math.max(0, Math.min(options.timeout, (until - Date.now()) / 1000))
    const timer = setTimeout(
      () => timeLimit.abort(new RequestFailure({ type: 'timeout', seconds, budget: seconds < options.timeout })),
      seconds * 1000,
    )
    try {
      for (let redirects = 0; ; redirects++) {
        const sent = isOneHost(place) && isPrivateWay(place.url) ? credentials(place.origin) : undefined
        const answer = await exchange(place.url, sent, own, timeLimit.signal, headersOnly)
        if (answer.kind === 'failed' || !isRedirect(answer.status)) {
          const leftOrigin = sent === undefined && own !== undefined
          return answer.kind === 'failed' ? answer : { ...answer, leftOrigin }
        }
        const next = redirectTarget(answer.headers.location, place, answer.status)
        if ('type' in next) return failed(place.url, next, answer)
        if (namesHostAfter(next.url, own)) return failed(place.url, { type: 'redirect-unusable' }, answer)
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
    sent: HttpBasic | undefined,
    own: HttpBasic | undefined,
    signal: AbortSignal,
    headersOnly: boolean,
  ): Promise<Answer> {
    const target = new URL(url)
    const recorder = startTrace()
    const before = { proxy: undefined, trace: recorder.trace() }
    // Whatever a server or a file of the project names: nothing is asked over http but on this machine.
    if (!isPrivateWay(url)) return failed(url, { type: 'insecure' }, before)
    const choice = options.proxyFor(target)
    if (choice.kind === 'malformed' || choice.kind === 'unsupported') {
      return failed(url, { type: `proxy-${choice.kind}`, variable: choice.variable }, before)
    }
    const proxy = choice.kind === 'proxy' ? choice.proxy : undefined
    const { trust } = options
    // Composer stops at such a setting before its first request, whatever that request's scheme.
    if (trust.kind === 'unusable') {
      return failed(url, { type: 'trust-file', path: trust.path, source: trust.source }, { ...before, proxy })
    }
    const trusted = trust.certificates
    const started = Date.now()
    let outcome = ''
    try {
      const { message } = await client.requestRaw(
        {
          parsedUrl: target,
          httpModule: target.protocol === 'https:' ? https : http,
          options: {
            method: 'GET',
            host: target.hostname.replace(/^\[|\]$/g, ''),
            port: target.port,
            path: pathFor(target, proxy),
            headers: headersFor(target, sent, proxy, options.userAgent),
            agent: agentFor(target, {
              proxy,
              trusted,
              connectTimeout: CONNECT_TIMEOUT * 1000,
              signal,
              trace: recorder,
            }),
            signal,
            maxHeaderSize: LARGEST_HEAD,
          },
        },
        null,
      )
      const status = message.statusCode ?? 0
      recorder.headers(message.headers)
      outcome = String(status)
      if (status === 407 && proxy !== undefined) {
        message.destroy()
        return failed(url, { type: 'proxy-refused', status }, { proxy, trace: recorder.trace() })
      }
      const skipped = isRedirect(status) || (headersOnly && status < 300)
      const body = skipped ? Buffer.alloc(0) : await readBody(message)
      if (skipped) message.destroy()
      const trace = recorder.trace()
      return {
        kind: 'answered',
        status,
        headers: message.headers,
        body,
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
        // A path out of a Location may repeat what the server was sent.
        `GET ${redacted(originAndPath(target), [...(own === undefined ? [] : [own]), ...(sent === undefined ? [] : [sent])])} ${proxy === undefined ? '' : `through ${proxy.shown} `}-> ${outcome} (${Date.now() - started} ms)`,
      )
    }
  }

  return {
    get: (url) => get(url, options.credentialsFor, { retries: options.retries, headersOnly: false }),
    probe: (url) => get(url, options.credentialsFor, { retries: options.retries, headersOnly: true }),
    getOnceAs: (url, credentials) => {
      const own = originOf(url)
      return get(url, (origin) => (origin === own ? credentials : options.credentialsFor(origin)), {
        retries: 0,
        headersOnly: false,
      })
    },
    keep: openAllowance(),
  }
}

/** Whether nobody on the way can read a request: https, or this machine. */
function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isLoopback(hostname)
}

function originAndPath(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** Node calls a connection that ends before the first byte of an answer "socket hang up", with a reset's code. */
function hungUp(error: unknown, failure: Failure): Failure {
  const silent = error instanceof Error && error.message === 'socket hang up'
  return silent && failure.type === 'reset' ? { type: 'closed', code: undefined } : failure
}

function failed(url: string, failure: Failure, { proxy, trace }: Pick<Answer, 'proxy' | 'trace'>): Answer {
  return { kind: 'failed', failure, url, proxy, tries: 1, trace }
}
