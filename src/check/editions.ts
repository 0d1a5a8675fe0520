import type { Redaction } from '../credentials/redaction.js'
import { grouped } from '../grouped.js'
import { familyOf } from '../problems/families.js'

/** What a repository shows to an account, told from the names in its lists. */
export interface Editions {
  /** Magento editions, as Adobe calls them. */
  readonly products: readonly string[]
  /** Packages of other vendors, those that have most first. */
  readonly vendors: readonly { readonly vendor: string; readonly packages: number }[]
}

/** The packages that stand for the editions: who sees them may install them. */
const PRODUCTS: readonly (readonly [name: string, product: string])[] = [
  ['magento/product-community-edition', 'Open Source'],
  ['magento/product-enterprise-edition', 'Commerce'],
  ['magento/extension-b2b', 'B2B'],
  ['magento/magento-cloud-metapackage', 'Cloud'],
]

/** A vendor's name as Composer takes it; anything else is a server's whim and not shown. */
const VENDOR = /^[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?$/
const LONGEST_VENDOR = 60

/** The editions and extensions among some names; vendors' names are fit to be shown. */
export function editionsSeen(names: ReadonlySet<string>, { server }: Redaction): Editions {
  const extensions = [...names].filter((name) => familyOf(name) === 'extension')
  const vendors = [...grouped(extensions, (name) => name.split('/', 1)[0] ?? '')]
    .filter(([vendor]) => vendor.length <= LONGEST_VENDOR && VENDOR.test(vendor) && server(vendor) === vendor)
    .map(([vendor, all]) => ({ vendor, packages: all.length }))
  return {
    products: PRODUCTS.filter(([name]) => names.has(name)).map(([, product]) => product),
    vendors: vendors.toSorted((a, b) => b.packages - a.packages || a.vendor.localeCompare(b.vendor, 'en')),
  }
}
