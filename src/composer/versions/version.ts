import {
  END,
  LONGEST_VERSION,
  MODIFIER,
  phpTrim,
  SPACE,
  STABILITY_NAMES,
  withoutInlineAlias,
} from './version-grammar.js'

const STABILITY_FLAG = new RegExp(`@(?:${STABILITY_NAMES})${END}`, 'i')
const BUILD_METADATA = new RegExp(`^([^,${SPACE}+]+)\\+[^${SPACE}]+${END}`)
const CLASSICAL = new RegExp(`^v?(\\d{1,5})(\\.\\d+)?(\\.\\d+)?(\\.\\d+)?${MODIFIER}${END}`, 'i')
/** Of composer/semver 3.3: since 3.4.0 there may be one number more at the end, so that `1234567.1` is a date as well. */
const DATE = new RegExp(`^v?(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3})?)${MODIFIER}${END}`, 'i')
/** From where a line begins: a match that begins later is part of one that begins there. */
const DEV_SUFFIX = new RegExp(`(?<![^\\n])([^\\n]*?)[.-]?dev${END}`, 'i')
const NUMERIC_BRANCH = new RegExp(`^v?(\\d+)(\\.(?:\\d+|[x*]))?(\\.(?:\\d+|[x*]))?(\\.(?:\\d+|[x*]))?${END}`, 'i')

/** Branches that were versions in Composer 1, before the prefix `dev-` was asked for. */
const DEFAULT_BRANCHES = ['master', 'trunk', 'default']

/**
 * A version in the form in which Composer compares it (`2.4.8-p3` is `2.4.8.0-patch3`), undefined when it is none, or
 * longer than `LONGEST_VERSION`.
 *
 * Source of the rule: composer/semver `VersionParser::normalize`.
 */
export function normalizeVersion(version: string): string | undefined {
  if (version.length > LONGEST_VERSION) return undefined
  const single = withoutInlineAlias(phpTrim(version)).replace(STABILITY_FLAG, '')
  const named = DEFAULT_BRANCHES.includes(single) ? `dev-${single}` : single
  if (/^dev-/i.test(named)) return `dev-${named.slice(4)}`
  const bare = BUILD_METADATA.exec(named)?.[1] ?? named
  return normalizedNumbers(bare) ?? normalizedNumericBranch(bare)
}

/** A version of up to four numbers, or a date. */
function normalizedNumbers(version: string): string | undefined {
  const classical = CLASSICAL.exec(version)
  if (classical !== null) {
    const [, major = '', ...rest] = classical.slice(0, 5)
    return withModifier(`${major}${rest.map((number) => number ?? '.0').join('')}`, classical.groups)
  }
  const date = DATE.exec(version)
  return date === null ? undefined : withModifier((date[1] ?? '').replace(/\D/g, '.'), date.groups)
}

function withModifier(numbers: string, { word, count = '', dev }: Record<string, string | undefined> = {}): string {
  // Only in lower case, and then with what follows it: PHP compares the word as it stands.
  if (word === 'stable') return numbers
  const pre = word === undefined ? '' : `-${longName(word)}${count.replace(/^[.-]+/, '')}`
  return `${numbers}${pre}${dev === undefined ? '' : '-dev'}`
}

/** Source of the rule: composer/semver `VersionParser::expandStability`. */
function longName(word: string): string {
  const name = word.toLowerCase()
  const names: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', p: 'patch', pl: 'patch', rc: 'RC' }
  return names[name] ?? name
}

/**
 * `2.4.x-dev`, as the highest version of its line. A branch with any other name needs the prefix `dev-`.
 *
 * Source of the rule: composer/semver `VersionParser::normalizeBranch`.
 */
export function normalizedNumericBranch(version: string): string | undefined {
  const branch = DEV_SUFFIX.exec(version)?.[1]
  const numbers = branch === undefined ? null : NUMERIC_BRANCH.exec(phpTrim(branch))
  if (numbers === null) return undefined
  const highest = numbers.slice(1, 5).map((number: string | undefined) => (number ?? '.x').replace(/[x*]/i, '9999999'))
  return `${highest.join('')}-dev`
}

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>='

/** A comparison of a version with a normalized one: composer/semver's class `Constraint`. */
export interface Comparison {
  readonly kind: 'comparison'
  readonly operator: Operator
  readonly version: string
}

export function comparison(operator: Operator, version: string): Comparison {
  return { kind: 'comparison', operator, version }
}

/**
 * Compares two normalized versions. A branch (`dev-…`) equals itself, differs from all else, and has no order.
 *
 * Source of the rule: composer/semver `Constraint::versionCompare`.
 */
export function compareVersions(a: string, b: string, operator: Operator): boolean {
  const branches = [a, b].filter((version) => version.startsWith('dev-')).length
  if (branches > 0) return operator === '!=' ? a !== b : operator === '==' && a === b
  const order = phpVersionOrder(a, b)
  switch (operator) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/**
 * Negative, zero or positive, as the first version is lower, equal or higher.
 *
 * Source of the rule: PHP `version_compare` (ext/standard/versioning.c).
 */
function phpVersionOrder(a: string, b: string): number {
  if (a === '' || b === '') return Math.sign(a.length - b.length)
  const left = canonicalParts(a)
  const right = canonicalParts(b)
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index += 1) {
    const order = partOrder(left[index] ?? '', right[index] ?? '')
    if (order !== 0) return order
  }
  // A further number makes a version higher; a further word counts against NUMBER, so that 1.0-beta < 1.0 < 1.0-patch.
  if (left.length > shared) return restOrder(left.slice(shared))
  if (right.length > shared) return -restOrder(right.slice(shared))
  return 0
}

/** Stands for any number where PHP compares it with a word. */
const NUMBER = '#N#'

function restOrder(rest: readonly string[]): number {
  const text = rest.join('.')
  return /^\d/.test(text) ? 1 : phpVersionOrder(text, NUMBER)
}

/** The parts between dots, after PHP has put dots for all other signs and where digits and letters meet. */
function canonicalParts(version: string): string[] {
  if (version === NUMBER) return [NUMBER]
  const dotted = version.slice(1).replace(/[^\dA-Za-z]+/g, '.')
  return (version.charAt(0) + dotted)
    .replace(/(?<=\d)(?=[A-Za-z])|(?<=[^\d.])(?=\d)/g, '.')
    .replace(/\.{2,}/g, '.')
    .split('.')
}

function partOrder(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d/.test(a), /^\d/.test(b)]
  if (aIsNumber && bIsNumber) {
    const [left, right] = [phpInteger(a), phpInteger(b)]
    return left < right ? -1 : Number(left > right)
  }
  return rank(aIsNumber ? NUMBER : a) - rank(bIsNumber ? NUMBER : b)
}

const LARGEST_INTEGER = 2n ** 63n - 1n

/** C's `strtol`, which stops at the largest integer. */
function phpInteger(digits: string): bigint {
  const significant = digits.replace(/^0+(?=\d)/, '')
  if (significant.length > String(LARGEST_INTEGER).length) return LARGEST_INTEGER
  const value = BigInt(significant)
  return value > LARGEST_INTEGER ? LARGEST_INTEGER : value
}

/** The words that PHP knows, by how they begin; a word that it does not know comes before all of them. */
const RANKS: readonly (readonly [word: string, rank: number])[] = [
  ['dev', 0],
  ['a', 1],
  ['b', 2],
  ['RC', 3],
  ['rc', 3],
  ['#', 4],
  ['p', 5],
]

function rank(word: string): number {
  return RANKS.find(([start]) => word.startsWith(start))?.[1] ?? -1
}
