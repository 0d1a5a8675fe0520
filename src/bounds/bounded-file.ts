import * as fs from 'node:fs'

/** What came of reading a file that somebody else may have put there. */
export type BoundedFile =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** Nothing is there, or nothing that this user can see. */
  | { readonly kind: 'absent' }
  /** A folder, a device, a pipe or a socket. */
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'too-large'; readonly limit: number }
  /** `code`: the system's, such as `EACCES`. */
  | { readonly kind: 'unreadable'; readonly code: string }

/** An open file would make its terminal that of this process, and a pipe would wait for somebody to write. */
const FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOCTTY ?? 0)

/** Read at a time. Bytes. */
const CHUNK = 64 * 1024

/**
 * Reads a file, links followed, as far as it is a regular one and no longer than `limit` bytes. How long it is shows when
 * it is read: files of procfs say that they are empty.
 */
export function readBounded(path: string, limit: number): BoundedFile {
  return withRegularFile(path, (descriptor, size) => {
    if (size > limit) return { kind: 'too-large', limit }
    const chunks: Buffer[] = []
    let length = 0
    // One byte more than it says it has, so that an ordinary file takes one turn.
    for (let room = size + 1; ; room = CHUNK) {
      const chunk = Buffer.allocUnsafe(Math.min(room, limit + 1 - length))
      const read = fs.readSync(descriptor, chunk, 0, chunk.length, null)
      if (read === 0) return { kind: 'bytes', bytes: joined(chunks, length) }
      chunks.push(chunk.subarray(0, read))
      length += read
      if (length > limit) return { kind: 'too-large', limit }
    }
  })
}

/** One piece is not copied: a large file need not be in memory twice. */
function joined(chunks: readonly Buffer[], length: number): Buffer {
  const [only, ...others] = chunks
  return only !== undefined && others.length === 0 ? only : Buffer.concat(chunks, length)
}

/**
 * Hands the bytes of a regular file to `take`, piece by piece, without holding them all: at most as many as the file says
 * it has. `take` returns false to end it early.
 *
 * @returns `whole`: all was taken, and there was no more than that
 */
export function takeBytes(
  path: string,
  take: (piece: Buffer) => boolean,
): { readonly kind: 'whole' | 'part' } | Exclude<BoundedFile, { kind: 'bytes' | 'too-large' }> {
  return withRegularFile(path, (descriptor, size) => {
    const buffer = Buffer.allocUnsafe(16 * CHUNK)
    for (let taken = 0; ; ) {
      const read = fs.readSync(descriptor, buffer, 0, Math.min(buffer.length, size - taken + 1), null)
      taken += read
      if (read === 0) return { kind: 'whole' }
      if (taken > size || !take(buffer.subarray(0, read))) return { kind: 'part' }
    }
  })
}

/** The names in a folder; undefined where it cannot be read, and `complete` false where it has more than `limit`. */
export function namesIn(
  folder: string,
  limit: number,
): { readonly names: readonly string[]; readonly complete: boolean } | undefined {
  try {
    const open = fs.opendirSync(folder)
    try {
      const names: string[] = []
      for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
        if (names.length === limit) return { names, complete: false }
        names.push(entry.name)
      }
      return { names, complete: true }
    } finally {
      open.closeSync()
    }
  } catch {
    return undefined
  }
}

type Unread = Exclude<BoundedFile, { kind: 'bytes' | 'too-large' }>

function withRegularFile<Result>(path: string, work: (descriptor: number, size: number) => Result): Result | Unread {
  // Before opening, since that alone does something to some devices; and after, since it may be another file by then.
  const kind = isRegular(path)
  if (kind !== true) return { kind: kind === undefined ? 'absent' : 'not-a-file' }
  try {
    const descriptor = fs.openSync(path, FLAGS)
    try {
      const found = fs.fstatSync(descriptor)
      return found.isFile() ? work(descriptor, found.size) : { kind: 'not-a-file' }
    } finally {
      fs.closeSync(descriptor)
    }
  } catch (error) {
    return { kind: 'unreadable', code: error instanceof Error && 'code' in error ? String(error.code) : '' }
  }
}

/** Undefined where nothing can be seen, which for PHP's `is_file` is no file either. */
function isRegular(path: string): boolean | undefined {
  try {
    return fs.statSync(path).isFile()
  } catch {
    return undefined
  }
}
