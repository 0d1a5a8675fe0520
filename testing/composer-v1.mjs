import { json } from './answer.mjs'
import { archivePath, byName, createReleases, hex, invisible, mirrorsOf } from './releases.mjs'
import { normalizedVersion } from './versions.mjs'

export { archivePath, normalizedVersion }

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./answer.mjs').Answer} Answer
 * @typedef {import('./releases.mjs').Dialect} Dialect
 */

// Public clients name only provider-ce; the other names are made up, and a client must loop over whatever is there.
const INCLUDES = /** @type {const} */ ({
  'open-source': 'provider-ce',
  commerce: 'provider-ee',
  b2b: 'provider-b2b',
  cloud: 'provider-cloud',
  marketplace: 'provider-marketplace',
})

/**
 * The Composer 1 protocol as repo.magento.com speaks it, in the order in which Composer's ComposerRepository.php
 * follows it: packages.json names the provider includes, an include names packages, each by the sha256 of its file.
 *
 * - Package files come gzipped whether asked for or not (public clients pipe plain curl into gunzip).
 * - Every version carries an integer `uid`: without it Composer stops with `Undefined array key "uid"`.
 * - `dist.reference` is null but for branches, `dist.shasum` is a sha1 (Magento DevBlog).
 * - Pre-releases and branches lie in the same file; Composer drops what the minimum stability excludes.
 *
 * @param {readonly CataloguePackage[]} all
 * @param {string} publicUrl the URL under which clients reach the repository, without a trailing slash
 * @param {import('./releases.mjs').DistOptions} [options]
 * @returns {Dialect}
 */
export function composerV1(all, publicUrl, options = {}) {
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '')
  const releases = createReleases(all, publicUrl, options)
  const uids = new Map(all.map((release, index) => [release, index + 1]))
  /** @type {Map<string, Answer & { sha256: string }>} */
  const files = new Map()

  /**
   * The file of one package, which differs between accounts that see different versions of it.
   *
   * @param {string} name
   * @param {readonly CataloguePackage[]} seen
   */
  function fileOf(name, seen) {
    const key = seen.map((release) => uids.get(release)).join()
    const known = files.get(key)
    if (known !== undefined) return known
    const versions = seen.map((release) => [release.version, { ...releases.entry(release), uid: uids.get(release) }])
    const answer = json(200, { packages: { [name]: Object.fromEntries(versions) } })
    const file = { ...answer, gzip: true, sha256: hex('sha256', answer.body) }
    files.set(key, file)
    return file
  }

  /** @param {readonly CataloguePackage[]} visible */
  function includesFor(visible) {
    /** @type {Map<string, Record<string, { sha256: string }>>} */
    const providers = new Map()
    for (const [name, seen] of byName(visible)) {
      for (const { edition } of seen) {
        const listed = providers.get(INCLUDES[edition]) ?? {}
        listed[name] = { sha256: fileOf(name, seen).sha256 }
        providers.set(INCLUDES[edition], listed)
      }
    }
    return [...providers].map(([include, listed]) => {
      const answer = json(200, { providers: listed })
      return { include, answer, sha256: hex('sha256', answer.body) }
    })
  }

  return (path, visible, refusal = invisible(visible)) => {
    if (path === '/packages.json') {
      const includes = includesFor(visible).map(({ include, sha256 }) => [`p/${include}$%hash%.json`, { sha256 }])
      return json(200, {
        packages: [],
        ...mirrorsOf(options.mirrors ?? []),
        'providers-url': `${prefix}/p/%package%$%hash%.json`,
        'provider-includes': Object.fromEntries(includes),
      })
    }
    const [, name = '', sha256] = /^\/p\/(.+)\$([0-9a-f]{64})\.json$/.exec(path) ?? []
    if (sha256 !== undefined) {
      const seen = visible.filter((known) => known.name === name)
      const file = seen.length === 0 ? undefined : fileOf(name, seen)
      if (file?.sha256 === sha256) return file
      return includesFor(visible).find((known) => known.include === name && known.sha256 === sha256)?.answer ?? null
    }
    return releases.archive(path, refusal)
  }
}
