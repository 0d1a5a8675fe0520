import { lstatSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { type AuthJson, valueAt } from '../composer/auth-json.js'
import { withValues } from '../composer/auth-json-changes.js'
import { createFolder, createPrivateFolder, namesIn } from './folder.js'
import { isSharedFolder } from './places.js'
import {
  type FoundFile,
  isTemporaryOf,
  isThere,
  PRIVATE,
  readRegularFile,
  removeFile,
  replaceFile,
  temporaryNameFor,
} from './regular-file.js'
import {
  contentHash,
  entitledValue,
  isOwnersEntry,
  ownedPaths,
  readSidecar,
  type Sidecar,
  writeSidecar,
} from './sidecar.js'
import { guarded, UnwritableFile } from './unwritable-file.js'

/** An auth.json together with the files that this action keeps beside it while its credentials are in there. */
export interface AuthFile {
  readonly path: string
  readonly sidecar: string
  readonly lock: string
}

/**
 * The files that belong to an auth.json.
 *
 * @param sidecar the path of the file in which the owners are listed; the lock stands beside it
 */
export function authFileAt(path: string, sidecar: string): AuthFile {
  return { path, sidecar, lock: `${sidecar}.lock` }
}

/**
 * Creates the folder in which an auth.json's sidecar and lock stand; returns what must go again, outermost first. The
 * one that all jobs of a user share is not among that: the next may be about to put its own things there.
 *
 * @throws UnwritableFile
 */
export function createSidecarFolder({ sidecar }: AuthFile): string[] {
  const folder = dirname(sidecar)
  if (!isSharedFolder(folder)) return createFolder(folder)
  createPrivateFolder(folder)
  return []
}

/** The sidecar of an auth.json; undefined when there is none or it is not readable as one. @throws UnwritableFile */
export async function loadSidecar(file: AuthFile): Promise<Sidecar | undefined> {
  const found = await readRegularFile(file.sidecar)
  const sidecar = found === undefined ? undefined : readSidecar(found.bytes)
  if (sidecar === undefined) return undefined
  // Only what leads to the two files can have been made for them.
  const above = (folder: string) => [file.path, file.sidecar].some((path) => path.startsWith(folder + sep))
  return { ...sidecar, folders: sidecar.folders.filter(above) }
}

/**
 * The sidecar of an auth.json for a use that joins its owners, and so does what it says without being listed in it. One
 * that another user may have written is refused, and left as it is: it may be another job's. To be called under the
 * lock, a folder that this process has just made: it shows whose files are that it makes, and whether modes mean
 * anything on this file system.
 *
 * @throws UnwritableFile
 */
export async function loadOwnSidecar(file: AuthFile): Promise<Sidecar | undefined> {
  if (isThere(file.sidecar)) {
    const [sidecar, lock] = guarded(file.sidecar, () => [lstatSync(file.sidecar), lstatSync(file.lock)] as const)
    const open = (lock.mode & 0o777) === 0o700 && (sidecar.mode & 0o077) !== 0
    if (sidecar.isFile() && (open || sidecar.uid !== lock.uid)) throw new UnwritableFile(file.sidecar, 'not-ours')
  }
  return loadSidecar(file)
}

/** Writes the sidecar. @throws UnwritableFile */
export async function storeSidecar(file: AuthFile, sidecar: Sidecar, ownerId: string): Promise<void> {
  await replaceFile(file.sidecar, {
    bytes: writeSidecar(sidecar),
    mode: PRIVATE,
    owner: undefined,
    temporaryName: temporaryNameFor(file.sidecar, ownerId),
  })
}

/** Writes auth.json. @throws UnwritableFile */
export async function storeAuthFile(
  file: AuthFile,
  contents: { bytes: Buffer | string; mode: number; owner: { uid: number; gid: number } | undefined },
  ownerId: string,
): Promise<void> {
  await replaceFile(file.path, { ...contents, temporaryName: temporaryNameFor(file.path, ownerId) })
}

/**
 * Removes what owners that were killed in the middle of writing left: files that hold keys. To be called under the lock:
 * then nobody is writing, and every such file is a dead owner's, whose post step may never come.
 *
 * @throws UnwritableFile
 */
export async function removeTemporaries(file: AuthFile): Promise<void> {
  for (const path of [file.path, file.sidecar]) {
    const folder = dirname(path)
    for (const name of namesIn(folder)) if (isTemporaryOf(path, name)) await removeFile(join(folder, name))
  }
}

/** Whether a file that an owner was writing is still there. */
export function hasTemporary(file: AuthFile, ownerId: string): boolean {
  try {
    return [file.path, file.sidecar].some((path) => isThere(join(dirname(path), temporaryNameFor(path, ownerId))))
  } catch {
    // A folder that cannot be looked into is one that nothing was written to.
    return false
  }
}

/** Whether the file's contents are ones that we wrote, or found first: nobody else has touched it since. */
export function isUntouched(sidecar: Sidecar, current: FoundFile | undefined): boolean {
  const { first } = sidecar
  if (current === undefined) return first.kind === 'absent'
  const hash = contentHash(current.bytes)
  if (sidecar.known.includes(hash)) return true
  return first.kind === 'bytes' && contentHash(Buffer.from(first.bytes, 'base64')) === hash
}

/**
 * The file after owners left or came: every entry that one of the owners before wrote becomes what is to stand there
 * now. An entry that nobody of them wrote is another step's, and stays.
 */
export function settled(current: AuthJson, before: Sidecar, after: Sidecar): AuthJson {
  const ours = ownedPaths(before).filter((path) => isOwnersEntry(before, path, valueAt(current, path)))
  return withValues(
    current,
    ours.map((path) => ({ path, value: entitledValue(after, path) })),
  )
}
