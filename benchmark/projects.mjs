import { createAccount } from '../testing/catalogue.mjs'
import { closureOf, lockFor, manifestFor } from '../testing/lock.mjs'
import { syntheticCatalogue } from '../testing/synthetic.mjs'

/**
 * A shop: what its repository has, who asks, and what its project needs.
 *
 * @typedef {object} Project
 * @property {string} name
 * @property {readonly import('../testing/catalogue.mjs').CataloguePackage[]} packages
 * @property {import('../testing/catalogue.mjs').Account} account
 * @property {(url: string) => Record<string, string>} files composer.json and, unless there is none, composer.lock
 * @property {readonly string[]} composer the command that comes to the same verdict
 */

const VENDORS = ['magento', 'acme', 'bolt', 'cargo']
/** A full install from a lock: only at its end Composer knows that everything may be fetched. */
const INSTALL = ['install']

/** Locks in which everything may be fetched. @param {number} size packages @returns {Project} */
export function lockOf(size) {
  const { packages, account, product } = shop(size)
  return {
    name: `lock of ${size.toLocaleString('en')}`,
    packages,
    account,
    files: locked(packages, product),
    composer: INSTALL,
  }
}

/** A lock in which a vendor's packages may not be fetched, though others of that vendor may. @returns {Project} */
export function deniedOf(/** @type {number} */ denied, /** @type {number} */ size) {
  const { packages, product, names } = shop(size)
  const hidden = new Set(names.filter((name) => name.startsWith('acme/')).slice(-denied))
  const account = createAccount('customer', {
    entitlements: ['commerce', ...names.filter((name) => !hidden.has(name))],
  })
  return { name: `${denied} of ${size} denied`, packages, account, files: locked(packages, product), composer: INSTALL }
}

/** Without a lock, where Composer resolves. @param {number} size packages @returns {Project} */
export function unlockedOf(size) {
  const { packages, account, product } = shop(size)
  return {
    name: `no lock, ${size} needed`,
    packages,
    account,
    files: (url) => ({ 'composer.json': text(manifestFor({ baseUrl: url, require: product })) }),
    composer: ['update', '--no-install'],
  }
}

/** @param {number} size */
function shop(size) {
  const { packages, names, product } = syntheticCatalogue({
    modules: size,
    vendors: VENDORS,
    edition: (vendor) => (vendor === 'magento' ? 'commerce' : 'marketplace'),
  })
  const account = createAccount('customer', { entitlements: ['commerce', ...names] })
  return { packages, names, account, product: { [product.name]: product.version } }
}

/**
 * @param {Project['packages']} packages
 * @param {Record<string, string>} require
 * @returns {Project['files']}
 */
function locked(packages, require) {
  const chosen = closureOf(packages, require)
  return (url) => {
    const manifest = text(manifestFor({ baseUrl: url, require }))
    return { 'composer.json': manifest, 'composer.lock': lockFor(chosen, { baseUrl: url, manifest }) }
  }
}

/** @param {unknown} value */
function text(value) {
  return `${JSON.stringify(value, null, 4)}\n`
}
