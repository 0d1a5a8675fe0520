import { accessForbidden, rateLimited, repositoryNotFound, repositoryUnavailable } from './answers.js'
import { authFileExposed, authFileInvalid, authFileUnwritable } from './auth-files.js'
import { proxyFailed, repositoryUnreachable } from './connections.js'
import type { CatalogueEntry, Code, Explanation, Finding, FindingOf, Severity } from './finding.js'
import { keysNotReceived, keysRejected, keysSwapped } from './keys.js'
import { keysMalformed } from './malformed-keys.js'
import { keysMissing } from './missing-keys.js'
import { credentialsOverridden } from './overridden.js'
import { packageDenied, versionUnavailable } from './packages.js'
import { credentialsMissing, insecureUrl, manifestInvalid } from './project.js'
import { tlsFailed } from './tls.js'
import { unexpectedAnswer } from './unexpected-answer.js'

/** Every problem this action can report, in the order of docs/problems.md. Codes are stable: users filter by them. */
export const CATALOGUE: { readonly [C in Code]: CatalogueEntry<C> } = {
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
}

const RANK: Readonly<Record<Severity, number>> = { notice: 0, warning: 1, error: 2 }

/** The fixed title of a code. */
export function titleOf(code: Code): string {
  return CATALOGUE[code].title
}

/** A severity, lowered to what the code may take at most. */
export function atMost(code: Code, wanted: Severity): Severity {
  const limit = CATALOGUE[code].atMost
  return RANK[wanted] > RANK[limit] ? limit : wanted
}

/** Sorts by severity, most severe first; negative when `a` comes before `b`. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return RANK[b.severity] - RANK[a.severity]
}

/** The words for a finding. */
export function explain(finding: Finding): Explanation {
  return explainWith(finding.code, finding)
}

function explainWith<C extends Code>(code: C, finding: Finding): Explanation {
  // The compiler cannot see that an entry and a finding found by the same code belong together.
  const entry: CatalogueEntry<C> = CATALOGUE[code]
  return entry.explain(finding as FindingOf<C>)
}
