import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getExecOutput } from '@actions/exec'
import semver from 'semver'
import type { CredentialRules } from './effective-credentials.js'

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
    return semver.valid(/^Composer version (\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1] ?? null) ?? undefined
  } catch {
    // No composer on the PATH (yet): the step may stand before the one that installs it. Or no folder to run it in.
    return undefined
  } finally {
    if (emptyFolder !== undefined) rmSync(emptyFolder, { recursive: true, force: true })
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

/** Without secrets, and without what names a project to Composer: `COMPOSER` would bring its plugins in. */
function ofNoProject(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(INPUT_|STATE_|ACTIONS_|COMPOSER)/i.test(entry[0]),
  )
  return Object.fromEntries(kept)
}
