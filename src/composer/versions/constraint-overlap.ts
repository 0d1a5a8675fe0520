import type { Constraint } from './constraint.js'
import { type Comparison, compareVersions } from './version.js'

/**
 * Whether what a package stands in for, a constraint itself (`"replace": { "acme/old": "^1.0" }`), meets what a
 * requirement asks for.
 *
 * Source of the rule: composer/semver `MultiConstraint::matches` and `Constraint::matchSpecific`, which look at two
 * comparisons at a time: `>1 <2` and `>=3` do not meet, since `<2` and `>=3` do not.
 */
export function overlaps(asked: Constraint, offered: Constraint): boolean {
  if (asked.kind === 'any' || offered.kind === 'any') return true
  if (asked.kind === 'comparison' && offered.kind === 'comparison') return comparisonsMeet(asked, offered)
  if (asked.kind === 'one-of') return asked.constraints.some((part) => overlaps(part, offered))
  if (offered.kind === 'one-of') return offered.constraints.some((part) => overlaps(asked, part))
  if (asked.kind === 'all-of') return asked.constraints.every((part) => overlaps(part, offered))
  return offered.kind === 'all-of' && offered.constraints.every((part) => overlaps(asked, part))
}

function comparisonsMeet(a: Comparison, b: Comparison): boolean {
  if (a.operator === '==') return isIn(a.version, b)
  if (b.operator === '==') return isIn(b.version, a)
  // Branches have no order: two ranges that name one never meet.
  const [aIsBranch, bIsBranch] = [isBranch(a), isBranch(b)]
  if (a.operator === '!=') return b.operator === '!=' || !bIsBranch
  if (b.operator === '!=') return !aIsBranch
  if (aIsBranch || bIsBranch) return false
  const [aIsFloor, bIsFloor] = [a.operator.startsWith('>'), b.operator.startsWith('>')]
  if (aIsFloor === bIsFloor) return true
  const [floor, ceiling] = aIsFloor ? [a, b] : [b, a]
  const bothIncluded = floor.operator === '>=' && ceiling.operator === '<='
  return compareVersions(floor.version, ceiling.version, bothIncluded ? '<=' : '<')
}

function isIn(version: string, { operator, version: other }: Comparison): boolean {
  return compareVersions(version, other, operator)
}

function isBranch({ version }: Comparison): boolean {
  return version.startsWith('dev-')
}
