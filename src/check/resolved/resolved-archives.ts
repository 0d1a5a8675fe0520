import { inParallel } from '../../bounds/in-parallel.js'
import type { Manifest, Requirement } from '../../composer/manifest.js'
import { originOf } from '../../composer/origin.js'
import { isPlatformPackage } from '../../composer/package-name.js'
import type { PackageVersion } from '../../composer/version-entry.js'
import { familyOf } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import { type Archive, type AskedArchive, askAll, askSample, groupOf, isHeld } from '../archives.js'
import type { CheckContext } from '../context.js'
import { insecureFindings, withoutHttp } from '../insecure-archives.js'
import type { Project } from '../project.js'
import { insecureUrl } from './asked-repositories.js'
import { placeOfRequirement } from './requirement-findings.js'
import type { Resolved } from './resolved-requirement.js'
import type { ServingRepository } from './serving-repositories.js'
import { distOfVersion, fittingVersions, type WantedPackage, wantedPackage } from './wanted-package.js'

/** Of a package so many versions beside the best are asked for where that is denied. */
const MOST_VERSIONS = 10
/** Of a metapackage so many requirements are looked up until one has an archive. */
const MOST_LOOKED_UP = 5

/**
 * The archive that Composer will take for a root requirement, as far as that can be told without resolving. In the place
 * of a metapackage, which has none, stands one of what it requires: Composer downloads all of that.
 */
export async function archiveFor(
  requirement: Requirement,
  result: Resolved,
  manifest: Manifest,
  installsDev: boolean,
  context: CheckContext,
): Promise<ResolvedArchive[]> {
  if (result.kind !== 'satisfied') return []
  if (requirement.dev && !installsDev) return []
  const { best, fitting, alone, by } = result
  const { project } = context
  // Composer stops at a repository over http before it gets as far as archives.
  if (by.entry.type === 'composer' && insecureUrl(by, context, false) !== undefined) return []
  const wanted = wantedPackage(requirement, manifest.minimumStability)
  // What packagist.org serves is not followed.
  if (best.type === 'metapackage' && by.isDefault) return []
  const taken =
    best.type === 'metapackage' ? await requiredBy(best, by, manifest) : { version: best, alone, fitting, wanted }
  if (taken === undefined) return []
  const certain = alone || taken.version === best
  const [archive] = archiveOf(taken.version, alone && taken.alone, requirement, manifest, project)
  if (archive === undefined) return []
  const further = taken.fitting.filter((version) => version !== taken.version)
  const others = further.flatMap((version) => archiveOf(version, false, requirement, manifest, project))
  const areAll = certain && further.length <= MOST_VERSIONS && others.length === further.length
  return [{ archive, wanted: taken.wanted, others: areAll ? others : undefined }]
}

/** An archive with what its package's version must be. */
export interface ResolvedArchive {
  readonly archive: Archive
  readonly wanted: WantedPackage
  /** Those of the other versions that fit; undefined where they are too many, or one of them is had in another way. */
  readonly others: readonly Archive[] | undefined
}

/**
 * Asks for a sample, and for one archive of each host for which Composer holds nothing. Of a package whose archive is denied in
 * every version that fits, no other version helps.
 */
export async function askResolved(
  resolved: readonly ResolvedArchive[],
  context: CheckContext,
): Promise<readonly AskedArchive[]> {
  const byHost = resolved.map(({ archive, others }) => {
    const [url = ''] = archive.urls
    return [isHeld(url, context) ? archive : { ...archive, group: `at ${originOf(url)}` }, others] as const
  })
  const othersOf = new Map(byHost)
  const [held, unheld] = [true, false].map((is) =>
    [...othersOf.keys()].filter(({ urls: [url = ''] }) => isHeld(url, context) === is),
  )
  const asked = [...(await askSample(held ?? [], context)), ...(await askSample(unheld ?? [], context))]
  return inParallel(1, asked, async (one) => {
    const others = othersOf.get(one.archive) ?? []
    if (one.answer.kind !== 'denied' || others.length === 0) return one
    const answers = await askAll(others, context)
    const allDenied = answers.every(({ answer }) => answer.kind === 'denied')
    return allDenied ? { ...one, archive: { ...one.archive, mayBeElsewhere: false } } : one
  })
}

/**
 * The archives that may be asked for, and findings about those that Composer refuses since they are over http. Of several versions
 * another one may be had in another way.
 */
export async function withoutInsecure(
  resolved: readonly ResolvedArchive[],
  context: CheckContext,
): Promise<{ readonly secure: readonly ResolvedArchive[]; readonly findings: readonly Finding[] }> {
  const isRefused = (archive: Archive) => withoutHttp([archive], context).insecure.length > 0
  const secure = resolved.flatMap((one) =>
    withoutHttp([one.archive], context).secure.map((archive) => ({ ...one, archive })),
  )
  const refused = resolved
    .filter(({ archive }) => isRefused(archive))
    .map(({ archive, others }) => ({
      ...archive,
      mayBeElsewhere: archive.mayBeElsewhere && !others?.every(isRefused),
    }))
  return { secure, findings: await insecureFindings(refused, 'metadata', context) }
}

interface TakenVersion {
  readonly version: PackageVersion
  readonly wanted: WantedPackage
  /** Everything that fits, the highest version first. */
  readonly fitting: readonly PackageVersion[]
  /** Composer has no other choice. */
  readonly alone: boolean
}

/** The first package that a metapackage requires and that the repository has which serves it. */
async function requiredBy(
  { requires }: PackageVersion,
  by: ServingRepository,
  { minimumStability, provides }: Manifest,
): Promise<TakenVersion | undefined> {
  const links = requires
    .filter(({ name }) => !isPlatformPackage(name) && !provides.includes(name))
    .slice(0, MOST_LOOKED_UP)
  for (const link of links) {
    const wanted = wantedPackage(link, minimumStability)
    const has = await by.versions(link.name, wanted.dev)
    const fit = has.kind === 'versions' ? fittingVersions(wanted, has.versions) : undefined
    if (fit?.best !== undefined && fit.best.type !== 'metapackage') return { ...fit, version: fit.best, wanted }
  }
  return undefined
}

function archiveOf(
  taken: PackageVersion,
  alone: boolean,
  requirement: Requirement,
  manifest: Manifest,
  project: Project,
): Archive[] {
  const { name, version, type, dist, hasSource } = taken
  const { dev, position } = requirement
  // What is cloned first is not asked for.
  if (hasSource && project.installSource.prefersSource(name, version)) return []
  const urls = distOfVersion(taken)
  if (urls.length === 0 || dist === undefined) return []
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
      hasOptions: false,
      requires: [],
      provides: [],
      position: () => position,
    },
    urls,
  )
  const archive: Archive = {
    name,
    urls,
    group: groupOf(name, ''),
    family: familyOf(name),
    hiddenBy,
    type: dist.type,
    hasChecksum: dist.shasum !== '',
    hasSource,
    // Of several versions Composer may take another one: the others of the project decide with it.
    mayBeElsewhere: !alone,
    place: () => placeOfRequirement(requirement, manifest),
  }
  return [archive]
}
