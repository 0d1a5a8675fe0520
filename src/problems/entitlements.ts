import type { Family } from './families.js'
import { LICENCE_OWNER, PROJECT_EDITOR, updateOf } from './phrases.js'
import { type Vendor, vendorOf } from './vendors.js'

/** How to get packages that are withheld. */
interface Remedy {
  readonly fix: readonly string[]
  readonly who: string
  /** What helps to understand; a sentence. */
  readonly background?: string
}

/** What access to the packages of a family hangs on. */
interface Entitlement extends Remedy {
  /** What the account lacks, as the object of “no access to”. */
  readonly lacks: string
  /** Why, where that is not what the steps say already; a sentence. */
  readonly why: string | undefined
}

/** Families that every account sees, so that what is missing of them is not the account's fault. */
export type PublicFamily = 'sample-data' | 'open-source'

export function isPublic(family: Family): family is PublicFamily {
  return family === 'sample-data' || family === 'open-source'
}

/**
 * What packages of a family need at repo.magento.com, by Adobe's own texts.
 *
 * @param locked whether composer.lock names the archives, and keeps their addresses until the packages are updated
 */
export function entitlementAtAdobe(
  family: Exclude<Family, PublicFamily>,
  packages: readonly string[],
  locked: boolean,
): Entitlement {
  if (family !== 'extension') return PRODUCTS[family]
  const many = packages.length > 1
  const vendor = vendorOf(packages[0] ?? '')
  const update = locked ? `, and run ${updateOf(packages)}` : ''
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
        `If the vendor sells ${it} from a repository of its own, add that to composer.json, with its credentials${update}.`,
      ],
      who: 'The owner of the Marketplace account; for a vendor’s repository, anyone who can edit composer.json.',
    }
  }
  return {
    lacks: these,
    why: `${vendor.name} sells mostly from its own repository.`,
    fix: [
      `Add ${vendor.name}’s repository (${vendor.repository}) to composer.json, with the credentials of your ${vendor.name} account${update}.`,
      `If you bought ${it} in Commerce Marketplace, use keys of the account that ordered ${it}.`,
    ],
    who: `The owner of your ${vendor.name} account, with someone who can edit composer.json; for Commerce Marketplace, the owner of that account.`,
  }
}

const PRODUCTS: Readonly<Record<Exclude<Family, 'extension' | PublicFamily>, Entitlement>> = {
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
}

/** What may be wrong with a package of a family that every account sees; `why` goes on behind “although”. */
export function publicAtAdobe(
  family: PublicFamily,
  reason: 'archive' | 'not-visible',
  packages: readonly string[],
): Remedy & { readonly why: string } {
  const probably = reason === 'archive' ? 'this version has probably been withdrawn' : 'the name is probably misspelled'
  const mend =
    reason === 'archive'
      ? `Run ${updateOf(packages)} to take a version that is there.`
      : 'Check the spelling, and whether this Magento version has that package.'
  if (family === 'sample-data') {
    return {
      why: `every account sees sample data: ${probably}`,
      fix: [mend],
      who: PROJECT_EDITOR,
    }
  }
  return {
    why: `every account sees Magento Open Source: ${probably}, or it belongs to another product`,
    fix: [mend, 'If it belongs to Adobe Commerce, use keys of the licence owner.'],
    who: `${PROJECT_EDITOR.slice(0, -1)}; for Adobe Commerce, the primary contact of the MAGEID.`,
  }
}

/** What packages need at any other host: a vendor's own repository, or a mirror. */
export function entitlementElsewhere(host: string, vendor: Vendor | undefined, family: Family, many: boolean): Remedy {
  const it = many ? 'them' : 'it'
  const mirror =
    family === 'extension' ? [] : [`If ${host} is a mirror of repo.magento.com, check the keys that it uses there.`]
  return {
    fix: [
      `Check at ${vendor?.name ?? host} that the account behind these credentials has a current licence for ${it}.`,
      ...mirror,
    ],
    who: `Whoever holds the account at ${vendor?.name ?? host}${mirror.length === 0 ? '' : '; of a mirror, whoever runs it'}.`,
  }
}

/** What packages need at a host that answers 404, and for which there are no credentials: some hosts answer so to strangers. */
export function entitlementOfNobody(host: string, many: boolean): Remedy {
  const they = many ? 'they are' : 'it is'
  return {
    fix: [
      `If ${they} private, add an \`http-basic\` entry for \`${host}\`, with exactly this spelling, to the input \`composer-auth\`.`,
      `Otherwise ${they} gone: run \`composer update\` for ${many ? 'them' : 'it'}, and commit composer.lock.`,
    ],
    who: PROJECT_EDITOR,
    background: 'Some hosts, such as GitLab, answer 404 to whoever may not see a file.',
  }
}
