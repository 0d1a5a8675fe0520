import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getExecOutput } from '@actions/exec'
import { normalizeVersion } from './version.js'

/** A wrapper that starts a container takes a few seconds; what takes longer is not waited for. Seconds. */
const LONGEST_WAIT = 15

/**
 * The version of the installed Composer (`2.9.8`), or undefined when none answers. Asked only where versions differ, and
 * once.
 *
 * Composer runs in an empty folder that is its home as well: no plugin of the project or of the user is loaded, and no
 * `~/.config/composer` comes into being that would hide another step's auth.json. It gets no input of this step and no
 * credentials.
 */
export async function installedComposerVersion(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  let emptyFolder: string | undefined
  try {
    emptyFolder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'composer-version-'))
    const run = getExecOutput('composer', ['--version', '--no-interaction', '--no-ansi'], {
      cwd: emptyFolder,
      env: { ...ofNoProject(env), COMPOSER_HOME: emptyFolder, COMPOSER_ALLOW_SUPERUSER: '1' },
      silent: true,
      ignoreReturnCode: true,
    })
    const { stdout } = await Promise.race([run, sleep(LONGEST_WAIT * 1000, { stdout: '' }, { ref: false })])
    const version = /^Composer version (\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1]
    return version === undefined || normalizeVersion(version) === undefined ? undefined : version
  } catch {
    // No composer on the PATH (yet): the step may stand before the one that installs it. Or no folder to run it in.
    return undefined
  } finally {
    if (emptyFolder !== undefined) rmSync(emptyFolder, { recursive: true, force: true })
  }
}

/** Without secrets, and without what names a project to Composer: `COMPOSER` would bring its plugins in. */
function ofNoProject(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(INPUT_|STATE_|ACTIONS_|COMPOSER)/i.test(entry[0]),
  )
  return Object.fromEntries(kept)
}
