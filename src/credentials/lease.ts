import { createHash, randomBytes } from 'node:crypto'
import type { AuthEntry, AuthPath } from '../composer/auth-json.js'
import { isJsonObject, type JsonValue } from '../composer/json.js'
import type { AuthFile } from './auth-file.js'

/** What the post step must know of one auth.json; fit for a step's state, which the runner shows in a debug log. */
export interface Lease extends LeasedEntries {
  readonly id: string
  readonly path: string
  readonly sidecar: string
}

/** An entry that is ours. */
export interface LeasedEntry {
  readonly path: AuthPath
  /** Tells our entry from another one where the sidecar is gone, without holding it. */
  readonly fingerprint: string
}

/** Entries of ours with a salt of their own, as they may stand in a step's state. */
export interface LeasedEntries {
  readonly salt: string
  readonly entries: readonly LeasedEntry[]
}

/** Entries as they may stand in a step's state. */
export function leased(entries: readonly AuthEntry[]): LeasedEntries {
  const salt = randomBytes(16).toString('hex')
  return { salt, entries: entries.map(({ path, value }) => ({ path, fingerprint: fingerprint(salt, value) })) }
}

/** A lease for credentials that are about to be written. */
export function leaseFor({ path, sidecar }: AuthFile, id: string, entries: readonly AuthEntry[]): Lease {
  return { id, path, sidecar, ...leased(entries) }
}

/** Whether what stands at an entry's path is what this use wrote there. */
export function isLeased(salt: string, { fingerprint: own }: LeasedEntry, value: JsonValue | undefined): boolean {
  return value !== undefined && fingerprint(salt, value) === own
}

/** A text as it may stand in a step's state: nobody can try keys out on it without the salt. */
export function saltedHash(salt: string, text: string): string {
  return createHash('sha256').update(`${salt}\0${text}`).digest('hex')
}

function fingerprint(salt: string, value: JsonValue): string {
  return saltedHash(salt, canonical(value))
}

/** The same text for the same value, whatever the order of its keys: another program may have written it anew. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, item: JsonValue) =>
    isJsonObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
  )
}
