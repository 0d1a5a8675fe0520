import type { AuthEntry } from '../../composer/auth-json.js'
import { isSame } from '../../composer/effective-credentials.js'
import { TELLING_VERSIONS } from '../../composer/installed/version-rules.js'
import type { CredentialsOverridden } from '../../problems/credentials-overridden.js'
import type { Finding } from '../../problems/finding.js'
import { NO_SERVER } from '../../problems/problem.js'
import { givenBy, type HeldByVersion } from './held-by-version.js'
import { placeOf } from './source-of-credentials.js'

/**
 * What a step was given and Composer will not use, since it holds something else for the host. The same credentials in
 * another place are no override.
 */
export function overriddenCredentials(
  entries: readonly AuthEntry[],
  way: HeldByVersion,
  installed: string | undefined,
): CredentialsOverridden[] {
  return [...givenBy(entries, way)].flatMap(([host, given]): CredentialsOverridden[] => {
    const used = way.held.get(host)
    if (used === undefined || isSame(given, used)) return []
    const { by, name, section } = used.from
    return [
      {
        ...NO_SERVER,
        code: 'credentials-overridden',
        host,
        by,
        source: name,
        section,
        sent: used.kind === 'sent',
        installed,
        fails: undefined,
        place: placeOf(used.from),
      },
    ]
  })
}

/**
 * Credentials that the coming command does not read. They stand where it does not look: the project's auth.json is read
 * beside a composer.json alone. Or in a section that only newer versions know, or that another place replaces as a whole. Source: `Factory::createComposer`.
 */
export function unreadCredentials(entries: readonly AuthEntry[], way: HeldByVersion): Finding[] {
  const { sources, held, headersFrom } = way
  const known = givenBy(entries, way)
  return [...givenBy(entries, { version: TELLING_VERSIONS[0], sources })].flatMap(([host, { from }]): Finding[] => {
    const tooNew = !known.has(host)
    if (held.has(host) && !tooNew) return []
    const missing = { ...NO_SERVER, code: 'credentials-missing', host, place: undefined } as const
    if (!tooNew && headersFrom !== undefined && from.section === 'custom-headers') {
      return [{ ...missing, reason: 'replaced-section', section: from.section, source: headersFrom.name }]
    }
    return [
      tooNew ? { ...missing, reason: 'unknown-section', section: from.section } : { ...missing, reason: 'not-read' },
    ]
  })
}
