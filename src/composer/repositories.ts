import type { Manifest, RepositoryEntry } from './manifest.js'
import { originOf } from './origin.js'

/** One repository that Composer asks, in its order. */
export interface EnabledRepository {
  readonly entry: RepositoryEntry
  /** Empty for packagist.org, which Composer adds by itself. */
  readonly named: 'project' | 'home' | 'default'
}

const PACKAGIST: RepositoryEntry = {
  type: 'composer',
  url: 'https://repo.packagist.org',
  only: [],
  exclude: [],
  canonical: true,
  inline: [],
  position: { line: 1, column: 1 },
}

/**
 * The repositories that Composer asks, in its order: the project's, the home's, then packagist.org unless it is switched
 * off or named by hand.
 *
 * Source of the rule: `Config::merge`, `RepositoryFactory::defaultRepos`.
 */
export function enabledRepositories(manifest: Manifest | undefined, home: Manifest | undefined): EnabledRepository[] {
  const project = manifest?.repositories ?? []
  const own = home?.repositories ?? []
  const disabled = [...(manifest?.disabled ?? []), ...(home?.disabled ?? [])]
  const renamed = [...project, ...own].some(
    ({ type, url }) => type === 'composer' && /^https?:\/\/(?:[a-z0-9.-]+\.)?packagist\.org(?:\/|$)/.test(url),
  )
  return [
    ...project.map((entry) => ({ entry, named: 'project' as const })),
    ...own.map((entry) => ({ entry, named: 'home' as const })),
    ...(renamed || disabled.includes('packagist.org') ? [] : [{ entry: PACKAGIST, named: 'default' as const }]),
  ]
}

/** Whether a repository may serve a name at all. Source of the rule: `FilterRepository.php`. */
export function mayServe({ only, exclude }: RepositoryEntry, name: string): boolean {
  if (only.length > 0) return only.some((pattern) => nameMatches(pattern, name))
  return !exclude.some((pattern) => nameMatches(pattern, name))
}

/** Whether a package's name matches a pattern in which `*` stands for anything. Source: `BasePackage::packageNameToRegexp`. */
export function nameMatches(pattern: string, name: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${expression}$`, 'i').test(name)
}

/**
 * A repository's URL as Composer uses it: without a scheme it reads `http://`, which `secure-http` then refuses.
 * Undefined for what is no URL.
 *
 * Source of the rule: `ComposerRepository::__construct`.
 */
export function repositoryUrl(url: string): string | undefined {
  const withScheme = /^[\w.]+\??:\/\//.test(url) ? url.replace(/^https\?/, 'https') : `http://${url}`
  return URL.canParse(withScheme) ? withScheme.replace(/\/+$/, '') : undefined
}

/** Hosts of public forges and of packagist, at which nothing is asked: their archives need no keys of this kind. */
export function isPublicForge(origin: string): boolean {
  return /^(?:github\.com|api\.github\.com|codeload\.github\.com|gitlab\.com|bitbucket\.org|api\.bitbucket\.org|packagist\.org|repo\.packagist\.org)$/i.test(
    origin,
  )
}

/** The origin of a repository, under which its credentials are looked up. */
export function repositoryOrigin(entry: RepositoryEntry): string {
  return originOf(repositoryUrl(entry.url) ?? entry.url)
}
