import { grouped } from '../collections/grouped.js'
import { fallsBackToSource } from '../composer/install-source.js'
import { originOf } from '../composer/origin.js'
import type { Cloned, Weight } from '../problems/at-server.js'
import type { CredentialsMissing } from '../problems/credentials-missing.js'
import type { Finding } from '../problems/finding.js'
import type { PackageDenied } from '../problems/package-denied.js'
import { findingOf, weighted } from './access.js'
import type { Archive, ArchiveAnswer, AskedArchive, Denied } from './archives.js'
import type { CheckContext } from './context.js'
import { seenAt } from './editions.js'
import { joinedByCause } from './joined-by-cause.js'

export const WEIGHTS: Readonly<Record<Cloned, Weight>> = {
  no: 'fatal',
  yes: 'cloned',
  'by-version': 'cloned-by-version',
}

/**
 * What failing archives mean: one finding per cause.
 *
 * @param hasNext whether Composer goes on to further addresses, which all give what these do not
 */
export async function archiveFindings(
  asked: readonly AskedArchive[],
  context: CheckContext,
  hasNext = false,
): Promise<Finding[]> {
  const failing = asked.filter(({ answer }) => answer.kind === 'denied' || answer.kind === 'trouble')
  const instead = await clonedInstead(
    failing.map(({ archive }) => archive),
    context,
  )
  const cloned = (one: AskedArchive) => (isTooLate(one) ? 'no' : instead(one.archive))
  const denied = asked.flatMap(({ archive, answer }) => (answer.kind === 'denied' ? [{ archive, answer }] : []))
  const unheld = denied.filter(({ answer }) => wantsCredentials(answer))
  const denials = denied
    .filter((one) => !unheld.includes(one))
    .map((one) => denial(one.archive, one.answer, cloned(one), context))
  return [
    ...missingCredentials(unheld, cloned, context, hasNext),
    ...joinedByCause(denials),
    ...(hasNext ? [] : troubles(asked, cloned, context)),
  ]
}

/** Whether a host refuses everybody for whom nothing is sent. What is not found (404) may be missing. */
export function wantsCredentials(answer: ArchiveAnswer): boolean {
  return answer.kind === 'denied' && answer.anonymous && (answer.status === 401 || answer.status === 403)
}

/** Hosts that want credentials and for which Composer has none: one finding for each. */
function missingCredentials(
  unheld: readonly { readonly archive: Archive; readonly answer: Denied }[],
  cloned: (one: AskedArchive) => Cloned,
  context: CheckContext,
  hasNext: boolean,
): CredentialsMissing[] {
  const hosts = grouped(unheld, ({ answer }) => originOf(answer.url))
  return [...hosts].flatMap(([host, all]) => {
    const needed = all.filter((one) => !hasNext && !one.archive.hiddenBy && !mayComeOtherwise(one, cloned))
    const [first = all[0]] = needed
    if (first === undefined) return []
    const { archive, answer } = first
    const clones = cloned(first)
    const instead = hasNext ? 'next-address' : clones
    return [
      {
        code: 'credentials-missing',
        reason: 'none-held',
        host,
        status: answer.status,
        url: answer.url,
        packages: all.map((one) => one.archive.name),
        needed: needed.length > 0,
        ...(needed.length > 0 || instead === 'no' ? {} : { instead }),
        unnamed: isUnnamed(host, context),
        place: archive.place(),
      },
    ]
  })
}

function mayComeOtherwise(one: AskedArchive, cloned: (one: AskedArchive) => Cloned): boolean {
  return one.archive.mayBeElsewhere || cloned(one) !== 'no'
}

/** composer.lock names a host, and nothing in composer.json does, neither a repository nor a package that stands there. */
function isUnnamed(host: string, { project, isNamed }: CheckContext): boolean {
  if (project.manifest === undefined || !project.command.fromLock || isNamed(host)) return false
  return !project.repositories.some(({ entry }) => entry.inline.some(({ dist }) => originOf(dist?.url ?? '') === host))
}

/** Tells of failing archives whether Composer clones their packages instead; looks the version up only where one could be. */
export async function clonedInstead(
  failing: readonly Archive[],
  { project, holds }: Pick<CheckContext, 'project' | 'holds'>,
): Promise<(archive: Archive) => Cloned> {
  const mayBe = failing.some(({ hasSource }) => hasSource)
  const falls = mayBe ? await fallsBackToSource(project.installSource, holds) : false
  return ({ hasSource }) => {
    if (!hasSource || falls === false) return 'no'
    return falls === undefined ? 'by-version' : 'yes'
  }
}

/** What fails no checksum fails when it is unpacked, and nothing is tried after that. */
function isTooLate({ archive, answer }: AskedArchive): boolean {
  return answer.kind === 'trouble' && answer.unreadable !== undefined && !archive.hasChecksum
}

function denial(
  { name, family, hiddenBy, mayBeElsewhere, place }: Archive,
  { status, url, anonymous }: Denied,
  cloned: Cloned,
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
    cloned,
    anonymous,
    unnamed: isUnnamed(host, context),
    place: place(),
  }
}

/** Archives that fail for another reason than entitlement: one finding per host, and of those that are cloned one more. */
function troubles(
  asked: readonly AskedArchive[],
  cloned: (one: AskedArchive) => Cloned,
  { credentialsFor, credentialsFrom, nodeExtraCaCerts }: CheckContext,
): Finding[] {
  const hosts = grouped(
    asked.flatMap(({ archive, answer }) =>
      answer.kind === 'trouble' && archive.hiddenBy === undefined
        ? [{ archive, answer, weight: WEIGHTS[cloned({ archive, answer })] }]
        : [],
    ),
    ({ answer, weight }) => `${weight} ${originOf(answer.url)}`,
  )
  return [...hosts.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const { archive, answer, weight } = first
    const host = originOf(answer.url)
    const held = { credentials: credentialsFor(host), from: () => credentialsFrom(host) }
    const packages = [first, ...others].map((one) => one.archive.name)
    const context = { host, ...held, nodeExtraCaCerts, packages, place: archive.place() }
    const finding = findingOf(answer.answer, answer.url, context, answer.unreadable)
    return finding === undefined ? [] : [weighted(finding, weight)]
  })
}
