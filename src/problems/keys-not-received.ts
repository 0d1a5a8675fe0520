import { type AtServer, answers, evidenceOf, saysFor, severityAtServer, statusOf, withMeaning } from './at-server.js'
import { teamBetween } from './phrases.js'
import { always, type JobSite, type ProblemEntry } from './problem.js'

/** The server says that no keys arrived, although they were sent. */
export interface KeysNotReceived extends AtServer {
  readonly code: 'keys-not-received'
}

export const keysNotReceived: ProblemEntry<KeysNotReceived> = {
  title: 'The keys did not reach the repository',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: always,
  explain: (finding, site) => ({
    cause: withMeaning(whatTookThem(finding), finding),
    fix: stepsFor(finding, site),
    who:
      finding.answeredBy === undefined
        ? whoBetween(finding, site)
        : `Anyone who can edit composer.json and this workflow; if it has not moved, whoever runs ${finding.host}.`,
    composerSays: saysFor(finding),
    background: 'New keys would not help: the server has not seen these.',
    evidence: evidenceOf(finding),
  }),
}

function whatTookThem(finding: AtServer): string {
  const { host, answeredBy, proxy } = finding
  if (answeredBy !== undefined) {
    return `${answers(finding)} ${statusOf(finding)} and says that no keys arrived: those for ${host} are sent to no other host.`
  }
  return proxy === undefined
    ? `${host} says that no keys arrived, although they were sent: a gateway or mirror in between removed them.`
    : `${host} says that no keys arrived, although they were sent: the proxy ${proxy} probably removed them.`
}

function whoBetween(finding: AtServer, site: JobSite): string {
  if (finding.proxy !== undefined) return 'Anyone who can edit this workflow, or the team that runs the proxy.'
  const team = teamBetween(finding, site)
  return `Whoever runs ${finding.host}${team === undefined ? '' : `; otherwise the team that runs ${team}`}.`
}

function stepsFor(finding: AtServer, site: JobSite): string[] {
  const { host, answeredBy, proxy } = finding
  const team = teamBetween(finding, site)
  if (answeredBy !== undefined) {
    return [
      `If the repository has moved, use its new URL at ${answeredBy} in composer.json and in \`repository-url\`.`,
      `If it has not moved, ask whoever runs ${host} why it redirects.`,
    ]
  }
  return proxy === undefined
    ? [
        `If ${host} is a mirror of yours, have it send its own keys upstream.`,
        `Otherwise ask whoever runs ${host} whether a gateway in front of it passes the \`Authorization\` header on${team === undefined ? '' : `; if it does, something in ${team} removes it`}.`,
      ]
    : [
        `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
        'Or have the proxy pass the `Authorization` header on.',
      ]
}
