import type { Failure } from '../server/failure.js'
import { type AtServer, eachTime, evidenceOf, statusOf, through } from './at-server.js'
import { speaksNoTls, tlsReason } from './connection-messages.js'
import { whoEdits, withEditors } from './people.js'
import { EDITS_WORKFLOW, otherwiseNetworkTeam, SECRETS, TRY_AGAIN, WORKFLOW_EDITOR } from './phrases.js'
import { always, type Explanation, type Facts, type JobSite, type ProblemEntry } from './problem.js'

/** Where Adobe serves archives and patches; ends with a slash. Source: Adobe’s page on authentication keys. */
export const ADOBE_DOWNLOADS = 'https://www.magentocommerce.com/products/downloads/'

/** The service for downloads of archives and patches refuses MAGEID and token; as a warning, it could not be asked. */
export interface DownloadTokenRejected extends Facts {
  readonly code: 'download-token-rejected'
  readonly host: string
  /** What does not look like a MAGEID or a token. */
  readonly forms: readonly DoubtfulForm[]
  /** Undefined where the finding is about the forms alone. */
  readonly asked: AskedForHelp | undefined
}

/** What gives an input away as something else, seen without asking anybody. */
export interface DoubtfulForm {
  readonly input: 'mage-id' | 'download-token' | 'both'
  readonly form: 'exchanged' | 'access-key' | 'both-halves' | 'email' | 'other'
}

/** What came of asking, where that was not the service's help. */
export interface AskedForHelp extends Pick<AtServer, 'url' | 'tries' | 'proxy' | 'trace' | 'answeredBy'> {
  readonly came: NotHelp
}

export type NotHelp =
  /** 401 or 403. */
  | { readonly type: 'refusal' }
  | { readonly type: 'status' }
  | { readonly type: 'page' }
  /** It redirects to another origin, which gets no token. */
  | { readonly type: 'elsewhere' }
  | { readonly type: 'failure'; readonly failure: Failure }

type Asked = DownloadTokenRejected & { readonly asked: AskedForHelp }

export const downloadTokenRejected: ProblemEntry<DownloadTokenRejected> = {
  title: 'The download token is rejected',
  atMost: 'error',
  severity: ({ asked }) => (asked?.came.type === 'refusal' ? 'error' : 'warning'),
  byCredentials: always,
  explain(finding, site) {
    const { asked } = finding
    if (asked === undefined) return doubtful(finding)
    return asked.came.type === 'refusal'
      ? refused({ ...finding, asked }, site)
      : unconfirmed({ ...finding, asked }, site)
  },
}

const PAGE = 'account.magento.com → Account Settings → Downloads Access Token'
/** Forms that tell which value is where. */
const IN_PLACE: readonly DoubtfulForm['form'][] = ['exchanged', 'both-halves']
/** Whoever has the right values; access keys in their place belong to other inputs as well. */
function ownerFor(forms: readonly DoubtfulForm[]): string {
  const isElsewhere = forms.some(({ form }) => form === 'access-key')
  return withEditors('The owner of the MAGEID', ...(isElsewhere ? ['workflow'] : []), 'secrets')
}

function refused(finding: Asked, site: JobSite): Explanation {
  const { host, forms, status, asked } = finding
  const perhapsBlocked = status === 403 && forms.length === 0
  const [address, team] =
    asked.proxy === undefined
      ? ['this runner', site.selfHosted === false ? undefined : 'the team that runs this runner’s network']
      : ['the proxy', 'the team that runs the proxy']
  const why = perhapsBlocked
    ? `the token was replaced or mistyped, is another MAGEID’s, or a firewall blocks ${address}`
    : 'the token was replaced or mistyped, or is another MAGEID’s'
  return {
    cause:
      forms.length === 0
        ? `${host} refuses this MAGEID with this token (HTTP ${status})${through(asked)}: ${why}.`
        : [...forms.map(inWords), `${host} refuses them (HTTP ${status}).`].join(' '),
    fix: stepsFor(forms, [
      `Sign in with the MAGEID, and copy the token: ${PAGE}. Generating a new one replaces the old one, which then stops working everywhere.`,
      `Save both in the secrets for \`mage-id\` and \`download-token\` (${SECRETS}).`,
      ...(perhapsBlocked
        ? [`If that is refused too, try another network: if it works there, a firewall blocks ${address}.`]
        : []),
    ]),
    // Whoever has both values already needs no account.
    who: forms.some(({ form }) => IN_PLACE.includes(form))
      ? WORKFLOW_EDITOR
      : `${ownerFor(forms)}${perhapsBlocked ? `; for a firewall, ${team ?? `whoever runs ${host}`}` : ''}.`,
    composerSays: undefined,
    background: 'A MAGEID has one download token at a time. It is no access key: Composer has nothing to do with it.',
    evidence: evidenceOf({ ...asked, status, serverText: undefined }),
  }
}

function unconfirmed(finding: Asked, site: JobSite): Explanation {
  const { status, asked } = finding
  return {
    title: 'The download service could not be confirmed',
    cause: `${unlikeHelp(finding)} So it is not known whether the token works.`,
    ...mending(finding, site),
    composerSays: undefined,
    background:
      'Adobe describes this service, and nobody outside Adobe knows for how long it will answer: so this is a warning. Composer does not need it.',
    evidence: evidenceOf({ ...asked, status, serverText: undefined }),
  }
}

const TRY =
  'Try a download in a later step, as “Downloads of archives and patches” in this action’s README shows: if it works, the token is right.'

function mending({ host, status, asked }: Asked, site: JobSite): Pick<Explanation, 'fix' | 'who'> {
  const { came } = asked
  if (came.type === 'elsewhere') {
    return {
      fix: [
        'If the service has moved, set `download-url` to its new address.',
        `If it has not, ask whoever runs ${host} why it redirects.`,
        TRY,
      ],
      who: `${whoEdits('workflow')}; if it has not moved, whoever runs ${host}.`,
    }
  }
  const place = `Correct \`download-url\`; unless Adobe has moved the service, it is \`${ADOBE_DOWNLOADS}\`.`
  if (status === 404 || status === 410) {
    return {
      fix: [place, TRY],
      who: `Anyone who can edit this workflow; if the address is right, whoever runs ${host}.`,
    }
  }
  // A page may be a firewall's or a proxy's, or stand at another address.
  return {
    fix: came.type === 'page' ? [TRY_AGAIN, place, TRY] : [TRY_AGAIN, TRY],
    who: otherwiseNetworkTeam(EDITS_WORKFLOW, { host, proxy: asked.proxy }, site),
  }
}

/** A sentence on what came in place of the help. */
function unlikeHelp(finding: Asked): string {
  const { host, status, asked } = finding
  const where = `for info/help${through(asked)}`
  switch (asked.came.type) {
    case 'refusal':
    case 'status':
      return status === 404 || status === 410
        ? `${host} answers ${statusOf({ status })} ${where}: \`download-url\` is wrong, or the service has moved.`
        : `${host} answers ${statusOf({ status })} ${where}${eachTime(asked)}.`
    case 'page':
      return `${host} answers with a web page ${where}: for maintenance, or for signing in.`
    case 'elsewhere':
      return `${host} redirects to ${asked.answeredBy ?? 'another place'}; the token is not sent there.`
    case 'failure':
      return `No complete answer from ${host} ${where}${eachTime(asked)}: ${failed(asked.came.failure)}.`
  }
}

function failed(failure: Failure): string {
  switch (failure.type) {
    case 'dns':
      return failure.unknown ? `DNS does not know ${failure.host}` : `DNS gave no answer for ${failure.host}`
    case 'refused':
      return 'the connection was refused'
    case 'reset':
    case 'closed':
    case 'truncated':
      return 'the connection was broken off'
    case 'connect-timeout':
    case 'timeout':
      return 'it took too long'
    case 'out-of-time':
      return 'the time for it was used up before it was asked'
    case 'tls':
      return speaksNoTls(failure.code)
        ? 'the other side does not speak TLS'
        : `its certificate is not trusted (${tlsReason(failure.code)})`
    case 'trust-file':
      return `${failure.source} names certificates that cannot be used`
    case 'proxy-refused':
      return `the proxy answers ${failure.status}`
    case 'proxy-unreachable':
      return 'the proxy cannot be reached'
    case 'proxy-malformed':
    case 'proxy-unsupported':
      return `the variable ${failure.variable} names no proxy that can be used here`
    case 'redirect-loop':
    case 'redirect-without-location':
    case 'redirect-downgrade':
    case 'redirect-unusable':
      return 'it redirects to nowhere'
    case 'insecure':
    case 'leaves-machine':
      return 'the way there is http, over which no token is sent to another machine'
    case 'network':
    case 'too-large':
    case 'too-much':
    case 'too-many-values':
    case 'undecodable':
    case 'malformed':
    case 'unasked':
      return 'what came is not an answer that can be read'
  }
}

function doubtful({ forms }: DownloadTokenRejected): Explanation {
  return {
    title: 'This does not look like a MAGEID with its token',
    cause: forms.map(inWords).join(' '),
    fix: stepsFor(forms, [
      `Copy the token from ${PAGE}, and the MAGEID from the same account, and save each in its secret.`,
    ]),
    who: forms.some(({ form }) => IN_PLACE.includes(form)) ? WORKFLOW_EDITOR : `${ownerFor(forms)}.`,
    composerSays: undefined,
  }
}

/** A sentence that never repeats the value. */
function inWords({ input, form }: DoubtfulForm): string {
  const both = input === 'both'
  const name = both ? '`mage-id` and `download-token`' : `\`${input}\``
  switch (form) {
    case 'exchanged':
      return `${name} hold each other’s value.`
    case 'access-key':
      return `${name} ${both ? 'look like access keys' : 'looks like an access key'} (32 characters), which are for Composer.`
    case 'both-halves':
      return `${name} holds MAGEID and token joined by a colon.`
    case 'email':
      return `${name} holds an e-mail address.`
    case 'other':
      return input === 'download-token'
        ? `${name} does not have the form of a download token (40 hexadecimal characters).`
        : `${name} does not have the form of a MAGEID (“MAG” and digits).`
  }
}

/** What to do: where the form tells which value is where, that is all. */
function stepsFor(forms: readonly DoubtfulForm[], otherwise: readonly string[]): string[] {
  const found = new Set(forms.map(({ form }) => form))
  if (found.has('exchanged')) return ['Swap the secrets of the two inputs.']
  if (found.has('both-halves')) {
    return [
      'Save what is before the colon in the secret for `mage-id`, and what follows it in the one for `download-token`.',
    ]
  }
  const keys = found.has('access-key')
    ? ['Pass access keys to `public-key` and `private-key`: they are for Composer, not for downloads.']
    : []
  return [...keys, ...otherwise]
}
