import { AUTH_SECTIONS, type AuthSection } from './auth-sections.js'
import { type ConfigSource, positionInSource } from './config.js'
import type { HttpBasic } from './http-basic.js'
import { holds } from './installed/version-rules.js'
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

/**
 * The credentials that Composer holds, per origin, from all places it reads. An entry is replaced whole by a later place;
 * of `custom-headers` the whole section is.
 *
 * Source of the rule: `Config::merge`, `Factory::createConfig`, `Factory::createComposer`.
 */
export function effectiveCredentials(sources: readonly ConfigSource[], version: string): Map<string, HeldCredentials> {
  const environment = sources.filter(({ place }) => place === 'environment')
  // Since 2.7.8 `COMPOSER_AUTH` is read once more at the end.
  const ordered = holds('environmentLast', version) ? [...sources, ...environment] : sources
  const gitLabs = gitLabOrigins(sources)
  const effective = new Map<string, HeldCredentials>()
  for (const [name, section] of AUTH_SECTIONS) {
    if (section.sent === 'unasked' || (section.since !== undefined && !holds(section.since, version))) continue
    for (const { origin, entry, from } of entriesOfSection(name, ordered)) {
      const held = heldAs(name, section, entry, gitLabs.get(origin))
      if (held !== undefined) effective.set(origin, { ...held, from })
    }
  }
  return effective
}

/** The entries of a section in all places that have it; of `custom-headers` the last place's alone. */
function* entriesOfSection(section: string, sources: readonly ConfigSource[]) {
  const naming = sources.filter(({ config }) => isJsonObject(config[section]))
  for (const source of section === 'custom-headers' ? naming.slice(-1) : naming) {
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
  { sent, pairIn }: AuthSection,
  entry: JsonValue,
  gitLab: GitLab | undefined,
): { kind: 'sent'; credentials: HttpBasic } | { kind: 'other' } | undefined {
  if (sent !== 'pair') return { kind: 'other' }
  const pair = pairIn(entry)
  if (pair === undefined) return undefined
  if (gitLab === undefined) return { kind: 'sent', credentials: pair }
  // Refused, Composer tries the token of a GitLab after all: what it will get with that cannot be known.
  const mayChange = gitLab === 'with-token' && !name.startsWith('gitlab-')
  const credentials = mayChange ? undefined : sentToGitLab(pair)
  return credentials === undefined ? { kind: 'other' } : { kind: 'sent', credentials }
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
