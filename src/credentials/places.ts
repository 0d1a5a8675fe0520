import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type AuthFile, authFileAt } from './auth-file.js'

/** A file that credentials can be written to, by the word of the input `auth-location`. */
export type FileLocation = 'global' | 'project' | 'magento'

/** An auth.json that credentials go to. */
export interface AuthFilePlace {
  readonly location: FileLocation
  readonly file: AuthFile
}

/**
 * The auth.json of a location with the sidecar that goes with it: in Composer's home beside the file, since jobs of one
 * user share it; elsewhere in the runner's temporary folder, since nothing of ours may lie about in a work tree. The name
 * of the latter is made from the file's real path, so that every use of this action in a job finds the same one.
 *
 * @param path where the auth.json is to be; need not exist
 * @param inHome the auth.json in Composer's home: one file has one sidecar, by whichever way it is reached
 * @param temporary the runner's temporary folder
 */
export function placeAt(
  location: FileLocation,
  path: string,
  inHome: string | undefined,
  temporary: string,
): AuthFilePlace {
  const name = 'magento-composer-auth'
  if (inHome !== undefined && realPath(path) === realPath(inHome)) {
    return { location, file: authFileAt(path, `${inHome}.${name}`) }
  }
  const digest = createHash('sha256').update(realPath(path)).digest('hex')
  return { location, file: authFileAt(path, join(temporary, `${name}-${digest.slice(0, 32)}`)) }
}

/** The path with all links of its folders followed, as far as they exist; the last component is never followed. */
export function realPath(path: string): string {
  return join(realFolder(dirname(path)), basename(path))
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    const parent = dirname(folder)
    return parent === folder ? folder : join(realFolder(parent), basename(folder))
  }
}
