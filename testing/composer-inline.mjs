import { json } from './answer.mjs'
import { byName, createReleases, hex, invisible, mirrorsOf } from './releases.mjs'

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./answer.mjs').Answer} Answer
 * @typedef {import('./releases.mjs').Dialect} Dialect
 */

/**
 * @param {ReturnType<typeof createReleases>} releases
 * @param {readonly CataloguePackage[]} visible
 */
function packagesOf(releases, visible) {
  return Object.fromEntries(
    [...byName(visible)].map(([name, seen]) => [
      name,
      Object.fromEntries(seen.map((release) => [release.version, releases.entry(release)])),
    ]),
  )
}

/**
 * Everything inside packages.json, as repo.magento.com once did and small shops do.
 *
 * @param {readonly CataloguePackage[]} all
 * @param {string} publicUrl
 * @param {import('./releases.mjs').DistOptions} [options]
 * @returns {Dialect}
 */
export function composerInline(all, publicUrl, options = {}) {
  const releases = createReleases(all, publicUrl, options)
  return (path, visible, refusal = invisible(visible)) => {
    if (path !== '/packages.json') return releases.archive(path, refusal)
    return json(200, { packages: packagesOf(releases, visible), ...mirrorsOf(options.mirrors ?? []) })
  }
}

/**
 * @param {string} name
 * @param {Answer} answer
 * @returns {[string, { sha1: string }]} relative to packages.json, with `$` as Satis has it
 */
function include(name, { body }) {
  const sha1 = hex('sha1', body)
  return [`include/${name}$${sha1}.json`, { sha1 }]
}

/**
 * Everything in files that packages.json includes, as Satis writes it: one for Open Source, which includes one for each
 * further edition, so that a client must follow includes of includes. Composer does not verify the sha1; it only
 * decides whether the cached copy is used.
 *
 * @param {readonly CataloguePackage[]} all
 * @param {string} publicUrl
 * @param {import('./releases.mjs').DistOptions} [options]
 * @returns {Dialect}
 */
export function composerIncludes(all, publicUrl, options = {}) {
  const releases = createReleases(all, publicUrl, options)

  /** @param {readonly CataloguePackage[]} visible */
  function filesFor(visible) {
    const further = [...new Set(visible.map(({ edition }) => edition))].filter((edition) => edition !== 'open-source')
    /** @param {string} wanted */
    const only = (wanted) =>
      packagesOf(
        releases,
        visible.filter(({ edition }) => edition === wanted),
      )
    const leaves = further.map((edition) => {
      const answer = json(200, { packages: only(edition) })
      return { answer, link: include(edition, answer) }
    })
    const trunk = json(200, {
      packages: only('open-source'),
      ...(leaves.length > 0 && { includes: Object.fromEntries(leaves.map(({ link }) => link)) }),
    })
    return [{ answer: trunk, link: include('open-source', trunk) }, ...leaves]
  }

  return (path, visible, refusal = invisible(visible)) => {
    if (path === '/packages.json') {
      const [trunk] = filesFor(visible)
      const includes = trunk === undefined ? {} : Object.fromEntries([trunk.link])
      return json(200, { packages: {}, includes, ...mirrorsOf(options.mirrors ?? []) })
    }
    if (!path.startsWith('/include/')) return releases.archive(path, refusal)
    return filesFor(visible).find(({ link }) => `/${link[0]}` === path)?.answer ?? null
  }
}
