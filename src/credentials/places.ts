import { createHash } from 'node:crypto'
import { lstatSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { type Environment, truthy } from '../composer/environment.js'
import { asOnDisk } from '../paths/as-on-disk.js'

/** A file that credentials can be written to, by the word of the input `auth-location`. */
export type FileLocation = 'global' | 'project' | 'magento'

/** Folders of this job that decide where our own files may lie, and where links may lead. */
export interface Surroundings {
  /** The runner's folder for the checkout. */
  readonly workspace: string
  /** The folder of the project, which need not be in there. */
  readonly project: string
  /** The user's home folder, where one is known. */
  readonly home: string | undefined
  /** The runner's temporary folder, where one is known. */
  readonly temporary: string | undefined
}

/** Folders of this job, as far as they decide where our own files may lie. */
export function surroundingsOf({ env, cwd }: Environment): Surroundings {
  return {
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    project: cwd,
    home: truthy(env.HOME) ?? truthy(env.USERPROFILE),
    temporary: env.RUNNER_TEMP || undefined,
  }
}

const NAME = 'magento-composer-auth'

/**
 * The path of the sidecar that goes with an auth.json: beside it, where every job finds it that shares the file. Nothing
 * of ours may lie about in a work tree, though, where a step could commit it: there it lies in a folder outside, under a
 * name made from the file's real path, so that every use of this action finds the same one.
 *
 * @param path where the auth.json is to be; need not exist
 */
export function sidecarOf(path: string, surroundings: Surroundings): string {
  const real = realPath(path)
  if (!isInWorkTree(dirname(real), surroundings)) return `${real}.${NAME}`
  return join(
    isInside(real, realFolder(surroundings.workspace)) ? privateFolder(surroundings) : sharedFolder(surroundings),
    nameFor(real),
  )
}

/** Whether a path is one that `sidecarOf` may have made. A step's state can be somebody else's text. */
export function isSidecarPath(path: string): boolean {
  const name = basename(path)
  return isAbsolute(path) && (name === `auth.json.${NAME}` || new RegExp(`^${NAME}-[0-9a-f]{32}$`).test(name))
}

/**
 * A folder outside of every work tree for what this job alone must find again: the runner's temporary one, which the
 * runner empties before and after each job; elsewhere the one that all jobs of this user share.
 */
export function privateFolder(surroundings: Surroundings): string {
  const { temporary } = surroundings
  const isFit = temporary !== undefined && !isInWorkTree(realFolder(temporary), surroundings)
  return isFit ? temporary : sharedFolder(surroundings)
}

/**
 * The folder for work trees that several jobs of one user share, whose runners have a temporary folder each: a home that
 * is under git, say. Its name holds the user's number, since on most systems all users share the system's temporary folder.
 * `TMPDIR` may name one in a work tree.
 */
function sharedFolder(surroundings: Surroundings): string {
  const user = process.geteuid?.()
  const named = realFolder(tmpdir())
  const others = [SYSTEM_TEMPORARY, surroundings.temporary].filter((folder) => folder !== undefined).map(realFolder)
  const outside = [named, ...others].find((folder) => !isInWorkTree(folder, surroundings))
  return join(outside ?? named, user === undefined ? NAME : `${NAME}-${user}`)
}

/** Where no variable names another; on Windows variables alone do. */
const SYSTEM_TEMPORARY = process.platform === 'win32' ? undefined : '/tmp'

/** Whether a folder is one that jobs share, and must be closed to other users. */
export function isSharedFolder(folder: string): boolean {
  return new RegExp(`^${NAME}(-\\d+)?$`).test(basename(folder))
}

/**
 * Whether links in the checkout lead out of it on the way to an auth.json. They come with a commit, and a commit does not
 * say into which folder of the machine keys are written.
 *
 * @param named the path as settings or Composer's rules give it, links not followed
 * @param path where the auth.json is to be
 */
export function leadsOut(named: string, path: string, { workspace, project }: Surroundings): boolean {
  const checkout = isInside(named, workspace) ? workspace : workTreeOf(project)
  return checkout !== undefined && isInside(named, checkout) && !isInside(realPath(path), realFolder(checkout))
}

/** The path with all links of its folders followed, as far as they exist; the last component is never followed. */
export function realPath(path: string): string {
  return join(realFolder(dirname(path)), basename(path))
}

/** Whether git, or an upload of the checkout, would find a file there. By the file system alone: git is not started. */
function isInWorkTree(folder: string, { workspace, project, home }: Surroundings): boolean {
  const holds = (checkout: string) => isInside(folder, realFolder(checkout))
  // A project in the home folder itself does not make everything in there part of it.
  const isHome = home !== undefined && isInside(realFolder(home), realFolder(project))
  return holds(workspace) || (holds(project) && !isHome) || workTreeOf(folder) !== undefined
}

/** The nearest folder at or above one that holds a `.git`: a folder, or a file as in submodules and linked work trees. */
function workTreeOf(folder: string): string | undefined {
  if (holdsRepository(folder)) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : workTreeOf(parent)
}

function holdsRepository(folder: string): boolean {
  try {
    lstatSync(join(folder, '.git'))
    return true
  } catch {
    // Not there; or nothing in that folder can be seen, by git neither.
    return false
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(sep)[0] !== '..'
}

function nameFor(realPathOfFile: string): string {
  return `${NAME}-${createHash('sha256').update(realPathOfFile).digest('hex').slice(0, 32)}`
}

function realFolder(folder: string): string {
  try {
    return asOnDisk(realpathSync(folder))
  } catch {
    const parent = dirname(folder)
    return parent === folder ? folder : join(realFolder(parent), basename(folder))
  }
}
