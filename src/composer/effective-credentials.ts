import { AUTH_SECTIONS, type AuthSection } from './auth-sections.js'
import { type ConfigSource, positionInSource } from './config.js'
import { type HttpBasic, headersInstead, type SentCredentials } from './http-basic.js'
import { holds } from './installed/version-rules.js'
import { isJsonObject, type JsonValue, type Position } from './json.js'

/** What Composer holds for an origin: what it sends there, or something of a kind that this action does not send. */
export type HeldCredentials =
  | { readonly kind: 'sent'; readonly credentials: SentCredentials; readonly from: CredentialSource }
  /** A certificate, headers that shape a request, or a pair for a GitLab in whose place Composer may try a token. */
  | { readonly kind: 'other'; readonly from: CredentialSource }

/** The place that credentials come from. */
export interface CredentialSource {
  /** `url`: they stand in the URL of a repository in composer.json. */
  readonly by: ConfigSource['place'] | 'url'
  /** The file or variable, as a person would name it. */
  readonly name: string
  /** The section of auth.json, or of `config`; empty for a URL. */
  readonly section: string
  /** Undefined for a variable. */
  readonly position: () => Position | undefined
}

/**
 * The credentials that Composer holds, per origin, from all places it reads. An entry is replaced whole by a later place;
 * of `custom-headers` the whole section is before 2.11.
 *
 * @param settings all places that say which hosts are GitLabs, where those are others
 *
 * Source of the rule: `Config::merge`, `Factory::createConfig`, `Factory::createComposer`.
 */
export function effectiveCredentials(
  sources: readonly ConfigSource[],
  version: string,
  settings: readonly ConfigSource[] = sources,
): Map<string, HeldCredentials> {
  const ordered = inOrder(sources, version)
  const gitLabs = gitLabOrigins(settings)
  const effective = new Map<string, HeldCredentials>()
  for (const [name, section] of AUTH_SECTIONS) {
    if (section.sent === 'unasked' || (section.since !== undefined && !holds(section.since, version))) continue
    for (const { origin, entry, from } of entriesOfSection(name, ordered, version)) {
      const held = heldAs(name, section, entry, gitLabs.get(origin), version)
      if (held !== undefined) effective.set(origin, { ...held, from })
    }
  }
  for (const [host, domain] of hostsBelow(gitLabs, version)) {
    const held = effective.get(domain)
    if (held === undefined) effective.delete(host)
    else effective.set(host, held)
  }
  return effective
}

/**
 * Hosts that Composer takes for a GitLab below a path or at a port: what it holds for that is looked up, and nothing else.
 *
 * Source of the rule: `Util/Url.php::getOrigin`, which compares beginnings; what begins within a name is left out.
 */
function hostsBelow(gitLabs: ReadonlyMap<JsonValue, GitLab>, version: string): ReadonlyMap<string, string> {
  const withoutPort = holds('leavesPortsOfGitLabs', version)
  const hosts = new Map<string, string>()
  for (const domain of gitLabs.keys()) {
    if (typeof domain !== 'string') continue
    const [origin = ''] = domain.split('/', 1)
    for (const host of [...(withoutPort ? [] : [origin]), origin.replace(/:\d+$/, '')]) {
      if (host !== '' && host !== domain && !gitLabs.has(host) && !hosts.has(host)) hosts.set(host, domain)
    }
  }
  return hosts
}

/** The places in the order in which a version reads them: since 2.7.8 `COMPOSER_AUTH` is read once more at the end. */
function inOrder(sources: readonly ConfigSource[], version: string): readonly ConfigSource[] {
  const environment = sources.filter(({ place }) => place === 'environment')
  return holds('environmentLast', version) ? [...sources, ...environment] : sources
}

/** One entry of auth.json, and where it stands. */
export interface HeldEntry {
  readonly entry: JsonValue
  readonly from: CredentialSource
}

/** The entries of a section that Composer loads, by origin, whatever other sections hold for the same one. */
export function loadedEntries(
  section: string,
  sources: readonly ConfigSource[],
  version: string,
): ReadonlyMap<string, HeldEntry> {
  const loaded = [...entriesOfSection(section, inOrder(sources, version), version)]
  return new Map(loaded.map(({ origin, entry, from }) => [origin, { entry, from }]))
}

/** Every entry that Composer reads for an origin, whichever way it would send it; the last one counts. */
export function entriesHeld(origin: string, sources: readonly ConfigSource[], version: string): HeldEntry[] {
  const ordered = inOrder(sources, version)
  return [...AUTH_SECTIONS].flatMap(([name, { since }]) =>
    since !== undefined && !holds(since, version)
      ? []
      : [...entriesOfSection(name, ordered, version)].filter((one) => one.origin === origin),
  )
}

/** The place of whose headers Composer knows alone, since the last one replaces the others; undefined where they are merged. */
export function onlyPlaceOfHeaders(sources: readonly ConfigSource[], version: string): ConfigSource | undefined {
  if (holds('mergesHeaders', version)) return undefined
  return sources.findLast(({ config }) => isJsonObject(config['custom-headers']))
}

/** The entries of a section in all places that have it. */
function* entriesOfSection(section: string, sources: readonly ConfigSource[], version: string) {
  const naming = sources.filter(({ config }) => isJsonObject(config[section]))
  const only = section === 'custom-headers' ? onlyPlaceOfHeaders(sources, version) : undefined
  for (const source of only === undefined ? naming : [only]) {
    const entries = source.config[section]
    for (const [origin, entry] of Object.entries(isJsonObject(entries) ? entries : {})) {
      const position = () => positionInSource(source, [section, origin])
      const from: CredentialSource = { by: source.place, name: source.name, section, position }
      yield { origin, entry, from }
    }
  }
}

/** What an entry comes to where it is sent; undefined for one that Composer passes over. */
function heldAs(
  name: string,
  { sent, pairIn, fits }: AuthSection,
  entry: JsonValue,
  gitLab: GitLab | undefined,
  version: string,
): { kind: 'sent'; credentials: SentCredentials } | { kind: 'other' } | undefined {
  if (sent === 'headers') return sentOrOther(fits(entry) ? headersInstead(textsIn(entry)) : undefined)
  if (sent !== 'pair') return { kind: 'other' }
  const pair = pairIn(entry)
  if (pair === undefined) return undefined
  if (gitLab === undefined) return { kind: 'sent', credentials: pair }
  // Refused, Composer tries the token of a GitLab after all: what it will get with that cannot be known.
  const mayChange = gitLab === 'with-token' && !name.startsWith('gitlab-')
  return sentOrOther(mayChange ? undefined : sentToGitLab(pair, version))
}

function textsIn(entry: JsonValue): string[] {
  return Array.isArray(entry) ? entry.filter((item) => typeof item === 'string') : []
}

function sentOrOther(
  credentials: SentCredentials | undefined,
): { kind: 'sent'; credentials: SentCredentials } | { kind: 'other' } {
  return credentials === undefined ? { kind: 'other' } : { kind: 'sent', credentials }
}

/** Whether Composer does the same with both: sends the same, or something that this action knows nothing of. */
export function isSame(a: HeldCredentials | undefined, b: HeldCredentials | undefined): boolean {
  if (a?.kind !== 'sent' || b?.kind !== 'sent') return a?.kind === b?.kind
  return isSamePair(a.credentials, b.credentials)
}

/** Whether two come to the same request. */
export function isSamePair(a: SentCredentials, b: SentCredentials): boolean {
  return a.username === b.username && a.password === b.password && a.headers?.join('\n') === b.headers?.join('\n')
}

/** Credentials inside a URL, which beat every other for its origin. Source of the rule: `HttpDownloader::addJob`. */
export function credentialsInUrl(url: string): HttpBasic | undefined {
  const match = /^https?:\/\/([^:/?#]+):([^@/?#]+)@/i.exec(url)
  return match === null ? undefined : { username: decoded(match[1] ?? ''), password: decoded(match[2] ?? '') }
}

/** A URL without the credentials in it, fit to be asked with a header. */
export function withoutUserinfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
}

/**
 * What is sent to a GitLab: a pair as to everybody, an OAuth token as a bearer's, any other token in a header of its own,
 * which for a job's is another one since 2.11; undefined for what makes no header.
 *
 * Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`, `promptAuthIfNeeded`.
 */
function sentToGitLab(kept: HttpBasic, version: string): SentCredentials | undefined {
  const ofJob = [kept.username, kept.password].includes(JOB)
  if (ofJob && holds('sendsJobToken', version)) {
    return headersInstead([`JOB-TOKEN: ${kept.password === JOB ? kept.username : kept.password}`])
  }
  if (kept.password === 'oauth2') return { ...kept, password: 'bearer' }
  if (kept.password !== 'private-token' && kept.password !== JOB) return kept
  const inHeader = headersInstead([`PRIVATE-TOKEN: ${kept.username}`])
  return inHeader && { ...inHeader, ...kept }
}

/** The user of a job, or what stands in the place of its token's password. */
const JOB = 'gitlab-ci-token'

/** How Composer takes an origin for a GitLab: by its name alone, or since a token for it stands in `gitlab-token`. */
type GitLab = 'named' | 'with-token'

/** The origins that Composer takes for GitLabs. Source: `Config::merge`, `IO/BaseIO.php::loadConfiguration`. */
function gitLabOrigins(sources: readonly ConfigSource[]): ReadonlyMap<JsonValue, GitLab> {
  const domains = sources.flatMap(({ config }) => {
    const listed = config['gitlab-domains']
    return Array.isArray(listed) ? listed : []
  })
  const named = ['gitlab.com', ...domains, ...originsIn('gitlab-oauth', sources)]
  const withToken = originsIn('gitlab-token', sources)
  return new Map<JsonValue, GitLab>([
    ...named.map((origin) => [origin, 'named'] as const),
    ...withToken.map((origin) => [origin, 'with-token'] as const),
  ])
}

function originsIn(section: string, sources: readonly ConfigSource[]): string[] {
  return sources.flatMap(({ config }) => {
    const entries = config[section]
    return isJsonObject(entries) ? Object.keys(entries) : []
  })
}

/** PHP's `rawurldecode`: a per cent sign that stands for nothing stays. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
}
