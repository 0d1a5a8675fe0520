import { createHash } from 'node:crypto'
import { json } from './answer.mjs'
import { zip } from './zip.mjs'

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./answer.mjs').Answer} Answer
 */

/**
 * How a repository speaks to Composer: the answer to a path for somebody who may see `visible`, or null if there is
 * nothing to be had under it. A second dialect (Composer 2's `metadata-url`, or everything inside packages.json) is a
 * second function of this shape; who may see what is settled before.
 *
 * @callback Dialect
 * @param {string} path decoded, without query
 * @param {readonly CataloguePackage[]} visible
 * @returns {Answer | null}
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
 * The version as it stands in the names of archives: four numbers, and "patch" spelled out, which is what Composer's
 * VersionParser::normalize makes of it (`2.4.7-p3` is `2.4.7.0-patch3`).
 *
 * @param {string} version
 */
export function normalizedVersion(version) {
  const [numbers = '', suffix] = version.split('-')
  const padded = [...numbers.split('.'), '0', '0', '0'].slice(0, 4).join('.')
  return suffix === undefined ? padded : `${padded}-${suffix.replace(/^p(?=\d)/, 'patch')}`
}

/**
 * @param {{ name: string, version: string }} wanted
 * @returns {string} e.g. `/archives/magento/framework/magento-framework-103.0.8.0.zip`
 */
export function archivePath({ name, version }) {
  return `/archives/${name}/${name.replace('/', '-')}-${normalizedVersion(version)}.zip`
}

/**
 * @param {'sha1' | 'sha256'} algorithm
 * @param {Buffer} bytes
 */
function hex(algorithm, bytes) {
  return createHash(algorithm).update(bytes).digest('hex')
}

/**
 * The composer.json of a project template names the repository it came from, and no other, as Magento's does by
 * naming repo.magento.com. Composer refuses plain http unless `secure-http` is off (Composer's Config.php,
 * prohibitUrlByConfig).
 *
 * @param {CataloguePackage} release
 * @param {string} publicUrl
 */
function manifest({ name, version, type, require }, publicUrl) {
  if (type !== 'project') return { name, version, type, require }
  return {
    name,
    version,
    type,
    require,
    ...(publicUrl.startsWith('http:') && { config: { 'secure-http': false } }),
    repositories: [{ type: 'composer', url: publicUrl }, { 'packagist.org': false }],
    'minimum-stability': 'stable',
  }
}

/**
 * @param {CataloguePackage} release
 * @param {string} publicUrl
 */
function archive(release, publicUrl) {
  return zip({
    'composer.json': `${JSON.stringify(manifest(release, publicUrl), null, 4)}\n`,
    'registration.php': `<?php\n// ${release.name} ${release.version}\n`,
  })
}

/**
 * The Composer 1 protocol as repo.magento.com speaks it, in the order in which Composer's ComposerRepository.php
 * follows it: packages.json names the provider includes, an include names packages, each by the sha256 of its file.
 *
 * - Package files come gzipped whether asked for or not (public clients pipe plain curl into gunzip).
 * - Every version carries an integer `uid`: without it Composer stops with `Undefined array key "uid"`.
 * - `dist.reference` is null, `dist.shasum` is a sha1 (Magento DevBlog).
 *
 * @param {readonly CataloguePackage[]} all
 * @param {string} publicUrl the URL under which clients reach the repository, without a trailing slash
 * @returns {Dialect}
 */
export function composerV1(all, publicUrl) {
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '')
  /** @type {Map<string, Record<string, unknown>>} */
  const versions = new Map()
  /** @type {Map<string, { release: CataloguePackage, zip: Buffer }>} */
  const archives = new Map()
  for (const [uid, release] of all.entries()) {
    const { name, version, type, require } = release
    const entry = { name, version, version_normalized: normalizedVersion(version), type, require, uid: uid + 1 }
    const known = versions.get(name) ?? {}
    versions.set(name, known)
    if (type === 'metapackage') {
      known[version] = entry
      continue
    }
    const bytes = archive(release, publicUrl)
    const path = archivePath(release)
    archives.set(path, { release, zip: bytes })
    const dist = { type: 'zip', url: publicUrl + path, reference: null, shasum: hex('sha1', bytes) }
    known[version] = { ...entry, dist }
  }

  /** @type {Map<string, Answer & { sha256: string }>} */
  const files = new Map()
  for (const [name, known] of versions) {
    const answer = json(200, { packages: { [name]: known } })
    files.set(name, { ...answer, gzip: true, sha256: hex('sha256', answer.body) })
  }

  /** @param {readonly CataloguePackage[]} visible */
  function includesFor(visible) {
    /** @type {Map<string, Record<string, { sha256: string }>>} */
    const providers = new Map()
    for (const { name, edition } of visible) {
      const listed = providers.get(INCLUDES[edition]) ?? {}
      const sha256 = files.get(name)?.sha256
      if (sha256 !== undefined) listed[name] = { sha256 }
      providers.set(INCLUDES[edition], listed)
    }
    return [...providers].map(([include, listed]) => {
      const answer = json(200, { providers: listed })
      return { include, answer, sha256: hex('sha256', answer.body) }
    })
  }

  return (path, visible) => {
    if (path === '/packages.json') {
      const includes = includesFor(visible).map(({ include, sha256 }) => [`p/${include}$%hash%.json`, { sha256 }])
      return json(200, {
        packages: [],
        'providers-url': `${prefix}/p/%package%$%hash%.json`,
        'provider-includes': Object.fromEntries(includes),
      })
    }
    const [, name = '', sha256] = /^\/p\/(.+)\$([0-9a-f]{64})\.json$/.exec(path) ?? []
    if (sha256 !== undefined) {
      const file = files.get(name)
      if (file?.sha256 === sha256 && visible.some((known) => known.name === name)) return file
      return includesFor(visible).find((known) => known.include === name && known.sha256 === sha256)?.answer ?? null
    }
    const found = archives.get(path)
    if (found === undefined || !visible.includes(found.release)) return null
    return { status: 200, contentType: 'application/zip', body: found.zip }
  }
}
