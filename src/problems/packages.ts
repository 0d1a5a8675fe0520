import { composerFailureMessage } from '../composer/failure-message.js'
import { entitlementOf } from './families.js'
import type { CatalogueEntry, Explanation, FindingOf } from './finding.js'
import { ASK_WITH_KEYS, enumeration, WORKFLOW_AUTHOR } from './phrases.js'

/** As many names as an annotation lists; the summary and the outputs have them all. */
const NAMED = 10

export const packageDenied: CatalogueEntry<'package-denied'> = {
  title: 'These keys cannot fetch a package that this project needs',
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
  explain({ package: name, constraint, nearest, host, stability, unstable, mayBeElsewhere, place }) {
    const known = `${name}[${nearest.toReversed().join(', ')}]`
    const mismatch = unstable ? 'but it does not match your minimum-stability' : 'but it does not match the constraint'
    return {
      what: `${name} is visible at ${host}, but none of its versions satisfies \`${constraint}\` with stability ${stability}.`,
      composerSays:
        place === undefined
          ? `Could not find package ${name} with version ${constraint}`
          : nearest.length === 0
            ? notFound(name)
            : `Root composer.json requires ${name} ${constraint}, found ${known} ${mismatch}.`,
      why: `${nearest.length === 0 ? 'This account sees no version of it at all' : `The nearest that this account sees: ${nearest.join(', ')}`}.${mayBeElsewhere ? ' Another repository of composer.json, which could not be asked, may have one, so this is a warning.' : ''} A version can be missing because it was withdrawn, is not released to this account yet, or is misspelt.`,
      fix: [
        nearest.length === 0
          ? 'Correct the constraint.'
          : 'Correct the constraint, or take one of the versions named above.',
        'For a pre-release, allow it: `@beta` behind the constraint, or `minimum-stability`.',
        'For an early or paid version, use keys of the account that is entitled to it.',
      ],
      who: place === undefined ? WORKFLOW_AUTHOR : 'Whoever may edit composer.json.',
    }
  },
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

export const credentialsMissing: CatalogueEntry<'credentials-missing'> = {
  title: 'A private repository has no credentials',
  atMost: 'error',
  explain: ({ host, status, url, packages }) => ({
    what: `${host} answers ${status} and Composer has no credentials for it${packages.length === 0 ? '' : `, but needs it for ${list(packages)}`}.`,
    composerSays: composerFailureMessage(url, { kind: 'status', status }),
    why: `composer.json or composer.lock names this host, and no auth.json, \`COMPOSER_AUTH\` or setting holds an \`http-basic\` entry for exactly \`${host}\`.`,
    fix: [
      `Give Composer credentials for \`${host}\` before this step, for example in \`COMPOSER_AUTH\`.`,
      'The host must be spelt as in composer.json, with the port if there is one; Composer compares it letter by letter.',
      'If the repository is no longer used, take it out of composer.json.',
    ],
    who: 'Whoever has the account at that vendor, and whoever may edit this workflow.',
  }),
  documentation: {
    see: 'A repository of composer.json, or a host of archives in composer.lock, answers 401 or 403, and Composer holds no credentials for it.',
    means:
      'The project uses another private repository besides Adobe’s: a vendor’s, or Private Packagist. Its credentials are missing, or stand under another spelling of the host.',
    fix: ['Give Composer credentials for the host.', 'Take unused repositories out of composer.json.'],
    who: 'Whoever has the account at that vendor.',
    verify: ASK_WITH_KEYS,
  },
}

export const insecureUrl: CatalogueEntry<'insecure-url'> = {
  title: 'A URL is not https, which Composer refuses',
  atMost: 'error',
  explain: ({ url, what, schemeless, packages }) => ({
    what:
      what === 'repository'
        ? schemeless
          ? `The repository ${url} has no scheme, which Composer reads as http://.`
          : `The repository ${url} is named over http.`
        : `composer.lock downloads ${list(packages)} over http.`,
    composerSays: `Your configuration does not allow connections to ${schemeless ? `http://${url}` : url}. See https://getcomposer.org/doc/06-config.md#secure-http for details.`,
    why: '`secure-http` is on, as it is unless somebody turned it off, and everybody on the way could change what http delivers.',
    fix:
      what === 'repository'
        ? [
            'Write `https://` in front of the address in composer.json.',
            'Run `composer update --lock` if a lock exists.',
          ]
        : ['Name the repository with `https://` in composer.json and run `composer update` for these packages.'],
    who: 'Whoever may edit composer.json.',
  }),
  documentation: {
    see: 'composer.json names a repository over http or without a scheme, or composer.lock an archive over http. Composer says “Your configuration does not allow connections to http://…”.',
    means: 'Composer refuses http while `secure-http` is on. A repository without a scheme counts as http.',
    fix: ['Write `https://`.', 'Update the lock.'],
    who: 'Whoever may edit composer.json.',
    verify: 'Run `composer config secure-http` and look at `repositories` in composer.json.',
  },
}

export const manifestInvalid: CatalogueEntry<'manifest-invalid'> = {
  title: 'composer.json or composer.lock cannot be read',
  atMost: 'error',
  explain({ path, reason, position }) {
    const place = position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
    const wrong = {
      empty: 'is empty',
      'not-utf-8': 'is not UTF-8 text',
      'byte-order-mark': 'begins with a byte order mark',
      'single-quotes': 'is not valid JSON: single quotes stand where double quotes must',
      'trailing-comma': 'is not valid JSON: there is a comma too many',
      syntax: 'is not valid JSON',
      'not-decodable': 'is nested too deeply or holds a broken character, so PHP cannot decode it',
      'not-an-object': 'does not hold a JSON object',
      conflict: 'holds the marks that git leaves in a merge conflict',
      'too-large': 'is larger than 64 MiB',
      permission: 'may not be read by this job’s user',
    }[reason]
    return {
      what: `${path} ${wrong}${place}.`,
      composerSays: manifestSays(path, reason),
      why:
        reason === 'too-large'
          ? 'This action reads no more than that of a file, and no real one is as large.'
          : 'Composer stops at such a file before it asks any repository.',
      fix: manifestFix(reason),
      who: 'Whoever may edit the project.',
    }
  },
  documentation: {
    see: 'The annotation stands at the line and column of composer.json or composer.lock. Composer says “does not contain valid JSON”.',
    means: 'The file is not JSON, or a merge conflict was committed.',
    fix: [
      'Correct the file.',
      'Solve the conflict in composer.lock by taking one side and running `composer update --lock`.',
    ],
    who: 'Whoever may edit the project.',
    verify: 'Run `composer validate --no-check-publish`.',
  },
}

function manifestSays(path: string, reason: FindingOf<'manifest-invalid'>['reason']): string | undefined {
  switch (reason) {
    case 'permission':
      return `The file "${path}" is not readable.`
    // Not known word for word: Composer has no sentence of its own for these.
    case 'too-large':
    case 'not-an-object':
      return undefined
    default:
      return `"${path}" does not contain valid JSON`
  }
}

function manifestFix(reason: FindingOf<'manifest-invalid'>['reason']): string[] {
  switch (reason) {
    case 'conflict':
      return ['Solve the conflict: for composer.lock take one side and run `composer update --lock`.']
    case 'permission':
      return ['Give the file to the job’s user: a step that ran as root or in a container may have made it.']
    case 'too-large':
    case 'empty':
      return ['Take the file from version control again, and see which step wrote over it.']
    default:
      return ['Correct the file at that place; `composer validate` shows the line as well.']
  }
}

/** What helps where a lock was written before composer.json named another place. */
const MIRRORED =
  'composer.json does not name this host, but composer.lock still downloads from it: if a mirror is to serve these packages, run `composer update --lock` so that the lock names it.'

function explainDenied(finding: FindingOf<'package-denied'>): Explanation {
  const { packages, host, status, reason, hiddenBy, url } = finding
  const names = list(packages)
  const many = packages.length > 1
  const it = many ? 'them' : 'it'
  const family = entitlementOf(packages, host)
  const hidden =
    hiddenBy === undefined
      ? ''
      : ` Composer would not notice now, because ${hiddenBy === 'vendor' ? 'the vendor folder has' : 'its file cache has'} ${it}; on a clean machine it fails.`
  switch (reason) {
    case 'archive':
      return {
        what: `${host} answers ${status} for the archive${many ? 's' : ''} of ${names}.${hidden}`,
        composerSays:
          url === undefined ? undefined : composerFailureMessage(url, { kind: 'status', status: status ?? 404 }),
        why: `${whyRefused(finding)}${finding.mayBeElsewhere ? ` Composer may get ${it} in another way, from the source or in another version, so this is a warning.` : ''} ${many ? 'The packages are' : 'The package is'} of this kind: ${family.name}. ${family.needs}`,
        fix: finding.unnamed ? [MIRRORED, ...family.fix] : family.fix,
        who: family.who,
      }
    case 'not-visible':
      return {
        what: `${names} ${many ? 'are' : 'is'} not among the packages that ${host} shows to these keys.${hidden}`,
        composerSays:
          finding.place === undefined
            ? `Could not find package ${packages[0]} with stability stable.`
            : notFound(packages[0]),
        why: `${elsewhere(finding)}${many ? 'The packages are' : 'The package is'} of this kind: ${family.name}. ${family.needs}`,
        fix: family.fix,
        who: family.who,
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

/** Composer's words for a root requirement that no repository has. Source: `DependencyResolver/Problem.php`. */
function notFound(name: string | undefined): string {
  return `Root composer.json requires ${name}, it could not be found in any version, there may be a typo in the package name.`
}

/** The first ten names, and how many more there are. */
function list(packages: readonly string[]): string {
  const named = packages.slice(0, NAMED)
  const more = packages.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : enumeration(named)
}
