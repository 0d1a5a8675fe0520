import { createHash, randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type AuthEntry, type AuthJson, valueAt } from '../composer/auth-json.js'
import { isJsonObject, type JsonValue } from '../composer/json.js'
import { hostsOf } from '../problems/phrases.js'
import type { AuthFile } from './auth-file.js'

/** What the post step must know of one use's credentials; fit for a step's state, which the runner shows in a debug log. */
export interface Lease {
  /** Random. Whatever the post step finds is obeyed only where it names this. */
  readonly id: string
  readonly salt: string
  /** Tell our entries from others' without holding them; of many entries the first ones. */
  readonly fingerprints: readonly string[]
  /** How many entries there are. */
  readonly count: number
  /** Hosts and settings in words, cut where they are many. */
  readonly hosts: string
}

/** One auth.json that a lease is for. */
export interface LeasedFile extends Pick<AuthFile, 'path' | 'sidecar'> {
  /** By the fingerprints' order; undefined as long as main has not come so far as to write there. */
  readonly stood: readonly Stood[] | undefined
}

/** What stood in the place of an entry before this use wrote it. */
export const STOOD = ['nothing', 'the same', 'another'] as const
export type Stood = (typeof STOOD)[number]

/**
 * The system hands state to the post step in one variable, and starts no program with one of 128 KiB or more. With so
 * many fingerprints a state has some 40 KiB; what they do not cover the sidecar does.
 */
export const MOST_FINGERPRINTS = 500
const LONGEST_WORDS = 300

/** A lease for credentials that are about to be written. */
export function leaseFor(id: string, entries: readonly AuthEntry[]): Lease {
  const salt = randomBytes(16).toString('hex')
  const words = hostsOf(entries.map(({ path }) => path))
  const hosts = words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words
  return { id, salt, fingerprints: fingerprintsOf(salt, entries), count: entries.length, hosts }
}

/** What stands in the places of entries, to be taken down before they are written. */
export function standing(file: AuthJson, entries: readonly AuthEntry[]): Stood[] {
  return entries.slice(0, MOST_FINGERPRINTS).map(({ path, value }) => {
    const found = valueAt(file, path)
    if (found === undefined) return 'nothing'
    return isDeepStrictEqual(found, value) ? 'the same' : 'another'
  })
}

/** The entries of somebody else that stand in the places of these, and are secret as long as they do not: servers may know them. */
export function replacedBy(entries: readonly AuthEntry[], file: AuthJson): AuthEntry[] {
  return entries.flatMap(({ path, value }) => {
    const found = valueAt(file, path)
    return found === undefined || isDeepStrictEqual(found, value) ? [] : [{ path, value: found }]
  })
}

/** Which of a lease's entries this is, by its place among the fingerprints; undefined for none of them. */
export function leasedIndex({ salt, fingerprints }: Lease, entry: AuthEntry): number | undefined {
  const index = fingerprints.indexOf(fingerprint(salt, entry))
  return index === -1 ? undefined : index
}

/** Whether these entries are the lease's: nobody can have made them up who does not know what was written. */
export function isLeased({ salt, fingerprints, count }: Lease, entries: readonly AuthEntry[]): boolean {
  return entries.length === count && isDeepStrictEqual(fingerprintsOf(salt, entries), fingerprints)
}

/** A text as it may stand in a step's state: nobody can try keys out on it without the salt. */
export function saltedHash(salt: string, text: string): string {
  return createHash('sha256').update(`${salt}\0${text}`).digest('hex')
}

function fingerprintsOf(salt: string, entries: readonly AuthEntry[]): string[] {
  return entries.slice(0, MOST_FINGERPRINTS).map((entry) => fingerprint(salt, entry))
}

/** 64 bits: enough to tell entries of one file apart. */
function fingerprint(salt: string, { path, value }: AuthEntry): string {
  return saltedHash(salt, canonical([...path, value])).slice(0, 16)
}

/** The same text for the same value, whatever the order of its keys: another program may have written it anew. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_, item: JsonValue) =>
    isJsonObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
  )
}
