import { entriesOf, readAuthJson } from '../composer/auth-json.js'
import { withValues } from '../composer/auth-json-changes.js'
import { LARGEST_AUTH_FILE } from '../composer/config.js'
import { type AuthFile, storeAuthFile } from './auth-file.js'
import { type Lease, type LeasedFile, leasedIndex } from './lease.js'
import { readRegularFile } from './regular-file.js'
import type { UnwritableFile } from './unwritable-file.js'

/** What became of them where the sidecar is gone, and with it what stood there before. */
export interface RecordLost {
  readonly kind: 'record-lost'
  /** Something of ours was there, and went. */
  readonly removed: boolean
  /** Something of somebody else's had stood in its place, and cannot come back. */
  readonly lost: boolean
  /** Something of ours may still be there: it could not be told from the user's own. */
  readonly left: boolean
  /** Why the sidecar, which is there and holds our entries too, cannot be read; undefined where it is none any more. */
  readonly unreadable: UnwritableFile | undefined
}

export type WithoutRecord =
  | RecordLost
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'invalid-now'; readonly holdsKey: 'unknown' }

const NOTHING_LOST = { kind: 'record-lost', removed: false, lost: false, left: false } as const

/**
 * Without the sidecar nothing can be put back; but our entries can be told by their fingerprints, and must not stay. What
 * stood there before with the same value is the user's, and does.
 *
 * @param unreadable why the sidecar cannot be read, where it is there
 * @throws UnwritableFile
 */
export async function takeAwayByFingerprints(
  file: AuthFile,
  lease: Lease,
  { stood }: LeasedFile,
  unreadable?: UnwritableFile,
): Promise<WithoutRecord> {
  const found = await readRegularFile(file.path, LARGEST_AUTH_FILE)
  if (found === undefined) {
    return unreadable === undefined ? { kind: 'nothing-there' } : { ...NOTHING_LOST, unreadable }
  }
  const current = readAuthJson(found.bytes)
  if (current.kind === 'invalid') return { kind: 'invalid-now', holdsKey: 'unknown' }
  const ours = entriesOf(current).flatMap((entry) => {
    const index = leasedIndex(lease, entry)
    return index === undefined ? [] : [{ path: entry.path, stood: stood?.[index] }]
  })
  const going = ours.filter((entry) => entry.stood === 'nothing' || entry.stood === 'another')
  const left = ours.some((entry) => entry.stood === undefined) || lease.count > lease.fingerprints.length
  if (going.length === 0 && !left && unreadable === undefined) return { kind: 'nothing-there' }
  const wanted = withValues(
    current,
    going.map(({ path }) => ({ path })),
  )
  if (going.length > 0) {
    await storeAuthFile(file, { bytes: wanted.text, mode: found.mode, owner: found }, lease.id)
  }
  const lost = going.some((entry) => entry.stood === 'another')
  return { kind: 'record-lost', removed: going.length > 0, lost, left, unreadable }
}
