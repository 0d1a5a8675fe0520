import { performance } from 'node:perf_hooks'

/** The moment at which something has to end, by a clock that nobody can set. */
export interface Deadline {
  /** Milliseconds until then; 0 when it has passed. */
  left(): number
  passed(): boolean
  /** A deadline so many milliseconds from now, or this one where it comes first. */
  within(milliseconds: number): Deadline
}

/** A deadline so many milliseconds from now. */
export function openDeadline(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds
  const left = () => Math.max(0, end - performance.now())
  return {
    left,
    passed: () => left() === 0,
    within: (further) => openDeadline(Math.min(further, left())),
  }
}
