import { parseConstraint, satisfies } from '../composer/constraint.js'
import { distUrls } from '../composer/lock.js'
import type { Requirement } from '../composer/manifest.js'
import type { PackageVersion } from '../composer/metadata.js'
import { extractStability, isAllowed, type Stability, stabilityOf } from '../composer/stability.js'
import { compareVersions, normalizeVersion } from '../composer/version.js'

/** A package that is wanted, with what its version must be. */
export interface Wish {
  readonly name: string
  readonly constraint: string
  readonly stability: Stability
  /** Development versions count too. */
  readonly dev: boolean
}

/** As many versions as an annotation names. */
const NEAREST = 5

/** A root requirement as a wish. Source of the rule: `RootPackageLoader::extractStabilityFlags`. */
export function wishOf({ name, constraint }: Pick<Requirement, 'name' | 'constraint'>, minimumStability: string): Wish {
  const minimum = stabilityNamed(minimumStability)
  const stability = extractStability(constraint, minimum) ?? minimum
  return { name, constraint, stability, dev: stability === 'dev' }
}

/** What some versions are for a wish. */
export function judgeVersions(
  { constraint, stability }: Wish,
  versions: readonly PackageVersion[],
): { best: PackageVersion | undefined; nearest: readonly string[]; readable: boolean } {
  const parsed = parseConstraint(constraint)
  const known = versions.flatMap((version) => {
    const normalized = version.versionNormalized ?? normalizeVersion(version.version)
    return normalized === undefined ? [] : [{ version, normalized }]
  })
  const descending = known.toSorted((a, b) => (compareVersions(a.normalized, b.normalized, '>') ? -1 : 1))
  if (parsed === undefined) return { best: undefined, nearest: [], readable: false }
  const best = descending.find(
    ({ version, normalized }) => isAllowed(stabilityOf(version.version), stability) && satisfies(normalized, parsed),
  )
  return { best: best?.version, nearest: nearestTo(constraint, descending), readable: true }
}

/** The URLs from which a version's archive can be had, in Composer's order. */
export function distOfVersion({ name, version, versionNormalized, dist }: PackageVersion): string[] {
  if (dist === undefined || dist.type === 'path') return []
  return distUrls(dist, name, versionNormalized ?? normalizeVersion(version) ?? version, version)
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
