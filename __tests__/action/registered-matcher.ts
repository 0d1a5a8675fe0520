import { readFileSync } from 'node:fs'
import type { StepResult } from './run-action.js'

/** A problem matcher as its file has it. */
interface Matcher {
  readonly owner: string
  readonly severity: string
  readonly pattern: readonly { readonly regexp: string; readonly message: number }[]
}

/** The one matcher that a step has registered, with its file. */
export function registered({ commands }: Pick<StepResult, 'commands'>): Matcher & { readonly path: string } {
  const [path = '', ...others] = commands.filter(({ name }) => name === 'add-matcher').map(({ message }) => message)
  const { problemMatcher: matchers }: { problemMatcher: Matcher[] } = JSON.parse(readFileSync(path, 'utf8'))
  const [matcher] = matchers
  if (others.length > 0 || matchers.length !== 1 || matcher === undefined) throw new Error('There is not one matcher.')
  return { ...matcher, path }
}

/**
 * The messages of the annotations that a matcher makes of a log. As the runner does it: commands are taken first, then colours
 * away. Source: `OutputManager.cs`.
 */
export function matchedIn(output: string, { pattern }: Pick<Matcher, 'pattern'>): string[] {
  const [{ regexp, message } = { regexp: '(?!)', message: 0 }] = pattern
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the beginning of a colour
  const lines = output.split('\n').map((line) => line.replace(/\x1b\[[0-9;]*m?/g, ''))
  return lines
    .filter((line) => !/^\s*::[\w-]+[ :]/.test(line))
    .flatMap((line) => new RegExp(regexp).exec(line)?.[message] ?? [])
}
