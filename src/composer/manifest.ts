import { WRITTEN_BY_HAND } from '../bounds/json-values.js'
import { isJsonObject, type JsonObject, type JsonValue, type Position } from './json.js'
import { type Link, LONGEST_CONSTRAINT, linksOf, standsInFor } from './link.js'
import { type Dist, distOf } from './lock-file.js'
import { isPackageName, isPlatformPackage } from './package-name.js'
import {
  hasControls,
  type ParsedFile,
  positionIn,
  readProjectFile,
  readUrl,
  type UnreadableFile,
} from './project-file.js'
import { changesRequests } from './request-options.js'

/** One line of `require` or `require-dev`. */
export interface Requirement {
  readonly name: string
  readonly constraint: string
  readonly dev: boolean
  readonly position: Position
  /** The file that the position is in, where that is not composer.json. */
  readonly path?: string
  /** The version in composer.lock, where Composer updates a part of that and this one would still do. */
  readonly lockedVersion?: string
  /** What the command limits it to besides its own constraint, both of which are in the whole one. */
  readonly temporary?: TemporaryConstraint
}

export interface TemporaryConstraint {
  readonly own: string
  readonly constraint: string
  /** Whether a version may meet both. */
  readonly overlaps: boolean
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
  /** It has `options` that count, such as headers or certificates of its own, which are not judged. */
  readonly hasOptions: boolean
  /** Lists of blocked packages count that it names: `filter` is not false. */
  readonly filter: boolean
  /** A cooldown takes no version of it without the time of its publication: `require-published-time` is not false. */
  readonly requiresPublishedTime: boolean
  /** Headers are among them. */
  readonly hasHeaders: boolean
  /** Versions that a `path` repository gives to packages, by their names as these spell them: `options.versions`. */
  readonly versions: ReadonlyMap<string, string>
  readonly position: Position
}

/** A package that stands in composer.json itself. */
export interface InlinePackage {
  readonly name: string
  readonly version: string
  readonly type: string
  readonly dist: Dist | undefined
  /** Whether Composer may clone it. */
  readonly hasSource: boolean
  readonly requires: readonly Link[]
  /** What it stands in for. */
  readonly provides: readonly Link[]
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

/** Reads composer.json; undefined when there is none. */
export function readManifest(path: string): Manifest | UnreadableFile | undefined {
  const file = readProjectFile(path, WRITTEN_BY_HAND)
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
    provides: standsInFor(data).map(({ name }) => name),
  }
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
  const repositories: RepositoryEntry[] = []
  const disabled: string[] = []
  for (const [key, entry] of repositoryEntries(file)) {
    if (entry === false) disabled.push(String(key))
    else if (isJsonObject(entry)) {
      const [only] = Object.entries(entry)
      if (only !== undefined && Object.keys(entry).length === 1 && only[1] === false) disabled.push(only[0])
      else repositories.push(repositoryEntry(key, entry, positionIn(file, 'repositories', key)))
    }
  }
  return { repositories, disabled: disabled.map(repositoryName) }
}

/** The entries of `repositories` with their keys, in the order of the file. */
function repositoryEntries(file: ParsedFile): [key: string | number, entry: JsonValue | undefined][] {
  const value = file.data.repositories
  if (Array.isArray(value)) return value.map((entry, index) => [index, entry])
  if (!isJsonObject(value)) return []
  // An object of JavaScript puts keys that are numbers first; PHP, and so Composer, keeps the order of the file.
  return [...file.members('repositories').keys()].map((key) => [key, value[key]])
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
    hasOptions: changesRequests(entry.options),
    filter: entry.filter !== false,
    requiresPublishedTime: entry['require-published-time'] !== false,
    hasHeaders:
      isJsonObject(entry.options) && isJsonObject(entry.options.http) && entry.options.http.header !== undefined,
    versions: type === 'path' && isJsonObject(entry.options) ? versionsIn(entry.options.versions) : new Map(),
    position,
  }
}

function versionsIn(value: JsonValue | undefined): Map<string, string> {
  if (!isJsonObject(value)) return new Map()
  return new Map(
    Object.entries(value).flatMap(([name, version]): [string, string][] =>
      typeof version === 'string' && !hasControls(version) ? [[name, version]] : [],
    ),
  )
}

/** The packages of a `package` repository: one, or a list. */
function inlinePackages(value: JsonValue = []): InlinePackage[] {
  return [value].flat().flatMap((entry) => {
    if (!isJsonObject(entry) || typeof entry.name !== 'string') return []
    const version = typeof entry.version === 'string' ? entry.version : ''
    if (hasControls(version)) return []
    return [
      {
        name: entry.name.toLowerCase(),
        version,
        type: typeof entry.type === 'string' ? entry.type : 'library',
        dist: distOf(entry),
        hasSource: isJsonObject(entry.source),
        requires: linksOf(entry, 'require'),
        provides: standsInFor(entry),
      },
    ]
  })
}

function stringsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
