import { dirname, join } from 'node:path'
import {
  type AuthEntry,
  type AuthJson,
  type AuthPath,
  EMPTY_AUTH_JSON,
  entriesOf,
  type InvalidAuthJson,
  readAuthJson,
  valueAt,
} from '../composer/auth-json.js'
import { withValues } from '../composer/auth-json-changes.js'
import { truthy } from '../composer/environment.js'
import { type Lease, leasedIndex, replacedBy, type Stood, saltedHash, standing } from './lease.js'
import { PRIVATE, readRegularFile, removeFile, replaceFile, temporaryNameFor } from './regular-file.js'
import { UnwritableFile } from './unwritable-file.js'

/** `COMPOSER_AUTH`, where a lease is for it too; fit for a step's state. */
export interface LeasedVariable {
  /** The file that keeps what the variable held before; it does not exist where the variable was empty. */
  readonly saved: string
  /** Salted hash of what the variable held before. */
  readonly found: string
  /** Salted hash of the text that we exported. */
  readonly exported: string
  /** By the order of the lease's fingerprints. */
  readonly stood: readonly Stood[]
}

export type MergedEnvironment =
  /** `replaced`: entries of others in the places of those that are set. */
  | {
      readonly kind: 'merged'
      readonly text: string
      readonly variable: LeasedVariable
      readonly replaced: readonly AuthEntry[]
    }
  | { readonly kind: 'invalid'; readonly invalid: InvalidAuthJson }

/**
 * `COMPOSER_AUTH` with some entries set, on one line: what it held for others stays.
 *
 * @param found what the variable holds now
 * @param folder where what it held is kept until the job ends
 */
export function mergedEnvironment(
  found: string | undefined,
  entries: readonly AuthEntry[],
  { id, salt }: Lease,
  folder: string,
): MergedEnvironment {
  const read = readVariable(found)
  if (read.kind === 'invalid') return { kind: 'invalid', invalid: read }
  const text = JSON.stringify(withValues(read, entries).data)
  const hashes = { found: saltedHash(salt, found ?? ''), exported: saltedHash(salt, text) }
  const variable = { saved: join(folder, savedName(id)), ...hashes, stood: standing(read, entries) }
  return { kind: 'merged', text, variable, replaced: replacedBy(entries, read) }
}

/** The name of the file in which a use keeps what the variable held. */
export function savedName(id: string): string {
  return `magento-composer-auth-${id}.env`
}

/**
 * Keeps what the variable held for whoever restores it. To be called before the variable is exported, and after the
 * lease is in the step's state: what is kept holds credentials, and nobody else would find it.
 *
 * @throws UnwritableFile
 */
export async function saveEnvironment({ saved }: LeasedVariable, found: string | undefined): Promise<void> {
  if (truthy(found) === undefined) return
  await replaceFile(saved, {
    bytes: found ?? '',
    mode: PRIVATE,
    owner: undefined,
    temporaryName: temporaryNameFor(saved, TEMPORARY),
  })
}

/**
 * Removes what was kept. Main may have been killed while it wrote that.
 *
 * @throws UnwritableFile
 */
export async function forgetEnvironment({ saved }: LeasedVariable): Promise<void> {
  await removeFile(saved)
  await removeFile(join(dirname(saved), temporaryNameFor(saved, TEMPORARY)))
}

const TEMPORARY = 'new'

/** What `COMPOSER_AUTH` is to hold after the job. */
export type RestoredEnvironment =
  /** Nobody else changed it: what it held before comes back, possibly nothing. */
  | { readonly kind: 'restored'; readonly text: string }
  /**
   * Our entries go, and what stood in their place comes back: another step changed the variable, or what it held before
   * is not to be found. Then `lost` is what cannot come back: entries that ours replaced.
   */
  | { readonly kind: 'entries-removed'; readonly text: string; readonly kept: boolean; readonly lost: boolean }
  /** Nothing of ours is in it. */
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'invalid-now' }

/**
 * Takes our entries out of `COMPOSER_AUTH`. A variable cannot be unset, only emptied, which Composer takes for the same.
 *
 * @param current what the variable holds now
 */
export async function restoredEnvironment(
  current: string | undefined,
  lease: Lease,
  variable: LeasedVariable,
): Promise<RestoredEnvironment> {
  const now = current ?? ''
  const hash = saltedHash(lease.salt, now)
  // Main was killed before it exported anything; or the step's own `env:` hides from its post step what it exported.
  if (hash === variable.found) return { kind: 'restored', text: now }
  const before = await keptText(lease, variable)
  if (hash === variable.exported && before !== undefined) return { kind: 'restored', text: before }
  const read = readVariable(now)
  if (read.kind === 'invalid') return { kind: 'invalid-now' }
  return withoutOurs(read, before, lease, variable)
}

/** What the variable held before; undefined where the file that kept it is gone, or is not what we wrote. */
async function keptText({ salt }: Lease, { saved, found }: LeasedVariable): Promise<string | undefined> {
  if (saltedHash(salt, '') === found) return ''
  try {
    // Of a text that counts as empty nothing is kept, and `0` is the other one.
    const text = (await readRegularFile(saved))?.bytes.toString() ?? '0'
    return saltedHash(salt, text) === found ? text : undefined
  } catch (error) {
    if (error instanceof UnwritableFile) return undefined
    throw error
  }
}

function withoutOurs(
  read: AuthJson,
  before: string | undefined,
  lease: Lease,
  { stood }: LeasedVariable,
): RestoredEnvironment {
  const old = before === undefined ? undefined : readVariable(before)
  const ours = entriesOf(read).flatMap((entry) => {
    const index = leasedIndex(lease, entry)
    // What stood there already is the user's.
    return index === undefined || stood[index] === 'the same' ? [] : [{ path: entry.path, stood: stood[index] }]
  })
  if (ours.length === 0) return { kind: 'nothing-there' }
  const valueBefore = (path: AuthPath) => (old?.kind === 'auth-json' ? valueAt(old, path) : undefined)
  const edited = withValues(
    read,
    ours.map(({ path }) => ({ path, value: valueBefore(path) })),
  )
  const kept = before !== undefined
  const lost = !kept && ours.some((entry) => entry.stood === 'another')
  return { kind: 'entries-removed', text: JSON.stringify(edited.data), kept, lost }
}

function readVariable(text: string | undefined): AuthJson | InvalidAuthJson {
  const set = truthy(text)
  return set === undefined ? EMPTY_AUTH_JSON : readAuthJson(Buffer.from(set))
}
