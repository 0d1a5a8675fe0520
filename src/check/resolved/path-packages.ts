import { dirname, join } from 'node:path'
import { type BoundedFile, namesIn, readBounded } from '../../bounds/bounded-file.js'
import type { Deadline } from '../../bounds/deadline.js'
import { hasMoreValues, MOST_WRITTEN_BY_HAND } from '../../bounds/json-values.js'
import { grouped } from '../../collections/grouped.js'
import { isJsonObject, type JsonObject, parseJson } from '../../composer/json.js'
import { linksOf, standsInFor } from '../../composer/link.js'
import { nameMatches } from '../../composer/repositories.js'

/** A package in a folder of this machine. */
export interface PathPackage {
  readonly name: string
  readonly manifest: JsonObject
}

/**
 * The packages in the folders that a pattern means, absolute, by name; undefined where that cannot be told. Each pattern is
 * looked up once, and each folder read once.
 */
export type PathPackages = (pattern: string) => ReadonlyMap<string, readonly PathPackage[]> | undefined

/** Folders that are looked into, all repositories together. */
const MOST_FOLDERS = 20_000
/** What is read in them, all together. Bytes. */
const MOST_BYTES = 64 * 1024 * 1024
/** A package's composer.json. Bytes. */
const LONGEST = 8 * 1024 * 1024

/** Source of the rule: `PathRepository.php`. */
export function pathPackages(deadline: Deadline): PathPackages {
  const known = new Map<string, ReadonlyMap<string, readonly PathPackage[]> | undefined>()
  const manifests = new Map<string, JsonObject | 'unknown'>()
  const listings = new Map<string, readonly string[] | undefined>()
  let bytes = 0

  const namesOf = (parent: string) => {
    const found = listings.has(parent) ? undefined : namesIn(parent, MOST_FOLDERS)
    // A folder that is not there has no packages; one that has too many may have any.
    if (!listings.has(parent)) listings.set(parent, found?.complete === false ? undefined : (found?.names ?? []))
    return listings.get(parent)
  }
  const manifestIn = (folder: string): JsonObject | 'unknown' => {
    const read = manifests.get(folder)
    if (read !== undefined) return read
    if (manifests.size >= MOST_FOLDERS || bytes >= MOST_BYTES || deadline.passed()) return 'unknown'
    const file = readBounded(join(folder, 'composer.json'), LONGEST)
    const parsed = file.kind === 'bytes' && !isTooLarge(file) ? parseJson(file.bytes) : undefined
    const value = parsed?.kind === 'json' && isJsonObject(parsed.value) ? parsed.value : {}
    const manifest = isTooLarge(file) ? 'unknown' : value
    bytes += file.kind === 'bytes' ? file.bytes.length : 0
    manifests.set(folder, manifest)
    return manifest
  }
  const packagesOf = (pattern: string) => {
    // The folders of the last component's pattern; patterns further up, and GLOB_BRACE, are not followed.
    const parent = dirname(pattern)
    if (/[*?[{]/.test(parent) || /[?[{]/.test(pattern)) return undefined
    const last = pattern.slice(parent.length + 1)
    const folders = last.includes('*') ? namesOf(parent)?.filter((folder) => nameMatches(last, folder)) : [last]
    const packages: PathPackage[] = []
    for (const folder of folders ?? []) {
      const manifest = manifestIn(join(parent, folder))
      if (manifest === 'unknown') return undefined
      if (typeof manifest.name === 'string') packages.push({ name: manifest.name.toLowerCase(), manifest })
    }
    return folders && grouped(packages, ({ name }) => name)
  }
  return (pattern) => {
    if (!known.has(pattern)) known.set(pattern, packagesOf(pattern))
    return known.get(pattern)
  }
}

function isTooLarge(file: BoundedFile): boolean {
  return file.kind === 'too-large' || (file.kind === 'bytes' && hasMoreValues(file.bytes, MOST_WRITTEN_BY_HAND))
}

/** What a package's own composer.json says of it; `version` is empty where Composer guesses one from git. */
export function describedIn({ name, manifest }: PathPackage) {
  const version = typeof manifest.version === 'string' ? manifest.version : ''
  return { name, version, requires: linksOf(manifest, 'require'), provides: standsInFor(manifest) }
}
