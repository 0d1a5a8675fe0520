import { normalizeVersion } from '../versions/version.js'
import { type RunEnvironment, runComposer } from './run-composer.js'

/**
 * The version of the installed Composer (`2.9.8`), or undefined when none answers. Asked only where versions differ, and
 * once.
 */
export async function installedComposerVersion(environment: RunEnvironment): Promise<string | undefined> {
  const { stdout } = await runComposer(['--version'], environment)
  // Without an answer there is no composer on the PATH (yet): the step may stand before the one that installs it.
  // Older builds print the number without the word "version".
  const version = /^Composer (?:version )?(\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1]
  return version === undefined || normalizeVersion(version) === undefined ? undefined : version
}
