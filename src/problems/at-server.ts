import { STATUS_CODES } from 'node:http'
import { composerFailureMessage } from '../composer/failure-message.js'
import { type ComposerVersions, NO_VERSION, namesOfVersions } from '../composer/installed/composer-versions.js'
import { firstVersionWith, holdsIn, versionsWith, versionsWithout } from '../composer/installed/version-rules.js'
import type { Trace } from '../server/trace.js'
import { inSeconds, lowered, withServerText } from './phrases.js'
import type { Circumstances, Evidence, Facts, Severity } from './problem.js'

/** What every finding about a server knows. */
export interface AtServer extends Facts {
  readonly host: string
  /** The file that was asked for; holds no credentials. */
  readonly url: string
  /** How often it was asked: more than once where another try could have changed the answer. */
  readonly tries: number
  /** What the server said in its own words, shortened, on one line. */
  readonly serverText: string | undefined
  /** The proxy in between, without its credentials. */
  readonly proxy: string | undefined
  /** By which whoever runs network or server can find the request. */
  readonly trace: Trace
  /** When the server wants to be asked again, in seconds; undefined where it does not say. */
  readonly retryAfter: number | undefined
  /** The host that answered, when redirects led elsewhere. */
  readonly answeredBy: string | undefined
  /** What the answer means for the coming command: see `Weight`. */
  readonly weight: Weight
}

/**
 * What a failing packages.json means for the coming Composer command.
 *
 * - `fatal`: Composer reads it and stops.
 * - `plugin-reads`: Composer does not need it beside a lock, but a plugin that the lock installs does.
 * - `archives-fail`: Composer does not need it, but the archives of composer.lock fail in the same way.
 * - `archives-work`: Composer does not need it, and the archives download.
 * - `archives-differ`: Composer does not need it, and some archives fail in another way; they are reported.
 * - `perhaps`: Composer may not get as far as asking, since a repository before this one may have everything.
 * - `cloned`: it is an archive's, and Composer clones the package instead.
 * - `cloned-by-version`: the same in some versions of Composer, of which none is installed.
 * - `unneeded`: nothing that the command does needs the host.
 */
export type Weight =
  | 'fatal'
  | 'plugin-reads'
  | 'archives-fail'
  | 'archives-work'
  | 'archives-differ'
  | 'perhaps'
  | 'cloned'
  | 'cloned-by-version'
  | 'unneeded'

/** Whether a finding about packages.json stops the coming command. */
export function failsCommand({ weight }: Pick<AtServer, 'weight'>): boolean {
  return weight === 'fatal' || weight === 'plugin-reads' || weight === 'archives-fail'
}

/** An error where the coming command stops at it, else a warning. */
export function severityAtServer(finding: Pick<AtServer, 'weight'>): Severity {
  return failsCommand(finding) ? 'error' : 'warning'
}

/** As long as Composer waits, where it waits at all. Seconds. Source: `CurlDownloader.php`, `MAX_RETRY_AFTER`. */
const LONGEST_WAIT = 60
/** Statuses after which it asks again. Source: `CurlDownloader::isStatusCodeRetryNeeded`. */
const RETRIED: readonly number[] = [423, 425, 429, 500, 502, 503, 504, 507, 510]

/** Whether a Composer that heeds `Retry-After` waits for a server to come back: since 2.11. */
export function isWaitedFor({ status, retryAfter }: Pick<AtServer, 'status' | 'retryAfter'>): boolean {
  if (retryAfter === undefined || retryAfter <= 0 || retryAfter > LONGEST_WAIT) return false
  return status !== undefined && RETRIED.includes(status)
}

/** The same as `severityAtServer` of what a Composer may wait for; what is not known is a warning. */
export function severityOfWait(finding: AtServer, { version }: Pick<Circumstances, 'version'>): Severity {
  return isWaitedFor(finding) && holdsIn(version, 'waitsForRetryAfter') !== false
    ? 'warning'
    : severityAtServer(finding)
}

/** The cause where a server answers that it is busy: what it is, in its own words too, who waits for it, and what it means. */
export function causeOfBusy(sentence: string, finding: AtServer): string {
  return withMeaning(withWait(withServerText(sentence, finding.serverText), finding), finding)
}

/** What is to be said of a server that comes back; a sentence, or nothing. */
function withWait(cause: string, finding: AtServer): string {
  if (!isWaitedFor(finding)) return cause
  const wait = inSeconds(Math.ceil(finding.retryAfter ?? 0))
  return `${cause} It asks to be asked again in ${wait}: ${namesOfVersions(versionsWith('waitsForRetryAfter'))} wait for that, older versions stop.`
}

/** What Composer prints for an answer with an error's status. */
export function saysFor({ url, status }: AtServer): string {
  return composerFailureMessage(url, { kind: 'status', status: status ?? 0 })
}

/** “host answers”, which a status goes on from; with the redirects that led elsewhere, if any did. */
export function answers({ host, answeredBy }: AtServer): string {
  return answeredBy === undefined ? `${host} answers` : `${host} redirects to ${answeredBy}, which answers`
}

/** A status with its name, since a number alone tells few people anything. */
export function statusOf({ status }: Pick<AtServer, 'status'>): string {
  return `${status ?? 'nothing'} ${STATUS_CODES[status ?? 0] ?? ''}`.trimEnd()
}

/** How often it was asked, where that was more than once. */
export function eachTime({ tries }: Pick<AtServer, 'tries'>): string {
  return tries > 1 ? ` in each of ${tries} tries` : ''
}

/** The proxy in between, where there is one. */
export function through({ proxy }: Pick<AtServer, 'proxy'>): string {
  return proxy === undefined ? '' : ` through the proxy ${proxy}`
}

/** Whether Composer clones a package of which it does not get the archive; `by-version` where none is installed to say. */
export type Cloned = 'yes' | 'no' | 'by-version'

/** Why an archive that fails is no error. */
export const CLONING = {
  yes: 'This is a warning because Composer then clones the source that the package names.',
  'by-version': `This is a warning because ${namesOfVersions(versionsWithout('asksBeforeSource'))} then clones the source that the package names; ${firstVersionWith('asksBeforeSource')} does so only with \`source-fallback\`, and newer versions never.`,
} as const

/** Why a failing packages.json is no error, or one although Composer may not read it; a sentence, or nothing. */
function onlyMetadata({ weight, stopsOnly = NO_VERSION }: AtServer): string | undefined {
  if (stopsOnly.length > 0 && !failsCommand({ weight })) return readAllTheSame(stopsOnly)
  switch (weight) {
    case 'fatal':
      return undefined
    case 'plugin-reads':
      return 'The lock installs magento/composer-dependency-version-audit-plugin, which reads packages.json of every repository during `composer install`.'
    case 'archives-fail':
      return 'The archives that composer.lock needs from there fail in the same way.'
    case 'archives-work':
      return 'This is a warning because the archives that composer.lock needs from there can be downloaded.'
    case 'archives-differ':
      return 'This is a warning because `composer install` needs only the archives, which are reported separately.'
    case 'perhaps':
      return 'This is a warning because repositories before it may already have everything.'
    case 'cloned':
      return CLONING.yes
    case 'cloned-by-version':
      return CLONING['by-version']
    case 'unneeded':
      return 'This is a warning because the Composer command that follows does not need this host.'
  }
}

/** That some versions read a file of a repository from which they need nothing; a sentence. */
export function readAllTheSame(versions: ComposerVersions): string {
  return `${namesOfVersions(versions)} read packages.json of every repository, and stop; other versions go on.`
}

/** The first sentence of a cause, and what it means for the coming command. */
export function withMeaning(cause: string, finding: AtServer): string {
  const meaning = onlyMetadata(finding)
  return meaning === undefined ? cause : `${cause} ${meaning}`
}

/** A step that nobody needs to take as long as Composer succeeds. */
export function ifItFails(step: string, finding: Pick<AtServer, 'weight'>): string {
  return failsCommand(finding) ? step : `If Composer fails all the same, ${lowered(step)}`
}

/** What whoever runs the network or the server needs to find the request in their records. */
export function evidenceOf({
  url,
  status,
  proxy,
  trace,
  answeredBy,
  serverText,
}: Pick<AtServer, 'url' | 'status' | 'proxy' | 'trace' | 'answeredBy' | 'serverText'>): Evidence[] {
  const { method, time, resolved, connected, requestIds } = trace
  return [
    { name: 'request', value: `${method} ${url}` },
    { name: 'at', value: time },
    ...(answeredBy === undefined ? [] : [{ name: 'redirected to', value: answeredBy }]),
    ...(status === undefined ? [] : [{ name: 'answer', value: `HTTP ${status}` }]),
    ...(serverText === undefined ? [] : [{ name: 'in its words', value: serverText }]),
    { name: 'proxy', value: proxy ?? 'none' },
    connected === undefined
      ? { name: 'addresses', value: addresses(resolved) }
      : { name: proxy === undefined ? 'connected to' : 'proxy’s address', value: connected },
    ...requestIds.flatMap(({ header, value }) => (value === '' ? [] : [{ name: header, value }])),
  ]
}

/** More addresses than so many are a content network's, and of no use. */
const MOST_ADDRESSES = 6

function addresses(resolved: readonly string[]): string {
  if (resolved.length === 0) return 'none'
  const shown = resolved.slice(0, MOST_ADDRESSES).join(', ')
  return resolved.length > MOST_ADDRESSES ? `${shown} and ${resolved.length - MOST_ADDRESSES} more` : shown
}
