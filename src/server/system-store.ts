import { X509Certificate } from 'node:crypto'
import * as tls from 'node:tls'

/** Composer never looks into the certificate stores of Windows and macOS, which browsers trust. Source: `CaBundle.php`. */
const UNREAD_BY_COMPOSER = process.platform === 'win32' || process.platform === 'darwin'
/** Chains have two to four certificates; what is longer is not followed. */
const LONGEST_CHAIN = 10
/** What OpenSSL says where it does not know the authority: only then does it matter who else knows it. */
const UNKNOWN_AUTHORITY = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Whether a code of OpenSSL says that it does not know the authority of a certificate. */
export function isUnknownAuthority(code: string | undefined): boolean {
  return code !== undefined && UNKNOWN_AUTHORITY.has(code)
}

/** Without a certificate Node gives an empty object, which its types do not know; a root is its own issuer. */
interface Shown {
  readonly raw?: Buffer
  readonly issuerCertificate?: Shown
}

/** The last certificate of the chain that the other side showed, in DER; undefined where it showed none. */
export function topOfChain(socket: Pick<tls.TLSSocket, 'getPeerCertificate'>): Buffer | undefined {
  let top: Shown = socket.getPeerCertificate(true)
  for (let length = 1; length < LONGEST_CHAIN; length++) {
    const above = top.issuerCertificate
    if (above === undefined || above === top) break
    top = above
  }
  return top.raw
}

/**
 * Whether the one thing wrong with a chain is that Composer does not know its authority, and the system does: it is in the
 * system's store, which Composer does not read here. False where Composer reads what the system has, as on Linux. Node knows
 * the store since 22.15.
 *
 * @param code what OpenSSL said of the chain
 * @param top its last certificate
 */
export function isInUnreadStore(code: string, top: Buffer | undefined): boolean {
  if (!UNREAD_BY_COMPOSER || !isUnknownAuthority(code) || top === undefined || !('getCACertificates' in tls))
    return false
  const certificate = parsed(top)
  if (certificate === undefined) return false
  return tls.getCACertificates('system').some((pem) => {
    const authority = parsed(pem)
    // Names alone do not tell: an authority that was renewed has the name of the old one.
    return authority !== undefined && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  })
}

function parsed(certificate: string | Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate)
  } catch {
    return undefined
  }
}
