import { composerFailureMessage } from '../composer/failure-message.js'
import type { Failure } from '../server/failure.js'
import type { AtServer, CatalogueEntry, Explanation } from './finding.js'
import { ASK_WITHOUT_KEYS, NETWORK_TEAM } from './phrases.js'

export const repositoryUnreachable: CatalogueEntry<'repository-unreachable'> = {
  title: 'The repository cannot be reached',
  atMost: 'error',
  explain(finding) {
    const { what, why } = unreachable(finding, finding.failure)
    return {
      what,
      composerSays: connectionFailureSays(finding.url, finding.failure),
      why,
      fix: [
        'Run the job again: the trouble may have passed.',
        `On a self-hosted runner, in a container or behind a firewall, see that ${finding.host} can be resolved and reached there on its port.`,
        'If this network needs a proxy, set `https_proxy` for the job; Composer and this action read it.',
        ...(finding.failure.type === 'timeout' ? ['If the network is slow, raise `timeout`.'] : []),
      ],
      who: NETWORK_TEAM,
    }
  },
  documentation: {
    see: 'No answer: the name does not resolve, the connection is refused or reset, or nothing comes within the time limit. Composer says “curl error 6”, “7”, “28”, “52” or “56”.',
    means:
      'The network between the runner and the repository, or the repository itself, is the cause; never the keys. A time-out is an error here although Composer would wait up to 300 seconds: raise `timeout` if the network is slow.',
    fix: ['Run the job again.', 'Check DNS, firewall and proxy on the runner.', 'Raise `timeout` on slow networks.'],
    who: 'The network team.',
    verify: ASK_WITHOUT_KEYS,
  },
}

export const tlsFailed: CatalogueEntry<'tls-failed'> = {
  title: 'The repository’s certificate is not trusted',
  atMost: 'error',
  explain(finding) {
    const { failure, host, url, nodeExtraCaCerts } = finding
    if (failure.type === 'trust-file') {
      const setting = /capath/i.test(failure.source) ? 'capath' : 'cafile'
      return {
        what: `The trusted certificates that ${failure.source} names cannot be used: ${failure.path} is missing, cannot be read, or holds no certificate or a broken one.`,
        composerSays: `The configured ${setting} was not valid or could not be read.`,
        why: 'Composer trusts the certificates there in place of the system’s, and stops when it cannot read them.',
        fix: [
          'Correct the path, or put a PEM file with the certificate authority there.',
          `Or take the setting away (${failure.source}), so that the system’s certificates count.`,
        ],
        who: 'Whoever set it: the author of the workflow, or the team that runs the runner.',
      }
    }
    const code = failure.type === 'tls' ? failure.code : 'UNKNOWN'
    return {
      what: `No secure connection to ${host}: ${tlsReason(code)} (${code}).`,
      composerSays: connectionFailureSays(url, failure),
      why: [
        speaksNoTls(code)
          ? 'Something else than an https server answers at this address, such as a plain http server, an old one, or a firewall.'
          : 'Either a proxy or a firewall in this network opens TLS connections with a certificate of its own, or the server’s certificate is wrong.',
        nodeExtraCaCerts
          ? '`NODE_EXTRA_CA_CERTS` is set here: Node reads it, Composer does not, so it is left out of this check.'
          : '',
      ]
        .join(' ')
        .trim(),
      fix: speaksNoTls(code)
        ? [
            'Compare address and port of the repository with what whoever runs it names.',
            'Ask from another network: if it works there, something in this one answers in the server’s place.',
          ]
        : [
            ...(/EXPIRED|NOT_YET_VALID/.test(code) ? ['Check the clock of this runner.'] : []),
            'Get the certificate of the authority that signed it from the network team, as a PEM file on the runner.',
            'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to that file for the whole job; it must hold every authority that the job needs.',
            'Or install it into the system’s store (`update-ca-certificates`).',
          ],
      who: NETWORK_TEAM,
    }
  },
  documentation: {
    see: 'The TLS connection cannot be made. Composer says “curl error 60 … SSL certificate problem”, or that the configured cafile is not valid.',
    means:
      'Composer trusts `COMPOSER_CAFILE` or the `cafile` setting in place of the system’s certificates when set (curl on Debian and Ubuntu adds the system’s own all the same), else `SSL_CERT_FILE` and `SSL_CERT_DIR`, else the system’s certificates. The certificate that was shown is signed by none of them: usually a proxy in a company network opens the connections. `NODE_EXTRA_CA_CERTS` helps Node programs and not Composer, so it does not count here.',
    fix: [
      'Set `COMPOSER_CAFILE` or `SSL_CERT_FILE` to a PEM file with the network’s authority.',
      'Or install the authority in the system’s store.',
      'Never turn verification off.',
    ],
    who: 'The network team.',
    verify: ASK_WITHOUT_KEYS,
  },
}

export const proxyFailed: CatalogueEntry<'proxy-failed'> = {
  title: 'The proxy does not let the request through',
  atMost: 'error',
  explain(finding) {
    const { what, why, fix } = proxyTrouble(finding)
    return { what, composerSays: connectionFailureSays(finding.url, finding.failure), why, fix, who: NETWORK_TEAM }
  },
  documentation: {
    see: 'The proxy that `https_proxy` or `http_proxy` names cannot be reached, refuses the tunnel, or wants credentials (407). Composer says “CONNECT tunnel failed” or “Unable to use a proxy”.',
    means:
      'Composer sends requests through the proxy of the environment: `https_proxy` for https (before Composer 2.8 `http_proxy` too), except for hosts in `no_proxy`.',
    fix: [
      'Correct the variable; credentials go into it as `http://user:password@proxy:port`, percent-encoded.',
      'Or add the host to `no_proxy`.',
      'Ask the network team to allow the host.',
    ],
    who: 'The network team.',
    verify: ASK_WITHOUT_KEYS,
  },
}

function unreachable({ host, proxy }: AtServer, failure: Failure): Pick<Explanation, 'what' | 'why'> {
  const way = proxy === undefined ? '' : ` through the proxy ${proxy}`
  switch (failure.type) {
    case 'dns':
      return {
        what: `The name ${failure.host} could not be resolved.`,
        why: 'The name is misspelt, or this runner’s DNS does not know it or does not answer.',
      }
    case 'refused':
      return {
        what: `${host} refused the connection${way}.`,
        why: 'Nothing listens on that port, or a firewall refuses it.',
      }
    case 'reset':
      return {
        what: `The connection to ${host}${way} was reset.`,
        why: 'The server or a firewall in between broke it off.',
      }
    case 'closed':
      return {
        what: `${host} closed the connection${way} without an answer.`,
        why: 'The server or a gateway in front of it gave up.',
      }
    case 'connect-timeout':
      return {
        what: `No connection to ${host}${way} within ${inSeconds(failure.seconds)}.`,
        why: 'A firewall that drops packets looks like this, and so does a server that is down.',
      }
    case 'timeout':
      return {
        what: `No complete answer from ${host}${way} within ${inSeconds(failure.seconds)}.`,
        why: 'The network or the server is too slow, or hangs. This action stops at its `timeout`; Composer would wait up to 300 seconds.',
      }
    default:
      return {
        what: `The connection to ${host}${way} failed${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
        why: 'This runner has no way to the server.',
      }
  }
}

function proxyTrouble({
  host,
  proxy,
  failure,
}: AtServer & { failure: Failure }): Pick<Explanation, 'what' | 'why' | 'fix'> {
  const bypass = `Or add ${host} to \`no_proxy\`, if this runner can reach it directly.`
  switch (failure.type) {
    case 'proxy-refused':
      return failure.status === 407
        ? {
            what: `The proxy ${proxy} asks for credentials (407 Proxy Authentication Required).`,
            why: 'The proxy variable holds no user name and password, or wrong ones.',
            fix: [
              'Put them into the variable, percent-encoded, from a secret: `http://user:password@proxy:port`.',
              bypass,
            ],
          }
        : {
            what: `The proxy ${proxy} answered ${failure.status} and made no connection to ${host}.`,
            why: 'The proxy does not allow this host, or cannot reach it itself.',
            fix: [`Ask for ${host} to be allowed.`, bypass],
          }
    case 'proxy-malformed':
      return {
        what: `The variable ${failure.variable} does not hold the URL of a proxy.`,
        why: 'Composer reads it before every request and stops.',
        fix: [`Set ${failure.variable} to a URL such as \`http://proxy.example.com:3128\`, or unset it.`],
      }
    case 'proxy-unsupported':
      return {
        what: `The variable ${failure.variable} names a proxy of a kind that this action does not speak, so nothing was asked.`,
        why: 'Only http and https proxies are supported here. Composer hands other kinds to curl, which may know them.',
        fix: ['Use an http proxy, or set `check: off` for this step.'],
      }
    default:
      return {
        what: `The proxy ${proxy} cannot be reached${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
        why: 'Its name does not resolve, nothing listens there, or its certificate is not trusted.',
        fix: ['Correct the proxy variable of this job.', bypass],
      }
  }
}

/** What Composer prints for a connection that fails; undefined where it depends on curl's version. */
export function connectionFailureSays(url: string, failure: Failure): string | undefined {
  const { hostname, port, protocol } = new URL(url)
  const at = `${hostname} port ${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`
  const curl = (code: number, text: string) => composerFailureMessage(url, { kind: 'curl', code, text })
  switch (failure.type) {
    case 'dns':
      return curl(6, `Could not resolve host: ${failure.host}`)
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
      return curl(61, 'Unrecognized or bad HTTP Content or Transfer-Encoding')
    case 'redirect-without-location':
      return composerFailureMessage(url, { kind: 'redirect-without-location', status: failure.status })
    case 'redirect-loop':
      return composerFailureMessage(url, { kind: 'not-json' })
    default:
      return undefined
  }
}

/** Whether the two sides came to no certificate at all. */
function speaksNoTls(code: string): boolean {
  return code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER'
}

/** What a code of OpenSSL or Node means, in the words that curl uses where it has some. */
function tlsReason(code: string): string {
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

function inSeconds(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10
  return `${rounded} second${rounded === 1 ? '' : 's'}`
}
