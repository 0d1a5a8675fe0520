import type { Place } from '../problems/problem.js'
import { entryOf, entryWithoutCase } from './workflow-file.js'
import { runningStep } from './workflow-step.js'

/** The line of the workflow that sets an input; undefined when the step cannot be told, or sets no such input. */
export function inputLine(env: Readonly<Record<string, string | undefined>>, input: string): Place | undefined {
  const found = runningStep(env)
  if (found === undefined || !('step' in found)) return undefined
  const entry = entryWithoutCase(entryOf(found.step, 'with')?.value, input)
  return entry === undefined ? undefined : { path: found.file.path, position: entry.at }
}
