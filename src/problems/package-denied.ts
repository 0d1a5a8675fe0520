import type { AlreadyThere } from '../composer/already-there.js'
import { composerFailureMessage } from '../composer/failure-message.js'
import type { TemporaryConstraint } from '../composer/manifest.js'
import { CLONING, type Cloned } from './at-server.js'
import { type Editions, whatIsSeen } from './editions-seen.js'
import { type Elsewhere, unlessElsewhere, whoElsewhere, whyElsewhere } from './elsewhere.js'
import {
  entitlementAtAdobe,
  entitlementElsewhere,
  entitlementOfNobody,
  isPublic,
  type PublicFamily,
  publicAtAdobe,
  refusedToHolder,
} from './entitlements.js'
import type { Family } from './families.js'
import { type FilteredOut, filteredOut } from './package-filtered.js'
import { type WithoutHost, withoutHost } from './package-without-host.js'
import { whoEdits, withEditors } from './people.js'
import { isAdobe, joined, lowered, namesOf, notFound, notSelected, onlyInLock } from './phrases.js'
import type { Explanation, Facts, ProblemEntry } from './problem.js'
import { explainRefusedMetadata, type MetadataRefused } from './refused-metadata.js'
import { vendorAt } from './vendors.js'

/** Packages that cannot be fetched, each reason with what is known of it. */
export type PackageDenied = ArchiveRefused | NotVisible | FilteredOut | WithoutHost | MetadataRefused

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
  /** Composer has no credentials for the host. */
  readonly anonymous: boolean
  /** composer.lock names the host, and composer.json does not. */
  readonly unnamed: boolean
}

/** No repository that could be asked lists the package; without a host it is none's in particular. */
export interface NotVisible extends Withheld {
  readonly reason: 'not-visible'
  readonly mayBeElsewhere: Elsewhere | undefined
  /** What the input `packages` asks for behind the name, if anything. */
  readonly constraint: string | undefined
  /** What composer.lock has, where Composer updates a part of it. */
  readonly lockedVersion?: string | undefined
  readonly temporary?: TemporaryConstraint | undefined
}

export const packageDenied: ProblemEntry<PackageDenied> = {
  title: 'A package that is needed cannot be fetched',
  atMost: 'error',
  // What Composer has already it does not download; what may come from elsewhere may come from there.
  severity: (finding) =>
    mayStillCome(finding) || ('hiddenBy' in finding && finding.hiddenBy !== undefined) ? 'warning' : 'error',
  byCredentials: ({ reason }) => reason === 'archive' || reason === 'not-visible' || reason === 'metadata',
  explain(finding) {
    switch (finding.reason) {
      case 'archive':
      case 'not-visible':
        return withheld(finding)
      case 'filtered':
        return filteredOut(finding)
      case 'relative-url':
        return withoutHost(finding)
      case 'metadata':
        return explainRefusedMetadata(finding)
    }
  },
}

/** Whether Composer may get it all the same: from elsewhere, or by cloning it. */
export function mayStillCome(finding: PackageDenied): boolean {
  const elsewhere = 'mayBeElsewhere' in finding && Boolean(finding.mayBeElsewhere)
  return elsewhere || ('cloned' in finding && finding.cloned !== 'no')
}

const TITLES: Readonly<Record<Exclude<Family, PublicFamily>, string>> = {
  commerce: 'These keys have no access to Adobe Commerce',
  b2b: 'These keys have no access to B2B for Adobe Commerce',
  cloud: 'These keys have no access to Adobe Commerce on Cloud',
  extension: 'An extension cannot be fetched with these keys',
}

/** Of what every account sees, or this one does, so that the keys may not be to blame. */
const PUBLIC_TITLES: Readonly<Record<(ArchiveRefused | NotVisible)['reason'], string>> = {
  archive: 'repo.magento.com does not provide an archive of this package',
  'not-visible': 'repo.magento.com does not list this package',
}

/** What helps where a lock was written before composer.json named another place. */
export const UPDATE_LOCK =
  'If composer.json has moved to a mirror, run `composer update --lock`: the lock still names this host.'

function withheld(finding: ArchiveRefused | NotVisible): Explanation {
  const { host, packages, family, reason } = finding
  if (host === undefined) return nowhere(finding)
  if (!isAdobe(host)) {
    const many = packages.length > 1
    const needs =
      finding.reason === 'archive' && finding.anonymous
        ? entitlementOfNobody(host, many)
        : entitlementElsewhere(host, vendorAt(host), family, many)
    return explained(finding, {
      ...needs,
      cause: because(finding, notGiven(finding, host), whatIsSeen(finding.sees, finding.family, host)),
    })
  }
  if (isPublic(family)) {
    const { why, ...needs } = publicAtAdobe(family, reason, packages)
    const lead = `${host} does not ${reason === 'archive' ? 'provide' : 'list'} ${namesOf(packages)}${answer(finding)}, although ${why}.`
    return { ...explained(finding, { ...needs, cause: because(finding, lead, '') }), title: PUBLIC_TITLES[reason] }
  }
  const refused = reason === 'archive' ? refusedToHolder(family, packages, finding.sees?.products) : undefined
  if (refused !== undefined) {
    const { product, ...needs } = refused
    const lead = `The keys work, and this account sees ${product}, but does not get ${namesOf(packages)}${answer(finding)}.`
    return { ...explained(finding, { ...needs, cause: because(finding, lead, '') }), title: PUBLIC_TITLES.archive }
  }
  const { lacks, why, ...needs } = entitlementAtAdobe(family, packages, reason === 'archive', finding.sees?.products)
  const cause = because(finding, noAccess(finding, lacks), why ?? whatIsSeen(finding.sees, finding.family, host))
  return { ...explained(finding, { ...needs, cause }), title: TITLES[family] }
}

/** A sentence, and why that is; why it is only a warning goes before that. */
function because(finding: ArchiveRefused | NotVisible, lead: string, why: string): string {
  return joined([lead, exception(finding) || why])
}

/** The words, with the steps that come before those for the account. */
function explained(
  finding: ArchiveRefused | NotVisible,
  { cause, fix, who, background }: Pick<Explanation, 'cause' | 'fix' | 'who' | 'background'>,
): Explanation {
  const elsewhere = elsewhereOf(finding)
  const unnamed = finding.reason === 'archive' && finding.unnamed
  // Of what nobody may see without credentials the words for the lock are there already.
  const account =
    unnamed && !finding.anonymous ? `${whoEdits('composer.json', 'composer.lock')}; otherwise ${lowered(who)}` : who
  const steps = unlessElsewhere(elsewhere, itOrThem(finding), fix)
  return {
    cause,
    fix: [...(unnamed ? [UPDATE_LOCK] : []), ...steps].slice(0, 3),
    who: whoElsewhere(elsewhere, account),
    composerSays: composerSaysOf(finding),
    ...(background === undefined ? {} : { background }),
  }
}

/** Repositories that cannot be asked here and may have the package, or a package that may provide it. */
function elsewhereOf(finding: ArchiveRefused | NotVisible): Elsewhere | undefined {
  return finding.reason === 'not-visible' ? finding.mayBeElsewhere : undefined
}

function itOrThem({ packages }: ArchiveRefused | NotVisible): string {
  return packages.length > 1 ? 'them' : 'it'
}

/** “no access to Adobe Commerce: a, b and 3 more (HTTP 404)”. A 404 of an archive says no more than that at Adobe. */
function noAccess(finding: ArchiveRefused | NotVisible, lacks: string): string {
  const names = `${namesOf(finding.packages)}${answer(finding)}`
  return finding.sees === undefined
    ? `These keys have no access to ${lacks}: ${names}.`
    : `The keys work, but this account has no access to ${lacks}: ${names}.`
}

function notGiven(finding: ArchiveRefused | NotVisible, host: string): string {
  const names = namesOf(finding.packages)
  if (finding.reason === 'archive' && finding.anonymous) {
    return `${host} does not give ${names}${answer(finding)}, and Composer has no credentials for it.`
  }
  const works = finding.sees === undefined ? '' : 'The credentials work, but '
  return finding.reason === 'archive'
    ? `${works}${host} does not give ${names} to this account${answer(finding)}.`
    : `${works}${host} does not list ${names} for this account.`
}

function answer(finding: ArchiveRefused | NotVisible): string {
  return finding.reason === 'archive' ? ` (HTTP ${finding.status})` : ''
}

const HIDING: Readonly<Record<AlreadyThere, string>> = {
  vendor: 'the vendor folder has',
  cache: 'Composer’s file cache has',
  'perhaps-vendor': 'the vendor folder, whose installed.json is too large to be read here, may have',
  'perhaps-cache': 'Composer’s file cache, which could not be read in full, may have',
}

/** Why it is only a warning; a sentence, or nothing. */
function exception(finding: ArchiveRefused | NotVisible): string {
  const { hiddenBy } = finding
  const it = itOrThem(finding)
  if (hiddenBy !== undefined) {
    return `This is a warning because ${HIDING[hiddenBy]} ${it}; on a clean machine Composer fails.`
  }
  if (finding.reason === 'not-visible') {
    return whyElsewhere(finding.mayBeElsewhere, it)
  }
  if (finding.cloned !== 'no') return CLONING[finding.cloned]
  return finding.mayBeElsewhere
    ? `This is a warning because Composer may take ${it} in another version, or another package.`
    : ''
}

function nowhere(finding: ArchiveRefused | NotVisible): Explanation {
  const many = finding.packages.length > 1
  const elsewhere = elsewhereOf(finding)
  return {
    title: 'No repository has a package that is required',
    cause: [
      `No repository of composer.json ${elsewhere?.kind === 'repositories' ? 'that could be asked ' : ''}has ${namesOf(finding.packages)}.`,
      exception(finding),
    ]
      .join(' ')
      .trim(),
    fix: unlessElsewhere(elsewhere, itOrThem(finding), [
      `Check the spelling of the ${many ? 'names' : 'name'}.`,
      `Or add the repository that has ${many ? 'them' : 'it'} to composer.json, and its credentials, if it wants some, from a secret to the input \`composer-auth\`.`,
    ]),
    who: whoElsewhere(
      elsewhere,
      `${whoEdits('composer.json')}; for credentials, ${withEditors('whoever holds the account there', 'workflow', 'secrets')}.`,
    ),
    composerSays: composerSaysOf(finding),
  }
}

function composerSaysOf(finding: ArchiveRefused | NotVisible): string | undefined {
  if (finding.reason === 'archive') {
    return composerFailureMessage(finding.url, { kind: 'status', status: finding.status })
  }
  const [name] = finding.packages
  if (finding.lockedVersion !== undefined) return onlyInLock(name, finding.lockedVersion)
  // What the lock has may not be what is asked for: Composer's words differ then.
  if (finding.temporary !== undefined) return undefined
  return finding.place === undefined ? notSelected(name, finding.constraint, 'stable') : notFound(name)
}
