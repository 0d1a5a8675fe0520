import { isJsonObject, type JsonObject, type JsonValue } from './json.js'

/** What a package says of another one: a line of `require`, `replace` or `provide`. */
export interface Link {
  /** In lower case. */
  readonly name: string
  /** As it stands there; `self.version` is the version of the package that says it. */
  readonly constraint: string
}

/** What is longer counts as a constraint that cannot be read: it costs time wherever it is looked at. Characters. */
export const LONGEST_CONSTRAINT = 4096

/** The lines of one kind in a package's entry. */
export function linksOf(entry: JsonObject, kind: 'require' | 'replace' | 'provide'): Link[] {
  return linksIn(entry[kind])
}

/** The lines of one section, each as `link` makes it. */
export function linksIn(
  section: JsonValue | undefined,
  link: (name: string, constraint: string) => Link = plain,
): Link[] {
  if (!isJsonObject(section)) return []
  return Object.entries(section).flatMap(([name, constraint]) =>
    typeof constraint === 'string'
      ? [link(name.toLowerCase(), constraint.length > LONGEST_CONSTRAINT ? '' : constraint)]
      : [],
  )
}

function plain(name: string, constraint: string): Link {
  return { name, constraint }
}

/** What a package stands in for: `replace` and `provide`. */
export function standsInFor(entry: JsonObject): Link[] {
  return [...linksOf(entry, 'replace'), ...linksOf(entry, 'provide')]
}
