import { inParallel } from '../bounds/in-parallel.js'
import type { JsonValue } from '../composer/json.js'
import { haveUid, type Root, readPackages } from '../composer/metadata.js'
import { anyMatches } from '../composer/repositories.js'
import type { Held, PackageVersion } from '../composer/version-entry.js'
import { absolute, encoded } from './addresses.js'
import { type Answer, withoutBody } from './answer.js'
import { readDocument, type Unusable } from './document.js'
import type { Contents } from './repository-contents.js'
import type { Transport } from './transport.js'

/** What a repository has of one name. */
export type Versions =
  /**
   * `stableOnly`: it has the name only if a version of it is stable enough, and else leaves it to the next repository, as
   * those of v1 do. Source: `ComposerRepository::loadPackages`, `whatProvides`.
   */
  | {
      readonly kind: 'versions'
      readonly versions: readonly PackageVersion[]
      readonly stableOnly: boolean
      /** Its file of v1, where that lacks what older versions of Composer want. */
      readonly lacking?: Unusable | undefined
    }
  | { readonly kind: 'absent' }
  /** `why` is undefined where nothing was asked: the address is one that keys may not go to, or a list is too long. */
  | { readonly kind: 'unusable'; readonly why: Unusable | undefined }

/** Where the files of a repository come from, and what is kept of them. */
interface Source {
  readonly rootUrl: string
  readonly transport: Transport
  readonly held: Held
}

/** The versions of a package, as the repository describes them; asks for its file where they stand in one of their own. */
export async function askForVersions(
  contents: Contents,
  name: string,
  dev: boolean,
  source: Source,
): Promise<Versions> {
  const found = await versionsIn(contents, name, dev, source)
  if (found.kind !== 'versions') return found
  const mirrors = contents.root.mirrors.map(({ url, ...rest }) => ({ ...rest, url: absolute(url, source.rootUrl) }))
  const versions = found.versions.map((version) => {
    const { dist } = version
    // Copied where it differs, which it hardly ever does.
    if (dist === undefined || (mirrors.length === 0 && dist.mirrors.length === 0)) return version
    return { ...version, dist: { ...dist, mirrors } }
  })
  return { ...found, versions }
}

/** Whether a v2 repository is asked for a name at all. Source: `ComposerRepository::lazyProvidersRepoContains`. */
export function mayHave({ available, availablePatterns }: Root, name: string): boolean {
  if (available === undefined) return true
  return available.has(name) || anyMatches(availablePatterns ?? [], name)
}

async function versionsIn(
  { root, inline, listed, complete }: Contents,
  name: string,
  dev: boolean,
  source: Source,
): Promise<Versions> {
  const here = inline.get(name)
  if (here !== undefined) return { kind: 'versions', versions: here, stableOnly: false }
  if (root.metadataUrl !== undefined) {
    if (!mayHave(root, name)) return { kind: 'absent' }
    const names = dev ? [name, `${name}~dev`] : [name]
    return askByName({ template: root.metadataUrl, name, files: names, stableOnly: false }, source)
  }
  const entry = listed.get(name)
  if (entry !== undefined && root.providersUrl !== undefined)
    return askBySum(root.providersUrl, name, entry.sha256, source)
  if (entry === undefined && root.lazyUrl !== undefined)
    return askByName({ template: root.lazyUrl, name, files: [name], stableOnly: true }, source)
  return entry === undefined && !complete ? { kind: 'unusable', why: undefined } : { kind: 'absent' }
}

/** v1: a file whose sum the repository gives; an empty one is not compared. Source: `ComposerRepository::fetchFile`. */
async function askBySum(template: string, name: string, sha256: string, source: Source): Promise<Versions> {
  const { rootUrl, transport } = source
  const url = absolute(template, rootUrl)
    .replaceAll('%package%', () => name)
    .replaceAll('%hash%', () => sha256)
  const from = encoded(url)
  if (!transport.mayAsk(from)) return { kind: 'unusable', why: undefined }
  const sum = sha256 === '' ? undefined : { sha256 }
  const answer = await transport.get(from)
  const file = readDocument(answer, from, sum, versionsOf(name, source))
  if (file.kind === 'unusable') return { kind: 'unusable', why: file }
  const { versions, haveUid } = file.taken
  return { kind: 'versions', versions, stableOnly: true, lacking: haveUid ? undefined : withoutUid(answer, from) }
}

/** What the files of one name are called, and how they count. */
interface ByName {
  readonly template: string
  readonly name: string
  readonly files: readonly string[]
  readonly stableOnly: boolean
}

async function askByName({ template, name, files, stableOnly }: ByName, source: Source): Promise<Versions> {
  const { rootUrl, transport } = source
  const urls = files.map((file) => encoded(absolute(template, rootUrl).replaceAll('%package%', () => file)))
  // A repository of a pull request can name repo.magento.com's over http: keys never go there, nor to anybody on the way.
  if (!urls.every(transport.mayAsk)) return { kind: 'unusable', why: undefined }
  const read = await inParallel(2, urls, async (from) => {
    const answer = await transport.get(from)
    // Where one asks for single names, and nowhere else, 404 means: no such package.
    if (answer.kind === 'answered' && answer.status === 404) return undefined
    const file = readDocument(answer, from, undefined, versionsOf(name, source))
    if (file.kind === 'unusable') return file
    // Those of v2 have none.
    const lacking = stableOnly && !file.taken.haveUid ? withoutUid(answer, from) : undefined
    return { kind: 'read' as const, versions: file.taken.versions, lacking }
  })
  const broken = read.find((file) => file?.kind === 'unusable')
  if (broken !== undefined) return { kind: 'unusable', why: broken }
  const documents = read.flatMap((file) => (file?.kind === 'read' ? [file] : []))
  const versions = documents.flatMap((file) => file.versions)
  if (versions.length === 0) return { kind: 'absent' }
  return { kind: 'versions', versions, stableOnly, lacking: documents[0]?.lacking }
}

interface NamedVersions {
  readonly versions: readonly PackageVersion[]
  readonly haveUid: boolean
}

function versionsOf(name: string, { held }: Source): (document: JsonValue) => NamedVersions {
  return (document) => ({ versions: readPackages(document, held, name), haveUid: haveUid(document, name) })
}

function withoutUid(answer: Answer, url: string): Unusable {
  return { kind: 'unusable', answer: withoutBody(answer), url, unreadable: { type: 'without-uid' } }
}
