import { evidenceOf } from './at-server.js'
import { connectionFailureSays, speaksNoTls, tlsReason } from './connection-messages.js'
import type { CatalogueEntry } from './finding.js'
import { ASK_WITHOUT_KEYS, NETWORK_TEAM } from './phrases.js'

export const tlsFailed: CatalogueEntry<'tls-failed'> = {
  title: 'The repository’s certificate is not trusted',
  atMost: 'error',
  explain(finding) {
    const { failure, host, url, nodeExtraCaCerts } = finding
    if (failure.type === 'trust-file' && failure.reason === 'too-large') {
      return {
        what: `The trusted certificates that ${failure.source} names are more than this action reads (4 MiB): ${failure.path}. Nothing was asked.`,
        composerSays: undefined,
        why: 'Composer reads them all the same. Whether it will trust the repository was not found out.',
        fix: ['Name a file, or a folder, that holds the certificate authorities this job needs and nothing else.'],
        who: 'Whoever set it: the author of the workflow, or the team that runs the runner.',
      }
    }
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
    const { code, issuer } = failure.type === 'tls' ? failure : { code: 'UNKNOWN', issuer: undefined }
    return {
      what: `No secure connection to ${host}: ${tlsReason(code)} (${code}).`,
      composerSays: connectionFailureSays(url, failure),
      why: [
        speaksNoTls(code)
          ? 'Something else than an https server answers at this address, such as a plain http server, an old one, or a firewall.'
          : 'Either a proxy or a firewall in this network opens TLS connections with a certificate of its own, or the server’s certificate is wrong.',
        issuer === undefined ? '' : `The certificate that was shown says to be issued by “${issuer}”.`,
        nodeExtraCaCerts
          ? '`NODE_EXTRA_CA_CERTS` is set here: Node reads it, Composer does not, so it is left out of this check.'
          : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
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
      evidence: evidenceOf(finding),
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
