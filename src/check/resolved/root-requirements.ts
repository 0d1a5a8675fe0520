import { inParallel, REQUESTS_AT_ONCE } from '../../bounds/in-parallel.js'
import { holds, versionsWhere } from '../../composer/installed/version-rules.js'
import type { Manifest, Requirement } from '../../composer/manifest.js'
import type { Finding } from '../../problems/finding.js'
import { weighted } from '../access.js'
import { archiveFindings } from '../archive-findings.js'
import type { AskedArchive } from '../archives.js'
import type { CheckContext } from '../context.js'
import { joinedByCause } from '../joined-by-cause.js'
import { NOTHING_FOUND, type PackagesResult } from '../packages-result.js'
import { askedIn, brokenFile, checkAskedRepositories } from './asked-repositories.js'
import { checkCooldown, type TakenPackage } from './cooldown.js'
import { afterResolving } from './last-credentials.js'
import { requirementFindings } from './requirement-findings.js'
import { archiveFor, askResolved, type ResolvedArchive, withoutInsecure } from './resolved-archives.js'
import {
  isError,
  isLeftToGit,
  type Resolved,
  reachedBy,
  resolveRequirement,
  uncertain,
} from './resolved-requirement.js'
import { type ServingRepository, servingRepositories } from './serving-repositories.js'
import { findStandIns, type StandIn } from './stand-ins.js'
import { type WantedPackage, wantedPackage } from './wanted-package.js'

/** Of what is resolved, that of which archives are asked for. */
export type Downloads = 'all' | 'no-dev' | 'none'

/**
 * What `composer update` would resolve for the root requirements, which is also what `install` does without a lock. Their
 * own requirements are followed only where another package may stand in for one that fails.
 */
export async function checkRootRequirements(
  manifest: Manifest,
  downloads: Downloads,
  context: CheckContext,
): Promise<PackagesResult> {
  const serving = servingRepositories(context)
  const provided = new Set(manifest.provides)
  const requirements = manifest.requirements.filter(({ name }) => !provided.has(name))
  const resolved = await inParallel(REQUESTS_AT_ONCE, requirements, async (requirement) => ({
    requirement,
    result: context.deadline.passed()
      ? { kind: 'unasked' as const }
      : await resolveRequirement(wantedPackage(requirement, manifest.minimumStability), serving),
  }))
  const standInFor = (names: ReadonlySet<string>, below: readonly ResolvedArchive[] = []) => {
    const wanted = [
      ...resolved.map(({ requirement }) => wantedPackage(requirement, manifest.minimumStability)),
      ...below.map((one) => one.wanted),
    ]
    return standInsFor(names, wanted, resolved, serving, manifest, context)
  }
  const failing = resolved.filter(({ requirement, result }) => isError(requirement, result))
  const standIn = await standInFor(new Set(failing.map(({ requirement }) => requirement.name)))
  const open = resolved.flatMap(({ requirement, result }) => {
    const known = standIn(requirement.name)
    if (known === 'found' && result.kind !== 'satisfied') return []
    return [{ requirement, result: known === 'perhaps' ? uncertain(result) : result }]
  })

  const served = open.map(({ requirement, result }) => ({
    name: requirement.name,
    by: 'by' in result ? result.by : undefined,
  }))
  const hosts = await checkAskedRepositories(serving, served, context)
  const results = open.map(({ result }) => result)
  const afterwards = await afterResolving(serving, askedIn(serving, served), results, context)
  const findings = open.flatMap(({ requirement, result }) =>
    requirementFindings(requirement, result, manifest, context),
  )
  const { secure: archives, findings: insecure } = await archivesFor(open, manifest, downloads, context)
  const asked = await withStandIns(await askResolved(archives, afterwards), (names) => standInFor(names, archives))
  const lacking = await checkEntries(open, manifest, context)
  const cooldown = await checkCooldown(
    open.flatMap(({ requirement, result }) => takenPackage(requirement, result, manifest)),
    context,
  )
  return {
    ...NOTHING_FOUND,
    findings: [
      ...hosts,
      ...joinedByCause(findings),
      ...insecure,
      ...(await archiveFindings(asked, afterwards)),
      ...lacking,
      ...cooldown,
    ],
    // Of those that a failing repository was to serve, or git may, nothing was learnt.
    checked: resolved
      .filter(({ requirement, result }) => {
        return result.kind !== 'unserved' && result.kind !== 'unasked' && !isLeftToGit(requirement, result)
      })
      .map(({ requirement }) => requirement.name),
    leftOut: resolved.filter(({ result }) => result.kind === 'unasked').length,
  }
}

/** Files of repositories of the first protocol that lack what older versions of Composer want: one of each repository. */
async function checkEntries(
  resolved: readonly ResolvedRequirement[],
  { minimumStability }: Manifest,
  context: CheckContext,
): Promise<Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const { requirement, result } of resolved) {
    const by = 'by' in result ? result.by : undefined
    if (by?.named === undefined || found.has(by.named.url)) continue
    const { name, dev } = wantedPackage(requirement, minimumStability)
    const has = await by.versions(name, dev)
    if (has.kind === 'versions' && has.lacking) found.set(by.named.url, brokenFile(by.named, has.lacking, context))
  }
  if (found.size === 0 || (await context.holds('takesEntriesWithoutUid')) === true) return []
  const stopsOnly = versionsWhere((version) => !holds('takesEntriesWithoutUid', version))
  return [...found.values()].flat().map((finding) => ({ ...weighted(finding, 'fatal'), stopsOnly }))
}

/** The archives that Composer takes for what is resolved; those over http apart. */
async function archivesFor(
  resolved: readonly ResolvedRequirement[],
  manifest: Manifest,
  downloads: Downloads,
  context: CheckContext,
): ReturnType<typeof withoutInsecure> {
  const downloaded = downloads === 'none' ? [] : resolved
  const found = await inParallel(REQUESTS_AT_ONCE, downloaded, ({ requirement, result }) =>
    archiveFor(requirement, result, manifest, downloads === 'all', context),
  )
  return withoutInsecure(found.flat(), context)
}

interface ResolvedRequirement {
  readonly requirement: Requirement
  readonly result: Resolved
}

/** Looks for stand-ins for what is wanted, further than what is at hand only for those that fail. */
function standInsFor(
  failing: ReadonlySet<string>,
  wanted: readonly WantedPackage[],
  resolved: readonly ResolvedRequirement[],
  serving: readonly ServingRepository[],
  { minimumStability }: Manifest,
  { deadline }: CheckContext,
): Promise<(name: string) => StandIn> {
  const roots = resolved.map(({ result }) => reachedBy(result))
  return findStandIns(wanted, (name) => failing.has(name), roots, serving, minimumStability, deadline)
}

/** A denied archive stops nobody where Composer may install a package that stands in for its own. */
async function withStandIns(
  asked: readonly AskedArchive[],
  standInFor: (names: ReadonlySet<string>) => Promise<(name: string) => StandIn>,
): Promise<readonly AskedArchive[]> {
  const errors = new Set(
    asked.filter(
      ({ archive, answer }) => answer.kind === 'denied' && !archive.mayBeElsewhere && archive.hiddenBy === undefined,
    ),
  )
  if (errors.size === 0) return asked
  const standIn = await standInFor(new Set([...errors].map(({ archive }) => archive.name)))
  return asked.map((one) =>
    errors.has(one) && standIn(one.archive.name) === 'found'
      ? { ...one, archive: { ...one.archive, mayBeElsewhere: true } }
      : one,
  )
}

/** What Composer takes from a Composer repository for a requirement. */
function takenPackage({ name }: Requirement, result: Resolved, { path, repositories }: Manifest): TakenPackage[] {
  if (result.kind !== 'satisfied' || result.by.isDefault || result.by.named === undefined) return []
  const { entry, named } = result.by
  const { requiresPublishedTime, position } = entry
  const place = repositories.includes(entry) ? { path, position } : undefined
  const { url, origin } = named
  return [{ name, fitting: result.fitting, from: { url, origin, requiresPublishedTime, place } }]
}
