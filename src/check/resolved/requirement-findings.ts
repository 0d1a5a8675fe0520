import type { Manifest, Requirement } from '../../composer/manifest.js'
import { familyOf } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import type { Place } from '../../problems/problem.js'
import type { CheckContext } from '../context.js'
import { seenAt } from '../editions.js'
import { brokenFile } from './asked-repositories.js'
import { isLeftToGit, isVirtual, type Resolved } from './resolved-requirement.js'
import type { ServingRepository } from './serving-repositories.js'
import { fittingVersions, wantedPackage } from './wanted-package.js'

/** What is wrong with a root requirement, by what became of it. What may come from version control is noted as not checked. */
export function requirementFindings(
  requirement: Requirement,
  result: Resolved,
  manifest: Manifest,
  context: CheckContext,
): Finding[] {
  const { name } = requirement
  if (isLeftToGit(requirement, result)) {
    context.unchecked.addPackage(name)
    return []
  }
  switch (result.kind) {
    case 'satisfied':
    case 'unasked':
      return []
    case 'unserved': {
      const { named } = result.by
      // A failing packages.json is reported with its repository.
      return named === undefined || named.answered?.finding !== undefined
        ? []
        : brokenFile(named, result.why, context).map((finding) => refusedFor(name, finding) ?? finding)
    }
    case 'filtered':
      return [
        {
          ...deniedAs(requirement, manifest),
          reason: 'filtered',
          host: context.main.origin,
          filter: result.filter,
          mayBeElsewhere: result.mayBeElsewhere || isVirtual(requirement.name),
        },
      ]
    case 'absent': {
      const blamed = repositoryWithout(result.without, context)
      return [
        {
          ...deniedAs(requirement, manifest),
          reason: 'not-visible',
          host: blamed?.origin,
          family: familyOf(requirement.name),
          sees: seenAt(blamed?.named),
          hiddenBy: undefined,
          mayBeElsewhere: result.mayBeElsewhere ?? (isVirtual(requirement.name) ? { kind: 'package' } : undefined),
          constraint: undefined,
          lockedVersion: requirement.lockedVersion,
          temporary: requirement.temporary,
        },
      ]
    }
    case 'unsatisfied':
      return unsatisfied(requirement, result, manifest)
  }
}

/** What a repository refuses to say of one package, whose file it is; undefined where it is about more than that. */
export function refusedFor(name: string, finding: Finding): Finding | undefined {
  if (finding.code !== 'keys-rejected' && finding.code !== 'access-forbidden') return undefined
  const { host, url, status, serverText, place } = finding
  if (status === undefined || !url.toLowerCase().includes(`/${name}`)) return undefined
  return { code: 'package-denied', reason: 'metadata', host, url, status, serverText, packages: [name], place }
}

function deniedAs(requirement: Requirement, manifest: Manifest) {
  return {
    code: 'package-denied',
    status: undefined,
    packages: [requirement.name],
    place: placeOfRequirement(requirement, manifest),
  } as const
}

/** The line that requires a package; of one that only the lock has, its entry there. */
export function placeOfRequirement({ path, position }: Requirement, manifest: Pick<Manifest, 'path'>): Place {
  return { path: path ?? manifest.path, position }
}

function unsatisfied(
  requirement: Requirement,
  { versions, by, mayBeElsewhere }: Extract<Resolved, { kind: 'unsatisfied' }>,
  manifest: Manifest,
): Finding[] {
  const { name, constraint } = requirement
  const wanted = wantedPackage(requirement, manifest.minimumStability)
  const { nearest, unstable, readable } = fittingVersions(wanted, versions)
  // A constraint that cannot be read is never a reason for an error, nor one for a guess.
  if (!readable) return []
  return [
    {
      code: 'version-unavailable',
      host: by.origin,
      status: undefined,
      packages: [name],
      constraint,
      stability: wanted.stability,
      nearest,
      unstable,
      mayBeElsewhere,
      place: placeOfRequirement(requirement, manifest),
      lockedVersion: requirement.lockedVersion,
      temporary: requirement.temporary,
      ...localOf(by),
    },
  ]
}

function localOf({ entry: { type } }: ServingRepository): { readonly local?: 'folder' | 'inline' } {
  if (type === 'path') return { local: 'folder' }
  return type === 'package' ? { local: 'inline' } : {}
}

/** The repository to name for what nobody has: that of the keys if it was asked, else the first that was. */
function repositoryWithout(
  without: readonly ServingRepository[],
  { main }: CheckContext,
): ServingRepository | undefined {
  const asked = without.filter(({ isDefault }) => !isDefault)
  return asked.find(({ named }) => named === main) ?? asked[0]
}
