import { setTimeout as sleep } from 'node:timers/promises'
import { UnwritableFile } from './unwritable-file.js'

/** Together a second, which is what a virus scanner or an editor that saves needs. */
const FURTHER_TRIES = 20
/** Milliseconds. */
const PAUSE = 50

/**
 * Tries an operation again for a second at most where it fails as it does on Windows while another program has the file
 * open. On every other platform such a file can be read, replaced and removed, so the first failure is the last.
 *
 * @throws UnwritableFile the one of the last try
 */
export async function patiently<Result>(operation: () => Result): Promise<Result> {
  for (let left = process.platform === 'win32' ? FURTHER_TRIES : 0; ; left--) {
    try {
      return operation()
    } catch (error) {
      if (left === 0 || !mayBeHeldOpen(error)) throw error
    }
    await sleep(PAUSE)
  }
}

/** Windows says EBUSY, EPERM or EACCES, whichever program and call it is. */
function mayBeHeldOpen(error: unknown): boolean {
  return error instanceof UnwritableFile && (error.reason === 'in-use' || error.reason === 'permission')
}
