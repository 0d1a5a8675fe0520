import { RequestFailure } from './failure.js'

/**
 * The most that a run keeps of all answers, by what it counts for it. The nine hundred package files that a failing
 * Magento project may ask for take some 45 MiB, with 120 versions each.
 */
const LARGEST_KEPT_MIB = 64

/** What a run keeps of all its answers, in bytes. */
export interface KeptBytes {
  readonly total: number
  /** @throws RequestFailure `too-much` */
  add(bytes: number): void
}

export function keptBytes(): KeptBytes {
  let total = 0
  return {
    get total() {
      return total
    },
    add: (bytes) => {
      total += bytes
      if (total > LARGEST_KEPT_MIB * 1024 * 1024)
        throw new RequestFailure({ type: 'too-much', limitMiB: LARGEST_KEPT_MIB })
    },
  }
}
