import { type JsonLimits, WRITTEN_BY_COMPOSER, WRITTEN_BY_HAND } from '../bounds/json-values.js'
import { namesOfVersions } from '../composer/installed/composer-versions.js'
import type { Position } from '../composer/json.js'
import type { UnreadableFile } from '../composer/project-file.js'
import { whoEdits } from './people.js'
import { BOM_DETECTED, noValidJson } from './phrases.js'
import { type Facts, type JobSite, never, type Place, type ProblemEntry } from './problem.js'
import { shownPath } from './shown-path.js'

/** composer.json or composer.lock cannot be read, or the lock is not there that a partial update needs. */
export interface ManifestInvalid extends Facts {
  readonly code: 'manifest-invalid'
  readonly place: Place
  readonly reason: UnreadableFile['reason'] | 'no-lock' | 'no-lock-to-renew' | 'missing-folder'
  /** The `url` of a path repository whose folder is missing. */
  readonly folder?: string
}

export const manifestInvalid: ProblemEntry<ManifestInvalid> = {
  title: 'composer.json or composer.lock cannot be read',
  atMost: 'error',
  // Composer reads what is too large for this check, if PHP has the memory.
  severity: ({ reason, stopsOnly }) => (stopsOnly === undefined && reason !== 'too-large' ? 'error' : 'warning'),
  byCredentials: never,
  explain({ place: { path, position }, reason, stopsOnly, folder = '' }, site) {
    const meaning =
      stopsOnly === undefined
        ? ''
        : ` ${namesOfVersions(stopsOnly)} stop at it; other versions resolve this conflict by themselves.`
    return {
      ...titleFor(path, reason),
      cause: `${shownPath(path, site)} ${wrong(reason, position, folder)}.${meaning}`,
      fix: [stepFor(reason, path, site)],
      who: `${whoFor(reason)}.`,
      // Of those that stop at it some have words of their own.
      composerSays: stopsOnly === undefined ? composerSaysOf(path, reason, folder) : undefined,
      background: backgroundOf(reason),
    }
  },
}

function backgroundOf(reason: ManifestInvalid['reason']): string {
  switch (reason) {
    case 'too-large':
      return `This action reads composer.json up to ${inWords(WRITTEN_BY_HAND)}, composer.lock up to ${inWords(WRITTEN_BY_COMPOSER)}.`
    case 'missing-folder':
      return 'Composer stops there as soon as it looks for a package in that repository.'
    case 'no-lock-to-renew':
      return 'With `config.lock: false` Composer reads none.'
    case 'no-lock':
      return 'What a partial update does not name stays as composer.lock has it. With `config.lock: false` Composer reads none.'
    default:
      return 'Composer stops at such a file before it asks any repository.'
  }
}

function whoFor(reason: ManifestInvalid['reason']): string {
  if (reason === 'missing-folder') return whoEdits('composer.json', 'workflow')
  return isWithoutLock(reason) ? whoEdits('composer.lock', 'workflow') : 'Anyone who can edit the project'
}

function isWithoutLock(reason: ManifestInvalid['reason']): boolean {
  return reason === 'no-lock' || reason === 'no-lock-to-renew'
}

/** Of `COMPOSER=other.json` neither name is true. */
function titleFor(path: string, reason: ManifestInvalid['reason']): { readonly title?: string } {
  const [, name] = /(?:^|[\\/])(composer\.(?:json|lock))$/.exec(path) ?? []
  if (isWithoutLock(reason)) return { title: 'A partial update needs a composer.lock' }
  if (reason === 'missing-folder') return { title: 'The folder of a path repository is missing' }
  if (reason === 'too-large') return { title: `${name ?? 'A file of the project'} is too large to be checked` }
  return name === undefined ? {} : { title: `${name} cannot be read` }
}

function inWords({ bytes, values }: JsonLimits): string {
  return `${bytes / 1024 / 1024} MiB and ${values.toLocaleString('en')} values`
}

/** As Composer names it: from the folder that it runs in, unless `COMPOSER` names another. Source: `Factory::getComposerFile`. */
function asNamed(path: string): string {
  const name = /(?:^|[\\/])(composer\.(?:json|lock))$/.exec(path)?.[1]
  return name === undefined ? path : `./${name}`
}

/** Continues the path. */
function wrong(reason: ManifestInvalid['reason'], position: Position | undefined, folder: string): string {
  const at = position === undefined ? '' : `at line ${position.line}, column ${position.column}`
  switch (reason) {
    case 'single-quotes':
      return `is not valid JSON: ${at === '' ? '' : `${at}, `}it has single quotes instead of double quotes`
    case 'trailing-comma':
      return `is not valid JSON: ${at === '' ? '' : `${at}, `}it has an extra comma`
    case 'syntax':
      return `is not valid JSON${at === '' ? '' : `: the mistake is ${at}`}`
    case 'not-decodable':
      return `is nested too deeply or holds a broken character${at === '' ? '' : ` ${at}`}, so PHP cannot decode it`
    case 'conflict':
      return `holds the conflict markers of an unfinished merge${at === '' ? '' : ` ${at}`}`
    case 'missing-folder':
      return `names a path repository, ${folder}, and no such folder is there`
    default:
      return WHOLE[reason]
  }
}

type InText = 'single-quotes' | 'trailing-comma' | 'syntax' | 'not-decodable' | 'conflict' | 'missing-folder'

/** What is wrong with a file as a whole, at no place in it. */
const WHOLE: Readonly<Record<Exclude<ManifestInvalid['reason'], InText>, string>> = {
  empty: 'is empty, which is not valid JSON',
  'not-utf-8': 'is not UTF-8 text',
  'byte-order-mark': 'begins with a byte order mark',
  'not-an-object': 'does not hold a JSON object',
  'no-lock': 'has no composer.lock beside it that Composer reads, and `composer-command` names packages to update',
  'no-lock-to-renew': 'has no composer.lock beside it that Composer reads, and `update --lock` writes that anew',
  'too-large': 'is larger than any that a project is known to have, so the packages that it needs were not checked',
  permission: 'cannot be read by this job’s user',
}

function composerSaysOf(path: string, reason: ManifestInvalid['reason'], folder: string): string | undefined {
  switch (reason) {
    case 'permission':
      return `The file "${asNamed(path)}" is not readable.`
    // Not known word for word: Composer has no sentence of its own for these.
    case 'too-large':
    case 'not-an-object':
      return undefined
    case 'byte-order-mark':
      return BOM_DETECTED
    case 'no-lock-to-renew':
      return 'Cannot update lock file information without a lock file present. Run `composer update` to generate a lock file.'
    case 'no-lock':
      return 'Cannot update only a partial set of packages without a lock file present. Run `composer update` to generate a lock file.'
    case 'missing-folder':
      // Composer names the path with its variables filled in.
      return /^~|[$%]/.test(folder)
        ? undefined
        : `The \`url\` supplied for the path (${folder}) repository does not exist`
    default:
      return noValidJson(asNamed(path))
  }
}

function stepFor(reason: ManifestInvalid['reason'], path: string, { platform }: JobSite): string {
  const isLock = path.endsWith('.lock')
  switch (reason) {
    case 'conflict':
      return isLock
        ? 'Take one side of the file as a whole, then run `composer update --lock`, and commit it.'
        : 'Resolve the conflict in that file, and commit it.'
    case 'byte-order-mark':
    case 'not-utf-8':
      return 'Save the file as UTF-8 without a byte order mark.'
    case 'not-an-object':
      return 'Write one JSON object: `{ … }`.'
    case 'permission':
      return platform === 'win32'
        ? 'Let the job’s user read the file (Properties → Security), or close the program that has it open.'
        : 'Give the file to the job’s user: a step that ran as root or in a container may have created it.'
    case 'too-large':
      return 'If a step overwrote the file by mistake, restore it from version control.'
    case 'missing-folder':
      return 'Correct the `url`, or create the folder before this step: it may be a submodule that the checkout leaves out.'
    case 'no-lock-to-renew':
      return 'Commit composer.lock, or run `composer update` and set `composer-command: update`.'
    case 'no-lock':
      return 'Commit composer.lock, or run `composer update` without names and set `composer-command: update`.'
    case 'empty':
      return 'Restore the file from version control, and see which step overwrote it.'
    default:
      return isLock
        ? 'Restore composer.lock from version control, or write it anew with `composer update`.'
        : 'Correct the file at that place; `composer validate` shows the line as well.'
  }
}
