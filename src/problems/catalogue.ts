import { isAmong, NO_VERSION } from '../composer/installed/composer-versions.js'
import { accessForbidden } from './access-forbidden.js'
import { authFileExposed } from './auth-file-exposed.js'
import { authFileInvalid } from './auth-file-invalid.js'
import { authFileUnwritable } from './auth-file-unwritable.js'
import { credentialsMissing } from './credentials-missing.js'
import { credentialsOverridden } from './credentials-overridden.js'
import { downloadTokenRejected } from './download-token-rejected.js'
import type { Code, Finding, FindingOf } from './finding.js'
import { gitHubTokenInsufficient } from './github-token-insufficient.js'
import { inputInvalid } from './input-invalid.js'
import { insecureUrl } from './insecure-url.js'
import { keysMalformed } from './keys-malformed.js'
import { keysMissing } from './keys-missing.js'
import { keysNotReceived } from './keys-not-received.js'
import { keysRejected } from './keys-rejected.js'
import { keysSwapped } from './keys-swapped.js'
import { manifestInvalid } from './manifest-invalid.js'
import { packageDenied } from './package-denied.js'
import type { Circumstances, Explanation, JobSite, ProblemEntry, Severity } from './problem.js'
import { proxyFailed } from './proxy-failed.js'
import { publishedTimeMissing } from './published-time-missing.js'
import { rateLimited } from './rate-limited.js'
import { repositoryNotFound } from './repository-not-found.js'
import { repositoryUnavailable } from './repository-unavailable.js'
import { repositoryUnreachable } from './repository-unreachable.js'
import { tlsFailed } from './tls-failed.js'
import { unexpectedAnswer } from './unexpected-answer.js'
import { versionUnavailable } from './version-unavailable.js'

/** Every problem this action can report, in the order of docs/problems.md. Codes are stable: users filter by them. */
export const CATALOGUE: { readonly [C in Code]: ProblemEntry<FindingOf<C>> } = {
  'input-invalid': inputInvalid,
  'keys-missing': keysMissing,
  'keys-malformed': keysMalformed,
  'keys-not-received': keysNotReceived,
  'keys-rejected': keysRejected,
  'keys-swapped': keysSwapped,
  'access-forbidden': accessForbidden,
  'repository-not-found': repositoryNotFound,
  'rate-limited': rateLimited,
  'repository-unavailable': repositoryUnavailable,
  'repository-unreachable': repositoryUnreachable,
  'tls-failed': tlsFailed,
  'proxy-failed': proxyFailed,
  'unexpected-answer': unexpectedAnswer,
  'package-denied': packageDenied,
  'version-unavailable': versionUnavailable,
  'auth-file-invalid': authFileInvalid,
  'auth-file-unwritable': authFileUnwritable,
  'auth-file-exposed': authFileExposed,
  'credentials-overridden': credentialsOverridden,
  'credentials-missing': credentialsMissing,
  'insecure-url': insecureUrl,
  'manifest-invalid': manifestInvalid,
  'download-token-rejected': downloadTokenRejected,
  'github-token-insufficient': gitHubTokenInsufficient,
  'published-time-missing': publishedTimeMissing,
}

const RANK: Readonly<Record<Severity, number>> = { notice: 0, warning: 1, error: 2 }

/** Sorts by severity, most severe first; negative when `a` comes before `b`. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return RANK[b.severity] - RANK[a.severity]
}

/**
 * How severe a finding is: an error where the installed Composer is one of those that stop at it, else as its code says; and
 * no more than the code may take at most.
 */
export function severityOf(finding: Finding, circumstances: Circumstances): Severity {
  const { severity, atMost } = entryOf(finding)
  const wanted = stopsAt(finding, circumstances.version) ? 'error' : severity(finding, circumstances)
  return RANK[wanted] > RANK[atMost] ? atMost : wanted
}

/** Whether a version of Composer is one of those that stop at a finding, or all of them do. */
export function stopsAt({ stopsOnly = NO_VERSION }: Pick<Finding, 'stopsOnly'>, version: string | undefined): boolean {
  return isAmong(stopsOnly, version) === true
}

/** Whether other credentials could make the difference. */
export function isByCredentials(finding: Finding): boolean {
  return entryOf(finding).byCredentials(finding)
}

/** The words for a finding, with the title of its case. */
export function explain(finding: Finding, site: JobSite): Explanation & { readonly title: string } {
  const { title, explain } = entryOf(finding)
  return { title, ...explain(finding, site) }
}

/** The compiler cannot see that an entry and a finding that are found by the same code belong together. */
function entryOf<C extends Code>({ code }: { readonly code: C }): ProblemEntry<Finding> {
  return CATALOGUE[code] as ProblemEntry<Finding>
}
