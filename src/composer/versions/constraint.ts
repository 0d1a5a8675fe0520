import { parseRange } from './constraint-range.js'
import { stabilityOf } from './stability.js'
import { type Comparison, compareVersions, comparison, normalizeVersion, type Operator } from './version.js'
import { END, MODIFIER, SPACE, STABILITY_NAMES, splitConstraint, withoutInlineAlias } from './version-grammar.js'

/** What a requirement asks of a version; composer/semver has a class for each kind. */
export type Constraint =
  | Comparison
  | { readonly kind: 'any' }
  | { readonly kind: 'all-of' | 'one-of'; readonly constraints: readonly Constraint[] }

/**
 * Whether a version, as `normalizeVersion` returns it, meets a constraint.
 *
 * Source of the rule: composer/semver `MultiConstraint::matches` and `Constraint::matchSpecific`, of whose cases only a
 * single version (`new Constraint('==', $version)`) is asked for here.
 */
export function satisfies(normalizedVersion: string, constraint: Constraint): boolean {
  switch (constraint.kind) {
    case 'any':
      return true
    case 'comparison':
      return compareVersions(normalizedVersion, constraint.version, constraint.operator)
    case 'all-of':
      return constraint.constraints.every((part) => satisfies(normalizedVersion, part))
    case 'one-of':
      return constraint.constraints.some((part) => satisfies(normalizedVersion, part))
  }
}

/**
 * Reads a constraint as it stands in a composer.json, undefined when Composer refuses it.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraints`.
 */
export function parseConstraint(text: string): Constraint | undefined {
  const alternatives: Constraint[] = []
  for (const parts of splitConstraint(text)) {
    const conjunction: Constraint[] = []
    for (const part of parts) {
      const parsed = parsePart(part)
      if (parsed === undefined) return undefined
      conjunction.push(...parsed)
    }
    alternatives.push(combined('all-of', conjunction))
  }
  return combined('one-of', withContiguousJoined(alternatives))
}

function combined(kind: 'all-of' | 'one-of', constraints: readonly Constraint[]): Constraint {
  const [only] = constraints
  return only !== undefined && constraints.length === 1 ? only : { kind, constraints }
}

/**
 * Joins neighbours of which the first ends where the second begins: `>=1 <2 || >=2 <3` is `>=1 <3`. Composer does not
 * look whether the first range is empty, so that `>=2 <1 || >=1 <3` loses what lies from 1 to 2.
 *
 * Source of the rule: composer/semver `MultiConstraint::optimizeConstraints`.
 */
function withContiguousJoined(alternatives: readonly Constraint[]): Constraint[] {
  const joined: Constraint[] = []
  for (const right of alternatives) {
    const [from, to] = rangeEnds(joined.at(-1)) ?? []
    const [nextFrom, nextTo] = rangeEnds(right) ?? []
    if (from && nextTo && to?.operator === '<' && to.version === nextFrom?.version) {
      joined[joined.length - 1] = { kind: 'all-of', constraints: [from, nextTo] }
    } else {
      joined.push(right)
    }
  }
  return joined
}

/** The ends of a range of the form `>=a <b` or `>=a <=b`. */
function rangeEnds(constraint: Constraint | undefined): [from: Comparison, to: Comparison] | undefined {
  if (constraint?.kind !== 'all-of' || constraint.constraints.length !== 2) return undefined
  const [from, to] = constraint.constraints
  if (from?.kind !== 'comparison' || to?.kind !== 'comparison') return undefined
  return from.operator === '>=' && to.operator.startsWith('<') ? [from, to] : undefined
}

const STABILITY_FLAG = new RegExp(`^([^,${SPACE}]*?)@(${STABILITY_NAMES})${END}`, 'i')
/** The first look ahead says what the end asks for, so that it is not asked for behind every `#` anew. */
const REFERENCE = new RegExp(`^(?=[^\\n]*${END})(dev-[^,${SPACE}@]+?|[^,${SPACE}@]+?\\.x-dev)#[^\\n]+${END}`, 'i')
const ANY_VERSION = new RegExp(`^(v?)[x*]((?:\\.[x*])*)${END}`, 'i')

/**
 * What a part stands for after splitting: one comparison, the two ends of a range, or any version.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraint`.
 */
function parsePart(text: string): readonly Constraint[] | undefined {
  const source = withoutInlineAlias(text)
  const [, flagged, flag] = STABILITY_FLAG.exec(source) ?? []
  const unflagged = flagged === '' ? '*' : (flagged ?? source)
  const part = REFERENCE.exec(unflagged)?.[1] ?? unflagged

  const anyVersion = ANY_VERSION.exec(part)
  if (anyVersion !== null) {
    // A plain `*` takes branches too; `*.*` is a comparison, which no branch meets.
    const isPlain = anyVersion[1] === '' && anyVersion[2] === ''
    return [isPlain ? { kind: 'any' } : comparison('>=', '0.0.0.0-dev')]
  }
  const range = parseRange(part)
  if (range !== undefined) return range === 'refused' ? undefined : range
  // PHP compares the flag as it stands: `@STABLE` is appended to the version like any other.
  const single = parseComparison(part, flag === 'stable' ? undefined : flag)
  return single === undefined ? undefined : [single]
}

const COMPARISON = new RegExp(`^(<>|!=|>=?|<=?|==?)?[${SPACE}]*([^\\n]*)`)
/** Without the flag `i`, on a text in lower case: so `-RC1` is no suffix here, and `>=1.0-RC1` gets a `-dev` more. */
const SUFFIXED = new RegExp(`-${MODIFIER}${END}`)

/** Source of the rule: the section "Basic Comparators" of composer/semver `VersionParser::parseConstraint`. */
function parseComparison(part: string, flag: string | undefined): Comparison | undefined {
  const [, sign, text = ''] = COMPARISON.exec(part) ?? []
  const version = normalizeVersion(text) ?? misspelledBranch(text)
  if (version === undefined) return undefined
  const operator = operatorOf(sign)
  if (operator !== '==' && flag !== undefined && stabilityOf(version) === 'stable') {
    return comparison(operator, `${version}-${flag}`)
  }
  // `>=2.4` takes in the pre-releases of 2.4 and `<2.4` leaves them out, unless the text names a pre-release itself.
  const isBoundary = operator === '<' || operator === '>='
  const isFinal = !SUFFIXED.test(text.toLowerCase()) && !text.startsWith('dev-')
  return comparison(operator, isBoundary && isFinal ? `${version}-dev` : version)
}

/** `feature/x-dev`, which should have been `dev-feature/x`. */
function misspelledBranch(text: string): string | undefined {
  return /^[\dA-Za-z\-./]*-dev$/.test(text) ? `dev-${text.slice(0, -4)}` : undefined
}

function operatorOf(sign: string | undefined): Operator {
  switch (sign) {
    case '!=':
    case '<>':
      return '!='
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sign
    default:
      return '=='
  }
}
