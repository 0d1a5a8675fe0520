import { type AtServer, answers, evidenceOf, saysFor, severityAtServer, statusOf, withMeaning } from './at-server.js'
import { always, type ProblemEntry } from './problem.js'

/** The server says that no keys arrived, although they were sent. */
export interface KeysNotReceived extends AtServer {
  readonly code: 'keys-not-received'
}

export const keysNotReceived: ProblemEntry<KeysNotReceived> = {
  title: 'The keys did not reach the repository',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: always,
  explain: (finding) => ({
    cause: withMeaning(whatTookThem(finding), finding),
    fix: stepsFor(finding),
    who:
      finding.answeredBy === undefined
        ? whoBetween(finding)
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

function whoBetween({ proxy }: AtServer): string {
  return proxy === undefined
    ? 'The team that runs the gateway or mirror.'
    : 'Anyone who can edit this workflow, or the team that runs the proxy.'
}

function stepsFor({ host, answeredBy, proxy }: AtServer): string[] {
  if (answeredBy !== undefined) {
    return [
      `If the repository has moved, use its new URL at ${answeredBy} in composer.json and in \`repository-url\`.`,
      `If it has not moved, ask whoever runs ${host} why it redirects.`,
    ]
  }
  return proxy === undefined
    ? [
        `If ${host} is a mirror of yours, have it send its own keys upstream.`,
        'Otherwise have the gateway in front of it pass the `Authorization` header on.',
      ]
    : [
        `Add ${host} to \`no_proxy\`, if this runner can reach it directly.`,
        'Or have the proxy pass the `Authorization` header on.',
      ]
}
