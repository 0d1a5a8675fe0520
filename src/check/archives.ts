import { inParallel } from '../bounds/in-parallel.js'
import { grouped } from '../collections/grouped.js'
import type { AlreadyThere } from '../composer/already-there.js'
import { credentialsInUrl } from '../composer/effective-credentials.js'
import { isPrivateRoute, originOf } from '../composer/origin.js'
import { isPublicForge } from '../composer/repositories.js'
import { shownUrl } from '../composer/shown-url.js'
import { type Family, familyOf } from '../problems/families.js'
import type { Place } from '../problems/problem.js'
import { withoutBody } from '../server/answer.js'
import { type NotArchive, notArchive } from '../server/archive-bytes.js'
import type { Failure } from '../server/failure.js'
import type { Answer } from '../server/transport.js'
import type { CheckContext } from './context.js'

/** An archive that the coming command wants. */
export interface Archive {
  readonly name: string
  /** In the order in which Composer tries them. */
  readonly urls: readonly string[]
  /** Archives of one group are entitled together, as far as can be told from outside. */
  readonly group: string
  readonly family: Family
  readonly hiddenBy: AlreadyThere | undefined
  /** The type of its dist, which tells how it is unpacked. */
  readonly type: string
  /** Composer compares what it downloads with a checksum. */
  readonly hasChecksum: boolean
  /** Composer may clone the package instead: see `fallsBackToSource`. */
  readonly hasSource: boolean
  /** Composer may take another version, or a package that stands in for this one. */
  readonly mayBeElsewhere: boolean
  /** Looked up when it is asked for. */
  readonly place: () => Place | undefined
}

/** An archive that is refused, at an address as it can be shown. */
export interface Denied {
  readonly kind: 'denied'
  readonly status: number
  readonly url: string
  /** Composer holds no credentials for the host. */
  readonly anonymous: boolean
}

/** What came of asking for an archive. */
export type ArchiveAnswer =
  | { readonly kind: 'there' }
  | Denied
  | {
      readonly kind: 'trouble'
      readonly answer: Answer
      readonly url: string
      /** What is wrong with what came in a good answer. */
      readonly unreadable: NotArchive | undefined
    }
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
  const atOnce = archives.reduce(
    (least, { urls }) => Math.min(least, context.transport.atOnce(urls[0] ?? '')),
    Infinity,
  )
  return inParallel(atOnce, archives, async (archive) => ({ archive, answer: await ask(archive, context) }))
}

/** One archive of each group, at most ten in all. */
export function sampleOf(archives: readonly Archive[]): Archive[] {
  const groups = [...grouped(archives, ({ group }) => group).values()]
  return groups.slice(0, LARGEST_SAMPLE).flatMap(([first]) => (first === undefined ? [] : [first]))
}

/** Asks for the rest of each group of which one was denied, and adds what comes of it. */
export async function withSuspicious(
  asked: readonly AskedArchive[],
  archives: readonly Archive[],
  context: CheckContext,
): Promise<AskedArchive[]> {
  const denied = new Set(asked.flatMap(({ archive, answer }) => (answer.kind === 'denied' ? [archive.group] : [])))
  const known = new Set(asked.map(({ archive }) => archive))
  const rest = archives.filter((archive) => denied.has(archive.group) && !known.has(archive))
  return [...asked, ...(await askAll(rest, context))]
}

/** Asks for a sample and, where one of it is denied, for the rest of its group. */
export async function askSample(archives: readonly Archive[], context: CheckContext): Promise<AskedArchive[]> {
  return withSuspicious(await askAll(sampleOf(archives), context), archives, context)
}

/**
 * GETs the URLs of an archive as Composer would, one after the other, until one answers well.
 *
 * Source of the rule: `Downloader/FileDownloader.php::download`.
 */
async function ask({ urls, type }: Archive, context: CheckContext): Promise<ArchiveAnswer> {
  let last: ArchiveAnswer = { kind: 'unknown' }
  for (const [index, url] of urls.entries()) {
    if (!mayAsk(url, context)) return { kind: 'unknown' }
    if (index >= ALWAYS_TRIED && !context.furtherAddresses.take()) return { kind: 'unknown' }
    last = judged(await context.transport.probe(url), url, type, context)
    if (last.kind === 'there' || last.kind === 'unknown') return last
    // Whoever looks at an archive only to unpack it has left its other addresses behind by then.
    const isTaken = last.kind === 'trouble' && last.unreadable !== undefined && index < urls.length - 1
    if (isTaken && (await context.holds('looksIntoArchives')) === false) return last
  }
  return last
}

function judged(answer: Answer, url: string, type: string, context: CheckContext): ArchiveAnswer {
  const shown = shownUrl(url)
  // Nothing is known of what was not asked.
  if (answer.kind === 'failed')
    return isUp(answer.failure) ? { kind: 'unknown' } : { kind: 'trouble', answer, url: shown, unreadable: undefined }
  if ([401, 403, 404, 410].includes(answer.status)) {
    return { kind: 'denied', status: answer.status, url: shown, anonymous: !isHeld(url, context) }
  }
  if (answer.status >= 300) return { kind: 'trouble', answer, url: shown, unreadable: undefined }
  const unreadable = notArchive(answer, type)
  return unreadable === undefined
    ? { kind: 'there' }
    : { kind: 'trouble', answer: withoutBody(answer), url: shown, unreadable }
}

/** Whether the whole step has no time left, or no requests. */
function isUp(failure: Failure): boolean {
  return failure.type === 'unasked' || failure.type === 'out-of-time' || (failure.type === 'timeout' && failure.budget)
}

/**
 * Whether an archive is asked for: never at public forges, nor where Composer sends what is not sent from here. Of what is left out
 * the host is noted.
 */
export function mayAsk(url: string, context: CheckContext): boolean {
  const origin = originOf(url)
  if (isPublicForge(origin)) return false
  if (!context.transport.mayAsk(url)) {
    // A host made of a secret is not to be named either.
    if (!isPrivateRoute(url)) context.unchecked.add(origin, URL.canParse(url) ? 'http' : 'address')
    return false
  }
  if (isHeld(url, context)) return true
  const why = context.isOtherwiseAuthenticated(origin) ? 'credentials' : whyNotAdmitted(origin, context)
  if (why !== undefined) context.unchecked.add(origin, why)
  return why === undefined
}

function whyNotAdmitted(
  origin: string,
  { isNamed, admitsUnnamed }: Pick<CheckContext, 'isNamed' | 'admitsUnnamed'>,
): 'too-many' | undefined {
  return isNamed(origin) || admitsUnnamed(origin) ? undefined : 'too-many'
}

/** Whether Composer has credentials to send for a URL. */
export function isHeld(url: string, { credentialsFor }: Pick<CheckContext, 'credentialsFor'>): boolean {
  return credentialsInUrl(url) !== undefined || credentialsFor(originOf(url)) !== undefined
}
