import { statSync, truncateSync } from 'node:fs'
import { warning } from '@actions/core'

/** A file by which the runner takes outputs or state, and which cannot be written. */
export class UnwritableRunnerFile extends Error {
  override readonly name = 'UnwritableRunnerFile'
  /** The variable that names it, with what the system said: fit to be shown. */
  readonly shown: string

  constructor(variable: string, cause: unknown) {
    super(variable)
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'missing'
    this.shown = `${variable} (${code})`
  }
}

/**
 * Writes to a file of the runner's, all or nothing: of half a value the runner would make an error of its own.
 *
 * @throws UnwritableRunnerFile
 */
export function writeRunnerFile(variable: 'GITHUB_OUTPUT' | 'GITHUB_STATE', write: () => void): void {
  const path = process.env[variable] ?? ''
  const before = sizeOf(path)
  try {
    write()
  } catch (cause) {
    if (before !== undefined) cutBack(path, before)
    throw new UnwritableRunnerFile(variable, cause)
  }
}

/** Hands outputs over. Where the runner's file cannot be written a warning says so, and the step's verdict stands. */
export function writeOutputs(write: () => void): void {
  try {
    writeRunnerFile('GITHUB_OUTPUT', write)
  } catch (error) {
    if (!(error instanceof UnwritableRunnerFile)) throw error
    warning(
      `The runner’s file for outputs, ${error.shown}, cannot be written: this step has no outputs. Free space on the disk of this runner.`,
      { title: 'The outputs could not be set' },
    )
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}

function cutBack(path: string, size: number): void {
  try {
    truncateSync(path, size)
  } catch {
    // Then the runner says what it makes of it.
  }
}
