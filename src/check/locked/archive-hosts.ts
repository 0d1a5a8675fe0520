import { grouped } from '../../collections/grouped.js'
import { originOf } from '../../composer/origin.js'
import type { Finding } from '../../problems/finding.js'
import { weighted } from '../access.js'
import { archiveFindings, clonedInstead, WEIGHTS, wantsCredentials } from '../archive-findings.js'
import {
  type Archive,
  type ArchiveAnswer,
  type AskedArchive,
  askAll,
  askSample,
  groupOf,
  isHeld,
  mayAsk,
  sampleOf,
  withSuspicious,
} from '../archives.js'
import type { CheckContext } from '../context.js'
import { askUnlisted } from './unlisted-archives.js'

/** What archives came to. */
export interface ArchivesResult {
  readonly findings: readonly Finding[]
  /** Packages of which something was learnt. */
  readonly checked: ReadonlySet<string>
  /** Packages that were asked for, and that no address gives. */
  readonly failing: ReadonlySet<string>
  /** How many were not looked at, since the time of the step was up. */
  readonly leftOut: number
  /** Of how many it was concluded from others of their group that they are refused. */
  readonly concluded: number
}

/**
 * Asks for archives host by host, by the address that Composer tries first. Where a host refuses everybody who has no
 * credentials, what has another address is asked for there: a mirror's token may be missing, and all archives come from elsewhere.
 */
export async function checkArchiveHosts(archives: readonly Archive[], context: CheckContext): Promise<ArchivesResult> {
  const byOrigin = grouped(archives, ({ urls }) => originOf(urls[0] ?? ''))
  const results: ArchivesResult[] = []
  // One after the other: eight requests at a time are as many as Composer makes to one host.
  for (const [origin, group] of byOrigin) {
    if (!mayAsk(group[0]?.urls[0] ?? '', context)) continue
    if (context.deadline.passed()) results.push({ ...NOTHING, leftOut: group.length })
    else results.push(await checkHost(origin, group, context))
  }
  return together(results)
}

const NOTHING: ArchivesResult = { findings: [], checked: new Set(), failing: new Set(), leftOut: 0, concluded: 0 }

function together(results: readonly ArchivesResult[]): ArchivesResult {
  return {
    findings: results.flatMap(({ findings }) => findings),
    checked: new Set(results.flatMap(({ checked }) => [...checked])),
    failing: new Set(results.flatMap(({ failing }) => [...failing])),
    leftOut: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
    concluded: results.reduce((sum, { concluded }) => sum + concluded, 0),
  }
}

/** The packages of a lock that come from one host. */
async function checkHost(origin: string, archives: readonly Archive[], context: CheckContext): Promise<ArchivesResult> {
  const repository = origin === context.main.origin ? context.main : context.repositoryAt(origin)
  if (!archives.some(({ urls }) => isHeld(urls[0] ?? '', context))) return checkUnheldHost(origin, archives, context)
  if (repository === undefined) return resultOf(archives, await askSample(archives, context), context)

  const { finding } = await repository.access()
  if (finding !== undefined) return weighedByArchives(finding, archives, context)

  const listing = await repository.repository.listing()
  if (listing.kind !== 'names') return resultOf(archives, await askSample(archives, context), context)
  const { names, groupOf: listOf } = listing
  const listed = archives.filter(({ name }) => names.has(name))
  const visible = listed.map((archive) => ({
    ...archive,
    group: groupOf(archive.name, listOf(archive.name), archive.family),
  }))
  const unlisted = archives.filter(({ name }) => !names.has(name))
  const groups = unlisted.length === 0 ? [] : [...names].map((name) => groupOf(name, ''))
  const seen = new Set([...groups, ...listed.map(({ group }) => group)])
  const isSeen = (group: string) => seen.has(group)
  const { asked, alongside, concluded } = await askUnlisted(unlisted, isSeen, sampleOf(visible), context)
  const sampled = await withSuspicious(alongside, visible, context)
  return { ...(await resultOf(archives, [...asked, ...sampled], context)), concluded }
}

/** What some archives of a group came to, which speak for all of it. */
async function resultOf(
  archives: readonly Archive[],
  asked: readonly AskedArchive[],
  context: CheckContext,
): Promise<ArchivesResult> {
  const namesOf = (...kinds: AskedArchive['answer']['kind'][]) =>
    new Set(asked.flatMap(({ archive, answer }) => (kinds.includes(answer.kind) ? [archive.name] : [])))
  const unknown = namesOf('unknown')
  return {
    ...NOTHING,
    findings: await archiveFindings(asked, context),
    checked: new Set(archives.flatMap(({ name }) => (unknown.has(name) ? [] : [name]))),
    failing: namesOf('denied', 'trouble'),
  }
}

/** packages.json fails beside a lock: then the archives decide what that means. */
async function weighedByArchives(
  finding: Finding,
  archives: readonly Archive[],
  context: CheckContext,
): Promise<ArchivesResult> {
  const result = { ...NOTHING, checked: new Set(archives.map(({ name }) => name)) }
  const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined)
  if (needed.length === 0) return { ...result, findings: [weighted(finding, 'unneeded')] }
  // What Composer clones where its archive fails decides nothing as long as there is anything else.
  const cloned = await clonedInstead(needed, context)
  const certain = needed.filter((archive) => cloned(archive) === 'no')
  const [first = needed[0]] = certain
  const asked = await askSample(certain.length === 0 ? needed : certain, context)
  const known = asked.filter(({ answer }) => answer.kind !== 'unknown')
  const failing = new Set(known.flatMap(({ archive, answer }) => (answer.kind === 'there' ? [] : [archive.name])))
  const weigh = (weight: Parameters<typeof weighted>[1]) => weighted(finding, weight)
  if (known.length === 0) return { ...result, findings: [weigh('perhaps')] }
  if (failing.size === 0) return { ...result, findings: [weigh('archives-work')] }
  if (known.every((one) => failsLike(finding, one))) {
    const instead = first === undefined ? 'no' : cloned(first)
    const weight = instead === 'no' ? 'archives-fail' : WEIGHTS[instead]
    return { ...result, failing: new Set(archives.map(({ name }) => name)), findings: [weigh(weight)] }
  }
  return { ...result, failing, findings: [weigh('archives-differ'), ...(await archiveFindings(asked, context))] }
}

/**
 * Whether an archive fails in the way in which packages.json fails. Where the keys themselves are refused any denial is
 * one and the same: what an archive answers to bad keys has changed over the years (401, 403 and 404 were seen).
 */
function failsLike(finding: Finding, { answer }: AskedArchive): boolean {
  const { status } = finding
  if (answer.kind === 'denied') return finding.code.startsWith('keys-') || answer.status === status
  if (answer.kind !== 'trouble') return false
  return answer.answer.kind === 'answered' ? answer.answer.status === status : status === undefined
}

/** A host for which Composer holds nothing: one archive tells whether it wants something, or cannot be reached at all. */
async function checkUnheldHost(
  origin: string,
  archives: readonly Archive[],
  context: CheckContext,
): Promise<ArchivesResult> {
  const cloned = await clonedInstead(archives, context)
  const sample = archives.find((one) => one.hiddenBy === undefined && cloned(one) === 'no') ?? archives[0]
  if (sample === undefined) return NOTHING
  const [asked] = await askAll([{ ...sample, urls: sample.urls.filter((url) => originOf(url) === origin) }], context)
  if (asked?.answer.kind === 'there') return resultOf(archives, [asked], context)
  if (asked === undefined || !concernsAll(asked.answer)) {
    return resultOf(archives, await askSample(archives, context), context)
  }
  const further = archives.flatMap((archive) => {
    const urls = archive.urls.filter((url) => originOf(url) !== origin)
    return urls.length === 0 ? [] : [{ ...archive, urls }]
  })
  const elsewhere = await checkArchiveHosts(further, context)
  const hasNext = new Set(further.map(({ name }) => name))
  const failing = archives.filter(({ name }) => !hasNext.has(name) || elsewhere.failing.has(name))
  const concerned = failing.length === 0 ? archives : failing
  const { answer } = asked
  const own = await archiveFindings(
    concerned.map((archive) => ({ archive, answer })),
    context,
    failing.length === 0,
  )
  return {
    ...elsewhere,
    findings: [...own, ...elsewhere.findings],
    checked: new Set(archives.map(({ name }) => name)),
    failing: new Set(failing.map(({ name }) => name)),
  }
}

/** Whether what came for one archive says the same of all at that host: it wants credentials, or does not work. */
function concernsAll(answer: ArchiveAnswer): boolean {
  return wantsCredentials(answer) || (answer.kind === 'trouble' && answer.unreadable === undefined)
}
