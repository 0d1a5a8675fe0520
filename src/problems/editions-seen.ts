/** What an account sees of a repository, in words. */
import type { Family } from './families.js'
import { enumeration, isAdobe } from './phrases.js'

/** What a repository shows to an account, told from the names in its lists. */
export interface Editions {
  /** Magento editions, as Adobe calls them. */
  readonly products: readonly string[]
  /** Packages of other vendors, those that have most first. */
  readonly vendors: readonly { readonly vendor: string; readonly packages: number }[]
}

const PRODUCTS: Readonly<Record<string, string>> = {
  'Open Source': 'Magento Open Source',
  Commerce: 'Adobe Commerce',
  B2B: 'B2B',
  Cloud: 'Adobe Commerce on Cloud',
}

/** What an account does see at a host to which it lacks a family; a sentence, or nothing where that is not known or nothing. */
export function whatIsSeen(sees: Editions | undefined, family: Family, host: string): string {
  // What else a vendor's account sees says nothing of a licence.
  if (sees === undefined || (!isAdobe(host) && family === 'extension')) return ''
  const extensions = sees.vendors.reduce((sum, { packages }) => sum + packages, 0)
  const parts = [
    ...sees.products.map((product) => PRODUCTS[product] ?? product),
    ...(extensions === 0
      ? []
      : [extensions === 1 ? '1 package from another vendor' : `${extensions} packages from other vendors`]),
  ]
  if (parts.length === 0) return ''
  return `It sees ${parts.length === 1 ? 'only ' : ''}${enumeration(parts)}.`
}
