import { inParallel, REQUESTS_AT_ONCE } from '../bounds/in-parallel.js'
import { grouped } from '../collections/grouped.js'
import type { AlreadyThere } from '../composer/already-there.js'
import { credentialsInUrl } from '../composer/effective-credentials.js'
import { originOf } from '../composer/origin.js'
import { isPublicForge } from '../composer/repositories.js'
import { shownUrl } from '../composer/shown-url.js'
import { type Family, familyOf } from '../problems/families.js'
import type { Finding } from '../problems/finding.js'
import type { PackageDenied } from '../problems/package-denied.js'
import type { Place } from '../problems/problem.js'
import type { Failure } from '../server/failure.js'
import type { Answer } from '../server/transport.js'
import { findingOf } from './access.js'
import type { CheckContext } from './context.js'
import { seenAt } from './editions.js'
import { joinedByCause } from './joined-by-cause.js'

/** An archive that the coming command wants. */
export interface Archive {
  readonly name: string
  /** In the order in which Composer tries them. */
  readonly urls: readonly string[]
  /** Archives of one group are entitled together, as far as can be told from outside. */
  readonly group: string
  readonly family: Family
  readonly hiddenBy: AlreadyThere | undefined
  /** Composer could get the package in another way: from its source, or from a URL that cannot be asked. */
  readonly mayBeElsewhere: boolean
  readonly place: Place | undefined
}

/** What came of asking for an archive. */
export type ArchiveAnswer =
  | { readonly kind: 'there' }
  | { readonly kind: 'denied'; readonly status: number; readonly url: string }
  | { readonly kind: 'trouble'; readonly answer: Answer; readonly url: string }
  /** Every URL failed but one that may not be asked. */
  | { readonly kind: 'unknown' }

export interface AskedArchive {
  readonly archive: Archive
  readonly answer: ArchiveAnswer
}

/** So many are asked for when nothing looks wrong. */
const LARGEST_SAMPLE = 10
/**
 * An archive's address and its mirror are always tried; of more mirrors, which a lock may name by the dozen for every package,
 * `FURTHER_ADDRESSES` in a run.
 */
const ALWAYS_TRIED = 2
export const FURTHER_ADDRESSES = 100

/**
 * The group of a package: `magento` has an account's lists or, where there are none, the edition families; other vendors
 * sell their own.
 */
export function groupOf(name: string, list: string, family: Family = familyOf(name)): string {
  const vendor = name.split('/', 1)[0] ?? ''
  return vendor === 'magento' ? `magento ${list === '' ? family : list}` : vendor
}

/** Asks for some archives, all of them. */
export function askAll(archives: readonly Archive[], context: CheckContext): Promise<AskedArchive[]> {
  return inParallel(REQUESTS_AT_ONCE, archives, async (archive) => ({ archive, answer: await ask(archive, context) }))
}

/** Asks for one archive of each group, at most ten in all, and, where one is denied, for the rest of its group. */
export async function askSample(archives: readonly Archive[], context: CheckContext): Promise<AskedArchive[]> {
  const groups = grouped(archives, ({ group }) => group)
  const sample = [...groups.values()]
    .slice(0, LARGEST_SAMPLE)
    .flatMap(([first]) => (first === undefined ? [] : [first]))
  const asked = await askAll(sample, context)
  const suspicious = asked
    .filter(({ answer }) => answer.kind === 'denied')
    .flatMap(({ archive }) => groups.get(archive.group) ?? [])
  const rest = suspicious.filter((archive) => !sample.includes(archive))
  return [...asked, ...(await askAll(rest, context))]
}

/**
 * GETs the URLs of an archive as Composer would, one after the other, until one answers well.
 *
 * Source of the rule: `Downloader/FileDownloader.php::download`.
 */
async function ask({ urls }: Archive, context: CheckContext): Promise<ArchiveAnswer> {
  let last: ArchiveAnswer = { kind: 'unknown' }
  for (const [index, url] of urls.entries()) {
    if (!mayAsk(url, context)) return { kind: 'unknown' }
    if (index >= ALWAYS_TRIED && !context.furtherAddresses.take()) return { kind: 'unknown' }
    const answer = await context.transport.probe(url)
    if (answer.kind === 'answered' && answer.status < 300) return { kind: 'there' }
    const denied = answer.kind === 'answered' && [401, 403, 404, 410].includes(answer.status)
    const shown = shownUrl(url)
    last = denied ? { kind: 'denied', status: answer.status, url: shown } : { kind: 'trouble', answer, url: shown }
    // Nothing is known of what was not asked.
    if (answer.kind === 'failed' && isUp(answer.failure)) return { kind: 'unknown' }
  }
  return last
}

/** Whether the whole step has no time left, or no requests. */
function isUp(failure: Failure): boolean {
  return failure.type === 'unasked' || (failure.type === 'timeout' && failure.budget)
}

/** Archives are asked for only where Composer holds credentials, or at hosts that composer.json names as a repository. */
export function mayAsk(url: string, context: CheckContext): boolean {
  const origin = originOf(url)
  if (!context.transport.mayAsk(url) || isPublicForge(origin)) return false
  if (credentialsInUrl(url) !== undefined || context.credentialsFor(origin) !== undefined) return true
  if (context.isOtherwiseAuthenticated(origin)) return false
  return context.isNamed(origin)
}

/** What failing archives mean: one finding per cause. */
export function archiveFindings(asked: readonly AskedArchive[], context: CheckContext): Finding[] {
  const denials = asked.flatMap(({ archive, answer }) =>
    answer.kind === 'denied' ? [denial(archive, answer, context)] : [],
  )
  return [...joinedByCause(denials), ...troubles(asked, context)]
}

function denial(
  { name, family, hiddenBy, mayBeElsewhere, place }: Archive,
  { status, url }: Extract<ArchiveAnswer, { kind: 'denied' }>,
  context: CheckContext,
): PackageDenied {
  const host = originOf(url)
  return {
    code: 'package-denied',
    reason: 'archive',
    host,
    status,
    packages: [name],
    family,
    sees: seenAt(host === context.main.origin ? context.main : context.repositoryAt(host)),
    url,
    hiddenBy,
    mayBeElsewhere,
    unnamed: context.project.manifest !== undefined && !context.isNamed(host),
    place,
  }
}

/** Archives that fail for another reason than entitlement: one finding per host. */
function troubles(
  asked: readonly AskedArchive[],
  { credentialsFor, credentialsFrom, nodeExtraCaCerts }: CheckContext,
): Finding[] {
  const hosts = grouped(
    asked.flatMap(({ archive, answer }) =>
      answer.kind === 'trouble' && archive.hiddenBy === undefined ? [{ archive, answer }] : [],
    ),
    ({ answer }) => originOf(answer.url),
  )
  return [...hosts].flatMap(([host, [first]]) => {
    if (first === undefined) return []
    const { archive, answer } = first
    const held = { credentials: credentialsFor(host), from: credentialsFrom(host) }
    const context = { host, ...held, nodeExtraCaCerts, place: archive.place }
    const finding = findingOf(answer.answer, answer.url, context)
    return finding === undefined ? [] : [finding]
  })
}
