import {
  type AtServer,
  answers,
  eachTime,
  evidenceOf,
  saysFor,
  severityOfWait,
  statusOf,
  through,
  withMeaning,
  withWait,
} from './at-server.js'
import { isAdobe, MIRROR, otherwiseServer, RERUNS, withServerText } from './phrases.js'
import { never, type ProblemEntry } from './problem.js'

/** 5xx or 408, also after the retries. */
export interface RepositoryUnavailable extends AtServer {
  readonly code: 'repository-unavailable'
}

export const repositoryUnavailable: ProblemEntry<RepositoryUnavailable> = {
  title: 'The repository is not available',
  atMost: 'error',
  severity: severityOfWait,
  byCredentials: never,
  explain: (finding) => ({
    cause: withMeaning(
      withWait(
        withServerText(
          `${answers(finding)} ${statusOf(finding)}${eachTime(finding)}${through(finding)}: it, or a gateway in front of it, is down or overloaded`,
          finding.serverText,
        ),
        finding,
      ),
      finding,
    ),
    fix: [
      'Run the job again later. Do not create new keys: this is not about the keys.',
      ...(finding.proxy === undefined
        ? []
        : [`Add ${finding.host} to \`no_proxy\` for a try: it may be the proxy that answers.`]),
    ],
    who: otherwiseServer(RERUNS, finding),
    composerSays: saysFor(finding),
    ...(isAdobe(finding.host)
      ? { background: `For Magento Open Source alone, ${MIRROR} serves the same packages without keys.` }
      : {}),
    evidence: evidenceOf(finding),
  }),
}
