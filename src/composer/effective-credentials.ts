import type { HttpBasic } from './auth-json.js'
import type { ConfigSource } from './config.js'
import { isJsonObject, type JsonValue } from './json.js'

/** What Composer will send to an origin, and where it comes from. */
export interface EffectiveCredentials {
  readonly credentials: HttpBasic
  /** The file or variable, as a person would name it. */
  readonly source: string
}

/**
 * The credentials that Composer holds, per origin, from all places it reads. An entry is replaced whole by a later place.
 * Of an origin that stands in two sections the later section wins, so a bearer token beats http-basic. Sections of forges
 * (github-oauth and the like) are left out: nothing is asked there.
 *
 * @param environmentLast whether `COMPOSER_AUTH` beats the project's auth.json, as it does since Composer 2.7.8
 *
 * Source of the rule: `Config::merge`, `IO/BaseIO.php::loadConfiguration`, `Factory::createComposer`.
 */
export function effectiveCredentials(
  sources: readonly ConfigSource[],
  environmentLast: boolean,
): Map<string, EffectiveCredentials> {
  const environment = sources.filter(({ place }) => place === 'environment')
  const ordered = environmentLast ? [...sources, ...environment] : sources
  const effective = new Map<string, EffectiveCredentials>()
  for (const section of ['http-basic', 'bearer'] as const) {
    for (const { name, config } of ordered) {
      const entries = config[section]
      if (!isJsonObject(entries)) continue
      for (const [origin, entry] of Object.entries(entries)) {
        const credentials = section === 'bearer' ? bearer(entry) : basic(entry)
        if (credentials !== undefined) effective.set(origin, { credentials, source: name })
      }
    }
  }
  return effective
}

/** Whether the two orders differ for an origin, so that the installed Composer's version must be known. */
export function dependsOnOrder(sources: readonly ConfigSource[], origins: readonly string[]): boolean {
  const [before, since] = [effectiveCredentials(sources, false), effectiveCredentials(sources, true)]
  return origins.some((origin) => {
    const [a, b] = [before.get(origin)?.credentials, since.get(origin)?.credentials]
    return a?.username !== b?.username || a?.password !== b?.password
  })
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

/** A URL fit to be shown: without credentials, also where it has no scheme, and without a query, which may hold a token. */
export function shownUrl(url: string): string {
  return withoutUserinfo(url)
    .replace(/^(?![a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '')
    .replace(/[?#].*$/s, '')
}

/** Sections of auth.json whose credentials this action does not send: nothing is known of a host that has some. */
const OTHER_SECTIONS = ['gitlab-oauth', 'gitlab-token', 'forgejo-token', 'custom-headers', 'client-certificate']

/** The origins for which Composer holds credentials of a kind that is not judged. */
export function otherwiseAuthenticated(sources: readonly ConfigSource[]): Set<string> {
  const sections = sources.flatMap(({ config }) => OTHER_SECTIONS.map((section) => config[section]))
  return new Set(sections.flatMap((section) => (isJsonObject(section) ? Object.keys(section) : [])))
}

function basic(entry: JsonValue): HttpBasic | undefined {
  if (!isJsonObject(entry) || typeof entry.username !== 'string' || typeof entry.password !== 'string') return undefined
  return { username: entry.username, password: entry.password }
}

/** Composer keeps a bearer token as a user name whose password is the word `bearer`. */
function bearer(entry: JsonValue): HttpBasic | undefined {
  return typeof entry === 'string' ? { username: entry, password: 'bearer' } : undefined
}

/** PHP's `rawurldecode`: a per cent sign that stands for nothing stays. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
}
