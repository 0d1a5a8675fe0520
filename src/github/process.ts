import { error, setOutput, warning } from '@actions/core'
import { InvalidInput } from './invalid-input.js'

/**
 * Ends the process with an exit status as soon as everything printed has left it. Not left to Node: a name that is
 * still being looked up would keep it alive beyond the step's deadline.
 */
export function endProcess(exitStatus: number): void {
  process.stdout.write('', () => process.exit(exitStatus))
}

/** An input that cannot be read, or a defect of this action. One annotation, exit status 1. */
export function reportCrash(cause: unknown): 1 {
  setOutput('status', 'problems')
  if (cause instanceof InvalidInput) {
    error(cause.message, { title: 'An input cannot be read' })
  } else {
    error(`Magento Composer Auth failed by a defect of its own; please report it with these lines. ${anatomy(cause)}`, {
      title: 'Magento Composer Auth failed unexpectedly',
    })
  }
  return 1
}

/** Cleaning up never fails a job that did its work. */
export function reportPostCrash(cause: unknown): 0 {
  warning(
    `The credentials may still be in auth.json: taking them away failed by a defect of this action. ${anatomy(cause)}`,
    {
      title: 'The credentials could not be taken away',
    },
  )
  return 0
}

/** What kind of error it was and where: not its message, which may quote a value. */
function anatomy(cause: unknown): string {
  if (!(cause instanceof Error)) return 'Something that is no error was thrown.'
  const code = 'code' in cause ? ` (${String(cause.code)})` : ''
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${cause.name}${code}`, ...frames.slice(0, 6).map((frame) => frame.trim())].join('\n')
}
