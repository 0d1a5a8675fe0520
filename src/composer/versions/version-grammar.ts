/**
 * The pieces of composer/semver's grammar that versions, constraints and stabilities share.
 *
 * Its patterns are PCRE without the `u`, `s` and `D` flags, and JavaScript reads the same text differently in three
 * places: `\s` is ASCII there, `.` stops only at a line feed (written `[^\n]` here), and `$` also matches before a last
 * line feed (`END`). Possessive quantifiers are plain here, wherever what follows cannot match what they took.
 */

/** PCRE's `\s`, for use inside brackets. */
export const SPACE = ' \\t\\n\\v\\f\\r'

/** PCRE's `$`. */
export const END = '(?=\\n?$)'

export const STABILITY_NAMES = 'stable|RC|beta|alpha|dev'

/**
 * The part of a version after its numbers: groups `word`, `count` and `dev`.
 *
 * Source of the rule: composer/semver `VersionParser::$modifierRegex`. Its group of counts nests one repetition in
 * another, which takes exponential time without possessive quantifiers; this one has one way to match each text.
 */
export const MODIFIER =
  '[._-]?(?:(?<word>stable|beta|b|RC|alpha|a|patch|pl|p)(?<count>(?:[.-]?\\d+(?:[.-]\\d+)*)?))?(?<dev>[.-]?dev)?'

/** What is longer is not read: no version is, and everything that looks at one takes its time. Characters. */
export const LONGEST_VERSION = 1024

/** Where the text lies in which a pattern that takes no line feed can reach `END`. */
export function lastLine(text: string): { readonly start: number; readonly end: number } {
  const end = text.endsWith('\n') ? text.length - 1 : text.length
  return { start: end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1, end }
}

const INLINE_ALIAS = new RegExp(`^([^,${SPACE}]+) +as +[^,${SPACE}]+${END}`)

/**
 * The version that really is installed of an inline alias: `dev-x` of `dev-x as 1.0.x-dev`.
 *
 * Source of the rule: composer/semver `VersionParser::normalize` and `VersionParser::parseConstraint`, the same in both.
 */
export function withoutInlineAlias(text: string): string {
  return INLINE_ALIAS.exec(text)?.[1] ?? text
}

/** PHP's `trim`: it takes NUL, and neither form feeds nor what is white only in Unicode. */
export function phpTrim(text: string): string {
  const trimmed = ' \t\n\r\0\v'
  let start = 0
  let end = text.length
  while (start < end && trimmed.includes(text.charAt(start))) start += 1
  while (end > start && trimmed.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** White space is looked at from where it begins, and from nowhere else: each row of it is read once. */
const OR = new RegExp(`(?:(?<![${SPACE}])[${SPACE}]+)?\\|\\|?[${SPACE}]*`)
const AND = /(?<!^|as|[=>< ,]) *(?<!-)[, ](?!-) *(?!,|as|\n?$)/

/**
 * Splits a constraint into its alternatives, and each into the parts that must hold together.
 *
 * Source of the rule: composer/semver `VersionParser::parseConstraints`; Composer's `RootPackageLoader` splits alike.
 */
export function splitConstraint(text: string): string[][] {
  return phpTrim(text)
    .split(OR)
    .map((alternative) => alternative.split(AND))
}
