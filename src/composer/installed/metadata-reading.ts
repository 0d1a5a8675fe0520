import type { Policy } from '../policy.js'
import { type ComposerVersions, NO_VERSION } from './composer-versions.js'
import { holds, versionsWhere } from './version-rules.js'

/** What a Composer command will do, as far as it decides what is read of a repository from which it needs nothing. */
export interface CommandToRead {
  readonly name: 'install' | 'update'
  /** It installs what composer.lock says, and resolves nothing. */
  readonly fromLock: boolean
}

/**
 * What a file of a repository is to a Composer that needs nothing from there:
 *
 * - `unread`: it does not ask for it.
 * - `content-is-fatal`: it asks, goes on where the repository cannot be reached or refuses, and stops where what came is no JSON.
 * - `all-is-fatal`: it stops at whatever fails.
 */
export type Reading = 'unread' | 'content-is-fatal' | 'all-is-fatal'

/** The way in which an answer fails. */
export type AnswerFailure = 'content' | 'status'

/** Versions that stop at a file although they may need nothing from its repository, for each way in which it may fail. */
export type StoppedVersions = Readonly<Record<AnswerFailure, ComposerVersions>>

export const STOPS_NO_VERSION: StoppedVersions = { content: NO_VERSION, status: NO_VERSION }

/**
 * Whether and how a version of Composer reads packages.json of a repository beside what it needs from there.
 *
 * @param filter false where `filter: false` exempts the repository from the lists that block
 *
 * Source of the rules: `Installer.php`, `FilterListPoolFilter`, `SecurityAdvisoryPoolFilter`, `Advisory/Auditor.php`.
 */
export function rootReading(version: string, policy: Policy, command: CommandToRead, filter: boolean): Reading {
  return strictest([
    ...(filter ? [filterReading(version, policy, command)] : []),
    advisoriesReading(version, policy, command),
  ])
}

/** The same of the list of blocked packages that packages.json may name. */
export function filterReading(version: string, policy: Policy, command: CommandToRead): Reading {
  const lists = blockingLists(version, policy, command)
  if (lists.length === 0) return 'unread'
  const { install, update } = policy.ignoresUnreachable
  return (command.fromLock ? install : install && update) ? 'content-is-fatal' : 'all-is-fatal'
}

/** The same of the list of advisories that it may name. */
export function advisoriesReading(version: string, policy: Policy, command: CommandToRead): Reading {
  if (command.fromLock) return 'unread'
  const { byPolicy, byAudit } = policy.advisories
  const knowsPolicy = holds('knowsPolicy', version)
  if (holds('blocksAdvisories', version) && (knowsPolicy ? byPolicy : byAudit)) {
    return knowsPolicy && !policy.ignoresUnreachable.update ? 'all-is-fatal' : 'content-is-fatal'
  }
  // What fails at the end says so, and no more; only what is no JSON is not expected there.
  return command.name === 'update' && policy.audits && holds('auditsAfterUpdate', version)
    ? 'content-is-fatal'
    : 'unread'
}

/** The names of the lists that block what the coming command installs. */
export function blockingLists(version: string, { lists }: Policy, { fromLock }: CommandToRead): string[] {
  if (!holds('readsRootOnInstall', version)) return []
  const known = lists.filter(({ name, scope }) => {
    if (!fromLock) return true
    return scope !== 'update' && (name === 'malware' || holds('customListsOnInstall', version))
  })
  return known.map(({ name }) => name)
}

/** The versions that stop where a file fails that they read in some way. */
export function stoppedVersions(readingIn: (version: string) => Reading): StoppedVersions {
  return {
    content: versionsWhere((version) => readingIn(version) !== 'unread'),
    status: versionsWhere((version) => readingIn(version) === 'all-is-fatal'),
  }
}

function strictest(readings: readonly Reading[]): Reading {
  if (readings.includes('all-is-fatal')) return 'all-is-fatal'
  return readings.includes('content-is-fatal') ? 'content-is-fatal' : 'unread'
}
