import * as fs from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readBounded } from '../bounds/bounded-file.js'
import { removeFolder } from './folder.js'
import { patiently } from './patience.js'
import { PRIVATE } from './regular-file.js'
import { codeOf, guarded, UnwritableFile } from './unwritable-file.js'

/** A lock is held for milliseconds; whoever holds one for longer than this was killed. Milliseconds. */
const ABANDONED_AFTER = 30_000
/** Longer than an abandoned lock can stand in the way. Milliseconds. */
const GIVE_UP_AFTER = ABANDONED_AFTER + 10_000
/** How long a lock must stand still before its date counts: dates are another clock's, or one's that was set. Milliseconds. */
const DATE_COUNTS_AFTER = 1000
/** How far the clock of a file system may be ahead of ours. Milliseconds. */
const MOST_AHEAD = 5000
/** An owner is named by a UUID; whoever may write there may have put anything in its place. Bytes. */
const LONGEST_OWNER = 64

/**
 * Runs `work` while this process alone holds the lock, which is a folder: `mkdir` is atomic on every file system that a
 * runner has, network ones included. A lock counts as abandoned when it was seen to stand still for 30 s, or for one
 * while its date is older than 30 s or lies ahead; and at once when `ownerId` itself left it behind: that is the post
 * step after its main was killed.
 *
 * @throws UnwritableFile when the folder cannot be created, or the lock stays taken for 40 s
 */
export async function withLock<Result>(lock: string, ownerId: string, work: () => Promise<Result>): Promise<Result> {
  await acquire(lock, ownerId)
  try {
    // Left by a process that was killed while it took the lock over. As long as the lock is held nobody needs it.
    await remove(guardOf(lock))
    return await work()
  } finally {
    await remove(lock)
  }
}

async function acquire(lock: string, ownerId: string): Promise<void> {
  const deadline = performance.now() + GIVE_UP_AFTER
  const seen = { lock: new Watched(lock), guard: new Watched(guardOf(lock)) }
  while (!(await tryCreate(lock))) {
    if (performance.now() > deadline) throw new UnwritableFile(lock, 'locked')
    if (isFree(seen.lock, ownerId)) await takeOver(seen, ownerId)
    await sleep(20 + Math.random() * 30)
  }
  try {
    fs.writeFileSync(join(lock, 'owner'), ownerId, { mode: PRIVATE })
  } catch {
    // A full disk may have room for a folder and none for a file; taking credentials away must work there all the same.
    // Without a name the lock holds as well: only, should this process be killed, it is abandoned no sooner than 30 s later.
  }
}

function tryCreate(folder: string): Promise<boolean> {
  return patiently(() =>
    guarded(folder, () => {
      try {
        fs.mkdirSync(folder, 0o700)
        return true
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false
        throw error
      }
    }),
  )
}

/** A folder that another process made, and since when it has been seen to stand still. */
class Watched {
  readonly path: string
  #identity = ''
  #since = 0

  constructor(path: string) {
    this.path = path
  }

  /** Whether whoever made the folder has given it up, by what was seen of it so far. */
  isAbandoned(): boolean {
    const stats = fs.lstatSync(this.path, { throwIfNoEntry: false })
    if (stats === undefined) return false
    const identity = [stats.ino, stats.mtimeMs, this.holder].join(' ')
    if (identity !== this.#identity) {
      this.#identity = identity
      this.#since = performance.now()
    }
    const still = performance.now() - this.#since
    const age = Date.now() - stats.mtimeMs
    return still > ABANDONED_AFTER || (still > DATE_COUNTS_AFTER && (age > ABANDONED_AFTER || age < -MOST_AHEAD))
  }

  get holder(): string | undefined {
    const file = readBounded(join(this.path, 'owner'), LONGEST_OWNER)
    return file.kind === 'bytes' ? file.bytes.toString() : undefined
  }
}

function isFree(lock: Watched, ownerId: string): boolean {
  return lock.isAbandoned() || lock.holder === ownerId
}

/**
 * Breaking a lock needs a lock of its own: of two processes that saw the same abandoned one, the slower would otherwise
 * remove the lock that the faster has just taken.
 */
async function takeOver({ lock, guard }: { lock: Watched; guard: Watched }, ownerId: string): Promise<void> {
  if (!(await tryCreate(guard.path))) {
    if (guard.isAbandoned()) await remove(guard.path)
    return
  }
  try {
    if (isFree(lock, ownerId)) await remove(lock.path)
  } finally {
    await remove(guard.path)
  }
}

function guardOf(lock: string): string {
  return `${lock}.takeover`
}

async function remove(folder: string): Promise<void> {
  try {
    await removeFolder(folder)
  } catch {
    // What the work came to says more; a lock or guard that cannot be removed is waited for, and not for ever.
  }
}
