import { stabilityOf } from '../../composer/versions/stability.js'
import { familyOf } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import { type Archive, archiveFindings, askSample, groupOf } from '../archives.js'
import type { PackagesResult } from '../check-packages.js'
import type { CheckContext } from '../context.js'
import { seenAt } from '../editions.js'
import { gathered } from '../one-cause.js'
import { brokenFile } from './repositories-asked.js'
import { distOfVersion, fittingVersions, type WantedPackage } from './wanted-package.js'

/** One line of the input `packages`. */
export interface RequestedPackage {
  readonly name: string
  readonly constraint: string | undefined
}

/**
 * What `composer create-project` or `composer require` will ask the repository for, name by name.
 *
 * Source of the rule for stability: `CreateProjectCommand::installRootPackage`: that of the constraint, else stable.
 */
export async function checkRequested(
  requested: readonly RequestedPackage[],
  context: CheckContext,
): Promise<PackagesResult> {
  const { main } = context
  const { finding } = await main.access()
  const checked = requested.map(({ name }) => name)
  if (finding !== undefined) return { findings: [finding], checked: [], leftOut: 0 }

  const findings: Finding[] = []
  const archives: Archive[] = []
  for (const { name, constraint } of requested) {
    const wish = wishFor(name, constraint)
    const has = await main.repository.versions(name, wish.dev)
    if (has.kind === 'unusable') {
      if (has.why !== undefined) findings.push(...brokenFile(main, has.why, context))
      continue
    }
    if (has.kind === 'absent') {
      findings.push({
        code: 'package-denied',
        reason: 'not-visible',
        host: main.origin,
        status: undefined,
        packages: [name],
        family: familyOf(name),
        sees: seenAt(main),
        hiddenBy: undefined,
        mayBeElsewhere: false,
        constraint,
        place: undefined,
      })
      continue
    }
    const { best, nearest, unstable, readable } = fittingVersions(wish, has.versions)
    if (best === undefined) {
      if (readable) findings.push(unsatisfied(wish, { nearest, unstable }, main.origin))
      continue
    }
    const urls = best.type === 'metapackage' ? [] : distOfVersion(best)
    const group = groupOf(name, '')
    if (urls.length > 0)
      archives.push({
        name,
        urls,
        group,
        family: familyOf(name),
        hiddenBy: undefined,
        mayBeElsewhere: false,
        place: undefined,
      })
  }
  const asked = await askSample(archives, context)
  return { findings: [...gathered(findings), ...archiveFindings(asked, context)], checked, leftOut: 0 }
}

function wishFor(name: string, constraint: string | undefined): WantedPackage {
  const stability = constraint === undefined ? 'stable' : stabilityOf(constraint)
  return { name, constraint: constraint ?? '*', stability, dev: stability === 'dev' }
}

function unsatisfied(
  { name, constraint, stability }: WantedPackage,
  versions: { readonly nearest: readonly string[]; readonly unstable: boolean },
  host: string,
): Finding {
  return {
    code: 'version-unavailable',
    host,
    status: undefined,
    packages: [name],
    constraint,
    stability,
    ...versions,
    mayBeElsewhere: false,
    place: undefined,
  }
}
