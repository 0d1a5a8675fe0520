import { inParallel, REQUESTS_AT_ONCE } from '../bounds/in-parallel.js'
import { grouped } from '../collections/grouped.js'
import type { JsonValue } from '../composer/json.js'
import { type Root, readPackages, readProviders, readRoot } from '../composer/metadata.js'
import type { Held, PackageVersion } from '../composer/version-entry.js'
import { encoded } from './addresses.js'
import { type Answer, withoutBody } from './answer.js'
import { type Read, readDocument, type Unusable } from './document.js'
import { type ListedNames, openListedNames } from './listed-names.js'
import type { Transport } from './transport.js'

/** packages.json: what came, and what was read of it. */
export interface RootFile {
  readonly answer: Answer
  readonly file: Read<RootContents> | Unusable
}

interface RootContents {
  readonly root: Root
  readonly packages: readonly PackageVersion[]
  readonly listed: ListedNames
}

/** What the files of packages.json and its includes hold together. */
export interface Contents {
  readonly root: Root
  /** v1. */
  readonly listed: ListedNames
  /** Packages that stand in packages.json or in an included file. */
  readonly inline: ReadonlyMap<string, readonly PackageVersion[]>
  /** Whether all files that it names were asked for: see `MAXIMUM_INCLUDES`. */
  readonly complete: boolean
}

/**
 * Files that a repository may include, those of included files counted: a repository may not keep a job busy. Beyond them
 * it is not known what it has.
 */
const MAXIMUM_INCLUDES = 200

/** Asks for packages.json. */
export async function askForRoot(rootUrl: string, transport: Transport, held: Held): Promise<RootFile> {
  const answer = await transport.get(rootUrl)
  const file = readDocument(answer, rootUrl, undefined, (document) => {
    const root = readRoot(document, transport.keep)
    const listed = openListedNames(transport.keep)
    if (root.listsNames) addNames(listed, '', document)
    return { root, packages: root.holdsPackages ? readPackages(document, held) : [], listed }
  })
  // Kept as long as the repository is, and so without what was read.
  return { answer: file.kind === 'read' ? withoutBody(answer) : file.answer, file }
}

/** Asks for the files that packages.json includes, and that those include. */
export async function readContents(
  { file }: RootFile,
  baseUrl: string,
  transport: Transport,
  held: Held,
): Promise<Contents | Unusable> {
  if (file.kind === 'unusable') return file
  const { root, packages, listed } = file.taken
  const lists = await askForLists(root, baseUrl, transport, listed)
  if (lists.kind === 'unusable') return lists
  const included = await askForIncluded(root, baseUrl, transport, held)
  if (included.kind === 'unusable') return included
  const inline = grouped([...packages, ...included.files.flat()], ({ name }) => name)
  return { root, listed, inline, complete: lists.complete && included.complete }
}

function addNames(listed: ListedNames, list: string, document: JsonValue): void {
  for (const [name, sha256] of readProviders(document)) listed.add(list, name, sha256)
}

/** v1: the lists of names that packages.json includes, which may include others. */
async function askForLists(
  { providersUrl, providerIncludes }: Root,
  baseUrl: string,
  transport: Transport,
  listed: ListedNames,
): Promise<Followed | Unusable> {
  if (providersUrl === undefined) return { kind: 'followed', complete: true }
  return followed(
    transport,
    providerIncludes,
    ({ path, sha256 }) => ({ from: `${baseUrl}/${path.replaceAll('%hash%', () => sha256)}`, sum: { sha256 } }),
    (document, { path }) => {
      addNames(listed, path, document)
      return readRoot(document, transport.keep).providerIncludes
    },
  )
}

/** Files with packages that packages.json includes, which may include others. */
async function askForIncluded(
  { includes }: Root,
  baseUrl: string,
  transport: Transport,
  held: Held,
): Promise<(Followed & { readonly files: readonly PackageVersion[][] }) | Unusable> {
  const files: PackageVersion[][] = []
  const asked = await followed(
    transport,
    includes,
    (path) => ({ from: `${baseUrl}/${path}`, sum: undefined }),
    (document) => {
      files.push(readPackages(document, held))
      return readRoot(document, transport.keep).includes
    },
  )
  return asked.kind === 'unusable' ? asked : { ...asked, files }
}

/** Files were asked for: all that are named, or as many as a repository may have. */
interface Followed {
  readonly kind: 'followed'
  readonly complete: boolean
}

interface Asked {
  readonly from: string
  readonly sum: { readonly sha256: string } | undefined
}

/**
 * Asks for files, for the files that those name, and so on: each once, and not more than a repository may have.
 *
 * @param take what to keep of a file; gives the files that it names
 */
async function followed<Link>(
  transport: Transport,
  links: readonly Link[],
  describe: (link: Link) => Asked,
  take: (document: JsonValue, link: Link) => readonly Link[],
): Promise<Followed | Unusable> {
  const seen = new Set<string>()
  let pending = links
  while (pending.length > 0) {
    const fresh = new Map<string, Link>()
    for (const link of pending) {
      const { from } = describe(link)
      if (!seen.has(from) && !fresh.has(from)) fresh.set(from, link)
    }
    if (seen.size + fresh.size > MAXIMUM_INCLUDES) return { kind: 'followed', complete: false }
    for (const from of fresh.keys()) seen.add(from)
    const files = await inParallel(REQUESTS_AT_ONCE, [...fresh.values()], async (link) => {
      const { from, sum } = describe(link)
      const address = encoded(from)
      return readDocument(await transport.get(address), address, sum, (document) => take(document, link))
    })
    const broken = files.find((file) => file.kind === 'unusable')
    if (broken !== undefined) return broken
    pending = files.flatMap((file) => (file.kind === 'read' ? file.taken : []))
  }
  return { kind: 'followed', complete: true }
}
