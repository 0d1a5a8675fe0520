import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
  const folder = gitFolder(dirname(path))
  const git = (...args: string[]) => runGit(folder, args, env)
  if ((await git('rev-parse', '--is-inside-work-tree')).stdout.trim() !== 'true') return undefined
  const name = relative(folder, path).replaceAll('\\', '/')
  if ((await git('ls-files', '--error-unmatch', '--', `./${name}`)).exitCode === 0) return 'tracked'
  const { exitCode } = await git('check-ignore', '--quiet', '--', `./${name}`)
  // 0: ignored; 1: not ignored; all else: git failed.
  return exitCode === 1 ? 'not-ignored' : undefined
}

/** Where git is started: above folders that look like a bare repository, in which it would refuse to look any further. */
function gitFolder(folder: string): string {
  const parent = dirname(folder)
  const isBare = ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)))
  return isBare && parent !== folder ? gitFolder(parent) : folder
}

/**
 * The checkout may belong to another user, as in a container, which git refuses to read unless told that it is safe.
 * What a repository's own configuration could make git start is switched off; and a commit may bring a bare repository
 * along, whose configuration is text of a pull request: git is not to find one (since 2.38).
 */
const SAFE = [
  ...['-c', 'safe.directory=*', '-c', 'safe.bareRepository=explicit'],
  ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
]

/**
 * Nothing is fetched and nobody is asked: of a partial clone git would get what is missing by a command that the
 * repository's own configuration names.
 */
const QUIET = { GIT_OPTIONAL_LOCKS: '0', GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' }

/** It answers from one index; what takes longer is not waited for. Seconds. */
const LONGEST_WAIT = 15

async function runGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ exitCode: number | undefined; stdout: string }> {
  try {
    const run = getExecOutput('git', [...SAFE, '-C', folder, ...args], {
      silent: true,
      ignoreReturnCode: true,
      env: { ...withoutSecrets(env), ...QUIET },
    })
    return await Promise.race([run, sleep(LONGEST_WAIT * 1000, NO_ANSWER, { ref: false })])
  } catch {
    return NO_ANSWER
  }
}

const NO_ANSWER = { exitCode: undefined, stdout: '' }

function withoutSecrets(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      // `GIT_DIR` and its like would have git look at another repository than the one around the file.
      entry[1] !== undefined && !/^(INPUT_|STATE_|ACTIONS_|COMPOSER_AUTH$|GIT_)/i.test(entry[0]),
  )
  return Object.fromEntries(kept)
}
