/** What kind of package a name stands for: each is entitled in another way. */
export type Family = 'commerce' | 'b2b' | 'cloud' | 'sample-data' | 'open-source' | 'extension'

/** Parts of names that only Adobe Commerce has. Enough of them to tell the edition; which one exactly does not matter. */
const COMMERCE =
  /^magento\/(?:(?:product|project)-enterprise-edition|magento2-ee-base|module-(?:.*-)?(?:staging|customer-balance|customer-custom-attributes|customer-finance|customer-segment|gift-card|gift-registry|gift-wrapping|target-rule|rma|reward|banner|banner-customer-segment|invitation|versions-cms|visual-merchandiser|catalog-permissions|catalog-event|admin-gws|logging|multiple-wishlist|website-restriction|price-permissions|persistent-history|advanced-checkout|advanced-search-ee|scalable-[a-z]+|scheduled-import-export|support|special-price-quick-order|promotion-permissions|resource-for-customer-segment|enterprise|reminder|checkout-address-search|google-tag-manager|custom-attribute-management|cms-page-builder-analytics|deferred-total-calculating|elasticsearch-catalog-permissions|adobe-commerce)(?:-.*)?)$/
const B2B =
  /^magento\/(?:extension-b2b|b2b-base|module-(?:.*-)?(?:b2b|company|negotiable-quote|shared-catalog|purchase-order|requisition-list|quick-order|order-history-search)(?:-.*)?)$/
const CLOUD = /^magento\/(?:magento-cloud-.*|ece-tools|ece-.*|quality-patches-cloud|module-paas)$/
const SAMPLE_DATA = /^magento\/(?:.*-)?sample-data(?:-.*)?$/

/** Characters. Source: `ValidatingArrayLoader`. */
const LONGEST_NAME = 255

/** The family of a package, told from its name. */
export function familyOf(name: string): Family {
  if (isExtension(name)) return 'extension'
  if (CLOUD.test(name)) return 'cloud'
  if (B2B.test(name)) return 'b2b'
  if (SAMPLE_DATA.test(name)) return 'sample-data'
  if (COMMERCE.test(name)) return 'commerce'
  return 'open-source'
}

/** Whether a package is none of Adobe's products: bought, or free, by itself. */
export function isExtension(name: string): boolean {
  // No package has a longer name, and the patterns above would look through it many times over.
  return name.length > LONGEST_NAME || !/^(?:magento|adobe-commerce)\//.test(name)
}
