import { type HttpBasic, readHttpBasic } from './auth-json.js'
import { type ConfigSource, positionInSource } from './config.js'
import { isJsonObject, type JsonValue, type Position } from './json.js'

/** What Composer holds for an origin: what it sends there, or something of a kind that this action does not send. */
export type HeldCredentials =
  | { readonly kind: 'sent'; readonly credentials: HttpBasic; readonly from: CredentialSource }
  /** Headers, a certificate, or a token that goes into a header of its own. */
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

/** What versions of Composer read in different ways. */
export interface CredentialRules {
  /** `COMPOSER_AUTH` beats the project's auth.json: since 2.7.8. */
  readonly environmentLast: boolean
  /** `custom-headers`, `client-certificate` and `forgejo-token` are read: since 2.9.0. */
  readonly knowsHeaders: boolean
}

/**
 * The sections in the order in which Composer takes them over: of an origin that stands in two of them the later one
 * counts, wherever it comes from. github-oauth and bitbucket-oauth are left out, since nothing is asked there.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`.
 */
const SECTIONS = [
  { name: 'gitlab-oauth', isNew: false },
  { name: 'gitlab-token', isNew: false },
  { name: 'forgejo-token', isNew: true },
  { name: 'http-basic', isNew: false },
  { name: 'bearer', isNew: false },
  { name: 'custom-headers', isNew: true },
  { name: 'client-certificate', isNew: true },
] as const

/**
 * The credentials that Composer holds, per origin, from all places it reads. An entry is replaced whole by a later place;
 * of `custom-headers` the whole section is.
 *
 * Source of the rule: `Config::merge`, `Factory::createConfig`, `Factory::createComposer`.
 */
export function effectiveCredentials(
  sources: readonly ConfigSource[],
  { environmentLast, knowsHeaders }: CredentialRules,
): Map<string, HeldCredentials> {
  const environment = sources.filter(({ place }) => place === 'environment')
  const ordered = environmentLast ? [...sources, ...environment] : sources
  const gitLab = gitLabDomains(sources)
  const tokens = new Set(originsIn('gitlab-token', sources))
  const effective = new Map<string, HeldCredentials>()
  for (const { name: section } of SECTIONS.filter(({ isNew }) => knowsHeaders || !isNew)) {
    const naming = ordered.filter(({ config }) => isJsonObject(config[section]))
    for (const source of section === 'custom-headers' ? naming.slice(-1) : naming) {
      const entries = source.config[section]
      for (const [origin, entry] of Object.entries(isJsonObject(entries) ? entries : {})) {
        const position = () => positionInSource(source, [section, origin])
        const from = { by: source.place, name: source.name, section, position }
        const kept = keptAs(section, entry)
        // Refused, Composer tries the token of a GitLab after all: what it will get with that cannot be told.
        const mayChange = !section.startsWith('gitlab-') && tokens.has(origin)
        const credentials =
          kept === undefined || !gitLab.has(origin) ? kept : mayChange ? undefined : sentToGitLab(kept)
        if (credentials !== undefined) effective.set(origin, { kind: 'sent', credentials, from })
        else if (kept !== undefined || IN_HEADERS.includes(section)) effective.set(origin, { kind: 'other', from })
      }
    }
  }
  return effective
}

/** Whether Composer does the same with both: sends the same, or something that this action knows nothing of. */
export function isSame(a: HeldCredentials | undefined, b: HeldCredentials | undefined): boolean {
  if (a?.kind !== 'sent' || b?.kind !== 'sent') return a?.kind === b?.kind
  return a.credentials.username === b.credentials.username && a.credentials.password === b.credentials.password
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

/** Sections that are no user name and password in Composer either. */
const IN_HEADERS: readonly string[] = ['forgejo-token', 'custom-headers', 'client-certificate']

/**
 * The user name and password as which Composer keeps an entry: beside a token stands a word that says what it is.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`.
 */
export function keptAs(section: string, entry: JsonValue): HttpBasic | undefined {
  const token = (value: JsonValue | undefined, kind: string) =>
    typeof value === 'string' ? { username: value, password: kind } : undefined
  switch (section) {
    case 'http-basic':
      // A password that is null is sent as none.
      return isJsonObject(entry) ? readHttpBasic({ ...entry, password: entry.password ?? '' }) : undefined
    case 'bearer':
      return token(entry, 'bearer')
    case 'gitlab-oauth':
      return token(isJsonObject(entry) ? entry.token : entry, 'oauth2')
    case 'gitlab-token':
      return isJsonObject(entry)
        ? readHttpBasic({ username: entry.username ?? null, password: entry.token ?? '' })
        : token(entry, 'private-token')
    default:
      return undefined
  }
}

/**
 * What is sent to a GitLab: a pair as to everybody, an OAuth token as a bearer's; undefined for the tokens that go into a
 * header of their own.
 *
 * Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`, `promptAuthIfNeeded`.
 */
function sentToGitLab(kept: HttpBasic): HttpBasic | undefined {
  if (kept.password === 'oauth2') return { ...kept, password: 'bearer' }
  return kept.password === 'private-token' || kept.password === 'gitlab-ci-token' ? undefined : kept
}

/** The origins that Composer takes for GitLabs. Source: `Config::merge`, `IO/BaseIO.php::loadConfiguration`. */
function gitLabDomains(sources: readonly ConfigSource[]): ReadonlySet<JsonValue> {
  const named = sources.flatMap(({ config }) => {
    const domains = config['gitlab-domains']
    return Array.isArray(domains) ? domains : []
  })
  return new Set(['gitlab.com', ...named, ...originsIn('gitlab-oauth', sources), ...originsIn('gitlab-token', sources)])
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
