import type { Manifest, RepositoryEntry } from './manifest.js'
import { originOf } from './origin.js'

/** One repository that Composer asks, in its order. */
export interface EnabledRepository {
  readonly entry: RepositoryEntry
  /** Empty for packagist.org, which Composer adds by itself. */
  readonly named: 'project' | 'home' | 'default'
}

/** A repository that no file names, with what Composer takes for granted. */
export const UNNAMED_REPOSITORY: RepositoryEntry = {
  key: undefined,
  type: '',
  url: '',
  only: [],
  exclude: [],
  canonical: true,
  inline: [],
  hasOptions: false,
  filter: true,
  requiresPublishedTime: true,
  hasHeaders: false,
  versions: new Map(),
  position: { line: 1, column: 1 },
}

const PACKAGIST: RepositoryEntry = {
  ...UNNAMED_REPOSITORY,
  key: 'packagist.org',
  type: 'composer',
  url: 'https://repo.packagist.org',
}

/**
 * The repositories that Composer asks, in its order: the project's, the home's, then packagist.org unless it is switched
 * off or named by hand.
 *
 * Source of the rule: `Config::merge`, `RepositoryFactory::defaultRepos`.
 */
export function enabledRepositories(manifest: Manifest | undefined, home: Manifest | undefined): EnabledRepository[] {
  const withHome = merged([{ entry: PACKAGIST, named: 'default' }], home, 'home')
  return merged(withHome, manifest, 'project')
}

/**
 * New repositories stand before the known ones; one whose name is known takes its place. `false` switches a known one off.
 */
function merged(
  known: readonly EnabledRepository[],
  manifest: Manifest | undefined,
  named: 'project' | 'home',
): EnabledRepository[] {
  if (manifest === undefined) return [...known]
  const { repositories, disabled } = manifest
  const off = new Set(disabled)
  if (repositories.some(isPackagist)) off.add('packagist.org')
  const own = new Map(repositories.flatMap((entry) => (entry.key === undefined ? [] : [[entry.key, entry]])))
  const left = known.filter(({ entry: { key } }) => key === undefined || !off.has(key))
  const replaced = new Set(left.flatMap(({ entry: { key } }) => (key !== undefined && own.has(key) ? [key] : [])))
  return [
    ...repositories.filter(({ key }) => key === undefined || !replaced.has(key)).map((entry) => ({ entry, named })),
    ...left.map((repository) => {
      const { key } = repository.entry
      const entry = key === undefined ? undefined : own.get(key)
      return entry === undefined ? repository : { entry, named }
    }),
  ]
}

function isPackagist({ type, url }: RepositoryEntry): boolean {
  return type === 'composer' && /^https?:\/\/(?:[a-z0-9.-]+\.)?packagist\.org(?:\/|$)/.test(url)
}

/** Whether a repository may serve a name at all. Source of the rule: `FilterRepository.php`. */
export function mayServe({ only, exclude }: RepositoryEntry, name: string): boolean {
  return only.length > 0 ? anyMatches(only, name) : !anyMatches(exclude, name)
}

/** Patterns that are names, to be looked up, and the others, to be tried. */
interface NamePatterns {
  readonly names: ReadonlySet<string>
  readonly patterns: readonly string[]
}

const sorted = new WeakMap<readonly string[], NamePatterns>()

/** Whether a name matches one of some patterns, of which there may be thousands, asked for thousands of names. */
export function anyMatches(all: readonly string[], name: string): boolean {
  if (all.length === 0) return false
  const known = sorted.get(all) ?? {
    names: new Set(all.filter((pattern) => !pattern.includes('*')).map((pattern) => pattern.toLowerCase())),
    patterns: all.filter((pattern) => pattern.includes('*')),
  }
  sorted.set(all, known)
  return known.names.has(name.toLowerCase()) || known.patterns.some((pattern) => nameMatches(pattern, name))
}

/** Whether a package's name matches a pattern in which `*` stands for anything. Source: `BasePackage::packageNameToRegexp`. */
export function nameMatches(pattern: string, name: string): boolean {
  // By hand, since a regular expression of many `.*` takes ages to find out that a name does not match, and the pattern
  // may come from a pull request or from a server.
  const text = name.toLowerCase()
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let from = first.length
  for (const part of rest) {
    const at = text.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return from <= text.length - last.length
}

/**
 * A repository's URL as Composer uses it: without a scheme it reads `http://`, which `secure-http` then refuses.
 * Undefined for what is no URL.
 *
 * Source of the rule: `ComposerRepository::__construct`.
 */
export function repositoryUrl(url: string): string | undefined {
  const withScheme = /^[\w.]+\??:\/\//.test(url) ? url.replace(/^https\?/, 'https') : `http://${url}`
  return URL.canParse(withScheme) ? withoutSlashesAtEnd(withScheme) : undefined
}

/** By hand: a regular expression looks at a long row of slashes again from each of them. */
export function withoutSlashesAtEnd(text: string, slashes = '/'): string {
  let end = text.length
  while (end > 0 && slashes.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** Hosts of public forges and of packagist, at which nothing is asked: their archives need no keys of this kind. */
export function isPublicForge(origin: string): boolean {
  return /^(?:github\.com|api\.github\.com|codeload\.github\.com|gitlab\.com|bitbucket\.org|api\.bitbucket\.org|packagist\.org|repo\.packagist\.org)$/i.test(
    origin,
  )
}

/**
 * The address under which the files of a repository lie; undefined for what is no URL. Source: `ComposerRepository::__construct`,
 * `baseUrl`.
 */
export function repositoryBase({ url }: Pick<RepositoryEntry, 'url'>): string | undefined {
  const address = repositoryUrl(url)?.replace(/(?:\/[^/\\]+\.json)?(?:[?#].*)?$/, '')
  return address === undefined ? undefined : withoutSlashesAtEnd(address)
}

/** The origin of a repository, under which its credentials are looked up. */
export function repositoryOrigin(entry: RepositoryEntry): string {
  return originOf(repositoryUrl(entry.url) ?? entry.url)
}
