import * as fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { patiently } from './patience.js'
import { codeOf, guarded, UnwritableFile } from './unwritable-file.js'

/** A file as found: its bytes, and what must come back with them. */
export interface FoundFile {
  readonly bytes: Buffer
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** Credential files are a few kilobytes; what is larger is not one, and is not held in memory. Bytes. */
const LARGEST_FILE = 8 * 1024 * 1024
/**
 * The most that an auth.json may have for credentials to be written there: with them Composer's files are still read here,
 * and the sidecar, which holds it anew, is one that can be read back. Bytes.
 */
export const LARGEST_AUTH_FILE_TO_WRITE = 256 * 1024
/** Read and write for the owner, nothing for anybody else: as Composer creates its auth.json. */
export const PRIVATE = 0o600

/**
 * Reads a file that must be a regular one; undefined when there is none. The last component is never followed when it
 * is a link: whoever may create a link in that folder could choose what gets overwritten.
 *
 * @throws UnwritableFile
 */
export function readRegularFile(path: string, largest = LARGEST_FILE): Promise<FoundFile | undefined> {
  return patiently(() => {
    const stats = guarded(path, () => fs.lstatSync(path, { throwIfNoEntry: false }))
    if (stats === undefined) return undefined
    refuseUnlessRegular(path, stats, largest)
    return guarded(path, () => readOpened(path, largest))
  })
}

function readOpened(path: string, largest: number): FoundFile {
  // The flags, not a look beforehand, are what holds against a swap in between: no link followed, no wait on a fifo.
  const noFollow = (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0)
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | noFollow)
  try {
    const opened = fs.fstatSync(descriptor)
    refuseUnlessRegular(path, opened, largest)
    const { mode, uid, gid } = opened
    return { bytes: fs.readFileSync(descriptor), mode: mode & 0o777, uid, gid }
  } finally {
    fs.closeSync(descriptor)
  }
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
  await removeFile(temporary)
  try {
    guarded(path, () => writeNew(temporary, replacement))
    await patiently(() => guarded(path, () => renameOver(temporary, path)))
  } catch (error) {
    try {
      await removeFile(temporary)
    } catch {
      // Why writing failed says more than why tidying up did.
    }
    throw error
  }
}

function writeNew(path: string, { bytes, mode, owner }: Replacement): void {
  const flags = fs.constants.O_WRONLY | fs.constants.O_CREAT | fs.constants.O_EXCL | (fs.constants.O_NOFOLLOW ?? 0)
  const descriptor = fs.openSync(path, flags, PRIVATE)
  try {
    // Not left to the creation mode alone: a umask or a default ACL may change that.
    fs.fchmodSync(descriptor, PRIVATE)
    keepOwner(descriptor, owner)
    fs.writeFileSync(descriptor, bytes)
    if (mode !== PRIVATE) fs.fchmodSync(descriptor, mode)
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/**
 * Removes a file, if it is there, and looks whether it is gone.
 *
 * Not by `rmSync`, which in Node 24.0 to 24.12 does nothing on Windows where a path holds other characters than ASCII's.
 *
 * @throws UnwritableFile
 */
export function removeFile(path: string): Promise<void> {
  return patiently(() => {
    guarded(path, () => {
      try {
        fs.unlinkSync(path)
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error
      }
    })
    // Windows keeps a removed file's name as long as another program has it open.
    if (isThere(path)) throw new UnwritableFile(path, 'in-use')
  })
}

function renameOver(from: string, to: string): void {
  try {
    fs.renameSync(from, to)
  } catch (error) {
    const mode = process.platform === 'win32' ? modeOfReadOnly(to) : undefined
    if (mode === undefined) throw error
    // Windows replaces no file that is marked as read-only.
    fs.chmodSync(to, mode | 0o200)
    try {
      fs.renameSync(from, to)
    } catch (again) {
      fs.chmodSync(to, mode)
      throw again
    }
  }
}

function modeOfReadOnly(path: string): number | undefined {
  const stats = fs.lstatSync(path, { throwIfNoEntry: false })
  return stats?.isFile() && (stats.mode & 0o200) === 0 ? stats.mode & 0o777 : undefined
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

function refuseUnlessRegular(path: string, stats: fs.Stats, largest: number): void {
  if (stats.isSymbolicLink()) throw new UnwritableFile(path, 'link')
  if (stats.isDirectory()) throw new UnwritableFile(path, 'directory')
  if (!stats.isFile()) throw new UnwritableFile(path, 'not-a-file')
  if (stats.size > largest) throw new UnwritableFile(path, 'too-large')
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
