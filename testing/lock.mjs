import { newestFirst } from './composer-v2.mjs'
import { contentHash } from './content-hash.mjs'
import { byName, createReleases } from './releases.mjs'
import { stabilityOf } from './versions.mjs'

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./releases.mjs').DistOptions} DistOptions
 */

/**
 * The part of composer.json that a lock depends on, besides its text.
 *
 * @typedef {object} Manifest
 * @property {Record<string, string>} [require]
 * @property {Record<string, string>} [require-dev]
 * @property {string} [minimum-stability]
 * @property {boolean} [prefer-stable]
 * @property {{ platform?: Record<string, string>, [key: string]: unknown }} [config]
 */

/**
 * @typedef {object} ManifestOptions
 * @property {string} baseUrl `publicUrl` of the repository
 * @property {Record<string, string>} [require]
 * @property {Record<string, string>} [requireDev]
 * @property {unknown} [repositories] default: the one repository, and not packagist.org
 * @property {Record<string, unknown>} [more] further keys
 */

/**
 * @typedef {object} OwnLockOptions
 * @property {string} baseUrl `publicUrl` of the repository that the packages come from
 * @property {string | Manifest} [manifest] composer.json, as text or as what `writeJson` would write. Default: what
 *   `manifestFor` gives when it requires every package that no other package of the lock requires, at its version
 * @property {readonly CataloguePackage[]} [dev] `packages-dev`
 * @property {'without-dist' | 'with-dist'} [metapackages] repo.magento.com gives them a dist, though nobody downloads it
 * @property {(release: CataloguePackage) => Record<string, unknown>} [amend] keys to put over those of one package, e.g.
 *   another `dist` or a `source`
 *
 * @typedef {OwnLockOptions & Omit<DistOptions, 'metapackageDist'>} LockOptions
 */

const STABILITIES = { stable: 0, RC: 5, beta: 10, alpha: 15, dev: 20 }
const README = [
  'This file locks the dependencies of your project to a known state',
  'Read more about it at https://getcomposer.org/doc/01-basic-usage.md#installing-dependencies',
  'This file is @generated automatically',
]
// PluginInterface::PLUGIN_API_VERSION of Composer 2.5.
const PLUGIN_API = '2.3.0'
const PLATFORM = /^(php(-\w+)*|hhvm|(ext|lib)-.+|composer(-(plugin|runtime)-api)?)$/i

/** @param {Record<string, unknown>} map */
function sorted(map) {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => Number(a > b) - Number(a < b)))
}

/**
 * PHP knows no empty map, so Composer 2.5 writes one as a list.
 *
 * @param {Record<string, unknown>} map
 */
function phpMap(map) {
  return Object.keys(map).length === 0 ? [] : map
}

/**
 * The flags that requirements carry: `@beta`, or a version that is itself a beta
 * (Composer's RootPackageLoader::extractStabilityFlags).
 *
 * @param {Record<string, string>} require
 * @param {string} minimum
 */
function stabilityFlags(require, minimum) {
  const least = levelOf(minimum)
  /** @type {Record<string, number>} */
  const flags = {}
  for (const [name, requirement] of Object.entries(require)) {
    const parts = requirement.split(/\s*\|\|?\s*|(?<![=<>,])\s*,\s*|(?<=[\w*]) +(?=[<>=!^~\d])/)
    const explicit = parts.flatMap((part) => /@(stable|rc|beta|alpha|dev)$/i.exec(part)?.[1] ?? [])
    const levels = explicit.map(levelOf)
    if (levels.length === 0) {
      for (const part of parts) {
        const level = levelOf(stabilityOf(part.replace(/ as .*$/, '').replace(/#.*$/, '')))
        if (level > 0 && level >= least) levels.push(level)
      }
    }
    if (levels.length > 0) flags[name.toLowerCase()] = Math.max(...levels)
  }
  return flags
}

/** @param {string} stability */
function levelOf(stability) {
  return Object.entries(STABILITIES).find(([name]) => name.toLowerCase() === stability.toLowerCase())?.[1] ?? 0
}

/** @param {Record<string, string>} require */
function platformOf(require) {
  return Object.fromEntries(Object.entries(require).filter(([name]) => PLATFORM.test(name)))
}

/**
 * A composer.json for a project that takes its packages from one test repository.
 *
 * @param {ManifestOptions} options
 * @returns {Manifest & Record<string, unknown>}
 */
export function manifestFor({ baseUrl, require = {}, requireDev, repositories, more = {} }) {
  return {
    name: 'acme/shop',
    type: 'project',
    require,
    ...(requireDev && { 'require-dev': requireDev }),
    ...(baseUrl.startsWith('http:') && { config: { 'secure-http': false } }),
    repositories: repositories ?? [{ type: 'composer', url: baseUrl }, { 'packagist.org': false }],
    ...more,
  }
}

/**
 * What nothing else in the list needs, each at its own version.
 *
 * @param {readonly CataloguePackage[]} packages
 * @param {readonly CataloguePackage[]} [others]
 */
function roots(packages, others = []) {
  const needed = new Set([...packages, ...others].flatMap(({ require }) => Object.keys(require)))
  const wanted = packages.filter(({ name }) => !needed.has(name))
  return Object.fromEntries(wanted.map(({ name, version }) => [name, version]))
}

/**
 * The composer.json that a lock of these packages is made for unless told otherwise.
 *
 * @param {readonly CataloguePackage[]} packages
 * @param {{ baseUrl: string, dev?: readonly CataloguePackage[], repositories?: unknown, more?: Record<string, unknown> }} options
 */
export function manifestOf(packages, { dev = [], ...options }) {
  const requireDev = roots(dev, packages)
  const more = dev.length === 0 ? {} : { requireDev }
  return manifestFor({ ...options, require: roots(packages), ...more })
}

/**
 * The releases that requirements lead to, sorted by name: the version that a requirement names exactly, else the newest
 * stable one, else the newest. Other constraints are not evaluated; requirements for the platform and for names that
 * the catalogue does not have are passed over.
 *
 * @param {readonly CataloguePackage[]} catalogue
 * @param {Record<string, string>} require
 * @returns {CataloguePackage[]}
 */
export function closureOf(catalogue, require) {
  const known = byName(catalogue)
  /** @type {Map<string, CataloguePackage>} */
  const chosen = new Map()
  const open = Object.entries(require)
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [name, constraint] = next
    if (chosen.has(name)) continue
    const versions = [...(known.get(name) ?? [])].sort(newestFirst)
    const stable = versions.find(({ version }) => stabilityOf(version) === 'stable')
    const release = versions.find(({ version }) => version === constraint) ?? stable ?? versions[0]
    if (release === undefined) continue
    chosen.set(name, release)
    open.push(...Object.entries(release.require))
  }
  return Object.values(sorted(Object.fromEntries(chosen))).map((release) => /** @type {CataloguePackage} */ (release))
}

/**
 * The text of composer.lock, byte for byte as Composer 2.5 writes it when it resolves `manifest` to these packages, so
 * that a test need not run an `update` first. `distUrl`, `mirrors` and `shasum` are those of `startRepository`.
 *
 * @example
 * const chosen = closureOf(packages, { 'magento/product-community-edition': '2.4.8' })
 * await writeJson('composer.json', manifestOf(chosen, { baseUrl: repository.publicUrl }))
 * await writeFile('composer.lock', lockFor(chosen, { baseUrl: repository.publicUrl }))
 *
 * @param {readonly CataloguePackage[]} packages
 * @param {LockOptions} options
 * @returns {string}
 */
export function lockFor(packages, options) {
  const { baseUrl, dev = [], mirrors = [], metapackages = 'without-dist', amend } = options
  const url = baseUrl.replace(/\/+$/, '')
  const given = options.manifest ?? manifestOf(packages, { baseUrl: url, dev })
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  /** @type {Manifest} */
  const manifest = JSON.parse(text)
  const { require = {}, 'require-dev': requireDev = {}, 'minimum-stability': minimum = 'stable' } = manifest
  const metapackageDist = metapackages === 'with-dist'
  const releases = createReleases([...packages, ...dev], url, { ...options, metapackageDist })

  /** @param {CataloguePackage} release */
  function locked(release) {
    const { name, version, dist, require: needs, conflict, provide, replace, type, extra } = releases.entry(release)
    const maps = Object.entries({ require: needs, conflict, provide, replace }).flatMap(([key, map]) =>
      map === undefined ? [] : [[key, sorted(/** @type {Record<string, unknown>} */ (map))]],
    )
    return {
      name,
      version,
      ...(dist !== undefined && { dist: lockedDist(/** @type {Record<string, unknown>} */ (dist)) }),
      ...Object.fromEntries(maps),
      type,
      ...(extra !== undefined && { extra }),
      ...amend?.(release),
    }
  }

  /** @param {Record<string, unknown>} dist */
  function lockedDist({ type, url: distUrl, reference, shasum }) {
    return {
      type,
      url: distUrl,
      ...(reference !== null && { reference }),
      ...(shasum !== undefined && { shasum }),
      ...(mirrors.length > 0 && { mirrors: mirrors.map(({ url: mirror, preferred }) => ({ url: mirror, preferred })) }),
    }
  }

  /** @param {readonly CataloguePackage[]} list */
  const lockedList = (list) =>
    Object.values(sorted(Object.fromEntries(list.map((known) => [known.name, locked(known)]))))

  const lock = {
    _readme: README,
    'content-hash': contentHash(text),
    packages: lockedList(packages),
    'packages-dev': lockedList(dev),
    aliases: [],
    'minimum-stability': minimum,
    'stability-flags': phpMap(stabilityFlags({ ...require, ...requireDev }, minimum)),
    'prefer-stable': manifest['prefer-stable'] ?? false,
    'prefer-lowest': false,
    platform: phpMap(platformOf(require)),
    'platform-dev': phpMap(platformOf(requireDev)),
    ...(manifest.config?.platform && { 'platform-overrides': manifest.config.platform }),
    'plugin-api-version': PLUGIN_API,
  }
  return `${JSON.stringify(lock, null, 4)}\n`
}
