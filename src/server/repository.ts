import type { AdvertisedLists } from '../composer/advertised-lists.js'
import type { SentCredentials } from '../composer/http-basic.js'
import type { Root } from '../composer/metadata.js'
import { packagesJsonUrl } from '../composer/origin.js'
import { withoutSlashesAtEnd } from '../composer/repositories.js'
import { holdAnything } from '../composer/version-entry.js'
import { absolute } from './addresses.js'
import { type Answer, withoutBody } from './answer.js'
import { type Read, readDocument, type Unreadable, type Unusable } from './document.js'
import { askForVersions, mayHave, type Versions } from './package-versions.js'
import { askForRoot, type Contents, type RootFile, readContents } from './repository-contents.js'
import type { Transport } from './transport.js'

export type { Unusable } from './document.js'
export type { Versions } from './package-versions.js'

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

/** A Composer repository on a server. Each thing is asked for once, however often it is wanted. */
export interface Repository {
  /** The URL of its packages.json. */
  readonly rootUrl: string
  /** packages.json, with what Composer would send. */
  root(): Promise<RootAnswer>
  /** packages.json as somebody else, without a retry; not remembered. */
  rootAs(credentials: SentCredentials): Promise<RootAnswer>
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

/** Opens a repository; nothing is asked yet. */
export function openRepository(url: string, transport: Transport): Repository {
  const rootUrl = packagesJsonUrl(url)
  // Source of the rule: `ComposerRepository::__construct`, `baseUrl`.
  const baseUrl = withoutSlashesAtEnd(url.replace(/(?:\/[^/]+\.json)?(?:[?#].*)?$/, ''))
  const held = holdAnything(transport.keep)
  const versions = new Map<string, Promise<Versions>>()
  let rootFile: Promise<RootFile> | undefined
  let contents: Promise<Contents | Unusable> | undefined
  let listed: Listing | undefined

  const root = () => {
    rootFile ??= askForRoot(rootUrl, transport, held)
    return rootFile
  }
  const load = () => {
    contents ??= root()
      .then((file) => readContents(file, baseUrl, transport, held))
      .then((loaded) => {
        listed = listingOf(loaded)
        return loaded
      })
    return contents
  }
  async function loadVersions(name: string, dev: boolean): Promise<Versions> {
    const loaded = await load()
    if ('kind' in loaded) return { kind: 'unusable', why: loaded }
    return askForVersions(loaded, name, dev, { rootUrl, transport, held })
  }

  return {
    rootUrl,
    root: async () => {
      const { answer, file } = await root()
      return rootAnswer(answer, file)
    },
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
  const names = new Set([...listed.names(), ...inline.keys(), ...(root.available ?? [])])
  return { kind: 'names', names, groupOf: (name) => listed.get(name)?.list ?? '' }
}

function rootAnswer(answer: Answer, file: Read<unknown> | Unusable): RootAnswer {
  return file.kind === 'read'
    ? { answer: withoutBody(answer), unreadable: undefined }
    : { answer: file.answer, unreadable: file.unreadable }
}
