import {
  type AtServer,
  answers,
  causeOfBusy,
  eachTime,
  evidenceOf,
  ifItFails,
  saysFor,
  severityOfWait,
  statusOf,
  through,
} from './at-server.js'
import { bypassToTest, isAdobe, MIRROR, otherwiseServer, RERUNS, TRY_AGAIN_LATER } from './phrases.js'
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
    cause: causeOfBusy(
      `${answers(finding)} ${statusOf(finding)}${eachTime(finding)}${through(finding)}: it, or a gateway in front of it, is down or overloaded`,
      finding,
    ),
    fix: [ifItFails(TRY_AGAIN_LATER, finding), ...bypassToTest(finding)],
    who: otherwiseServer(RERUNS, finding),
    composerSays: saysFor(finding),
    ...(isAdobe(finding.host)
      ? { background: `For Magento Open Source alone, ${MIRROR} serves the same packages without keys.` }
      : {}),
    evidence: evidenceOf(finding),
  }),
}
