import type { Failure } from '../server/failure.js'
import type { Untrustable } from '../server/trust.js'
import { type AtServer, evidenceOf, severityAtServer } from './at-server.js'
import { connectionFailureSays, speaksNoTls, tlsReason } from './connection-messages.js'
import { whoEdits } from './people.js'
import { addressAt, askFor, EDITS_WORKFLOW, otherwiseNetworkTeam, teamBetween } from './phrases.js'
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
  { path: whole, source: setBy, setting, reason }: Extract<Failure, { type: 'trust-file' }>,
  site: JobSite,
): Explanation {
  const path = shownPath(whole, site)
  const source = shownPath(setBy, site)
  const who = source.endsWith('.json')
    ? `${whoEdits(source)}.`
    : 'Whoever set it: the author of the workflow, or the team that runs the runner.'
  if (reason === 'too-large') {
    return {
      title: 'Not checked: too many trusted certificates',
      cause: `${source} names ${path}, which holds more certificates than this action reads (4 MiB), so nothing was checked.`,
      fix: ['Name a file or folder that holds only the CA certificates that this job needs.'],
      who,
      composerSays: undefined,
      background: 'Composer reads them all.',
    }
  }
  return {
    title: 'The configured certificate file cannot be used',
    cause: `${source} names ${path}, which ${UNTRUSTABLE[reason]}.`,
    fix: [
      reason === 'unreadable'
        ? 'Let the job’s user read it, or correct the path.'
        : 'Correct the path, or put a PEM file with the CA certificates there.',
      `Or remove the setting (${source}), so that the system’s certificates are used.`,
    ],
    who,
    composerSays: `The configured ${setting} was not valid or could not be read.`,
  }
}

/** Continues the path of a file or folder that is to name the authorities. */
const UNTRUSTABLE: Readonly<Record<Exclude<Untrustable, 'too-large'>, string>> = {
  missing: 'does not exist',
  unreadable: 'this job’s user cannot read',
  'no-certificate': 'holds no certificate in PEM form',
  broken: 'holds a broken certificate',
}

function noTls(finding: TlsFailed, code: string, site: JobSite): Omit<Explanation, 'composerSays'> {
  const { host, url, place } = finding
  const { where, file } = addressAt(place)
  return {
    cause: `${host} does not speak TLS on this port (${code}): a plain http server, or a firewall, answers there.`,
    fix: [`Check the host and port in ${where}.`, elsewhereToCompare(url)],
    who: otherwiseNetworkTeam(whoEdits(file), finding, site),
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

/** Without credentials a repository answers 401, which shows that the connection is sound. */
function elsewhereToCompare(url: string): string {
  return `${askFor(url)} from another network: if an answer comes there, even a 401, something in this network answers instead.`
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
    who: trustTeam(finding, site),
    background:
      'Composer reads `COMPOSER_CAFILE`, `SSL_CERT_FILE`, `SSL_CERT_DIR`, `openssl.cafile` in php.ini, a few known files and its own list, in this order, and takes the first that it finds. This action cannot see php.ini.',
  }
}

/** Those who know the authority, and those who name it to Composer. */
function trustTeam(finding: TlsFailed, site: JobSite): string {
  const team = teamBetween(finding, site)
  return team === undefined
    ? `${EDITS_WORKFLOW} or the runner’s settings, with whoever runs ${finding.host}.`
    : `The team that runs ${team}, with someone who can edit this workflow or the runner’s settings; if that is not the cause, whoever runs ${finding.host}.`
}

const NAME_TO_COMPOSER =
  'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with all CA certificates that the job needs.'

/** Other trust helps only against an authority that is not known here. */
function stepsFor(
  finding: TlsFailed,
  { code, issuer }: { readonly code: string; readonly issuer: string | undefined },
  site: JobSite,
): Pick<Explanation, 'fix' | 'who' | 'background'> {
  const { host, url, place, nodeExtraCaCerts } = finding
  const { where, file } = addressAt(place)
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
      fix: [`Check the host in ${where}.`, elsewhereToCompare(url)],
      who: otherwiseNetworkTeam(whoEdits(file), finding, site),
    }
  }
  const from = hosted ? `whoever runs ${host}` : 'the team that runs the network'
  if (nodeExtraCaCerts) {
    return {
      fix: [
        'Set `COMPOSER_CAFILE` (Composer alone) or `SSL_CERT_FILE` (other programs too) to a file with the certificates of `NODE_EXTRA_CA_CERTS` and all other CA certificates that the job needs.',
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
    who: hosted ? `${EDITS_WORKFLOW}, with whoever runs ${host}.` : trustTeam(finding, site),
    background: intercepted(site),
  }
}
