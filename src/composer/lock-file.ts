import { createHash } from 'node:crypto'
import { WRITTEN_BY_COMPOSER } from '../bounds/json-values.js'
import { isJsonObject, type JsonObject, type JsonValue, type Position } from './json.js'
import { type Link, linksOf, standsInFor } from './link.js'
import { isPackageName } from './package-name.js'
import {
  hasControls,
  type ParsedFile,
  positionIn,
  readProjectFile,
  readUrl,
  type UnreadableFile,
} from './project-file.js'
import { changesRequests } from './request-options.js'
import { normalizeVersion } from './versions/version.js'
import { LONGEST_VERSION } from './versions/version-grammar.js'

/** What composer.lock says of one package. */
export interface LockedPackage {
  readonly name: string
  /** As it stands in the lock: pretty, not normalized. */
  readonly version: string
  readonly type: string
  readonly dev: boolean
  readonly dist: Dist | undefined
  /** Whether Composer may clone it. */
  readonly hasSource: boolean
  /** Empty where there is no source. */
  readonly sourceReference: string
  /** The archive is asked for with credentials of its own, as the `options` of a repository may hold them. */
  readonly hasOwnCredentials: boolean
  /** Or in another way of its own, such as with certificates that it trusts: it is not asked for from here. */
  readonly hasOptions: boolean
  readonly requires: readonly Link[]
  /** The names that it stands in for. */
  readonly provides: readonly string[]
  /** Looked up when it is asked for: nobody wants to know where that stands of which nothing is wrong. */
  readonly position: () => Position
}

/** The archive of a package. */
export interface Dist {
  readonly type: string
  readonly url: string
  /** SHA-1 in hex; empty when the lock has none. */
  readonly shasum: string
  readonly reference: string
  readonly mirrors: readonly { readonly url: string; readonly preferred: boolean }[]
}

export interface Lock {
  readonly kind: 'lock'
  readonly path: string
  readonly packages: readonly LockedPackage[]
  /** Where a conflict around its `content-hash` alone begins, which some versions of Composer put right in memory. */
  readonly conflict: Position | undefined
}

/**
 * Reads composer.lock; undefined when there is none, or when Composer would act as if there were none, since it has no
 * `packages`.
 *
 * Source of the rule: `Package/Locker.php::isLocked`.
 */
export function readLock(path: string): Lock | UnreadableFile | undefined {
  const file = readProjectFile(path, WRITTEN_BY_COMPOSER, withContentHash)
  if (file?.kind !== 'parsed') return file
  if (!Array.isArray(file.data.packages) && !isJsonObject(file.data.packages)) return undefined
  const positions = positionsIn(file)
  const section = (key: 'packages' | 'packages-dev', dev: boolean): LockedPackage[] => {
    const packages = file.data[key]
    if (!Array.isArray(packages)) return []
    return packages.flatMap((entry, index) => lockedPackage(entry, dev, positions(key, index)))
  }
  const packages = [...section('packages', false), ...section('packages-dev', true)]
  return { kind: 'lock', path, packages, conflict: file.conflict }
}

/** Tells where a package stands. Apart from what was parsed, which is forgotten when the lock is read: it takes many times its text. */
function positionsIn({ members }: Pick<ParsedFile, 'members'>) {
  return (key: 'packages' | 'packages-dev', index: number) => () => positionIn({ members }, key, index)
}

/**
 * A lock with a `content-hash` in the place of two that git left in conflict; undefined where it has no such conflict.
 *
 * Source of the rule: `JsonFile::parseJson`.
 */
function withContentHash(text: string): string | undefined {
  const repaired = text.replace(CONFLICTING_HASHES, (conflict) => {
    const lines = conflict.split('\n').length - 1
    // As many lines as before: findings point at what comes behind.
    return `    "content-hash": "",${'\n'.repeat(lines)}`
  })
  return repaired === text ? undefined : repaired
}

const CONFLICTING_HASHES =
  /\r?\n<<<<<<< [^\r\n]+\r?\n\s+"content-hash": *"[0-9a-f]+", *\r?\n(?:\|{7} [^\r\n]+\r?\n\s+"content-hash": *"[0-9a-f]+", *\r?\n)?=======\r?\n\s+"content-hash": *"[0-9a-f]+", *\r?\n>>>>>>> [^\r\n]+\r?\n/

/** One package of a lock, or of a repository's metadata, which has the same form. */
function lockedPackage(entry: JsonValue, dev: boolean, position: () => Position): LockedPackage[] {
  if (!isJsonObject(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string') return []
  if (!isPackageName(entry.name) || entry.version.length > LONGEST_VERSION || hasControls(entry.version)) return []
  const options = entry['transport-options']
  return [
    {
      name: entry.name.toLowerCase(),
      version: entry.version,
      type: typeof entry.type === 'string' ? entry.type : 'library',
      dev,
      dist: distOf(entry),
      hasSource: isJsonObject(entry.source),
      sourceReference: isJsonObject(entry.source) ? textOf(entry.source.reference) : '',
      hasOwnCredentials:
        isJsonObject(options) && /authorization|token|key|cookie|local_cert/i.test(JSON.stringify(options)),
      hasOptions: changesRequests(options),
      requires: linksOf(entry, 'require'),
      provides: standsInFor(entry).map(({ name }) => name),
      position,
    },
  ]
}

/** The archive that a package's entry names, in a lock or in metadata. */
export function distOf(entry: JsonObject): Dist | undefined {
  const { dist } = entry
  if (!isJsonObject(dist) || typeof dist.type !== 'string' || typeof dist.url !== 'string') return undefined
  const url = readUrl(dist.url)
  if (url === '') return undefined
  const mirrors = Array.isArray(dist.mirrors) ? dist.mirrors : []
  return {
    type: dist.type,
    url,
    shasum: textOf(dist.shasum),
    reference: textOf(dist.reference),
    mirrors: mirrors.flatMap((mirror) =>
      isJsonObject(mirror) && readUrl(mirror.url) !== ''
        ? [{ url: readUrl(mirror.url), preferred: mirror.preferred === true }]
        : [],
    ),
  }
}

/** The URLs that Composer tries for the archive of a locked package; none where it has no archive. */
export function archiveUrls({ name, version, dist }: Pick<LockedPackage, 'name' | 'version' | 'dist'>): string[] {
  if (dist === undefined) return []
  return distUrls(dist, name, () => normalizeVersion(version) ?? version, version)
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/**
 * The URLs that Composer tries for an archive, in its order: preferred mirrors, the URL itself, other mirrors.
 *
 * @param version the normalized version, which mirrors spell in their URLs
 *
 * Source of the rule: `Package/Package.php::getUrls`, `Util/ComposerMirror.php::processUrl`.
 */
export function distUrls(dist: Dist, name: string, version: () => string, prettyVersion: string): string[] {
  if (dist.mirrors.length === 0 && !dist.url.includes('%')) return [dist.url]
  const normalized = version()
  const filled = (url: string) => filledIn(url, dist, name, normalized, prettyVersion)
  const own = dist.url.includes('%') ? filled(dist.url) : dist.url
  const preferred = new Set<string>()
  const others = new Set([own])
  for (const mirror of dist.mirrors) {
    const url = filled(mirror.url)
    if (!preferred.has(url) && !others.has(url)) (mirror.preferred ? preferred : others).add(url)
  }
  // Each preferred one is put before those that are there.
  return [...[...preferred].reverse(), ...others]
}

function filledIn(url: string, dist: Dist, name: string, version: string, prettyVersion: string): string {
  const reference = /^(?:[a-f0-9]*|%reference%)$/.test(dist.reference) ? dist.reference : md5(dist.reference)
  return (
    url
      // Functions, because a dollar sign in a text that replaces would have a meaning.
      .replaceAll('%package%', () => name)
      .replaceAll('%version%', () => (version.includes('/') ? md5(version) : version))
      .replaceAll('%reference%', () => reference)
      .replaceAll('%type%', () => dist.type)
      .replaceAll('%prettyVersion%', () => prettyVersion)
  )
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
