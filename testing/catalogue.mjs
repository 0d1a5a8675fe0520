import { createHash } from 'node:crypto'

/**
 * What an account must hold to see a package: an edition, or for an extension its own order.
 *
 * @typedef {'open-source' | 'commerce' | 'b2b' | 'cloud' | 'marketplace'} Edition
 */

/**
 * One version of one package.
 *
 * @typedef {object} CataloguePackage
 * @property {string} name
 * @property {string} version as in composer.json, e.g. `2.4.7-p3`
 * @property {string} type
 * @property {Edition} edition
 * @property {Record<string, string>} require
 */

/**
 * @typedef {object} Account
 * @property {string} publicKey Composer's "username"
 * @property {string} privateKey Composer's "password"
 * @property {Set<string>} entitlements editions, and the names of the extensions ordered
 * @property {boolean} [disabled] the keys are known and refused, as after "Disable" under Access Keys
 */

// Every release of Magento gives each module a version of its own, whose last number and patch follow the release.
const RELEASES = [
  { version: '2.4.7-p3', last: '7-p3', b2b: '1.5.0', company: '102.0.0', eceTools: '2002.1.19' },
  { version: '2.4.8', last: '8', b2b: '1.5.2', company: '102.0.2', eceTools: '2002.2.1' },
]

const MODULES = {
  'magento/module-backend': '102.0',
  'magento/module-catalog': '104.0',
  'magento/module-checkout': '100.4',
  'magento/module-config': '101.2',
  'magento/module-customer': '103.0',
  'magento/module-store': '101.1',
}

const COMMERCE_MODULES = {
  'magento/module-banner': '101.2',
  'magento/module-customer-balance': '100.4',
  'magento/module-staging': '100.4',
}

// The one platform package the catalogue asks for, wide enough for whatever PHP runs Composer.
const PHP = { php: '>=7.4' }

/**
 * @param {Record<string, string>} modules
 * @param {string} last
 */
function atRelease(modules, last) {
  return Object.fromEntries(Object.entries(modules).map(([name, line]) => [name, `${line}.${last}`]))
}

/**
 * @param {Edition} edition
 * @param {string} type
 * @param {string} name
 * @param {string} version
 * @param {Record<string, string>} [require]
 * @returns {CataloguePackage}
 */
function pack(edition, type, name, version, require = {}) {
  return { name, version, type, edition, require: { ...PHP, ...require } }
}

/**
 * @param {(typeof RELEASES)[number]} release
 * @returns {CataloguePackage[]}
 */
function packagesOf({ version, last, b2b, company, eceTools }) {
  const framework = { 'magento/framework': `103.0.${last}` }
  const modules = atRelease(MODULES, last)
  const commerceModules = atRelease(COMMERCE_MODULES, last)
  const community = { 'magento/product-community-edition': version }
  const enterprise = { 'magento/product-enterprise-edition': version }
  return [
    pack('open-source', 'project', 'magento/project-community-edition', version, community),
    pack('open-source', 'metapackage', 'magento/product-community-edition', version, {
      'magento/magento2-base': version,
      ...framework,
      ...modules,
    }),
    pack('open-source', 'magento2-component', 'magento/magento2-base', version, framework),
    pack('open-source', 'magento2-library', 'magento/framework', framework['magento/framework']),
    ...Object.entries(modules).map(([name, own]) => pack('open-source', 'magento2-module', name, own, framework)),

    pack('commerce', 'project', 'magento/project-enterprise-edition', version, enterprise),
    pack('commerce', 'metapackage', 'magento/product-enterprise-edition', version, {
      ...community,
      'magento/magento2-ee-base': version,
      ...commerceModules,
    }),
    pack('commerce', 'magento2-component', 'magento/magento2-ee-base', version, framework),
    ...Object.entries(commerceModules).map(([name, own]) => pack('commerce', 'magento2-module', name, own, framework)),

    pack('b2b', 'metapackage', 'magento/extension-b2b', b2b, { 'magento/module-company': company }),
    pack('b2b', 'magento2-module', 'magento/module-company', company, framework),

    pack('cloud', 'metapackage', 'magento/magento-cloud-metapackage', version, {
      ...enterprise,
      'magento/ece-tools': eceTools,
    }),
    pack('cloud', 'magento2-component', 'magento/ece-tools', eceTools),
  ]
}

/**
 * A small Magento world: the editions with their project, metapackage and modules, and two extensions. Nothing needs
 * a package from elsewhere, so that Composer can install all of it without packagist.org.
 *
 * @type {readonly CataloguePackage[]}
 */
export const packages = [
  ...RELEASES.flatMap(packagesOf),
  ...['1.0.0', '1.1.0'].flatMap((version) => [
    pack('marketplace', 'magento2-module', 'acme/module-paid', version, { 'magento/framework': '^103.0' }),
    pack('marketplace', 'magento2-module', 'acme/module-free', version, { 'magento/framework': '^103.0' }),
  ]),
]

/**
 * Keys as Adobe hands them out: 32 characters, seen only as lower-case hexadecimal. They are derived rather than
 * written down, because a literal would set off every secret scanner that reads this repository.
 *
 * @param {string} label
 */
function key(label) {
  return createHash('sha256').update(`magento-composer-auth testing ${label}`).digest('hex').slice(0, 32)
}

/**
 * @param {string} name
 * @param {string[]} entitlements
 * @returns {Account}
 */
function account(name, ...entitlements) {
  return {
    publicKey: key(`${name} public`),
    privateKey: key(`${name} private`),
    entitlements: new Set(['open-source', ...entitlements]),
  }
}

/**
 * The customers of this world. Even a free extension must be ordered before an account sees it, hence one account
 * that has ordered `acme/module-free` and one that has not.
 */
export const accounts = {
  openSource: account('open source'),
  commerce: account('commerce', 'commerce', 'acme/module-free'),
  b2b: account('b2b', 'commerce', 'b2b'),
  cloud: account('cloud', 'commerce', 'cloud'),
  buyer: account('buyer', 'acme/module-paid'),
  disabled: { ...account('disabled'), disabled: true },
}

/**
 * Who may see what. The repository "contains information about all packages that the current customer can download"
 * (Magento DevBlog, "Magento Packages Repository update"); every account sees Open Source, an edition needs its
 * licence and an extension its order.
 *
 * @param {Account} customer
 * @param {CataloguePackage} wanted
 * @returns {boolean}
 */
export function maySee(customer, wanted) {
  return customer.entitlements.has(wanted.edition === 'marketplace' ? wanted.name : wanted.edition)
}
