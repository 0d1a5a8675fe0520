import type { Failure } from '../server/failure.js'
import { type AtServer, evidenceOf, ifItFails, severityAtServer, through, withMeaning } from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import { whoEdits } from './people.js'
import {
  addressAt,
  EDITS_WORKFLOW,
  inSeconds,
  isAdobe,
  lowered,
  otherwiseNetworkTeam,
  RERUNS,
  TRY_AGAIN,
} from './phrases.js'
import { type Explanation, type JobSite, never, type ProblemEntry } from './problem.js'

/** No answer: the name, the connection or the time failed. */
export interface RepositoryUnreachable extends AtServer {
  readonly code: 'repository-unreachable'
  readonly failure: Failure
}

export const repositoryUnreachable: ProblemEntry<RepositoryUnreachable> = {
  title: 'The repository cannot be reached',
  atMost: 'error',
  // Where nothing was sent nothing was seen, neither good nor bad.
  severity: (finding) => (UNSENT.includes(finding.failure.type) ? 'warning' : severityAtServer(finding)),
  byCredentials: never,
  explain(finding, site) {
    const { cause, fix, who = otherwiseNetworkTeam(RERUNS, finding, site), ...rest } = unreachable(finding, site)
    return {
      ...rest,
      cause: withMeaning(cause, finding),
      fix,
      who,
      composerSays: connectionFailureSays(finding.url, finding.failure),
      evidence: evidenceOf(finding),
    }
  },
}

/** Where the keys must not go, and where no time was left. */
const UNSENT: readonly Failure['type'][] = ['leaves-machine', 'out-of-time']

type Words = Pick<Explanation, 'cause' | 'fix'> & {
  readonly who?: string
  readonly title?: string
  readonly background?: string
}

function unreachable(finding: RepositoryUnreachable, site: JobSite): Words {
  const { host, failure } = finding
  const way = through(finding)
  const again = ifItFails(TRY_AGAIN, finding)
  const check =
    site.selfHosted === false
      ? []
      : [
          `On this runner, check that a firewall lets ${host} through${finding.proxy === undefined ? `, or set \`${new URL(finding.url).protocol === 'https:' ? 'https_proxy' : 'http_proxy'}\` if it needs a proxy` : ''}.`,
        ]
  switch (failure.type) {
    case 'dns':
      return unresolved(finding, failure, site)
    case 'refused':
      return refused(finding, check, site)
    case 'reset':
      return { cause: `The connection to ${host}${way} was reset by the server or a firewall.`, fix: [again, ...check] }
    case 'closed':
      return {
        cause: `${host} closed the connection${way} without an answer: it is overloaded, or a firewall cut it off.`,
        fix: [again, ...check],
      }
    case 'leaves-machine':
      return {
        title: 'Not checked: the host is on another machine',
        cause: `The name ${host} leads to another machine here, so nothing was sent there over http, where the keys could be read.`,
        fix: ['Use https, or correct what the name stands for (`/etc/hosts`, DNS).'],
        who: `${whoEdits('workflow')}, or the runner’s settings.`,
      }
    case 'out-of-time':
      return {
        title: 'Not checked: this step’s time was used up',
        cause: `Nothing was asked of ${host}: reading the project, or asking other servers, took all the time that this step gives to its requests.`,
        fix: [
          'Raise the input `timeout`: all requests together get twice that for each try, and 180 seconds at most.',
          'Or set `check: access`, which reads no project.',
        ],
        who: `${EDITS_WORKFLOW}.`,
      }
    case 'connect-timeout':
      return {
        cause: `No connection to ${host}${way} within ${inSeconds(failure.seconds)}: a firewall drops the packets, or the server is down.`,
        fix: [again, ...check],
      }
    case 'timeout':
      return {
        title: 'The repository did not answer in time',
        cause: `No complete answer from ${host}${way} within ${inSeconds(failure.seconds)}. Composer would wait up to 300 seconds.`,
        fix: [
          ifItFails(
            failure.budget
              ? 'Raise the input `retries` or `timeout`.'
              : `Raise the input \`timeout\` (now ${inSeconds(failure.seconds)}).`,
            finding,
          ),
          `Or ${lowered(TRY_AGAIN)}`,
          ...check,
        ],
        who: otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site),
      }
    default:
      return {
        cause: `The connection to ${host}${way} failed${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
        fix: [again, ...check],
      }
  }
}

/** A wrong address in the settings is as likely as a network; of Adobe's there is only one. */
function refused(finding: RepositoryUnreachable, check: readonly string[], site: JobSite): Words {
  const { host } = finding
  const { where, file } = addressAt(finding.place)
  const cause = `${host} refused the connection${through(finding)}: nothing listens there, or a firewall refuses it.`
  const again = ifItFails(TRY_AGAIN, finding)
  if (isAdobe(host)) return { cause, fix: [again, ...check] }
  return {
    cause,
    fix: [again, `Check the host and port in ${where}.`, ...check],
    who: otherwiseNetworkTeam(`${RERUNS}; to correct the address, ${lowered(whoEdits(file))}`, finding, site),
  }
}

/** What the steps for an unknown name need of those who run a network. */
function whatForTeam({ selfHosted }: JobSite): string {
  if (selfHosted === undefined) return 'a self-hosted runner or DNS'
  return selfHosted ? 'DNS' : 'a self-hosted runner'
}

function unresolved(
  finding: RepositoryUnreachable,
  { host, unknown }: Extract<Failure, { type: 'dns' }>,
  site: JobSite,
): Words {
  const dns = `On this runner or in its container, check DNS: \`getent hosts ${host}\` must print an address.`
  const look = site.selfHosted === false ? [] : [dns]
  const again = ifItFails(TRY_AGAIN, finding)
  if (!unknown) return { cause: `DNS gave no answer for ${host}.`, fix: [again, ...look] }
  if (isAdobe(host)) return { cause: `DNS does not know ${host} on this runner.`, fix: [again, ...look] }
  const { where, file } = addressAt(finding.place)
  return {
    cause: `DNS does not know the host ${host}: it is misspelled, or known only in another network.`,
    fix: [
      `Check the spelling of the host in ${where}.`,
      ...(site.selfHosted === true
        ? []
        : [`If ${host} is known only in your own network, use a self-hosted runner there.`]),
      ...look,
    ],
    who: `${whoEdits(file)}; for ${whatForTeam(site)}, the team that runs ${site.selfHosted === false ? 'your' : 'that'} network.`,
  }
}
