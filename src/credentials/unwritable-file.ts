import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Why a file cannot be read or replaced. `code` is the system's name for it (`EACCES`), never its message. */
export type UnwritableReason =
  | 'directory'
  | 'link'
  | 'leads-out'
  | 'not-a-file'
  | 'not-a-folder'
  | 'not-ours'
  | 'permission'
  | 'read-only'
  | 'no-space'
  | 'in-use'
  | 'too-large'
  | 'locked'
  | 'no-home'
  | 'other'

/** Thrown by the functions that touch files; `writeCredentials` and `takeAwayCredentials` turn it into a result. */
export class UnwritableFile extends Error {
  override readonly name = 'UnwritableFile'
  readonly path: string
  readonly reason: UnwritableReason
  readonly code: string | undefined

  constructor(path: string, reason: UnwritableReason, code?: string) {
    // No message of the system: it may quote what it was given.
    super(`${reason}${code === undefined ? '' : ` (${code})`}`)
    this.path = path
    this.reason = reason
    this.code = code
  }
}

/**
 * Runs an operation on a file, and names the file where the system refuses.
 *
 * @throws UnwritableFile
 */
export function guarded<Result>(path: string, operation: () => Result): Result {
  try {
    return operation()
  } catch (error) {
    if (error instanceof UnwritableFile) throw error
    const code = codeOf(error)
    const reason = reasonOf(code)
    throw new UnwritableFile(reason === 'not-a-folder' ? inPlaceOfFolder(path) : path, reason, code)
  }
}

/** The system's name of an error (`EACCES`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** What the system found above a path where a folder must be: the nearest thing that is there. */
function inPlaceOfFolder(path: string): string {
  const above = dirname(path)
  return above === path || existsSync(above) ? above : inPlaceOfFolder(above)
}

/** What the system's name of an error means for a file. */
function reasonOf(code: string | undefined): UnwritableReason {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission'
    case 'EROFS':
      return 'read-only'
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'no-space'
    case 'EBUSY':
    case 'EXDEV':
    case 'ETXTBSY':
      return 'in-use'
    case 'ELOOP':
      return 'link'
    case 'EISDIR':
      return 'directory'
    case 'ENOTDIR':
      return 'not-a-folder'
    default:
      return 'other'
  }
}
