import type { Family } from './families.js'
import { LICENCE_OWNER, PROJECT_EDITOR } from './phrases.js'
import type { Vendor } from './vendors.js'

/** What access to the packages of a family hangs on. */
export interface Entitlement {
  /** What the account lacks, as the object of “no access to”. */
  readonly lacks: string
  /** Every account has access, so that it is not the account's fault. */
  readonly public?: true
  /** Why, where that is not what the steps say already; a sentence, or what goes on behind “although” where it is public. */
  readonly why: string | undefined
  /** What helps to understand; a sentence. */
  readonly background?: string
  readonly fix: readonly string[]
  readonly who: string
}

/**
 * What packages of a family need at repo.magento.com, by Adobe's own texts.
 *
 * @param many whether there are several packages
 */
export function entitlementAtAdobe(family: Family, vendor: Vendor | undefined, many: boolean): Entitlement {
  if (family !== 'extension') return PRODUCTS[family]
  const it = many ? 'them' : 'it'
  const ordered = `Order ${it} in Commerce Marketplace with this account (free ones too), or use keys of the account that ordered ${it}.`
  const these = many ? 'these extensions' : 'this extension'
  if (vendor === undefined) {
    return {
      lacks: these,
      why: undefined,
      background: 'An extension is visible only to the account that ordered it, even when it is free.',
      fix: [
        ordered,
        `If the vendor sells ${it} from a repository of its own, add that to composer.json, with its credentials.`,
      ],
      who: 'The owner of the Marketplace account.',
    }
  }
  return {
    lacks: these,
    why: `${vendor.name} sells mostly from its own repository.`,
    fix: [
      `Add ${vendor.name}’s repository (${vendor.repository}) to composer.json, with the credentials of your ${vendor.name} account.`,
      `If you bought ${it} in Commerce Marketplace, use keys of the account that ordered ${it}.`,
    ],
    who: `The owner of your ${vendor.name} account, with someone who can edit composer.json.`,
  }
}

const PRODUCTS: Readonly<Record<Exclude<Family, 'extension'>, Entitlement>> = {
  commerce: {
    lacks: 'Adobe Commerce',
    why: undefined,
    background: 'Adobe Commerce needs a paid licence, and keys of the account that holds it.',
    fix: [
      'Use keys that the licence owner created in their own account, not in a shared one.',
      'If these are such keys: check for an unpaid invoice or an ended contract, then create new keys.',
      'If the licence moved to another MAGEID, use keys of the account that holds it now.',
    ],
    who: LICENCE_OWNER,
  },
  b2b: {
    lacks: 'B2B for Adobe Commerce',
    why: undefined,
    background: 'B2B needs an Adobe Commerce licence that includes it.',
    fix: [
      'Use keys that the licence owner created in their own account.',
      'If other Adobe Commerce packages download with these keys, ask Adobe Commerce Support to add B2B to the account.',
    ],
    who: LICENCE_OWNER,
  },
  cloud: {
    lacks: 'Adobe Commerce on Cloud',
    why: undefined,
    background: 'Adobe Commerce on Cloud needs a licence of its own, and keys of the account that holds it.',
    fix: [
      'Use keys of the licence owner, who may be someone other than the owner of the Cloud project.',
      'If these are such keys: check for an unpaid invoice, then create new keys.',
    ],
    who: LICENCE_OWNER,
  },
  'sample-data': {
    lacks: 'this sample data',
    public: true,
    why: 'every account sees sample data: the name is probably wrong',
    fix: ['Check the spelling, and whether this Magento version has that sample data.'],
    who: PROJECT_EDITOR,
  },
  'open-source': {
    lacks: 'this part of Magento Open Source',
    public: true,
    why: 'every account sees Magento Open Source: the name is probably wrong, or belongs to another product',
    fix: [
      'Check the spelling, and whether this Magento version has that package.',
      'If it belongs to Adobe Commerce, use keys of the licence owner.',
    ],
    who: `${PROJECT_EDITOR.slice(0, -1)}; for Adobe Commerce, the primary contact of the MAGEID.`,
  },
}

/** What packages need at any other host: a vendor's own repository, or a mirror. */
export function entitlementElsewhere(
  host: string,
  vendor: Vendor | undefined,
  family: Family,
  many: boolean,
): Entitlement {
  const it = many ? 'them' : 'it'
  const mirror =
    family === 'extension' ? [] : [`If ${host} is a mirror of repo.magento.com, check the keys that it uses there.`]
  return {
    lacks: many ? 'these packages' : 'this package',
    why: undefined,
    fix: [
      `Check at ${vendor?.name ?? host} that the account behind these credentials has a current licence for ${it}.`,
      ...mirror,
    ],
    who: `Whoever holds the account at ${vendor?.name ?? host}.`,
  }
}
