import type { Failure } from '../server/failure.js'
import { evidenceOf } from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import type { AtServer, CatalogueEntry, Explanation } from './finding.js'
import { ASK_WITHOUT_KEYS, NETWORK_TEAM } from './phrases.js'

export const repositoryUnreachable: CatalogueEntry<'repository-unreachable'> = {
  title: 'The repository cannot be reached',
  atMost: 'error',
  explain(finding) {
    const { what, why, look } = unreachable(finding, finding.failure)
    return {
      what,
      composerSays: connectionFailureSays(finding.url, finding.failure),
      why,
      fix: [
        'Run the job again: the trouble may have passed.',
        ...look,
        'If this network needs a proxy, set `https_proxy` for the job; Composer and this action read it.',
      ],
      who: NETWORK_TEAM,
      evidence: evidenceOf(finding),
    }
  },
  documentation: {
    see: 'No answer: the name does not resolve, the connection is refused or reset, or nothing comes within the time limit. Composer says “curl error 6”, “7”, “28”, “52” or “56”.',
    means:
      'The network between the runner and the repository, or the repository itself, is the cause; never the keys. A time-out is an error here although Composer would wait up to 300 seconds: raise `timeout` if the network is slow.',
    fix: ['Run the job again.', 'Check DNS, firewall and proxy on the runner.', 'Raise `timeout` on slow networks.'],
    who: 'The network team.',
    verify: ASK_WITHOUT_KEYS,
  },
}

export const proxyFailed: CatalogueEntry<'proxy-failed'> = {
  title: 'The proxy does not let the request through',
  atMost: 'error',
  explain(finding) {
    const { what, why, fix } = proxyTrouble(finding)
    const composerSays = connectionFailureSays(finding.url, finding.failure)
    // Of a variable that cannot be used nobody but its author needs to know more.
    const asked = finding.failure.type === 'proxy-refused' || finding.failure.type === 'proxy-unreachable'
    return { what, composerSays, why, fix, who: NETWORK_TEAM, ...(asked ? { evidence: evidenceOf(finding) } : {}) }
  },
  documentation: {
    see: 'The proxy that `https_proxy` or `http_proxy` names cannot be reached, refuses the tunnel, or wants credentials (407). Composer says “CONNECT tunnel failed” or “Unable to use a proxy”.',
    means:
      'Composer sends requests through the proxy of the environment: `https_proxy` for https (before Composer 2.8 `http_proxy` too), except for hosts in `no_proxy`.',
    fix: [
      'Correct the variable; credentials go into it as `http://user:password@proxy:port`, percent-encoded.',
      'Or add the host to `no_proxy`.',
      'Ask the network team to allow the host.',
    ],
    who: 'The network team.',
    verify: ASK_WITHOUT_KEYS,
  },
}

function unreachable(
  { host, proxy }: AtServer,
  failure: Failure,
): Pick<Explanation, 'what' | 'why'> & { look: string[] } {
  const reach = `On a self-hosted runner, in a container or behind a firewall, see that ${host} can be reached there on its port.`
  const way = proxy === undefined ? '' : ` through the proxy ${proxy}`
  switch (failure.type) {
    case 'dns':
      return {
        what: failure.unknown
          ? `The name ${failure.host} could not be resolved: DNS does not know it.`
          : `The name ${failure.host} could not be resolved: DNS gave no answer.`,
        why: failure.unknown
          ? 'The name is misspelt, or it is known only in another network than this runner’s.'
          : 'This runner is offline, or cannot reach the DNS server that it is told to ask.',
        look: [
          ...(failure.unknown ? ['Compare the spelling of the host with `repository-url` and composer.json.'] : []),
          `On a self-hosted runner or in a container, ask there with \`getent hosts ${failure.host}\` and correct the DNS server (for a container: \`--dns\`).`,
        ],
      }
    case 'refused':
      return {
        what: `${host} refused the connection${way}.`,
        why: 'Nothing listens on that port, or a firewall refuses it.',
        look: [reach],
      }
    case 'reset':
      return {
        what: `The connection to ${host}${way} was reset.`,
        why: 'The server or a firewall in between broke it off.',
        look: [reach],
      }
    case 'closed':
      return {
        what: `${host} closed the connection${way} without an answer.`,
        why: 'The server or a gateway in front of it gave up.',
        look: [reach],
      }
    case 'leaves-machine':
      return {
        what: `The name ${host} leads to another machine here, so nothing was sent there over http.`,
        why: 'Over http everybody on the way could read the keys. What Composer would get there was not seen.',
        look: ['Use https, or correct what the name stands for (`/etc/hosts`, DNS).'],
      }
    case 'connect-timeout':
      return {
        what: `No connection to ${host}${way} within ${inSeconds(failure.seconds)}.`,
        why: 'A firewall that drops packets looks like this, and so does a server that is down.',
        look: [reach],
      }
    case 'timeout':
      return {
        what: `No complete answer from ${host}${way} within ${inSeconds(failure.seconds)}.`,
        why: 'The network or the server is too slow, or hangs. This action stops at its `timeout`; Composer would wait up to 300 seconds.',
        look: ['If the network is slow, raise `timeout`.', reach],
      }
    default:
      return {
        what: `The connection to ${host}${way} failed${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
        why: 'This runner has no way to the server.',
        look: [reach],
      }
  }
}

function proxyTrouble({
  host,
  proxy,
  failure,
}: AtServer & { failure: Failure }): Pick<Explanation, 'what' | 'why' | 'fix'> {
  const bypass = `Or add ${host} to \`no_proxy\`, if this runner can reach it directly.`
  switch (failure.type) {
    case 'proxy-refused':
      return failure.status === 407
        ? {
            what: `The proxy ${proxy} asks for credentials (407 Proxy Authentication Required).`,
            why: 'The proxy variable holds no user name and password, or wrong ones.',
            fix: [
              'Put them into the variable, percent-encoded, from a secret: `http://user:password@proxy:port`.',
              bypass,
            ],
          }
        : {
            what: `The proxy ${proxy} answered ${failure.status} and made no connection to ${host}.`,
            why: 'The proxy does not allow this host, or cannot reach it itself.',
            fix: [`Ask for ${host} to be allowed.`, bypass],
          }
    case 'proxy-malformed':
      return {
        what: `The variable ${failure.variable} does not hold the URL of a proxy.`,
        why: 'Composer reads it before every request and stops.',
        fix: [`Set ${failure.variable} to a URL such as \`http://proxy.example.com:3128\`, or unset it.`],
      }
    case 'proxy-unsupported':
      return {
        what: `The variable ${failure.variable} names a proxy of a kind that this action does not speak, so nothing was asked.`,
        why: 'Only http and https proxies are supported here. Composer hands other kinds to curl, which may know them.',
        fix: ['Use an http proxy, or set `check: off` for this step.'],
      }
    case 'leaves-machine':
      return {
        what: `The proxy ${proxy} is on another machine, so nothing was sent to ${host} over http.`,
        why: 'The proxy and everybody on the way to it could read the keys. What Composer would get was not seen.',
        fix: [`Add ${host} to \`no_proxy\`: it is meant for this machine.`],
      }
    default:
      return {
        what: `The proxy ${proxy} cannot be reached${'code' in failure && failure.code !== undefined ? ` (${failure.code})` : ''}.`,
        why: 'Its name does not resolve, nothing listens there, or its certificate is not trusted.',
        fix: ['Correct the proxy variable of this job.', bypass],
      }
  }
}

function inSeconds(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10
  return `${rounded} second${rounded === 1 ? '' : 's'}`
}
