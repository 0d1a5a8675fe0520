import { createHash } from 'node:crypto'
import type { HttpBasic } from '../composer/auth-json.js'
import { type JsonValue, parseJson } from '../composer/json.js'
import { type PackageVersion, type Root, readPackages, readProviders, readRoot } from '../composer/metadata.js'
import { isLoopback, packagesJsonUrl } from '../composer/origin.js'
import { anyMatches, withoutSlashesAtEnd } from '../composer/repositories.js'
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
  /**
   * `stableOnly`: it has the name only if a version of it is stable enough, and else leaves it to the next repository, as
   * those of v1 do. Source: `ComposerRepository::loadPackages`, `whatProvides`.
   */
  | { readonly kind: 'versions'; readonly versions: readonly PackageVersion[]; readonly stableOnly: boolean }
  | { readonly kind: 'absent' }
  /** `why` is undefined where nothing was asked: the address is one that keys may not go to, or a list is too long. */
  | { readonly kind: 'unusable'; readonly why: Unusable | undefined }

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
  /** What `listing` says, if the files that it needs were read for whatever reason; asks nothing. */
  readonly listed: Listing | undefined
  /** The versions of one package; `dev` asks for development versions as well. */
  versions(name: string, dev: boolean): Promise<Versions>
}

/** Files asked for at the same time, as many as Composer's connections to one host. Source: `CurlDownloader.php`. */
const PARALLEL = 8
/**
 * Files that a repository may include, those of included files counted: a repository may not keep a job busy. Beyond them
 * it is not known what it has.
 */
const MAXIMUM_INCLUDES = 200

/** What the files of packages.json and its includes hold together. */
interface Contents {
  readonly root: Root
  /** v1: the list in which a name stands, and the sha256 of its package file. */
  readonly listed: ReadonlyMap<string, { readonly list: string; readonly sha256: string }>
  /** Packages that stand in packages.json or in an included file. */
  readonly inline: ReadonlyMap<string, readonly PackageVersion[]>
  /** Whether all files that it names were asked for: see `MAXIMUM_INCLUDES`. */
  readonly complete: boolean
}

/** Opens a repository; nothing is asked yet. */
export function openRepository(url: string, transport: Transport): Repository {
  const rootUrl = packagesJsonUrl(url)
  // Source of the rule: `ComposerRepository::__construct`, `baseUrl`.
  const baseUrl = withoutSlashesAtEnd(url.replace(/(?:\/[^/]+\.json)?(?:[?#].*)?$/, ''))
  let rootAnswer: Promise<Answer> | undefined
  let contents: Promise<Contents | Unusable> | undefined
  let listed: Listing | undefined
  const versions = new Map<string, Promise<Versions>>()

  const root = () => {
    rootAnswer ??= transport.get(rootUrl)
    return rootAnswer
  }

  async function loadContents(): Promise<Contents | Unusable> {
    const data = json(await root(), rootUrl, undefined)
    if ('kind' in data) return data
    const parsed = readRoot(data.value)
    const lists = await loadLists(parsed)
    if ('kind' in lists) return lists
    const included = await loadIncluded(parsed)
    if ('kind' in included) return included
    const inline = grouped(included.packages, ({ name }) => name)
    return { root: parsed, listed: lists.listed, inline, complete: lists.complete && included.complete }
  }

  /** The names of packages.json itself and of the lists that it includes, which may include others. */
  async function loadLists(parsed: Root): Promise<Pick<Contents, 'listed' | 'complete'> | Unusable> {
    const listed = new Map<string, { list: string; sha256: string }>()
    for (const [name, sha256] of readProviders({ providers: parsed.providers })) listed.set(name, { list: '', sha256 })
    if (parsed.providersUrl === undefined) return { listed, complete: true }
    const asked = await followed(parsed.providerIncludes, ({ path, sha256 }) => ({
      from: `${baseUrl}/${path.replaceAll('%hash%', () => sha256)}`,
      sum: { sha256 },
      next: ({ providerIncludes }) => providerIncludes,
    }))
    if ('kind' in asked) return asked
    for (const { link, value } of asked.files) {
      for (const [name, sha256] of readProviders(value)) listed.set(name, { list: link.path, sha256 })
    }
    return { listed, complete: asked.complete }
  }

  /** Packages of packages.json itself and of the files that it includes, which may include others. */
  async function loadIncluded(parsed: Root): Promise<{ packages: PackageVersion[]; complete: boolean } | Unusable> {
    const asked = await followed(parsed.includes, ({ path }) => ({
      from: `${baseUrl}/${path}`,
      sum: undefined,
      next: ({ includes }) => includes,
    }))
    if ('kind' in asked) return asked
    const packages = [...parsed.packages, ...asked.files.flatMap(({ value }) => readPackages(value))]
    return { packages, complete: asked.complete }
  }

  /** Asks for files, for the files that those name, and so on: each once, and not more than a repository may have. */
  async function followed<Link>(
    links: readonly Link[],
    describe: (link: Link) => {
      from: string
      sum: { sha256: string } | undefined
      next: (file: Root) => readonly Link[]
    },
  ): Promise<{ files: { link: Link; value: JsonValue }[]; complete: boolean } | Unusable> {
    const files: { link: Link; value: JsonValue }[] = []
    const seen = new Set<string>()
    let pending = links
    while (pending.length > 0) {
      const fresh: Link[] = []
      for (const link of pending) {
        const { from } = describe(link)
        if (seen.has(from)) continue
        if (seen.size >= MAXIMUM_INCLUDES) return { files, complete: false }
        seen.add(from)
        fresh.push(link)
      }
      const answers = await inParallel(PARALLEL, fresh, async (link) => {
        const { from, sum, next } = describe(link)
        const address = encoded(from)
        return { link, next, file: json(await transport.get(address), address, sum) }
      })
      const further: Link[] = []
      for (const { link, next, file } of answers) {
        if ('kind' in file) return file
        files.push({ link, value: file.value })
        further.push(...next(readRoot(file.value)))
      }
      pending = further
    }
    return { files, complete: true }
  }

  const load = () => {
    contents ??= loadContents().then((loaded) => {
      listed = listingOf(loaded)
      return loaded
    })
    return contents
  }

  async function loadVersions(name: string, dev: boolean): Promise<Versions> {
    const loaded = await load()
    if ('kind' in loaded) return { kind: 'unusable', why: loaded }
    const found = await versionsIn(loaded, name, dev)
    if (found.kind !== 'versions') return found
    const mirrors = loaded.root.mirrors.map(({ url, ...rest }) => ({ ...rest, url: absolute(url, rootUrl) }))
    const versions = found.versions.map((version) => {
      return version.dist === undefined ? version : { ...version, dist: { ...version.dist, mirrors } }
    })
    return { ...found, versions }
  }

  async function versionsIn(loaded: Contents, name: string, dev: boolean): Promise<Versions> {
    const inline = loaded.inline.get(name)
    if (inline !== undefined) return { kind: 'versions', versions: inline, stableOnly: false }
    const { metadataUrl, lazyUrl, providersUrl } = loaded.root
    if (metadataUrl !== undefined) {
      if (!mayHave(loaded.root, name)) return { kind: 'absent' }
      return versionsByName(absolute(metadataUrl, rootUrl), name, dev ? [name, `${name}~dev`] : [name], false)
    }
    const entry = loaded.listed.get(name)
    if (entry === undefined && lazyUrl !== undefined)
      return versionsByName(absolute(lazyUrl, rootUrl), name, [name], true)
    if (entry === undefined && !loaded.complete) return { kind: 'unusable', why: undefined }
    if (entry === undefined || providersUrl === undefined) return { kind: 'absent' }
    const template = absolute(providersUrl, rootUrl)
    const from = encoded(template.replaceAll('%package%', () => name).replaceAll('%hash%', () => entry.sha256))
    if (!mayAsk(from)) return { kind: 'unusable', why: undefined }
    const file = json(await transport.get(from), from, { sha256: entry.sha256 })
    return 'kind' in file
      ? { kind: 'unusable', why: file }
      : { kind: 'versions', versions: named(file.value, name), stableOnly: true }
  }

  async function versionsByName(
    template: string,
    name: string,
    names: readonly string[],
    stableOnly: boolean,
  ): Promise<Versions> {
    const urls = names.map((file) => encoded(template.replaceAll('%package%', () => file)))
    if (!urls.every(mayAsk)) return { kind: 'unusable', why: undefined }
    const files = await inParallel(2, urls, async (from) => {
      const answer = await transport.get(from)
      // Where one asks for single names, and nowhere else, 404 means: no such package.
      return answer.kind === 'answered' && answer.status === 404 ? undefined : json(answer, from, undefined)
    })
    const present = files.filter((file) => file !== undefined)
    const broken = present.find((file) => 'kind' in file)
    if (broken !== undefined && 'kind' in broken) return { kind: 'unusable', why: broken }
    const all = present.flatMap((file) => ('kind' in file ? [] : named(file.value, name)))
    return all.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions: all, stableOnly }
  }

  return {
    rootUrl,
    root,
    rootAs: (credentials) => transport.getOnceAs(rootUrl, credentials),
    listing: async () => listingOf(await load()),
    get listed() {
      return listed
    },
    versions: (name, dev) => {
      const key = `${name} ${dev}`
      const known = versions.get(key) ?? loadVersions(name, dev)
      versions.set(key, known)
      return known
    },
  }
}

function listingOf(loaded: Contents | Unusable): Listing {
  if ('kind' in loaded) return { kind: 'unusable', why: loaded }
  const { root, listed, inline, complete } = loaded
  if (!complete || root.lazyUrl !== undefined) return { kind: 'by-name', mayHave: () => true }
  if (root.metadataUrl !== undefined && root.availablePatterns?.length !== 0) {
    return { kind: 'by-name', mayHave: (name) => inline.has(name) || mayHave(root, name) }
  }
  const names = new Set([...listed.keys(), ...inline.keys(), ...(root.available ?? [])])
  return { kind: 'names', names, groupOf: (name) => listed.get(name)?.list ?? '' }
}

/** Whether a v2 repository is asked for a name at all. Source: `ComposerRepository::lazyProvidersRepoContains`. */
function mayHave({ available, availablePatterns }: Root, name: string): boolean {
  if (available === undefined) return true
  return anyMatches(available, name) || anyMatches(availablePatterns ?? [], name)
}

function named(data: JsonValue, name: string): PackageVersion[] {
  return readPackages(data).filter((version) => version.name === name)
}

/**
 * URLs in packages.json that begin with a slash belong to its host, as its URL spells it: under another spelling Composer
 * holds other credentials. Source: `ComposerRepository::canonicalizeUrl`.
 */
function absolute(url: string, base: string): string {
  return url.startsWith('/') ? `${/^[^:]+:\/\/[^/]*/.exec(base)?.[0] ?? ''}${url}` : url
}

/** An address with what a server has put into it, fit to be asked for and shown; `$` as Composer writes it. */
function encoded(url: string): string {
  return url.replaceAll('$', '%24').replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, encodeURIComponent)
}

/**
 * Whether an address that a server names may be asked for: a repository of a pull request can name repo.magento.com's over
 * http, and keys never go there, nor to anybody on the way.
 */
function mayAsk(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
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
