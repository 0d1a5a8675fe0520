import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool, type ToolResult } from '../../tools/run-tool.js'
import type { Environment } from '../environment.js'

export type RunEnvironment = Pick<Environment, 'env' | 'platform' | 'cwd'>

/** A wrapper that starts a container takes a few seconds; what takes longer is ended. Seconds. */
const LONGEST_WAIT = 15

/** A composer.json with which every Composer is content. */
const MANIFEST = { name: 'a/a', description: 'Empty', license: 'MIT', require: {} }

/**
 * Runs the installed Composer in an otherwise empty folder that is its home as well: no plugin of the project or of the user is loaded,
 * and no `~/.config/composer` comes into being that would hide another step's auth.json. It gets no input of this step and
 * no credentials.
 *
 * @param auth what it finds in COMPOSER_AUTH: nothing of anybody's
 */
export async function runComposer(
  args: readonly string[],
  environment: RunEnvironment,
  auth?: Readonly<Record<string, unknown>>,
): Promise<ToolResult> {
  const folder = projectFolder(environment)
  if (folder === undefined) return { exitStatus: undefined, stdout: '' }
  try {
    return await runTool('composer', [...args, '--no-interaction', '--no-ansi'], {
      environment,
      cwd: folder,
      // `COMPOSER` would bring a project's plugins in.
      without: /^COMPOSER/i,
      variables: {
        COMPOSER_HOME: folder,
        COMPOSER_ALLOW_SUPERUSER: '1',
        ...(auth === undefined ? {} : { COMPOSER_AUTH: JSON.stringify(auth) }),
      },
      limit: LONGEST_WAIT,
    })
  } finally {
    await tidyUp(folder)
  }
}

/** The folder is the job's own temporary one: what cannot be removed there is no reason to end with an error. */
async function tidyUp(folder: string): Promise<void> {
  try {
    // Windows removes no folder in which a program still runs. Not by `rmSync`, for the reason that `removeFile` gives.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // The runner empties its temporary folder after the job.
  }
}

/** A new folder with nothing but that composer.json; undefined where none can be made. */
function projectFolder({ env }: Pick<Environment, 'env'>): string | undefined {
  try {
    const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'composer-version-'))
    writeFileSync(join(folder, 'composer.json'), JSON.stringify(MANIFEST))
    return folder
  } catch {
    return undefined
  }
}
