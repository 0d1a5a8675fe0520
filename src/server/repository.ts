import { inParallel, REQUESTS_AT_ONCE } from '../bounds/in-parallel.js'
import { grouped } from '../collections/grouped.js'
import type { AdvertisedLists } from '../composer/advertised-lists.js'
import type { HttpBasic } from '../composer/http-basic.js'
import type { JsonValue } from '../composer/json.js'
import { type PackageVersion, type Root, readPackages, readProviders, readRoot } from '../composer/metadata.js'
import { packagesJsonUrl } from '../composer/origin.js'
import { anyMatches, withoutSlashesAtEnd } from '../composer/repositories.js'
import { holdAnything } from '../composer/version-entry.js'
import { type Read, readDocument, type Unreadable, type Unusable, withoutBody } from './document.js'
import type { Answer, Transport } from './transport.js'

export type { Unusable } from './document.js'

/** What came for packages.json, without the bytes of a good answer. */
export interface RootAnswer {
  readonly answer: Answer
  /** What is wrong with what stood in a good one. */
  readonly unreadable: Unreadable | undefined
}

/** The names that a repository shows to whoever asked. */
export type Listing =
  /** `groupOf` tells in which of its lists a name stands: names of one list are entitled together. */
  | { readonly kind: 'names'; readonly names: ReadonlySet<string>; readonly groupOf: (name: string) => string }
  /** It answers for one name at a time, and cannot be asked what it has. */
  | { readonly kind: 'by-name' }
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
  root(): Promise<RootAnswer>
  /** packages.json as somebody else, without a retry; not remembered. */
  rootAs(credentials: HttpBasic): Promise<RootAnswer>
  /** Which names it has. Asks for packages.json and for the files that it includes, in parallel. */
  listing(): Promise<Listing>
  /** What `listing` says, if the files that it needs were read for whatever reason; asks nothing. */
  readonly listed: Listing | undefined
  /** The lists about packages that packages.json names; undefined where that cannot be read. */
  lists(): Promise<RepositoryLists | undefined>
  /** The versions of one package; `dev` asks for development versions as well. */
  versions(name: string, dev: boolean): Promise<Versions>
}

/** Lists about packages, with whole URLs. */
export interface RepositoryLists extends AdvertisedLists {
  /** Whether the repository may have a name at all: for others they are not asked. */
  readonly mayHave: (name: string) => boolean
}

/**
 * Files that a repository may include, those of included files counted: a repository may not keep a job busy. Beyond them
 * it is not known what it has.
 */
const MAXIMUM_INCLUDES = 200

/** What the files of packages.json and its includes hold together. */
interface Contents {
  readonly root: Root
  readonly listed: Names
  /** Packages that stand in packages.json or in an included file. */
  readonly inline: ReadonlyMap<string, readonly PackageVersion[]>
  /** Whether all files that it names were asked for: see `MAXIMUM_INCLUDES`. */
  readonly complete: boolean
}

/** v1: the list in which a name stands, and the sha256 of its package file. */
type Names = ReadonlyMap<string, { readonly list: string; readonly sha256: string }>

/** What a name in a list takes beside its letters. Bytes. */
const NAME = 200

/** Opens a repository; nothing is asked yet. */
export function openRepository(url: string, transport: Transport): Repository {
  const rootUrl = packagesJsonUrl(url)
  // Source of the rule: `ComposerRepository::__construct`, `baseUrl`.
  const baseUrl = withoutSlashesAtEnd(url.replace(/(?:\/[^/]+\.json)?(?:[?#].*)?$/, ''))
  const held = holdAnything(transport.keep)
  const listedNames = new Map<string, { list: string; sha256: string }>()
  let rootFile: ReturnType<typeof loadRoot> | undefined
  let contents: Promise<Contents | Unusable> | undefined
  let listed: Listing | undefined
  const versions = new Map<string, Promise<Versions>>()

  const root = () => {
    rootFile ??= loadRoot()
    return rootFile
  }

  async function loadRoot() {
    const answer = await transport.get(rootUrl)
    const file = readDocument(answer, rootUrl, undefined, (document) => {
      const parsed = readRoot(document, transport.keep)
      if (parsed.listsNames) takeNames(document, '')
      return { root: parsed, packages: parsed.holdsPackages ? readPackages(document, held) : [] }
    })
    return { ...rootAnswer(answer, file), file }
  }

  async function loadContents(): Promise<Contents | Unusable> {
    const { file } = await root()
    if (file.kind === 'unusable') return file
    const { root: parsed, packages } = file.taken
    const lists = await loadLists(parsed)
    if ('kind' in lists) return lists
    const included = await loadIncluded(parsed)
    if ('kind' in included) return included
    const inline = grouped([...packages, ...included.packages], ({ name }) => name)
    return { root: parsed, listed: listedNames, inline, complete: lists.complete && included.complete }
  }

  function takeNames(document: JsonValue, list: string): void {
    for (const [name, sha256] of readProviders(document)) {
      transport.keep(NAME + name.length + sha256.length)
      listedNames.set(name, { list, sha256 })
    }
  }

  /** The names of the lists that packages.json includes, which may include others. */
  async function loadLists(parsed: Root): Promise<{ complete: boolean } | Unusable> {
    if (parsed.providersUrl === undefined) return { complete: true }
    return followed(
      parsed.providerIncludes,
      ({ path, sha256 }) => ({
        from: `${baseUrl}/${path.replaceAll('%hash%', () => sha256)}`,
        sum: { sha256 },
      }),
      (document, { path }) => {
        takeNames(document, path)
        return readRoot(document, transport.keep).providerIncludes
      },
    )
  }

  /** Packages of the files that packages.json includes, which may include others. */
  async function loadIncluded(parsed: Root): Promise<{ packages: PackageVersion[]; complete: boolean } | Unusable> {
    const files: PackageVersion[][] = []
    const asked = await followed(
      parsed.includes,
      (path) => ({ from: `${baseUrl}/${path}`, sum: undefined }),
      (document) => {
        files.push(readPackages(document, held))
        return readRoot(document, transport.keep).includes
      },
    )
    return 'kind' in asked ? asked : { packages: files.flat(), complete: asked.complete }
  }

  /**
   * Asks for files, for the files that those name, and so on: each once, and not more than a repository may have.
   *
   * @param take what to keep of a file; gives the files that it names
   */
  async function followed<Link>(
    links: readonly Link[],
    describe: (link: Link) => { from: string; sum: { sha256: string } | undefined },
    take: (document: JsonValue, link: Link) => readonly Link[],
  ): Promise<{ complete: boolean } | Unusable> {
    const seen = new Set<string>()
    let pending = links
    while (pending.length > 0) {
      const fresh: Link[] = []
      for (const link of pending) {
        const { from } = describe(link)
        if (seen.has(from)) continue
        if (seen.size >= MAXIMUM_INCLUDES) return { complete: false }
        seen.add(from)
        fresh.push(link)
      }
      const files = await inParallel(REQUESTS_AT_ONCE, fresh, async (link) => {
        const { from, sum } = describe(link)
        const address = encoded(from)
        return readDocument(await transport.get(address), address, sum, (document) => take(document, link))
      })
      const further: Link[] = []
      for (const file of files) {
        if (file.kind === 'unusable') return file
        further.push(...file.taken)
      }
      pending = further
    }
    return { complete: true }
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
    if (!transport.mayAsk(from)) return { kind: 'unusable', why: undefined }
    const file = readDocument(await transport.get(from), from, { sha256: entry.sha256 }, versionsOf(name))
    return file.kind === 'unusable'
      ? { kind: 'unusable', why: file }
      : { kind: 'versions', versions: file.taken, stableOnly: true }
  }

  const versionsOf = (name: string) => (document: JsonValue) => readPackages(document, held, name)

  async function versionsByName(
    template: string,
    name: string,
    names: readonly string[],
    stableOnly: boolean,
  ): Promise<Versions> {
    const urls = names.map((file) => encoded(template.replaceAll('%package%', () => file)))
    if (!urls.every(transport.mayAsk)) return { kind: 'unusable', why: undefined }
    const files = await inParallel(2, urls, async (from) => {
      const answer = await transport.get(from)
      // Where one asks for single names, and nowhere else, 404 means: no such package.
      return answer.kind === 'answered' && answer.status === 404
        ? undefined
        : readDocument(answer, from, undefined, versionsOf(name))
    })
    const broken = files.find((file) => file?.kind === 'unusable')
    if (broken?.kind === 'unusable') return { kind: 'unusable', why: broken }
    const all = files.flatMap((file) => (file?.kind === 'read' ? file.taken : []))
    return all.length === 0 ? { kind: 'absent' } : { kind: 'versions', versions: all, stableOnly }
  }

  return {
    rootUrl,
    root,
    rootAs: async (credentials) => {
      const answer = await transport.getOnceAs(rootUrl, credentials)
      return rootAnswer(
        answer,
        readDocument(answer, rootUrl, undefined, () => undefined),
      )
    },
    listing: async () => listingOf(await load()),
    get listed() {
      return listed
    },
    lists: async () => {
      const { file } = await root()
      return file.kind === 'unusable' ? undefined : listsOf(file.taken.root, rootUrl)
    },
    versions: (name, dev) => {
      const key = `${name} ${dev}`
      const known = versions.get(key) ?? loadVersions(name, dev)
      versions.set(key, known)
      return known
    },
  }
}

function listsOf(root: Root, rootUrl: string): RepositoryLists {
  const { filter, advisoriesUrl } = root.lists
  return {
    filter: filter && { ...filter, url: absolute(filter.url, rootUrl) },
    advisoriesUrl: advisoriesUrl && absolute(advisoriesUrl, rootUrl),
    mayHave: (name) => mayHave(root, name),
  }
}

function listingOf(loaded: Contents | Unusable): Listing {
  if ('kind' in loaded) return { kind: 'unusable', why: loaded }
  const { root, listed, inline, complete } = loaded
  const answersForMore = root.metadataUrl !== undefined && root.availablePatterns?.length !== 0
  if (!complete || root.lazyUrl !== undefined || answersForMore) return { kind: 'by-name' }
  const names = new Set([...listed.keys(), ...inline.keys(), ...(root.available ?? [])])
  return { kind: 'names', names, groupOf: (name) => listed.get(name)?.list ?? '' }
}

/** Whether a v2 repository is asked for a name at all. Source: `ComposerRepository::lazyProvidersRepoContains`. */
function mayHave({ available, availablePatterns }: Root, name: string): boolean {
  if (available === undefined) return true
  return available.has(name) || anyMatches(availablePatterns ?? [], name)
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

function rootAnswer(answer: Answer, file: Read<unknown> | Unusable): RootAnswer {
  return file.kind === 'read'
    ? { answer: withoutBody(answer), unreadable: undefined }
    : { answer: file.answer, unreadable: file.unreadable }
}
