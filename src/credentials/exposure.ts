import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Environment } from '../composer/environment.js'
import { foldersFrom } from '../paths/folders-from.js'
import { runGit } from '../tools/run-git.js'

/** How git would take a file along. */
export interface Exposure {
  /** With the next commit; else at the next `git add .`. */
  readonly tracked: boolean
  /** The line for the .gitignore at the root of the work tree that has git ignore this file alone. */
  readonly ignoreLine: string
}

/**
 * Whether a file is inside a git work tree, a submodule's or a linked one included, and git would publish it. Undefined
 * when it would not, when the file does not exist, and when git cannot tell, as where there is none.
 */
export async function exposureToGit(
  path: string,
  environment: Pick<Environment, 'env' | 'platform' | 'cwd'>,
): Promise<Exposure | undefined> {
  if (!existsSync(path)) return undefined
  const file = join(realpathSync.native(dirname(path)), basename(path))
  const until = performance.now() + LONGEST_WAIT * 1000
  for (const root of rootsAbove(file)) {
    const git = (...args: string[]) =>
      runGit(root, [...ANYBODYS, ...args], environment, (until - performance.now()) / 1000)
    if ((await git('rev-parse', '--is-inside-work-tree')).stdout.trim() !== 'true') continue
    const inside = relative(root, file).replaceAll('\\', '/')
    const name = `./${inside}`
    const ignoreLine = `/${inside.replace(/[\\*?[]/g, '\\$&')}`
    const listed = await git('--literal-pathspecs', 'ls-files', '--error-unmatch', '--', name)
    if (listed.exitStatus === 0) return { tracked: true, ignoreLine }
    const { exitStatus } = await git('check-ignore', '--quiet', '--', name)
    // 0: ignored; 1: not ignored; all else: git failed.
    return exitStatus === 1 ? { tracked: false, ignoreLine } : undefined
  }
  return undefined
}

/**
 * The folders that may be the root of the work tree around a file, the nearest first. git is started there and not beside
 * the file: on its own way up it would stop at a folder that looks like a bare repository, which a commit may bring along.
 */
function rootsAbove(path: string): string[] {
  return foldersFrom(dirname(path)).filter((folder) => existsSync(join(folder, '.git')))
}

/** The checkout may belong to another user, as in a container, which git refuses to read unless told that it is safe. */
const ANYBODYS = ['-c', 'safe.directory=*']

/** It answers from one index; what takes longer is ended. Seconds for all that is asked about a file. */
const LONGEST_WAIT = 15
