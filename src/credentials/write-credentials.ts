import { dirname } from 'node:path'
import {
  type AuthJson,
  EMPTY_AUTH_JSON,
  type HttpBasic,
  httpBasicEntry,
  type InvalidAuthJson,
  readAuthJson,
  withHttpBasic,
} from '../composer/auth-json.js'
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
import { withLock } from './lock.js'
import {
  createFolder,
  type FoundFile,
  PRIVATE,
  readRegularFile,
  removeEmptyFolders,
  removeFile,
  UnwritableFile,
} from './regular-file.js'
import { contentHash, deadOwners, type FirstFound, isOwnersEntry, type Sidecar, withoutOwners } from './sidecar.js'

/** One use of this action that wants its credentials in an auth.json. */
export interface Claim {
  /** Random, and known to the post step through the state before anything is written. */
  readonly id: string
  readonly host: string
  readonly entry: HttpBasic
  /** False: the credentials stay after the job, also when the other owners of the file leave. */
  readonly temporary: boolean
}

export type WriteResult =
  /** `changed` is false where the very same entry stood there already. */
  | { readonly kind: 'written'; readonly path: string; readonly created: boolean; readonly changed: boolean }
  | { readonly kind: 'invalid'; readonly path: string; readonly invalid: InvalidAuthJson }
  | { readonly kind: 'unwritable'; readonly path: string; readonly failure: UnwritableFile }

/**
 * Merges one `http-basic` entry into an auth.json, which may not exist yet. Other entries, their order and the
 * indentation stay. On anything but `written` the file is as it was, and so is its folder.
 *
 * The sidecar is written before auth.json: at every moment in which a key of ours can be in auth.json, the post step
 * finds out what stood there before.
 */
export async function writeCredentials(path: string, claim: Claim): Promise<WriteResult> {
  const file = authFileAt(path)
  let folders: string[] = []
  try {
    // Before anything is created: a file that Composer refuses is reported, not surrounded by files of ours.
    const early = inspect(readRegularFile(path))
    if (early.kind === 'invalid') return { kind: 'invalid', path, invalid: early }

    folders = createFolder(dirname(path))
    const result = await withLock(file.lock, claim.id, () => writeLocked(file, claim, folders))
    if (result.kind !== 'written') removeEmptyFolders(folders)
    return result
  } catch (error) {
    removeEmptyFolders(folders)
    if (error instanceof UnwritableFile) return { kind: 'unwritable', path, failure: error }
    throw error
  }
}

async function writeLocked(file: AuthFile, claim: Claim, folders: readonly string[]): Promise<WriteResult> {
  removeTemporaries(file)
  const found = readRegularFile(file.path)
  const current = inspect(found)
  if (current.kind === 'invalid') return { kind: 'invalid', path: file.path, invalid: current }

  const before = loadSidecar(file)
  const after = claim.temporary
    ? joined(before, claim, found, current, folders)
    : before && outlived(before, claim, found)
  const cleared = before === undefined || after === undefined ? current : settled(current, before, after)
  const wanted = withHttpBasic(cleared, claim.host, { ...claim.entry })

  if (after !== undefined) {
    const known = [...(found === undefined ? [] : [contentHash(found.bytes)]), contentHash(wanted.text)]
    await storeSidecar(file, { ...after, known }, claim.id)
  }
  try {
    await storeAuthFile(file, { bytes: wanted.text, mode: PRIVATE, owner: found }, claim.id)
  } catch (error) {
    if (before !== undefined) await storeSidecar(file, before, claim.id)
    else removeFile(file.sidecar)
    throw error
  }
  // All of its owners were dead: nobody is left who would take it away.
  if (after?.owners.length === 0) removeFile(file.sidecar)
  return { kind: 'written', path: file.path, created: found === undefined, changed: wanted !== current }
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
    found: {},
    known: [],
    owners: [],
    folders: [],
  }
  const entry = httpBasicEntry(current, claim.host)
  const foreign = !isOwnersEntry(base, claim.host, entry)
  const living = withoutOwners(base, deadOwners(base, now))
  return {
    ...living,
    first: before === undefined || !isUntouched(before, found) ? firstFound(before, found) : before.first,
    found: foreign ? { ...living.found, [claim.host]: entry ?? null } : living.found,
    owners: [...living.owners, { id: claim.id, host: claim.host, entry: claim.entry, since: now, leaving: false }],
    folders: [...living.folders, ...folders],
  }
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
    first: withEntry(first, claim, found),
    found: { ...living.found, [claim.host]: { ...claim.entry } },
  }
}

/** The first file with one entry more, in the mode of a file that holds a key. */
function withEntry(first: FirstFound, { host, entry }: Claim, found: FoundFile | undefined): FirstFound {
  if (first.kind === 'changed') return { ...first, mode: PRIVATE }
  const { uid, gid } = first.kind === 'bytes' ? first : (found ?? ourselves())
  const read = first.kind === 'bytes' ? readAuthJson(Buffer.from(first.bytes, 'base64')) : EMPTY_AUTH_JSON
  // Nobody writes into a file that cannot be read as one; should it happen, the entry alone is edited in the end.
  if (read.kind === 'invalid') return { kind: 'changed', mode: PRIVATE, uid, gid }
  const bytes = Buffer.from(withHttpBasic(read, host, { ...entry }).text).toString('base64')
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
