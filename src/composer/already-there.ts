import { createHash } from 'node:crypto'
import { accessSync, constants, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { type ConfigSource, pathSetting } from './config.js'
import { type Environment, truthy } from './environment.js'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js'
import type { LockedPackage } from './lock.js'

/** Where Composer has a package already, so that it will not download it. */
export type AlreadyThere = 'vendor' | 'cache'

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
): (locked: LockedPackage, urls: readonly string[]) => AlreadyThere | undefined {
  const vendor = pathSetting('vendor-dir', environment, sources)?.value ?? resolve(environment.cwd, 'vendor')
  const installed = installedPackages(join(vendor, 'composer'))
  const cacheDir = pathSetting('cache-dir', environment, sources)?.value ?? defaultCacheDir(environment, home)
  const files = pathSetting('cache-files-dir', environment, sources)?.value ?? (cacheDir && join(cacheDir, 'files'))
  return (locked, urls) => {
    const present = installed.get(locked.name)
    if (present !== undefined && isSame(present, locked) && isThere(present.path)) return 'vendor'
    return files !== undefined && urls.some((url) => inCache(files, locked, url)) ? 'cache' : undefined
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

function installedPackages(folder: string): Map<string, InstalledPackage> {
  const data = readInstalled(join(folder, 'installed.json'))
  return new Map(
    data.flatMap((entry): [string, InstalledPackage][] => {
      if (!isJsonObject(entry) || typeof entry.name !== 'string' || typeof entry.version !== 'string') return []
      const { name, version, dist, source, 'install-path': path } = entry
      // Composer 1 did not write where it put a package: where it puts all of them.
      const place = path === undefined ? join('..', name) : typeof path === 'string' ? path : undefined
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

/** The list of installed packages, which Composer 1 wrote bare. Source of the rule: `FilesystemRepository::initialize`. */
function readInstalled(file: string): JsonValue[] {
  const bytes = regularFile(file)
  const parsed = bytes === undefined ? undefined : parseJson(bytes)
  if (parsed?.kind !== 'json') return []
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

function inCache(files: string, { name, dist }: LockedPackage, url: string): boolean {
  if (dist === undefined) return false
  const key = `${name}/${sha1(url)}.${dist.type}`.replace(/[^a-z0-9_./]/gi, '-')
  // The type comes from the lock, and must not lead out of the cache.
  if (key.split('/').includes('..')) return false
  const bytes = regularFile(join(files, key))
  // Without a checksum in the lock Composer takes whatever lies there.
  return bytes !== undefined && (dist.shasum === '' || sha1(bytes) === dist.shasum)
}

/** The bytes of a file; undefined for what is none, such as a pipe, which would never end. */
function regularFile(path: string): Buffer | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined
  } catch {
    return undefined
  }
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
  const userDirectory = (env.HOME ?? '').replace(/\/+$/, '')
  if (platform === 'darwin') return `${userDirectory}/Library/Caches/composer`
  if (home === `${userDirectory}/.composer` && isDirectory(`${home}/cache`)) return `${home}/cache`
  const usesXdg = Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg')
  return usesXdg ? posix.join(truthy(env.XDG_CACHE_HOME) ?? `${userDirectory}/.cache`, 'composer') : `${home}/cache`
}

function sha1(data: Uint8Array | string): string {
  return createHash('sha1').update(data).digest('hex')
}
