import { END, lastLine, MODIFIER, SPACE, STABILITY_NAMES, splitConstraint } from './version-grammar.js'

export type Stability = 'stable' | 'RC' | 'beta' | 'alpha' | 'dev'

/** From the most to the least stable. Source of the order: Composer `BasePackage::$stabilities`. */
export const STABILITIES: readonly Stability[] = ['stable', 'RC', 'beta', 'alpha', 'dev']

/**
 * Whether a minimum stability lets a stability pass.
 *
 * Source of the rule: Composer `StabilityFilter::isPackageAcceptable`.
 */
export function isAllowed(stability: Stability, minimum: Stability): boolean {
  return instability(stability) <= instability(minimum)
}

const MODIFIER_AT_END = new RegExp(`${MODIFIER}(?:\\+[^\\n]*)?${END}`, 'i')

/**
 * The stability that a version, normalized or not, is of. Patches (`2.4.8-p3`) are stable.
 *
 * Source of the rule: composer/semver `VersionParser::parseStability`.
 */
export function stabilityOf(version: string): Stability {
  const text = withoutReference(version)
  if (text.startsWith('dev-') || text.endsWith('-dev')) return 'dev'
  // No part of what is looked for can hold a line feed.
  const line = lastLine(text)
  const { word, dev } = MODIFIER_AT_END.exec(text.slice(line.start, line.end))?.groups ?? {}
  if (dev !== undefined) return 'dev'
  switch (word?.toLowerCase()) {
    case 'beta':
    case 'b':
      return 'beta'
    case 'alpha':
    case 'a':
      return 'alpha'
    case 'rc':
      return 'RC'
    default:
      return 'stable'
  }
}

/** PCRE's `#.+$` taken out, without a look at the rest of the text from each `#`. */
function withoutReference(version: string): string {
  const { start, end } = lastLine(version)
  const at = version.indexOf('#', start)
  return at !== -1 && at + 1 < end ? version.slice(0, at) + version.slice(end) : version
}

const EXPLICIT_FLAG = new RegExp(`^[^@]*@(${STABILITY_NAMES})${END}`, 'i')
const ALIASED = new RegExp(`^([^,${SPACE}@]+) as [^\\n]+${END}`)
const SINGLE_VERSION = new RegExp(`^[^,${SPACE}@]+${END}`)

/**
 * The stability that a requirement of the root package allows beside the minimum stability: the least stable of its
 * `@` flags, or without any, of the versions that it spells, as far as they are less stable than the minimum. undefined
 * when it allows none.
 *
 * @param known what another requirement of the same package allows already: `require` comes before `require-dev`
 *
 * Source of the rule: Composer `RootPackageLoader::extractStabilityFlags`.
 */
export function extractStability(
  constraint: string,
  minimumStability: Stability,
  known?: Stability,
): Stability | undefined {
  const parts = splitConstraint(constraint).flat()
  let flag = known
  let explicit = false
  for (const part of parts) {
    const stability = explicitFlag(part)
    if (stability === undefined || isLessStable(flag, stability)) continue
    flag = stability
    explicit = true
  }
  if (explicit) return flag
  for (const part of parts) {
    const version = part.replace(ALIASED, '$1')
    if (!SINGLE_VERSION.test(version)) continue
    const stability = stabilityOf(version)
    if (stability === 'stable' || isLessStable(flag, stability) || isLessStable(minimumStability, stability)) continue
    flag = stability
  }
  return flag
}

function explicitFlag(part: string): Stability | undefined {
  const name = EXPLICIT_FLAG.exec(part)?.[1]?.toLowerCase()
  return STABILITIES.find((stability) => stability.toLowerCase() === name)
}

function isLessStable(stability: Stability | undefined, other: Stability): boolean {
  return stability !== undefined && instability(stability) > instability(other)
}

function instability(stability: Stability): number {
  return STABILITIES.indexOf(stability)
}
