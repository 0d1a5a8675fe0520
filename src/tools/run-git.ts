import type { Surrounding } from './program.js'
import { runTool, type ToolResult } from './run-tool.js'

/**
 * What a repository's own configuration could make git start is switched off, and a bare repository is not looked into
 * (since 2.38).
 */
const SAFE = [
  ...['-c', 'safe.bareRepository=explicit'],
  ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'],
]

/**
 * Nothing is fetched and nobody is asked: of a partial clone git would get what is missing by a command that the
 * repository's own configuration names.
 */
const QUIET = { GIT_OPTIONAL_LOCKS: '0', GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' }

/**
 * Asks git about the repository around a folder, which a stranger may have written.
 *
 * @param limit seconds
 */
export function runGit(
  folder: string,
  args: readonly string[],
  environment: Surrounding,
  limit: number,
): Promise<ToolResult> {
  return runTool('git', [...SAFE, ...args], {
    environment,
    cwd: folder,
    // `GIT_DIR` and its like would have git look at another repository than the one around the folder.
    without: /^GIT_/i,
    variables: QUIET,
    limit,
  })
}
