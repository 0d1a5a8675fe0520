import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { HttpBasic } from '../composer/auth-json.js'
import { isJsonObject, type JsonValue, parseJson } from '../composer/json.js'

/**
 * What several uses of this action must know of one auth.json to take their credentials away in any order: a file of
 * its own, because a step's state is seen by that step alone.
 */
export interface Sidecar {
  readonly format: 1
  /** The file as the first owner found it, with the entries that a later use put there to stay (`cleanup: false`). */
  readonly first: FirstFound
  /**
   * For each host that an owner writes: the entry that stood there and was not ours, or that is to stay; null where
   * there was none.
   */
  readonly found: Readonly<Record<string, JsonValue>>
  /** SHA-256 of the contents that we wrote last, and of those that we were about to write. */
  readonly known: readonly string[]
  readonly owners: readonly Owner[]
  /** Folders that the owners created, outermost first. */
  readonly folders: readonly string[]
}

/** One use of this action whose post step has not run yet. */
export interface Owner {
  readonly id: string
  readonly host: string
  readonly entry: HttpBasic
  /** When it wrote its credentials: milliseconds since 1970. */
  readonly since: number
  /** Its post step has begun: whatever becomes of that, the entry must not come back. */
  readonly leaving: boolean
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
  return sidecar.owners.filter(({ since, leaving }) => leaving || now - since > LONGEST_JOB).map(({ id }) => id)
}

/** Whether an entry in auth.json is one that an owner wrote. */
export function isOwnersEntry(sidecar: Sidecar, host: string, entry: JsonValue | undefined): boolean {
  return sidecar.owners.some((owner) => owner.host === host && isDeepStrictEqual({ ...owner.entry }, entry))
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
 * What a host's entry is to be with these owners: the youngest owner's, else what was found before any of them;
 * undefined for none.
 */
export function entitledEntry(sidecar: Sidecar, host: string): JsonValue | undefined {
  // In the order in which they came, which is the lock's; clocks of containers may differ.
  const youngest = sidecar.owners.findLast((owner) => owner.host === host)
  if (youngest !== undefined) return { ...youngest.entry }
  return Object.hasOwn(sidecar.found, host) ? (sidecar.found[host] ?? undefined) : undefined
}

/** The sidecar's text. */
export function writeSidecar(sidecar: Sidecar): string {
  return `${JSON.stringify(sidecar, null, 2)}\n`
}

/** Reads a sidecar; undefined when it is none, as after another program wrote over it. */
export function readSidecar(bytes: Uint8Array): Sidecar | undefined {
  const parsed = parseJson(bytes)
  if (parsed.kind !== 'json' || !isJsonObject(parsed.value)) return undefined
  const { format, first, found, known, owners, folders } = parsed.value
  if (format !== 1 || !isJsonObject(found)) return undefined
  if (!isStrings(known) || !isStrings(folders) || !Array.isArray(owners)) return undefined
  const firstFound = readFirst(first)
  const readOwners = owners.map(readOwner)
  if (firstFound === undefined || !readOwners.every((owner) => owner !== undefined)) return undefined
  return { format, first: firstFound, found, known, folders, owners: readOwners }
}

function readFirst(value: JsonValue | undefined): FirstFound | undefined {
  if (!isJsonObject(value)) return undefined
  const { kind, bytes, mode, uid, gid } = value
  if (kind === 'absent') return { kind }
  if (typeof mode !== 'number' || typeof uid !== 'number' || typeof gid !== 'number') return undefined
  if (kind === 'changed') return { kind, mode, uid, gid }
  return kind === 'bytes' && typeof bytes === 'string' ? { kind, bytes, mode, uid, gid } : undefined
}

function readOwner(value: JsonValue): Owner | undefined {
  if (!isJsonObject(value) || !isJsonObject(value.entry)) return undefined
  const { id, host, since } = value
  const { username, password } = value.entry
  if (typeof id !== 'string' || typeof host !== 'string' || typeof since !== 'number') return undefined
  if (typeof username !== 'string' || typeof password !== 'string') return undefined
  return { id, host, since, leaving: value.leaving === true, entry: { username, password } }
}

function isStrings(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
