import { type AtServer, answers, evidenceOf, saysFor, severityAtServer, through, withMeaning } from './at-server.js'
import {
  ADOBE_CAUSES,
  askFor,
  EDITS_WORKFLOW,
  fileNameOf,
  isAdobe,
  LICENCE_OWNER,
  lowered,
  otherwiseNetworkTeam,
  RERUNS,
  withServerText,
} from './phrases.js'
import { always, type Explanation, type JobSite, type ProblemEntry } from './problem.js'

/** 403 for packages.json. */
export interface AccessForbidden extends AtServer {
  readonly code: 'access-forbidden'
}

export const accessForbidden: ProblemEntry<AccessForbidden> = {
  title: 'The repository forbids access',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: always,
  explain: (finding, site) => ({
    ...wordsFor(finding, site),
    composerSays: saysFor(finding),
    evidence: evidenceOf(finding),
  }),
}

function wordsFor(finding: AccessForbidden, site: JobSite): Pick<Explanation, 'cause' | 'fix' | 'who' | 'background'> {
  const { host, serverText } = finding
  // A firewall sends a page of its own; a sentence in JSON is the repository's.
  if (isAdobe(host) && serverText !== undefined) return accountRefused(finding, serverText)
  const blocked = isAdobe(host)
    ? `${host} answers 403${through(finding)}: a firewall seems to block this ${finding.proxy === undefined ? 'runner' : 'runner or the proxy'}. Wrong keys would get 401.`
    : refusedElsewhere(finding)
  return {
    cause: withMeaning(blocked, finding),
    fix: stepsFor(finding, site),
    who: isAdobe(host) ? whoAtAdobe(finding, site) : whoElsewhere(finding, site),
    ...(isAdobe(host) ? { background: `New keys would most likely be blocked as well. See ${ADOBE_CAUSES}.` } : {}),
  }
}

function refusedElsewhere(finding: AccessForbidden): string {
  const { proxy, serverText, url } = finding
  const start = `${answers(finding)} 403 Forbidden for ${fileNameOf(url)}${through(finding)}`
  if (serverText !== undefined) return withServerText(start, serverText)
  const address = proxy === undefined ? 'this runner’s address' : 'the proxy’s address'
  return `${start}: it blocks ${address}, or this account may not read it.`
}

/**
 * First whether it is the address, which is the proxy's where there is one. Without credentials every network gets 401, or
 * the same 403, unless its address is blocked: so two networks are compared.
 */
function stepsFor({ host, proxy, url }: AccessForbidden, { selfHosted }: JobSite): string[] {
  const account = isAdobe(host)
    ? 'check the causes that Adobe names: an unpaid invoice, an ended contract, keys of a shared account.'
    : `ask whoever runs ${host} whether this account may read it${selfHosted === false && proxy === undefined ? ', and whether GitHub’s runners are blocked' : ''}.`
  const command = askFor(url)
  const compared = (there: string, what: string) => {
    const allow = isAdobe(host) ? '' : `, or ask whoever runs ${host} to allow it`
    return `${there} and in another network, without credentials: if only the first gets 403, this ${what} is blocked: use another${allow}.`
  }
  if (proxy !== undefined) {
    const there = selfHosted === false ? 'in a step of this job' : 'on this runner'
    return [
      `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
      `If not, ${lowered(command)} ${compared(there, 'proxy')}`,
      `If it is not blocked, ${account}`,
    ]
  }
  const again = 'Run the job again: on a GitHub-hosted runner it gets another address.'
  switch (selfHosted) {
    case true:
      return [`${command} ${compared('on this runner', 'runner')}`, `If it is not blocked, ${account}`]
    case false:
      return [again, `If it is refused again, ${account}`]
    case undefined:
      return [
        again,
        `On a self-hosted runner, ${lowered(command)} ${compared('there', 'runner')}`,
        `Otherwise, ${account}`,
      ]
  }
}

function whoElsewhere(finding: AccessForbidden, site: JobSite): string {
  const { proxy } = finding
  if (proxy !== undefined) return otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site)
  return site.selfHosted === true
    ? `The team that runs this runner’s network, with whoever runs ${finding.host}.`
    : otherwiseNetworkTeam(RERUNS, finding, site)
}

function whoAtAdobe({ proxy }: AccessForbidden, { selfHosted }: JobSite): string {
  const atRunner =
    selfHosted === true
      ? ['The team that runs this runner’s network']
      : [RERUNS, ...(selfHosted === false ? [] : ['the team that runs this runner’s network'])]
  const first = proxy === undefined ? atRunner : [EDITS_WORKFLOW, 'the team that runs the proxy']
  return `${first.join(', or ')}; if the address is not blocked, the primary contact of the MAGEID.`
}

function accountRefused(finding: AccessForbidden, serverText: string) {
  return {
    cause: withMeaning(
      withServerText(`${finding.host} knows these keys and refuses the account (HTTP 403)`, serverText),
      finding,
    ),
    fix: [
      'Check for an unpaid invoice or an ended contract; once it is settled, create new keys.',
      'Use keys that the licence owner created in the account that holds the licence now, not in a shared account.',
    ],
    who: LICENCE_OWNER,
    background: `See ${ADOBE_CAUSES}.`,
  }
}
