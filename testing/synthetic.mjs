import { createPackage } from './catalogue.mjs'

/**
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 * @typedef {import('./catalogue.mjs').Edition} Edition
 */

/**
 * @typedef {object} SyntheticOptions
 * @property {number} [modules] default: 100
 * @property {readonly string[]} [vendors] who makes the modules, in turn; the first also has the metapackage and the
 *   project. Default: only `synthetic`
 * @property {Edition | ((vendor: string) => Edition)} [edition] default: open-source
 * @property {readonly string[]} [versions] of everything, the one that is required last. Default: only 1.0.0
 */

/**
 * A world as large as one likes: modules, one metapackage that needs them all, and the project that needs the
 * metapackage, which is what a Magento release is (some 350 modules, or 650 with Commerce).
 *
 * @example
 * const { packages, names, product } = syntheticCatalogue({ modules: 600, vendors: ['magento', 'acme'], edition: (vendor) =>
 *   vendor === 'acme' ? 'marketplace' : 'commerce' })
 * const customer = createAccount('large', { entitlements: ['commerce', ...names] })
 * const repository = await startRepository({ packages, accounts: { customer } })
 * const lock = lockFor(closureOf(packages, { [product.name]: product.version }), { baseUrl: repository.publicUrl })
 *
 * @param {SyntheticOptions} [options]
 */
export function syntheticCatalogue(options = {}) {
  const { modules = 100, vendors = ['synthetic'], edition = 'open-source', versions = ['1.0.0'] } = options
  const [first = 'synthetic'] = vendors
  const version = versions.at(-1) ?? '1.0.0'
  /** @param {string} vendor */
  const editionOf = (vendor) => (typeof edition === 'string' ? edition : edition(vendor))
  const digits = String(modules).length
  const names = Array.from({ length: modules }, (_, index) => {
    const vendor = vendors[index % vendors.length] ?? first
    return `${vendor}/module-${String(index + 1).padStart(digits, '0')}`
  })
  const [productName, projectName] = [`${first}/product-synthetic`, `${first}/project-synthetic`]
  /** @param {string} own */
  const releaseOf = (own) => [
    createPackage(projectName, own, { type: 'project', edition: editionOf(first), require: { [productName]: own } }),
    createPackage(productName, own, {
      type: 'metapackage',
      edition: editionOf(first),
      require: Object.fromEntries(names.map((name) => [name, own])),
    }),
    ...names.map((name) => createPackage(name, own, { edition: editionOf(name.split('/')[0] ?? first) })),
  ]
  const packages = versions.flatMap(releaseOf)
  return {
    packages,
    /** All of them, as an account needs them among its entitlements if they are extensions. */
    names: [projectName, productName, ...names],
    /** The metapackage, for a requirement. */
    product: { name: productName, version },
    /** The project, for create-project. */
    project: { name: projectName, version },
  }
}
