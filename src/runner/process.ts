import { error, getInput, setOutput, warning } from '@actions/core'
import { collectNow } from '../bounds/memory.js'
import { UnwritableRunnerFile, writeOutputs } from './runner-file.js'

/** Longer is not waited for whoever reads what this process prints. Milliseconds. */
const LONGEST_FLUSH = 10_000

/**
 * Runs one of the two programs and ends the process with its exit status. However it ends, something is said: also when an
 * error is thrown where nobody waits for it, and when nothing is left to wait for although the work is not done.
 *
 * @param report says what went wrong, and returns the exit status
 */
export function runProgram(work: () => Promise<number>, report: (cause: unknown) => number): void {
  silenceNode()
  let exitStatus: number | undefined
  const fail = (cause: unknown) => {
    exitStatus ??= reported(report, cause)
    endProcess(exitStatus)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  process.on('exit', () => {
    exitStatus ??= reported(report, new EndedEarly())
    process.exitCode = exitStatus
  })
  work().then((status) => {
    exitStatus ??= status
    endProcess(exitStatus)
  }, fail)
}

/**
 * Everything of this action goes to stdout. With NODE_DEBUG set in the job, Node writes the headers of every request to stderr,
 * the keys among them.
 */
function silenceNode(): void {
  if (process.env.NODE_DEBUG !== undefined) process.stderr.write = () => true
}

/** The process ends and the work is not done: it waits for something that does not come. */
class EndedEarly extends Error {
  override readonly name = 'EndedEarly'
}

/** Where not even that can be said, the exit status says it. */
function reported(report: (cause: unknown) => number, cause: unknown): number {
  try {
    return report(cause)
  } catch {
    return 1
  }
}

/**
 * Ends the process with an exit status as soon as everything printed has left it. Not left to Node: a name that is
 * still being looked up would keep it alive beyond the step's deadline.
 */
function endProcess(exitStatus: number): void {
  const exit = () => {
    collectNow()
    process.exit(exitStatus)
  }
  setTimeout(exit, LONGEST_FLUSH)
  process.stdout.write('', exit)
}

/**
 * A runner that takes nothing more, or a defect of this action: one annotation.
 *
 * @returns the exit status: 1, unless `fail-on-error` is off
 */
export function reportCrash(cause: unknown): 0 | 1 {
  const mayPass = /^false$/i.test(getInput('fail-on-error'))
  const { message, title } = crashWords(cause)
  if (mayPass) warning(message, { title })
  else error(message, { title })
  writeOutputs(() => {
    setOutput('status', 'problems')
    for (const name of ['problem', 'http-status', 'auth-file', 'netrc-file']) setOutput(name, '')
    for (const name of ['problems', 'packages-denied']) setOutput(name, '[]')
    setOutput('packages-checked', 0)
  })
  return mayPass ? 0 : 1
}

function crashWords(cause: unknown): { message: string; title: string } {
  if (cause instanceof UnwritableRunnerFile) {
    return {
      message: `The runner’s file for state, ${cause.shown}, cannot be written, so this step stopped: its post step would not know what to remove. Free space on the disk of this runner.`,
      title: 'The state could not be saved',
    }
  }
  return {
    message: `Magento Composer Auth failed because of a defect of its own; please report it with these lines. ${anatomy(cause)}`,
    title: 'Magento Composer Auth failed unexpectedly',
  }
}

/** Cleaning up never fails a job that did its work. */
export function reportPostCrash(cause: unknown): 0 {
  warning(
    `The credentials may still be in auth.json: removing them failed because of a defect of this action. ${anatomy(cause)}`,
    {
      title: 'The credentials could not be removed',
    },
  )
  return 0
}

/** What kind of error it was and where: not its message, which may quote a value. */
function anatomy(cause: unknown): string {
  if (!(cause instanceof Error)) return 'Something that is no error was thrown.'
  const code = 'code' in cause ? ` (${String(cause.code)})` : ''
  const { stack = '' } = cause
  // A message of several lines may look like a part of the stack that follows it.
  const behind = stack.indexOf(cause.message) + cause.message.length
  const frames = stack
    .slice(behind)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
  return [`${cause.name}${code}`, ...frames.slice(0, 6).map((frame) => frame.trim())].join('\n')
}
