import { existsSync } from 'node:fs'
import { exportVariable } from '@actions/core'
import { maskAll, maskComposerAuth } from './masks.js'

/**
 * Whether the runner takes variables from a file. Where it does not, the toolkit would print the value as a command for
 * the runner instead.
 */
export function canExport({ GITHUB_ENV }: Readonly<Record<string, string | undefined>>): boolean {
  return GITHUB_ENV !== undefined && GITHUB_ENV !== '' && existsSync(GITHUB_ENV)
}

/**
 * Sets `COMPOSER_AUTH` for every later step of the job.
 *
 * The runner prints it at the head of each of them. What others had put there was masked, if at all, in the form in which
 * their secret was saved, and no longer is now that it is written anew: so its secrets are masked, and the text itself,
 * which also holds what is too short for a mask of its own.
 *
 * @param text on one line
 */
export function exportComposerAuth(text: string): void {
  maskComposerAuth(text)
  maskAll([text])
  exportVariable('COMPOSER_AUTH', text)
}
