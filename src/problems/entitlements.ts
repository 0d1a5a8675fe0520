import type { Family } from './families.js'
import { whoEdits, withEditors } from './people.js'
import { capitalised, LICENCE_OWNER, lowered, PROJECT_EDITOR, updateOf } from './phrases.js'
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
 * @param products what the account sees; undefined where that is not known
 */
export function entitlementAtAdobe(
  family: Exclude<Family, PublicFamily>,
  packages: readonly string[],
  locked: boolean,
  products: readonly string[] | undefined,
): Entitlement {
  if (family === 'b2b') return { ...PRODUCTS.b2b, fix: stepsForB2b(products) }
  if (family !== 'extension') return PRODUCTS[family]
  const many = packages.length > 1
  const vendor = vendorOf(packages[0] ?? '')
  const update = locked ? updateOf(packages) : undefined
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
        `If the vendor has a repository of its own, add that to composer.json, ${andCredentials('its credentials', update)}.`,
      ],
      who: `${withEditors('The owner of the Marketplace account, or of the one at the vendor', 'composer.json', 'workflow', 'secrets')}.`,
    }
  }
  return {
    lacks: these,
    why: `${vendor.name} sells mostly from its own repository.`,
    fix: [
      `Add ${vendor.name}’s repository (${vendor.repository}) to composer.json, ${andCredentials(`the credentials of your ${vendor.name} account`, update)}.`,
      `If you bought ${it} in Commerce Marketplace, use keys of the account that ordered ${it}.`,
    ],
    who: `${withEditors(`The owner of your ${vendor.name} account, or of the Marketplace account`, 'composer.json', 'workflow', 'secrets')}.`,
  }
}

/** How credentials get to the repository that the same step adds: never by composer.json, which is committed. */
function andCredentials(theirs: string, update: string | undefined): string {
  return update === undefined
    ? `and ${theirs} to \`composer-auth\`, from a secret`
    : `${theirs}, from a secret, to \`composer-auth\`, and run ${update}`
}

/** Whether the licence lacks B2B, or the keys are another account's, shows in what they see. */
function stepsForB2b(products: readonly string[] | undefined): readonly string[] {
  const add = 'ask Adobe Commerce Support to add B2B to the account.'
  if (products === undefined) {
    return [OWN_KEYS, `If other Adobe Commerce packages download with these keys, ${add}`]
  }
  return products.includes('Commerce')
    ? [capitalised(add), 'If these are not the licence owner’s own keys, use those.']
    : [OWN_KEYS, UNPAID]
}

const OWN_KEYS = 'Use keys that the licence owner created in their own account, not in a shared one.'
const UNPAID = 'If these are such keys: check for an unpaid invoice or an ended contract, then create new keys.'

const PRODUCTS = {
  commerce: {
    lacks: 'Adobe Commerce',
    why: undefined,
    background: 'Adobe Commerce needs a paid licence, and keys of the account that holds it.',
    fix: [OWN_KEYS, UNPAID, 'If the licence moved to another MAGEID, use keys of the account that holds it now.'],
    who: LICENCE_OWNER,
  },
  b2b: {
    lacks: 'B2B for Adobe Commerce',
    why: undefined,
    background: 'B2B needs an Adobe Commerce licence that includes it.',
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
} as const

/** Products as an account's list names them. */
const LISTED: Readonly<Record<keyof typeof PRODUCTS, string>> = { commerce: 'Commerce', b2b: 'B2B', cloud: 'Cloud' }

/** Of an account that sees a product and still does not get its archives; undefined where it does not see that. */
export function refusedToHolder(
  family: Exclude<Family, PublicFamily>,
  packages: readonly string[],
  sees: readonly string[] | undefined,
): (Remedy & { readonly product: string }) | undefined {
  if (family === 'extension' || sees?.includes(LISTED[family]) !== true) return undefined
  return {
    product: PRODUCTS[family].lacks,
    fix: [
      'Check for an unpaid invoice or an ended contract; once it is settled, create new keys.',
      `If the licence is fine, this version was probably withdrawn: run ${updateOf(packages)}.`,
    ],
    who: `${LICENCE_OWNER.slice(0, -1)}; for the update, ${lowered(whoEdits('composer.json'))}.`,
  }
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
      ? `Run ${updateOf(packages)}; if another package needs exactly this version, take a newer one of that package (\`composer why\` names it).`
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
    who: `${whoEdits('composer.json')}; for Adobe Commerce, ${withEditors('the primary contact of the MAGEID', 'secrets')}.`,
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
    who: `Whoever holds the account at ${vendor?.name ?? host}${mirror.length === 0 ? '' : '; for a mirror, whoever runs it'}.`,
  }
}

/** What packages need at a host that answers 404, and for which there are no credentials: some hosts answer so to strangers. */
export function entitlementOfNobody(host: string, many: boolean): Remedy {
  const they = many ? 'they are' : 'it is'
  return {
    fix: [
      `If ${they} private, add an \`http-basic\` entry for \`${host}\`, with exactly this spelling, to the input \`composer-auth\`, from a secret.`,
      `Otherwise ${they} gone: run \`composer update\` for ${many ? 'them' : 'it'}, and commit composer.lock.`,
    ],
    who: `${whoEdits('composer.lock')}; for credentials, ${withEditors(`whoever holds the account at ${host}`, 'workflow', 'secrets')}.`,
    background: 'Some hosts, such as GitLab, answer 404 to whoever may not see a file.',
  }
}
