import { dirname, join } from 'node:path'
import { type AuthJson, valueAt, withValue } from '../composer/auth-json.js'
import {
  type FoundFile,
  isTemporaryOf,
  namesIn,
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

/** The sidecar of an auth.json; undefined when there is none or it is not readable as one. */
export function loadSidecar(file: AuthFile): Sidecar | undefined {
  const found = readRegularFile(file.sidecar)
  return found === undefined ? undefined : readSidecar(found.bytes)
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
export function removeTemporaries(file: AuthFile): void {
  for (const path of [file.path, file.sidecar]) {
    const folder = dirname(path)
    for (const name of namesIn(folder)) if (isTemporaryOf(path, name)) removeFile(join(folder, name))
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
  return ours.reduce((file, path) => withValue(file, path, entitledValue(after, path)), current)
}
