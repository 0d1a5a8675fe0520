import { STATUS_CODES } from 'node:http'
import { composerFailureMessage } from '../composer/failure-message.js'
import { type ComposerVersions, NO_VERSION, namesOfVersions } from '../composer/installed/composer-versions.js'
import type { Trace } from '../server/trace.js'
import type { Evidence, Facts, Severity } from './problem.js'

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
 * - `unneeded`: nothing that the command does needs the host.
 */
export type Weight =
  | 'fatal'
  | 'plugin-reads'
  | 'archives-fail'
  | 'archives-work'
  | 'archives-differ'
  | 'perhaps'
  | 'unneeded'

/** Whether a finding about packages.json stops the coming command. */
export function failsCommand({ weight }: Pick<AtServer, 'weight'>): boolean {
  return weight === 'fatal' || weight === 'plugin-reads' || weight === 'archives-fail'
}

/** An error where the coming command stops at it, else a warning. */
export function severityAtServer(finding: Pick<AtServer, 'weight'>): Severity {
  return failsCommand(finding) ? 'error' : 'warning'
}

/** What Composer prints for an answer with an error's status. */
export function saysFor({ url, status }: AtServer): string {
  return composerFailureMessage(url, { kind: 'status', status: status ?? 0 })
}

/** The host that answered. */
export function answeredBy({ host, answeredBy: other }: AtServer): string {
  return other ?? host
}

/** A status with its name, since a number alone tells few people anything. */
export function statusOf({ status }: AtServer): string {
  return `${status ?? 'nothing'} ${STATUS_CODES[status ?? 0] ?? ''}`.trimEnd()
}

/** How often it was asked, where that was more than once. */
export function eachTime({ tries }: AtServer): string {
  return tries > 1 ? ` in ${tries} tries` : ''
}

/** The proxy in between, where there is one. */
export function through({ proxy }: AtServer): string {
  return proxy === undefined ? '' : ` through the proxy ${proxy}`
}

/** Why a failing packages.json is no error, or one although Composer may not read it; a sentence, or nothing. */
export function onlyMetadata({ weight, stopsOnly = NO_VERSION }: AtServer): string | undefined {
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
    case 'unneeded':
      return 'This is a warning because nothing in the coming command needs this host.'
  }
}

/** That some versions read a file of a repository from which they need nothing; a sentence. */
export function readAllTheSame(versions: ComposerVersions): string {
  return `${namesOfVersions(versions)} reads this file whatever it needs from there, and stops; other versions go on.`
}

/** The first sentence of a cause, and what it means for the coming command. */
export function withMeaning(cause: string, finding: AtServer): string {
  const meaning = onlyMetadata(finding)
  return meaning === undefined ? cause : `${cause} ${meaning}`
}

/** What whoever runs the network or the server needs to find the request in their records. */
export function evidenceOf({ url, status, proxy, trace, answeredBy: other }: AtServer): Evidence[] {
  const { time, resolved, connected, requestIds } = trace
  return [
    { name: 'request', value: `GET ${url}` },
    { name: 'at', value: time },
    ...(other === undefined ? [] : [{ name: 'redirected to', value: other }]),
    ...(status === undefined ? [] : [{ name: 'answer', value: `HTTP ${status}` }]),
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
