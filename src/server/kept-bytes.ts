import { RequestFailure } from './failure.js'

/** The most that a run keeps of all answers, by what it counts for it. The thousand files of a failing project leave most of it. */
const LARGEST_KEPT_MIB = 40

/** Counts what a run keeps: told of every further piece, in bytes. It throws RequestFailure `too-much`. */
export function keptBytes(): (bytes: number) => void {
  let left = LARGEST_KEPT_MIB * 1024 * 1024
  return (bytes) => {
    left -= bytes
    if (left < 0) throw new RequestFailure({ type: 'too-much', limitMiB: LARGEST_KEPT_MIB })
  }
}
