import type { Failure } from '../server/failure.js'
import { type AtServer, evidenceOf, severityAtServer } from './at-server.js'
import { connectionFailureSays, speaksNoTls, tlsReason } from './connection-messages.js'
import { askFor, EDITS_URL, networkTeam, otherwiseNetworkTeam } from './phrases.js'
import { type Explanation, type JobSite, never, type ProblemEntry } from './problem.js'
import { shownPath } from './shown-path.js'

/** No connection that is safe: certificate, protocol, or the certificates to trust. */
export interface TlsFailed extends AtServer {
  readonly code: 'tls-failed'
  readonly failure: Failure
  /** `NODE_EXTRA_CA_CERTS` is set, which Composer does not read. */
  readonly nodeExtraCaCerts: boolean
}

export const tlsFailed: ProblemEntry<TlsFailed> = {
  title: 'No secure connection to the repository',
  atMost: 'error',
  // Nothing is known, neither good nor bad, of certificates that are too many to be read here. And whoever put an authority into
  // the system's store may have named it to PHP as well: what its php.ini says is not known here.
  severity: (finding) => (isUnknown(finding.failure) ? 'warning' : severityAtServer(finding)),
  byCredentials: never,
  explain(finding, site) {
    const { failure } = finding
    if (failure.type === 'trust-file') return untrustable(failure, site)
    const shown = failure.type === 'tls' ? failure : UNSEEN
    return {
      ...(speaksNoTls(shown.code) ? noTls(finding, shown.code, site) : notTrusted(finding, shown, site)),
      composerSays: connectionFailureSays(finding.url, failure),
      evidence: evidenceOf(finding),
    }
  },
}

type TlsFailure = Extract<Failure, { type: 'tls' }>

const UNSEEN: TlsFailure = {
  type: 'tls',
  code: 'UNKNOWN',
  issuer: undefined,
  nodeTrustsAll: false,
  inUnreadStore: false,
}

function isUnknown(failure: Failure): boolean {
  return failure.type === 'trust-file'
    ? failure.reason === 'too-large'
    : failure.type === 'tls' && failure.inUnreadStore
}

function untrustable(
  { path: whole, source, reason }: Extract<Failure, { type: 'trust-file' }>,
  site: JobSite,
): Explanation {
  const path = shownPath(whole, site)
  if (reason === 'too-large') {
    return {
      title: 'Not checked: too many trusted certificates',
      cause: `${source} names ${path}, which holds more certificates than this action reads (4 MiB), so nothing was checked.`,
      fix: ['Name a file or folder that holds only the authorities that this job needs.'],
      who: 'Whoever set it: the author of the workflow, or the team that runs the runner.',
      composerSays: undefined,
      background: 'Composer reads them all.',
    }
  }
  const setting = /capath/i.test(source) ? 'capath' : 'cafile'
  return {
    title: 'The configured certificate file cannot be used',
    cause: `${source} names ${path}, which is missing, unreadable, or holds no usable certificate.`,
    fix: [
      'Correct the path, or put a PEM file with the certificate authority there.',
      `Or remove the setting (${source}), so that the system’s certificates are used.`,
    ],
    who: 'Whoever set it: the author of the workflow, or the team that runs the runner.',
    composerSays: `The configured ${setting} was not valid or could not be read.`,
  }
}

function noTls(finding: TlsFailed, code: string, site: JobSite): Omit<Explanation, 'composerSays'> {
  const { host, url } = finding
  return {
    cause: `${host} does not speak TLS on this port (${code}): a plain http server, or a firewall, answers there.`,
    fix: [
      'Check the host and port in the repository’s URL.',
      `${askFor(url)} from another network: if it works there, something in this one answers instead.`,
    ],
    who: otherwiseNetworkTeam(EDITS_URL, finding, site),
  }
}

function notTrusted(
  finding: TlsFailed,
  { code, issuer, nodeTrustsAll, inUnreadStore }: TlsFailure,
  site: JobSite,
): Omit<Explanation, 'composerSays'> {
  const { host, nodeExtraCaCerts } = finding
  const forNode = [
    ...(nodeExtraCaCerts ? ['`NODE_EXTRA_CA_CERTS`'] : []),
    ...(nodeTrustsAll ? ['`NODE_TLS_REJECT_UNAUTHORIZED`'] : []),
  ]
  const extra = forNode.length === 0 ? '' : ` Composer does not read ${forNode.join(' or ')}, which this job sets.`
  // Of two sentences the one on what the job sets tells more.
  const issued = issuer === undefined || nodeExtraCaCerts ? '' : ` It was issued by “${issuer}”.`
  const store = inUnreadStore ? ` ${storeOf(site)} has that authority, but Composer never reads it.` : ''
  return {
    title: 'The repository’s certificate is not trusted',
    cause: `The certificate of ${host} is not trusted: ${tlsReason(code)} (${code}).${issued}${store}${extra}`,
    ...(inUnreadStore ? nameToComposer(finding, site) : stepsFor(finding, { code, issuer }, site)),
  }
}

function storeOf({ platform }: JobSite): string {
  return platform === 'win32' ? 'The certificate store of Windows' : 'The keychain of macOS'
}

/** Where such a certificate comes from, and whether the system's own store helps. */
function intercepted(site: JobSite): string {
  const store =
    site.platform === 'linux'
      ? 'Instead of setting a variable, you can install the authority into the system’s store with `update-ca-certificates`.'
      : `${storeOf(site)} does not help: Composer never reads it.`
  return `Usually a company’s proxy or firewall opens TLS connections with a certificate of its own. ${store}`
}

/** The authority is at hand, only not where Composer looks. */
function nameToComposer(finding: TlsFailed, site: JobSite): Pick<Explanation, 'fix' | 'who' | 'background'> {
  return {
    fix: [
      'Export the authority from there as a PEM file (Base64), and put it on the runner.',
      NAME_TO_COMPOSER,
      'If `openssl.cafile` in php.ini names such a file already, Composer works: set `SSL_CERT_FILE` to the same file, and this check sees it too.',
    ],
    who: networkTeam(finding, site),
    background:
      'Composer reads `COMPOSER_CAFILE`, `SSL_CERT_FILE`, `SSL_CERT_DIR`, `openssl.cafile` in php.ini, a few known files and its own list, in this order, and takes the first that it finds. This action cannot see php.ini.',
  }
}

const NAME_TO_COMPOSER =
  'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with every authority that the job needs.'

/** Other trust helps only against an authority that is not known here. */
function stepsFor(
  finding: TlsFailed,
  { code, issuer }: { readonly code: string; readonly issuer: string | undefined },
  site: JobSite,
): Pick<Explanation, 'fix' | 'who' | 'background'> {
  const { host, url, nodeExtraCaCerts } = finding
  const hosted = site.selfHosted === false && finding.proxy === undefined
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return hosted
      ? { fix: [`Ask whoever runs ${host} for a valid certificate.`], who: `Whoever runs ${host}.` }
      : {
          fix: ['Check the clock of this runner.', `If it is right, ask whoever runs ${host} for a valid certificate.`],
          who: `Whoever runs this runner, for its clock; if that is right, whoever runs ${host}.`,
        }
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      fix: [
        'Check the host in the repository’s URL.',
        `${askFor(url)} from another network: if it works there, something in this one answers instead.`,
      ],
      who: otherwiseNetworkTeam(EDITS_URL, finding, site),
    }
  }
  const from = hosted ? `whoever runs ${host}` : 'the team that runs the network'
  if (nodeExtraCaCerts) {
    return {
      fix: [
        'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with the certificates of `NODE_EXTRA_CA_CERTS` and of every other authority that the job needs.',
        `If it is still not trusted, get the PEM file of ${issuer === undefined ? 'the authority that signed it' : `“${issuer}”`} from ${from}, and add it there.`,
      ],
      who: `Anyone who can edit this workflow, or the runner’s settings; otherwise ${from}.`,
      background: intercepted(site),
    }
  }
  return {
    fix: [
      hosted
        ? `Get the PEM file of the authority that signed it from ${from}, and have a step write it, from a variable or the repository.`
        : `Get the PEM file of the authority that signed it from ${from}, and put it on the runner.`,
      NAME_TO_COMPOSER,
    ],
    who: hosted ? `Anyone who can edit this workflow, with whoever runs ${host}.` : networkTeam(finding, site),
    background: intercepted(site),
  }
}
