import { grouped } from '../collections/grouped.js'
import type { Finding } from '../problems/finding.js'
import type { PackageDenied } from '../problems/package-denied.js'
import { vendorOf } from '../problems/vendors.js'

/** Packages that are denied for one cause make one finding, at the first one's line. */
export function joinedByCause(findings: readonly Finding[]): Finding[] {
  const causes = grouped(findings, (finding) => (finding.code === 'package-denied' ? causeOf(finding) : finding))
  return [...causes.values()].flatMap((same): Finding[] => {
    const [first] = same
    if (first?.code !== 'package-denied') return same
    return [{ ...first, packages: same.flatMap(({ packages }) => packages) }]
  })
}

/** What must be put right: who withholds, how, and, as far as the remedy differs, what. */
function causeOf(finding: PackageDenied): string {
  const { reason, host, status, packages } = finding
  const same = [reason, host, status]
  switch (finding.reason) {
    case 'archive':
    case 'not-visible': {
      const { mayBeElsewhere, hiddenBy } = finding
      const cloned = finding.reason === 'archive' ? finding.cloned : 'no'
      return JSON.stringify([
        ...same,
        mayBeElsewhere,
        cloned,
        hiddenBy,
        finding.family,
        vendorOf(packages[0] ?? '')?.name,
      ])
    }
    case 'filtered':
      return JSON.stringify([...same, finding.mayBeElsewhere, finding.filter])
    case 'relative-url':
      return JSON.stringify([...same, finding.cloned, finding.hiddenBy])
  }
}
