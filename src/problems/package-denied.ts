import type { AlreadyThere } from '../composer/already-there.js'
import { composerFailureMessage } from '../composer/failure-message.js'
import { CLONING } from './at-server.js'
import { type Entitlement, entitlementAtAdobe, entitlementElsewhere } from './entitlements.js'
import type { Family } from './families.js'
import { enumeration, isAdobe, joined, namesOf, notFound, PROJECT_EDITOR } from './phrases.js'
import type { Explanation, Facts, ProblemEntry } from './problem.js'
import { vendorAt, vendorOf } from './vendors.js'

/** Packages that cannot be fetched, each reason with what is known of it. */
export type PackageDenied = ArchiveRefused | NotVisible | FilteredOut | WithoutHost

interface Denied extends Facts {
  readonly code: 'package-denied'
}

/** What is known of packages that a host withholds from an account. */
interface Withheld extends Denied {
  /** The family of all of them, which the names of the packages or the lock's own metapackages tell. */
  readonly family: Family
  /** What the account sees at this host; undefined where its list was not read. */
  readonly sees: Editions | undefined
  /** What would keep Composer from noticing. */
  readonly hiddenBy: AlreadyThere | undefined
}

/** What a repository shows to an account, told from the names in its lists. */
export interface Editions {
  /** Magento editions, as Adobe calls them. */
  readonly products: readonly string[]
  /** Packages of other vendors, those that have most first. */
  readonly vendors: readonly { readonly vendor: string; readonly packages: number }[]
}

/** The archive answers 401, 403, 404 or 410. */
export interface ArchiveRefused extends Withheld {
  readonly reason: 'archive'
  readonly host: string
  readonly status: number
  /** The first archive that was refused. */
  readonly url: string
  /** Composer may take another version, or another package. */
  readonly mayBeElsewhere: boolean
  readonly cloned: Cloned
  /** composer.lock names the host, and composer.json does not. */
  readonly unnamed: boolean
}

/** Whether Composer clones a package of which it does not get the archive; `by-version` where none is installed to say. */
export type Cloned = 'yes' | 'no' | 'by-version'

/** No repository that could be asked lists the package; without a host it is none's in particular. */
export interface NotVisible extends Withheld {
  readonly reason: 'not-visible'
  /** Another repository, which cannot be asked, may have the package. */
  readonly mayBeElsewhere: boolean
  /** What the input `packages` asks for behind the name, if anything. */
  readonly constraint: string | undefined
}

/** `only` or `exclude` leave no repository that may serve the package. */
export interface FilteredOut extends Denied {
  readonly reason: 'filtered'
  readonly filter: string | undefined
  readonly mayBeElsewhere: boolean
}

/** The lock names an address without a host, and no such file is there. */
export interface WithoutHost extends Denied {
  readonly reason: 'relative-url'
  readonly url: string | undefined
  readonly hiddenBy: AlreadyThere | undefined
  readonly cloned: Cloned
}

export const packageDenied: ProblemEntry<PackageDenied> = {
  title: 'A package that is needed cannot be fetched',
  atMost: 'error',
  // What Composer has already it does not download; what may come from elsewhere may come from there.
  severity: (finding) =>
    mayStillCome(finding) || (finding.reason !== 'filtered' && finding.hiddenBy !== undefined) ? 'warning' : 'error',
  byCredentials: ({ reason }) => reason === 'archive' || reason === 'not-visible',
  explain(finding) {
    switch (finding.reason) {
      case 'archive':
      case 'not-visible':
        return withheld(finding)
      case 'filtered':
        return filteredOut(finding)
      case 'relative-url':
        return withoutHost(finding)
    }
  },
}

/** Whether Composer may get it all the same: from elsewhere, or by cloning it. */
export function mayStillCome(finding: PackageDenied): boolean {
  const elsewhere = 'mayBeElsewhere' in finding && finding.mayBeElsewhere
  return elsewhere || ('cloned' in finding && finding.cloned !== 'no')
}

const TITLES: Readonly<Record<Family, string>> = {
  commerce: 'These keys have no access to Adobe Commerce',
  b2b: 'These keys have no access to B2B for Adobe Commerce',
  cloud: 'These keys have no access to Adobe Commerce on Cloud',
  'sample-data': 'Sample data cannot be fetched with these keys',
  'open-source': 'A Magento package cannot be fetched with these keys',
  extension: 'An extension cannot be fetched with these keys',
}

/** What helps where a lock was written before composer.json named another place. */
const UPDATE_LOCK =
  'If composer.json has moved to a mirror, run `composer update --lock`: the lock still names this host.'

function withheld(finding: ArchiveRefused | NotVisible): Explanation {
  const { host, packages, family } = finding
  const many = packages.length > 1
  const own = vendorOf(packages[0] ?? '')
  if (host === undefined) return nowhere(finding)
  const needs = isAdobe(host)
    ? entitlementAtAdobe(family, own, many)
    : entitlementElsewhere(host, vendorAt(host), family, many)
  const lead = isAdobe(host) ? noAccess(finding, needs) : notGiven(finding, host)
  const because = needs.public === true ? '' : (needs.why ?? seen(finding, host))
  return {
    ...(isAdobe(host) ? { title: TITLES[family] } : {}),
    // Why it is only a warning goes before why it is one at all.
    cause: joined([lead, exception(finding) || because]),
    fix: [...(finding.reason === 'archive' && finding.unnamed ? [UPDATE_LOCK] : []), ...stepsAt(finding, needs)].slice(
      0,
      3,
    ),
    who: needs.who,
    composerSays: composerSaysOf(finding),
    ...(needs.background === undefined ? {} : { background: needs.background }),
  }
}

/** “no access to Adobe Commerce: a, b and 3 more (HTTP 404)”. A 404 of an archive says no more than that at Adobe. */
function noAccess(finding: ArchiveRefused | NotVisible, { lacks, public: all, why }: Entitlement): string {
  const names = `${namesOf(finding.packages)}${answer(finding)}`
  if (all) {
    const does = finding.reason === 'archive' ? 'give' : 'list'
    return `${finding.host} does not ${does} ${names}, although ${why}.`
  }
  return finding.sees === undefined
    ? `These keys have no access to ${lacks}: ${names}.`
    : `The keys work, but this account has no access to ${lacks}: ${names}.`
}

function notGiven(finding: ArchiveRefused | NotVisible, host: string): string {
  const names = namesOf(finding.packages)
  const works = finding.sees === undefined ? '' : 'The credentials work, but '
  return finding.reason === 'archive'
    ? `${works}${host} does not give ${names} to this account${answer(finding)}.`
    : `${works}${host} does not list ${names} for this account.`
}

/** The lock keeps the old address until the packages are updated. */
function stepsAt(
  { reason, family, packages: [first = '', ...more] }: ArchiveRefused | NotVisible,
  { fix }: Entitlement,
) {
  const [step, ...rest] = fix
  if (reason !== 'archive' || family !== 'extension' || vendorOf(first) === undefined || step === undefined) return fix
  const names =
    more.length === 0 && /^[\w./-]+$/.test(first) ? `\`composer update ${first}\`` : '`composer update` for them'
  return [`${step.slice(0, -1)}, and run ${names}.`, ...rest]
}

function answer(finding: ArchiveRefused | NotVisible): string {
  return finding.reason === 'archive' ? ` (HTTP ${finding.status})` : ''
}

const PRODUCTS: Readonly<Record<string, string>> = {
  'Open Source': 'Magento Open Source',
  Commerce: 'Adobe Commerce',
  B2B: 'B2B',
  Cloud: 'Adobe Commerce on Cloud',
}

/** What the account does see, where that is known and anything. */
function seen({ sees, family }: ArchiveRefused | NotVisible, host: string): string {
  // What else a vendor's account sees says nothing of a licence.
  if (sees === undefined || (!isAdobe(host) && family === 'extension')) return ''
  const extensions = sees.vendors.reduce((sum, { packages }) => sum + packages, 0)
  const parts = [
    ...sees.products.map((product) => PRODUCTS[product] ?? product),
    ...(extensions === 0 ? [] : [`${extensions} package${extensions === 1 ? '' : 's'} of other vendors`]),
  ]
  if (parts.length === 0) return ''
  return `It sees ${parts.length === 1 ? 'only ' : ''}${enumeration(parts)}.`
}

const HIDING: Readonly<Record<AlreadyThere, string>> = {
  vendor: 'the vendor folder has',
  cache: 'Composer’s file cache has',
  'perhaps-vendor': 'the vendor folder, whose installed.json is too large to be read here, may have',
  'perhaps-cache': 'Composer’s file cache, which could not be read in full, may have',
}

/** Why it is only a warning; a sentence, or nothing. */
function exception(finding: ArchiveRefused | NotVisible): string {
  const { hiddenBy, mayBeElsewhere, packages, reason } = finding
  const it = packages.length > 1 ? 'them' : 'it'
  if (hiddenBy !== undefined) {
    return `This is a warning because ${HIDING[hiddenBy]} ${it}; on a clean machine Composer fails.`
  }
  if (reason === 'archive' && finding.cloned !== 'no') return CLONING[finding.cloned]
  if (!mayBeElsewhere) return ''
  return reason === 'archive'
    ? `This is a warning because Composer may take ${it} in another version, or another package.`
    : `This is a warning because another repository or package of composer.json may provide ${it}.`
}

function nowhere(finding: ArchiveRefused | NotVisible): Explanation {
  const many = finding.packages.length > 1
  return {
    title: 'No repository has a package that is required',
    cause: [`No repository of composer.json has ${namesOf(finding.packages)}.`, exception(finding)].join(' ').trim(),
    fix: [
      `Check the spelling of the ${many ? 'names' : 'name'}.`,
      `Or add the repository that has ${many ? 'them' : 'it'} to composer.json, with its credentials.`,
    ],
    who: PROJECT_EDITOR,
    composerSays: composerSaysOf(finding),
  }
}

function composerSaysOf(finding: ArchiveRefused | NotVisible): string {
  if (finding.reason === 'archive') {
    return composerFailureMessage(finding.url, { kind: 'status', status: finding.status })
  }
  const [name] = finding.packages
  return finding.place === undefined ? notSelected(name, finding.constraint, 'stable') : notFound(name)
}

function filteredOut({ packages, filter, mayBeElsewhere }: FilteredOut): Explanation {
  const many = packages.length > 1
  const it = many ? 'them' : 'it'
  return {
    title: 'A filter in composer.json excludes a package that is required',
    cause: [
      `No repository of composer.json may serve ${namesOf(packages)}: ${filter ?? 'its filters leave none'}.`,
      mayBeElsewhere ? `This is a warning because another package may provide ${it}.` : '',
    ]
      .join(' ')
      .trim(),
    fix: [filterStep(filter, it)],
    who: PROJECT_EDITOR,
    composerSays: notFound(packages[0]),
    background: 'A repository with `only` serves nothing else, and one with `exclude` nothing that it lists.',
  }
}

/** Which list to change, where the filter names one. */
function filterStep(filter: string | undefined, it: string): string {
  const of = `of the repository that has ${it}`
  const add = `Add ${it} to \`only\``
  const remove = `remove ${it} from \`exclude\``
  if (filter?.startsWith('`only`')) return `${add} ${of}.`
  if (filter?.startsWith('`exclude`')) return `R${remove.slice(1)} ${of}.`
  return `${add}, or ${remove}, ${of}.`
}

function withoutHost({ packages, url, cloned }: WithoutHost): Explanation {
  const many = packages.length > 1
  return {
    title: 'composer.lock names an address without a host',
    cause: `composer.lock gives ${namesOf(packages)} ${many ? 'addresses' : 'an address'} without a host${url === undefined ? '' : ` (${url})`}, and there is no such file.${cloned === 'no' ? '' : ` ${CLONING[cloned]}`}`,
    fix: ['Run `composer update` for these packages with a current Composer, and commit composer.lock.'],
    who: 'Anyone who can edit composer.lock; the vendor, whose repository must name full addresses.',
    composerSays:
      url === undefined
        ? undefined
        : `The "${url}" file could not be downloaded: Failed to open stream: No such file or directory`,
    background:
      'The repository named its archives relative to itself when the lock was written, and Composer takes such an address for a file of this machine.',
  }
}

/** Composer's words for what is asked for by name. Source: `CreateProjectCommand::installRootPackage`. */
export function notSelected(name: string | undefined, constraint: string | undefined, stability: string): string {
  return `Could not find package ${name} with ${constraint === undefined ? `stability ${stability}` : `version ${constraint}`}.`
}
