import * as http from 'node:http'
import * as https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpClient } from '@actions/http-client'
import type { HttpBasic } from '../composer/auth-json.js'
import { credentialsInUrl, withoutUserinfo } from '../composer/effective-credentials.js'
import { isLoopback, originOf } from '../composer/origin.js'
import type { HttpProxy, ProxyChoice } from '../composer/proxy.js'
import { redacted, SHORTEST_MASK } from '../credentials/secret-forms.js'
import { ACCEPTED_ENCODINGS, readBody } from './body.js'
import { agentFor } from './connection.js'
import { type Failure, isTransient, RequestFailure, socketFailure } from './failure.js'
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
    }
  | {
      readonly kind: 'failed'
      readonly failure: Failure
      readonly url: string
      readonly proxy: HttpProxy | undefined
      readonly tries: number
    }

export interface Transport {
  /** GETs a URL as Composer would. Never throws for what a server or a network does. */
  get(url: string): Promise<Answer>
  /** The same, ended after the headers of a good answer: for archives, whose bodies are of no interest. */
  probe(url: string): Promise<Answer>
  /** The same as `get` with other credentials for the URL's own origin, once, without any retry. */
  getOnceAs(url: string, credentials: HttpBasic): Promise<Answer>
}

/** Composer follows as many. Source: `CurlDownloader.php`, `maxRedirects`. */
const MAXIMUM_REDIRECTS = 20
/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10
/** Longer is not waited for a server that says when to come back: the job's minutes are the user's. Seconds. */
const LONGEST_RETRY_AFTER = 30
/** Seconds that all requests of a run may take together, whatever the inputs say. */
const LONGEST_RUN = 180
/** The first pause between two tries; each further one is twice as long, and all are jittered. Milliseconds. */
const FIRST_PAUSE = 250

/** Opens the one way by which this action speaks to servers. */
export function openTransport(options: TransportOptions): Transport {
  // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
  // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
  const client = new HttpClient(options.userAgent)
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
        if ('type' in next) return failed(place.url, next, answer.proxy)
        if (namesHostAfter(next.url, own)) return failed(place.url, { type: 'redirect-unusable' }, answer.proxy)
        if (redirects >= MAXIMUM_REDIRECTS)
          return failed(place.url, { type: 'redirect-loop', limit: MAXIMUM_REDIRECTS }, answer.proxy)
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
    // Whatever a server or a file of the project names: nothing is asked over http but on this machine.
    if (!isPrivateWay(url)) return failed(url, { type: 'insecure' }, undefined)
    const choice = options.proxyFor(target)
    if (choice.kind === 'malformed' || choice.kind === 'unsupported') {
      return failed(url, { type: `proxy-${choice.kind}`, variable: choice.variable }, undefined)
    }
    const proxy = choice.kind === 'proxy' ? choice.proxy : undefined
    const { trust } = options
    // Composer stops at such a setting before its first request, whatever that request's scheme.
    if (trust.kind === 'unusable') {
      return failed(url, { type: 'trust-file', path: trust.path, source: trust.source }, proxy)
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
            agent: agentFor(target, { proxy, trusted, connectTimeout: CONNECT_TIMEOUT * 1000, signal }),
            signal,
          },
        },
        null,
      )
      const status = message.statusCode ?? 0
      outcome = String(status)
      if (status === 407 && proxy !== undefined) {
        message.destroy()
        return failed(url, { type: 'proxy-refused', status }, proxy)
      }
      const skipped = isRedirect(status) || (headersOnly && status < 300)
      const body = skipped ? Buffer.alloc(0) : await readBody(message)
      if (skipped) message.destroy()
      return { kind: 'answered', status, headers: message.headers, body, url, leftOrigin: false, proxy, tries: 1 }
    } catch (error) {
      const reason: unknown = signal.aborted ? signal.reason : error
      const failure = socketFailure(reason, target.hostname)
      outcome = outcome === '' ? failure.type : `${outcome}, ${failure.type}`
      return failed(url, hungUp(error, failure), proxy)
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
  }
}

/** Whether nobody on the way can read a request: https, or this machine. */
function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isLoopback(hostname)
}

/** How long to wait before another try, in milliseconds; undefined when another try cannot change anything. */
function pauseBefore(answer: Answer, attempt: number): number | undefined {
  const jittered = FIRST_PAUSE * 2 ** attempt * (0.5 + Math.random())
  if (answer.kind === 'failed') return isTransient(answer.failure) ? jittered : undefined
  if (answer.status !== 408 && answer.status !== 429 && answer.status < 500) return undefined
  const seconds = retryAfter(answer.headers['retry-after'])
  if (seconds === undefined) return jittered
  return seconds <= LONGEST_RETRY_AFTER ? Math.max(jittered, seconds * 1000) : undefined
}

/** `Retry-After` in seconds from now: a number or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000)
}

/** Composer takes every status from 300 to 399 but 304 for a redirect. Source: `CurlDownloader.php`, `tick`. */
function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399 && status !== 304
}

/** Where a request goes, and under which name Composer looks for the credentials of that place. */
interface Place {
  readonly url: string
  readonly origin: string
}

function redirectTarget(location: string | undefined, { url: from, origin }: Place, status: number): Place | Failure {
  if (location === undefined || location === '') return { type: 'redirect-without-location', status }
  if (!URL.canParse(location, from)) return { type: 'redirect-unusable' }
  const target = new URL(location, from)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return { type: 'redirect-unusable' }
  if (new URL(from).protocol === 'https:' && target.protocol === 'http:') return { type: 'redirect-downgrade' }
  // Credentials in a Location are the server's, not the user's: Composer would take them over, this action does not.
  target.username = ''
  target.password = ''
  return { url: target.href, origin: redirectOrigin(location, target, origin) }
}

/**
 * Read from the header as it stands, as Composer reads it: `https://repo.magento.com:443/` is another origin than
 * `https://repo.magento.com/`, which `URL` no longer tells apart. Source: `CurlDownloader::handleRedirect`.
 */
function redirectOrigin(location: string, target: URL, from: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return originOf(location)
  return location.startsWith('//') ? originOf(`${target.protocol}${location}`) : from
}

/**
 * Whether the host that Composer reads out of a URL is the one that Node connects to. For
 * `https://other.example\@repo.magento.com/` they are two, and the keys of the one must not go to the other.
 */
function isOneHost({ url, origin }: Place): boolean {
  const { protocol, host } = new URL(url)
  const read = `${protocol}//${origin}`
  return URL.canParse(read) && new URL(read).host === host
}

/** Whether a server has made one of our own secrets into a host name: it would stand in DNS queries and in messages. */
function namesHostAfter(url: string, secret: HttpBasic | undefined): boolean {
  const { hostname } = new URL(url)
  return [secret?.username, secret?.password].some(
    (value) => value !== undefined && value.length >= SHORTEST_MASK && hostname.includes(value.toLowerCase()),
  )
}

function headersFor(
  url: URL,
  sent: HttpBasic | undefined,
  proxy: HttpProxy | undefined,
  userAgent: string,
): http.OutgoingHttpHeaders {
  const viaProxy = url.protocol === 'http:' && proxy?.authorization !== undefined
  return {
    host: url.host,
    accept: '*/*',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': userAgent,
    connection: 'close',
    ...(sent === undefined ? {} : { authorization: authorization(sent) }),
    ...(viaProxy ? { 'proxy-authorization': proxy.authorization } : {}),
  }
}

/** An http proxy is given the whole URL; everybody else the path. */
function pathFor(url: URL, proxy: HttpProxy | undefined): string {
  const path = `${url.pathname}${url.search}`
  return url.protocol === 'http:' && proxy !== undefined ? `http://${url.host}${path}` : path
}

/** Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`. */
function authorization({ username, password }: HttpBasic): string {
  if (password === 'bearer') return `Bearer ${username}`
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function originAndPath(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** Node calls a connection that ends before the first byte of an answer "socket hang up", with a reset's code. */
function hungUp(error: unknown, failure: Failure): Failure {
  const silent = error instanceof Error && error.message === 'socket hang up'
  return silent && failure.type === 'reset' ? { type: 'closed', code: undefined } : failure
}

function failed(url: string, failure: Failure, proxy: HttpProxy | undefined): Answer {
  return { kind: 'failed', failure, url, proxy, tries: 1 }
}
