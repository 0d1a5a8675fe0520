import { isJsonObject, type JsonObject, type JsonValue } from './json.js'
import { type Link, linksIn } from './link.js'
import { type Dist, distOf } from './lock-file.js'
import { isPackageName } from './package-name.js'
import { hasControls } from './project-file.js'
import { stabilityOf } from './versions/stability.js'
import { normalizedNumericBranch } from './versions/version.js'

/** One version of a package, as a repository's metadata describes it. */
export interface PackageVersion {
  readonly name: string
  /** Pretty. */
  readonly version: string
  /** As the repository gives it; undefined where it leaves that to Composer. */
  readonly versionNormalized: string | undefined
  readonly type: string
  readonly dist: Dist | undefined
  /** Whether Composer may clone it. */
  readonly hasSource: boolean
  /** Whether the repository tells when it was published. */
  readonly hasPublishedTime: boolean
  /** What a branch counts as besides its own name, normalized. Source: `ArrayLoader::getBranchAlias`. */
  readonly aliases: readonly string[]
  readonly requires: readonly Link[]
  /** What it stands in for: `replace` and `provide`. */
  readonly provides: readonly Link[]
}

/** What is kept of many versions: what they say alike is held once, and all of it is counted. */
export interface Held {
  readonly links: Map<string, Link>
  readonly texts: Map<string, string>
  /** Told what is kept further, in bytes; throws where that is too much. */
  readonly keep: (bytes: number) => void
}

/** Holds without a bound, for documents of our own. */
export function holdAnything(keep: Held['keep'] = () => {}): Held {
  return { links: new Map(), texts: new Map(), keep }
}

/** Source: composer/semver `VersionParser::DEFAULT_BRANCH_ALIAS`. */
const ANY_VERSION = '9999999-dev'
/** What is longer is no version that anybody asks for, and costs time wherever two are compared. Characters. */
const LONGEST_VERSION = 512
/** What an object takes with its place in a list, about. Bytes. */
const OBJECT = 80
const REFERENCE = 8
const NONE: readonly never[] = []

/**
 * Opens a reader for the entries of one document, which gives undefined for what is no version or not of the wanted name.
 * Objects that entries share, as those of a minified list do, are read once.
 */
export function versionReader(
  held: Held,
  only: string | undefined,
): (key: string, entry: JsonObject) => PackageVersion | undefined {
  const [requires, replaces, provides] = [linksReader(held), linksReader(held), linksReader(held)]
  const dists = once((dist) => distOf({ dist }))
  const branches = once(targetsByBranch)
  const dist = (value: JsonValue | undefined) => {
    const read = isJsonObject(value) ? dists(value) : undefined
    if (read !== undefined) held.keep(OBJECT + lengthOf(read))
    return read
  }
  const both = (one: readonly Link[], other: readonly Link[]): readonly Link[] => {
    if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one
    held.keep(REFERENCE * (one.length + other.length))
    return [...one, ...other]
  }
  return (key, entry) => {
    const name = textOf(entry.name) ?? key
    // A server's words, which go into what this action says.
    if (typeof entry.version !== 'string' || entry.version.length > LONGEST_VERSION || hasControls(entry.version))
      return undefined
    if ((only !== undefined && name.toLowerCase() !== only) || !isPackageName(name)) return undefined
    const { version } = entry
    const normalized = textOf(entry.version_normalized)
    held.keep(2 * OBJECT + version.length + (normalized?.length ?? 0))
    return {
      name: sharedText(held, name.toLowerCase()),
      version,
      versionNormalized: normalized !== undefined && normalized.length <= LONGEST_VERSION ? normalized : undefined,
      type: sharedText(held, textOf(entry.type) ?? 'library'),
      dist: dist(entry.dist),
      hasSource: isJsonObject(entry.source),
      hasPublishedTime: isTime(entry['published-time']),
      aliases: aliasesOf(version, entry, branches),
      requires: requires(entry.require),
      provides: both(replaces(entry.replace), provides(entry.provide)),
    }
  }
}

/** Source of the rule: `ArrayLoader::configureObject`. */
function isTime(value: JsonValue | undefined): boolean {
  return typeof value === 'number' || textOf(value) !== undefined
}

/** Does work once for each object. */
function once<Result>(work: (object: JsonObject) => Result): (object: JsonObject) => Result {
  const known = new WeakMap<JsonObject, { readonly result: Result }>()
  return (object) => {
    const entry = known.get(object) ?? { result: work(object) }
    known.set(object, entry)
    return entry.result
  }
}

/** Reads the lists of one kind in a document. Versions that follow each other mostly say the same, which is held once. */
function linksReader(held: Held): (section: JsonValue | undefined) => readonly Link[] {
  let last: readonly Link[] = NONE
  const read = once((section) => {
    const links = linksIn(section, (name, constraint) => sharedLink(held, name, constraint))
    if (links.length === last.length && links.every((link, index) => link === last[index])) return last
    held.keep(OBJECT + REFERENCE * links.length)
    // Copied, since a list that was filled one by one has room for more.
    last = links.slice()
    return last
  })
  return (section) => (isJsonObject(section) ? read(section) : NONE)
}

function sharedLink(held: Held, name: string, constraint: string): Link {
  const key = `${name} ${constraint}`
  const known = held.links.get(key)
  if (known !== undefined) return known
  held.keep(3 * OBJECT + key.length)
  const link = { name, constraint }
  held.links.set(key, link)
  return link
}

function sharedText(held: Held, text: string): string {
  const known = held.texts.get(text)
  if (known !== undefined) return known
  held.keep(OBJECT + text.length)
  held.texts.set(text, text)
  return text
}

function lengthOf({ url, shasum, reference, mirrors }: Dist): number {
  const texts = url.length + shasum.length + reference.length
  return mirrors.reduce((sum, mirror) => sum + OBJECT + mirror.url.length, texts)
}

type BranchTarget = readonly [branch: string, target: JsonValue]

/** The lines of `branch-alias` by their branches in lower case, of which several may be one. */
function targetsByBranch(aliases: JsonObject): Map<string, BranchTarget[]> {
  const found = new Map<string, BranchTarget[]>()
  for (const line of Object.entries(aliases)) {
    const branch = line[0].toLowerCase()
    const same = found.get(branch)
    if (same === undefined) found.set(branch, [line])
    else same.push(line)
  }
  return found
}

/**
 * What a branch counts as besides its own name: what it says itself, else any version if it is the default one.
 *
 * @param entry composer.json of the package, or what metadata says of this version of it
 */
export function aliasesOf(version: string, entry: JsonObject, targets = targetsByBranch): readonly string[] {
  if (stabilityOf(version) !== 'dev') return NONE
  const named = isJsonObject(entry.extra) ? entry.extra['branch-alias'] : undefined
  const alias = isJsonObject(named) ? namedAlias(targets(named).get(version.toLowerCase()) ?? []) : undefined
  if (alias !== undefined) return [alias]
  return entry['default-branch'] === true && numbersOf(version) === undefined ? [ANY_VERSION] : NONE
}

function namedAlias(targets: readonly BranchTarget[]): string | undefined {
  for (const [branch, target] of targets) {
    if (typeof target !== 'string' || target.length > LONGEST_VERSION) continue
    const branchTarget = target.endsWith('-dev') ? normalizedNumericBranch(target) : undefined
    const alias = target === ANY_VERSION ? target : branchTarget
    if (alias !== undefined && isWithin(target, branch)) return alias
  }
  return undefined
}

/** A branch of numbers counts as nothing but a part of itself: 1.x-dev as 1.2.x-dev, and never as 2.x-dev. */
function isWithin(target: string, branch: string): boolean {
  const [part, whole] = [numbersOf(target), numbersOf(branch)]
  return part === undefined || whole === undefined || part.startsWith(whole)
}

/** The numbers of 1.2.x-dev, with a dot behind each. */
function numbersOf(branch: string): string | undefined {
  const numbers = /^((?:\d+\.)*\d+)(?:\.x)?-dev$/i.exec(branch)?.[1]
  return numbers && `${numbers}.`
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
