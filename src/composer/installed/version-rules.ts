import { type ComposerVersions, isSince, type Release, rangesWhere } from './composer-versions.js'

/**
 * The first version of Composer in which each rule holds. Nowhere else in the code does a version of Composer decide.
 * Sources: Composer's CHANGELOG.md, and facts seen with the versions on either side.
 */
const SINCE = {
  /** `update` audits what it has installed. */
  auditsAfterUpdate: '2.4.0',
  /** A `COMPOSER_AUTH` that is no JSON stops every command; before, Composer said so and went on. */
  stopsAtMalformedVariable: '2.5.0',
  /** `COMPOSER_AUTH` beats auth.json; before, a project's auth.json had the last word. */
  environmentLast: '2.7.8',
  /** An https request no longer takes the proxy of `http_proxy`. */
  leavesHttpProxyForHttp: '2.8.0',
  /** `custom-headers` and `client-certificate` are sections of auth.json. */
  knowsHeaders: '2.9.0',
  /** A token of `github-oauth` may have a hyphen. */
  takesHyphenInToken: '2.9.8',
  /** And whatever it likes. */
  takesAnyToken: '2.10.0',
  /** Versions with security advisories are left out of what is resolved. */
  blocksAdvisories: '2.9.0',
  /** A conflict around the `content-hash` of composer.lock alone is put right in memory. */
  repairsContentHash: '2.9.0',
  /** packages.json is read for `install` with a lock too. */
  readsRootOnInstall: '2.10.0',
  /** `policy` among the settings: what is blocked, when, and what may be unreachable. */
  knowsPolicy: '2.10.0',
  /** Of `gitlab-domains` that name more than a host only what has no port in its URL is taken for a GitLab. */
  leavesPortsOfGitLabs: '2.10.3',
  /** Lists that `policy` names by itself can block on `install` too. */
  customListsOnInstall: '2.11.0',
  /** `install` refuses a lock whose `content-hash` had to be put right. */
  refusesRepairedContentHash: '2.11.0',
  /** `policy.cooldown` leaves new versions out, and wants to know when each was published. */
  knowsCooldown: '2.11.0',
  /** An archive that fails is followed by the package's source only where `source-fallback` is on; before, always. */
  asksBeforeSource: '2.10.0',
  /** And no more at all. */
  leavesSource: '2.11.0',
  /** `custom-headers` of several places are merged by host; before, the last place's were all. */
  mergesHeaders: '2.11.0',
  /** The headers of a repository's `options` are sent for its archives also where the lock does not hold them. */
  restoresHeaders: '2.11.0',
  /** The job token of GitLab goes into a header of its own at a host of `gitlab-domains`. */
  sendsJobToken: '2.11.0',
  /** Entries of files of the first protocol need no `uid`; before, PHP stops at one that has none. */
  takesEntriesWithoutUid: '2.11.0',
  /** 429 and 5xx are asked again after the time of `Retry-After`, up to a minute. */
  waitsForRetryAfter: '2.11.0',
  /** An archive is looked at before it is taken, so that a mirror is asked where it is none. */
  looksIntoArchives: '2.11.0',
} as const

/** A rule that not all versions of Composer have. */
export type VersionRule = keyof typeof SINCE

/** Whether a rule holds in a version of Composer (`2.9.8`). */
export function holds(rule: VersionRule, version: string): boolean {
  return isSince(version, SINCE[rule])
}

/** The same of the installed Composer; undefined where its version is not known. */
export function holdsIn(version: string | undefined, rule: VersionRule): boolean | undefined {
  return version === undefined ? undefined : holds(rule, version)
}

/** The first version in which a rule holds, as people call it: `2.9.8`, and `2.9` of 2.9.0. */
export function firstVersionWith(rule: VersionRule): string {
  return SINCE[rule].replace(/\.0$/, '')
}

/** The first version of this generation, and each that changes something, oldest first. */
const CHANGES = [...new Set<Release>(['2.0.0', ...Object.values(SINCE)])].toSorted(inOrder)

/** The newest version that differs from others. */
export const NEWEST: string = CHANGES.at(-1) ?? ''

/** The versions of which something is true that depends on these rules alone. */
export function versionsWhere(isTrue: (version: string) => boolean): ComposerVersions {
  return rangesWhere(CHANGES, isTrue)
}

export function versionsWith(rule: VersionRule): ComposerVersions {
  return versionsWhere((version) => holds(rule, version))
}

export function versionsWithout(rule: VersionRule): ComposerVersions {
  return versionsWhere((version) => !holds(rule, version))
}

function inOrder(one: Release, other: Release): number {
  return isSince(one, other) ? 1 : -1
}

/** A version of each kind that reads credentials in its own way, newest first. */
export const TELLING_VERSIONS = [
  SINCE.sendsJobToken,
  SINCE.leavesPortsOfGitLabs,
  SINCE.readsRootOnInstall,
  SINCE.knowsHeaders,
  SINCE.environmentLast,
  '2.2.0',
] as const
