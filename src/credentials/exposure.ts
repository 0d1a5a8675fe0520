import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { getExecOutput } from '@actions/exec'

/** How git would take a file along: with the next commit, or at the next `git add .`. */
export type Exposure = 'tracked' | 'not-ignored'

/**
 * Whether a file is inside a git work tree, a submodule's or a linked one included, and git would publish it. Undefined
 * when it would not, when the file does not exist, and when git cannot tell, as where there is none.
 */
export async function exposureToGit(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Exposure | undefined> {
  if (!existsSync(path)) return undefined
  const git = (...args: string[]) => runGit(dirname(path), args, env)
  if ((await git('rev-parse', '--is-inside-work-tree')).stdout.trim() !== 'true') return undefined
  const name = `./${basename(path)}`
  if ((await git('ls-files', '--error-unmatch', '--', name)).exitCode === 0) return 'tracked'
  const { exitCode } = await git('check-ignore', '--quiet', '--', name)
  // 0: ignored; 1: not ignored; all else: git failed.
  return exitCode === 1 ? 'not-ignored' : undefined
}

/**
 * The checkout may belong to another user, as in a container, which git refuses to read unless told that it is safe.
 * What a repository's own configuration could make git start is switched off.
 */
const SAFE = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null']

async function runGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ exitCode: number | undefined; stdout: string }> {
  try {
    const { exitCode, stdout } = await getExecOutput('git', [...SAFE, '-C', folder, ...args], {
      silent: true,
      ignoreReturnCode: true,
      env: { ...withoutSecrets(env), GIT_OPTIONAL_LOCKS: '0' },
    })
    return { exitCode, stdout }
  } catch {
    return { exitCode: undefined, stdout: '' }
  }
}

function withoutSecrets(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      // `GIT_DIR` and its like would have git look at another repository than the one around the file.
      entry[1] !== undefined && !/^(INPUT_|STATE_|ACTIONS_|COMPOSER_AUTH$|GIT_)/i.test(entry[0]),
  )
  return Object.fromEntries(kept)
}
