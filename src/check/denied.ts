import type { FindingOf } from '../problems/finding.js'

type Denied = FindingOf<'package-denied'>

/** A finding that a package is denied. Who finds it says what is known; what is left out is not known, or does not apply. */
export function denied(
  known: Pick<Denied, 'reason' | 'host' | 'packages' | 'place'> & Partial<Omit<Denied, 'code'>>,
): Denied {
  return {
    code: 'package-denied',
    status: undefined,
    url: undefined,
    hiddenBy: undefined,
    mayBeElsewhere: false,
    filter: undefined,
    constraint: undefined,
    unnamed: false,
    ...known,
  }
}
