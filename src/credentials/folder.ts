import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { patiently } from './patience.js'
import { removeFile } from './regular-file.js'
import { codeOf, guarded, UnwritableFile } from './unwritable-file.js'

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
      throw codeOf(error) === 'EEXIST' ? new UnwritableFile(path, 'not-a-folder') : error
    }
  })
}

/**
 * Creates a folder in a place where other users may create things too. One that they could have planted, or can look
 * into, is refused.
 *
 * @throws UnwritableFile
 */
export function createPrivateFolder(path: string): void {
  guarded(path, () => {
    try {
      fs.mkdirSync(path, 0o700)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    // A link is no folder here.
    const stats = fs.lstatSync(path)
    const open = process.platform !== 'win32' && (stats.mode & 0o077) !== 0
    const theirs = stats.uid !== (process.geteuid?.() ?? stats.uid)
    if (!stats.isDirectory() || open || theirs) throw new UnwritableFile(path, 'not-ours')
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

/**
 * Removes a folder with the files in it, if it is there.
 *
 * @throws UnwritableFile
 */
export async function removeFolder(path: string): Promise<void> {
  const stats = guarded(path, () => fs.lstatSync(path, { throwIfNoEntry: false }))
  if (stats === undefined) return
  if (!stats.isDirectory()) return removeFile(path)
  for (const name of guarded(path, () => fs.readdirSync(path))) await removeFile(join(path, name))
  await patiently(() => guarded(path, () => fs.rmdirSync(path)))
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
