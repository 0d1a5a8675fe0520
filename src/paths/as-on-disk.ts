import { lstatSync, realpathSync } from 'node:fs'
import { basename, join, parse, relative, sep } from 'node:path'

/**
 * A path with its names in the case that they have on disk, where a system takes every case for the same: GitHub matches
 * annotations with the names of the repository, and one file must have one name here. Links are not followed, and what
 * does not exist stays as it is written.
 *
 * @param path absolute
 * @param above a folder that stays as it is written, where the path is inside of it
 */
export function asOnDisk(path: string, above?: string): string {
  const inside = above === undefined ? '..' : relative(above, path)
  if (above !== undefined && !leadsOut(inside)) return inFolder(above, inside)
  const { root } = parse(path)
  // A drive has no name on disk; Windows itself writes its letter as a capital.
  return inFolder(/^[a-z]:/.test(root) ? root.toUpperCase() : root, path.slice(root.length))
}

function leadsOut(way: string): boolean {
  return way.split(sep)[0] === '..' || parse(way).root !== ''
}

function inFolder(folder: string, way: string): string {
  return way.split(sep).reduce((at, name) => (name === '' ? at : named(at, name)), folder)
}

/** The path of a name in a folder, as the folder spells it. */
function named(folder: string, name: string): string {
  const path = join(folder, name)
  try {
    return lstatSync(path).isSymbolicLink() ? path : join(folder, basename(realpathSync.native(path)))
  } catch {
    return path
  }
}
