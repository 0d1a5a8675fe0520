import { lowered, namesOf } from './phrases.js'

/** Where Composer may find after all what no repository was seen to have. */
export type Elsewhere =
  /**
   * In repositories that cannot be asked from here, by their hosts or addresses; empty names are left out. `onServer`: one of them
   * is a Composer repository; else all are under version control, or folders.
   */
  | { readonly kind: 'repositories'; readonly names: readonly string[]; readonly onServer: boolean }
  /** In another package of the project that provides or replaces it. */
  | { readonly kind: 'package' }

/** Why it is only a warning; a sentence, or nothing. */
export function whyElsewhere(elsewhere: Elsewhere | undefined, it: string): string {
  if (elsewhere === undefined) return ''
  if (elsewhere.kind === 'package') return `This is a warning because another package of the project may provide ${it}.`
  // Which one is said by the step: the address of a repository may be long.
  return `This is a warning because another repository, which could not be asked, may have ${it}.`
}

/** The steps, after one that may make them needless. */
export function unlessElsewhere(elsewhere: Elsewhere | undefined, it: string, steps: readonly string[]): string[] {
  if (elsewhere === undefined) return [...steps]
  const [first = '', ...rest] = steps
  const enough = elsewhere.kind === 'package' ? 'If Composer succeeds' : `If ${unasked(elsewhere.names)} has ${it}`
  return [`${enough}, nothing needs to be done.`, `Otherwise ${lowered(first)}`, ...rest]
}

/** Who can look there, and who can take the other steps. */
export function whoElsewhere(elsewhere: Elsewhere | undefined, who: string): string {
  if (elsewhere?.kind !== 'repositories') return who
  return `Anyone who can look there; otherwise ${lowered(who)}`
}

function unasked(names: readonly string[]): string {
  return names.length === 0 ? 'another repository of composer.json' : namesOf(names)
}
