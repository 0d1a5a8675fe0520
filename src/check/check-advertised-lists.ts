import { isAmong } from '../composer/installed/composer-versions.js'
import {
  advisoriesReading,
  blockingLists,
  filterReading,
  type StoppedVersions,
  stoppedVersions,
} from '../composer/installed/metadata-reading.js'
import { NEWEST } from '../composer/installed/version-rules.js'
import { originOf } from '../composer/origin.js'
import { isPublicForge, mayServe } from '../composer/repositories.js'
import type { Finding } from '../problems/finding.js'
import { readDocument } from '../server/document.js'
import type { Answer } from '../server/transport.js'
import { findingOf, stopping, weighted } from './access.js'
import type { CheckContext } from './context.js'
import type { ServingRepository } from './resolved/serving-repositories.js'

/**
 * The list of blocked packages that a repository names: beside a lock Composer asks for it, from 2.10 on. Without one it
 * takes it from what it has read of single packages.
 *
 * Source of the rule: `ComposerRepository::getFilter`.
 */
export async function checkFilterList(
  { entry, named }: ServingRepository,
  names: readonly string[],
  context: CheckContext,
): Promise<Finding[]> {
  const lists = entry.filter ? await named?.repository.lists() : undefined
  if (lists?.filter === undefined) return []
  const { policy, command } = context.project
  const { url, asked, names: offered } = lists.filter
  const wanted = (version: string) => blockingLists(version, policy, command).filter((list) => offered.includes(list))
  if (wanted(NEWEST).length === 0) return []
  const stopped = stoppedVersions((version) =>
    wanted(version).length === 0 ? 'unread' : filterReading(version, policy, command),
  )
  const packages = namesFor(names, entry, lists.mayHave).map((name) => `pkg://composer/${name}`)
  const text = JSON.stringify({ packages, lists: wanted(NEWEST) })
  return asked === 'for-names'
    ? checkList(url, (transport) => transport.post(url, { contentType: 'application/json', text }), stopped, context)
    : checkList(url, (transport) => transport.get(url), stopped, context)
}

/**
 * The URL at which a repository tells security advisories: Composer asks it where it resolves, since 2.9 always, and before
 * at the end of an `update`.
 *
 * @param required names of packages that will be there
 *
 * Source of the rule: `ComposerRepository::getSecurityAdvisories`.
 */
export async function checkAdvisories(
  { entry, named }: ServingRepository,
  required: readonly string[],
  context: CheckContext,
): Promise<Finding[]> {
  const lists = await named?.repository.lists()
  const url = lists?.advisoriesUrl
  if (lists === undefined || url === undefined) return []
  const names = namesFor(required, entry, lists.mayHave)
  if (names.length === 0) return []
  const { policy, command } = context.project
  const stopped = stoppedVersions((version) => advisoriesReading(version, policy, command))
  const text = new URLSearchParams(
    names.map((name, index): [string, string] => [`packages[${index}]`, name]),
  ).toString()
  const posted = { contentType: 'application/x-www-form-urlencoded', text }
  return checkList(url, (transport) => transport.post(url, posted), stopped, context)
}

function namesFor(
  names: readonly string[],
  entry: ServingRepository['entry'],
  mayHave: (name: string) => boolean,
): string[] {
  return names.filter((name) => mayServe(entry, name) && mayHave(name))
}

/** What is wrong with a list, where a version of Composer stops at that. */
async function checkList(
  url: string,
  ask: (transport: CheckContext['transport']) => Promise<Answer>,
  stopped: StoppedVersions,
  { transport, credentialsFor, credentialsFrom, nodeExtraCaCerts, deadline, version }: CheckContext,
): Promise<Finding[]> {
  if (deadline.passed() || !transport.mayAsk(url) || isPublicForge(originOf(url))) return []
  if (isAmong(stopped.content, await version()) === false) return []
  const list = readDocument(await ask(transport), url, undefined, () => undefined)
  if (list.kind === 'read') return []
  const host = originOf(url)
  const context = { host, credentials: credentialsFor(host), from: () => credentialsFrom(host), nodeExtraCaCerts }
  const finding = findingOf(list.answer, url, { ...context, place: undefined }, list.unreadable)
  const found = finding && stopping(weighted(finding, 'unneeded'), stopped)
  return found?.stopsOnly === undefined ? [] : [found]
}
