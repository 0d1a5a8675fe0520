import { inParallel } from '../../bounds/in-parallel.js'
import type { Manifest, Requirement } from '../../composer/manifest.js'
import { familyOf } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import type { Place } from '../../problems/problem.js'
import { type Archive, type AskedArchive, archiveFindings, askSample, groupOf } from '../archives.js'
import type { PackagesResult } from '../check-packages.js'
import type { CheckContext } from '../context.js'
import { seenAt } from '../editions.js'
import { gathered } from '../one-cause.js'
import { brokenFile, checkAskedRepositories } from './repositories-asked.js'
import { isError, isVirtual, type Resolved, reachedBy, resolve, uncertain } from './resolve.js'
import { type ServingRepository, servingRepositories } from './serving-repositories.js'
import { findStandIns, type StandIn } from './stand-ins.js'
import { distOfVersion, fittingVersions, wantedPackage } from './wanted-package.js'

/** Names looked up at the same time. */
const PARALLEL = 8

/**
 * What `composer update` would resolve for the root requirements, which is also what `install` does without a lock. Their
 * own requirements are followed only where another package may stand in for one that fails.
 */
export async function checkRequired(manifest: Manifest, dev: boolean, context: CheckContext): Promise<PackagesResult> {
  const serving = servingRepositories(context)
  const provided = new Set(manifest.provides)
  const requirements = manifest.requirements.filter(({ name }) => !provided.has(name))
  const resolved = await inParallel(PARALLEL, requirements, async (requirement) => ({
    requirement,
    result: context.deadline.passed()
      ? { kind: 'unasked' as const }
      : await resolve(wantedPackage(requirement, manifest.minimumStability), serving),
  }))
  const standInFor = (fails: (one: ResolvedRequirement) => boolean) => {
    const wishes = resolved.map(({ requirement }) => wantedPackage(requirement, manifest.minimumStability))
    const failing = new Set(resolved.filter(fails).map(({ requirement }) => requirement.name))
    const roots = resolved.map(({ result }) => reachedBy(result))
    const { minimumStability } = manifest
    return findStandIns(wishes, (name) => failing.has(name), roots, serving, minimumStability, context.deadline)
  }
  const standIn = await standInFor(({ requirement, result }) => isError(requirement, result))
  const open = resolved.flatMap(({ requirement, result }) => {
    const known = standIn(requirement.name)
    if (known === 'found' && result.kind !== 'satisfied') return []
    return [{ requirement, result: known === 'perhaps' ? uncertain(result) : result }]
  })

  const hosts = await checkAskedRepositories(
    serving,
    open.map(({ requirement, result }) => ({ name: requirement.name, by: 'by' in result ? result.by : undefined })),
    context,
  )
  const findings = open.flatMap(({ requirement, result }) => findingsOf(requirement, result, manifest, context))
  const archives = open.flatMap(({ requirement, result }) => archiveOf(requirement, result, manifest, dev, context))
  const asked = await withStandIns(await askSample(archives, context), (names) =>
    standInFor(({ requirement }) => names.has(requirement.name)),
  )
  return {
    findings: [...hosts, ...gathered(findings), ...archiveFindings(asked, context)],
    // Of those that a failing repository was to serve nothing was learnt.
    checked: resolved
      .filter(({ result }) => result.kind !== 'untold' && result.kind !== 'unasked')
      .map(({ requirement }) => requirement.name),
    leftOut: resolved.filter(({ result }) => result.kind === 'unasked').length,
  }
}

interface ResolvedRequirement {
  readonly requirement: Requirement
  readonly result: Resolved
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

function findingsOf(requirement: Requirement, result: Resolved, manifest: Manifest, context: CheckContext): Finding[] {
  const place: Place = { path: manifest.path, position: requirement.position }
  const requirementIs = { code: 'package-denied', status: undefined, packages: [requirement.name], place } as const
  switch (result.kind) {
    case 'satisfied':
    case 'unasked':
      return []
    case 'untold': {
      const { named } = result.by
      // A failing packages.json is reported with its repository.
      return named === undefined || named.answered?.finding !== undefined ? [] : brokenFile(named, result.why, context)
    }
    case 'filtered':
      return [
        {
          ...requirementIs,
          reason: 'filtered',
          host: context.main.origin,
          filter: result.filter,
          mayBeElsewhere: result.mayBeElsewhere || isVirtual(requirement.name),
        },
      ]
    case 'absent': {
      const blamed = repositoryWithout(result.without, context)
      return [
        {
          ...requirementIs,
          reason: 'not-visible',
          host: blamed?.origin,
          family: familyOf(requirement.name),
          sees: seenAt(blamed?.named),
          hiddenBy: undefined,
          mayBeElsewhere: result.mayBeElsewhere || isVirtual(requirement.name),
          constraint: undefined,
        },
      ]
    }
    case 'unsatisfied': {
      const wish = wantedPackage(requirement, manifest.minimumStability)
      const { nearest, unstable, readable } = fittingVersions(wish, result.versions)
      // A constraint that cannot be read is never a reason for an error, nor one for a guess.
      if (!readable) return []
      return [
        {
          code: 'version-unavailable',
          host: result.by.origin,
          status: undefined,
          packages: [requirement.name],
          constraint: requirement.constraint,
          stability: wish.stability,
          nearest,
          unstable,
          mayBeElsewhere: result.mayBeElsewhere,
          place,
        },
      ]
    }
  }
}

/** The repository to name for what nobody has: that of the keys if it was asked, else the first that was. */
function repositoryWithout(
  without: readonly ServingRepository[],
  { main }: CheckContext,
): ServingRepository | undefined {
  const asked = without.filter(({ isDefault }) => !isDefault)
  return asked.find(({ named }) => named === main) ?? asked[0]
}

/** The archive that Composer will take for a requirement, as far as that can be told without resolving. */
function archiveOf(
  { name, dev, position }: Requirement,
  result: Resolved,
  manifest: Manifest,
  installsDev: boolean,
  { project }: CheckContext,
): Archive[] {
  if (result.kind !== 'satisfied' || !result.by.authenticated || result.best.type === 'metapackage') return []
  if (dev && !installsDev) return []
  const urls = distOfVersion(result.best)
  if (urls.length === 0) return []
  const { version, type, dist } = result.best
  const hiddenBy = project.alreadyThere(
    {
      name,
      version,
      type,
      dev,
      dist,
      hasSource: false,
      sourceReference: '',
      hasOwnCredentials: false,
      requires: [],
      position,
    },
    urls,
  )
  const place: Place = { path: manifest.path, position }
  // Of several versions Composer may take another one: the others of the project decide with it.
  const group = groupOf(name, '')
  return [{ name, urls, group, family: familyOf(name), hiddenBy, mayBeElsewhere: !result.alone, place }]
}
