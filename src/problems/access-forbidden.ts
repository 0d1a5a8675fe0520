import { type AtServer, answers, evidenceOf, saysFor, severityAtServer, through, withMeaning } from './at-server.js'
import {
  ADOBE_CAUSES,
  askFor,
  EDITS_WORKFLOW,
  fileNameOf,
  isAdobe,
  LICENCE_OWNER,
  networkTeam,
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
    fix: [...firstSteps(finding, site), lastStep(finding, site)],
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

/** Whether it is the address, which is the proxy's where there is one. */
function firstSteps({ host, proxy, url }: AccessForbidden, { selfHosted }: JobSite): string[] {
  if (proxy !== undefined) {
    return [
      `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
      `${askFor(url)} from another network. If the answer there is not 403, the address of the proxy is blocked.`,
    ]
  }
  return selfHosted === true
    ? [`${askFor(url)} from another network. If the answer there is not 403, this runner’s address is blocked.`]
    : ['Run the job again: on a GitHub-hosted runner it gets another address.']
}

function lastStep({ host, proxy }: AccessForbidden, { selfHosted }: JobSite): string {
  if (isAdobe(host)) {
    return 'If every network is refused, go through Adobe’s causes: an unpaid invoice, an ended contract, keys of a shared account.'
  }
  const still = proxy === undefined && selfHosted !== true ? 'If it is refused again' : 'If every network is refused'
  return `${still}, ask whoever runs ${host} whether this account may read it.`
}

function whoElsewhere(finding: AccessForbidden, site: JobSite): string {
  const { proxy } = finding
  if (proxy !== undefined) return otherwiseNetworkTeam(EDITS_WORKFLOW, finding, site)
  return site.selfHosted === true ? networkTeam(finding, site) : otherwiseNetworkTeam(RERUNS, finding, site)
}

function whoAtAdobe({ proxy }: AccessForbidden, { selfHosted }: JobSite): string {
  const runner = selfHosted === true ? 'The team that runs this runner’s network' : 'Anyone who can run the job again'
  const first = proxy === undefined ? runner : 'Anyone who can edit this workflow, or the team that runs the proxy'
  return `${first}; if every network is refused, the primary contact of the MAGEID.`
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
