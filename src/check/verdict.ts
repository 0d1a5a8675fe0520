import { atMost, bySeverity } from '../problems/catalogue.js'
import type { Finding, FindingOf, Problem, Severity } from '../problems/finding.js'

/** What is known when the findings of a run are weighed. */
export interface Circumstances {
  /**
   * Whether the installed Composer reads packages.json also on `install` with a lock, and fails on a 200 that is not
   * JSON: since 2.10. Undefined when that is not known.
   */
  readonly readsRootOnInstall: boolean | undefined
}

/** Findings with their severities, most severe first. A key's shape stands before the rejection that it explains. */
export function weigh(findings: readonly Finding[], circumstances: Circumstances): Problem[] {
  const rejected = findings.some(({ code }) => code === 'keys-rejected')
  const problems = findings.map((finding) => ({
    finding,
    severity: atMost(finding.code, severityOf(finding, rejected, circumstances)),
  }))
  return problems.toSorted((a, b) => bySeverity(a, b) || Number(isShape(b.finding)) - Number(isShape(a.finding)))
}

function severityOf(finding: Finding, rejected: boolean, { readsRootOnInstall }: Circumstances): Severity {
  switch (finding.code) {
    case 'keys-malformed':
      if (finding.shape === 'surrounding-white-space') return 'notice'
      // Accepted all the same, or nobody asked: then it is an opinion about a form that Adobe does not promise.
      return rejected ? 'error' : 'warning'
    case 'access-forbidden':
    case 'repository-not-found':
    case 'rate-limited':
    case 'repository-unavailable':
      return finding.lockDecides ? 'warning' : 'error'
    case 'unexpected-answer':
      if (!finding.lockDecides) return 'error'
      return isPageInPlaceOfJson(finding) && readsRootOnInstall === true ? 'error' : 'warning'
    case 'proxy-failed':
      // Of a proxy that only curl can speak to nothing is known, neither good nor bad.
      return finding.failure.type === 'proxy-unsupported' ? 'warning' : 'error'
    default:
      return 'error'
  }
}

/** Whether the verdict on these findings depends on the version of the installed Composer. */
export function dependsOnVersion(findings: readonly Finding[]): boolean {
  return findings.some(
    (finding) => finding.code === 'unexpected-answer' && finding.lockDecides && isPageInPlaceOfJson(finding),
  )
}

function isPageInPlaceOfJson(finding: FindingOf<'unexpected-answer'>): boolean {
  return finding.what.type === 'not-json'
}

function isShape({ code }: Finding): boolean {
  return code === 'keys-malformed'
}
