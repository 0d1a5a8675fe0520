import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { type ConfigSource, pathSetting, readJsonObject } from './config.js'
import { type Environment, truthy } from './environment.js'
import { isJsonObject, type JsonValue } from './json.js'
import type { LockedPackage } from './lock.js'

/** Where Composer has a package already, so that it will not download it. */
export type AlreadyThere = 'vendor' | 'cache'

/**
 * Tells of a locked package whether Composer already has it: installed in the locked version, or its archive in the
 * file cache with the checksum of the lock.
 *
 * @param urls the URLs that Composer would try for the archive
 *
 * Source of the rule: `vendor/composer/installed.json`; `Downloader/FileDownloader.php::download`, `Cache.php`.
 */
export function alreadyThere(
  environment: Environment,
  home: string | undefined,
  sources: readonly ConfigSource[],
): (locked: LockedPackage, urls: readonly string[]) => AlreadyThere | undefined {
  const vendor = pathSetting('vendor-dir', environment, sources)?.value ?? resolve(environment.cwd, 'vendor')
  const installed = installedVersions(join(vendor, 'composer', 'installed.json'))
  const cacheDir = pathSetting('cache-dir', environment, sources)?.value ?? defaultCacheDir(environment, home)
  const files = pathSetting('cache-files-dir', environment, sources)?.value ?? (cacheDir && join(cacheDir, 'files'))
  return (locked, urls) => {
    if (installed.get(locked.name) === locked.version) return 'vendor'
    return files !== undefined && urls.some((url) => inCache(files, locked, url)) ? 'cache' : undefined
  }
}

function installedVersions(file: string): Map<string, string> {
  const data = readJsonObject(file)
  const packages: JsonValue[] = Array.isArray(data.packages) ? data.packages : []
  return new Map(
    packages.flatMap((entry) =>
      isJsonObject(entry) && typeof entry.name === 'string' && typeof entry.version === 'string'
        ? [[entry.name.toLowerCase(), entry.version]]
        : [],
    ),
  )
}

function inCache(files: string, { name, dist }: LockedPackage, url: string): boolean {
  if (dist === undefined) return false
  const key = `${name}/${sha1(url)}.${dist.type}`.replace(/[^a-z0-9_./]/gi, '-')
  try {
    const bytes = readFileSync(join(files, key))
    // Without a checksum in the lock Composer takes whatever lies there.
    return dist.shasum === '' || sha1(bytes) === dist.shasum
  } catch {
    return false
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
