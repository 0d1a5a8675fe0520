import type { Finding } from '../problems/finding.js'
import type { PackageDenied } from '../problems/package-denied.js'
import { vendorOf } from '../problems/vendors.js'

/** Packages that are denied for one cause make one finding, at the first one's line. */
export function gathered(findings: readonly Finding[]): Finding[] {
  const causes = new Map<string, Finding>()
  for (const [index, finding] of findings.entries()) {
    const cause = finding.code === 'package-denied' ? causeOf(finding) : `${index}`
    const other = causes.get(cause)
    if (other?.code === 'package-denied') {
      causes.set(cause, { ...other, packages: [...other.packages, ...finding.packages] })
    } else causes.set(cause, finding)
  }
  return [...causes.values()]
}

/** What must be put right: who withholds, how, and, as far as the remedy differs, what. */
function causeOf(finding: PackageDenied): string {
  const { reason, host, status, mayBeElsewhere, packages } = finding
  const same = [reason, host, status, mayBeElsewhere]
  switch (finding.reason) {
    case 'archive':
    case 'not-visible':
      return JSON.stringify([...same, finding.hiddenBy, finding.family, vendorOf(packages[0] ?? '')?.name])
    case 'filtered':
      return JSON.stringify([...same, finding.filter])
    case 'relative-url':
      return JSON.stringify([...same, finding.hiddenBy])
  }
}
