import { type AuthEntry, readAuthJson, valueAt } from '../composer/auth-json.js'
import { LARGEST_AUTH_FILE } from '../composer/config.js'
import { isJsonObject, type JsonValue } from '../composer/json.js'
import { secretsOf } from '../text/secret-forms.js'
import {
  type AuthFile,
  authFileAt,
  createSidecarFolder,
  isUntouched,
  loadSidecar,
  removeTemporaries,
  settled,
  storeAuthFile,
  storeSidecar,
} from './auth-file.js'
import { withLock } from './file-lock.js'
import { removeEmptyFolders } from './folder.js'
import { isLeased, type Lease, type LeasedFile } from './lease.js'
import { type FoundFile, isThere, PRIVATE, readRegularFile, removeFile } from './regular-file.js'
import {
  contentHash,
  deadOwners,
  isOwnersEntry,
  type Owner,
  type Sidecar,
  withLeaving,
  withoutOwners,
} from './sidecar.js'
import { UnwritableFile } from './unwritable-file.js'
import { takeAwayByFingerprints, type WithoutRecord } from './without-record.js'

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
  | { readonly kind: 'invalid-now'; readonly holdsKey: 'yes' | 'no' | 'unknown' }
  | WithoutRecord
  | { readonly kind: 'unwritable'; readonly failure: UnwritableFile }

/**
 * Takes the credentials of one use away and puts back what stood there, whatever happened in between: main killed at any
 * point, other uses, other jobs, other programs.
 *
 * The sidecar is obeyed where it names this use's id with this use's entries. Neither can anybody have made up who wrote
 * a file into a commit or a variable into the job.
 */
export async function takeAwayCredentials(lease: Lease, leased: LeasedFile): Promise<TakenAway> {
  const file = authFileAt(leased.path, leased.sidecar)
  try {
    // No folder, no credentials: main was killed before it wrote, or somebody removed Composer's home.
    if (![file.path, file.sidecar, file.lock].some(isThere)) return { kind: 'nothing-there' }
    const folders = sidecarFolder(file)
    // No place for a lock, so nobody else holds one.
    if (folders === undefined) return await takeAwayByFingerprints(file, lease, leased)
    const result = await withLock(file.lock, lease.id, () => takeAwayLocked(file, lease, leased, folders))
    // Only now: the lock stood in the folder.
    removeEmptyFolders(folders)
    return result
  } catch (error) {
    if (error instanceof UnwritableFile) return { kind: 'unwritable', failure: error }
    throw error
  }
}

async function failureOf(work: () => Promise<void>): Promise<UnwritableFile | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof UnwritableFile) return error
    throw error
  }
}

/** Creates the sidecar's folder, which may be gone by now; undefined where that is not possible any more. */
function sidecarFolder(file: AuthFile): string[] | undefined {
  try {
    return createSidecarFolder(file)
  } catch (error) {
    if (error instanceof UnwritableFile) return undefined
    throw error
  }
}

async function takeAwayLocked(file: AuthFile, lease: Lease, leased: LeasedFile, emptied: string[]): Promise<TakenAway> {
  const inTheWay = await failureOf(() => removeTemporaries(file))
  const result = await takeAway(file, lease, leased, emptied)
  // A file of ours that stays is said last: what can be taken away is by now.
  return inTheWay === undefined ? result : { kind: 'unwritable', failure: inTheWay }
}

async function takeAway(file: AuthFile, lease: Lease, leased: LeasedFile, emptied: string[]): Promise<TakenAway> {
  let before: Sidecar | undefined
  const unreadable = await failureOf(async () => {
    before = await loadSidecar(file)
  })
  const own = before?.owners.find(({ id }) => id === lease.id)
  if (before !== undefined && own === undefined) return { kind: 'nothing-there' }
  if (before === undefined || own === undefined || !isLeased(lease, own.entries)) {
    return takeAwayByFingerprints(file, lease, leased, unreadable)
  }
  const found = await readRegularFile(file.path, LARGEST_AUTH_FILE)

  const leaving = [lease.id, ...deadOwners(before, Date.now())]
  const after = withoutOwners(before, leaving)
  const last = after.owners.length === 0
  await announce(file, own, withLeaving(before, leaving), after, found)
  const result = last ? await restore(file, own, before, after, found) : await leave(file, own, before, after, found)
  if (last) {
    await removeFile(file.sidecar)
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
  own: Owner,
  leaving: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<void> {
  const current = found === undefined ? undefined : readAuthJson(found.bytes)
  const ours = current?.kind === 'auth-json' && isUntouched(leaving, found)
  const known = ours ? [...leaving.known, contentHash(settled(current, leaving, after).text)] : leaving.known
  try {
    await storeSidecar(file, { ...leaving, known }, own.id)
  } catch (error) {
    // A full disk: removing auth.json may work all the same.
    if (!(error instanceof UnwritableFile)) throw error
  }
}

/** The last owner leaves: the first bytes come back, or, where others wrote too, our entry alone goes. */
async function restore(
  file: AuthFile,
  own: Owner,
  before: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<TakenAway> {
  const { first } = before
  if (!isUntouched(before, found) || first.kind === 'changed') return edit(file, own, before, after, found)
  if (first.kind === 'absent') {
    await removeFile(file.path)
    return { kind: 'restored', existed: false }
  }
  const bytes = Buffer.from(first.bytes, 'base64')
  if (found === undefined || !found.bytes.equals(bytes) || found.mode !== first.mode) {
    await storeAuthFile(file, { bytes, mode: first.mode, owner: first }, own.id)
  }
  return { kind: 'restored', existed: true }
}

/** One of several owners leaves. */
async function leave(
  file: AuthFile,
  own: Owner,
  before: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<TakenAway> {
  const untouched = isUntouched(before, found)
  const result = await edit(file, own, before, after, found)
  const now = await readRegularFile(file.path, LARGEST_AUTH_FILE)
  // Contents that we made from what somebody else wrote must not count as ours: the first bytes would undo their work.
  const known = untouched && now !== undefined ? [contentHash(now.bytes)] : before.known
  await storeSidecar(file, { ...after, known }, own.id)
  return result.kind === 'entry-removed' ? { kind: 'shared' } : result
}

async function edit(
  file: AuthFile,
  own: Owner,
  before: Sidecar,
  after: Sidecar,
  found: FoundFile | undefined,
): Promise<TakenAway> {
  if (found === undefined) return { kind: 'replaced-by-others' }
  const current = readAuthJson(found.bytes)
  if (current.kind === 'invalid') {
    const holdsKey = before.owners.some(({ entries }) => holdsSecret(found.bytes, entries))
    return { kind: 'invalid-now', holdsKey: holdsKey ? 'yes' : 'no' }
  }
  const ours = own.entries.some(({ path }) => isOwnersEntry(before, path, valueAt(current, path)))
  const wanted = settled(current, before, after)
  const { first } = before
  const last = after.owners.length === 0
  // A file without anything of ours is another program's, and so is its mode: who made it 0600 meant it.
  const mode = last && ours && found.mode === PRIVATE && first.kind !== 'absent' ? first.mode : found.mode
  if (last && first.kind === 'absent' && holdsNothing(wanted.data)) await removeFile(file.path)
  else if (wanted.text !== current.text || mode !== found.mode) {
    await storeAuthFile(file, { bytes: wanted.text, mode, owner: found }, own.id)
  }
  return { kind: ours ? 'entry-removed' : 'replaced-by-others' }
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
