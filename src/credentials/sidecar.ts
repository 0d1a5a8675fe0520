import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { hasMoreValues, WRITTEN_BY_COMPOSER } from '../bounds/json-values.js'
import { type AuthEntry, type AuthPath, readAuthPath } from '../composer/auth-json.js'
import { isJsonObject, type JsonValue, parseJson } from '../composer/json.js'

/**
 * What several uses of this action must know of one auth.json to take their credentials away in any order: a file of
 * its own, because a step's state is seen by that step alone.
 */
export interface Sidecar {
  readonly format: 1
  /** The file as the first owner found it, with the entries that a later use put there to stay (`cleanup: false`). */
  readonly first: FirstFound
  /** For each place that an owner writes to: what stood there and was not ours, or what is to stay. */
  readonly found: readonly FoundEntry[]
  /** SHA-256 of the contents that we wrote last, and of those that we were about to write. */
  readonly known: readonly string[]
  readonly owners: readonly Owner[]
  /** Folders that the owners created, outermost first. */
  readonly folders: readonly string[]
}

/** One use of this action whose post step has not run yet. */
export interface Owner {
  readonly id: string
  readonly entries: readonly AuthEntry[]
  /** When it wrote its credentials: milliseconds since 1970. */
  readonly since: number
  /** Its post step has begun: whatever becomes of that, the entry must not come back. */
  readonly leaving: boolean
}

/** What stood at a path of auth.json; without a value nothing did. */
export interface FoundEntry {
  readonly path: AuthPath
  readonly value?: JsonValue
}

/**
 * `bytes` (base64) come back when nobody else touches the file. `changed`: somebody did, so the bytes would undo that
 * step's work, and only mode and owner are still good for anything.
 */
export type FirstFound =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'bytes'
      readonly bytes: string
      readonly mode: number
      readonly uid: number
      readonly gid: number
    }
  | { readonly kind: 'changed'; readonly mode: number; readonly uid: number; readonly gid: number }

/** A job lasts at most five days on a self-hosted runner: an owner older than that will not come back. Milliseconds. */
const LONGEST_JOB = 5 * 24 * 60 * 60 * 1000

/** SHA-256 of a file's contents, in hex. */
export function contentHash(contents: Uint8Array | string): string {
  return createHash('sha256').update(contents).digest('hex')
}

/** The ids of owners that will not come back: their job cannot be running any more, or their post step was killed. */
export function deadOwners(sidecar: Sidecar, now: number): string[] {
  // Dated ahead by as much is no living owner either: a clock was wrong, then or now.
  const isOver = (since: number) => Math.abs(now - since) > LONGEST_JOB
  return sidecar.owners.filter(({ since, leaving }) => leaving || isOver(since)).map(({ id }) => id)
}

/** Whether what stands at a path of auth.json is what an owner wrote there. */
export function isOwnersEntry(sidecar: Sidecar, path: AuthPath, value: JsonValue | undefined): boolean {
  return sidecar.owners.some(({ entries }) => {
    const entry = at(entries, path)
    return entry !== undefined && isDeepStrictEqual(entry.value, value)
  })
}

/** Every path that an owner writes to, each once. */
export function ownedPaths(sidecar: Sidecar): AuthPath[] {
  const paths = sidecar.owners.flatMap(({ entries }) => entries.map(({ path }) => path))
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]
}

/** The same sidecar with some owners on their way out. */
export function withLeaving(sidecar: Sidecar, ids: readonly string[]): Sidecar {
  return {
    ...sidecar,
    owners: sidecar.owners.map((owner) => (ids.includes(owner.id) ? { ...owner, leaving: true } : owner)),
  }
}

/** The same sidecar without some owners. */
export function withoutOwners(sidecar: Sidecar, ids: readonly string[]): Sidecar {
  return { ...sidecar, owners: sidecar.owners.filter(({ id }) => !ids.includes(id)) }
}

/**
 * What is to stand at a path with these owners: the youngest owner's entry, else what was found before any of them;
 * undefined for nothing.
 */
export function entitledValue(sidecar: Sidecar, path: AuthPath): JsonValue | undefined {
  // In the order in which they came, which is the lock's; clocks of containers may differ.
  const youngest = sidecar.owners.findLast(({ entries }) => at(entries, path) !== undefined)
  return youngest === undefined ? at(sidecar.found, path)?.value : at(youngest.entries, path)?.value
}

/** What was found, with what is to be remembered of some paths from now on. */
export function withFound(found: readonly FoundEntry[], changed: readonly FoundEntry[]): FoundEntry[] {
  return [...found.filter(({ path }) => at(changed, path) === undefined), ...changed]
}

function at<Item extends { readonly path: AuthPath }>(items: readonly Item[], path: AuthPath): Item | undefined {
  let index = indexes.get(items)
  if (index === undefined) {
    // Of two items with one path the first counts.
    index = new Map(items.toReversed().map((item) => [keyOf(item), item]))
    indexes.set(items, index)
  }
  return index.get(keyOf({ path })) as Item | undefined
}

/** The items of each list by their paths: a document with thousands of credentials has them looked up one by one. */
const indexes = new WeakMap<readonly object[], Map<string, { readonly path: AuthPath }>>()

function keyOf({ path }: { readonly path: AuthPath }): string {
  return JSON.stringify(path)
}

/** The sidecar's text. */
export function writeSidecar(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecar, null, 2)}\n`
}

/** Reads a sidecar; undefined when it is none, as after another program wrote over it. */
export function readSidecar(bytes: Uint8Array): Sidecar | undefined {
  if (hasMoreValues(bytes, WRITTEN_BY_COMPOSER.values)) return undefined
  const parsed = parseJson(bytes)
  if (parsed.kind !== 'json' || !isJsonObject(parsed.value)) return undefined
  const { format, first, found, known, owners, folders } = parsed.value
  if (format !== 1 || !Array.isArray(found)) return undefined
  if (!isStrings(known) || !isStrings(folders) || !Array.isArray(owners)) return undefined
  const firstFound = readFirst(first)
  const readFound = found.map(readFoundEntry)
  const readOwners = owners.map(readOwner)
  if (firstFound === undefined || !areRead(readOwners) || !areRead(readFound)) return undefined
  return { format, first: firstFound, found: readFound, known, folders, owners: readOwners }
}

function readFirst(value: JsonValue | undefined): FirstFound | undefined {
  if (!isJsonObject(value)) return undefined
  const { kind, bytes, mode, uid, gid } = value
  if (kind === 'absent') return { kind }
  if (!isWithin(mode, 0o777) || !isWithin(uid, LARGEST_ID) || !isWithin(gid, LARGEST_ID)) return undefined
  if (kind === 'changed') return { kind, mode, uid, gid }
  return kind === 'bytes' && typeof bytes === 'string' ? { kind, bytes, mode, uid, gid } : undefined
}

/** User and group ids are numbers of 32 bits. */
const LARGEST_ID = 2 ** 32 - 1

function isWithin(value: JsonValue | undefined, largest: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest
}

function readFoundEntry(item: JsonValue): FoundEntry | undefined {
  const path = isJsonObject(item) ? readAuthPath(item.path) : undefined
  if (!isJsonObject(item) || path === undefined) return undefined
  return item.value === undefined ? { path } : { path, value: item.value }
}

function readOwner(item: JsonValue): Owner | undefined {
  if (!isJsonObject(item) || !Array.isArray(item.entries)) return undefined
  const { id, since, leaving } = item
  const entries = item.entries.map(readFoundEntry)
  if (typeof id !== 'string' || typeof since !== 'number' || !entries.every(hasValue)) return undefined
  return { id, since, leaving: leaving === true, entries }
}

function hasValue(entry: FoundEntry | undefined): entry is AuthEntry {
  return entry?.value !== undefined
}

function areRead<Item>(items: readonly (Item | undefined)[]): items is readonly Item[] {
  return items.every((item) => item !== undefined)
}

function isStrings(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
