import type { Deadline } from '../../bounds/deadline.js'
import { inParallel } from '../../bounds/in-parallel.js'
import type { Link } from '../../composer/link.js'
import type { PackageVersion } from '../../composer/metadata.js'
import { isPlatformPackage } from '../../composer/package-name.js'
import { mayServe } from '../../composer/repositories.js'
import { parseConstraint, satisfies } from '../../composer/versions/constraint.js'
import { overlaps } from '../../composer/versions/constraint-overlap.js'
import { normalizeVersion } from '../../composer/versions/version.js'
import type { ServingRepository } from './serving-repositories.js'
import { fittingVersions, type WantedPackage, wantedPackage } from './wanted-package.js'

/** Whether another package that gets installed stands in for a name; `perhaps` where not all of them could be looked at. */
export type StandIn = 'found' | 'perhaps' | 'none'

/** Packages that Composer may install, and whether they are all that it may. */
export interface Reached {
  readonly versions: readonly PackageVersion[]
  readonly complete: boolean
}

/** Names looked up at the same time. */
const PARALLEL = 8
/** Names that are looked up. Adobe Commerce with its extensions has some nine hundred. */
const MOST_NAMES = 1500
/** Constraints under which a name is followed; one that has more is followed in all its versions, at once. */
const MOST_CONSTRAINTS = 10

/**
 * Looks for packages that `replace` or `provide` what is wanted, among those that Composer may install: the packages of
 * the root requirements, what these require in any version that fits, and so on. Composer takes a stand-in only from
 * among these, and never one that merely lies in a repository.
 *
 * It asks for what Composer would ask for, but packagist.org for nothing: what is there stands in for nothing here.
 *
 * @param deep whose answer is worth following requirements of requirements; for others those at hand are looked at
 *
 * Source of the rule: `DependencyResolver/PoolBuilder.php`, `Pool::match`.
 */
export async function findStandIns(
  wanted: readonly WantedPackage[],
  deep: (name: string) => boolean,
  roots: readonly Reached[],
  serving: readonly ServingRepository[],
  minimumStability: string,
  deadline: Deadline,
): Promise<(name: string) => StandIn> {
  const named = serving.filter(({ isDefault }) => !isDefault)
  const lacking = new Map(wanted.map((wish) => [wish.name, wish]))
  const followed = new Map<string, Set<string>>()
  let reached = roots
  let complete = true
  for (;;) {
    const versions = reached.flatMap((one) => one.versions)
    complete &&= reached.every((one) => one.complete)
    for (const version of versions) {
      for (const link of version.provides) {
        const wish = lacking.get(link.name)
        if (wish !== undefined && wish.name !== version.name && isMetBy(wish, link, version)) lacking.delete(wish.name)
      }
    }
    if (![...lacking.keys()].some(deep)) break
    const fresh: Link[] = []
    for (const link of versions.flatMap(({ requires }) => requires)) {
      const { name } = link
      const constraints = followed.get(name) ?? new Set()
      if (isPlatformPackage(name) || constraints.has('*') || constraints.has(link.constraint)) continue
      if (constraints.size === 0 && followed.size >= MOST_NAMES) {
        complete = false
        continue
      }
      const constraint = constraints.size < MOST_CONSTRAINTS ? link.constraint : '*'
      followed.set(name, constraints.add(constraint))
      fresh.push({ name, constraint })
    }
    if (fresh.length === 0) break
    reached = await inParallel(PARALLEL, fresh, async (link) => {
      if (deadline.passed()) return { versions: [], complete: false }
      return reach(wantedPackage(link, minimumStability), named)
    })
  }
  const notFound = complete ? 'none' : 'perhaps'
  return (name) => (lacking.has(name) ? notFound : 'found')
}

/** All versions with which Composer may meet a requirement. */
async function reach(wish: WantedPackage, serving: readonly ServingRepository[]): Promise<Reached> {
  const versions: PackageVersion[] = []
  let complete = true
  for (const repository of serving) {
    if (!mayServe(repository.entry, wish.name)) continue
    const has = await repository.versions(wish.name, wish.dev)
    if (has.kind === 'unknown') {
      versions.push(...(has.packages ?? []))
      if (has.packages === undefined) complete = false
    }
    if (has.kind === 'unusable') complete = false
    if (has.kind !== 'versions') continue
    const { fitting, claimed, readable } = fittingVersions(wish, has.versions)
    versions.push(...fitting)
    if (!readable) complete = false
    if (repository.entry.canonical && (claimed || !has.stableOnly)) break
  }
  return { versions, complete }
}

/** Whether a package that says `replace` or `provide` has what is wanted. What cannot be read is believed. */
function isMetBy({ constraint }: WantedPackage, link: Link, by: PackageVersion): boolean {
  const asked = parseConstraint(constraint)
  if (asked === undefined) return true
  if (link.constraint === 'self.version') {
    const own = by.versionNormalized ?? normalizeVersion(by.version)
    return own === undefined || [own, ...by.aliases].some((version) => satisfies(version, asked))
  }
  const offered = parseConstraint(link.constraint)
  return offered === undefined || overlaps(asked, offered)
}
