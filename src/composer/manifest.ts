import { readFileSync, statSync } from 'node:fs'
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser'
import {
  isJsonObject,
  type JsonObject,
  type JsonProblem,
  type JsonValue,
  type Position,
  parseJson,
  positionAt,
} from './json.js'

/** One line of `require` or `require-dev`. */
export interface Requirement {
  readonly name: string
  readonly constraint: string
  readonly dev: boolean
  readonly position: Position
}

/** One entry of `repositories`, in the order in which Composer asks them. */
export interface RepositoryEntry {
  readonly type: string
  readonly url: string
  /** Patterns of names that it serves alone, or does not serve. Source: `FilterRepository.php`. */
  readonly only: readonly string[]
  readonly exclude: readonly string[]
  /** Whether it ends the search for a name that it knows. */
  readonly canonical: boolean
  /** The names that a `package` repository holds, with their versions. */
  readonly inline: readonly { readonly name: string; readonly version: string }[]
  readonly position: Position
}

/** A composer.json, as far as it says what will be fetched and from where. */
export interface Manifest {
  readonly kind: 'manifest'
  readonly path: string
  readonly requirements: readonly Requirement[]
  readonly repositories: readonly RepositoryEntry[]
  /** Names of repositories that are switched off, such as `packagist.org`. */
  readonly disabled: readonly string[]
  readonly minimumStability: string
  /** What the project itself stands in for: names in `replace` and `provide`. */
  readonly provides: readonly string[]
}

/** Why Composer could not read a file of the project. */
export interface UnreadableFile {
  readonly kind: 'unreadable'
  readonly path: string
  readonly reason: JsonProblem | 'conflict' | 'not-an-object' | 'too-large' | 'permission'
  readonly position: Position | undefined
}

/** A file of the project, parsed, with its tree for positions. */
export interface ParsedFile {
  readonly kind: 'parsed'
  readonly path: string
  readonly text: string
  readonly data: JsonObject
  readonly root: Node
}

/** A lock of the largest shops has some three megabytes. */
const MAXIMUM_BYTES = 64 * 1024 * 1024

/**
 * Reads a JSON file of the project; undefined when there is none.
 */
export function readProjectFile(path: string): ParsedFile | UnreadableFile | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  // Composer asks `is_file`: a directory of that name counts as no file.
  if (stats === undefined || !stats.isFile()) return undefined
  if (stats.size > MAXIMUM_BYTES) return { kind: 'unreadable', path, reason: 'too-large', position: undefined }
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    return { kind: 'unreadable', path, reason: 'permission', position: undefined }
  }
  const parsed = parseJson(bytes)
  if (parsed.kind === 'invalid') {
    const conflict = conflictMarker(bytes)
    if (conflict !== undefined) return { kind: 'unreadable', path, reason: 'conflict', position: conflict }
    return { kind: 'unreadable', path, reason: parsed.problem, position: parsed.position }
  }
  const root = parseTree(parsed.text)
  if (!isJsonObject(parsed.value) || root === undefined) {
    return { kind: 'unreadable', path, reason: 'not-an-object', position: { line: 1, column: 1 } }
  }
  return { kind: 'parsed', path, text: parsed.text, data: parsed.value, root }
}

/** Reads composer.json; undefined when there is none. */
export function readManifest(path: string): Manifest | UnreadableFile | undefined {
  const file = readProjectFile(path)
  if (file?.kind !== 'parsed') return file
  const { data } = file
  const { repositories, disabled } = repositoriesOf(file)
  return {
    kind: 'manifest',
    path,
    requirements: [...requirementsOf(file, 'require', false), ...requirementsOf(file, 'require-dev', true)],
    repositories,
    disabled,
    minimumStability: typeof data['minimum-stability'] === 'string' ? data['minimum-stability'] : 'stable',
    provides: ['replace', 'provide'].flatMap((key) => keysOf(data[key]).map((name) => name.toLowerCase())),
  }
}

/** Names that Composer looks up nowhere: PHP, its extensions, libraries, Composer itself. Source: `PlatformRepository.php`. */
export function isPlatformPackage(name: string): boolean {
  return /^(?:php(?:-64bit|-ipv6|-zts|-debug)?|hhvm|(?:ext|lib)-[a-z0-9](?:[_.-]?[a-z0-9]+)*|composer(?:-(?:plugin|runtime)-api)?)$/i.test(
    name,
  )
}

/** Where something stands in a parsed file; its beginning when it does not. */
export function positionIn(file: ParsedFile, path: (string | number)[]): Position {
  const node = findNodeAtLocation(file.root, path)
  // Of a property the key is what a person looks for, not the value.
  const at = node?.parent?.type === 'property' ? node.parent : node
  return at === undefined ? { line: 1, column: 1 } : positionAt(file.text, at.offset)
}

function requirementsOf(file: ParsedFile, section: 'require' | 'require-dev', dev: boolean): Requirement[] {
  const requirements = file.data[section]
  if (!isJsonObject(requirements)) return []
  return Object.entries(requirements).flatMap(([name, constraint]) =>
    typeof constraint !== 'string' || isPlatformPackage(name)
      ? []
      : [{ name: name.toLowerCase(), constraint, dev, position: positionIn(file, [section, name]) }],
  )
}

/**
 * The repositories of a manifest, of the home's config.json as well: `repositories` as a list or as an object.
 *
 * Source of the rule: `Config::merge`.
 */
function repositoriesOf(file: ParsedFile): { repositories: RepositoryEntry[]; disabled: string[] } {
  const value = file.data.repositories
  const entries: [string | number, JsonValue][] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry])
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  const repositories: RepositoryEntry[] = []
  const disabled: string[] = []
  for (const [key, entry] of entries) {
    if (entry === false) disabled.push(String(key))
    else if (isJsonObject(entry)) {
      const [only] = Object.entries(entry)
      if (only !== undefined && Object.keys(entry).length === 1 && only[1] === false) disabled.push(only[0])
      else repositories.push(repositoryEntry(entry, positionIn(file, ['repositories', key])))
    }
  }
  return { repositories, disabled: disabled.map((name) => (name === 'packagist' ? 'packagist.org' : name)) }
}

function repositoryEntry(entry: JsonObject, position: Position): RepositoryEntry {
  const { type, url, canonical } = entry
  return {
    type: typeof type === 'string' ? type : '',
    url: typeof url === 'string' ? url : '',
    only: stringsOf(entry.only),
    exclude: stringsOf(entry.exclude),
    canonical: canonical !== false,
    inline: type === 'package' ? inlinePackages(entry.package) : [],
    position,
  }
}

function inlinePackages(value: JsonValue | undefined): { name: string; version: string }[] {
  const packages = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return packages.flatMap((entry) =>
    isJsonObject(entry) && typeof entry.name === 'string'
      ? [{ name: entry.name.toLowerCase(), version: typeof entry.version === 'string' ? entry.version : '' }]
      : [],
  )
}

/** The first line that git left in a file with a conflict. */
function conflictMarker(bytes: Buffer): Position | undefined {
  const line = bytes
    .toString('utf8')
    .split('\n')
    .findIndex((text) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/.test(text))
  return line === -1 ? undefined : { line: line + 1, column: 1 }
}

function keysOf(value: JsonValue | undefined): string[] {
  return isJsonObject(value) ? Object.keys(value) : []
}

function stringsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
