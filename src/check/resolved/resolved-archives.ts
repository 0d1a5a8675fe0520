import type { Manifest, Requirement } from '../../composer/manifest.js'
import type { PackageVersion } from '../../composer/metadata.js'
import { isPlatformPackage } from '../../composer/package-name.js'
import { familyOf } from '../../problems/families.js'
import { type Archive, groupOf } from '../archives.js'
import type { CheckContext } from '../context.js'
import type { Project } from '../project.js'
import type { Resolved } from './resolved-requirement.js'
import type { ServingRepository } from './serving-repositories.js'
import { distOfVersion, fittingVersions, type WantedPackage, wantedPackage } from './wanted-package.js'

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
  { project }: CheckContext,
): Promise<ResolvedArchive[]> {
  if (result.kind !== 'satisfied' || !result.by.authenticated) return []
  if (requirement.dev && !installsDev) return []
  const { best, alone, by } = result
  const wanted = wantedPackage(requirement, manifest.minimumStability)
  const taken = best.type === 'metapackage' ? await requiredBy(best, by, manifest) : { version: best, alone, wanted }
  if (taken === undefined) return []
  return archiveOf({ ...taken, alone: alone && taken.alone }, requirement, manifest, project)
}

/** An archive with what its package's version must be. */
export interface ResolvedArchive {
  readonly archive: Archive
  readonly wanted: WantedPackage
}

interface TakenVersion {
  readonly version: PackageVersion
  readonly wanted: WantedPackage
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
    if (fit?.best !== undefined && fit.best.type !== 'metapackage')
      return { version: fit.best, wanted, alone: fit.alone }
  }
  return undefined
}

function archiveOf(
  { version: taken, wanted, alone }: TakenVersion,
  { dev, position }: Requirement,
  manifest: Manifest,
  project: Project,
): ResolvedArchive[] {
  const { name, version, type, dist, hasSource } = taken
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
      requires: [],
      position,
    },
    urls,
  )
  const archive = {
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
    place: { path: manifest.path, position },
  }
  return [{ archive, wanted }]
}
