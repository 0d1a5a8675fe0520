import { createHash } from 'node:crypto'
import { html } from './answer.mjs'
import { normalizedVersion, stabilityOf } from './versions.mjs'
import { zip } from './zip.mjs'

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./answer.mjs').Answer} Answer
 */

/**
 * Another address for archives: `%package%`, `%version%` (normalized), `%prettyVersion%`, `%reference%` and `%type%`
 * are filled in (Composer's ComposerMirror::processUrl). A preferred one is asked before `dist.url`, any other after it
 * has failed.
 *
 * @typedef {{ url: string, preferred: boolean }} DistMirror
 */

/**
 * What metadata says about archives.
 *
 * @typedef {object} DistOptions
 * @property {(release: CataloguePackage, archiveUrl: string) => string} [distUrl] what `dist.url` says instead of the
 *   archive's own URL: an address at another origin, as in a mirror that leaves URLs of repo.magento.com in place, or
 *   one without a host. An address below the repository's own URL, or without a host, is served here as well
 * @property {readonly DistMirror[]} [mirrors]
 * @property {boolean} [metapackageDist] give metapackages a dist and an archive too, as repo.magento.com does; Composer
 *   copies it to the lock and never downloads it. Default: none
 * @property {'sha1' | 'empty' | 'none'} [shasum] the checksum of the archive (default), `""` as for GitHub's archives,
 *   or no such key, as in locks made through Private Packagist
 */

/** @type {() => Answer} */
const notFound = () => html(404, '404 Not Found')

/**
 * Why somebody does not get an archive: the answer instead of it, or null if they do get it.
 *
 * @callback Refusal
 * @param {CataloguePackage} release
 * @returns {Answer | null}
 */

/**
 * How a repository speaks to Composer: the answer to a path for somebody who may see `visible`, or null if there is
 * nothing to be had under it. Who may see what is settled before. Whether an archive is handed out is asked of
 * `refusal`; without one, whoever sees a release gets its archive, and who does not gets 404.
 *
 * @callback Dialect
 * @param {string} path decoded, without query
 * @param {readonly CataloguePackage[]} visible
 * @param {Refusal} [refusal]
 * @returns {Answer | null}
 */

/**
 * @param {{ name: string, version: string }} wanted
 * @returns {string} e.g. `/archives/magento/framework/magento-framework-103.0.8.0.zip`
 */
export function archivePath({ name, version }) {
  return `/archives/${name}/${name.replace('/', '-')}-${normalizedVersion(version)}.zip`
}

/**
 * @param {'sha1' | 'sha256'} algorithm
 * @param {Buffer | string} bytes
 */
export function hex(algorithm, bytes) {
  return createHash(algorithm).update(bytes).digest('hex')
}

/**
 * A value that is worked out when it is first asked for: a catalogue of thousands need not be zipped to be listed.
 *
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function once(make) {
  /** @type {{ value: T } | undefined} */
  let made
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/**
 * The composer.json of a project template names the repository it came from, and no other, as Magento's does by
 * naming repo.magento.com. Composer refuses plain http unless `secure-http` is off (Composer's Config.php,
 * prohibitUrlByConfig).
 *
 * @param {CataloguePackage} release
 * @param {string} publicUrl
 */
function manifest(release, publicUrl) {
  const { name, version, type } = release
  const { extra, autoload } = release
  const own = { name, version, type, ...links(release), ...(extra && { extra }), ...(autoload && { autoload }) }
  if (type !== 'project') return own
  return {
    ...own,
    ...(publicUrl.startsWith('http:') && { config: { 'secure-http': false } }),
    repositories: [{ type: 'composer', url: publicUrl }, { 'packagist.org': false }],
    'minimum-stability': stabilityOf(version),
  }
}

/** @param {CataloguePackage} release */
function links({ require, conflict, provide, replace }) {
  return { require, ...(conflict && { conflict }), ...(provide && { provide }), ...(replace && { replace }) }
}

/**
 * @param {CataloguePackage} release
 * @param {string} publicUrl
 */
function archive(release, publicUrl) {
  return zip({
    'composer.json': `${JSON.stringify(manifest(release, publicUrl), null, 4)}\n`,
    'registration.php': `<?php\n// ${release.name} ${release.version}\n`,
    ...release.files,
  })
}

/**
 * A branch has a commit, which is what makes Composer notice that it moved; releases of repo.magento.com have null
 * (Magento DevBlog).
 *
 * @param {CataloguePackage} release
 */
function referenceOf({ name, version }) {
  return stabilityOf(version) === 'dev' ? hex('sha1', `${name} ${version}`) : null
}

/**
 * The releases of a repository: what its metadata says about each, and their archives.
 *
 * @param {readonly CataloguePackage[]} all
 * @param {string} publicUrl the URL under which clients reach the repository, without a trailing slash
 * @param {DistOptions} [options]
 */
export function createReleases(all, publicUrl, { distUrl, metapackageDist = false, shasum = 'sha1' } = {}) {
  /** @type {Map<CataloguePackage, () => Record<string, unknown>>} */
  const entries = new Map()
  /** @type {Map<string, { release: CataloguePackage, bytes: () => Buffer }>} */
  const archives = new Map()
  for (const release of all) {
    const { name, version, type, extra, autoload, source } = release
    const own = { name, version, version_normalized: normalizedVersion(version), type, ...links(release) }
    const plain = { ...own, ...(extra && { extra }), ...(autoload && { autoload }), ...(source && { source }) }
    if (type === 'metapackage' && !metapackageDist) {
      entries.set(release, () => plain)
      continue
    }
    const reference = referenceOf(release)
    const archiveUrl = publicUrl + archivePath(release)
    const url = distUrl?.(release, archiveUrl) ?? archiveUrl
    const bytes = once(() => archive(release, publicUrl))
    const paths = [archivePath(release), `/dists/${name}/${normalizedVersion(version)}/r${reference ?? ''}.zip`]
    if (url.startsWith(`${publicUrl}/`)) paths.push(url.slice(publicUrl.length))
    else if (!/^[a-z][a-z\d+.-]*:/i.test(url)) paths.push(url.replace(/^\/*/, '/'))
    for (const path of paths) archives.set(path, { release, bytes })
    entries.set(
      release,
      once(() => {
        const sum = shasum === 'none' ? {} : { shasum: shasum === 'empty' ? '' : hex('sha1', bytes()) }
        return { ...plain, dist: { type: 'zip', url, reference, ...sum } }
      }),
    )
  }
  return {
    /**
     * What metadata says about a release, the same in every protocol.
     *
     * @param {CataloguePackage} release
     * @returns {Record<string, unknown>}
     */
    entry(release) {
      return entries.get(release)?.() ?? {}
    },
    /**
     * Which release's archive lies under a path: the usual `/archives/…`, the path that `distUrl` made up, or
     * `/dists/<name>/<normalized version>/r<reference>.zip`, which is what a mirror's template usually asks for.
     *
     * @param {string} path
     * @returns {CataloguePackage | undefined}
     */
    archivedAt(path) {
      return archives.get(path)?.release
    },
    /**
     * @param {string} path
     * @param {Refusal} refusal
     * @returns {Answer | null}
     */
    archive(path, refusal) {
      const found = archives.get(path)
      if (found === undefined) return null
      return refusal(found.release) ?? { status: 200, contentType: 'application/zip', body: found.bytes() }
    },
  }
}

/**
 * The refusal of a repository in which only what is visible can be downloaded.
 *
 * @param {readonly CataloguePackage[]} visible
 * @returns {Refusal}
 */
export function invisible(visible) {
  return (release) => (visible.includes(release) ? null : notFound())
}

/**
 * By name, in the order in which names first appear.
 *
 * @param {readonly CataloguePackage[]} releases
 * @returns {Map<string, CataloguePackage[]>}
 */
export function byName(releases) {
  /** @type {Map<string, CataloguePackage[]>} */
  const names = new Map()
  for (const release of releases) {
    const known = names.get(release.name)
    if (known === undefined) names.set(release.name, [release])
    else known.push(release)
  }
  return names
}

/**
 * `mirrors` of packages.json.
 *
 * @param {readonly DistMirror[]} mirrors
 */
export function mirrorsOf(mirrors) {
  return mirrors.length === 0 ? {} : { mirrors: mirrors.map(({ url, preferred }) => ({ 'dist-url': url, preferred })) }
}
