import { weigh } from '../check/verdict.js'
import { bySeverity } from '../problems/catalogue.js'
import type { Outcome } from '../report/outcome.js'
import { harmless } from '../report/shown-finding.js'
import type { Redaction } from '../text/redaction.js'
import type { Downloads } from './downloads.js'

/**
 * What a run comes to when Composer's part and the downloads are taken together. An error of either is one of the step; a
 * part of Composer's that was skipped stays so for the steps that ask.
 *
 * @param redaction takes out everything that is secret in this run, since one server may serve both
 */
export function withDownloads(
  { outcome, redaction }: { readonly outcome: Outcome; readonly redaction: Redaction },
  downloads: Downloads | undefined,
): Outcome {
  if (downloads === undefined) return outcome
  const { findings, ...facts } = downloads
  // By themselves: whatever is wrong with the downloads, Composer can have nothing to do with it.
  const own = weigh(findings, { version: undefined, mainAsked: false, composerManages: true })
  const shown = own.map(({ finding, severity }) => ({ finding: harmless(finding, redaction), severity }))
  const failed = own.some(({ severity }) => severity === 'error')
  return {
    ...outcome,
    status: failed ? 'problems' : outcome.status,
    problems: [...outcome.problems, ...shown].toSorted(bySeverity),
    downloads: facts,
  }
}
