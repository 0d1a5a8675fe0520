import { composerFailureMessage } from '../composer/failure-message.js'
import type { Failure } from '../server/failure.js'
import {
  type AtServer,
  answers,
  eachTime,
  evidenceOf,
  failsCommand,
  saysFor,
  statusOf,
  through,
  withMeaning,
} from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import {
  askFor,
  EDITS_WORKFLOW,
  fileNameOf,
  networkTeam,
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
  | { readonly type: 'not-json'; readonly looksLike: 'html' | 'gzip' | 'empty' | 'text' }
  | { readonly type: 'status' }
  | { readonly type: 'unauthorized-elsewhere' }
  /** Not the bytes that the repository itself promises by a sum. */
  | { readonly type: 'checksum' }
  | { readonly type: 'failure'; readonly failure: Failure }

const UNREAD: readonly Failure['type'][] = ['too-much', 'too-many-values']

export const unexpectedAnswer: ProblemEntry<UnexpectedAnswer> = {
  title: 'The answer is not that of a Composer repository',
  atMost: 'error',
  severity(finding, { readsRootOnInstall }) {
    // Where only this action stops reading nothing is known, neither good nor bad.
    if (finding.what.type === 'failure' && UNREAD.includes(finding.what.failure.type)) return 'warning'
    return failsCommand(finding) || (readsRootOnInstall === true && failsReaders(finding)) ? 'error' : 'warning'
  },
  byCredentials: never,
  explain(finding, site) {
    const { cause, who = networkTeam(finding, site), ...words } = wordsFor(finding, finding.what, site)
    return {
      ...words,
      cause: withMeaning(cause, finding),
      who,
      // Where nothing was sent there is nothing to find.
      ...(finding.trace.connected === undefined ? {} : { evidence: evidenceOf(finding) }),
    }
  },
}

/**
 * Whether a Composer that reads packages.json beside a lock fails on what it gets there: on a 200 that is not JSON; of
 * all else it only warns. Source of the rule: `ComposerRepository::loadRootServerFile` since 2.10.
 */
export function failsReaders({ what, weight }: UnexpectedAnswer): boolean {
  return what.type === 'not-json' && !failsCommand({ weight })
}

type Words = Omit<Explanation, 'who'> & { readonly who?: string }

const AGAIN = 'Run the job again.'
const MOVED = 'If the repository has moved, use its https URL in composer.json and in `repository-url`.'

/** A command for the runner itself, where somebody can use it. */
function look({ url }: UnexpectedAnswer, { selfHosted }: JobSite): string {
  return `${askFor(url)} ${selfHosted === true ? 'on this runner' : 'in a step of this job'} to see what answers.`
}

function lookElsewhere({ url }: UnexpectedAnswer): string {
  return `${askFor(url)} from another network: if the answer is right there, something in this one answers instead.`
}

const LOOKS_LIKE = {
  html: 'a web page: a maintenance page, or the login page of a network or proxy',
  gzip: 'compressed data without a Content-Encoding header: the server is set up wrongly',
  empty: 'an empty body: the server, or a proxy, is failing',
  text: 'something that is not JSON: the URL is wrong, or something else answers',
} as const

function wordsFor(finding: UnexpectedAnswer, what: Unexpected, site: JobSite): Words {
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
        composerSays: composerFailureMessage(finding.url, { kind: 'not-json' }),
      }
    case 'status':
      return {
        ...(finding.status === 402 ? payment(finding) : { fix: [look(finding, site), AGAIN] }),
        cause: withServerText(
          `${answers(finding)} ${statusOf(finding)} for ${file}${through(finding)}${finding.status === 402 ? ': it probably wants to be paid first' : ', as no Composer repository does'}`,
          finding.serverText,
        ),
        composerSays: saysFor(finding),
      }
    case 'checksum':
      return {
        title: 'A file of the repository has the wrong checksum',
        cause: `${file} from ${host} does not match the checksum that the repository gives for it: the repository is changing, or something in between alters its answers${through(finding)}.`,
        fix: ['Run the job again in a few minutes.', 'If the problem stays, try from another network.'],
        who: otherwiseNetworkTeam(RERUNS, finding, site),
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
      return wordsForFailure(finding, what.failure, site)
  }
}

/** Payment is between the account's holder and the vendor. */
function payment({ host }: UnexpectedAnswer): Pick<Words, 'fix' | 'who'> {
  return {
    fix: ['Check the invoice or subscription of this account.', 'Then run the job again.'],
    who: `Whoever holds the account at ${host}.`,
  }
}

/** What fits a 200 that is not JSON. */
function notJsonSteps(
  finding: UnexpectedAnswer,
  looksLike: keyof typeof LOOKS_LIKE,
  site: JobSite,
): Pick<Words, 'fix' | 'who'> {
  const { host, proxy } = finding
  switch (looksLike) {
    case 'gzip':
      return { fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to correct this.`] }
    case 'empty':
      return {
        fix: [AGAIN, look(finding, site)],
        who: otherwiseNetworkTeam(RERUNS, finding, site),
      }
    case 'text':
      return {
        fix: ['Check the repository’s URL.', look(finding, site)],
        who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
      }
    case 'html':
      return { fix: [look(finding, site), AGAIN], who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site) }
  }
}

const MALFORMED = {
  'not-http': 'something that is not HTTP: the port is probably that of another service',
  header: 'a header that cannot be read',
  'long-head': 'headers that are too long (300 KiB in all, 100 KiB in one line)',
} as const

const UNDECODABLE = {
  broken: 'it is damaged, or something else',
  trailing: 'something follows its end',
  'too-many': 'there are too many encodings, one around the other',
} as const

function wordsForFailure(finding: UnexpectedAnswer, failure: Failure, site: JobSite): Words {
  const { host } = finding
  const rerun = otherwiseNetworkTeam(RERUNS, finding, site)
  const composerSays = connectionFailureSays(finding.url, failure)
  switch (failure.type) {
    case 'too-large':
      return {
        title: 'The repository’s answer is too large',
        cause: `${host} answers with more than ${failure.limitMiB} MiB for ${fileNameOf(finding.url)}. This action stops there; Composer would go on.`,
        fix: [
          'If the repository really is that large, set `check: access` or `check: off`.',
          `If not, ask whoever runs ${host}.`,
        ],
        who: `Anyone who can edit this workflow; otherwise whoever runs ${host}.`,
        composerSays,
      }
    case 'too-many-values':
    case 'too-much':
      return {
        title: 'Not checked: the repository’s answers are too large',
        cause: `${fileNameOf(finding.url)} of ${host} is larger than this action reads. Composer would go on, so this is a warning.`,
        fix: [
          'If the repository really is that large, set `check: access` or `check: off`.',
          `If not, ask whoever runs ${host}.`,
        ],
        who: `Anyone who can edit this workflow; otherwise whoever runs ${host}.`,
        composerSays: undefined,
      }
    case 'malformed':
      return {
        title: 'The answer is not valid HTTP',
        cause: `${host} answers${through(finding)} with ${MALFORMED[failure.problem]}.`,
        fix:
          failure.problem === 'not-http'
            ? ['Check the port in the repository’s URL.', AGAIN]
            : [look(finding, site), AGAIN],
        ...(failure.problem === 'not-http' ? { who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site) } : {}),
        composerSays,
      }
    case 'truncated':
      return {
        title: 'The repository’s answer is cut off',
        cause: `The answer of ${host} ended early${eachTime(finding)}${through(finding)}: the server, or something in between, cut it off.`,
        fix: [AGAIN, 'If the problem stays, try from another network.'],
        who: rerun,
        composerSays,
      }
    case 'undecodable':
      return {
        title: 'The repository’s answer cannot be decoded',
        ...undecodable(finding, failure, site),
        composerSays,
      }
    case 'redirect-loop':
    case 'redirect-without-location':
    case 'redirect-downgrade':
    case 'redirect-unusable':
      return {
        fix: failure.type === 'redirect-downgrade' ? [lookElsewhere(finding), MOVED] : [look(finding, site)],
        who:
          failure.type === 'redirect-downgrade'
            ? networkTeam(finding, site)
            : otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
        composerSays,
        ...redirectWords(finding, failure),
      }
    case 'insecure':
      return {
        fix: [MOVED, `If it has not moved, ask whoever runs ${host} to use https there.`],
        who: `Anyone who can edit composer.json and this workflow; otherwise whoever runs ${host}.`,
        composerSays,
        ...insecureWords(finding),
      }
    default:
      return {
        cause: `${host} gave no answer that can be used${through(finding)}.`,
        fix: [look(finding, site), AGAIN],
        composerSays,
      }
  }
}

/** A body that is not what its header says. */
function undecodable(
  finding: UnexpectedAnswer,
  { problem, encoding }: Extract<Failure, { type: 'undecodable' }>,
  site: JobSite,
): Pick<Words, 'cause' | 'fix'> {
  const { host, proxy } = finding
  if (problem === 'unknown') {
    return {
      cause: `The answer of ${host}${through(finding)} is encoded as ${encoding}, which Composer cannot decode.`,
      fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to send gzip.`],
    }
  }
  return {
    cause: `${host} answers with a body that does not match its Content-Encoding header (${encoding})${through(finding)}: ${UNDECODABLE[problem]}.`,
    fix: [look(finding, site), AGAIN],
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
      title: 'The repository redirects in a loop',
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
      : `${start}, a redirect to ${failure.target ?? 'an address with one of these keys in it'}, which is not an http(s) URL.`
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
