import { randomUUID } from 'node:crypto'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { createPrivateFolder } from '../credentials/folder.js'
import { isSharedFolder, privateFolder, type Surroundings } from '../credentials/places.js'
import { isThere, PRIVATE, removeFile, replaceFile, temporaryNameFor } from '../credentials/regular-file.js'

/** Where a use keeps its netrc file: in a folder that the runner empties, outside of every work tree, by a random name. */
export function newNetrcPath(surroundings: Surroundings): string {
  return join(privateFolder(surroundings), `magento-composer-auth-${randomUUID()}.netrc`)
}

/** Whether a path is one that `newNetrcPath` may have made. A step's state can be somebody else's text. */
export function isNetrcPath(path: string): boolean {
  return isAbsolute(path) && /^magento-composer-auth-[0-9a-f-]{36}\.netrc$/.test(basename(path))
}

/**
 * Writes a netrc file, mode 0600 from its first byte. To be called after its path is in the step's state: then the post
 * step finds it whatever happens to main.
 *
 * @throws UnwritableFile
 */
export async function writeNetrcFile(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  if (isSharedFolder(folder)) createPrivateFolder(folder)
  await replaceFile(path, {
    bytes: text,
    mode: PRIVATE,
    owner: undefined,
    temporaryName: temporaryNameFor(path, TEMPORARY),
  })
}

/**
 * Removes a netrc file, and what is left of one where main was killed while it wrote it; whether any was there.
 *
 * @throws UnwritableFile
 */
export async function removeNetrcFile(path: string): Promise<boolean> {
  const unfinished = join(dirname(path), temporaryNameFor(path, TEMPORARY))
  const found = isThere(path) || isThere(unfinished)
  await removeFile(path)
  await removeFile(unfinished)
  return found
}

const TEMPORARY = 'new'
