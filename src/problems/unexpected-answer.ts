import { composerFailureMessage } from '../composer/failure-message.js'
import type { Failure } from '../server/failure.js'
import {
  type AtServer,
  answers,
  evidenceOf,
  ifItFails,
  saysFor,
  severityAtServer,
  statusOf,
  through,
  withMeaning,
} from './at-server.js'
import { AGAIN, look, lookIfItPersists, serverTeam, wordsForFailure } from './failed-answer.js'
import { whoEdits, withEditors } from './people.js'
import {
  addressAt,
  EDITS_WORKFLOW,
  fileNameOf,
  lowered,
  namesOf,
  otherwiseNetworkTeam,
  RERUNS,
  withServerText,
} from './phrases.js'
import { type Explanation, type JobSite, never, type ProblemEntry } from './problem.js'

/** An answer that Composer cannot use. */
export interface UnexpectedAnswer extends AtServer {
  readonly code: 'unexpected-answer'
  readonly what: Unexpected
}

/** What is wrong with an answer. */
export type Unexpected =
  | { readonly type: 'not-json'; readonly looksLike: 'html' | 'gzip' | 'empty' | 'null' | 'text' }
  /** A good answer for an archive that is none. */
  | {
      readonly type: 'not-archive'
      readonly looksLike: 'html' | 'json' | 'text' | 'empty' | 'cut' | 'other-format'
    }
  | { readonly type: 'status' }
  | { readonly type: 'unauthorized-elsewhere' }
  /** Not the bytes that the repository itself promises by a sum. */
  | { readonly type: 'checksum' }
  /** An entry of a file of the first protocol has no `uid`. */
  | { readonly type: 'without-uid' }
  | { readonly type: 'failure'; readonly failure: Failure }

const UNREAD: readonly Failure['type'][] = ['too-much', 'too-many-values']

export const unexpectedAnswer: ProblemEntry<UnexpectedAnswer> = {
  title: 'This is not a Composer repository’s answer',
  atMost: 'error',
  severity(finding) {
    // Where only this action stops reading nothing is known, neither good nor bad.
    if (finding.what.type === 'failure' && UNREAD.includes(finding.what.failure.type)) return 'warning'
    // Where the installed Composer is one that stops at it, it is an error.
    return finding.what.type === 'without-uid' ? 'warning' : severityAtServer(finding)
  },
  byCredentials: never,
  explain(finding, site) {
    const { cause, ...words } = wordsFor(finding, finding.what, site)
    return {
      ...words,
      cause: withMeaning(cause, finding),
      // Where nothing was sent there is nothing to find.
      ...(finding.trace.connected === undefined ? {} : { evidence: evidenceOf(finding) }),
    }
  },
}

const LATER = 'Run the job again later.'

const LOOKS_LIKE = {
  html: 'a web page: a maintenance page, or the login page of a network or proxy',
  gzip: 'compressed data without a Content-Encoding header: the server is misconfigured',
  empty: 'an empty body: the server, or a proxy, is failing',
  null: '`null`, where an object must be: the server is failing',
  text: 'something that is not JSON: the URL is wrong, or something else answers',
} as const

/** What came in the place of an archive. */
const IN_PLACE = {
  html: 'a web page: a login page, or one that says why there is no download',
  json: 'JSON: an error message, perhaps',
  text: 'plain text',
  empty: 'an empty body',
  cut: 'only its beginning',
  'other-format': 'an archive of another format than the lock or the metadata says',
} as const

function ofPackages({ packages }: UnexpectedAnswer): string {
  return packages.length === 0 ? '' : ` of ${namesOf(packages)}`
}

const ACCOUNT_FIX = (host: string) => [
  `Sign in at ${host} and see whether the licence for it is still valid.`,
  'Download the file with the same credentials, and read what comes.',
]
const FILE_FIX = (host: string) => [AGAIN, `If it stays, ask whoever runs ${host}: the file there is broken.`]
const NOT_ARCHIVE_FIX = {
  html: ACCOUNT_FIX,
  json: ACCOUNT_FIX,
  text: ACCOUNT_FIX,
  empty: FILE_FIX,
  cut: FILE_FIX,
  'other-format': FILE_FIX,
} as const

function wordsFor(finding: UnexpectedAnswer, what: Unexpected, site: JobSite): Explanation {
  const host = finding.answeredBy ?? finding.host
  const file = fileNameOf(finding.url)
  switch (what.type) {
    case 'not-json':
      return {
        title:
          what.looksLike === 'html'
            ? 'A web page answers in place of the repository'
            : 'The repository’s answer is not JSON',
        cause: `${answers(finding)} ${finding.status} for ${file}${through(finding)} with ${LOOKS_LIKE[what.looksLike]}.`,
        ...notJsonSteps(finding, what.looksLike, site),
        composerSays: composerFailureMessage(finding.url, { kind: what.looksLike === 'null' ? 'null' : 'not-json' }),
      }
    case 'not-archive': {
      const isBroken = NOT_ARCHIVE_FIX[what.looksLike] === FILE_FIX
      return {
        title: 'An archive cannot be used',
        cause: `${answers(finding)} ${finding.status} for the archive ${file}${ofPackages(finding)}${through(finding)} with ${IN_PLACE[what.looksLike]}.`,
        fix: NOT_ARCHIVE_FIX[what.looksLike](finding.host),
        who: isBroken
          ? `${RERUNS}; otherwise whoever runs ${finding.host}.`
          : `Whoever holds the account at ${finding.host}; if the account is fine, whoever runs ${finding.host}.`,
        composerSays: undefined,
        background: 'Composer finds out when it compares the checksum or unpacks the file, and names no host then.',
      }
    }
    case 'status':
      return {
        ...(finding.status === 402
          ? payment(finding)
          : {
              fix: [AGAIN, lookIfItPersists(finding, site)],
              who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
            }),
        cause: withServerText(
          `${answers(finding)} ${statusOf(finding)} for ${file}${through(finding)}${finding.status === 402 ? ': this account probably has an unpaid invoice' : ', as no Composer repository does'}`,
          finding.serverText,
        ),
        composerSays: saysFor(finding),
      }
    case 'checksum':
      return {
        title: 'A file of the repository has the wrong checksum',
        cause: `${file} from ${host} does not match the checksum that the repository gives for it: the repository is changing, or something in between alters its answers${through(finding)}.`,
        fix: [
          ifItFails('Run the job again in a few minutes.', finding),
          'If the problem persists, try from another network: if it works there, something in this network alters the answers.',
        ],
        who: otherwiseNetworkTeam(RERUNS, finding, site),
        composerSays: `The contents of ${finding.url} do not match its signature. This could indicate a man-in-the-middle attack or e.g. antivirus software corrupting files. Try running composer again and report this if you think it is a mistake.`,
      }
    case 'without-uid':
      return {
        title: 'Older versions of Composer cannot read this repository',
        cause: `${file} from ${host} describes versions without \`uid\`, at which Composer before 2.11 stops.`,
        fix: [
          'Install Composer 2.11 or newer.',
          `Or ask whoever runs ${host} for the second protocol (\`metadata-url\`), which newer servers speak.`,
        ],
        who: `${EDITS_WORKFLOW}; for the server, whoever runs ${host}.`,
        composerSays: 'Undefined array key "uid"',
        background: 'Older versions of Artifactory leave it out.',
      }
    case 'unauthorized-elsewhere':
      return unauthorized(finding, host)
    case 'failure':
      return wordsForFailure(finding, what.failure, site)
  }
}

/** The host that a redirect leads to wants credentials of its own. */
function unauthorized(finding: UnexpectedAnswer, host: string): Explanation {
  return {
    title: 'The repository redirects to a host that wants other credentials',
    cause: `${finding.host} redirects to ${host}, which answers ${statusOf(finding)}. Credentials for ${finding.host} are never sent to another host.`,
    fix: [
      `If the repository has moved, name ${host} in composer.json and \`repository-url\`.`,
      `Add credentials for ${host}, from a secret, to the input \`composer-auth\`.`,
      `If it has not moved, ask whoever runs ${finding.host} why it redirects.`,
    ],
    who: `${withEditors(`Whoever holds the account at ${host}`, 'composer.json', 'workflow', 'secrets')}; if it has not moved, whoever runs ${finding.host}.`,
    composerSays: saysFor(finding),
  }
}

/** Payment is between the account's holder and the vendor. */
function payment({ host }: UnexpectedAnswer): Pick<Explanation, 'title' | 'fix' | 'who'> {
  return {
    title: 'The repository asks for a payment',
    fix: ['Check the invoice or subscription of this account.', 'Then run the job again.'],
    who: `Whoever holds the account at ${host}.`,
  }
}

/** What fits a 200 that is not JSON. */
function notJsonSteps(
  finding: UnexpectedAnswer,
  looksLike: keyof typeof LOOKS_LIKE,
  site: JobSite,
): Pick<Explanation, 'fix' | 'who'> {
  const { host, proxy } = finding
  switch (looksLike) {
    case 'gzip':
      return {
        fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to correct this.`],
        who: serverTeam(finding),
      }
    case 'empty':
    case 'null':
      return {
        fix: [ifItFails(AGAIN, finding), lookIfItPersists(finding, site)],
        who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
      }
    case 'text': {
      const { where, file } = addressAt(finding.place)
      return {
        fix: [`Check the address in ${where}.`, look(finding, site)],
        who: otherwiseNetworkTeam(whoEdits(file, 'workflow'), finding, site),
      }
    }
    case 'html':
      return {
        fix: [ifItFails(LATER, finding), `If the page stays, ${lowered(look(finding, site))}`],
        who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
      }
  }
}
