import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { getState, info, saveState, warning } from '@actions/core'
import { failureLine } from '../composer/failure-message.js'
import { isJsonObject, parseJson } from '../composer/json.js'
import { removeFile } from '../credentials/regular-file.js'
import { guarded, UnwritableFile } from '../credentials/unwritable-file.js'
import { UnwritableRunnerFile, writeRunnerFile } from './runner-file.js'
import { say } from './say.js'

/** What the runner knows a matcher by, and the file that it reads it from. Neither is secret. */
interface ProblemMatcher {
  readonly owner: string
  readonly path: string
}

const STATE = 'problem_matcher'
const NAME = 'magento-composer-auth-'
/** Longer names of hosts are none. */
const LONGEST_HOST = 253

/**
 * In a job in a container this step is often root, and the runner outside is not: what it cannot read fails the step
 * (`ActionCommandManager.cs`). So everybody may read this file, which says what Composer's source code says.
 */
const READABLE = 0o644

/**
 * Has the runner make annotations of Composer's own lines about the host of a repository, for the rest of the job. They are
 * warnings, since Composer prints such a line also where it then goes on. What stands in the way of it is a warning.
 *
 * To be called last: from then on the runner looks at every line that this process prints. It reads the file only in its own
 * temporary folder, whose path it translates where this process runs in a container.
 */
export async function addProblemMatcher(repositoryUrl: string, { RUNNER_TEMP }: NodeJS.ProcessEnv): Promise<void> {
  const { host } = new URL(repositoryUrl)
  try {
    const matcher = { owner: ownerFor(host), path: newPath(RUNNER_TEMP) }
    // First: the post step finds the file whatever happens to this process.
    writeRunnerFile('GITHUB_STATE', () => saveState(STATE, matcher))
    write(matcher, failureLine(host))
    info(`::add-matcher::${escaped(matcher.path)}`)
  } catch (error) {
    if (!(error instanceof UnwritableFile || error instanceof UnwritableRunnerFile)) throw error
    const why = error instanceof UnwritableFile ? `${error.path}: ${error.message}` : error.shown
    warning(`The problem matcher for ${host} cannot be written (${why}). Nothing else is different.`, {
      title: 'No problem matcher was registered',
    })
  }
}

/** The matcher that main announced; undefined for none. Where it announced none the text can be anybody's. */
export function savedProblemMatcher(): ProblemMatcher | undefined {
  const parsed = parseJson(Buffer.from(getState(STATE)))
  if (parsed.kind !== 'json' || !isJsonObject(parsed.value)) return undefined
  const { owner, path } = parsed.value
  if (typeof owner !== 'string' || !OWNER.test(owner)) return undefined
  return typeof path === 'string' && isAbsolute(path) && FILE.test(basename(path)) ? { owner, path } : undefined
}

/** Has the runner forget a matcher, and removes its file. */
export async function removeProblemMatcher({ owner, path }: ProblemMatcher): Promise<void> {
  info(`::remove-matcher owner=${owner}::`)
  try {
    await removeFile(path)
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error
    say(`${path}, which holds no secret, cannot be removed (${error.message}).`)
  }
}

const OWNER = new RegExp(`^${NAME}[a-z0-9._-]{1,${LONGEST_HOST}}$`)
const FILE = new RegExp(`^${NAME}[0-9a-f-]{36}\\.matcher\\.json$`)

/** By host: the runner replaces a matcher by a later one of the same owner. */
function ownerFor(host: string): string {
  return `${NAME}${host.replace(/[^a-z0-9._-]/g, '_').slice(0, LONGEST_HOST)}`
}

/** @throws UnwritableFile */
function newPath(temporary: string | undefined): string {
  if (temporary === undefined || !isAbsolute(temporary)) throw new UnwritableFile('RUNNER_TEMP', 'other')
  return join(temporary, `${NAME}${randomUUID()}.matcher.json`)
}

/** @throws UnwritableFile */
function write({ owner, path }: ProblemMatcher, regexp: string): void {
  const document = { problemMatcher: [{ owner, severity: 'warning', pattern: [{ regexp, message: 1 }] }] }
  guarded(path, () => {
    // A new file, never through a link.
    fs.writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`, { flag: 'wx', mode: READABLE })
    // Whatever the umask says.
    fs.chmodSync(path, READABLE)
  })
}

/** As the runner reads what stands behind a command. Source: `ActionCommand.cs`. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
