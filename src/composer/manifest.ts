import { readFileSync, type Stats, statSync } from 'node:fs'
import { visit } from 'jsonc-parser'
import { isJsonObject, type JsonObject, type JsonProblem, type JsonValue, type Position, parseJson } from './json.js'

/** One line of `require` or `require-dev`. */
export interface Requirement {
  readonly name: string
  readonly constraint: string
  readonly dev: boolean
  readonly position: Position
}

/** One entry of `repositories`, in the order in which Composer asks them. */
export interface RepositoryEntry {
  /** Its name among the repositories; undefined in a list, where it has none. */
  readonly key: string | undefined
  readonly type: string
  /** Empty when there is none, or one that no client could send. */
  readonly url: string
  /** Patterns of names that it serves alone, or does not serve. Source: `FilterRepository.php`. */
  readonly only: readonly string[]
  readonly exclude: readonly string[]
  /** Whether it ends the search for a name that it knows. */
  readonly canonical: boolean
  /** The names that a `package` repository holds, with their versions. */
  readonly inline: readonly InlinePackage[]
  /** It has `options`, such as headers or certificates of its own, which are not judged. */
  readonly hasOptions: boolean
  readonly position: Position
}

/** A package that stands in composer.json itself. */
export interface InlinePackage {
  readonly name: string
  readonly version: string
  /** Names that it stands in for. */
  readonly provides: readonly string[]
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

/** What a file of the project may hold that findings point at. */
type Section = 'require' | 'require-dev' | 'repositories' | 'packages' | 'packages-dev'

/** A file of the project, parsed. */
export interface ParsedFile {
  readonly kind: 'parsed'
  readonly path: string
  readonly data: JsonObject
  /** Where the members of a section stand: their keys, in a list they themselves. In the order of the file. */
  readonly members: (section: Section) => ReadonlyMap<string | number, Position>
}

/** A lock of the largest shops has some three megabytes. */
const MAXIMUM_BYTES = 64 * 1024 * 1024
/** What is longer is no address that a server would take, and costs time wherever it is looked at. Characters. */
const LONGEST_URL = 8192
/** The same of constraints: what is longer counts as one that cannot be read. Characters. */
const LONGEST_CONSTRAINT = 4096

/**
 * Reads a JSON file of the project; undefined when there is none.
 */
export function readProjectFile(path: string): ParsedFile | UnreadableFile | undefined {
  const stats = statsOf(path)
  // Composer asks `is_file`: a directory of that name counts as no file, and so does a link that leads nowhere.
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
  const { text, value } = parsed
  if (!isJsonObject(value)) {
    return { kind: 'unreadable', path, reason: 'not-an-object', position: { line: 1, column: 1 } }
  }
  let sections: ReturnType<typeof membersOf> | undefined
  const members = (section: Section) => {
    sections ??= membersOf(text)
    return sections[section]
  }
  return { kind: 'parsed', path, data: value, members }
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
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
    provides: providedBy(data),
  }
}

/** Names that Composer looks up nowhere: PHP, its extensions, libraries, Composer itself. Source: `PlatformRepository.php`. */
export function isPlatformPackage(name: string): boolean {
  // Each round of the loop takes one letter or digit, so that there is one way alone to read a name: a pull request may
  // have written it.
  return /^(?:php(?:-64bit|-ipv6|-zts|-debug)?|hhvm|(?:ext|lib)-[a-z0-9](?:[_.-]?[a-z0-9])*|composer(?:-(?:plugin|runtime)-api)?)$/i.test(
    name,
  )
}

/**
 * Whether a name can be a package's. Composer stops at any other requirement, and writes none into a lock. What is none is
 * passed over: it would bring line breaks and markup of a pull request into what this action says.
 *
 * Source of the rule: `ValidatingArrayLoader::hasPackageNamingError`, less strict.
 */
export function isPackageName(name: string): boolean {
  return name.length <= 255 && /^[a-z0-9](?:[_.-]{0,2}[a-z0-9])*\/[a-z0-9](?:[_.-]{0,2}[a-z0-9])*$/i.test(name)
}

/** Whether a text has control or format characters (line breaks, terminal escapes, bidirectional overrides). */
export function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
}

/** A URL of the project's files as it can be asked for and shown: percent-encoded where no URL may have such a character. */
export function readUrl(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value.length > LONGEST_URL) return ''
  return value.replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, encodeURIComponent)
}

/** Where a member of a section stands; the beginning of the file when that cannot be told. */
export function positionIn(file: ParsedFile, section: Section, key: string | number): Position {
  return file.members(section).get(key) ?? { line: 1, column: 1 }
}

/**
 * The members of all sections, found in one pass without a tree: a tree of the largest file that is read would not fit into
 * memory, and looking each member up in it takes as many steps as there are members.
 *
 * Of a key that stands twice the last one counts, at the place of the first, as in PHP's arrays. Of a locked package its
 * name is what a person looks for.
 */
function membersOf(text: string): Readonly<Record<Section, Map<string | number, Position>>> {
  const sections = {
    require: new Map<string | number, Position>(),
    'require-dev': new Map<string | number, Position>(),
    repositories: new Map<string | number, Position>(),
    packages: new Map<string | number, Position>(),
    'packages-dev': new Map<string | number, Position>(),
  }
  // Where the value is that is being read: a number in a list, a key in an object.
  const path: (string | number)[] = []
  const note = (line: number, character: number) => {
    const [section, key, detail] = path
    if (key === undefined || typeof section !== 'string' || !Object.hasOwn(sections, section)) return
    const isName = path.length === 3 && detail === 'name' && section.startsWith('packages')
    if (path.length !== 2 && !isName) return
    sections[section as Section].set(key, { line: line + 1, column: character + 1 })
  }
  const noteItem = (line: number, character: number) => {
    if (typeof path.at(-1) === 'number') note(line, character)
  }
  visit(text, {
    onObjectBegin: (_offset, _length, line, character) => {
      noteItem(line, character)
      path.push('')
    },
    onObjectProperty: (key, _offset, _length, line, character) => {
      path[path.length - 1] = key
      note(line, character)
    },
    onObjectEnd: () => {
      path.pop()
    },
    onArrayBegin: (_offset, _length, line, character) => {
      noteItem(line, character)
      path.push(0)
    },
    onArrayEnd: () => {
      path.pop()
    },
    onLiteralValue: (_value, _offset, _length, line, character) => noteItem(line, character),
    onSeparator: (character) => {
      const last = path.at(-1)
      if (character === ',' && typeof last === 'number') path[path.length - 1] = last + 1
    },
  })
  return sections
}

function requirementsOf(file: ParsedFile, section: 'require' | 'require-dev', dev: boolean): Requirement[] {
  const requirements = file.data[section]
  if (!isJsonObject(requirements)) return []
  return Object.entries(requirements).flatMap(([name, text]) => {
    if (typeof text !== 'string' || isPlatformPackage(name) || !isPackageName(name)) return []
    const constraint = text.length > LONGEST_CONSTRAINT ? '' : text.replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ').trim()
    return [{ name: name.toLowerCase(), constraint, dev, position: positionIn(file, section, name) }]
  })
}

/**
 * The repositories of a manifest, of the home's config.json as well: `repositories` as a list or as an object.
 *
 * Source of the rule: `Config::merge`.
 */
function repositoriesOf(file: ParsedFile): { repositories: RepositoryEntry[]; disabled: string[] } {
  const value = file.data.repositories
  // An object of JavaScript puts keys that are numbers first; PHP, and so Composer, keeps the order of the file.
  const entries: [string | number, JsonValue | undefined][] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry])
    : isJsonObject(value)
      ? [...file.members('repositories').keys()].map((key) => [key, value[key]])
      : []
  const repositories: RepositoryEntry[] = []
  const disabled: string[] = []
  for (const [key, entry] of entries) {
    if (entry === false) disabled.push(String(key))
    else if (isJsonObject(entry)) {
      const [only] = Object.entries(entry)
      if (only !== undefined && Object.keys(entry).length === 1 && only[1] === false) disabled.push(only[0])
      else repositories.push(repositoryEntry(key, entry, positionIn(file, 'repositories', key)))
    }
  }
  return { repositories, disabled: disabled.map(repositoryName) }
}

/** The default repository has an old name too. Source of the rule: `Config::merge`. */
function repositoryName(key: string): string {
  return key === 'packagist' ? 'packagist.org' : key
}

function repositoryEntry(key: string | number, entry: JsonObject, position: Position): RepositoryEntry {
  const { type, canonical } = entry
  const only = stringsOf(entry.only)
  return {
    // PHP turns a key such as "0" into a number, and so into none.
    key: typeof key === 'number' || /^(?:0|-?[1-9]\d{0,17})$/.test(key) ? undefined : repositoryName(key),
    type: typeof type === 'string' ? type : '',
    url: readUrl(entry.url),
    // A list without names lets none through, and no name is empty.
    only: Array.isArray(entry.only) && only.length === 0 ? [''] : only,
    exclude: stringsOf(entry.exclude),
    canonical: canonical !== false,
    inline: type === 'package' ? inlinePackages(entry.package) : [],
    hasOptions: isJsonObject(entry.options) && Object.keys(entry.options).length > 0,
    position,
  }
}

function inlinePackages(value: JsonValue | undefined): InlinePackage[] {
  const packages = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return packages.flatMap((entry) => {
    if (!isJsonObject(entry) || typeof entry.name !== 'string') return []
    const version = typeof entry.version === 'string' ? entry.version : ''
    return hasControls(version) ? [] : [{ name: entry.name.toLowerCase(), version, provides: providedBy(entry) }]
  })
}

/** The first line that git left in a file with a conflict. */
function conflictMarker(bytes: Buffer): Position | undefined {
  const line = bytes
    .toString('utf8')
    .split('\n')
    .findIndex((text) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/.test(text))
  return line === -1 ? undefined : { line: line + 1, column: 1 }
}

/** Names that a package stands in for: `replace` and `provide`. */
export function providedBy(entry: JsonObject): string[] {
  return ['replace', 'provide'].flatMap((link) => keysOf(entry[link]).map((name) => name.toLowerCase()))
}

function keysOf(value: JsonValue | undefined): string[] {
  return isJsonObject(value) ? Object.keys(value) : []
}

function stringsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
