import { basename, dirname, join } from 'node:path'

/** As many patterns as braces may come to, and characters that one may have: it is a pull request's text. */
const MOST_PATTERNS = 100
const LONGEST_PATTERN = 1000

/** The names in a folder; undefined where there are too many to tell. */
export type NamesIn = (folder: string) => readonly string[] | undefined

/**
 * The paths that a pattern means, as PHP's `glob` finds them with `GLOB_BRACE`: `*` and `?` in any part of it, braces with
 * commas. Undefined where that cannot be told. What stands in it without a wildcard need not be there.
 *
 * Source of the rule: `PathRepository::getUrlMatches`.
 */
export function matchingPaths(pattern: string, namesIn: NamesIn): string[] | undefined {
  // A class of characters is rare, and read in several ways.
  if (pattern.length > LONGEST_PATTERN || pattern.includes('[')) return undefined
  const patterns = withoutBraces(pattern)
  const paths = patterns?.map((one) => pathsOf(one, namesIn))
  if (paths === undefined || paths.includes(undefined)) return undefined
  return [...new Set(paths.flatMap((found) => found ?? []))]
}

/** A pattern for each choice that braces give, the innermost first; undefined for too many. */
function withoutBraces(pattern: string): string[] | undefined {
  let open = [pattern]
  for (;;) {
    const next = open.flatMap((one) => {
      const [whole, choices] = /\{([^{}]*)\}/.exec(one) ?? []
      return whole === undefined || choices === undefined
        ? [one]
        : choices.split(',').map((choice) => one.replace(whole, () => choice))
    })
    if (next.length > MOST_PATTERNS) return undefined
    if (next.every((one, index) => one === open[index])) return next
    open = next
  }
}

function pathsOf(pattern: string, namesIn: NamesIn): string[] | undefined {
  if (!isPattern(pattern)) return [pattern]
  const parents = pathsOf(dirname(pattern), namesIn)
  const last = basename(pattern)
  if (!isPattern(last)) return parents?.map((parent) => join(parent, last))
  const found = parents?.map((parent) =>
    namesIn(parent)
      ?.filter((name) => matches(last, name))
      .map((name) => join(parent, name)),
  )
  return found === undefined || found.includes(undefined) ? undefined : found.flatMap((paths) => paths ?? [])
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text)
}

/** Whether a name matches; one that begins with a dot is matched by a dot alone. By hand: many `*` take a regular expression ages. */
function matches(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let [at, from] = [0, 0]
  let star: { readonly pattern: number; name: number } | undefined
  while (at < name.length) {
    if (pattern[from] === '*') {
      star = { pattern: from, name: at }
      from++
    } else if (pattern[from] === '?' || pattern[from] === name[at]) {
      from++
      at++
    } else if (star !== undefined) {
      star.name++
      at = star.name
      from = star.pattern + 1
    } else return false
  }
  return /^\**$/.test(pattern.slice(from))
}
