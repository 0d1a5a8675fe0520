import type { AccessForbidden } from './access-forbidden.js'
import type { AuthFileExposed } from './auth-file-exposed.js'
import type { AuthFileInvalid } from './auth-file-invalid.js'
import type { AuthFileUnwritable } from './auth-file-unwritable.js'
import type { CredentialsMissing } from './credentials-missing.js'
import type { CredentialsOverridden } from './credentials-overridden.js'
import type { DownloadTokenRejected } from './download-token-rejected.js'
import type { EmptyCredentials } from './empty-credentials.js'
import type { EmptyDownloads } from './empty-downloads.js'
import type { GitHubTokenInsufficient } from './github-token-insufficient.js'
import type { InputInvalid } from './input-invalid.js'
import type { InsecureUrl } from './insecure-url.js'
import type { KeysMalformed } from './keys-malformed.js'
import type { KeysMissing } from './keys-missing.js'
import type { KeysNotReceived } from './keys-not-received.js'
import type { KeysRejected } from './keys-rejected.js'
import type { KeysSwapped } from './keys-swapped.js'
import type { ManifestInvalid } from './manifest-invalid.js'
import type { PackageDenied } from './package-denied.js'
import type { Severity } from './problem.js'
import type { ProxyFailed } from './proxy-failed.js'
import type { PublishedTimeMissing } from './published-time-missing.js'
import type { RateLimited } from './rate-limited.js'
import type { RepositoryNotFound } from './repository-not-found.js'
import type { RepositoryUnavailable } from './repository-unavailable.js'
import type { RepositoryUnreachable } from './repository-unreachable.js'
import type { TlsFailed } from './tls-failed.js'
import type { UnexpectedAnswer } from './unexpected-answer.js'
import type { VersionUnavailable } from './version-unavailable.js'

/** What a check found, one member per problem code, with what its words need and nothing secret. */
export type Finding =
  | InputInvalid
  | KeysMissing
  | EmptyCredentials
  | EmptyDownloads
  | KeysMalformed
  | KeysNotReceived
  | KeysRejected
  | KeysSwapped
  | AccessForbidden
  | RepositoryNotFound
  | RateLimited
  | RepositoryUnavailable
  | RepositoryUnreachable
  | TlsFailed
  | ProxyFailed
  | UnexpectedAnswer
  | PackageDenied
  | VersionUnavailable
  | AuthFileInvalid
  | AuthFileUnwritable
  | AuthFileExposed
  | CredentialsOverridden
  | CredentialsMissing
  | InsecureUrl
  | ManifestInvalid
  | DownloadTokenRejected
  | GitHubTokenInsufficient
  | PublishedTimeMissing

export type Code = Finding['code']
/** The findings of one code. */
export type FindingOf<C extends Code> = Extract<Finding, { code: C }>

/** A finding with what the checks decided about it. */
export interface Problem<F extends Finding = Finding> {
  readonly finding: F
  readonly severity: Severity
}
