import { composerFailureMessage } from '../composer/failure-message.js'
import type { Failure } from '../server/failure.js'
import {
  type AtServer,
  answers,
  evidenceOf,
  failsCommand,
  saysFor,
  statusOf,
  through,
  withMeaning,
} from './at-server.js'
import { AGAIN, look, serverTeam, type Words, wordsForFailure } from './failed-answer.js'
import { EDITS_WORKFLOW, fileNameOf, networkTeam, otherwiseNetworkTeam, RERUNS, withServerText } from './phrases.js'
import { type JobSite, never, type ProblemEntry } from './problem.js'

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
      return {
        fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to correct this.`],
        who: serverTeam(finding),
      }
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
