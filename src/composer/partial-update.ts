import { grouped } from '../collections/grouped.js'
import type { Lock, LockedPackage } from './lock-file.js'
import type { Requirement } from './manifest.js'
import { anyMatches } from './repositories.js'
import { combinedConstraint } from './versions/combined-constraint.js'
import { parseConstraint, satisfies } from './versions/constraint.js'
import { overlaps } from './versions/constraint-overlap.js'
import { normalizeVersion } from './versions/version.js'

/** The packages that `composer update` is about. */
export interface UpdatedPackages {
  /** Names and patterns of names, of a partial update; empty for a whole one. */
  readonly only: readonly string[]
  /** What else it may update of what these require: nothing, all but root requirements, or all. */
  readonly withDependencies: 'none' | 'not-root' | 'all'
  /** `--lock`: every version of the lock once more, with what the repositories say of it today. */
  readonly sameVersions: boolean
  /** Constraints that count for this update besides those of composer.json, by name. */
  readonly temporary: ReadonlyMap<string, string>
}

/** Whether an update needs a lock. */
export function isPartial({ only, sameVersions }: UpdatedPackages): boolean {
  return only.length > 0 || sameVersions
}

/** Requirements with the constraints that count for this update besides their own. */
export function limited(requirements: readonly Requirement[], { temporary }: UpdatedPackages): Requirement[] {
  return requirements.map((one) => {
    const constraint = temporary.get(one.name)
    if (constraint === undefined) return one
    const [own, other] = [parseConstraint(one.constraint), parseConstraint(constraint)]
    const meet = own === undefined || other === undefined || overlaps(own, other)
    const both = combinedConstraint([one.constraint, constraint])
    const { lockedVersion, ...rest } = one
    return {
      ...rest,
      constraint: both,
      ...(lockedVersion === undefined ? {} : lockedAs(lockedVersion, both)),
      temporary: { own: one.constraint, constraint, overlaps: meet },
    }
  })
}

/** What a partial update does with the packages of a lock. */
export interface PartialUpdate {
  /** Stays as the lock has it. */
  readonly kept: readonly LockedPackage[]
  /** Stays, is updated too or is removed, by what the updated packages will require. */
  readonly open: readonly LockedPackage[]
  /** The root requirements that are resolved anew: those that are updated, and those that the lock does not meet. */
  readonly resolved: readonly Requirement[]
  /** What is resolved anew for packages that stay and require it; the position of each is its own in the lock. */
  readonly resolvedForKept: readonly Requirement[]
  /** Names for which a package stands in that is not updated itself. */
  readonly provides: readonly string[]
}

/**
 * Tells what `composer update vendor/name` does with a lock, as far as that can be told without resolving.
 *
 * Source of the rule: `PoolBuilder::buildPool`, `PoolBuilder::unlockPackage`; what is locked and no longer required is removed.
 */
export function partialUpdate(
  { packages, path }: Lock,
  requirements: readonly Requirement[],
  updated: UpdatedPackages,
): PartialUpdate {
  const { only, withDependencies } = updated
  const roots = new Set(requirements.map(({ name }) => name))
  const lockedFor = lockedPackagesByName(packages)
  const named = new Set(packages.filter(({ name }) => anyMatches(only, name)))
  const mayChange = (one: LockedPackage) => withDependencies === 'all' || !roots.has(one.name)
  const required = withDependencies === 'none' ? named : reached([...named], lockedFor, mayChange)
  // Where several packages stand in for a name, one is enough.
  const theOne = (name: string) => {
    const found = lockedFor(name)
    return found.length === 1 ? found : []
  }
  const staying = (one: LockedPackage) => !required.has(one)
  const kept = reached([...roots].flatMap(theOne).filter(staying), theOne, staying)
  const keptPackages = packages.filter((one) => kept.has(one))
  const forKept = new Map(
    requiredBy(keptPackages).flatMap(([name, constraints]) => {
      const [one] = roots.has(name) ? [] : lockedFor(name)
      return one?.name === name && named.has(one) ? [[one, combinedConstraint(constraints)] as const] : []
    }),
  )
  return {
    kept: keptPackages,
    open: packages.filter((one) => !kept.has(one) && !forKept.has(one) && !(named.has(one) && roots.has(one.name))),
    resolved: requirements
      .filter(({ name }) => anyMatches(only, name) || lockedFor(name).length === 0)
      .map((one) => {
        const [locked] = lockedFor(one.name).filter(({ name }) => name === one.name)
        return { ...one, ...(locked === undefined ? {} : lockedAs(locked.version, one.constraint)) }
      }),
    resolvedForKept: [...forKept].map(([{ name, version, dev, position }, constraint]) => {
      return { name, constraint, dev, position: position(), path, ...lockedAs(version, constraint) }
    }),
    provides: packages.filter((one) => !named.has(one)).flatMap((one) => one.provides),
  }
}

/** The names that some packages require, each with all constraints. */
function requiredBy(packages: readonly LockedPackage[]): [name: string, constraints: readonly string[]][] {
  const links = packages.flatMap(({ version, requires }) =>
    requires.map(({ name, constraint }) => ({
      name,
      constraint: constraint === 'self.version' ? version : constraint,
    })),
  )
  return [...grouped(links, ({ name }) => name)].map(([name, found]) => [
    name,
    found.map(({ constraint }) => constraint),
  ])
}

/** The version of a lock, where it is one that a constraint takes. */
function lockedAs(version: string, constraint: string): Pick<Requirement, 'lockedVersion'> {
  const [normalized, wanted] = [normalizeVersion(version), parseConstraint(constraint)]
  if (normalized === undefined || wanted === undefined || !satisfies(normalized, wanted)) return {}
  return { lockedVersion: version }
}

/** Finds the package of a lock that has a name, else those that stand in for it. */
function lockedPackagesByName(packages: readonly LockedPackage[]): (name: string) => readonly LockedPackage[] {
  const byName = new Map(packages.map((one) => [one.name, [one]]))
  const standIns = new Map<string, LockedPackage[]>()
  for (const one of packages) {
    for (const name of one.provides) {
      const others = standIns.get(name)
      if (others === undefined) standIns.set(name, [one])
      else others.push(one)
    }
  }
  return (name) => byName.get(name) ?? standIns.get(name) ?? []
}

/** Some packages with all that they require and that is let through, and so on. */
function reached(
  from: readonly LockedPackage[],
  lockedFor: (name: string) => readonly LockedPackage[],
  isLetThrough: (one: LockedPackage) => boolean,
): ReadonlySet<LockedPackage> {
  const found = new Set(from)
  // A set goes on to what is added to it meanwhile.
  for (const { requires } of found) {
    for (const one of requires.flatMap(({ name }) => lockedFor(name))) if (isLetThrough(one)) found.add(one)
  }
  return found
}
