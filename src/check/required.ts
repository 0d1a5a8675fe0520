import type { Manifest, Requirement } from '../composer/manifest.js'
import type { PackageVersion } from '../composer/metadata.js'
import { mayServe } from '../composer/repositories.js'
import type { Finding, FindingOf, Place } from '../problems/finding.js'
import { inParallel } from '../server/parallel.js'
import type { Unusable } from '../server/repository.js'
import { type Archive, archiveFindings, askSample, groupOf } from './archives.js'
import { brokenFile, judgeRepositories } from './hosts.js'
import type { PackagesResult } from './packages.js'
import { type ServingRepository, servingRepositories } from './serving.js'
import type { Surroundings } from './surroundings.js'
import { distOfVersion, judgeVersions, type Wish, wishOf } from './wish.js'

/** Names looked up at the same time. */
const PARALLEL = 8

/** What became of one requirement. */
type Resolved =
  | {
      readonly kind: 'satisfied'
      readonly best: PackageVersion
      /** No other version satisfies: Composer has no choice. */
      readonly alone: boolean
      readonly by: ServingRepository
    }
  | {
      readonly kind: 'unsatisfied'
      readonly versions: readonly PackageVersion[]
      readonly by: ServingRepository
      readonly mayBeElsewhere: boolean
    }
  | { readonly kind: 'absent'; readonly mayBeElsewhere: boolean }
  /** A repository fails before anything is known of the name. */
  | { readonly kind: 'untold'; readonly by: ServingRepository; readonly why: Unusable }
  | { readonly kind: 'filtered'; readonly filter: string }

/**
 * What `composer update` would resolve for the root requirements, which is also what `install` does without a lock. Their
 * own requirements are not followed.
 */
export async function checkRequired(manifest: Manifest, dev: boolean, around: Surroundings): Promise<PackagesResult> {
  const serving = servingRepositories(around)
  const requirements = manifest.requirements.filter(({ name }) => !manifest.provides.includes(name))
  const resolved = await inParallel(PARALLEL, requirements, async (requirement) => ({
    requirement,
    result: await resolve(wishOf(requirement, manifest.minimumStability), serving),
  }))
  const provided = new Set(resolved.flatMap(({ result }) => (result.kind === 'satisfied' ? result.best.provides : [])))
  const open = resolved.filter(({ requirement }) => !provided.has(requirement.name))

  const hosts = await judgeRepositories(
    serving,
    open.map(({ requirement, result }) => ({ name: requirement.name, by: 'by' in result ? result.by : undefined })),
    around,
  )
  const findings = open.flatMap(({ requirement, result }) => findingsOf(requirement, result, manifest, around))
  const archives = open.flatMap(({ requirement, result }) => archiveOf(requirement, result, manifest, dev, around))
  const asked = await askSample(archives, around)
  return {
    findings: [...hosts, ...gathered(findings), ...archiveFindings(asked, around)],
    checked: requirements.map(({ name }) => name),
  }
}

/** Who serves a requirement, asked in Composer's order. Source: `PoolBuilder::loadPackagesMarkedForLoading`. */
async function resolve(wish: Wish, serving: readonly ServingRepository[]): Promise<Resolved> {
  const candidates = serving.filter(({ entry }) => mayServe(entry, wish.name))
  if (candidates.length === 0) return { kind: 'filtered', filter: filterOf(serving, wish.name) }

  let mayBeElsewhere = false
  let unsatisfied: { versions: readonly PackageVersion[]; by: ServingRepository } | undefined
  for (const repository of candidates) {
    const has = await repository.versions(wish.name, wish.dev)
    const unasked = has.kind === 'unusable' && (repository.isDefault || has.why === undefined)
    if (has.kind === 'unknown' || unasked) mayBeElsewhere = true
    else if (has.kind === 'unusable' && has.why !== undefined) return { kind: 'untold', by: repository, why: has.why }
    if (has.kind !== 'versions') continue
    const { best, alone, claimed } = judgeVersions(wish, has.versions)
    if (best !== undefined) return { kind: 'satisfied', best, alone, by: repository }
    unsatisfied ??= { versions: has.versions, by: repository }
    if (repository.entry.canonical && (claimed || !has.stableOnly)) break
  }
  return unsatisfied === undefined
    ? { kind: 'absent', mayBeElsewhere }
    : { kind: 'unsatisfied', ...unsatisfied, mayBeElsewhere }
}

function findingsOf(requirement: Requirement, result: Resolved, manifest: Manifest, around: Surroundings): Finding[] {
  const place: Place = { path: manifest.path, position: requirement.position }
  const denied = (more: Partial<FindingOf<'package-denied'>>): FindingOf<'package-denied'> => ({
    code: 'package-denied',
    reason: 'not-visible',
    host: around.main.origin,
    packages: [requirement.name],
    status: undefined,
    url: undefined,
    hiddenBy: undefined,
    mayBeElsewhere: false,
    filter: undefined,
    unnamed: false,
    place,
    ...more,
  })
  switch (result.kind) {
    case 'satisfied':
      return []
    case 'untold': {
      const { named } = result.by
      // A failing packages.json is reported with its repository.
      return named === undefined || named.answered?.finding !== undefined ? [] : brokenFile(named, result.why, around)
    }
    case 'filtered':
      return [denied({ reason: 'filtered', filter: result.filter })]
    case 'absent':
      return [denied({ mayBeElsewhere: result.mayBeElsewhere || isVirtual(requirement.name) })]
    case 'unsatisfied': {
      const wish = wishOf(requirement, manifest.minimumStability)
      const { nearest, unstable, readable } = judgeVersions(wish, result.versions)
      // A constraint that cannot be read is never a reason for an error, nor one for a guess.
      if (!readable) return []
      return [
        {
          code: 'version-unavailable',
          host: result.by.origin,
          package: requirement.name,
          constraint: requirement.constraint,
          stability: wish.stability,
          nearest,
          unstable,
          mayBeElsewhere: result.mayBeElsewhere,
          place,
        },
      ]
    }
  }
}

/** Requirements that are denied for one cause make one finding, at the first one's line. */
function gathered(findings: readonly Finding[]): Finding[] {
  const result: Finding[] = []
  for (const finding of findings) {
    const index = result.findIndex((other) => isSameCause(other, finding))
    const other = result[index]
    if (other?.code === 'package-denied' && finding.code === 'package-denied') {
      result[index] = { ...other, packages: [...other.packages, ...finding.packages] }
    } else result.push(finding)
  }
  return result
}

function isSameCause(a: Finding, b: Finding): boolean {
  if (a.code !== 'package-denied' || b.code !== 'package-denied') return false
  const key = ({ reason, filter, mayBeElsewhere, packages }: FindingOf<'package-denied'>) =>
    [reason, filter, mayBeElsewhere, groupOf(packages[0] ?? '', '')].join(' ')
  return key(a) === key(b)
}

/** The archive that Composer will take for a requirement, as far as that can be told without resolving. */
function archiveOf(
  { name, dev, position }: Requirement,
  result: Resolved,
  manifest: Manifest,
  installsDev: boolean,
  { project }: Surroundings,
): Archive[] {
  if (result.kind !== 'satisfied' || !result.by.authenticated || result.best.type === 'metapackage') return []
  if (dev && !installsDev) return []
  const urls = distOfVersion(result.best)
  if (urls.length === 0) return []
  const { version, type, dist } = result.best
  const hiddenBy = project.alreadyThere(
    { name, version, type, dev, dist, hasSource: false, sourceReference: '', position },
    urls,
  )
  const place: Place = { path: manifest.path, position }
  // Of several versions Composer may take another one: the others of the project decide with it.
  return [{ name, urls, group: groupOf(name, ''), hiddenBy, mayBeElsewhere: !result.alone, place }]
}

/** Names such as `psr/log-implementation` stand for no package; others provide them, which is seen only on resolving. */
function isVirtual(name: string): boolean {
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
