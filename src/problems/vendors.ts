/** A vendor of extensions that sells in a repository of its own. */
export interface Vendor {
  readonly name: string
  /** Its Composer repository. */
  readonly repository: string
  /** Hosts of the repository: this one, and everything below it. */
  readonly host: string
  /** The prefix of its packages' names. */
  readonly packages: readonly string[]
  /** What its pairs are, where that surprises people; a sentence. */
  readonly pair?: string
}

/** Vendors seen in public projects beside repo.magento.com, each with what its customers configure. */
const VENDORS: readonly Vendor[] = [
  {
    name: 'Hyvä',
    repository: 'hyva-themes.repo.packagist.com',
    host: 'hyva-themes.repo.packagist.com',
    packages: ['hyva-themes'],
    pair: 'Its user name is the word `token`, its password the key from your Hyvä account.',
  },
  {
    name: 'Private Packagist',
    repository: 'repo.packagist.com',
    host: 'repo.packagist.com',
    packages: [],
    pair: 'Its user name is the word `token`, its password a token of that organization.',
  },
  { name: 'Amasty', repository: 'composer.amasty.com', host: 'composer.amasty.com', packages: ['amasty'] },
  { name: 'Mirasvit', repository: 'packages.mirasvit.com', host: 'packages.mirasvit.com', packages: ['mirasvit'] },
  { name: 'Aheadworks', repository: 'dist.aheadworks.com', host: 'dist.aheadworks.com', packages: ['aheadworks'] },
  { name: 'MageWorx', repository: 'packages.mageworx.com', host: 'packages.mageworx.com', packages: ['mageworx'] },
  { name: 'XTENTO', repository: 'repo.xtento.com', host: 'repo.xtento.com', packages: ['xtento'] },
  {
    name: 'BSS Commerce',
    repository: 'composer.bsscommerce.com',
    host: 'composer.bsscommerce.com',
    packages: ['bsscommerce'],
  },
  { name: 'Mageplaza', repository: 'repo.mageplaza.com', host: 'repo.mageplaza.com', packages: ['mageplaza'] },
  { name: 'ShipperHQ', repository: 'packages.shipperhq.com', host: 'packages.shipperhq.com', packages: ['shipperhq'] },
  { name: 'Swissup', repository: 'ci.swissuplabs.com', host: 'swissuplabs.com', packages: ['swissup'] },
  { name: 'Owebia', repository: 'repo.owebia.com', host: 'repo.owebia.com', packages: ['owebia'] },
  { name: 'MagePal', repository: 'composer.magepal.com', host: 'composer.magepal.com', packages: ['magepal'] },
]

/** The vendor whose repository a host is. */
export function vendorAt(host: string): Vendor | undefined {
  return VENDORS.find((vendor) => host === vendor.host || host.endsWith(`.${vendor.host}`))
}

/** The vendor of a package that sells in a repository of its own. */
export function vendorOf(name: string): Vendor | undefined {
  const prefix = name.split('/', 1)[0] ?? ''
  return VENDORS.find(({ packages }) => packages.includes(prefix))
}
