import type { AuthEntry } from '../../composer/auth-json.js'
import { isCredentialSection } from '../../composer/auth-sections.js'
import type { ConfigSource } from '../../composer/config.js'
import { isJsonObject } from '../../composer/json.js'
import type { NearMiss, NoneHeld } from '../../problems/credentials-missing.js'
import type { Finding } from '../../problems/finding.js'

/**
 * Adds to what says that Composer holds nothing for a host the key under which something stands that was probably meant
 * for it: a URL in the place of a host, a path behind it, another port, other letter case.
 */
export function withNearMisses(
  findings: readonly Finding[],
  sources: readonly ConfigSource[],
  entries: readonly AuthEntry[],
): Finding[] {
  if (!findings.some(isUnheld)) return [...findings]
  const held = sources.flatMap(({ name, config }) =>
    Object.entries(config).flatMap(([section, value]) =>
      isCredentialSection(section) && isJsonObject(value)
        ? Object.keys(value).map((key) => ({ key, source: name }))
        : [],
    ),
  )
  const given = entries.flatMap(({ path: [, key] }) => (key === undefined ? [] : [{ key, source: 'composer-auth' }]))
  const known = [...given, ...held]
  return findings.map((finding) =>
    isUnheld(finding) ? { ...finding, nearMiss: nearMissOf(finding.host, known) } : finding,
  )
}

function isUnheld(finding: Finding): finding is NoneHeld {
  return finding.code === 'credentials-missing' && finding.reason === 'none-held'
}

/** The first of some entries whose key means a host without being its origin letter by letter. */
function nearMissOf(origin: string, entries: readonly NearMiss[]): NearMiss | undefined {
  const wanted = hostIn(origin)
  return entries.find(({ key }) => {
    const { host, port } = hostIn(key)
    // Two ports are two servers; one that is left out, or need not be given, was forgotten.
    return key !== origin && host === wanted.host && (port === '' || wanted.port === '' || port === wanted.port)
  })
}

/** The host and the port in a key, whatever else stands in it: the scheme, a user, a path. */
function hostIn(key: string): { host: string; port: string } {
  const authority = key
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/s, '')
  const [, host = '', port = ''] = /^(?:[^@]*@)*([^@]*?)(?::(\d*))?$/s.exec(authority) ?? []
  return { host, port }
}
