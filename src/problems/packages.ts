import { composerFailureMessage } from '../composer/failure-message.js'
import { entitlementOf } from './families.js'
import type { CatalogueEntry, Explanation, FindingOf } from './finding.js'
import { ASK_WITH_KEYS, namesOf, notFound, WORKFLOW_AUTHOR } from './phrases.js'

export const packageDenied: CatalogueEntry<'package-denied'> = {
  title: 'A package that is needed cannot be fetched with these keys',
  atMost: 'error',
  explain: explainDenied,
  documentation: {
    see: 'A package that composer.lock or composer.json needs is not in the account’s list, or its archive answers 401, 403 or 404. Composer says “file could not be downloaded (HTTP/2 404 )” for an archive of a lock, and “could not be found in any version, there may be a typo in the package name” when it resolves.',
    means:
      'The keys are accepted, and the account behind them is not entitled to the package: no Adobe Commerce licence, no B2B or Cloud, an outstanding invoice, a licence that moved to another MAGEID, an extension that was never ordered. repo.magento.com hides such packages and answers 404 where one would expect “forbidden”. It can also be a filter (`only`, `exclude`) of a repository in composer.json that leaves nobody to serve the package, or a lock that names a place from which nothing can be downloaded.',
    fix: [
      'Read in the annotation which family the package belongs to.',
      'Adobe Commerce, B2B, Cloud: use keys of the licence owner; settle open invoices and make new keys afterwards.',
      'Marketplace extensions: order them, also free ones, with the account that the keys belong to.',
      'A lock that still names another host than composer.json: run `composer update --lock`, or `composer update` for those packages.',
    ],
    who: 'The primary contact of the MAGEID, the owner of the Marketplace account, or Adobe Commerce Support.',
    verify: `${ASK_WITH_KEYS.replace('packages.json | head -c 600', 'archives/VENDOR/NAME/VENDOR-NAME-VERSION.zip --output /dev/null')}\n\nThe address of the archive stands in composer.lock, under \`dist\`.`,
  },
}

export const versionUnavailable: CatalogueEntry<'version-unavailable'> = {
  title: 'No version that these keys can see satisfies the requirement',
  atMost: 'error',
  explain: explainUnavailable,
  documentation: {
    see: 'The package is in the account’s list, and no version of it satisfies the constraint and the stability. Composer says “found … but it does not match the constraint”.',
    means:
      'The constraint is too narrow or misspelt, the version was withdrawn, or it is released to other accounts only.',
    fix: [
      'Correct the constraint.',
      'Allow the stability of a pre-release.',
      'Use keys of an account that sees the version.',
    ],
    who: 'Whoever may edit composer.json.',
    verify: 'With the keys in place, `composer show --all VENDOR/NAME` lists the versions that the account sees.',
  },
}

/** What helps where a lock was written before composer.json named another place. */
const MIRRORED =
  'composer.json does not name this host, but composer.lock still downloads from it: if a mirror is to serve these packages, run `composer update --lock` so that the lock names it.'

/** What to do about what is no failure of Composer, but may be one. */
const ELSEWHERE =
  'If another repository of composer.json serves it, or another package provides it, nothing is to be done.'

function explainUnavailable(finding: FindingOf<'version-unavailable'>): Explanation {
  const { package: name, constraint, nearest, host, stability, unstable, mayBeElsewhere, place } = finding
  const known = `${name}[${nearest.toReversed().join(', ')}]`
  const mismatch = unstable ? 'but it does not match your minimum-stability' : 'but it does not match the constraint'
  const seen =
    nearest.length === 0
      ? 'This account sees no version of it at all.'
      : `The nearest that this account sees: ${nearest.join(', ')}.`
  const elsewhere = mayBeElsewhere
    ? ' Another repository of composer.json, which could not be asked, may have one, so this is a warning.'
    : ''
  const cause = unstable
    ? 'What meets the constraint is less stable than that.'
    : 'A version can be missing because it was withdrawn, is not released to this account yet, or is misspelt.'
  const allow =
    place === undefined
      ? `For a pre-release, name its version: \`${name}:${unstable ? (nearest[0] ?? 'VERSION') : 'VERSION'}\`.`
      : 'For a pre-release, allow it: `@beta` behind the constraint, or `minimum-stability`.'
  const correct =
    nearest.length === 0
      ? 'Correct the constraint.'
      : 'Correct the constraint, or take one of the versions named above.'
  return {
    what:
      constraint === '*'
        ? `${name} is visible at ${host}, but no version of it is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`
        : `${name} is visible at ${host}, but none of its versions satisfies \`${constraint}\` with stability ${stability}.`,
    composerSays:
      place === undefined
        ? notSelected(name, constraint === '*' ? undefined : constraint, stability)
        : nearest.length === 0
          ? notFound(name)
          : `Root composer.json requires ${name} ${constraint}, found ${known} ${mismatch}.`,
    why: `${seen}${elsewhere} ${cause}`,
    fix: [
      ...(unstable ? [allow, correct] : [correct, allow]),
      'For an early or paid version, use keys of the account that is entitled to it.',
    ],
    who: place === undefined ? WORKFLOW_AUTHOR : 'Whoever may edit composer.json.',
  }
}

const HIDING: Readonly<Record<NonNullable<FindingOf<'package-denied'>['hiddenBy']>, string>> = {
  vendor: 'the vendor folder has',
  cache: 'its file cache has',
  'perhaps-vendor': 'the vendor folder (whose installed.json is too large to be read here) may have',
  'perhaps-cache': 'its file cache (of which not everything could be read here) may have',
}

function explainDenied(finding: FindingOf<'package-denied'>): Explanation {
  const { packages, host, status, reason, hiddenBy, url } = finding
  const names = namesOf(packages)
  const many = packages.length > 1
  const it = many ? 'them' : 'it'
  const { kind, needs, fix, who } = entitlementOf(packages, host)
  const hidden =
    hiddenBy === undefined
      ? ''
      : ` Composer would not notice now, because ${HIDING[hiddenBy]} ${it}; on a clean machine it fails.`
  switch (reason) {
    case 'archive':
      return {
        what: `${host} answers ${status} for the archive${many ? 's' : ''} of ${names}.${hidden}`,
        composerSays:
          url === undefined ? undefined : composerFailureMessage(url, { kind: 'status', status: status ?? 404 }),
        why: `${whyRefused(finding)}${finding.mayBeElsewhere ? ` Composer may get ${it} in another way, from the source or in another version, so this is a warning.` : ''} ${kind} ${needs}`,
        fix: finding.unnamed ? [MIRRORED, ...fix] : fix,
        who,
      }
    case 'not-visible':
      return {
        what:
          host === ''
            ? `No repository of composer.json that could be asked has ${names}.${hidden}`
            : `${names} ${many ? 'are' : 'is'} not among the packages that ${host} shows to these keys.${hidden}`,
        composerSays:
          finding.place === undefined ? notSelected(packages[0], finding.constraint, 'stable') : notFound(packages[0]),
        why: `${elsewhere(finding)}${kind} ${needs}`,
        fix: finding.mayBeElsewhere ? [ELSEWHERE, ...fix] : fix,
        who,
      }
    case 'filtered':
      return {
        what: `No repository of composer.json may serve ${names}: ${finding.filter ?? 'its filters leave none'}.`,
        composerSays: notFound(packages[0]),
        why: `${finding.mayBeElsewhere ? `Another package may provide ${it}, so this is a warning. ` : ''}A repository with \`only\` serves nothing else, and one with \`exclude\` not what it lists.`,
        fix: [
          `Add the ${many ? 'names' : 'name'} to \`only\`, or take ${it} out of \`exclude\`, of the repository that has the ${many ? 'packages' : 'package'}.`,
        ],
        who: 'Whoever may edit composer.json.',
      }
    case 'relative-url':
      return {
        what: `composer.lock gives ${names} ${many ? 'addresses' : 'an address'} without a host, from which nothing can be downloaded.`,
        composerSays:
          url === undefined
            ? undefined
            : `The "${url}" file could not be downloaded: Failed to open stream: No such file or directory`,
        why: 'Composer takes such an address for a file of this machine, which is not there. The repository named its archives relative to itself when the lock was written.',
        fix: [
          'Run `composer update` for these packages with a current Composer, or ask the vendor to name full addresses.',
        ],
        who: 'Whoever may edit composer.json and composer.lock; the vendor that runs the repository.',
      }
  }
}

/** What it says when an archive is refused. The status alone does not tell whether the keys are good for anything else. */
function whyRefused({ status, packages }: FindingOf<'package-denied'>): string {
  const many = packages.length > 1
  if (status === 401) {
    return `401 says that the ${many ? 'archives want' : 'archive wants'} other credentials than those that Composer sends there, if it sends any.`
  }
  const known = `Repositories answer so for ${many ? 'packages' : 'a package'} that the account behind the keys is not entitled to`
  return status === 404 || status === 410
    ? `${known}, and for ${many ? 'archives that were' : 'an archive that was'} withdrawn or moved.`
    : `${known}.`
}

/** Who else may have packages that are not visible. Without a line of composer.json they were asked for by name. */
function elsewhere({ place, mayBeElsewhere, packages }: FindingOf<'package-denied'>): string {
  const it = packages.length > 1 ? 'them' : 'it'
  if (mayBeElsewhere) {
    return `Another repository of composer.json may have ${it}, one under version control or one that could not be asked, or another package may provide ${it}; so this is a warning. `
  }
  return place === undefined ? '' : `Nothing else in composer.json serves ${it}. `
}

/** Composer's words for what is asked for by name. Source: `CreateProjectCommand::installRootPackage`. */
function notSelected(name: string | undefined, constraint: string | undefined, stability: string): string {
  return `Could not find package ${name} with ${constraint === undefined ? `stability ${stability}` : `version ${constraint}`}.`
}
