import { enumeration, isAdobe } from './phrases.js'

/** What kind of package a name stands for: each is entitled in another way. */
export type Family = 'commerce' | 'b2b' | 'cloud' | 'sample-data' | 'open-source' | 'extension'

/** Parts of names that only Adobe Commerce has. Enough of them to tell the edition; which one exactly does not matter. */
const COMMERCE =
  /^magento\/(?:(?:product|project)-enterprise-edition|magento2-ee-base|module-(?:.*-)?(?:staging|customer-balance|customer-custom-attributes|customer-finance|customer-segment|gift-card|gift-registry|gift-wrapping|target-rule|rma|reward|banner|banner-customer-segment|invitation|versions-cms|visual-merchandiser|catalog-permissions|catalog-event|admin-gws|logging|multiple-wishlist|website-restriction|price-permissions|persistent-history|advanced-checkout|advanced-search-ee|scalable-[a-z]+|scheduled-import-export|support|special-price-quick-order|promotion-permissions|resource-for-customer-segment|enterprise|reminder|checkout-address-search|google-tag-manager|custom-attribute-management|cms-page-builder-analytics|deferred-total-calculating|elasticsearch-catalog-permissions)(?:-.*)?)$/
const B2B =
  /^magento\/(?:extension-b2b|b2b-base|module-(?:.*-)?(?:b2b|company|negotiable-quote|shared-catalog|purchase-order|requisition-list|quick-order|order-history-search)(?:-.*)?)$/
const CLOUD = /^magento\/(?:magento-cloud-.*|ece-tools|ece-.*|quality-patches-cloud|module-paas)$/
const SAMPLE_DATA = /^magento\/(?:.*-)?sample-data(?:-.*)?$/

/** Characters. Source: `ValidatingArrayLoader`. */
const LONGEST_NAME = 255

/** The family of a package, told from its name. */
export function familyOf(name: string): Family {
  // No package has such a name, and the patterns below would look through it many times over.
  if (name.length > LONGEST_NAME) return 'extension'
  if (CLOUD.test(name)) return 'cloud'
  if (B2B.test(name)) return 'b2b'
  if (SAMPLE_DATA.test(name)) return 'sample-data'
  if (COMMERCE.test(name)) return 'commerce'
  return /^(?:magento|adobe-commerce)\//.test(name) ? 'open-source' : 'extension'
}

/** What the names tell, what the entitlement hangs on, what to do, and who can. */
export interface Entitlement {
  /** A sentence: to which family the packages belong, as far as their names tell. */
  readonly kind: string
  readonly needs: string
  readonly fix: readonly string[]
  readonly who: string
}

interface FamilyWords extends Omit<Entitlement, 'kind'> {
  /** One package of the family, and several. */
  readonly name: readonly [one: string, many: string]
}

/** What the families of some packages need at a host, taken together. */
export function entitlementOf(packages: readonly string[], host: string): Entitlement {
  const families = [...new Set(packages.map(familyOf))].map((family) =>
    family === 'extension' && !isAdobe(host) ? EXTENSION_ELSEWHERE : FAMILIES[family],
  )
  const each = (part: (one: FamilyWords) => readonly string[]) => [...new Set(families.flatMap(part))]
  const many = packages.length > 1
  return {
    kind: `${many ? 'By their names these are' : 'By its name this is'} ${enumeration(each(({ name }) => [name[many ? 1 : 0]]))}.`,
    needs: each(({ needs }) => [needs]).join(' '),
    fix: each(({ fix }) => fix),
    who: each(({ who }) => [who]).join(' '),
  }
}

const FAMILIES: Readonly<Record<Family, FamilyWords>> = {
  commerce: {
    name: ['a package of Adobe Commerce', 'packages of Adobe Commerce'],
    needs:
      'On repo.magento.com, Adobe Commerce packages are visible only to keys of an account with a paid licence, usually that of the licence owner.',
    fix: [
      'Use keys that the licence owner (the primary contact of the MAGEID) made in their own account; keys of a shared-access account are not enough.',
      'If those are the keys: the primary contact looks for an outstanding invoice or an ended contract, and makes new keys after it is settled.',
      'If the licence moved to another MAGEID, make the keys in the account that holds it now.',
    ],
    who: 'The primary contact of the MAGEID (Adobe Commerce licence owner); then Adobe Commerce Support, which only the primary contact may ask.',
  },
  b2b: {
    name: ['a package of B2B for Adobe Commerce', 'packages of B2B for Adobe Commerce'],
    needs: 'B2B packages need an Adobe Commerce licence that includes B2B, and keys of the account that holds it.',
    fix: [
      'Use keys of the licence owner (the primary contact of the MAGEID).',
      'If other Adobe Commerce packages can be fetched, have the primary contact ask Adobe Commerce Support to add B2B to the account.',
    ],
    who: 'The primary contact of the MAGEID; Adobe Commerce Support.',
  },
  cloud: {
    name: ['a package of Adobe Commerce on Cloud', 'packages of Adobe Commerce on Cloud'],
    needs: 'Cloud packages need an Adobe Commerce on Cloud licence, and keys of the account that holds it.',
    fix: [
      'Use keys of the licence owner (the primary contact of the MAGEID), who need not be the project owner.',
      'On Adobe’s own environments, give the keys in one place only: the project’s `env:COMPOSER_AUTH` or auth.json.',
      'If the keys are those: look for an outstanding invoice, settle it, and make new keys.',
    ],
    who: 'The primary contact of the MAGEID; Adobe Commerce Support.',
  },
  'sample-data': {
    name: ['sample data of Magento', 'sample data of Magento'],
    needs:
      'On repo.magento.com every valid pair of keys sees the sample data, so the name or the version is probably wrong for this edition.',
    fix: [
      'Take the version of sample data that belongs to the Magento version of this project.',
      'Check the spelling of the name.',
    ],
    who: 'Whoever may edit composer.json, or the input `packages`.',
  },
  'open-source': {
    name: [
      'a package of Magento Open Source, or of a product beside it',
      'packages of Magento Open Source, or of products beside it',
    ],
    needs:
      'On repo.magento.com every valid pair of keys sees the packages of Magento Open Source; one that is missing was withdrawn, is misspelt, or belongs to a product that this account has not bought.',
    fix: [
      'Check the spelling of the name, and whether that Magento version has the package.',
      'If the package belongs to Adobe Commerce or one of its extensions, use keys of the licence owner.',
    ],
    who: 'Whoever may edit composer.json, or the input `packages`; for Adobe Commerce the primary contact of the MAGEID.',
  },
  extension: {
    name: [
      'an extension, of Commerce Marketplace or of its vendor',
      'extensions, of Commerce Marketplace or of their vendors',
    ],
    needs:
      'Extensions on repo.magento.com are visible only to the account that ordered them in Commerce Marketplace, free ones too.',
    fix: [
      'Order the extension in Commerce Marketplace (also when it costs nothing) with the account that these keys belong to.',
      'Or use keys of the account that ordered it; Composer holds one pair per host, so everything must be ordered with one account.',
      'If the extension comes from a repository of its vendor, name that repository in composer.json, with its own credentials.',
    ],
    who: 'The owner of the Marketplace account; the vendor of the extension.',
  },
}

/** An extension at another host than Adobe's, which may be a mirror of that one or its vendor's own repository. */
const EXTENSION_ELSEWHERE: FamilyWords = {
  name: ['an extension', 'extensions'],
  needs:
    'An extension of Commerce Marketplace is visible only to the account that ordered it there, free ones too. In its vendor’s own repository it is visible only to customers of that vendor.',
  fix: [
    'If it is an extension of Commerce Marketplace: order it there (also when it costs nothing) with the account that the keys belong to, or use keys of the account that ordered it.',
    'If it comes from its vendor’s own repository: name that repository in composer.json, with credentials of an account that bought the extension.',
  ],
  who: 'The owner of the account at Commerce Marketplace or at the vendor; the vendor of the extension.',
}
