import { grouped } from '../collections/grouped.js'
import type { Finding } from '../problems/finding.js'
import type { ArchiveRefused, NotVisible, PackageDenied } from '../problems/package-denied.js'
import { isAdobe } from '../problems/phrases.js'
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
  const { reason, host, status } = finding
  const same = [reason, host, status]
  switch (finding.reason) {
    case 'archive':
      return JSON.stringify([...same, finding.mayBeElsewhere, finding.cloned, finding.hiddenBy, ...remedyOf(finding)])
    case 'not-visible':
      return JSON.stringify([...same, finding.mayBeElsewhere, finding.hiddenBy, ...remedyOf(finding)])
    case 'filtered':
      return JSON.stringify([...same, finding.mayBeElsewhere, finding.filter])
    case 'metadata':
      return JSON.stringify(same)
    case 'relative-url':
      return JSON.stringify([...same, finding.cloned, finding.hiddenBy])
  }
}

/** What decides the steps: at Adobe what the account must be entitled to, elsewhere whether it may be a mirror of that. */
function remedyOf({ host, family, packages: [first = ''] }: ArchiveRefused | NotVisible): readonly unknown[] {
  return isAdobe(host) ? [family, vendorOf(first)?.name] : [family !== 'extension']
}
