import { dirname, join } from 'node:path'
import { type AuthJson, httpBasicEntry, withHttpBasic } from '../composer/auth-json.js'
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
import { contentHash, entitledEntry, isOwnersEntry, readSidecar, type Sidecar, writeSidecar } from './sidecar.js'

/** An auth.json together with the files that this action keeps beside it while its credentials are in there. */
export interface AuthFile {
  readonly path: string
  readonly sidecar: string
  readonly lock: string
}

/** The files that belong to an auth.json. Their names begin with its name, so that a person who finds one knows whose it is. */
export function authFileAt(path: string): AuthFile {
  const sidecar = `${path}.magento-composer-auth`
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
  const folder = dirname(file.path)
  for (const name of namesIn(folder)) {
    if ([file.path, file.sidecar].some((path) => isTemporaryOf(path, name))) removeFile(join(folder, name))
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
 * The file after owners left or came: every entry that one of the owners before wrote becomes what its host is to have
 * now. An entry that nobody of them wrote is another step's, and stays.
 */
export function settled(current: AuthJson, before: Sidecar, after: Sidecar): AuthJson {
  const hosts = new Set(before.owners.map(({ host }) => host))
  let file = current
  for (const host of hosts) {
    if (isOwnersEntry(before, host, httpBasicEntry(file, host))) {
      file = withHttpBasic(file, host, entitledEntry(after, host))
    }
  }
  return file
}
