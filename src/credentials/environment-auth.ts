import { dirname, join } from 'node:path'
import {
  type AuthEntry,
  type AuthJson,
  EMPTY_AUTH_JSON,
  type InvalidAuthJson,
  readAuthJson,
  valueAt,
  withEntries,
  withValue,
} from '../composer/auth-json.js'
import { truthy } from '../composer/environment.js'
import { isLeased, type LeasedEntries, leased, saltedHash } from './lease.js'
import { PRIVATE, readRegularFile, removeFile, replaceFile, temporaryNameFor, UnwritableFile } from './regular-file.js'

/** What the post step must know of `COMPOSER_AUTH`; fit for a step's state. */
export interface EnvironmentLease extends LeasedEntries {
  /** The file that keeps what the variable held before; it does not exist where the variable was empty. */
  readonly saved: string
  /** Salted hash of what the variable held before. */
  readonly found: string
  /** Salted hash of the text that we exported. */
  readonly exported: string
}

export type MergedEnvironment =
  | { readonly kind: 'merged'; readonly text: string; readonly lease: EnvironmentLease }
  | { readonly kind: 'invalid'; readonly invalid: InvalidAuthJson }

/**
 * `COMPOSER_AUTH` with some entries set, on one line: what it held for others stays.
 *
 * @param found what the variable holds now
 * @param temporary the runner's temporary folder, where what it held is kept until the job ends
 */
export function mergedEnvironment(
  found: string | undefined,
  entries: readonly AuthEntry[],
  id: string,
  temporary: string,
): MergedEnvironment {
  const read = readVariable(found)
  if (read.kind === 'invalid') return { kind: 'invalid', invalid: read }
  const text = JSON.stringify(withEntries(read, entries).data)
  const own = leased(entries)
  const saved = join(temporary, `magento-composer-auth-${id}.env`)
  const hashes = { found: saltedHash(own.salt, found ?? ''), exported: saltedHash(own.salt, text) }
  return { kind: 'merged', text, lease: { ...own, saved, ...hashes } }
}

/**
 * Keeps what the variable held for whoever restores it. To be called before the variable is exported, and after the
 * lease is in the step's state: what is kept holds credentials, and nobody else would find it.
 *
 * @throws UnwritableFile
 */
export async function saveEnvironment({ saved }: EnvironmentLease, found: string | undefined): Promise<void> {
  if (truthy(found) === undefined) return
  await replaceFile(saved, {
    bytes: found ?? '',
    mode: PRIVATE,
    owner: undefined,
    temporaryName: temporaryNameFor(saved, TEMPORARY),
  })
}

const TEMPORARY = 'new'

/** What `COMPOSER_AUTH` is to hold after the job. */
export type RestoredEnvironment =
  /** Nobody else changed it: what it held before comes back, possibly nothing. */
  | { readonly kind: 'restored'; readonly text: string }
  /** Another step changed it: our entries go, and what stood in their place comes back. */
  | { readonly kind: 'entries-removed'; readonly text: string }
  /** Nothing of ours is in it. */
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'invalid-now' }
  | { readonly kind: 'unreadable'; readonly failure: UnwritableFile }

/**
 * Takes our entries out of `COMPOSER_AUTH`. A variable cannot be unset, only emptied, which Composer takes for the same.
 *
 * @param current what the variable holds now
 */
export function restoredEnvironment(current: string | undefined, lease: EnvironmentLease): RestoredEnvironment {
  try {
    const before = readRegularFile(lease.saved)?.bytes.toString() ?? ''
    removeFile(lease.saved)
    // Main may have been killed while it wrote that.
    removeFile(join(dirname(lease.saved), temporaryNameFor(lease.saved, TEMPORARY)))
    const now = current ?? ''
    // Main was killed before it exported anything; or the step's own `env:` hides from its post step what it exported.
    if (saltedHash(lease.salt, now) === lease.found) return { kind: 'restored', text: now }
    if (saltedHash(lease.salt, now) === lease.exported) return { kind: 'restored', text: before }
    const read = readVariable(now)
    if (read.kind === 'invalid') return { kind: 'invalid-now' }
    const ours = lease.entries.filter((entry) => isLeased(lease.salt, entry, valueAt(read, entry.path)))
    if (ours.length === 0) return { kind: 'nothing-there' }
    const old = readVariable(before)
    const edited = ours.reduce(
      (file, { path }) => withValue(file, path, old.kind === 'auth-json' ? valueAt(old, path) : undefined),
      read,
    )
    return { kind: 'entries-removed', text: JSON.stringify(edited.data) }
  } catch (error) {
    if (error instanceof UnwritableFile) return { kind: 'unreadable', failure: error }
    throw error
  }
}

function readVariable(text: string | undefined): AuthJson | InvalidAuthJson {
  const set = truthy(text)
  return set === undefined ? EMPTY_AUTH_JSON : readAuthJson(Buffer.from(set))
}
