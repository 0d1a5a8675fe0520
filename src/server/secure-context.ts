import { constants } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { Trust } from './trust.js'

/** How TLS is spoken, and whom it trusts. */
export interface SecureContexts {
  /** The one for the next connection, made for the first that needs it. */
  current(): SecureContext
  /** The current one after another was not enough; undefined where nobody else is trusted. */
  wider(than: SecureContext): SecureContext | undefined
}

/**
 * One context for all connections of a run: OpenSSL reads each certificate anew for every context, which takes longer than a
 * handshake. Those that lie in a folder, one by one, take longer still, and stand in a file as well but for rare cases: they are
 * added where somebody is not trusted without them.
 */
export function openSecureContexts(trust: Trust): SecureContexts {
  const { certificates, inFolder } = trust.kind === 'trusted' ? trust : { certificates: () => [], inFolder: () => [] }
  let made: SecureContext | undefined
  let isWide = false
  const current = () => {
    made ??= secureContextFor(certificates())
    return made
  }
  const widen = () => {
    isWide = true
    const known = new Map(certificates().map((pem) => [lettersOf(pem), pem]))
    const all = new Map([...known, ...inFolder().map((pem) => [lettersOf(pem), pem] as const)])
    if (all.size > known.size) made = secureContextFor([...all.values()])
  }
  return {
    current,
    wider: (than) => {
      if (!isWide) widen()
      return made === than ? undefined : made
    },
  }
}

/** Its settings are said here, whatever this job has told Node by NODE_OPTIONS: Composer does not know of that. */
function secureContextFor(trusted: readonly string[]): SecureContext {
  // Systems have most of Node's certificates as well, and a folder has each under two names.
  const distinct = new Map(trusted.map((pem) => [lettersOf(pem), pem]))
  return createSecureContext({
    ca: [...distinct.values()],
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: constants.defaultCoreCipherList,
  })
}

/** A certificate in PEM, whose lines may have any length. */
function lettersOf(pem: string): string {
  return pem.replace(/\s+/g, '')
}
