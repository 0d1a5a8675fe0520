import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, lstatSync, realpathSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { takeBytes } from '../bounds/bounded-file.js'
import type { Deadline } from '../bounds/deadline.js'
import { readJsonFile } from '../bounds/json-file.js'
import { WRITTEN_BY_COMPOSER } from '../bounds/json-values.js'
import { type ConfigSource, pathSetting } from './config.js'
import { type Environment, truthy } from './environment.js'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js'
import type { LockedPackage } from './lock-file.js'
import { withoutSlashesAtEnd } from './repositories.js'

/**
 * Where Composer has a package already, so that it will not download it. `perhaps-…`: it may have it there, which could
 * only be told by reading more than this action reads.
 */
export type AlreadyThere = 'vendor' | 'cache' | 'perhaps-vendor' | 'perhaps-cache'

/** What is read of the file cache to compare checksums, all archives together. Bytes. */
const MOST_CACHED = 512 * 1024 * 1024

/**
 * Tells of a locked package whether Composer already has it: installed in the locked version and at the locked commits,
 * with its folder still there; or its archive in the file cache with the checksum of the lock.
 *
 * @param urls the URLs that Composer would try for the archive
 *
 * Source of the rule: `vendor/composer/installed.json`, `Factory::purgePackages`, `LibraryInstaller::isInstalled`,
 * `Transaction::calculateOperations`; `Downloader/FileDownloader.php::download`, `Cache.php`.
 */
export function alreadyThere(
  environment: Environment,
  home: string | undefined,
  sources: readonly ConfigSource[],
  deadline: Deadline,
): (locked: LockedPackage, urls: readonly string[]) => AlreadyThere | undefined {
  const vendor = pathSetting('vendor-dir', environment, sources)?.value ?? resolve(environment.cwd, 'vendor')
  const installed = installedPackages(join(vendor, 'composer'))
  const cacheDir = pathSetting('cache-dir', environment, sources)?.value ?? defaultCacheDir(environment, home)
  const files = pathSetting('cache-files-dir', environment, sources)?.value ?? (cacheDir && join(cacheDir, 'files'))
  // Most jobs have no cache: then no archive is looked for in it.
  const archiveIn = files !== undefined && existsSync(files) ? fileCache(files, deadline) : () => undefined
  return (locked, urls) => {
    const present = installed?.get(locked.name)
    if (present !== undefined && isSame(present, locked) && isThere(present.path)) return 'vendor'
    const found = urls.map((url) => archiveIn(locked, url))
    if (found.includes('cache')) return 'cache'
    return installed === undefined ? 'perhaps-vendor' : found.find((one) => one !== undefined)
  }
}

/** What stands in the vendor folder. */
interface InstalledPackage {
  readonly version: string
  readonly distReference: string
  readonly sourceReference: string
  /** Its folder; undefined for what has none. */
  readonly path: string | undefined
}

/** Undefined where there is a list that is too long to be read. */
function installedPackages(folder: string): Map<string, InstalledPackage> | undefined {
  const data = readInstalled(join(folder, 'installed.json'))
  if (data === undefined) return undefined
  return new Map(
    data.flatMap((entry): [string, InstalledPackage][] => {
      if (!isJsonObject(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string') return []
      const { name, version, dist, source, 'install-path': path } = entry
      const place = installPath(name, path)
      const own = {
        version,
        distReference: referenceOf(dist),
        sourceReference: referenceOf(source),
        path: place === undefined ? undefined : resolve(folder, place),
      }
      return [[name.toLowerCase(), own]]
    }),
  )
}

/** Relative to the list. Composer 1 did not write where it put a package: where it puts all of them. */
function installPath(name: string, written: JsonValue | undefined): string | undefined {
  if (written === undefined) return join('..', name)
  return typeof written === 'string' ? written : undefined
}

/** The list of installed packages, which Composer 1 wrote bare. Source of the rule: `FilesystemRepository::initialize`. */
function readInstalled(path: string): JsonValue[] | undefined {
  const file = readJsonFile(path, WRITTEN_BY_COMPOSER)
  if (file.kind !== 'bytes') return file.kind === 'too-large' ? undefined : []
  const parsed = parseJson(file.bytes)
  if (parsed.kind !== 'json') return []
  const packages = isJsonObject(parsed.value) ? parsed.value.packages : parsed.value
  return Array.isArray(packages) ? packages : []
}

function referenceOf(place: JsonValue | undefined): string {
  const reference: JsonObject[string] | undefined = isJsonObject(place) ? place.reference : undefined
  return typeof reference === 'string' ? reference : ''
}

function isSame({ version, distReference, sourceReference }: InstalledPackage, locked: LockedPackage): boolean {
  return (
    version === locked.version &&
    distReference === (locked.dist?.reference ?? '') &&
    sourceReference === locked.sourceReference
  )
}

function isThere(path: string | undefined): boolean {
  if (path === undefined) return true
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return isLinkToSomething(path)
  }
}

/** A link counts where its aim exists, even one that may not be read. */
function isLinkToSomething(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink() && realpathSync(path) !== ''
  } catch {
    return false
  }
}

/** Looks for archives in a folder of them: each is read once, and all together no further than `MOST_CACHED` and in time. */
function fileCache(
  folder: string,
  deadline: Deadline,
): (locked: LockedPackage, url: string) => 'cache' | 'perhaps-cache' | undefined {
  let left = MOST_CACHED
  const sums = new Map<string, string | 'unknown' | undefined>()
  const sumOf = (path: string): string | 'unknown' | undefined => {
    if (sums.has(path)) return sums.get(path)
    const hash = createHash('sha1')
    const { kind } = takeBytes(path, (piece) => {
      left -= piece.length
      hash.update(piece)
      return left > 0 && !deadline.passed()
    })
    const incomplete = kind === 'part' ? 'unknown' : undefined
    const sum = kind === 'whole' ? hash.digest('hex') : incomplete
    sums.set(path, sum)
    return sum
  }
  return ({ name, dist }, url) => {
    if (dist === undefined) return undefined
    const key = `${name}/${sha1(url)}.${dist.type}`.replace(/[^a-z0-9_./]/gi, '-')
    // The type comes from the lock, and must not lead out of the cache.
    if (key.split('/').includes('..')) return undefined
    const path = join(folder, key)
    // Without a checksum in the lock Composer takes whatever lies there.
    if (dist.shasum === '') return isFile(path) ? 'cache' : undefined
    const sum = sumOf(path)
    if (sum === 'unknown') return 'perhaps-cache'
    return sum === dist.shasum ? 'cache' : undefined
  }
}

function isFile(path: string): boolean {
  const { kind } = takeBytes(path, () => false)
  return kind === 'whole' || kind === 'part'
}

/** Source of the rule: `Factory::getCacheDir`. */
function defaultCacheDir(environment: Environment, home: string | undefined): string | undefined {
  const { env, platform, isDirectory } = environment
  const explicit = truthy(env.COMPOSER_HOME)
  if (home === undefined || explicit !== undefined) return home && join(home, 'cache')
  if (platform === 'win32') {
    const local = truthy(env.LOCALAPPDATA)
    return local === undefined ? join(home, 'cache') : join(local, 'Composer')
  }
  const userDirectory = withoutSlashesAtEnd(env.HOME ?? '')
  if (platform === 'darwin') return `${userDirectory}/Library/Caches/composer`
  if (home === `${userDirectory}/.composer` && isDirectory(`${home}/cache`)) return `${home}/cache`
  const usesXdg = Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg')
  return usesXdg ? posix.join(truthy(env.XDG_CACHE_HOME) ?? `${userDirectory}/.cache`, 'composer') : `${home}/cache`
}

function sha1(data: string): string {
  return createHash('sha1').update(data).digest('hex')
}
