import { performance } from 'node:perf_hooks'

/** The moment at which something has to end, by a clock that nobody can set. */
export interface Deadline {
  /** Milliseconds until then; 0 when it has passed. */
  left(): number
  passed(): boolean
}

/** A deadline so many milliseconds from now. */
export function openDeadline(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds
  return {
    left: () => Math.max(0, end - performance.now()),
    passed: () => performance.now() >= end,
  }
}
