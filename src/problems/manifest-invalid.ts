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
    const at = position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
    const meaning =
      stopsOnly === undefined ? '' : ` ${namesOfVersions(stopsOnly)} stop at it; other versions put this one right.`
    return {
      cause: `${path} ${WRONG[reason]}${at}.${meaning}`,
      fix: [stepFor(reason)],
      who: 'Anyone who can edit the project.',
      composerSays: composerSaysOf(path, reason),
      background:
        reason === 'too-large'
          ? 'This action reads no more than that of a file.'
          : 'Composer stops at such a file before it asks any repository.',
    }
  },
}

/** Continues the path. */
const WRONG: Readonly<Record<ManifestInvalid['reason'], string>> = {
  empty: 'is empty',
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

function stepFor(reason: ManifestInvalid['reason']): string {
  switch (reason) {
    case 'conflict':
      return 'Resolve the conflict: for composer.lock take one side, then run `composer update --lock`.'
    case 'permission':
      return 'Give the file to the job’s user: a step that ran as root or in a container may have created it.'
    case 'too-large':
    case 'empty':
      return 'Restore the file from version control, and see which step overwrote it.'
    default:
      return 'Correct the file at that place; `composer validate` shows the line as well.'
  }
}
