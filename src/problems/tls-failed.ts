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
  // Of certificates that are too many to be read here nothing is known, neither good nor bad.
  severity: (finding) => (isUnread(finding.failure) ? 'warning' : severityAtServer(finding)),
  byCredentials: never,
  explain(finding, site) {
    const { failure } = finding
    if (failure.type === 'trust-file') return untrustable(failure, site)
    const { code, issuer, nodeTrustsAll } =
      failure.type === 'tls' ? failure : { code: 'UNKNOWN', issuer: undefined, nodeTrustsAll: false }
    return {
      ...(speaksNoTls(code) ? noTls(finding, code, site) : notTrusted(finding, { code, issuer, nodeTrustsAll }, site)),
      composerSays: connectionFailureSays(finding.url, failure),
      evidence: evidenceOf(finding),
    }
  },
}

function isUnread(failure: Failure): boolean {
  return failure.type === 'trust-file' && failure.reason === 'too-large'
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
  {
    code,
    issuer,
    nodeTrustsAll,
  }: { readonly code: string; readonly issuer: string | undefined; readonly nodeTrustsAll: boolean },
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
  return {
    title: 'The repository’s certificate is not trusted',
    cause: `The certificate of ${host} is not trusted: ${tlsReason(code)} (${code}).${issued}${extra}`,
    ...stepsFor(finding, { code, issuer }, site),
  }
}

const INTERCEPTED =
  'Usually a company’s proxy or firewall opens TLS connections with a certificate of its own. Instead of setting a variable, you can install the authority into the system’s store with `update-ca-certificates`.'

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
      background: INTERCEPTED,
    }
  }
  return {
    fix: [
      hosted
        ? `Get the PEM file of the authority that signed it from ${from}, and have a step write it, from a variable or the repository.`
        : `Get the PEM file of the authority that signed it from ${from}, and put it on the runner.`,
      'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with every authority that the job needs.',
    ],
    who: hosted ? `Anyone who can edit this workflow, with whoever runs ${host}.` : networkTeam(finding, site),
    background: INTERCEPTED,
  }
}
