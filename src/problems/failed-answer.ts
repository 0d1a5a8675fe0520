import type { Failure } from '../server/failure.js'
import { type AtServer, answers, eachTime, ifItFails, through } from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import { whoEdits } from './people.js'
import {
  addressAt,
  askFor,
  EDITS_WORKFLOW,
  fileNameOf,
  lowered,
  networkTeam,
  otherwiseNetworkTeam,
  RERUNS,
  serverOrBetween,
  teamBetween,
} from './phrases.js'
import type { Explanation, JobSite } from './problem.js'

export const AGAIN = 'Run the job again.'
const MOVED = 'If the repository has moved, use its https URL in composer.json and in `repository-url`.'

/** A command for the runner itself, and whom to ask about what it shows. */
export function look(finding: AtServer, site: JobSite): string {
  const { host, url } = finding
  const there = site.selfHosted === true ? 'on this runner' : 'in a step of this job'
  const team = teamBetween(finding, site)
  const ask =
    team === undefined
      ? `About anything else, ask whoever runs ${host}.`
      : `About a login page, ask the team that runs ${team}; about anything else, whoever runs ${host}.`
  return `${askFor(url)} ${there} to see what answers (without credentials, 401 is right). ${ask}`
}

/** The same where the job is to be run again first. */
export function lookIfItPersists(finding: AtServer, site: JobSite): string {
  return `If the problem persists, ${lowered(look(finding, site))}`
}

/** Whoever can correct what the server sends. */
export function serverTeam({ host, proxy }: AtServer): string {
  return proxy === undefined ? `Whoever runs ${host}.` : `Whoever runs ${host}, or the team that runs the proxy.`
}

/** Of a redirect that nobody can have wanted. */
function lookElsewhere({ url }: AtServer): string {
  return `${askFor(url)} from another network: if the redirect is not there, something in this network answers instead.`
}

const MALFORMED = {
  'not-http': 'something that is not HTTP: the port is probably that of another service',
  header: 'a header that cannot be read',
  'long-head': 'headers that are too long (300 KiB in all, 100 KiB in one line)',
} as const

const UNDECODABLE = {
  trailing: 'something follows its end',
  'too-many': 'there are too many encodings, one around the other',
} as const

/** The words for an answer that broke off, cannot be read, or leads elsewhere. */
export function wordsForFailure(finding: AtServer, failure: Failure, site: JobSite): Explanation {
  const { host } = finding
  const composerSays = connectionFailureSays(finding.url, failure)
  switch (failure.type) {
    case 'too-large':
    case 'too-many-values':
    case 'too-much':
      return tooLarge(finding, failure)
    case 'malformed':
      return { title: 'The answer is not valid HTTP', ...malformed(finding, failure, site), composerSays }
    case 'truncated':
      return {
        title: 'The repository’s answer is cut off',
        cause: `The answer of ${host} ended early${eachTime(finding)}${through(finding)}: the server, or something in between, cut it off.`,
        fix: [
          ifItFails(AGAIN, finding),
          'If the problem persists, try from another network: if it works there, something in this network cuts the answer off.',
        ],
        who: otherwiseNetworkTeam(RERUNS, finding, site),
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
        composerSays,
        ...redirectWords(finding, failure),
        ...redirectSteps(finding, failure, site),
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
        fix: [AGAIN, lookIfItPersists(finding, site)],
        who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
        composerSays,
      }
  }
}

/** More than this action reads, of one answer or of all together. */
function tooLarge(finding: AtServer, failure: Extract<Failure, { type: `too-${string}` }>): Explanation {
  const { host, url } = finding
  const who = `Anyone who can edit this workflow; otherwise whoever runs ${host}.`
  const rest = { fix: tooLargeSteps(finding), who, composerSays: undefined }
  if (failure.type === 'too-large') {
    return {
      ...rest,
      title: 'The repository’s answer is too large',
      cause: `${host} answers with more than ${failure.limitMiB} MiB for ${fileNameOf(url)}. This action stops there; Composer would go on.`,
    }
  }
  return {
    ...rest,
    title: 'Not checked: the repository’s answers are too large',
    cause: `${fileNameOf(url)} of ${host} is larger than this action reads. Composer would go on, so this is a warning.`,
  }
}

/** No HTTP, or a head that curl refuses too. */
function malformed(
  finding: AtServer,
  { problem }: Extract<Failure, { type: 'malformed' }>,
  site: JobSite,
): Pick<Explanation, 'cause' | 'fix' | 'who'> {
  const { where, file } = addressAt(finding.place)
  const cause = `${finding.host} answers${through(finding)} with ${MALFORMED[problem]}.`
  if (problem !== 'not-http') {
    return {
      cause,
      fix: [AGAIN, lookIfItPersists(finding, site)],
      who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
    }
  }
  return {
    cause,
    fix: [`Check the port in ${where}.`, AGAIN],
    who: otherwiseNetworkTeam(`${RERUNS}; to correct the address, ${lowered(whoEdits(file))}`, finding, site),
  }
}

/** Only packages.json itself is read for the access alone. */
function tooLargeSteps({ host, url }: AtServer): string[] {
  const check = fileNameOf(url) === 'packages.json' ? 'off' : 'access'
  return [
    `If the repository really is that large, set \`check: ${check}\`: Composer is not affected.`,
    `If not, ask whoever runs ${host}.`,
  ]
}

/** A body that is not what its header says. */
function undecodable(
  finding: AtServer,
  { problem, encoding }: Extract<Failure, { type: 'undecodable' }>,
  site: JobSite,
): Pick<Explanation, 'cause' | 'fix' | 'who'> {
  const { host, proxy } = finding
  if (problem === 'unknown') {
    return {
      cause: `The answer of ${host}${through(finding)} is encoded as ${encoding}, which Composer cannot decode.`,
      fix: [`Ask whoever runs ${host}${proxy === undefined ? '' : ', or the proxy,'} to send gzip.`],
      who: serverTeam(finding),
    }
  }
  return {
    cause: `${host} answers with a body that does not match its Content-Encoding header (${encoding})${through(finding)}: ${problem === 'broken' ? `it is damaged, or not ${encoding} at all` : UNDECODABLE[problem]}.`,
    fix: [AGAIN, lookIfItPersists(finding, site)],
    who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
  }
}

type Redirect = Extract<
  Failure,
  { type: 'redirect-loop' | 'redirect-without-location' | 'redirect-downgrade' | 'redirect-unusable' }
>

/** What is wrong with a redirect, and where it leads. */
function redirectWords(finding: AtServer, failure: Redirect): Pick<Explanation, 'title' | 'cause'> {
  if (failure.type === 'redirect-loop') {
    return {
      title: 'The repository redirects in a loop',
      cause: `${finding.host} redirects more than ${failure.limit} times, at last to ${failure.target}: it is misconfigured, or a login page sends every request back. Composer treats the last redirect as the answer.`,
    }
  }
  const start = `${answers(finding)} ${failure.status}${through(finding)}`
  if (failure.type === 'redirect-downgrade') {
    return {
      title: 'The repository redirects to http',
      cause: `${start}, a redirect from https to ${failure.target ?? 'http'}, where keys could be read on the way. Neither Composer nor this action follows it.`,
    }
  }
  const nowhere =
    failure.type === 'redirect-without-location'
      ? `${start} for ${fileNameOf(finding.url)}, a redirect that names no target.`
      : `${start}, a redirect to ${failure.target ?? 'an address with one of these keys in it'}, which is not a usable http(s) URL.`
  return { title: 'The repository redirects to nowhere', cause: nowhere }
}

/** Who must look where. */
function redirectSteps(finding: AtServer, failure: Redirect, site: JobSite): Pick<Explanation, 'fix' | 'who'> {
  const { host } = finding
  if (failure.type === 'redirect-loop') {
    return { fix: [look(finding, site)], who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site) }
  }
  if (failure.type !== 'redirect-downgrade') {
    return {
      fix: [`Ask whoever runs ${host} to correct the redirect.`, lookElsewhere(finding)],
      who: serverOrBetween(finding, site),
    }
  }
  // A redirect to the same name over http moves nothing.
  return failure.target?.startsWith(`http://${host}/`) === true
    ? {
        fix: [lookElsewhere(finding), `If it is there too, ask whoever runs ${host} to correct it.`],
        who: networkTeam(finding, site),
      }
    : {
        fix: [lookElsewhere(finding), MOVED],
        who: `${networkTeam(finding, site).slice(0, -1)}; if it has moved, anyone who can edit composer.json and this workflow.`,
      }
}

/** An address over http to another machine: a redirect leads there, or the repository names it. */
function insecureWords({ host, url, answeredBy: target }: AtServer): Pick<Explanation, 'title' | 'cause'> {
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
