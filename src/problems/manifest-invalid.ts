import { namesOfVersions } from '../composer/installed/composer-versions.js'
import type { UnreadableFile } from '../composer/project-file.js'
import { type Facts, never, type Place, type ProblemEntry } from './problem.js'

/** composer.json or composer.lock cannot be read. */
export interface ManifestInvalid extends Facts {
  readonly code: 'manifest-invalid'
  readonly place: Place
  readonly reason: UnreadableFile['reason']
}

export const manifestInvalid: ProblemEntry<ManifestInvalid> = {
  title: 'composer.json or composer.lock cannot be read',
  atMost: 'error',
  severity: ({ stopsOnly }) => (stopsOnly === undefined ? 'error' : 'warning'),
  byCredentials: never,
  explain({ place: { path, position }, reason, stopsOnly }) {
    const at =
      position === undefined || WHOLE.includes(reason) ? '' : ` at line ${position.line}, column ${position.column}`
    const meaning =
      stopsOnly === undefined ? '' : ` ${namesOfVersions(stopsOnly)} stop at it; other versions put this one right.`
    return {
      ...titleFor(path),
      cause: `${path} ${WRONG[reason]}${at}.${meaning}`,
      fix: [stepFor(reason, path)],
      who: 'Anyone who can edit the project.',
      composerSays: composerSaysOf(path, reason),
      background:
        reason === 'too-large'
          ? 'This action reads no more than that of a file.'
          : 'Composer stops at such a file before it asks any repository.',
    }
  },
}

/** Where no place in the file is to blame. */
const WHOLE: readonly ManifestInvalid['reason'][] = ['empty', 'byte-order-mark', 'not-utf-8', 'not-an-object']

/** Of `COMPOSER=other.json` neither name is true. */
function titleFor(path: string): { readonly title?: string } {
  if (/(?:^|[\\/])composer\.lock$/.test(path)) return { title: 'composer.lock cannot be read' }
  return /(?:^|[\\/])composer\.json$/.test(path) ? { title: 'composer.json cannot be read' } : {}
}

/** Continues the path. */
const WRONG: Readonly<Record<ManifestInvalid['reason'], string>> = {
  empty: 'is empty, which is not valid JSON',
  'not-utf-8': 'is not UTF-8 text',
  'byte-order-mark': 'begins with a byte order mark',
  'single-quotes': 'is not valid JSON: it has single quotes where double quotes must be',
  'trailing-comma': 'is not valid JSON: it has one comma too many',
  syntax: 'is not valid JSON',
  'not-decodable': 'is nested too deeply or holds a broken character, so PHP cannot decode it',
  'not-an-object': 'does not hold a JSON object',
  conflict: 'holds the conflict markers of an unfinished merge',
  'too-large': 'is larger than 64 MiB, which no real one is',
  permission: 'cannot be read by this job’s user',
}

function composerSaysOf(path: string, reason: ManifestInvalid['reason']): string | undefined {
  switch (reason) {
    case 'permission':
      return `The file "${path}" is not readable.`
    // Not known word for word: Composer has no sentence of its own for these.
    case 'too-large':
    case 'not-an-object':
      return undefined
    default:
      return `"${path}" does not contain valid JSON`
  }
}

function stepFor(reason: ManifestInvalid['reason'], path: string): string {
  const isLock = path.endsWith('.lock')
  switch (reason) {
    case 'conflict':
      return isLock
        ? 'Take one side of the file as a whole, then run `composer update --lock`, and commit it.'
        : 'Resolve the conflict in that file, and commit it.'
    case 'byte-order-mark':
    case 'not-utf-8':
      return 'Save the file as UTF-8 without a byte order mark.'
    case 'permission':
      return 'Give the file to the job’s user: a step that ran as root or in a container may have created it.'
    case 'too-large':
    case 'empty':
      return 'Restore the file from version control, and see which step overwrote it.'
    default:
      return isLock
        ? 'Restore composer.lock from version control, or write it anew with `composer update`.'
        : 'Correct the file at that place; `composer validate` shows the line as well.'
  }
}
