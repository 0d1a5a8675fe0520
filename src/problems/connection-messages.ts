import { composerFailureMessage } from '../composer/failure-message.js'
import type { Failure } from '../server/failure.js'

/** What Composer prints for a connection that fails; undefined where it depends on curl's version. */
export function connectionFailureSays(url: string, failure: Failure): string | undefined {
  const { hostname, port, protocol } = new URL(url)
  const usual = protocol === 'https:' ? '443' : '80'
  const at = `${hostname} port ${port === '' ? usual : port}`
  const curl = (code: number, text: string) => composerFailureMessage(url, { kind: 'curl', code, text })
  switch (failure.type) {
    case 'dns':
      // Composer puts this line before curl's, and it is the one that people search for.
      return `The following exception probably indicates you are offline or have misconfigured DNS resolver(s) ${curl(6, `Could not resolve host: ${failure.host}`)}`
    case 'refused':
    case 'network':
      return curl(7, `Failed to connect to ${at}`)
    case 'connect-timeout':
      return curl(28, 'Connection timed out')
    case 'timeout':
      return curl(28, 'Operation timed out')
    case 'reset':
      return curl(56, 'Recv failure: Connection reset by peer')
    case 'closed':
      return curl(52, 'Empty reply from server')
    case 'tls':
      return speaksNoTls(failure.code) || failure.code === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? undefined
        : curl(60, `SSL certificate problem: ${tlsReason(failure.code)}`)
    case 'proxy-refused':
      return curl(56, `CONNECT tunnel failed, response ${failure.status}`)
    case 'proxy-unreachable':
      return failure.code === 'ENOTFOUND'
        ? curl(5, 'Could not resolve proxy')
        : curl(7, 'Failed to connect to the proxy')
    case 'proxy-malformed':
      return `Unable to use a proxy: malformed ${failure.variable} url`
    case 'truncated':
      return curl(18, 'transfer closed with outstanding read data remaining')
    case 'undecodable':
      return failure.problem === 'trailing'
        ? curl(23, 'Failed writing received data to disk/application')
        : curl(61, 'Unrecognized or bad HTTP Content or Transfer-Encoding')
    case 'redirect-without-location':
      return composerFailureMessage(url, { kind: 'redirect-without-location', status: failure.status })
    case 'redirect-loop':
      return composerFailureMessage(url, { kind: 'not-json' })
    default:
      return undefined
  }
}

/** Whether the two sides came to no certificate at all. */
export function speaksNoTls(code: string): boolean {
  return code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER'
}

/** What a code of OpenSSL or Node means, in the words that curl uses where it has some. */
export function tlsReason(code: string): string {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'self-signed certificate'
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'self-signed certificate in certificate chain'
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'unable to get local issuer certificate'
    case 'CERT_HAS_EXPIRED':
      return 'certificate has expired'
    case 'CERT_NOT_YET_VALID':
      return 'certificate is not yet valid'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'the certificate is for another host name'
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'the other side does not speak TLS, or none of the same version'
    default:
      return 'the TLS handshake failed'
  }
}
