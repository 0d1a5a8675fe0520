import { grouped } from '../collections/grouped.js'
import type { Link } from '../composer/link.js'
import type { Lock } from '../composer/lock-file.js'
import type { Editions } from '../problems/editions-seen.js'
import { type Family, familyOf, isExtension } from '../problems/families.js'
import type { Redaction } from '../text/redaction.js'
import type { NamedRepository } from './named-repository.js'

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

/** The editions and extensions among some names. */
function editionsSeen(names: ReadonlySet<string>): Editions {
  const extensions = [...names].filter(isExtension)
  const vendors = [...grouped(extensions, (name) => name.split('/', 1)[0] ?? '')]
    .filter(([vendor]) => vendor.length <= LONGEST_VENDOR && VENDOR.test(vendor))
    .map(([vendor, all]) => ({ vendor, packages: all.length }))
  return {
    products: PRODUCTS.filter(([name]) => names.has(name)).map(([, product]) => product),
    vendors: vendors.toSorted((a, b) => b.packages - a.packages || (a.vendor < b.vendor ? -1 : 1)),
  }
}

/** What an account sees at a repository, where its list was read anyway; undefined where it was not, or keeps none. */
export function seenAt(named: NamedRepository | undefined): Editions | undefined {
  const listed = named?.repository.listed
  if (listed?.kind !== 'names') return undefined
  // Asked for with every package that is denied.
  const known = seen.get(listed.names) ?? editionsSeen(listed.names)
  seen.set(listed.names, known)
  return known
}

const seen = new WeakMap<ReadonlySet<string>, Editions>()

/** The same without vendors whose name holds a secret: a server may call one so. */
export function shownEditions(editions: Editions | undefined, { server }: Redaction): Editions | undefined {
  if (editions === undefined) return undefined
  return { ...editions, vendors: editions.vendors.filter(({ vendor }) => server(vendor) === vendor) }
}

/** The metapackages whose requirements tell a product's packages, each product after those that it builds on. */
const METAPACKAGES: readonly (readonly [name: string, family: Family])[] = [
  ['magento/product-community-edition', 'open-source'],
  ['magento/product-enterprise-edition', 'commerce'],
  ['magento/extension-b2b', 'b2b'],
  ['magento/magento-cloud-metapackage', 'cloud'],
]

/**
 * Tells the family of a package: what the lock's own metapackages list is of their product; for all others the name tells.
 */
export function familyTeller(lock: Pick<Lock, 'packages'> | undefined): (name: string) => Family {
  const families = new Map<string, Family>()
  const metapackages = lock?.packages.filter(({ type }) => type === 'metapackage')
  const locked = new Map(metapackages?.map(({ name, requires }) => [name, requires]))
  for (const [metapackage, family] of METAPACKAGES) {
    // Extensions that a product brings along are still bought, or free, by themselves.
    for (const name of listedBy(metapackage, locked)) {
      if (!families.has(name) && familyOf(name) !== 'extension') families.set(name, family)
    }
  }
  return (name) => families.get(name) ?? familyOf(name)
}

/** What a metapackage requires, and what those metapackages require that are among it, such as `adobe-commerce/extensions-metapackage`. */
function listedBy(metapackage: string, locked: ReadonlyMap<string, readonly Link[]>): ReadonlySet<string> {
  const listed = new Set<string>()
  const open = [metapackage]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { name } of locked.get(next) ?? []) {
      if (!listed.has(name) && locked.has(name)) open.push(name)
      listed.add(name)
    }
  }
  return listed
}
