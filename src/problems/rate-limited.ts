import {
  type AtServer,
  answers,
  causeOfBusy,
  eachTime,
  evidenceOf,
  ifItFails,
  saysFor,
  severityOfWait,
} from './at-server.js'
import { never, type ProblemEntry } from './problem.js'

/** 429. */
export interface RateLimited extends AtServer {
  readonly code: 'rate-limited'
}

export const rateLimited: ProblemEntry<RateLimited> = {
  title: 'Too many requests to the repository',
  atMost: 'error',
  severity: severityOfWait,
  byCredentials: never,
  explain: (finding) => ({
    cause: causeOfBusy(
      `${answers(finding)} 429 Too Many Requests${eachTime(finding)}, so it limits this account or address`,
      finding,
    ),
    fix: [
      ifItFails('Run the job again later.', finding),
      'Start fewer jobs at the same time, and cache Composer’s files between them.',
    ],
    who: 'Anyone who can edit this workflow.',
    composerSays: saysFor(finding),
    evidence: evidenceOf(finding),
  }),
}
