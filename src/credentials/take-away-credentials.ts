import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type AuthEntry, type AuthPath, readAuthJson, valueAt, withValue } from '../composer/auth-json.js'
import { isJsonObject, type JsonValue } from '../composer/json.js'
import {
  type AuthFile,
  authFileAt,
  isUntouched,
  loadSidecar,
  removeTemporaries,
  settled,
  storeAuthFile,
  storeSidecar,
} from './auth-file.js'
import { isLeased, type Lease } from './lease.js'
import { withLock } from './lock.js'
import {
  createFolder,
  type FoundFile,
  isThere,
  PRIVATE,
  readRegularFile,
  removeEmptyFolders,
  removeFile,
  UnwritableFile,
} from './regular-file.js'
import { secretsOf } from './secret-forms.js'
import { contentHash, deadOwners, isOwnersEntry, type Sidecar, withLeaving, withoutOwners } from './sidecar.js'

/** What became of the credentials of one use. Each is a sentence in the post step's log. */
export type TakenAway =
  | { readonly kind: 'nothing-there' }
  /** Byte for byte what was there before; or gone, where nothing was. */
  | { readonly kind: 'restored'; readonly existed: boolean }
  /** Another use of this action in the same job, or another job, still needs the file. */
  | { readonly kind: 'shared' }
  /** Somebody else wrote to the file as well: only our entry went. */
  | { readonly kind: 'entry-removed' }
  | { readonly kind: 'replaced-by-others' }
  | { readonly kind: 'invalid-now'; readonly holdsKey: boolean }
  | { readonly kind: 'unwritable'; readonly failure: UnwritableFile }

/**
 * Takes the credentials of one use away and puts back what stood there, whatever happened in between: main killed at any
 * point, other uses, other jobs, other programs.
 *
 * @param changed where main came so far as to change something; elsewhere an entry like ours is the user's own
 */
export async function takeAwayCredentials(lease: Lease, changed: readonly AuthPath[]): Promise<TakenAway> {
  const file = authFileAt(lease.path, lease.sidecar)
  try {
    // No folder, no credentials: main was killed before it wrote, or somebody removed Composer's home.
    if (![file.path, file.sidecar, file.lock].some(isThere)) return { kind: 'nothing-there' }
    // The runner's temporary folder may be gone by now.
    const folders = createFolder(dirname(file.lock))
    const result = await withLock(file.lock, lease.id, () => takeAwayLocked(file, lease, changed, folders))
    // Only now: the lock stood in the folder.
    removeEmptyFolders(folders)
    return result
  } catch (error) {
    if (error instanceof UnwritableFile) return { kind: 'unwritable', failure: error }
    throw error
  }
}

async function takeAwayLocked(
  file: AuthFile,
  lease: Lease,
  changed: readonly AuthPath[],
  emptied: string[],
): Promise<TakenAway> {
  removeTemporaries(file)
  const before = loadSidecar(file)
  const found = readRegularFile(file.path)
  if (before === undefined) return removeByFingerprint(file, lease, changed, found)
  if (!before.owners.some(({ id }) => id === lease.id)) return { kind: 'nothing-there' }

  const leaving = [lease.id, ...deadOwners(before, Date.now())]
  const after = withoutOwners(before, leaving)
  const last = after.owners.length === 0
  await announce(file, lease, withLeaving(before, leaving), after, found)
  const result = last
    ? await restore(file, lease, before, after, found)
    : await leave(file, lease, before, after, found)
  if (last) {
    removeFile(file.sidecar)
    emptied.push(...before.folders)
  }
  return result
}

/**
 * Says in the sidecar what is about to happen, since this process may be killed before it has happened: that these
 * owners will not be back, and which contents of auth.json will be ours. Without it the next use would take the owner
 * for a living one and give its entry back to the file.
 */
async function announce(
  file: AuthFile,
  lease: Lease,
  leaving: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<void> {
  const current = found === undefined ? undefined : readAuthJson(found.bytes)
  const ours = current?.kind === 'auth-json' && isUntouched(leaving, found)
  const known = ours ? [...leaving.known, contentHash(settled(current, leaving, after).text)] : leaving.known
  try {
    await storeSidecar(file, { ...leaving, known }, lease.id)
  } catch (error) {
    // A full disk: removing auth.json may work all the same.
    if (!(error instanceof UnwritableFile)) throw error
  }
}

/** The last owner leaves: the first bytes come back, or, where others wrote too, our entry alone goes. */
async function restore(
  file: AuthFile,
  lease: Lease,
  before: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<TakenAway> {
  const { first } = before
  if (!isUntouched(before, found) || first.kind === 'changed') return edit(file, lease, before, after, found)
  if (first.kind === 'absent') {
    removeFile(file.path)
    return { kind: 'restored', existed: false }
  }
  const bytes = Buffer.from(first.bytes, 'base64')
  if (found === undefined || !found.bytes.equals(bytes) || found.mode !== first.mode) {
    await storeAuthFile(file, { bytes, mode: first.mode, owner: first }, lease.id)
  }
  return { kind: 'restored', existed: true }
}

/** One of several owners leaves. */
async function leave(
  file: AuthFile,
  lease: Lease,
  before: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<TakenAway> {
  const untouched = isUntouched(before, found)
  const result = await edit(file, lease, before, after, found)
  const now = readRegularFile(file.path)
  // Contents that we made from what somebody else wrote must not count as ours: the first bytes would undo their work.
  const known = untouched && now !== undefined ? [contentHash(now.bytes)] : before.known
  await storeSidecar(file, { ...after, known }, lease.id)
  return result.kind === 'entry-removed' ? { kind: 'shared' } : result
}

async function edit(
  file: AuthFile,
  lease: Lease,
  before: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<TakenAway> {
  if (found === undefined) return { kind: 'replaced-by-others' }
  const current = readAuthJson(found.bytes)
  if (current.kind === 'invalid') {
    return { kind: 'invalid-now', holdsKey: before.owners.some(({ entries }) => holdsSecret(found.bytes, entries)) }
  }
  const ours = lease.entries.some(({ path }) => isOwnersEntry(before, path, valueAt(current, path)))
  const wanted = settled(current, before, after)
  const { first } = before
  const last = after.owners.length === 0
  // A file without anything of ours is another program's, and so is its mode: who made it 0600 meant it.
  const mode = last && ours && found.mode === PRIVATE && first.kind !== 'absent' ? first.mode : found.mode
  if (last && first.kind === 'absent' && holdsNothing(wanted.data)) removeFile(file.path)
  else if (wanted.text !== current.text || mode !== found.mode) {
    await storeAuthFile(file, { bytes: wanted.text, mode, owner: found }, lease.id)
  }
  return { kind: ours ? 'entry-removed' : 'replaced-by-others' }
}

/** Without the sidecar nothing can be put back; but our entry can be told by its fingerprint, and must not stay. */
async function removeByFingerprint(
  file: AuthFile,
  lease: Lease,
  changed: readonly AuthPath[],
  found: FoundFile | undefined,
): Promise<TakenAway> {
  if (found === undefined) return { kind: 'nothing-there' }
  const current = readAuthJson(found.bytes)
  if (current.kind === 'invalid') return { kind: 'nothing-there' }
  const ours = lease.entries.filter(
    (entry) =>
      changed.some((path) => isDeepStrictEqual(path, entry.path)) &&
      isLeased(lease.salt, entry, valueAt(current, entry.path)),
  )
  if (ours.length === 0) return { kind: 'nothing-there' }
  const wanted = ours.reduce((edited, { path }) => withValue(edited, path, undefined), current)
  await storeAuthFile(file, { bytes: wanted.text, mode: found.mode, owner: found }, lease.id)
  return { kind: 'entry-removed' }
}

function holdsSecret(bytes: Buffer, entries: readonly AuthEntry[]): boolean {
  return entries.flatMap(secretsOf).some((secret) => secret !== '' && bytes.includes(secret))
}

function holdsNothing(data: JsonValue): boolean {
  return (
    isJsonObject(data) &&
    Object.values(data).every((section) => isJsonObject(section) && Object.keys(section).length === 0)
  )
}
