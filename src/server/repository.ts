import { createHash } from 'node:crypto'
import type { HttpBasic } from '../composer/auth-json.js'
import { type JsonValue, parseJson } from '../composer/json.js'
import { type PackageVersion, type Root, readPackages, readProviders, readRoot } from '../composer/metadata.js'
import { packagesJsonUrl } from '../composer/origin.js'
import { nameMatches } from '../composer/repositories.js'
import { grouped } from '../grouped.js'
import { inParallel } from './parallel.js'
import type { Answer, Transport } from './transport.js'

/** Why a file of a repository cannot be used. */
export type Unusable =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly url: string }
  /** 200, but no JSON, or not the bytes that its sum promises. */
  | {
      readonly kind: 'content'
      readonly answer: Answer
      readonly url: string
      readonly problem: 'not-json' | 'checksum'
    }

/** The names that a repository shows to whoever asked. */
export type Listing =
  /** `groupOf` tells in which of its lists a name stands: names of one list are entitled together. */
  | { readonly kind: 'names'; readonly names: ReadonlySet<string>; readonly groupOf: (name: string) => string }
  /** It answers for one name at a time, and cannot be asked what it has. */
  | { readonly kind: 'by-name'; readonly mayHave: (name: string) => boolean }
  | { readonly kind: 'unusable'; readonly why: Unusable }

/** What a repository has of one name. */
export type Versions =
  | { readonly kind: 'versions'; readonly versions: readonly PackageVersion[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly why: Unusable }

/** A Composer repository on a server. Each thing is asked for once, however often it is wanted. */
export interface Repository {
  /** The URL of its packages.json. */
  readonly rootUrl: string
  /** packages.json, with what Composer would send. */
  root(): Promise<Answer>
  /** packages.json as somebody else, without a retry; not remembered. */
  rootAs(credentials: HttpBasic): Promise<Answer>
  /** Which names it has. Asks for packages.json and for the files that it includes, in parallel. */
  listing(): Promise<Listing>
  /** The versions of one package; `dev` asks for development versions as well. */
  versions(name: string, dev: boolean): Promise<Versions>
}

/** Files asked for at the same time, as many as Composer's connections to one host. Source: `CurlDownloader.php`. */
const PARALLEL = 8
/** Files that a repository may include, those of included files counted: a repository may not keep a job busy. */
const MAXIMUM_INCLUDES = 200

/** What the files of packages.json and its includes hold together. */
interface Contents {
  readonly root: Root
  /** v1: the list in which a name stands, and the sha256 of its package file. */
  readonly listed: ReadonlyMap<string, { readonly list: string; readonly sha256: string }>
  /** Packages that stand in packages.json or in an included file. */
  readonly inline: ReadonlyMap<string, readonly PackageVersion[]>
}

/** Opens a repository; nothing is asked yet. */
export function openRepository(url: string, transport: Transport): Repository {
  const rootUrl = packagesJsonUrl(url)
  // Source of the rule: `ComposerRepository::__construct`, `baseUrl`.
  const baseUrl = url.replace(/(?:\/[^/]+\.json)?(?:[?#].*)?$/, '').replace(/\/+$/, '')
  let rootAnswer: Promise<Answer> | undefined
  let contents: Promise<Contents | Unusable> | undefined
  const versions = new Map<string, Promise<Versions>>()

  const root = () => {
    rootAnswer ??= transport.get(rootUrl)
    return rootAnswer
  }

  async function loadContents(): Promise<Contents | Unusable> {
    const data = json(await root(), rootUrl, undefined)
    if ('kind' in data) return data
    const parsed = readRoot(data.value)
    const lists = await inParallel(PARALLEL, parsed.providerIncludes.slice(0, MAXIMUM_INCLUDES), async (include) => {
      const from = `${baseUrl}/${include.path.replaceAll('%hash%', include.sha256).replaceAll('$', '%24')}`
      return { path: include.path, file: json(await transport.get(from), from, { sha256: include.sha256 }) }
    })
    const listed = new Map<string, { list: string; sha256: string }>()
    for (const [name, sha256] of readProviders({ providers: parsed.providers })) listed.set(name, { list: '', sha256 })
    for (const { path, file } of lists) {
      if ('kind' in file) return file
      for (const [name, sha256] of readProviders(file.value)) listed.set(name, { list: path, sha256 })
    }
    const inline = await loadIncluded(parsed)
    return inline instanceof Map ? { root: parsed, listed, inline } : inline
  }

  /** Packages of packages.json itself and of the files that it includes, which may include others. */
  async function loadIncluded(parsed: Root): Promise<Map<string, PackageVersion[]> | Unusable> {
    const packages = [...parsed.packages]
    const seen = new Set<string>()
    let pending = parsed.includes.map(({ path }) => path)
    while (pending.length > 0) {
      const fresh = pending.filter((path) => !seen.has(path)).slice(0, MAXIMUM_INCLUDES - seen.size)
      for (const path of fresh) seen.add(path)
      const files = await inParallel(PARALLEL, fresh, async (path) => {
        const from = `${baseUrl}/${path}`
        return json(await transport.get(from), from, undefined)
      })
      pending = []
      for (const file of files) {
        if ('kind' in file) return file
        packages.push(...readPackages(file.value))
        pending.push(...readRoot(file.value).includes.map(({ path }) => path))
      }
    }
    return grouped(packages, ({ name }) => name)
  }

  const load = () => {
    contents ??= loadContents()
    return contents
  }

  async function loadVersions(name: string, dev: boolean): Promise<Versions> {
    const loaded = await load()
    if ('kind' in loaded) return { kind: 'unusable', why: loaded }
    const inline = loaded.inline.get(name)
    if (inline !== undefined) return { kind: 'versions', versions: inline }
    const { metadataUrl, providersUrl } = loaded.root
    if (metadataUrl !== undefined) {
      if (!mayHave(loaded.root, name)) return { kind: 'absent' }
      return versionsV2(absolute(metadataUrl, rootUrl), name, dev)
    }
    const entry = loaded.listed.get(name)
    if (entry === undefined || providersUrl === undefined) return { kind: 'absent' }
    const template = absolute(providersUrl, rootUrl)
    const from = template.replaceAll('%package%', name).replaceAll('%hash%', entry.sha256).replaceAll('$', '%24')
    const file = json(await transport.get(from), from, { sha256: entry.sha256 })
    return 'kind' in file ? { kind: 'unusable', why: file } : { kind: 'versions', versions: named(file.value, name) }
  }

  async function versionsV2(template: string, name: string, dev: boolean): Promise<Versions> {
    const files = await inParallel(2, dev ? [name, `${name}~dev`] : [name], async (file) => {
      const from = template.replaceAll('%package%', file)
      const answer = await transport.get(from)
      // Of v2 metadata, and of nothing else, 404 means: no such package.
      return answer.kind === 'answered' && answer.status === 404 ? undefined : json(answer, from, undefined)
    })
    const present = files.filter((file) => file !== undefined)
    const broken = present.find((file) => 'kind' in file)
    if (broken !== undefined && 'kind' in broken) return { kind: 'unusable', why: broken }
    const all = present.flatMap((file) => ('kind' in file ? [] : named(file.value, name)))
    return all.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions: all }
  }

  return {
    rootUrl,
    root,
    rootAs: (credentials) => transport.getOnceAs(rootUrl, credentials),
    listing: async () => {
      const loaded = await load()
      if ('kind' in loaded) return { kind: 'unusable', why: loaded }
      const { root: parsed, listed, inline } = loaded
      if (parsed.metadataUrl !== undefined && parsed.availablePatterns?.length !== 0) {
        return { kind: 'by-name', mayHave: (name) => inline.has(name) || mayHave(parsed, name) }
      }
      const names = new Set([...listed.keys(), ...inline.keys(), ...(parsed.available ?? [])])
      return { kind: 'names', names, groupOf: (name) => listed.get(name)?.list ?? '' }
    },
    versions: (name, dev) => {
      const key = `${name} ${dev}`
      const known = versions.get(key) ?? loadVersions(name, dev)
      versions.set(key, known)
      return known
    },
  }
}

/** Whether a v2 repository is asked for a name at all. Source: `ComposerRepository::lazyProvidersRepoContains`. */
function mayHave({ available, availablePatterns }: Root, name: string): boolean {
  if (available === undefined) return true
  return available.includes(name) || (availablePatterns ?? []).some((pattern) => nameMatches(pattern, name))
}

function named(data: JsonValue, name: string): PackageVersion[] {
  return readPackages(data).filter((version) => version.name === name)
}

/** URLs in packages.json that begin with a slash belong to its host. Source: `ComposerRepository::canonicalizeUrl`. */
function absolute(url: string, base: string): string {
  return url.startsWith('/') ? `${new URL(base).origin}${url}` : url
}

function json(
  answer: Answer,
  url: string,
  sum: { readonly sha256: string } | undefined,
): { value: JsonValue } | Unusable {
  if (answer.kind === 'failed' || answer.status >= 300) return { kind: 'answer', answer, url }
  if (sum !== undefined && createHash('sha256').update(answer.body).digest('hex') !== sum.sha256) {
    return { kind: 'content', answer, url, problem: 'checksum' }
  }
  const parsed = parseJson(answer.body)
  if (parsed.kind !== 'json' || typeof parsed.value !== 'object' || parsed.value === null) {
    return { kind: 'content', answer, url, problem: 'not-json' }
  }
  return { value: parsed.value }
}
