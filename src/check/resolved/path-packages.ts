import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { namesIn, readBounded } from '../../bounds/bounded-file.js'
import type { Deadline } from '../../bounds/deadline.js'
import { valuesIn, WRITTEN_BY_COMPOSER, WRITTEN_BY_HAND } from '../../bounds/json-values.js'
import { collectAfter } from '../../bounds/memory.js'
import { grouped } from '../../collections/grouped.js'
import { isJsonObject, type JsonObject, parseJson } from '../../composer/json.js'
import { linksOf, standsInFor } from '../../composer/link.js'
import { matchingPaths } from './folder-patterns.js'

/** A package in a folder of this machine. */
export interface PathPackage {
  readonly name: string
  readonly folder: string
  /** As much of its composer.json as counts here. */
  readonly manifest: JsonObject
}

/** The packages in the folders that a pattern means, absolute, by name. */
export type FoundPackages = ReadonlyMap<string, readonly PathPackage[]>

/**
 * What is in the folders of a pattern: `missing` where there is none and Composer stops at that; undefined where it cannot be told. Each
 * pattern is looked up once, and each folder read once.
 */
export type PathPackages = (pattern: string) => FoundPackages | 'missing' | undefined

/** Folders that are looked into, all repositories together. */
const MOST_FOLDERS = 20_000
/** Names that are compared with patterns, all together: links can lead to one large folder by as many names as there are patterns. */
const MOST_COMPARED = 100_000
/** What is read in them, all together. Bytes. */
const MOST_BYTES = 16 * 1024 * 1024
/** What is kept of a package's composer.json, and of its `extra`: all else in it may be megabytes. */
const KEPT = ['name', 'version', 'require', 'replace', 'provide', 'default-branch', 'non-feature-branches']
const KEPT_OF_EXTRA = ['branch-alias']

/** Source of the rule: `PathRepository.php`. */
export function pathPackages(deadline: Deadline): PathPackages {
  const known = new Map<string, ReturnType<PathPackages>>()
  const manifests = new Map<string, JsonObject | 'unknown'>()
  const listings = new Map<string, readonly string[] | undefined>()
  let bytes = 0
  let values = 0
  let compared = 0

  const namesOf = (parent: string) => {
    if (compared >= MOST_COMPARED || deadline.passed()) return undefined
    if (!listings.has(parent)) {
      const found = namesIn(parent, MOST_FOLDERS)
      // A folder that is not there has no packages; one that has too many may have any.
      listings.set(parent, found?.complete === false ? undefined : (found?.names ?? []))
    }
    const names = listings.get(parent)
    compared += names?.length ?? MOST_FOLDERS
    return names
  }
  const manifestIn = (folder: string): JsonObject | 'unknown' => {
    const known = manifests.get(folder)
    if (known !== undefined) return known
    const isEnough = manifests.size >= MOST_FOLDERS || bytes >= MOST_BYTES || values >= WRITTEN_BY_COMPOSER.values
    if (isEnough || deadline.passed()) return 'unknown'
    const read = readManifest(folder)
    bytes += read.bytes
    values += read.values
    manifests.set(folder, read.manifest)
    return read.manifest
  }
  const packagesOf = (pattern: string) => {
    const folders = matchingPaths(pattern, namesOf)?.filter(isFolder)
    if (folders?.length === 0 && !isFolder(withoutWildcards(pattern))) return 'missing'
    const packages: PathPackage[] = []
    for (const folder of folders ?? []) {
      const manifest = manifestIn(folder)
      if (manifest === 'unknown') return undefined
      if (typeof manifest.name === 'string') packages.push({ name: manifest.name.toLowerCase(), folder, manifest })
    }
    return folders && grouped(packages, ({ name }) => name)
  }
  return (pattern) => {
    if (!known.has(pattern)) known.set(pattern, packagesOf(pattern))
    return known.get(pattern)
  }
}

/** Composer takes a pattern of which nothing is there for an empty one where what stands before its wildcards is a folder. */
function withoutWildcards(pattern: string): string {
  let path = pattern
  while (/[*{}]/.test(path)) path = dirname(path)
  return path
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** A folder's composer.json, an empty one where Composer would find none, and how large it is. */
function readManifest(folder: string): { manifest: JsonObject | 'unknown'; bytes: number; values: number } {
  const file = readBounded(join(folder, 'composer.json'), WRITTEN_BY_HAND.bytes)
  if (file.kind !== 'bytes') return { manifest: file.kind === 'too-large' ? 'unknown' : {}, bytes: 0, values: 0 }
  const size = { bytes: file.bytes.length, values: valuesIn(file.bytes, WRITTEN_BY_HAND.values) }
  if (size.values > WRITTEN_BY_HAND.values) return { manifest: 'unknown', ...size }
  collectAfter(file.bytes.length)
  const parsed = parseJson(file.bytes)
  const manifest = parsed.kind === 'json' && isJsonObject(parsed.value) ? parsed.value : {}
  const extra = isJsonObject(manifest.extra) ? withMembers(manifest.extra, KEPT_OF_EXTRA) : {}
  return { manifest: { ...withMembers(manifest, KEPT), extra }, ...size }
}

function withMembers(all: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}

/**
 * What a package's own composer.json says of it; `version` is empty where Composer guesses one.
 *
 * @param versions those that the repository gives, which count more: see `RepositoryEntry`
 */
export function describedIn({ name, manifest }: PathPackage, versions: ReadonlyMap<string, string>) {
  const own = typeof manifest.version === 'string' ? manifest.version : ''
  const given = typeof manifest.name === 'string' ? versions.get(manifest.name) : undefined
  return { name, version: given ?? own, requires: linksOf(manifest, 'require'), provides: standsInFor(manifest) }
}
