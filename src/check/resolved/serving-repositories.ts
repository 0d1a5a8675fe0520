import { grouped } from '../../collections/grouped.js'
import type { InlinePackage, RepositoryEntry } from '../../composer/manifest.js'
import { UNNAMED_REPOSITORY } from '../../composer/repositories.js'
import { shownUrl } from '../../composer/shown-url.js'
import { aliasesOf, type PackageVersion } from '../../composer/version-entry.js'
import type { Versions } from '../../server/repository.js'
import type { CheckContext } from '../context.js'
import type { NamedRepository } from '../named-repository.js'
import type { Project } from '../project.js'
import { describedIn, type PathPackage } from './path-packages.js'
import type { FittingVersions } from './wanted-package.js'

/** A repository that may serve a requirement, whatever its type. */
export interface ServingRepository {
  readonly entry: RepositoryEntry
  readonly origin: string
  /** Composer holds credentials for it. */
  readonly authenticated: boolean
  /** packagist.org, which Composer adds by itself. */
  readonly isDefault: boolean
  /** Undefined for everything but a Composer repository on a server. */
  readonly named: NamedRepository | undefined
  versions(name: string, dev: boolean): Promise<Versions | Unknown>
}

/** It cannot be told from here: version control, artifacts, a URL that is not asked. */
export interface Unknown {
  readonly kind: 'unknown'
  /** What is known of the packages of that name, where only their versions are not. */
  readonly packages: readonly PackageVersion[] | undefined
}

const UNKNOWN: Unknown = { kind: 'unknown', packages: undefined }

/** So many repositories are looked at. Of what comes behind them nothing is known. */
const MOST_REPOSITORIES = 1000

/** The enabled repositories of a project, in Composer's order. */
export function servingRepositories({ project, named }: CheckContext): ServingRepository[] {
  const repositories = project.repositories.slice(0, MOST_REPOSITORIES)
  const serving = repositories.map(({ entry, named: by }): ServingRepository => {
    const place =
      by === 'project' && project.manifest !== undefined
        ? { path: project.manifest.path, position: entry.position }
        : undefined
    const repository = entry.type === 'composer' ? named(entry, place) : undefined
    return {
      entry,
      origin: repository?.origin ?? shownUrl(entry.url),
      authenticated: repository?.credentials !== undefined,
      isDefault: by === 'default',
      named: repository,
      versions: (name, dev) => versionsIn(entry, repository, project, name, dev),
    }
  })
  return repositories.length < project.repositories.length ? [...serving, FURTHER] : serving
}

/**
 * Whether no repository behind one is asked for a name of which it has versions, none of which fits.
 *
 * @param claimed some version is stable enough
 */
export function endsSearch(
  { entry }: ServingRepository,
  { stableOnly }: Extract<Versions, { kind: 'versions' }>,
  { claimed }: Pick<FittingVersions, 'claimed'>,
): boolean {
  return entry.canonical && (claimed || !stableOnly)
}

/** Stands for those that are not looked at: they may serve any name. */
const FURTHER: ServingRepository = {
  entry: UNNAMED_REPOSITORY,
  origin: '',
  authenticated: false,
  isDefault: false,
  named: undefined,
  versions: async () => UNKNOWN,
}

async function versionsIn(
  entry: RepositoryEntry,
  repository: NamedRepository | undefined,
  project: Project,
  name: string,
  dev: boolean,
): Promise<Versions | Unknown> {
  switch (entry.type) {
    case 'composer': {
      return (await repository?.repository.versions(name, dev)) ?? UNKNOWN
    }
    case 'package':
      return found((inlineByName(entry).get(name) ?? []).map((one) => ({ ...localVersion(one), ...archiveIn(one) })))
    case 'path':
      return pathVersions(project, entry, name)
    default:
      return UNKNOWN
  }
}

const inline = new WeakMap<RepositoryEntry, ReadonlyMap<string, readonly InlinePackage[]>>()

/** The packages of a `package` repository, of which there may be thousands, asked for thousands of names. */
function inlineByName(entry: RepositoryEntry): ReadonlyMap<string, readonly InlinePackage[]> {
  const known = inline.get(entry) ?? grouped(entry.inline, ({ name }) => name)
  inline.set(entry, known)
  return known
}

/** The packages in the folders that a path repository means, in every version that Composer may guess where they name none. */
async function pathVersions(
  project: Project,
  { url, versions }: RepositoryEntry,
  name: string,
): Promise<Versions | Unknown> {
  const known = project.pathPackages(project.pathOf(url))
  // Composer stops at a folder that is missing: see `missingFolder`.
  if (known === undefined || known === 'missing') return UNKNOWN
  const packages: PackageVersion[] = []
  for (const one of known.get(name) ?? []) packages.push(...(await versionsOf(one, versions, project)))
  return packages.some(({ version }) => version === '') ? { kind: 'unknown', packages } : found(packages)
}

/** A package in a folder; with an empty version where that cannot be told. */
async function versionsOf(
  one: PathPackage,
  given: RepositoryEntry['versions'],
  { guessedVersions }: Project,
): Promise<PackageVersion[]> {
  const described = describedIn(one, given)
  const versions = described.version === '' ? await guessedVersions(one.folder, one.manifest) : [described.version]
  return (versions ?? ['']).map((version) => ({
    ...localVersion({ ...described, version }),
    aliases: aliasesOf(version, one.manifest),
  }))
}

function found(versions: readonly PackageVersion[]): Versions {
  return versions.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions, stableOnly: false }
}

/** What a `package` repository says of where a package is had. */
function archiveIn({ type, dist, hasSource }: InlinePackage): Pick<PackageVersion, 'type' | 'dist' | 'hasSource'> {
  return { type, dist, hasSource }
}

function localVersion({
  name,
  version,
  requires,
  provides,
}: Pick<PackageVersion, 'name' | 'version' | 'requires' | 'provides'>): PackageVersion {
  return {
    name,
    version,
    requires,
    provides,
    versionNormalized: undefined,
    type: 'library',
    dist: undefined,
    hasSource: false,
    hasPublishedTime: false,
    aliases: [],
  }
}
