import { type AdvertisedLists, readAdvertisedLists } from './advertised-lists.js'
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from './json.js'
import type { Dist } from './lock-file.js'
import { readUrl } from './project-file.js'
import { type Held, holdAnything, type PackageVersion, versionReader } from './version-entry.js'

/** What packages.json says of how to go on. Source of the rules: `ComposerRepository::loadRootServerFile`. */
export interface Root {
  /** v2: asked per name; takes over from everything of v1. */
  readonly metadataUrl: string | undefined
  /** v1: the same, for names that no listing has. */
  readonly lazyUrl: string | undefined
  /** v2: the names it knows, if it says so. */
  readonly available: ReadonlySet<string> | undefined
  readonly availablePatterns: readonly string[] | undefined
  /** v1: a package file's URL, with `%package%` and `%hash%`. */
  readonly providersUrl: string | undefined
  /** v1: files that list names, with their sha256. */
  readonly providerIncludes: readonly { readonly path: string; readonly sha256: string }[]
  /** v1: names that it lists itself count, see `readProviders`. */
  readonly listsNames: boolean
  /** Paths of files that hold packages. Composer checks no sum of theirs. */
  readonly includes: readonly string[]
  /** Packages that it holds itself count, see `readPackages`. */
  readonly holdsPackages: boolean
  /** Where all its archives can be had too; they replace the mirrors that a package names. */
  readonly mirrors: Dist['mirrors']
  /** v2: lists about its packages that are asked for at URLs of their own. */
  readonly lists: AdvertisedLists
}

/**
 * Reads packages.json, which was found to be an object or a list, or a file that it includes.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
export function readRoot(data: JsonValue, keep: (bytes: number) => void = () => {}): Root {
  const root = isJsonObject(data) ? data : {}
  const metadataUrl = textOf(root['metadata-url'])
  const available = textsOf(root['available-packages'])
  const patterns = textsOf(root['available-package-patterns'])
  // An empty list is none: PHP's `empty`.
  const lists = available.length > 0 || patterns.length > 0
  const lazyUrl = metadataUrl === undefined ? textOf(root['providers-lazy-url']) : undefined
  const perName = metadataUrl !== undefined || lazyUrl !== undefined
  const listed = textOf(root['providers-url']) !== undefined || !isEmpty(root.providers)
  const read: Root = {
    metadataUrl,
    lazyUrl,
    available: lists ? new Set(available.map((name) => name.toLowerCase())) : undefined,
    availablePatterns: lists ? patterns : undefined,
    providersUrl: metadataUrl === undefined ? textOf(root['providers-url']) : undefined,
    providerIncludes: metadataUrl === undefined ? hashed(root['provider-includes']) : [],
    listsNames: metadataUrl === undefined,
    // A repository that lists names, or answers for single ones, is not looked at for files that hold packages.
    includes: !perName && !listed && isJsonObject(root.includes) ? Object.keys(root.includes) : [],
    holdsPackages: perName || !listed,
    mirrors: mirrorsOf(root.mirrors),
    lists: readAdvertisedLists(root),
  }
  const texts = [...available, ...patterns, ...read.mirrors.map(({ url }) => url), ...(read.lists.filter?.names ?? [])]
  const links = [...read.providerIncludes.map(({ path }) => path), ...read.includes]
  keep([...texts, ...links].reduce((sum, text) => sum + TEXT + text.length, 0) + TEXT * links.length)
  return read
}

/** What a text takes beside its letters, in a list or a set. Bytes. */
const TEXT = 60

/**
 * The `providers` of an include file: names with the sha256 of their package files; empty for null, with which Nexus says that
 * there is none.
 */
export function* readProviders(data: JsonValue): Generator<[name: string, sha256: string]> {
  const providers = isJsonObject(data) && isJsonObject(data.providers) ? data.providers : {}
  for (const name in providers) {
    const entry = providers[name]
    if (!isJsonObject(entry)) continue
    const { sha256 } = entry
    if (typeof sha256 === 'string' || sha256 === null) yield [name.toLowerCase(), sha256 ?? '']
  }
}

/**
 * The versions in `packages`: an object or a list per name, the list possibly minified (each version says only what
 * differs from the one before). Source: `ComposerRepository`, `composer/metadata-minifier`.
 *
 * @param only the name whose versions are wanted, where not all are
 */
export function readPackages(data: JsonValue, held: Held = holdAnything(), only?: string): PackageVersion[] {
  if (!isJsonObject(data) || !isJsonObject(data.packages)) return []
  const { packages, minified } = data
  const read = versionReader(held, only)
  const found: PackageVersion[] = []
  for (const name in packages) {
    const versions = valuesOf(packages[name]).filter(isJsonObject)
    for (const entry of minified === 'composer/2.0' ? expanded(versions) : versions) {
      const version = read(name, entry)
      if (version !== undefined) found.push(version)
    }
  }
  return found
}

/**
 * Whether all versions of a package have a `uid`, as those of the first protocol do.
 *
 * Source of the rule: `ComposerRepository::whatProvides`.
 */
export function haveUid(data: JsonValue, name: string): boolean {
  if (!isJsonObject(data) || !isJsonObject(data.packages)) return true
  const entries = Object.values(data.packages).flatMap(valuesOf).filter(isJsonObject)
  return entries.every((entry) => {
    return typeof entry.name !== 'string' || entry.name.toLowerCase() !== name || Object.hasOwn(entry, 'uid')
  })
}

/** The entries of a minified list, each with what it leaves out since the one before says it. */
function* expanded(versions: readonly JsonObject[]): Generator<JsonObject> {
  let previous: JsonObject = {}
  for (const version of versions) {
    previous = merged(previous, version)
    yield previous
  }
}

/** What is read of a version; no more is carried from one to the next. */
const KEYS = [
  'name',
  'version',
  'version_normalized',
  'type',
  'published-time',
  'source',
  'dist',
  'extra',
  'default-branch',
  'require',
  'replace',
  'provide',
] as const

function merged(previous: JsonObject, version: JsonObject): JsonObject {
  const result: JsonObject = {}
  for (const key of KEYS) {
    const value = Object.hasOwn(version, key) ? version[key] : previous[key]
    if (value !== undefined && value !== '__unset') result[key] = value
  }
  return result
}

/** Source of the rule: `ComposerRepository::loadRootServerFile`. */
function mirrorsOf(value: JsonValue | undefined): Dist['mirrors'] {
  return valuesOf(value).flatMap((mirror) => {
    const url = isJsonObject(mirror) ? readUrl(mirror['dist-url']) : ''
    return isJsonObject(mirror) && url !== '' ? [{ url, preferred: Boolean(mirror.preferred) }] : []
  })
}

function isEmpty(value: JsonValue | undefined): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
}

function hashed(value: JsonValue | undefined): { path: string; sha256: string }[] {
  if (!isJsonObject(value)) return []
  return Object.entries(value).map(([path, entry]) => {
    const sha256 = isJsonObject(entry) ? entry.sha256 : undefined
    return { path, sha256: typeof sha256 === 'string' ? sha256 : '' }
  })
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
