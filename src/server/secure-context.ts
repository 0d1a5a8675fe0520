import { constants } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'

/**
 * How TLS is spoken: with some trusted certificates in PEM, and none but these. Its settings are said here, whatever this
 * job has told Node by NODE_OPTIONS: Composer does not know of that.
 *
 * One serves all connections: OpenSSL reads each certificate anew for every context, which takes longer than a handshake.
 */
export function secureContextFor(trusted: readonly string[]): SecureContext {
  return createSecureContext({
    ca: [...trusted],
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: constants.defaultCoreCipherList,
  })
}
