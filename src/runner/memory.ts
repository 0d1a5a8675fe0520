import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** As much as may be read in between. Bytes. */
const LARGE = 2 * 1024 * 1024

let read = 0
let collect: (() => void) | undefined

/**
 * Told of every document before and after it is read, has V8 take away what is left of a large one, or of many small ones. By itself it waits until the heap has
 * grown by a multiple, and a runner in a container may have no room for that.
 */
export function collectAfter(bytes: number): void {
  read += bytes
  if (read < LARGE) return
  read = 0
  collect ??= collector()
  collect()
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  // The part for young objects would grow to three times 16 MiB, and stay so.
  setFlagsFromString('--semi-space-growth-factor=1')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => found() : () => {}
}
