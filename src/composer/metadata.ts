import { isJsonObject, type JsonObject, type JsonValue } from './json.js'
import { type Link, linksOf, standsInFor } from './link.js'
import { type Dist, distOf } from './lock.js'
import { isPackageName } from './package-name.js'
import { hasControls, readUrl } from './project-file.js'
import { stabilityOf } from './stability.js'
import { normalizedNumericBranch } from './version.js'
import { LONGEST_VERSION } from './version-grammar.js'

/** One version of a package, as a repository's metadata describes it. */
export interface PackageVersion {
  readonly name: string
  /** Pretty. */
  readonly version: string
  /** As the repository gives it; undefined where it leaves that to Composer. */
  readonly versionNormalized: string | undefined
  readonly type: string
  readonly dist: Dist | undefined
  /** What a branch counts as besides its own name, normalized. Source: `ArrayLoader::getBranchAlias`. */
  readonly aliases: readonly string[]
  readonly requires: readonly Link[]
  /** What it stands in for: `replace` and `provide`. */
  readonly provides: readonly Link[]
}

/** Source: composer/semver `VersionParser::DEFAULT_BRANCH_ALIAS`. */
const ANY_VERSION = '9999999-dev'

/** What packages.json says of how to go on. Source of the rules: `ComposerRepository::loadRootServerFile`. */
export interface Root {
  /** v2: asked per name; takes over from everything of v1. */
  readonly metadataUrl: string | undefined
  /** v1: the same, for names that no listing has. */
  readonly lazyUrl: string | undefined
  /** v2: the names it knows, if it says so. */
  readonly available: readonly string[] | undefined
  readonly availablePatterns: readonly string[] | undefined
  /** v1: a package file's URL, with `%package%` and `%hash%`. */
  readonly providersUrl: string | undefined
  /** v1: files that list names, with their sha256. */
  readonly providerIncludes: readonly { readonly path: string; readonly sha256: string }[]
  /** v1 without includes: the listing itself. */
  readonly providers: JsonObject
  /** Files that hold packages, with their sha1. */
  readonly includes: readonly { readonly path: string; readonly sha1: string }[]
  readonly packages: readonly PackageVersion[]
  /** Where all its archives can be had too; they replace the mirrors that a package names. */
  readonly mirrors: Dist['mirrors']
}

/** Reads packages.json, which was found to be an object or a list. */
export function readRoot(data: JsonValue): Root {
  const root = isJsonObject(data) ? data : {}
  const metadataUrl = textOf(root['metadata-url'])
  const available = textsOf(root['available-packages'])
  const patterns = textsOf(root['available-package-patterns'])
  // An empty list is none: PHP's `empty`.
  const lists = available.length > 0 || patterns.length > 0
  const lazyUrl = metadataUrl === undefined ? textOf(root['providers-lazy-url']) : undefined
  const perName = metadataUrl !== undefined || lazyUrl !== undefined
  const listed = textOf(root['providers-url']) !== undefined || !isEmpty(root.providers)
  return {
    metadataUrl,
    lazyUrl,
    available: lists ? available.map((name) => name.toLowerCase()) : undefined,
    availablePatterns: lists ? patterns : undefined,
    providersUrl: metadataUrl === undefined ? textOf(root['providers-url']) : undefined,
    providerIncludes:
      metadataUrl === undefined
        ? hashed(root['provider-includes'], 'sha256').map(({ path, hash }) => ({ path, sha256: hash }))
        : [],
    providers: metadataUrl === undefined && isJsonObject(root.providers) ? root.providers : {},
    // A repository that lists names, or answers for single ones, is not looked at for files that hold packages.
    includes: perName || listed ? [] : hashed(root.includes, 'sha1').map(({ path, hash }) => ({ path, sha1: hash })),
    packages: perName || !listed ? readPackages(data) : [],
    mirrors: mirrorsOf(root.mirrors),
  }
}

/** The `providers` of an include file: names with the sha256 of their package files. */
export function readProviders(data: JsonValue): Map<string, string> {
  const providers = isJsonObject(data) && isJsonObject(data.providers) ? data.providers : {}
  return new Map(
    Object.entries(providers).flatMap(([name, entry]) =>
      isJsonObject(entry) && typeof entry.sha256 === 'string' ? [[name.toLowerCase(), entry.sha256]] : [],
    ),
  )
}

/**
 * The versions in `packages`: an object or a list per name, the list possibly minified (each version says only what
 * differs from the one before). Source: `ComposerRepository`, `composer/metadata-minifier`.
 */
export function readPackages(data: JsonValue): PackageVersion[] {
  if (!isJsonObject(data) || !isJsonObject(data.packages)) return []
  const minified = data.minified === 'composer/2.0'
  return Object.entries(data.packages).flatMap(([name, versions]) => {
    const list: JsonValue[] = Array.isArray(versions) ? versions : isJsonObject(versions) ? Object.values(versions) : []
    return (minified ? expanded(list) : list).flatMap((entry) =>
      isJsonObject(entry) ? packageVersion(name, entry) : [],
    )
  })
}

function packageVersion(key: string, entry: JsonObject): PackageVersion[] {
  const name = textOf(entry.name) ?? key
  // A server's words, which go into what this action says.
  if (typeof entry.version !== 'string' || hasControls(entry.version) || !isPackageName(name)) return []
  return [
    {
      name: name.toLowerCase(),
      version: entry.version,
      versionNormalized: textOf(entry.version_normalized),
      type: textOf(entry.type) ?? 'library',
      dist: distOf(entry),
      aliases: aliasesOf(entry, entry.version),
      requires: linksOf(entry, 'require'),
      provides: standsInFor(entry),
    },
  ]
}

/** What a branch counts as besides its own name: what it says itself, else any version if it is the default one. */
function aliasesOf(entry: JsonObject, version: string): string[] {
  if (stabilityOf(version) !== 'dev') return []
  const { extra } = entry
  const named = isJsonObject(extra) && isJsonObject(extra['branch-alias']) ? Object.entries(extra['branch-alias']) : []
  for (const [branch, target] of named) {
    if (branch.toLowerCase() !== version.toLowerCase() || typeof target !== 'string') continue
    if (target.length > LONGEST_VERSION) continue
    const alias =
      target === ANY_VERSION ? target : target.endsWith('-dev') ? normalizedNumericBranch(target) : undefined
    if (alias !== undefined && isWithin(target, branch)) return [alias]
  }
  return entry['default-branch'] === true && numbersOf(version) === undefined ? [ANY_VERSION] : []
}

/** A branch of numbers counts as nothing but a part of itself: 1.x-dev as 1.2.x-dev, and never as 2.x-dev. */
function isWithin(target: string, branch: string): boolean {
  const [part, whole] = [numbersOf(target), numbersOf(branch)]
  return part === undefined || whole === undefined || part.startsWith(whole)
}

/** The numbers of 1.2.x-dev, with a dot behind each. */
function numbersOf(branch: string): string | undefined {
  const numbers = /^((?:\d+\.)*\d+)(?:\.x)?-dev$/i.exec(branch)?.[1]
  return numbers && `${numbers}.`
}

function expanded(versions: readonly JsonValue[]): JsonValue[] {
  let previous: JsonObject = {}
  return versions.map((version) => {
    if (!isJsonObject(version)) return version
    const merged = { ...previous, ...version }
    for (const [key, value] of Object.entries(merged)) if (value === '__unset') delete merged[key]
    previous = merged
    return merged
  })
}

/** Source of the rule: `ComposerRepository::loadRootServerFile`. */
function mirrorsOf(value: JsonValue | undefined): Dist['mirrors'] {
  const mirrors = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : []
  return mirrors.flatMap((mirror) => {
    const url = isJsonObject(mirror) ? readUrl(mirror['dist-url']) : ''
    return isJsonObject(mirror) && url !== '' ? [{ url, preferred: Boolean(mirror.preferred) }] : []
  })
}

function isEmpty(value: JsonValue | undefined): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
}

function hashed(value: JsonValue | undefined, key: 'sha256' | 'sha1'): { path: string; hash: string }[] {
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([path, entry]) => {
    const hash = isJsonObject(entry) ? entry[key] : undefined
    return [{ path, hash: typeof hash === 'string' ? hash : '' }]
  })
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
