import { type Comparison, comparison, normalizeVersion } from './version.js'
import { END, MODIFIER, SPACE } from './version-grammar.js'

/** `'refused'`: it has the form of a range, and Composer throws at its versions. */
export type ParsedRange = readonly Comparison[] | 'refused'

/**
 * The ends of a range that is written without comparison signs; undefined when a text has no such form.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraint`, whose order of attempts this is.
 */
export function parseRange(text: string): ParsedRange | undefined {
  return parseTilde(text) ?? parseCaret(text) ?? parseWildcard(text) ?? parseHyphen(text)
}

/** The version of a range, as far as it decides where the range ends. */
interface Spelled {
  /** One to four of them. */
  readonly numbers: readonly string[]
  /** Whether it ends in `.x-dev`. */
  readonly isNumericBranch: boolean
  /** Whether it names a stability or a patch. A range from it begins there, and no earlier. */
  readonly isSuffixed: boolean
}

const VERSION = new RegExp(
  `^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.(\\d+))?(?:${MODIFIER}|(?<branch>\\.[x*][.-]?dev))(?:\\+[^${SPACE}]+)?${END}`,
  'i',
)

function spelledVersion(text: string): Spelled | undefined {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const { word, dev, branch } = match.groups ?? {}
  return {
    numbers: present(match.slice(1, 5)),
    isNumericBranch: branch !== undefined,
    isSuffixed: word !== undefined || dev !== undefined || branch !== undefined,
  }
}

/** `~1.2` is `>=1.2 <2`, `~1.2.3` is `>=1.2.3 <1.3`: section "Tilde Range". */
function parseTilde(text: string): ParsedRange | undefined {
  const version = text.startsWith('~') ? spelledVersion(text.slice(1)) : undefined
  if (version === undefined) return undefined
  const { numbers, isNumericBranch } = version
  // The `x` of a numeric branch counts as a number.
  const last = Math.max(1, numbers.length - (isNumericBranch ? 0 : 1))
  return between(fromVersion(text.slice(1), version), `${raised(numbers, last)}-dev`)
}

/** `^1.2` is `>=1.2 <2`, `^0.3` is `>=0.3 <0.4`: section "Caret Range". */
function parseCaret(text: string): ParsedRange | undefined {
  const version = text.startsWith('^') ? spelledVersion(text.slice(1)) : undefined
  if (version === undefined) return undefined
  return between(fromVersion(text.slice(1), version), `${raised(version.numbers, caretPosition(version.numbers))}-dev`)
}

/** The first of three numbers that is not zero, counted from 1, or the last that is given: what a caret keeps. */
function caretPosition([major, minor, patch]: readonly string[]): 1 | 2 | 3 {
  if (major !== '0' || minor === undefined) return 1
  return minor !== '0' || patch === undefined ? 2 : 3
}

/** Here an unsuffixed version gets its `-dev` before it is normalized, in a hyphen range after. */
function fromVersion(text: string, { isSuffixed }: Spelled): string | undefined {
  return normalizeVersion(isSuffixed ? text : `${text}-dev`)
}

const WILDCARD = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:\\.[xX*])+${END}`)

/** `2.4.*` is `>=2.4 <2.5`: section "X Range". */
function parseWildcard(text: string): ParsedRange | undefined {
  const match = WILDCARD.exec(text)
  if (match === null) return undefined
  const numbers = present(match.slice(1, 4))
  const low = `${padded(numbers)}-dev`
  const high = `${raised(numbers, numbers.length)}-dev`
  return low === '0.0.0.0-dev' ? [comparison('<', high)] : between(low, high)
}

const HYPHEN = new RegExp(`^([^${SPACE}]+) +- +([^${SPACE}]+)${END}`)

/** `1.0 - 2.0` is `>=1.0 <2.1`, `1.0 - 2.0.0` is `>=1.0 <=2.0.0`: section "Hyphen Range". */
function parseHyphen(text: string): ParsedRange | undefined {
  const [, fromText = '', toText = ''] = HYPHEN.exec(text) ?? []
  const [from, to] = [spelledVersion(fromText), spelledVersion(toText)]
  if (from === undefined || to === undefined) return undefined
  const [low, high] = [normalizeVersion(fromText), normalizeVersion(toText)]
  if (low === undefined || high === undefined) return 'refused'
  const start = from.isSuffixed ? low : `${low}-dev`
  const isExactEnd = to.numbers.length > 2 || to.isSuffixed
  if (isExactEnd) return [comparison('>=', start), comparison('<=', high)]
  return between(start, `${raised(to.numbers, to.numbers.length)}-dev`)
}

function between(low: string | undefined, high: string): ParsedRange {
  return low === undefined ? 'refused' : [comparison('>=', low), comparison('<', high)]
}

/** The groups that took part in a match. */
function present(groups: readonly (string | undefined)[]): string[] {
  return groups.filter((group) => group !== undefined)
}

/** The first numbers, the last of them raised by one. Source of the rule: `VersionParser::manipulateVersionString`. */
function raised(numbers: readonly string[], position: number): string {
  return padded([...numbers.slice(0, position - 1), successor(numbers[position - 1] ?? '0')])
}

function padded(numbers: readonly string[]): string {
  return [...numbers, '0', '0', '0'].slice(0, 4).join('.')
}

/** PHP's `+ 1`: past the largest integer it is a float, which prints with 14 digits and an exponent. */
function successor(digits: string): string {
  // A BigInt of many digits takes more than their number of steps.
  const significant = digits.replace(/^0+(?=\d)/, '')
  const next = significant.length > 64 ? undefined : BigInt(significant) + 1n
  if (next !== undefined && next < 2n ** 63n) return String(next)
  const [mantissa = '', exponent = ''] = Number(next ?? significant)
    .toExponential(13)
    .split('e')
  const shortest = mantissa.replace(/0+$/, '').replace(/\.$/, '.0')
  return `${shortest}E${exponent}`
}
