import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
 * Runs the installed Composer in an empty folder that is its home as well: no plugin of the project or of the user is loaded,
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
  const emptyFolder = temporaryFolder(environment)
  if (emptyFolder === undefined) return { exitStatus: undefined, stdout: '' }
  try {
    writeFileSync(join(emptyFolder, 'composer.json'), JSON.stringify(MANIFEST))
    return await runTool('composer', [...args, '--no-interaction', '--no-ansi'], {
      environment,
      cwd: emptyFolder,
      // `COMPOSER` would bring a project's plugins in.
      without: /^COMPOSER/i,
      variables: {
        COMPOSER_HOME: emptyFolder,
        COMPOSER_ALLOW_SUPERUSER: '1',
        ...(auth === undefined ? {} : { COMPOSER_AUTH: JSON.stringify(auth) }),
      },
      limit: LONGEST_WAIT,
    })
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
