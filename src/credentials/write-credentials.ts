import { dirname } from 'node:path'
import {
  type AuthEntry,
  type AuthJson,
  type AuthPath,
  EMPTY_AUTH_JSON,
  type InvalidAuthJson,
  readAuthJson,
  valueAt,
} from '../composer/auth-json.js'
import { withValues } from '../composer/auth-json-changes.js'
import { LARGEST_AUTH_FILE } from '../composer/config.js'
import {
  type AuthFile,
  createSidecarFolder,
  hasTemporary,
  isUntouched,
  loadOwnSidecar,
  removeTemporaries,
  settled,
  storeAuthFile,
  storeSidecar,
} from './auth-file.js'
import { withLock } from './file-lock.js'
import { createFolder, removeEmptyFolders } from './folder.js'
import { replacedBy, type Stood, standing } from './lease.js'
import { type FoundFile, LARGEST_AUTH_FILE_TO_WRITE, PRIVATE, readRegularFile, removeFile } from './regular-file.js'
import {
  contentHash,
  deadOwners,
  type FirstFound,
  type FoundEntry,
  isOwnersEntry,
  type Sidecar,
  withFound,
  withoutOwners,
} from './sidecar.js'
import { UnwritableFile } from './unwritable-file.js'

/** One use of this action that wants its credentials in an auth.json. */
export interface Claim {
  /** Random, and known to the post step through the state before anything is written. */
  readonly id: string
  readonly entries: readonly AuthEntry[]
  /** False: the credentials stay after the job, also when the other owners of the file leave. */
  readonly temporary: boolean
}

export type WriteResult =
  /** `stood`: what the entries replaced, in their order; `replaced`: what of that is another's. */
  | { readonly kind: 'written'; readonly stood: readonly Stood[]; readonly replaced: readonly AuthEntry[] }
  | { readonly kind: 'invalid'; readonly invalid: InvalidAuthJson }
  /** `undone`: nothing of this use is left anywhere, so that its post step need not come. */
  | { readonly kind: 'unwritable'; readonly failure: UnwritableFile; readonly undone: boolean }

/**
 * Merges entries into an auth.json, which may not exist yet. Other entries, their order and the
 * indentation stay. On anything but `written` the file is as it was, and so is its folder.
 *
 * The sidecar is written before auth.json: at every moment in which a key of ours can be in auth.json, the post step
 * finds out what stood there before.
 */
export async function writeCredentials(file: AuthFile, claim: Claim): Promise<WriteResult> {
  let folders: string[] = []
  try {
    // Before anything is created: a file that Composer refuses is reported, not surrounded by files of ours.
    const early = inspect(await readRegularFile(file.path, LARGEST_AUTH_FILE_TO_WRITE))
    if (early.kind === 'invalid') return { kind: 'invalid', invalid: early }

    folders = createFolder(dirname(file.path))
    folders = [...folders, ...createSidecarFolder(file)]
    const result = await withLock(file.lock, claim.id, () => writeLocked(file, claim, folders))
    if (result.kind !== 'written') removeEmptyFolders(folders)
    return result
  } catch (error) {
    removeEmptyFolders(folders)
    if (error instanceof UnwritableFile) {
      return { kind: 'unwritable', failure: error, undone: !hasTemporary(file, claim.id) }
    }
    throw error
  }
}

async function writeLocked(file: AuthFile, claim: Claim, folders: readonly string[]): Promise<WriteResult> {
  await removeTemporaries(file)
  const found = await readRegularFile(file.path, LARGEST_AUTH_FILE_TO_WRITE)
  const current = inspect(found)
  if (current.kind === 'invalid') return { kind: 'invalid', invalid: current }

  const before = await loadOwnSidecar(file)
  const after = claim.temporary
    ? joined(before, claim, found, current, folders)
    : before && outlived(before, claim, found)
  const cleared = before === undefined || after === undefined ? current : settled(current, before, after)
  const wanted = withValues(cleared, claim.entries)
  // What the post step could not read any more would stay in it.
  if (Buffer.byteLength(wanted.text) > LARGEST_AUTH_FILE) throw new UnwritableFile(file.path, 'too-large')

  if (after !== undefined) {
    const known = [...(found === undefined ? [] : [contentHash(found.bytes)]), contentHash(wanted.text)]
    await storeSidecar(file, { ...after, known }, claim.id)
  }
  try {
    await storeAuthFile(file, { bytes: wanted.text, mode: PRIVATE, owner: found }, claim.id)
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error
    const undone = (await putBack(file, before, claim.id)) && !hasTemporary(file, claim.id)
    return { kind: 'unwritable', failure: error, undone }
  }
  // All of its owners were dead: nobody is left who would take it away.
  if (after?.owners.length === 0) await removeFile(file.sidecar)
  return { kind: 'written', stood: standing(current, claim.entries), replaced: replacedBy(claim.entries, current) }
}

/** Puts the sidecar back as it was; whether that worked. */
async function putBack(file: AuthFile, before: Sidecar | undefined, ownerId: string): Promise<boolean> {
  try {
    if (before === undefined) await removeFile(file.sidecar)
    else await storeSidecar(file, before, ownerId)
    return true
  } catch (error) {
    if (error instanceof UnwritableFile) return false
    throw error
  }
}

/** The sidecar with one owner more, without those whose job is long over. */
function joined(
  before: Sidecar | undefined,
  claim: Claim,
  found: FoundFile | undefined,
  current: AuthJson,
  folders: readonly string[],
): Sidecar {
  const now = Date.now()
  const base: Sidecar = before ?? {
    format: 1,
    first: { kind: 'absent' },
    found: [],
    known: [],
    owners: [],
    folders: [],
  }
  const foreign = claim.entries
    .map(({ path }) => foundAt(current, path))
    .filter(({ path, value }) => !isOwnersEntry(base, path, value))
  const living = withoutOwners(base, deadOwners(base, now))
  return {
    ...living,
    first: before === undefined || !isUntouched(before, found) ? firstFound(before, found) : before.first,
    found: withFound(living.found, foreign),
    owners: [...living.owners, { id: claim.id, entries: claim.entries, since: now, leaving: false }],
    folders: [...living.folders, ...folders],
  }
}

function foundAt(file: AuthJson, path: AuthPath): FoundEntry {
  const value = valueAt(file, path)
  return value === undefined ? { path } : { path, value }
}

/**
 * The sidecar after a claim that stays when the job has ended: whoever leaves last puts back what was found first with
 * the entry of this claim in it, as if that had stood there all the time.
 */
function outlived(before: Sidecar, claim: Claim, found: FoundFile | undefined): Sidecar {
  const living = withoutOwners(before, deadOwners(before, Date.now()))
  const first = isUntouched(before, found) ? before.first : firstFound(before, found)
  return {
    ...living,
    first: withClaimed(first, claim, found),
    found: withFound(living.found, claim.entries),
  }
}

/** The first file with some entries more, in the mode of a file that holds a key. */
function withClaimed(first: FirstFound, { entries }: Claim, found: FoundFile | undefined): FirstFound {
  if (first.kind === 'changed') return { ...first, mode: PRIVATE }
  const { uid, gid } = first.kind === 'bytes' ? first : (found ?? ourselves())
  const read = first.kind === 'bytes' ? readAuthJson(Buffer.from(first.bytes, 'base64')) : EMPTY_AUTH_JSON
  // Nobody writes into a file that cannot be read as one; should it happen, the entry alone is edited in the end.
  if (read.kind === 'invalid') return { kind: 'changed', mode: PRIVATE, uid, gid }
  const bytes = Buffer.from(withValues(read, entries).text).toString('base64')
  return { kind: 'bytes', bytes, mode: PRIVATE, uid, gid }
}

/** Whose files are that this process creates; on Windows, which has no such numbers, what `stat` says there. */
function ourselves(): { uid: number; gid: number } {
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 }
}

/** What the last owner has to put back, seen from a moment at which the file is not what an owner left behind. */
function firstFound(before: Sidecar | undefined, found: FoundFile | undefined): FirstFound {
  if (found === undefined) return { kind: 'absent' }
  if (before === undefined) {
    const { bytes, mode, uid, gid } = found
    return { kind: 'bytes', bytes: bytes.toString('base64'), mode, uid, gid }
  }
  const { mode, uid, gid } = before.first.kind === 'absent' ? found : before.first
  return { kind: 'changed', mode, uid, gid }
}

function inspect(found: FoundFile | undefined): AuthJson | InvalidAuthJson {
  return found === undefined ? EMPTY_AUTH_JSON : readAuthJson(found.bytes)
}
