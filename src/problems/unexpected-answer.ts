import { composerFailureMessage } from '../composer/failure-message.js'
import type { Failure } from '../server/failure.js'
import {
  type AtServer,
  answers,
  eachTime,
  evidenceOf,
  saysFor,
  severityAtServer,
  statusOf,
  through,
  withMeaning,
} from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import { fileNameOf, namesOf, networkTeam, withServerText } from './phrases.js'
import { type Explanation, never, type ProblemEntry } from './problem.js'

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
  | { readonly type: 'failure'; readonly failure: Failure }

const UNREAD: readonly Failure['type'][] = ['too-much', 'too-many-values']

export const unexpectedAnswer: ProblemEntry<UnexpectedAnswer> = {
  title: 'The answer is not that of a Composer repository',
  atMost: 'error',
  severity(finding) {
    // Where only this action stops reading nothing is known, neither good nor bad.
    if (finding.what.type === 'failure' && UNREAD.includes(finding.what.failure.type)) return 'warning'
    return severityAtServer(finding)
  },
  byCredentials: never,
  explain(finding, site) {
    const { cause, who = networkTeam(finding.host, site), ...words } = wordsFor(finding, finding.what)
    return {
      ...words,
      cause: withMeaning(cause, finding),
      who,
      // Where nothing was sent there is nothing to find.
      ...(finding.trace.connected === undefined ? {} : { evidence: evidenceOf(finding) }),
    }
  },
}

type Words = Omit<Explanation, 'who'> & { readonly who?: string }

const AGAIN = 'Run the job again.'
const MOVED = 'If the repository has moved, use its https URL in composer.json and in `repository-url`.'
const LOOK = 'Open the URL from the same network and see who answers.'

const LOOKS_LIKE = {
  html: 'a web page: a maintenance page, or the login page of a network or proxy',
  gzip: 'compressed data without a Content-Encoding header',
  empty: 'an empty body',
  null: '`null`, where an object must be',
  text: 'something that is not JSON',
} as const

/** What came in the place of an archive. */
const IN_PLACE = {
  html: 'a web page: a login page, or one that says why there is no download',
  json: 'JSON: an error message, perhaps',
  text: 'a text',
  empty: 'nothing',
  cut: 'its beginning alone',
  'other-format': 'an archive of another format than the lock or the metadata says',
} as const

function ofPackages({ packages }: UnexpectedAnswer): string {
  return packages.length === 0 ? '' : ` of ${namesOf(packages)}`
}

const ACCOUNT_FIX = (host: string) => [
  `Sign in at ${host} and see whether the licence for it is still valid.`,
  'Open the URL with the same credentials, and read what comes.',
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

function wordsFor(finding: UnexpectedAnswer, what: Unexpected): Words {
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
        fix: [LOOK, AGAIN],
        composerSays: composerFailureMessage(finding.url, { kind: what.looksLike === 'null' ? 'null' : 'not-json' }),
      }
    case 'not-archive':
      return {
        title: 'An archive is not an archive',
        cause: `${answers(finding)} ${finding.status} for the archive ${file}${ofPackages(finding)}${through(finding)} with ${IN_PLACE[what.looksLike]}.`,
        fix: NOT_ARCHIVE_FIX[what.looksLike](finding.host),
        who: `Whoever holds the account at ${finding.host}; if the account is fine, whoever runs ${finding.host}.`,
        composerSays: undefined,
        background: 'Composer finds out when it compares the checksum or unpacks the file, and names no host then.',
      }
    case 'status':
      return {
        cause: withServerText(
          `${answers(finding)} ${statusOf(finding)} for ${file}${through(finding)}, as no Composer repository does`,
          finding.serverText,
        ),
        fix: [LOOK, AGAIN],
        composerSays: saysFor(finding),
      }
    case 'checksum':
      return {
        title: 'A file of the repository has the wrong checksum',
        cause: `${file} from ${host} does not match the checksum that the repository gives for it: the repository is changing, or something in between alters its answers${through(finding)}.`,
        fix: ['Run the job again in a few minutes.', 'If the problem stays, try from another network.'],
        composerSays: `The contents of ${finding.url} do not match its signature. This could indicate a man-in-the-middle attack or e.g. antivirus software corrupting files. Try running composer again and report this if you think it is a mistake.`,
      }
    case 'unauthorized-elsewhere':
      return {
        title: 'The repository redirects to a host that wants other credentials',
        cause: `${finding.host} redirects to ${host}, which answers ${statusOf(finding)}. Neither Composer nor this action sends credentials for ${finding.host} to another host.`,
        fix: [
          `If the repository has moved, name ${host} in composer.json and \`repository-url\`.`,
          `Add credentials for ${host} to the input \`composer-auth\`.`,
        ],
        who: 'Anyone who can edit composer.json and this workflow.',
        composerSays: saysFor(finding),
      }
    case 'failure':
      return wordsForFailure(finding, what.failure)
  }
}

const MALFORMED = {
  'not-http': 'something that is not HTTP',
  header: 'a header that cannot be read',
  'long-head': 'headers that are too long (300 KiB in all, 100 KiB in one line)',
} as const

const UNDECODABLE = {
  unknown: 'the encoding is not known',
  broken: 'it is damaged, or something else',
  trailing: 'something follows its end',
  'too-many': 'there are too many encodings, one around the other',
} as const

function wordsForFailure(finding: UnexpectedAnswer, failure: Failure): Words {
  const { host } = finding
  const composerSays = connectionFailureSays(finding.url, failure)
  switch (failure.type) {
    case 'too-large':
      return {
        title: 'The repository’s answer is too large',
        cause: `${host} answers with more than ${failure.limitMiB} MiB for ${fileNameOf(finding.url)}. This action stops there; Composer would go on.`,
        fix: [LOOK, 'If the repository really is that large, set `check: access` or `check: off`.'],
        composerSays,
      }
    case 'too-many-values':
    case 'too-much':
      return {
        title: 'Not checked: the repository’s answers are too large',
        cause: `${host} answers ${fileNameOf(finding.url)} with more than this action reads. Composer would go on, so this is a warning.`,
        fix: ['Look at the file. If the repository really is that large, set `check: access` or `check: off`.'],
        who: `Whoever runs ${host}.`,
        composerSays: undefined,
      }
    case 'malformed':
      return {
        title: 'The answer is not valid HTTP',
        cause: `${host} answers with ${MALFORMED[failure.problem]}${through(finding)}.`,
        fix: [LOOK, AGAIN],
        composerSays,
      }
    case 'truncated':
      return {
        title: 'The repository’s answer is cut off',
        cause: `${host} broke its answer off before the end${eachTime(finding)}${through(finding)}.`,
        fix: [AGAIN, 'If the problem stays, try from another network.'],
        composerSays,
      }
    case 'undecodable':
      return {
        title: 'The repository’s answer cannot be decoded',
        cause: `${host} answers with a body that does not match its Content-Encoding header (${failure.encoding})${through(finding)}: ${UNDECODABLE[failure.problem]}.`,
        fix: [LOOK, AGAIN],
        composerSays,
      }
    case 'redirect-loop':
    case 'redirect-without-location':
    case 'redirect-downgrade':
    case 'redirect-unusable':
      return {
        fix: failure.type === 'redirect-downgrade' ? [MOVED, LOOK] : [LOOK],
        who: `Whoever runs ${host}.`,
        composerSays,
        ...redirectWords(finding, failure),
      }
    case 'insecure':
      return { fix: [MOVED, LOOK], who: `Whoever runs ${host}.`, composerSays, ...insecureWords(finding) }
    default:
      return { cause: `${host} gave no answer that can be used${through(finding)}.`, fix: [LOOK, AGAIN], composerSays }
  }
}

type Redirect = Extract<
  Failure,
  { type: 'redirect-loop' | 'redirect-without-location' | 'redirect-downgrade' | 'redirect-unusable' }
>

/** What is wrong with a redirect, and where it leads. */
function redirectWords(finding: UnexpectedAnswer, failure: Redirect): Pick<Words, 'title' | 'cause'> {
  if (failure.type === 'redirect-loop') {
    return {
      title: 'The repository redirects in a circle',
      cause: `${finding.host} redirects more than ${failure.limit} times, at last to ${failure.target}: it is set up wrongly, or a login page sends every request back.`,
    }
  }
  const start = `${answers(finding)} ${failure.status}`
  if (failure.type === 'redirect-downgrade') {
    return {
      title: 'The repository redirects to http',
      cause: `${start}, a redirect from https to ${failure.target ?? 'http'}, where keys could be read on the way. Neither Composer nor this action follows it.`,
    }
  }
  const nowhere =
    failure.type === 'redirect-without-location'
      ? `${start} for ${fileNameOf(finding.url)}, a redirect that names no target.`
      : `${start}, a redirect to ${failure.target ?? 'an address with one of these keys in it'}, which is no web address.`
  return { title: 'The repository redirects to nowhere', cause: nowhere }
}

/** An address over http to another machine: a redirect leads there, or the repository names it. */
function insecureWords({ host, url, answeredBy: target }: UnexpectedAnswer): Pick<Words, 'title' | 'cause'> {
  const unsafe = 'where keys could be read on the way, so nothing was sent there'
  return target === undefined
    ? {
        title: 'The repository names an address over http',
        cause: `${host} names ${fileNameOf(url)} over http, ${unsafe}.`,
      }
    : {
        title: 'The repository redirects to http',
        cause: `${host} redirects to ${target} over http, ${unsafe}.`,
      }
}
