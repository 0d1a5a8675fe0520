import type { ConfigSource } from './config.js'
import { type CredentialSource, entriesHeld } from './effective-credentials.js'
import { isJsonObject } from './json.js'

/** The origin under which Composer keeps what it sends to api.github.com. Source: `Util/Url.php::getOrigin`. */
export const GITHUB = 'github.com'

/** What Composer sends to GitHub's API. */
export interface GitHubToken {
  readonly token: string
  readonly from: CredentialSource
}

/**
 * The token with which Composer asks GitHub's API; `other` where it sends something else than a token there, undefined
 * where it sends nothing. A pair counts as a token where its password says so.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`, `Util/AuthHelper.php::addAuthenticationHeader`.
 */
export function gitHubToken(sources: readonly ConfigSource[], version: string): GitHubToken | 'other' | undefined {
  const [last] = entriesHeld(GITHUB, sources, version).toReversed()
  if (last === undefined) return undefined
  const { entry, from } = last
  if (from.section === 'github-oauth') return typeof entry === 'string' ? { token: entry, from } : 'other'
  const isToken = from.section === 'http-basic' && isJsonObject(entry) && entry.password === 'x-oauth-basic'
  return isToken && typeof entry.username === 'string' ? { token: entry.username, from } : 'other'
}
