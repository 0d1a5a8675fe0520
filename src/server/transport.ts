import { setTimeout as sleep } from 'node:timers/promises'
import type { Deadline } from '../bounds/deadline.js'
import { REQUESTS_AT_ONCE } from '../bounds/in-parallel.js'
import { credentialsInUrl, withoutUserinfo } from '../composer/effective-credentials.js'
import type { SentCredentials } from '../composer/http-basic.js'
import { isPrivateRoute, originOf } from '../composer/origin.js'
import { shownUrl } from '../composer/shown-url.js'
import { type Answer, failed } from './answer.js'
import { type Exchange, type ExchangeOptions, openExchange, type Request } from './exchange.js'
import { RequestFailure } from './failure.js'
import { methodOf, type Posted } from './headers.js'
import { keptBytes } from './kept-bytes.js'
import { isOneHost, isRedirect, MAXIMUM_REDIRECTS, type Place, redirectTarget } from './redirects.js'
import { pauseBefore } from './retries.js'
import { openSentSecrets, type SentSecrets } from './sent-secrets.js'
import { startTrace } from './trace.js'

export type { Answer } from './answer.js'
export type { Posted } from './headers.js'

/** Everything that requests of one run have in common. */
export interface TransportOptions extends Omit<ExchangeOptions, 'kept' | 'sentSecrets'> {
  /** Seconds that one request may take, from connecting to the last byte. */
  readonly timeout: number
  /** Further tries after a failure that another try can change. */
  readonly retries: number
  /** When all requests have to end, whatever a single one may take. */
  readonly deadline: Deadline
  /** What Composer would send to an origin. */
  readonly credentialsFor: CredentialsFor
}

type CredentialsFor = (origin: string) => SentCredentials | undefined

export interface Transport {
  /** GETs a URL as Composer would. Never throws for what a server or a network does. */
  get(url: string): Promise<Answer>
  /** The same with POST, also where it is redirected, as Composer does it. */
  post(url: string, posted: Posted): Promise<Answer>
  /** The same, ended after the first bytes of a good answer: for archives, of which no more than their kind is of interest. */
  probe(url: string): Promise<Answer>
  /** The same as `get` with other credentials for the URL's own origin, once, without any retry. */
  getOnceAs(url: string, credentials: SentCredentials): Promise<Answer>
  /**
   * The same with credentials that go to the URL's own host and no other, once: Composer keeps those of several of GitHub's
   * hosts under one name.
   */
  getOnceAtHost(url: string, credentials: SentCredentials): Promise<Answer>
  /** The same way with other credentials for one origin. */
  as(origin: string, credentials: SentCredentials): Transport
  /**
   * Whether an address that a server or a file names is one to ask: over a private way, and not with a host name that is
   * made of a secret which a server was sent.
   */
  mayAsk(url: string): boolean
  /** How many requests to send at a time to where a URL leads. */
  atOnce(url: string): number
  /** Told of what is kept of answers, in bytes; throws RequestFailure where it is too much for one run. */
  readonly keep: (bytes: number) => void
}

/** As many as Composer has under way, where one connection carries them all. Source: `HttpDownloader.php`, `maxJobs`. */
const REQUESTS_ON_CONNECTION = 12

/** What differs from one request to another, whatever its address. */
interface RequestKind extends Pick<Request, 'beginningOnly' | 'posted'> {
  /** The name under which credentials for its address are looked up, where that is not Composer's. */
  readonly origin?: string
}

const WHOLE: RequestKind = { beginningOnly: false, posted: undefined }
const BEGINNING: RequestKind = { beginningOnly: true, posted: undefined }

/** Opens the one way by which this action speaks to servers. */
export function openTransport(options: TransportOptions): Transport {
  const { retries, deadline } = options
  const kept = keptBytes()
  const sentSecrets = openSentSecrets()
  const exchange = openExchange({ ...options, kept, sentSecrets })
  const follow = openFollowing(exchange, { ...options, sentSecrets })

  async function get(asked: string, source: CredentialsFor, tries: number, kind: RequestKind): Promise<Answer> {
    // Credentials in a URL beat all others for its origin, and are sent as a header: a URL is shown.
    const inUrl = credentialsInUrl(asked)
    const url = withoutUserinfo(asked)
    const credentials = inUrl === undefined ? source : insteadAt(originOf(url), inUrl, source)
    let last: Answer | undefined
    for (let tried = 1; ; tried++) {
      // Reading the project may have taken all the time: then nothing is known of the server.
      if (deadline.passed()) return last ?? unsent(url, kind)
      last = { ...(await follow(url, credentials, kind)), tries: tried }
      const pause = pauseBefore(last, tried)
      if (tried >= tries || pause === undefined || pause >= deadline.left()) return last
      await sleep(pause)
    }
  }

  const withCredentials = (credentialsFor: CredentialsFor): Transport => ({
    get: (url) => get(url, credentialsFor, retries + 1, WHOLE),
    post: (url, posted) => get(url, credentialsFor, retries + 1, { ...WHOLE, posted }),
    probe: (url) => get(url, credentialsFor, retries + 1, BEGINNING),
    getOnceAs: (url, credentials) => get(url, insteadAt(originOf(url), credentials, credentialsFor), 1, WHOLE),
    getOnceAtHost: (url, credentials) => {
      const { host } = new URL(url)
      return get(url, (origin) => (origin === host ? credentials : undefined), 1, { ...WHOLE, origin: host })
    },
    as: (origin, credentials) => withCredentials(insteadAt(origin, credentials, credentialsFor)),
    atOnce: (url) => (exchange.isShared(url) ? REQUESTS_ON_CONNECTION : REQUESTS_AT_ONCE),
    mayAsk: (url) => isPrivateRoute(url) && !sentSecrets.nameHostOf(url),
    keep: kept.add,
  })
  return withCredentials(options.credentialsFor)
}

/** The answer of a request for which there was no time. */
function unsent(url: string, { posted }: RequestKind): Answer {
  return failed(url, { type: 'out-of-time' }, { proxy: undefined, trace: startTrace(methodOf(posted)).trace() })
}

/** What is sent where one origin gets other credentials. */
function insteadAt(own: string, credentials: SentCredentials, credentialsFor: CredentialsFor): CredentialsFor {
  return (origin) => (origin === own ? credentials : credentialsFor(origin))
}

/** Opens a function that asks for a URL once, and for those that it redirects to, within one time limit. */
function openFollowing(
  exchange: Exchange,
  options: Pick<TransportOptions, 'timeout' | 'deadline'> & Pick<ExchangeOptions, 'sentSecrets'>,
): (url: string, credentialsFor: CredentialsFor, kind: RequestKind) => Promise<Answer> {
  return async (url, credentialsFor, kind) => {
    const timeLimit = new AbortController()
    const seconds = Math.min(options.timeout, options.deadline.left() / 1000)
    const timer = setTimeout(
      () => timeLimit.abort(new RequestFailure({ type: 'timeout', seconds, budget: seconds < options.timeout })),
      seconds * 1000,
    )
    try {
      return await followed(exchange, url, credentialsFor, options.sentSecrets, {
        ...kind,
        signal: timeLimit.signal,
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

async function followed(
  exchange: Exchange,
  url: string,
  credentialsFor: CredentialsFor,
  sentSecrets: SentSecrets,
  { origin = originOf(url), ...rest }: Pick<Request, 'signal'> & RequestKind,
): Promise<Answer> {
  let place: Place = { url, origin }
  const own = credentialsFor(place.origin)
  for (let redirects = 0; ; redirects++) {
    const sent = isOneHost(place) && isPrivateRoute(place.url) ? credentialsFor(place.origin) : undefined
    const answer = await exchange.ask({ ...rest, url: place.url, sent })
    if (answer.kind === 'failed' || !isRedirect(answer.status)) {
      return { ...answer, leftOrigin: sent === undefined && own !== undefined }
    }
    const next = redirectTarget(answer.headers.location, place, answer.status)
    if ('type' in next) return failed(place.url, next, answer)
    if (sentSecrets.nameHostOf(next.url)) {
      return failed(place.url, { type: 'redirect-unusable', status: answer.status, target: undefined }, answer)
    }
    if (redirects >= MAXIMUM_REDIRECTS) {
      const loop = { type: 'redirect-loop', limit: MAXIMUM_REDIRECTS, target: shownUrl(next.url) } as const
      return failed(place.url, loop, answer)
    }
    place = next
  }
}
