import { distUrls } from '../../composer/lock-file.js'
import type { Requirement } from '../../composer/manifest.js'
import type { PackageVersion } from '../../composer/version-entry.js'
import { parseConstraint, satisfies } from '../../composer/versions/constraint.js'
import { extractStability, isAllowed, type Stability, stabilityOf } from '../../composer/versions/stability.js'
import { compareVersions, normalizeVersion } from '../../composer/versions/version.js'
import { LONGEST_VERSION } from '../../composer/versions/version-grammar.js'

/** A package that is wanted, with what its version must be. */
export interface WantedPackage {
  readonly name: string
  readonly constraint: string
  readonly stability: Stability
  /** Development versions count too. */
  readonly dev: boolean
}

/** As many versions as an annotation names. */
const NEAREST = 5

/** What a root requirement wants. Source of the rule: `RootPackageLoader::extractStabilityFlags`. */
export function wantedPackage(
  { name, constraint }: Pick<Requirement, 'name' | 'constraint'>,
  minimumStability: string,
): WantedPackage {
  const minimum = stabilityNamed(minimumStability)
  const stability = extractStability(constraint, minimum) ?? minimum
  return { name, constraint, stability, dev: stability === 'dev' }
}

/** What the versions of a package are for what is wanted. */
export interface FittingVersions {
  /** The highest that satisfies constraint and stability. */
  readonly best: PackageVersion | undefined
  /** All that satisfy both, the highest first. */
  readonly fitting: readonly PackageVersion[]
  /** No other version satisfies both. */
  readonly alone: boolean
  readonly nearest: readonly string[]
  /** Some version is stable enough, whatever the constraint. */
  readonly claimed: boolean
  /** Some version satisfies the constraint, but none of these is stable enough. */
  readonly unstable: boolean
  /** Whether the constraint could be read, and every version. */
  readonly readable: boolean
}

/** Sorts the versions of a package by what is wanted. */
export function fittingVersions(
  { constraint, stability }: WantedPackage,
  versions: readonly PackageVersion[],
): FittingVersions {
  const parsed = parseConstraint(constraint)
  const short = versions.filter(
    ({ version, versionNormalized = '' }) => Math.max(version.length, versionNormalized.length) <= LONGEST_VERSION,
  )
  const known = short.flatMap((version) => {
    const normalized = version.versionNormalized ?? normalizeVersion(version.version)
    return normalized === undefined ? [] : [{ version, normalized }]
  })
  const descending = known.toSorted((a, b) => {
    if (a.normalized === b.normalized) return 0
    return compareVersions(a.normalized, b.normalized, '>') ? -1 : 1
  })
  if (parsed === undefined)
    return { best: undefined, fitting: [], alone: false, nearest: [], claimed: true, unstable: false, readable: false }
  // A branch counts under its alias too: dev-main as 1.x-dev satisfies ^1.0@dev.
  const satisfying = descending.filter(({ version, normalized }) =>
    [normalized, ...version.aliases].some((known) => satisfies(known, parsed)),
  )
  const allowed = ({ version }: { readonly version: PackageVersion }) =>
    isAllowed(stabilityOf(version.version), stability)
  const fitting = satisfying.filter(allowed).map(({ version }) => version)
  return {
    best: fitting[0],
    fitting,
    alone: fitting.length === 1 && short.length === versions.length,
    nearest: nearestTo(constraint, descending),
    claimed: descending.some(allowed),
    unstable: satisfying.length > 0,
    readable: short.length === versions.length,
  }
}

/** The URLs from which a version's archive can be had, in Composer's order. */
export function distOfVersion({ name, version, versionNormalized, dist }: PackageVersion): string[] {
  if (dist === undefined || dist.type === 'path') return []
  return distUrls(dist, name, () => versionNormalized ?? normalizeVersion(version) ?? version, version)
}

/** The word of `minimum-stability`; what is none counts as `stable`, Composer's default. */
function stabilityNamed(text: string): Stability {
  const words: readonly Stability[] = ['stable', 'RC', 'beta', 'alpha', 'dev']
  return words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? 'stable'
}

/** The versions next to the first version that a constraint names, above and below; the newest where it names none. */
function nearestTo(
  constraint: string,
  descending: readonly { readonly version: PackageVersion; readonly normalized: string }[],
): string[] {
  const named = /\d+(?:\.\d+)*(?:-[\w.]+)?/.exec(constraint)?.[0]
  const aim = named === undefined ? undefined : normalizeVersion(named)
  const at = aim === undefined ? 0 : descending.findIndex(({ normalized }) => compareVersions(normalized, aim, '<='))
  const middle = at === -1 ? descending.length : at
  const start = Math.max(0, Math.min(middle - 2, descending.length - NEAREST))
  return descending.slice(start, start + NEAREST).map(({ version }) => version.version)
}
