import type { Requirement } from '../../composer/manifest.js'
import type { PackageVersion } from '../../composer/metadata.js'
import { mayServe } from '../../composer/repositories.js'
import type { Unusable } from '../../server/repository.js'
import type { ServingRepository } from './serving-repositories.js'
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
      readonly mayBeElsewhere: boolean
      /** What is known of packages whose versions are not. */
      readonly local: Reached
    }
  | {
      readonly kind: 'absent'
      /** The Composer repositories that said so. */
      readonly without: readonly ServingRepository[]
      readonly mayBeElsewhere: boolean
      readonly local: Reached
    }
  /** A repository fails before anything is known of the name. */
  | { readonly kind: 'untold'; readonly by: ServingRepository; readonly why: Unusable }
  | { readonly kind: 'filtered'; readonly filter: string; readonly mayBeElsewhere: boolean }
  /** The time of the step was up. */
  | { readonly kind: 'unasked' }

/** Who serves a requirement, asked in Composer's order. Source: `PoolBuilder::loadPackagesMarkedForLoading`. */
export async function resolve(wish: WantedPackage, serving: readonly ServingRepository[]): Promise<Resolved> {
  const candidates = serving.filter(({ entry }) => mayServe(entry, wish.name))
  if (candidates.length === 0) {
    return { kind: 'filtered', filter: filterOf(serving, wish.name), mayBeElsewhere: false }
  }

  let mayBeElsewhere = false
  let local: Reached = { versions: [], complete: true }
  const without: ServingRepository[] = []
  let unsatisfied: { versions: readonly PackageVersion[]; by: ServingRepository } | undefined
  for (const repository of candidates) {
    const has = await repository.versions(wish.name, wish.dev)
    const unasked = has.kind === 'unusable' && (repository.isDefault || has.why === undefined)
    if (has.kind === 'unknown' || unasked) {
      mayBeElsewhere = true
      const { versions, complete } = local
      const packages = has.kind === 'unknown' ? has.packages : undefined
      local = { versions: [...versions, ...(packages ?? [])], complete: complete && packages !== undefined }
    } else if (has.kind === 'unusable' && has.why !== undefined) return { kind: 'untold', by: repository, why: has.why }
    if (has.kind === 'absent' && repository.named !== undefined) without.push(repository)
    if (has.kind !== 'versions') continue
    const { best, fitting, alone, claimed } = fittingVersions(wish, has.versions)
    if (best !== undefined) return { kind: 'satisfied', best, fitting, alone, by: repository }
    unsatisfied ??= { versions: has.versions, by: repository }
    if (repository.entry.canonical && (claimed || !has.stableOnly)) break
  }
  return unsatisfied === undefined
    ? { kind: 'absent', without, mayBeElsewhere, local }
    : { kind: 'unsatisfied', ...unsatisfied, mayBeElsewhere, local }
}

/** Whether a requirement fails for certain, unless another package stands in for it. */
export function isError({ name }: Requirement, result: Resolved): boolean {
  switch (result.kind) {
    case 'satisfied':
    case 'untold':
    case 'unasked':
      return false
    case 'absent':
    case 'filtered':
      return !result.mayBeElsewhere && !isVirtual(name)
    case 'unsatisfied':
      return !result.mayBeElsewhere
  }
}

/** The same, where another repository or package may serve it after all. */
export function uncertain(result: Resolved): Resolved {
  return 'mayBeElsewhere' in result ? { ...result, mayBeElsewhere: true } : result
}

/** The packages with which Composer may meet a requirement. */
export function reachedBy(result: Resolved): Reached {
  switch (result.kind) {
    case 'satisfied':
      return { versions: result.fitting, complete: true }
    case 'absent':
    case 'unsatisfied':
      return result.local
    case 'untold':
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
