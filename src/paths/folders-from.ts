import { dirname } from 'node:path'

/** A folder and all that it is in, the nearest first. */
export function foldersFrom(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...foldersFrom(parent)]
}
