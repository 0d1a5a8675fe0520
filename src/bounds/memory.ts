import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** As much as may be read in between. Bytes. */
const LARGE = 2 * 1024 * 1024

let read = 0
let collect: (() => void) | undefined

/**
 * Has V8 collect what is no longer used before its heap has grown by a third, where it would wait for a multiple: a runner in
 * a container may have no room for that, and on a busy machine V8 comes to collecting later still. A step that finds
 * nothing large never comes so far.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--optimize-for-size')
  // The part for young objects would grow to three times 16 MiB, and stay so.
  setFlagsFromString('--semi-space-growth-factor=1')
}

/**
 * Told of every document of a server before and after it is read, and of every file of a project before, has V8 collect what
 * is left of a large one, or of many small ones, at once.
 */
export function collectAfter(bytes: number): void {
  read += bytes
  if (read < LARGE) return
  read = 0
  collectNow()
}

/**
 * Has V8 collect at once: also to be called right before the process ends. A thread of V8 that compiles in the background and finds no room waits for the
 * main thread to collect; the main thread, once it exits, waits for all threads: the step would never end. Seen with Node
 * 24.21 in two of ten thousand steps, more often the less the heap may grow.
 */
export function collectNow(): void {
  collect ??= collector()
  collect()
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => found() : () => {}
}
