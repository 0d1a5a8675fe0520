import type { Requirement } from '../../composer/manifest.js'
import { mayServe } from '../../composer/repositories.js'
import type { PackageVersion } from '../../composer/version-entry.js'
import type { Elsewhere } from '../../problems/elsewhere.js'
import { isPublic } from '../../problems/entitlements.js'
import { familyOf } from '../../problems/families.js'
import type { Unusable, Versions } from '../../server/repository.js'
import { endsSearch, type ServingRepository, type Unknown } from './serving-repositories.js'
import type { Reached } from './stand-ins.js'
import { fittingVersions, type WantedPackage } from './wanted-package.js'

/** What became of one requirement. */
export type Resolved =
  | {
      readonly kind: 'satisfied'
      readonly best: PackageVersion
      readonly fitting: readonly PackageVersion[]
      /** No other version satisfies: Composer has no choice. */
      readonly alone: boolean
      readonly by: ServingRepository
    }
  | {
      readonly kind: 'unsatisfied'
      readonly versions: readonly PackageVersion[]
      readonly by: ServingRepository
      readonly mayBeElsewhere: Elsewhere | undefined
      /** What is known of packages whose versions are not. */
      readonly local: Reached
    }
  | {
      readonly kind: 'absent'
      /** The Composer repositories that said so. */
      readonly without: readonly ServingRepository[]
      readonly mayBeElsewhere: Elsewhere | undefined
      readonly local: Reached
    }
  /** A repository fails before anything is known of the name. */
  | { readonly kind: 'unserved'; readonly by: ServingRepository; readonly why: Unusable }
  | { readonly kind: 'filtered'; readonly filter: string; readonly mayBeElsewhere: boolean }
  /** The time of the step was up. */
  | { readonly kind: 'unasked' }

/** Who serves a requirement, asked in Composer's order. Source: `PoolBuilder::loadPackagesMarkedForLoading`. */
export async function resolveRequirement(
  wanted: WantedPackage,
  serving: readonly ServingRepository[],
): Promise<Resolved> {
  const candidates = serving.filter(({ entry }) => mayServe(entry, wanted.name))
  if (candidates.length === 0) {
    return { kind: 'filtered', filter: filterOf(serving, wanted.name), mayBeElsewhere: false }
  }
  const search: Search = { without: [], unasked: [], local: [], complete: true, unsatisfied: undefined }
  for (const repository of candidates) {
    const has = await repository.versions(wanted.name, wanted.dev)
    if (has.kind === 'versions') {
      const fit = fittingVersions(wanted, has.versions)
      const { best, fitting, alone } = fit
      if (best !== undefined) return { kind: 'satisfied', best, fitting, alone, by: repository }
      search.unsatisfied ??= { versions: has.versions, by: repository }
      if (endsSearch(repository, has, fit)) break
    } else {
      const failure = noteWithoutVersions(search, repository, has)
      if (failure !== undefined) return failure
    }
  }
  const { without, unsatisfied } = search
  const local = { versions: search.local, complete: search.complete }
  const mayBeElsewhere = inUnasked(search)
  return unsatisfied === undefined
    ? { kind: 'absent', without, mayBeElsewhere, local }
    : { kind: 'unsatisfied', ...unsatisfied, mayBeElsewhere, local }
}

function inUnasked({ unasked }: Search): Elsewhere | undefined {
  const names = [...new Set(unasked.map(({ origin }) => origin))].filter((origin) => origin !== '')
  const onServer = unasked.some(({ entry }) => entry.type === 'composer' || entry.type === '')
  return unasked.length === 0 ? undefined : { kind: 'repositories', names, onServer }
}

/**
 * Whether a requirement may come from version control or a folder, as it does in a healthy project, and so nothing is known of it. What
 * belongs to Adobe's editions, and repo.magento.com does not list, hardly ever does.
 */
export function isLeftToGit({ name }: Requirement, result: Resolved): boolean {
  if (result.kind !== 'absent' && result.kind !== 'unsatisfied') return false
  const { mayBeElsewhere: elsewhere } = result
  if (elsewhere?.kind !== 'repositories' || elsewhere.onServer) return false
  const family = familyOf(name)
  return result.kind === 'unsatisfied' || family === 'extension' || isPublic(family)
}

/** What the repositories that were asked so far came to. */
interface Search {
  readonly without: ServingRepository[]
  /** Those of which nothing can be told. */
  readonly unasked: ServingRepository[]
  /** What is known of packages whose versions are not; `complete`: and of all of them. */
  readonly local: PackageVersion[]
  complete: boolean
  unsatisfied: { readonly versions: readonly PackageVersion[]; readonly by: ServingRepository } | undefined
}

/** Notes a repository that has no version of a name that is known; gives what came of the search where it ends there. */
function noteWithoutVersions(
  search: Search,
  repository: ServingRepository,
  has: Exclude<Versions | Unknown, { kind: 'versions' }>,
): Resolved | undefined {
  if (has.kind === 'absent') {
    if (repository.named !== undefined) search.without.push(repository)
    return undefined
  }
  if (has.kind === 'unusable' && has.why !== undefined && !repository.isDefault) {
    return { kind: 'unserved', by: repository, why: has.why }
  }
  const packages = has.kind === 'unknown' ? has.packages : undefined
  search.unasked.push(repository)
  search.local.push(...(packages ?? []))
  search.complete &&= packages !== undefined
  return undefined
}

/** Whether a requirement fails for certain, unless another package stands in for it. */
export function isError({ name }: Requirement, result: Resolved): boolean {
  switch (result.kind) {
    case 'satisfied':
    case 'unserved':
    case 'unasked':
      return false
    case 'absent':
    case 'filtered':
      return !result.mayBeElsewhere && !isVirtual(name)
    case 'unsatisfied':
      return result.mayBeElsewhere === undefined
  }
}

/** The same, where another package may stand in for it after all. */
export function uncertain(result: Resolved): Resolved {
  switch (result.kind) {
    case 'filtered':
      return { ...result, mayBeElsewhere: true }
    case 'absent':
    case 'unsatisfied':
      return { ...result, mayBeElsewhere: result.mayBeElsewhere ?? { kind: 'package' } }
    default:
      return result
  }
}

/** The packages with which Composer may meet a requirement. */
export function reachedBy(result: Resolved): Reached {
  switch (result.kind) {
    case 'satisfied':
      return { versions: result.fitting, complete: true }
    case 'absent':
    case 'unsatisfied':
      return result.local
    case 'unserved':
    case 'unasked':
      return { versions: [], complete: false }
    case 'filtered':
      return { versions: [], complete: true }
  }
}

/** Names such as `psr/log-implementation` stand for no package; others provide them, which is seen only on resolving. */
export function isVirtual(name: string): boolean {
  return name.endsWith('-implementation') || name.startsWith('psr/')
}

function filterOf(serving: readonly ServingRepository[], name: string): string {
  const [first] = serving
  if (first === undefined) return 'no repository is left enabled'
  const excluding = serving.find(({ entry }) => entry.exclude.length > 0 && !mayServe(entry, name))
  return excluding === undefined
    ? `\`only\` of ${first.origin} does not name it`
    : `\`exclude\` of ${excluding.origin} takes it out`
}
