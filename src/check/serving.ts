import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readJsonObject } from '../composer/config.js'
import { shownUrl } from '../composer/effective-credentials.js'
import { providedBy, type RepositoryEntry } from '../composer/manifest.js'
import type { PackageVersion } from '../composer/metadata.js'
import { nameMatches } from '../composer/repositories.js'
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
  /** `unknown` where it cannot be told from here: version control, artifacts, a URL that is not asked. */
  versions(name: string, dev: boolean): Promise<Versions | { readonly kind: 'unknown' }>
}

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
): Promise<Versions | { readonly kind: 'unknown' }> {
  switch (entry.type) {
    case 'composer': {
      return (await repository?.repository.versions(name, dev)) ?? { kind: 'unknown' }
    }
    case 'package':
      if (entry.inline.some(({ provides }) => provides.includes(name))) return { kind: 'unknown' }
      return found(
        entry.inline
          .filter((item) => item.name === name)
          .map(({ version, provides }) => localVersion(name, version, provides)),
      )
    case 'path':
      return pathVersions(pathOf(entry.url), name)
    default:
      return { kind: 'unknown' }
  }
}

/** The package in a folder of this machine, or in each folder that a pattern means. Source: `PathRepository.php`. */
function pathVersions(pattern: string, name: string): Versions | { readonly kind: 'unknown' } {
  // The folders of the last component's pattern; patterns further up, and GLOB_BRACE, are not followed.
  const parent = dirname(pattern)
  if (/[*?[{]/.test(parent) || /[?[{]/.test(pattern)) return { kind: 'unknown' }
  const last = pattern.slice(parent.length + 1)
  const folders = last.includes('*') ? foldersIn(parent).filter((folder) => nameMatches(last, folder)) : [last]
  const manifests = folders.map((folder) => readJsonObject(join(parent, folder, 'composer.json')))
  const matching = manifests.filter(
    (manifest) => typeof manifest.name === 'string' && manifest.name.toLowerCase() === name,
  )
  // Without a version in the file Composer guesses one from git: then nothing is known of it, nor of a name that a
  // package there stands in for.
  if (manifests.some((manifest) => providedBy(manifest).includes(name))) return { kind: 'unknown' }
  if (matching.some(({ version }) => typeof version !== 'string')) return { kind: 'unknown' }
  return found(matching.map((manifest) => localVersion(name, String(manifest.version), providedBy(manifest))))
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

function localVersion(name: string, version: string, provides: readonly string[]): PackageVersion {
  return { name, version, versionNormalized: undefined, type: 'library', dist: undefined, aliases: [], provides }
}
