import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readJsonObject } from '../composer/config.js'
import { linksOf, standsInFor } from '../composer/link.js'
import type { RepositoryEntry } from '../composer/manifest.js'
import type { PackageVersion } from '../composer/metadata.js'
import { nameMatches } from '../composer/repositories.js'
import { shownUrl } from '../composer/shown-url.js'
import type { Versions } from '../server/repository.js'
import type { Project } from './project.js'
import type { NamedRepository, Surroundings } from './surroundings.js'

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

/** The enabled repositories of a project, in Composer's order. */
export function servingRepositories({ project, named }: Surroundings): ServingRepository[] {
  return project.repositories.map(({ entry, named: by }): ServingRepository => {
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
}

async function versionsIn(
  entry: RepositoryEntry,
  repository: NamedRepository | undefined,
  { pathOf }: Project,
  name: string,
  dev: boolean,
): Promise<Versions | Unknown> {
  switch (entry.type) {
    case 'composer': {
      return (await repository?.repository.versions(name, dev)) ?? UNKNOWN
    }
    case 'package':
      return found(
        entry.inline
          .filter((item) => item.name === name)
          .map(({ version, requires, provides }) => localVersion({ name, version, requires, provides })),
      )
    case 'path':
      return pathVersions(pathOf(entry.url), name)
    default:
      return UNKNOWN
  }
}

/** The package in a folder of this machine, or in each folder that a pattern means. Source: `PathRepository.php`. */
function pathVersions(pattern: string, name: string): Versions | Unknown {
  // The folders of the last component's pattern; patterns further up, and GLOB_BRACE, are not followed.
  const parent = dirname(pattern)
  if (/[*?[{]/.test(parent) || /[?[{]/.test(pattern)) return UNKNOWN
  const last = pattern.slice(parent.length + 1)
  const folders = last.includes('*') ? foldersIn(parent).filter((folder) => nameMatches(last, folder)) : [last]
  const manifests = folders.map((folder) => readJsonObject(join(parent, folder, 'composer.json')))
  const matching = manifests.filter(
    (manifest) => typeof manifest.name === 'string' && manifest.name.toLowerCase() === name,
  )
  const packages = matching.map((manifest) => {
    const version = typeof manifest.version === 'string' ? manifest.version : ''
    return localVersion({ name, version, requires: linksOf(manifest, 'require'), provides: standsInFor(manifest) })
  })
  // Without a version in the file Composer guesses one from git.
  return packages.some(({ version }) => version === '') ? { kind: 'unknown', packages } : found(packages)
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent)
  } catch {
    return []
  }
}

function found(versions: readonly PackageVersion[]): Versions {
  return versions.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions, stableOnly: false }
}

function localVersion(known: Pick<PackageVersion, 'name' | 'version' | 'requires' | 'provides'>): PackageVersion {
  return { ...known, versionNormalized: undefined, type: 'library', dist: undefined, aliases: [] }
}
