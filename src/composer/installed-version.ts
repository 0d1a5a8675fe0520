import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import semver from 'semver'
import { runTool } from '../tools/run-tool.js'
import type { CredentialRules } from './effective-credentials.js'
import type { Environment } from './environment.js'

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
  around: Pick<Environment, 'env' | 'platform' | 'cwd'>,
): Promise<string | undefined> {
  const emptyFolder = temporaryFolder(around)
  if (emptyFolder === undefined) return undefined
  try {
    const { stdout } = await runTool('composer', ['--version', '--no-interaction', '--no-ansi'], {
      around,
      cwd: emptyFolder,
      // `COMPOSER` would bring a project's plugins in.
      without: /^COMPOSER/i,
      variables: { COMPOSER_HOME: emptyFolder, COMPOSER_ALLOW_SUPERUSER: '1' },
      limit: LONGEST_WAIT,
    })
    // Without an answer there is no composer on the PATH (yet): the step may stand before the one that installs it.
    return semver.valid(/^Composer version (\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1] ?? null) ?? undefined
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

/** Whether a version of Composer sends https requests through `http_proxy`; versions from 2.8.0 on do not. */
export function httpsFallsBackToHttpProxy(version: string | undefined): boolean {
  return version !== undefined && semver.lt(version, '2.8.0')
}

/** How a version of Composer reads credentials. */
export function credentialRules(version: string): CredentialRules {
  return { environmentLast: semver.gte(version, '2.7.8'), knowsHeaders: semver.gte(version, '2.9.0') }
}

/** A version of each kind that reads credentials in its own way, newest first: see `credentialRules` and `readsRootOnInstall`. */
export const TELLING_VERSIONS = ['2.10.0', '2.9.0', '2.7.8', '2.2.0'] as const

/** Whether a version of Composer stops at a `COMPOSER_AUTH` that is no JSON, and does not merely go on without: since 2.5.0. */
export function stopsAtMalformedVariable(version: string | undefined): boolean | undefined {
  return version === undefined ? undefined : semver.gte(version, '2.5.0')
}

/** Whether a version of Composer reads packages.json also for `install` with a lock: since 2.10.0. */
export function readsRootOnInstall(version: string | undefined): boolean | undefined {
  return version === undefined ? undefined : semver.gte(version, '2.10.0')
}
