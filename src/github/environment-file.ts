import { existsSync } from 'node:fs'
import { exportVariable } from '@actions/core'

/**
 * Whether the runner takes variables from a file. Where it does not, the toolkit would print the value as a command for
 * the runner instead.
 */
export function canExport({ GITHUB_ENV }: Readonly<Record<string, string | undefined>>): boolean {
  return GITHUB_ENV !== undefined && GITHUB_ENV !== '' && existsSync(GITHUB_ENV)
}

/** Sets `COMPOSER_AUTH` for every later step of the job. */
export function exportComposerAuth(text: string): void {
  exportVariable('COMPOSER_AUTH', text)
}
