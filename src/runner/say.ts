import { info } from '@actions/core'
import { flattened } from '../text/server-text.js'

/**
 * Writes one line into the log. Hosts and paths in it may be a pull request's: composer.json names repositories, and can
 * be a link into a folder whose name goes on over lines.
 */
export function say(line: string): void {
  info(flattened(line))
}
