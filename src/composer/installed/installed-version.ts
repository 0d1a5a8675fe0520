import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from '../../tools/run-tool.js'
import type { Environment } from '../environment.js'
import { normalizeVersion } from '../versions/version.js'

/** A wrapper that starts a container takes a few seconds; what takes longer is ended. Seconds. */
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
  environment: Pick<Environment, 'env' | 'platform' | 'cwd'>,
): Promise<string | undefined> {
  const emptyFolder = temporaryFolder(environment)
  if (emptyFolder === undefined) return undefined
  try {
    const { stdout } = await runTool('composer', ['--version', '--no-interaction', '--no-ansi'], {
      environment,
      cwd: emptyFolder,
      // `COMPOSER` would bring a project's plugins in.
      without: /^COMPOSER/i,
      variables: { COMPOSER_HOME: emptyFolder, COMPOSER_ALLOW_SUPERUSER: '1' },
      limit: LONGEST_WAIT,
    })
    // Without an answer there is no composer on the PATH (yet): the step may stand before the one that installs it.
    // Older builds print the number without the word "version".
    const version = /^Composer (?:version )?(\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1]
    return version === undefined || normalizeVersion(version) === undefined ? undefined : version
  } finally {
    rmSync(emptyFolder, { recursive: true, force: true })
  }
}

function temporaryFolder({ env }: Pick<Environment, 'env'>): string | undefined {
  try {
    return mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'composer-version-'))
  } catch {
    return undefined
  }
}
