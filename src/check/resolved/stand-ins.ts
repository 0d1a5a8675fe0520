import type { Deadline } from '../../bounds/deadline.js'
import { inParallel, REQUESTS_AT_ONCE } from '../../bounds/in-parallel.js'
import type { Link } from '../../composer/link.js'
import { isPlatformPackage } from '../../composer/package-name.js'
import { mayServe } from '../../composer/repositories.js'
import type { PackageVersion } from '../../composer/version-entry.js'
import { parseConstraint, satisfies } from '../../composer/versions/constraint.js'
import { overlaps } from '../../composer/versions/constraint-overlap.js'
import { normalizeVersion } from '../../composer/versions/version.js'
import { endsSearch, type ServingRepository } from './serving-repositories.js'
import { fittingVersions, type WantedPackage, wantedPackage } from './wanted-package.js'

/** Whether another package that gets installed stands in for a name; `perhaps` where not all of them could be looked at. */
export type StandIn = 'found' | 'perhaps' | 'none'

/** Packages that Composer may install, and whether they are all that it may. */
export interface Reached {
  readonly versions: readonly PackageVersion[]
  readonly complete: boolean
}

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
 * @param failing whose answer is worth following requirements of requirements; for others those at hand are looked at
 *
 * Source of the rule: `DependencyResolver/PoolBuilder.php`, `Pool::match`.
 */
export async function findStandIns(
  wanted: readonly WantedPackage[],
  failing: (name: string) => boolean,
  roots: readonly Reached[],
  serving: readonly ServingRepository[],
  minimumStability: string,
  deadline: Deadline,
): Promise<(name: string) => StandIn> {
  const named = serving.filter(({ isDefault }) => !isDefault)
  const lacking = new Map(wanted.map((one) => [one.name, one]))
  const followed = openFollowed()
  let reached = roots
  let complete = true
  for (;;) {
    const versions = reached.flatMap((one) => one.versions)
    complete &&= reached.every((one) => one.complete)
    takeOutMet(lacking, versions)
    const fresh = [...lacking.keys()].some(failing) ? followed.next(versions) : []
    if (fresh.length === 0) break
    reached = await inParallel(REQUESTS_AT_ONCE, fresh, async (link) =>
      deadline.passed() ? { versions: [], complete: false } : reach(wantedPackage(link, minimumStability), named),
    )
  }
  const notFound = complete && followed.complete ? 'none' : 'perhaps'
  return (name) => (lacking.has(name) ? notFound : 'found')
}

/** Takes out what one of some versions stands in for. */
function takeOutMet(lacking: Map<string, WantedPackage>, versions: readonly PackageVersion[]): void {
  for (const version of versions) {
    for (const link of version.provides) {
      const wanted = lacking.get(link.name)
      if (wanted !== undefined && wanted.name !== version.name && isMetBy(wanted, link, version)) {
        lacking.delete(wanted.name)
      }
    }
  }
}

/** The requirements that were followed already, each once. */
interface Followed {
  /** What some versions require that was not followed yet. */
  next(versions: readonly PackageVersion[]): Link[]
  /** Whether there was room for every name: see `MOST_NAMES`. */
  readonly complete: boolean
}

function openFollowed(): Followed {
  const followed = new Map<string, Set<string>>()
  let complete = true
  /** The constraint under which a requirement is followed; undefined where it was, or is not. */
  const constraintFor = ({ name, constraint }: Link): string | undefined => {
    const constraints = followed.get(name)
    if (isPlatformPackage(name) || constraints?.has('*') || constraints?.has(constraint)) return undefined
    if (constraints === undefined && followed.size >= MOST_NAMES) {
      complete = false
      return undefined
    }
    return (constraints?.size ?? 0) < MOST_CONSTRAINTS ? constraint : '*'
  }
  return {
    next: (versions) => {
      const fresh: Link[] = []
      for (const link of versions.flatMap(({ requires }) => requires)) {
        const constraint = constraintFor(link)
        if (constraint === undefined) continue
        followed.set(link.name, (followed.get(link.name) ?? new Set()).add(constraint))
        fresh.push({ name: link.name, constraint })
      }
      return fresh
    },
    get complete() {
      return complete
    },
  }
}

/** All versions with which Composer may meet a requirement. */
async function reach(wanted: WantedPackage, serving: readonly ServingRepository[]): Promise<Reached> {
  const versions: PackageVersion[] = []
  let complete = true
  for (const repository of serving.filter(({ entry }) => mayServe(entry, wanted.name))) {
    const has = await repository.versions(wanted.name, wanted.dev)
    if (has.kind === 'versions') {
      const fit = fittingVersions(wanted, has.versions)
      versions.push(...fit.fitting)
      complete &&= fit.readable
      if (endsSearch(repository, has, fit)) break
    } else {
      const known = has.kind === 'unknown' ? has.packages : []
      versions.push(...(known ?? []))
      complete &&= has.kind !== 'unusable' && known !== undefined
    }
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
