import type { SentCredentials } from '../composer/http-basic.js'
import type { ComposerVersions } from '../composer/installed/composer-versions.js'
import type { StoppedVersions } from '../composer/installed/metadata-reading.js'
import { isMissing } from '../inputs/key-shapes.js'
import type { AtServer, Weight } from '../problems/at-server.js'
import { severityOf } from '../problems/catalogue.js'
import type { CredentialsFrom } from '../problems/credentials-from.js'
import type { EmptyField } from '../problems/empty-credentials.js'
import type { Finding } from '../problems/finding.js'
import { NOTHING_KNOWN, type Place } from '../problems/problem.js'
import type { ProxyFailed } from '../problems/proxy-failed.js'
import type { NotArchive } from '../server/archive-bytes.js'
import type { Unreadable } from '../server/document.js'
import type { Repository } from '../server/repository.js'
import { retryAfter } from '../server/retries.js'
import type { Answer } from '../server/transport.js'
import { serverText } from '../text/server-text.js'

/** What asking for packages.json told. */
export interface AccessResult {
  /** Undefined when the repository accepts the keys. */
  readonly finding: Finding | undefined
  readonly status: number | undefined
}

/** What the judgement needs besides the answer. */
export interface AccessContext {
  /** The origin of the repository. */
  readonly host: string
  /** What Composer sends there. */
  readonly credentials: SentCredentials | undefined
  /** Where those come from; found out only where they are refused. */
  readonly from: () => CredentialsFrom
  /** `NODE_EXTRA_CA_CERTS` is set, which Composer does not read. */
  readonly nodeExtraCaCerts: boolean
  /** The packages that an archive is asked for. */
  readonly packages?: readonly string[]
  /** The line of composer.json that names the repository. */
  readonly place: Place | undefined
  /** The URL of another repository at the same host, which gets the same credentials. */
  readonly neighbour?: string | undefined
}

/** repo.magento.com's two texts, with enough of each to tell them apart should Adobe change a word. */
const NOT_PROVIDED = /haven.?t provided your Magento authentication keys/i
const INVALID = /authentication keys are invalid/i

/**
 * Asks the repository for packages.json, and once more with the keys swapped where that can be the answer.
 *
 * @param stopped versions of Composer that stop where it fails, whatever they need from there
 */
export async function checkAccess(
  repository: Repository,
  context: AccessContext,
  stopped: StoppedVersions,
): Promise<AccessResult> {
  const { answer, unreadable } = await repository.root()
  const found = findingOf(answer, repository.rootUrl, context, unreadable)
  const finding = found && stopping(found, stopped)
  const status = answer.kind === 'answered' ? answer.status : undefined
  const { credentials } = context
  if (finding?.code !== 'keys-rejected' || credentials === undefined || !maySwap(finding, credentials)) {
    return { finding, status }
  }
  const { username, password } = credentials
  const swapped = await repository.rootAs({ username: password, password: username })
  const accepted =
    swapped.answer.kind === 'answered' &&
    findingOf(swapped.answer, repository.rootUrl, context, swapped.unreadable) === undefined
  return { finding: accepted ? { ...finding, code: 'keys-swapped' } : finding, status }
}

/**
 * What an answer for packages.json, or for another file of a repository, means; undefined when all is well, or when nothing
 * is known since it was not asked for.
 *
 * @param unreadable what is wrong with the body of a good answer
 */
export function findingOf(
  answer: Answer,
  url: string,
  context: AccessContext,
  unreadable?: Unreadable | NotArchive,
): Finding | undefined {
  const at = atServer(answer, url, context)
  if (answer.kind === 'failed') return failureFinding(answer, at, context)
  const { status } = answer
  if (status === 401 && answer.leftOrigin)
    return { ...at, code: 'unexpected-answer', what: { type: 'unauthorized-elsewhere' } }
  // By the words before the status: the text for missing keys has been seen with 404 as well.
  const notReceived = status >= 400 && NOT_PROVIDED.test(at.serverText ?? '')
  if (notReceived || status === 401) return unauthorized(at, notReceived, context)
  if (status === 403) return { ...at, code: 'access-forbidden' }
  if (status === 404 || status === 410) return { ...at, code: 'repository-not-found', from: context.from() }
  if (status === 429) return { ...at, code: 'rate-limited' }
  if (status === 408 || status >= 500) return { ...at, code: 'repository-unavailable' }
  // What is neither an error nor a redirect is read, whatever its number. Source: `CurlDownloader.php`, `tick`.
  if (status >= 300) return { ...at, code: 'unexpected-answer', what: { type: 'status' } }
  return unreadable === undefined ? undefined : { ...at, code: 'unexpected-answer', what: unreadable }
}

/** What is sent empty counts as little as what does not arrive, and the server cannot tell the two apart. */
function unauthorized(
  at: Omit<AtServer, 'code'>,
  notReceived: boolean,
  { credentials, from, neighbour }: AccessContext,
): Finding {
  const empty = emptyIn(credentials)
  if (empty.length > 0)
    return { ...at, ...placed(at, from()), code: 'keys-missing', reason: 'refused', empty, why: 'unknown' }
  return notReceived
    ? { ...at, code: 'keys-not-received' }
    : { ...at, ...placed(at, from()), code: 'keys-rejected', neighbour }
}

/** At the line that the credentials come from, where that is known; else at the one that names the repository. */
function placed(
  at: Omit<AtServer, 'code'>,
  from: CredentialsFrom,
): { from: CredentialsFrom; place: Place | undefined } {
  return { from, place: (from.from === 'elsewhere' ? from.place : undefined) ?? at.place }
}

/** What is empty of the credentials that were sent. */
function emptyIn(credentials: SentCredentials | undefined): EmptyField[] {
  if (credentials === undefined) return []
  const { username, password, headers } = credentials
  // In the place of a password stands a word that says what the user name is.
  if (isMissing(username) && (password === 'bearer' || password === 'private-token')) return ['token']
  if (headers !== undefined) return []
  return [
    ...(isMissing(username) ? (['username'] as const) : []),
    ...(isMissing(password) ? (['password'] as const) : []),
  ]
}

function failureFinding(
  answer: Extract<Answer, { kind: 'failed' }>,
  at: Omit<AtServer, 'code'>,
  { nodeExtraCaCerts }: AccessContext,
): Finding | undefined {
  const { failure } = answer
  switch (failure.type) {
    case 'unasked':
      return undefined
    case 'dns':
    case 'refused':
    case 'reset':
    case 'closed':
    case 'network':
    case 'connect-timeout':
    case 'timeout':
    case 'out-of-time':
      return { ...at, code: 'repository-unreachable', failure }
    case 'tls':
    case 'trust-file':
      return { ...at, code: 'tls-failed', failure, nodeExtraCaCerts }
    case 'proxy-refused':
    case 'proxy-unreachable':
    case 'proxy-malformed':
    case 'proxy-unsupported':
      return { ...at, ...proxySetting(answer), code: 'proxy-failed', failure }
    case 'leaves-machine':
      return at.proxy === undefined
        ? { ...at, code: 'repository-unreachable', failure }
        : { ...at, ...proxySetting(answer), code: 'proxy-failed', failure }
    case 'too-large':
    case 'too-much':
    case 'too-many-values':
    case 'malformed':
    case 'truncated':
    case 'undecodable':
    case 'redirect-loop':
    case 'redirect-without-location':
    case 'redirect-downgrade':
    case 'redirect-unusable':
    case 'insecure':
      return { ...at, code: 'unexpected-answer', what: { type: 'failure', failure } }
  }
}

/** How the proxy in between is set. */
function proxySetting({ proxy }: Answer): Pick<ProxyFailed, 'variable' | 'hasCredentials'> {
  return { variable: proxy?.variable, hasCredentials: proxy?.authorization !== undefined }
}

function atServer(answer: Answer, url: string, { host, place, packages = [] }: AccessContext): Omit<AtServer, 'code'> {
  const answered = answer.kind === 'answered'
  const finalHost = new URL(answer.url).host
  return {
    host,
    url,
    status: answered ? answer.status : undefined,
    tries: answer.tries,
    serverText: answered && answer.status >= 300 ? serverText(answer.body) : undefined,
    retryAfter: answered ? retryAfter(answer) : undefined,
    proxy: answer.proxy?.shown,
    trace: answer.trace,
    answeredBy: finalHost === new URL(url).host ? undefined : finalHost,
    weight: 'fatal',
    packages,
    place,
  }
}

/**
 * A swap is worth one request: the server called the pair invalid, and both halves could be keys. Over https or to this
 * machine only, which the repository's URL already guarantees; never when another host answered.
 */
function maySwap(finding: AtServer, { username, password }: SentCredentials): boolean {
  return (
    INVALID.test(finding.serverText ?? '') &&
    finding.answeredBy === undefined &&
    username.length === 32 &&
    password.length === 32
  )
}

/** A finding about a file with the versions of Composer that stop at it, whatever they need from its repository. */
export function stopping(finding: Finding, stopped: StoppedVersions): Finding {
  // Where a file that is needed would be no error nothing is known of it.
  if (severityOf(weighted(finding, 'fatal'), NOTHING_KNOWN) !== 'error') return finding
  const isContent = finding.code === 'unexpected-answer' && finding.what.type === 'not-json'
  return stoppingOnly(stopped[isContent ? 'content' : 'status'], finding)
}

/** A finding at which some versions of Composer stop, whatever it means to the others. */
export function stoppingOnly(stopsOnly: ComposerVersions, finding: Finding): Finding {
  return stopsOnly.length === 0 ? finding : { ...finding, stopsOnly }
}

/** A finding about a host with what it means for the coming command. */
export function weighted(finding: Finding, weight: Weight): Finding {
  return 'weight' in finding ? { ...finding, weight } : finding
}
