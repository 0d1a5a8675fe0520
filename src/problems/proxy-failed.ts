import type { Failure } from '../server/failure.js'
import { type AtServer, evidenceOf, failsCommand } from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import { whoEdits } from './people.js'
import { type Explanation, never, type ProblemEntry } from './problem.js'

/** The proxy in between fails or refuses. */
export interface ProxyFailed extends AtServer {
  readonly code: 'proxy-failed'
  readonly failure: Failure
  /** The variable that names the proxy; undefined where its value is no proxy that could be asked. */
  readonly variable: string | undefined
  readonly hasCredentials: boolean
}

export const proxyFailed: ProblemEntry<ProxyFailed> = {
  title: 'The proxy does not work for this repository',
  atMost: 'error',
  severity: (finding) => (UNTRIED.includes(finding.failure.type) || !failsCommand(finding) ? 'warning' : 'error'),
  byCredentials: never,
  explain(finding) {
    // Of a variable that cannot be used nobody but its author needs to know more.
    const asked = finding.failure.type === 'proxy-refused' || finding.failure.type === 'proxy-unreachable'
    return {
      ...wordsFor(finding),
      composerSays: connectionFailureSays(finding.url, finding.failure),
      ...(asked ? { evidence: evidenceOf(finding) } : {}),
    }
  },
}

/** Nothing is known, neither good nor bad: only curl can speak to the proxy, or the keys must not go there. */
const UNTRIED: readonly Failure['type'][] = ['proxy-unsupported', 'leaves-machine']

const AUTHOR = `${whoEdits('workflow')}, or the runner’s settings.`

function wordsFor({
  host,
  proxy,
  failure,
  variable: name,
  hasCredentials,
}: ProxyFailed): Omit<Explanation, 'composerSays'> {
  const variable = name === undefined ? 'the variable of the proxy' : `\`${name}\``
  const bypass = `Or add ${host} to \`no_proxy\`, if this runner can reach it directly.`
  switch (failure.type) {
    case 'proxy-refused':
      return failure.status === 407
        ? {
            title: 'The proxy asks for a user name and password',
            cause: `The proxy ${proxy} asks for credentials (407): ${hasCredentials ? `those in ${variable} are wrong` : `${variable} holds none`}.`,
            fix: [
              `Put ${hasCredentials ? 'the right ones' : 'them'} into ${variable}, percent-encoded and from a secret: \`http://user:password@proxy:port\`.`,
              bypass,
            ],
            who: `${whoEdits('workflow', 'secrets')}, with the team that runs the proxy.`,
          }
        : {
            title: 'The proxy refuses the connection',
            cause: `The proxy ${proxy} answers ${failure.status} and does not connect to ${host}.`,
            fix: [`Ask the team that runs the proxy to allow ${host}.`, bypass],
            who: 'The team that runs the proxy, or anyone who can edit this workflow.',
          }
    case 'proxy-malformed':
      return {
        title: 'The proxy variable holds no usable URL',
        cause: `The variable ${failure.variable} does not hold the URL of a proxy, and Composer stops at it.`,
        fix: [`Set ${failure.variable} to a URL such as \`http://proxy.example.com:3128\`, or unset it.`],
        who: AUTHOR,
      }
    case 'proxy-unsupported':
      return {
        title: 'Not checked: this kind of proxy is not supported',
        cause: `The variable ${failure.variable} names a proxy that is neither http nor https (for example SOCKS), so nothing was checked. Composer may still work.`,
        fix: ['Use an http proxy, or set `check: off` for this step.'],
        who: AUTHOR,
      }
    case 'leaves-machine':
      return {
        title: 'Not checked: the proxy is on another machine',
        cause: `${host} is asked over http, and the proxy ${proxy} is on another machine: on the way there the keys could be read, so nothing was sent.`,
        fix: [`Add ${host} to \`no_proxy\`: that address is this machine’s own.`],
        who: AUTHOR,
      }
    default:
      return {
        title: 'The proxy cannot be reached',
        cause: `The proxy ${proxy} cannot be reached${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
        fix: [
          `Correct ${variable}, which names this proxy.`,
          bypass,
          'If it is right, ask the team that runs the proxy.',
        ],
        who: `${AUTHOR.slice(0, -1)}; if the variable is right, the team that runs the proxy.`,
      }
  }
}
