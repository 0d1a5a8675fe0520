import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Everything that stands in a folder, one line each: kind, mode, owner, path, and the bytes or the link's target. Two
 * equal listings mean that nothing was added, removed, rewritten, opened up or handed to somebody else.
 */
export function listing(folder: string, at = ''): string[] {
  return readdirSync(join(folder, at))
    .sort()
    .flatMap((name) => {
      const path = join(at, name)
      const stats = lstatSync(join(folder, path))
      const line = `${stats.mode.toString(8)} ${stats.uid}:${stats.gid} ${path}`
      if (stats.isDirectory()) return [line, ...listing(folder, path)]
      if (stats.isSymbolicLink()) return [`${line} -> ${readlinkSync(join(folder, path))}`]
      return [stats.isFile() ? `${line} ${readFileSync(join(folder, path)).toString('latin1')}` : line]
    })
}

/** The permission bits of a file. */
export function modeOf(path: string): number {
  return lstatSync(path).mode & 0o777
}
