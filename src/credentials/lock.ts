import * as fs from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf, PRIVATE, reasonOf, UnwritableFile } from './regular-file.js'

/** A lock is held for milliseconds; whoever holds one for longer than this was killed. Milliseconds. */
const ABANDONED_AFTER = 30_000
/** Longer than an abandoned lock can stand in the way. Milliseconds. */
const GIVE_UP_AFTER = ABANDONED_AFTER + 10_000

/**
 * Runs `work` while this process alone holds the lock, which is a folder: `mkdir` is atomic on every file system that a
 * runner has, network ones included. An abandoned lock is taken over after 30 s, and at once when `ownerId` itself left
 * it behind: that is the post step after its main was killed.
 *
 * @throws UnwritableFile when the folder cannot be created or the lock stays taken
 */
export async function withLock<Result>(lock: string, ownerId: string, work: () => Promise<Result>): Promise<Result> {
  await acquire(lock, ownerId)
  try {
    // Left by a process that was killed while it took the lock over. As long as the lock is held nobody needs it.
    remove(guardOf(lock))
    return await work()
  } finally {
    remove(lock)
  }
}

async function acquire(lock: string, ownerId: string): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER
  while (!tryCreate(lock)) {
    if (isAbandoned(lock, ownerId)) takeOver(lock, ownerId)
    else if (Date.now() > deadline) throw new UnwritableFile(lock, 'locked')
    else await sleep(20 + Math.random() * 30)
  }
  try {
    fs.writeFileSync(join(lock, 'owner'), ownerId, { mode: PRIVATE })
  } catch {
    // A full disk may have room for a folder and none for a file; taking credentials away must work there all the same.
    // Without a name the lock holds as well: only, should this process be killed, it is abandoned no sooner than 30 s later.
  }
}

function tryCreate(folder: string): boolean {
  try {
    fs.mkdirSync(folder, 0o700)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST') return false
    throw unwritable(folder, code)
  }
}

function unwritable(path: string, code: string | undefined): UnwritableFile {
  return new UnwritableFile(path, reasonOf(code), code)
}

function isAbandoned(lock: string, ownerId: string): boolean {
  const stats = fs.statSync(lock, { throwIfNoEntry: false })
  if (stats === undefined) return false
  if (Date.now() - stats.mtimeMs > ABANDONED_AFTER) return true
  return holderOf(lock) === ownerId
}

/**
 * Breaking a lock needs a lock of its own: of two processes that saw the same abandoned one, the slower would otherwise
 * remove the lock that the faster has just taken.
 */
function takeOver(lock: string, ownerId: string): void {
  const guard = guardOf(lock)
  if (!tryCreate(guard)) {
    const stats = fs.statSync(guard, { throwIfNoEntry: false })
    if (stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_AFTER) remove(guard)
    return
  }
  try {
    if (isAbandoned(lock, ownerId)) remove(lock)
  } finally {
    remove(guard)
  }
}

function guardOf(lock: string): string {
  return `${lock}.takeover`
}

function holderOf(lock: string): string | undefined {
  try {
    return fs.readFileSync(join(lock, 'owner'), 'utf8')
  } catch {
    return undefined
  }
}

function remove(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true })
  } catch {
    // What the work came to says more; a lock or guard that cannot be removed counts as abandoned after 30 s.
  }
}
