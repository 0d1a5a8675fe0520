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
 * @property {Record<string, string>} [conflict]
 * @property {Record<string, string>} [provide]
 * @property {Record<string, string>} [replace]
 * @property {Record<string, unknown>} [autoload]
 * @property {Record<string, string>} [files] what the archive holds besides composer.json and registration.php
 * @property {{ type: string, url: string, reference: string }} [source] where version control has it
 * @property {Record<string, unknown>} [extra] e.g. `{ 'branch-alias': { 'dev-main': '1.x-dev' } }`
 */

/**
 * What differs between what somebody sees and what they can download. Each key is a name, for all versions, or a name
 * and a version with a space between, e.g. `acme/module-paid 1.1.0`.
 *
 * @typedef {object} Access
 * @property {ReadonlySet<string>} [hidden] not in the metadata, whatever the entitlements say: a package of which only
 *   older versions are visible
 * @property {ReadonlySet<string>} [archivesOnly] the archive downloads although the metadata does not show it
 * @property {ReadonlyMap<string, number>} [archivesDenied] the archive answers with this status, usually 401, 403 or
 *   404, although the metadata shows it
 */

/**
 * @typedef {object} Keys
 * @property {string} publicKey Composer's "username"
 * @property {string} privateKey Composer's "password"
 * @property {Set<string>} entitlements editions, and the names of the extensions ordered
 * @property {boolean} [disabled] the keys are known and refused, as after "Disable" under Access Keys
 *
 * @typedef {Keys & Access} Account
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
 * One version of one package, for a catalogue of one's own. Without more said, a module of Open Source.
 *
 * @example
 * createPackage('acme/module-branches', 'dev-main', { extra: { 'branch-alias': { 'dev-main': '1.x-dev' } } })
 *
 * @param {string} name
 * @param {string} version
 * @param {Partial<Omit<CataloguePackage, 'name' | 'version'>>} [options]
 * @returns {CataloguePackage}
 */
export function createPackage(name, version, { type = 'magento2-module', edition = 'open-source', ...rest } = {}) {
  return { name, version, type, edition, ...rest, require: { ...PHP, ...rest.require } }
}

/**
 * @param {Edition} edition
 * @param {string} type
 * @param {string} name
 * @param {string} version
 * @param {Record<string, string>} [require]
 */
function pack(edition, type, name, version, require = {}) {
  return createPackage(name, version, { type, edition, require })
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
 * A customer with keys of its own, derived from a label. Everybody sees Open Source.
 *
 * @example
 * createAccount('lapsed', { entitlements: ['acme/module-paid'], hidden: new Set(['acme/module-paid 1.1.0']) })
 *
 * @param {string} label the same label gives the same keys
 * @param {Omit<Partial<Account>, 'entitlements'> & { entitlements?: Iterable<string> }} [options]
 * @returns {Account}
 */
export function createAccount(label, { entitlements = [], ...rest } = {}) {
  return {
    publicKey: key(`${label} public`),
    privateKey: key(`${label} private`),
    ...rest,
    entitlements: new Set(['open-source', ...entitlements]),
  }
}

/**
 * @param {string} name
 * @param {string[]} entitlements
 */
function account(name, ...entitlements) {
  return createAccount(name, { entitlements })
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

/** A MAGEID and the token for its downloads, derived as the keys are. */
export const downloader = {
  mageId: `MAG${BigInt(`0x${key('mage id')}`)
    .toString()
    .slice(0, 9)}`,
  token: `${key('download token')}${key('download token, continued').slice(0, 8)}`,
}

/**
 * @param {{ has(key: string): boolean }} keys
 * @param {CataloguePackage} release
 */
function covers(keys, { name, version }) {
  return keys.has(name) || keys.has(`${name} ${version}`)
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
  const entitled = customer.entitlements.has(wanted.edition === 'marketplace' ? wanted.name : wanted.edition)
  return entitled && isShown(customer, wanted)
}

/**
 * Whether a release stands in the metadata for somebody who holds what it takes.
 *
 * @param {Access} access
 * @param {CataloguePackage} release
 */
export function isShown({ hidden }, release) {
  return hidden === undefined || !covers(hidden, release)
}

/**
 * What an archive answers: 200 if it is visible or in `archivesOnly`, else 404, unless `archivesDenied` says otherwise.
 * A denial of one version beats one of the name.
 *
 * @param {Access} access
 * @param {CataloguePackage} release
 * @param {boolean} visible
 * @returns {number}
 */
export function archiveStatus({ archivesOnly, archivesDenied }, release, visible) {
  const denied = archivesDenied?.get(`${release.name} ${release.version}`) ?? archivesDenied?.get(release.name)
  if (denied !== undefined) return denied
  return visible || (archivesOnly !== undefined && covers(archivesOnly, release)) ? 200 : 404
}

/**
 * Packages whose versions are the point, all of Open Source: patches, pre-releases, branches, and one that stands in
 * for another. None needs another.
 *
 * @type {readonly CataloguePackage[]}
 */
export const versionedPackages = [
  ...['1.2.0', '1.2.0-p1', '1.2.0-p2', '1.2.0-p3', '1.3.0-beta1', '1.3.0-beta2'].map((version) =>
    createPackage('acme/module-patched', version),
  ),
  ...['2.0.0-alpha1', '2.0.0-beta1', '2.0.0-RC1'].map((version) => createPackage('acme/module-unreleased', version)),
  ...['1.0.0', '1.1.0', '2.0.0'].map((version) => createPackage('acme/module-aged', version)),
  createPackage('acme/module-branched', '1.0.0'),
  createPackage('acme/module-branched', '1.x-dev'),
  createPackage('acme/module-branched', 'dev-main', { extra: { 'branch-alias': { 'dev-main': '2.x-dev' } } }),
  createPackage('acme/module-branch-only', 'dev-main'),
  createPackage('acme/module-successor', '3.0.0', { replace: { 'acme/module-predecessor': '2.9.0' } }),
]
