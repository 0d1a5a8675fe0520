import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Documents below this size leave little behind. Bytes. */
const LARGE = 1024 * 1024

let collect: (() => void) | undefined

/**
 * Has V8 take away what is left of the last large document before there is another one. By itself it waits until the heap has
 * grown by a multiple, and a runner in a container may have no room for that.
 */
export function collectAfter(bytes: number): void {
  if (bytes < LARGE) return
  collect ??= collector()
  collect()
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => found() : () => {}
}
