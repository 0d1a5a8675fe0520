import { type AtServer, answers, evidenceOf, saysFor, severityAtServer, through, withMeaning } from './at-server.js'
import { ADOBE_CAUSES, fileNameOf, isAdobe, LICENCE_OWNER, networkTeam, withServerText } from './phrases.js'
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
    : withServerText(`${answers(finding)} 403 Forbidden for ${fileNameOf(finding.url)}${through(finding)}`, serverText)
  return {
    cause: withMeaning(blocked, finding),
    fix: [...firstSteps(finding, site), lastStep(host)],
    who: isAdobe(host) ? whoAtAdobe(finding, site) : networkTeam(host, site),
    ...(isAdobe(host) ? { background: `New keys would most likely be blocked as well. See ${ADOBE_CAUSES}.` } : {}),
  }
}

/** Whether it is the address, which is the proxy's where there is one. */
function firstSteps({ host, proxy }: AccessForbidden, { selfHosted }: JobSite): string[] {
  if (proxy !== undefined) {
    return [
      `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
      'Or ask for the same URL from another network. If it works there, the address of the proxy is blocked.',
    ]
  }
  return selfHosted === true
    ? ['Ask for the same URL from another network. If it works there, this runner’s address is blocked.']
    : ['Run the job again: a hosted runner gets another address, which may not be blocked.']
}

function lastStep(host: string): string {
  return isAdobe(host)
    ? 'If every network is refused, go through Adobe’s causes: an unpaid invoice, an ended contract, keys of a shared account.'
    : `If every network is refused, ask whoever runs ${host} whether this account may read it.`
}

function whoAtAdobe({ proxy }: AccessForbidden, { selfHosted }: JobSite): string {
  const first =
    proxy === undefined && selfHosted === false ? 'Anyone who can run the job again' : 'The team that runs this network'
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
