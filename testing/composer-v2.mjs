import { json } from './answer.mjs'
import { byName, createReleases, hex, invisible, mirrorsOf } from './releases.mjs'
import { normalizedVersion, stabilityOf } from './versions.mjs'

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./releases.mjs').Dialect} Dialect
 */

/**
 * Whether packages.json says what there is to ask for: by name, by `vendor/*`, or not at all, as packagist.org does.
 * Without a list Composer asks for every name that it has to resolve.
 *
 * @typedef {'packages' | 'patterns' | 'none'} Listing
 */

const RANKS = ['-dev', '-alpha', '-beta', '-RC', '', '-patch']

/**
 * @param {string} version
 * @returns {number[]}
 */
function sortKey(version) {
  const [numbers = '', modifier = ''] = normalizedVersion(version).split(/(?=-)/)
  const rank = RANKS.indexOf(modifier.replace(/\d.*$/, ''))
  return [...numbers.split('.').map(Number), rank, Number(modifier.replace(/^\D+/, '') || 0)]
}

/**
 * The greater version first, as Composer compares them; branches keep their order.
 *
 * @param {{ version: string }} left
 * @param {{ version: string }} right
 */
export function newestFirst(left, right) {
  if (/^dev-/i.test(left.version) || /^dev-/i.test(right.version)) return 0
  const [a, b] = [sortKey(left.version), sortKey(right.version)]
  const at = a.findIndex((part, index) => part !== b[index])
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0)
}

/**
 * Each version as what differs from the one before it (Composer's MetadataMinifier::minify).
 *
 * @param {readonly Record<string, unknown>[]} versions
 * @returns {Record<string, unknown>[]}
 */
export function minify(versions) {
  /** @type {Record<string, unknown>} */
  let last = {}
  return versions.map((version) => {
    const changed = Object.entries(version).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(last[key]),
    )
    const gone = Object.keys(last).filter((key) => !(key in version))
    last = version
    return { ...Object.fromEntries(changed), ...Object.fromEntries(gone.map((key) => [key, '__unset'])) }
  })
}

/**
 * A date that changes with the content, so that a client which has seen one account's file is not told that another's
 * is the same.
 *
 * @param {Buffer} body
 */
function lastModified(body) {
  const seconds = Number.parseInt(hex('sha256', body).slice(0, 7), 16)
  return new Date(Date.UTC(2015, 0, 1) + seconds * 1000).toUTCString()
}

/**
 * The Composer 2 protocol: packages.json has a `metadata-url`, under which each package has a file with its releases
 * and a second one, `<name>~dev`, with its branches. 404 for a name that is not visible; a visible one without branches
 * has an empty second file, as at packagist.org. Files carry Last-Modified, and the repository answers 304 to a client
 * that has the current one.
 *
 * @param {readonly CataloguePackage[]} all
 * @param {string} publicUrl
 * @param {import('./releases.mjs').DistOptions & { listing?: Listing }} [options]
 * @returns {Dialect}
 */
export function composerV2(all, publicUrl, options = {}) {
  const { listing = 'none', mirrors = [] } = options
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '')
  const releases = createReleases(all, publicUrl, options)

  /** @param {unknown} value */
  function dated(value) {
    const answer = json(200, value)
    return { ...answer, headers: { 'last-modified': lastModified(answer.body) } }
  }

  /** @param {readonly CataloguePackage[]} visible */
  function listed(visible) {
    const names = [...byName(visible).keys()]
    if (listing === 'packages') return { 'available-packages': names }
    if (listing === 'patterns') {
      return { 'available-package-patterns': [...new Set(names.map((name) => `${name.split('/')[0]}/*`))] }
    }
    return {}
  }

  return (path, visible, refusal = invisible(visible)) => {
    if (path === '/packages.json') {
      return dated({
        packages: [],
        ...mirrorsOf(mirrors),
        'metadata-url': `${prefix}/p2/%package%.json`,
        ...listed(visible),
      })
    }
    const [, name, dev] = /^\/p2\/(.+?)(~dev)?\.json$/.exec(path) ?? []
    if (name === undefined) return releases.archive(path, refusal)
    const known = visible.filter((release) => release.name === name)
    if (known.length === 0) return null
    const wanted = known.filter(({ version }) => (stabilityOf(version) === 'dev') === (dev !== undefined))
    const versions = wanted.sort(newestFirst).map((release) => releases.entry(release))
    return dated({ packages: { [name]: minify(versions) }, minified: 'composer/2.0' })
  }
}
