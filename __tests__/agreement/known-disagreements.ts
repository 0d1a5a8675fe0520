import type { Line } from './table.js'

/**
 * Where the action is known to be wrong about a Composer. The suite fails for an entry that has come to agree, so this list can
 * only get shorter.
 */
export interface KnownDisagreement {
  /** The row of the list of differences between Composers that this is about. */
  readonly row: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 'cooldown'
  readonly why: string
  readonly group: string
  /** By name, in the lines of Composer in which the two disagree. */
  readonly scenarios: Readonly<Record<string, readonly Line[]>>
}

export const KNOWN_DISAGREEMENTS: readonly KnownDisagreement[] = []

/** What the two are known to disagree in, for a scenario under a line of Composer; undefined where they are to agree. */
export function knownDisagreement(
  { group, name }: { readonly group: string; readonly name: string },
  line: Line,
): KnownDisagreement | undefined {
  return KNOWN_DISAGREEMENTS.find((known) => known.group === group && known.scenarios[name]?.includes(line))
}
