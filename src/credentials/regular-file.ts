import * as fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Why a file cannot be read or replaced. `code` is the system's name for it (`EACCES`), never its message. */
export type UnwritableReason =
  | 'directory'
  | 'link'
  | 'not-a-file'
  | 'permission'
  | 'read-only'
  | 'no-space'
  | 'in-use'
  | 'too-large'
  | 'locked'
  | 'no-home'
  | 'other'

/** Thrown by the functions of this module; `writeCredentials` turns it into a result. */
export class UnwritableFile extends Error {
  override readonly name = 'UnwritableFile'
  readonly path: string
  readonly reason: UnwritableReason
  readonly code: string | undefined

  constructor(path: string, reason: UnwritableReason, code?: string) {
    // No message of the system: it may quote what it was given.
    super(`${reason}${code === undefined ? '' : ` (${code})`}`)
    this.path = path
    this.reason = reason
    this.code = code
  }
}

/** A file as found: its bytes, and what must come back with them. */
export interface FoundFile {
  readonly bytes: Buffer
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** Credential files are a few kilobytes; what is larger is not one, and is not held in memory. */
const MAXIMUM_BYTES = 8 * 1024 * 1024
/** Read and write for the owner, nothing for anybody else: as Composer creates its auth.json. */
export const PRIVATE = 0o600

/**
 * Reads a file that must be a regular one; undefined when there is none. The last component is never followed when it
 * is a link: whoever may create a link in that folder could choose what gets overwritten.
 *
 * @throws UnwritableFile
 */
export function readRegularFile(path: string): FoundFile | undefined {
  const stats = guarded(path, () => fs.lstatSync(path, { throwIfNoEntry: false }))
  if (stats === undefined) return undefined
  refuseUnlessRegular(path, stats)
  // The flags, not the check above, are what holds against a swap in between: no link followed, no wait on a fifo.
  const noFollow = (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0)
  return guarded(path, () => {
    const descriptor = fs.openSync(path, fs.constants.O_RDONLY | noFollow)
    try {
      const opened = fs.fstatSync(descriptor)
      refuseUnlessRegular(path, opened)
      const { mode, uid, gid } = opened
      return { bytes: fs.readFileSync(descriptor), mode: mode & 0o777, uid, gid }
    } finally {
      fs.closeSync(descriptor)
    }
  })
}

/**
 * Whether anything stands there, links not followed.
 *
 * @throws UnwritableFile when that cannot be told, as in a folder that may not be searched
 */
export function isThere(path: string): boolean {
  return guarded(path, () => {
    try {
      return fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined
    } catch (error) {
      // Its folder has become a file.
      if (codeOf(error) === 'ENOTDIR') return false
      throw error
    }
  })
}

/** How the replacement of a file is to look. */
export interface Replacement {
  readonly bytes: Buffer | string
  readonly mode: number
  /** Whose the file is to be; kept as far as this process may. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** Makes the temporary file's name known beforehand, so that whoever cleans up after a crash can find it. */
  readonly temporaryName: string
}

/**
 * Replaces a file as a whole: readers see the old or the new one, never a part, and a full disk leaves the old one.
 *
 * @throws UnwritableFile
 */
export async function replaceFile(path: string, replacement: Replacement): Promise<void> {
  const temporary = join(dirname(path), replacement.temporaryName)
  guarded(path, () => fs.rmSync(temporary, { force: true }))
  try {
    guarded(path, () => {
      const flags = fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL | (fs.constants.O_NOFOLLOW ?? 0)
      const descriptor = fs.openSync(temporary, flags, PRIVATE)
      try {
        // Not left to the creation mode alone: a umask or a default ACL may change that.
        fs.fchmodSync(descriptor, PRIVATE)
        keepOwner(descriptor, replacement.owner)
        fs.writeFileSync(descriptor, replacement.bytes)
        if (replacement.mode !== PRIVATE) fs.fchmodSync(descriptor, replacement.mode)
        fs.fsyncSync(descriptor)
      } finally {
        fs.closeSync(descriptor)
      }
    })
    await renameOver(temporary, path)
  } catch (error) {
    try {
      fs.rmSync(temporary, { force: true })
    } catch {
      // Why writing failed says more than why tidying up did.
    }
    throw error
  }
}

/**
 * Removes a file, if it is there.
 *
 * @throws UnwritableFile
 */
export function removeFile(path: string): void {
  guarded(path, () => fs.rmSync(path, { force: true }))
}

/**
 * Creates a folder and its missing parents; returns those it created, outermost first.
 *
 * @throws UnwritableFile
 */
export function createFolder(path: string): string[] {
  if (guarded(path, () => fs.statSync(path, { throwIfNoEntry: false }))?.isDirectory()) return []
  const parent = dirname(path)
  const created = parent === path ? [] : createFolder(parent)
  return guarded(path, () => {
    try {
      fs.mkdirSync(path)
      return [...created, path]
    } catch (error) {
      // Another job was faster: then the folder is its, not ours.
      if (codeOf(error) === 'EEXIST' && fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) return created
      // The caller gets no list that it could remove them by.
      removeEmptyFolders(created)
      throw error
    }
  })
}

/** Removes folders, innermost first, as far as they are empty. */
export function removeEmptyFolders(created: readonly string[]): void {
  for (const folder of created.toReversed()) {
    try {
      fs.rmdirSync(folder)
    } catch {
      return
    }
  }
}

/** The system's name of an error (`EACCES`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

async function renameOver(from: string, to: string): Promise<void> {
  // On Windows a virus scanner or an editor that has the target open makes a rename fail for a moment.
  const deadline = process.platform === 'win32' ? Date.now() + 1000 : 0
  for (;;) {
    try {
      return guarded(to, () => fs.renameSync(from, to))
    } catch (error) {
      if (Date.now() >= deadline) throw error
      await sleep(50)
    }
  }
}

function keepOwner(descriptor: number, owner: { readonly uid: number; readonly gid: number } | undefined): void {
  if (owner === undefined) return
  const { uid, gid } = fs.fstatSync(descriptor)
  if (uid === owner.uid && gid === owner.gid) return
  try {
    fs.fchownSync(descriptor, owner.uid, owner.gid)
  } catch {
    // Only root may give a file away. The job's user can still read it, and that is who Composer runs as.
  }
}

function refuseUnlessRegular(path: string, stats: fs.Stats): void {
  if (stats.isSymbolicLink()) throw new UnwritableFile(path, 'link')
  if (stats.isDirectory()) throw new UnwritableFile(path, 'directory')
  if (!stats.isFile()) throw new UnwritableFile(path, 'not-a-file')
  if (stats.size > MAXIMUM_BYTES) throw new UnwritableFile(path, 'too-large')
}

function guarded<Result>(path: string, operation: () => Result): Result {
  try {
    return operation()
  } catch (error) {
    if (error instanceof UnwritableFile) throw error
    const code = codeOf(error)
    throw new UnwritableFile(path, reasonOf(code), code)
  }
}

/** What the system's name of an error means for a file. */
export function reasonOf(code: string | undefined): UnwritableReason {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission'
    case 'EROFS':
      return 'read-only'
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'no-space'
    case 'EBUSY':
    case 'EXDEV':
    case 'ETXTBSY':
      return 'in-use'
    case 'ELOOP':
      return 'link'
    case 'EISDIR':
      return 'directory'
    case 'ENOTDIR':
      return 'not-a-file'
    default:
      return 'other'
  }
}

/** The name of the temporary file that an owner writes beside `path`. */
export function temporaryNameFor(path: string, ownerId: string): string {
  return `${basename(path)}.${ownerId}.tmp`
}

/** Whether a name is one that `temporaryNameFor` made for this path, whoever the owner. */
export function isTemporaryOf(path: string, name: string): boolean {
  const start = `${basename(path)}.`
  return name.startsWith(start) && /^[0-9a-f-]{36}\.tmp$/.test(name.slice(start.length))
}

/**
 * The names in a folder; none where there is no folder.
 *
 * @throws UnwritableFile
 */
export function namesIn(folder: string): string[] {
  return guarded(folder, () => {
    try {
      return fs.readdirSync(folder)
    } catch (error) {
      // A folder that may be searched but not listed can be written to all the same.
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EACCES') return []
      throw error
    }
  })
}
