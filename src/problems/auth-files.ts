import type { UnwritableReason } from '../credentials/regular-file.js'
import type { CatalogueEntry, InvalidReason } from './finding.js'

export const authFileInvalid: CatalogueEntry<'auth-file-invalid'> = {
  title: 'An existing auth.json is not one that Composer accepts',
  atMost: 'error',
  explain({ path, reason, section, position }) {
    const place = position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
    const { what, says } = invalid(reason, section)
    return {
      what: `${path} ${what}${place}. The file was left as it is, and the keys were not written.`,
      composerSays: says === 'parse' ? `"${path}" does not contain valid JSON` : says,
      why: 'Another step, or an earlier job on this machine, wrote it. Composer fails on it as well, or reads no credentials from it; its message would show part of the file, this one does not.',
      fix: [
        'Find the step that writes auth.json: a here-document or an `echo` with a secret that holds quotes or line breaks is the usual cause.',
        'Let that step write valid JSON, or take it away and hand the credentials to this action.',
        'On a self-hosted runner, correct or remove the file by hand.',
      ],
      who: 'Whoever may edit this workflow; on a self-hosted runner, whoever runs the machine.',
    }
  },
  documentation: {
    see: 'The step names the file with line and column, never what stands there, and changes nothing. Composer says “does not contain valid JSON”, or stops with a PHP type error.',
    means:
      'auth.json is not JSON (a comma too many, single quotes, a byte order mark, another encoding), not an object, or an entry has not the fields that Composer reads: `username` and `password` for `http-basic`.',
    fix: ['Correct the step that writes the file.', 'Remove the file on a self-hosted runner if nobody needs it.'],
    who: 'Whoever may edit the workflow, or runs the machine.',
    verify:
      "Run `composer config --global home` to see the folder, then `php -r 'var_dump(null !== json_decode(file_get_contents($argv[1])));' <folder>/auth.json`: it prints `bool(true)` for valid JSON and nothing of the content.",
  },
}

export const authFileUnwritable: CatalogueEntry<'auth-file-unwritable'> = {
  title: 'auth.json cannot be written',
  atMost: 'error',
  explain({ path, reason, systemCode, composerSays }) {
    const { what, fix } = UNWRITABLE[reason]
    return {
      what: `${path} ${what}${systemCode === undefined ? '' : ` (${systemCode})`}. The keys were not written.`,
      composerSays,
      why: 'Composer reads its global credentials from there, so without the file it asks the repository without keys and fails with “required authentication (HTTP 401)”.',
      fix,
      who: 'Whoever may edit this workflow, or runs the machine or the container.',
    }
  },
  documentation: {
    see: 'The step says which file or folder and why; nothing was changed.',
    means:
      'The path is a directory, a symbolic link or a pipe, belongs to another user, lies on a read-only or full disk, or is a file mounted into a container, which cannot be replaced.',
    fix: [
      'Give the job’s user its own Composer home: set `COMPOSER_HOME` to a folder it may write to.',
      'Mount the folder, not the file, into a container.',
      'Replace a link with the file it points to.',
    ],
    who: 'Whoever may edit the workflow, or runs the machine or the container.',
    verify:
      'Run `ls -ld "$(composer config --global home)" "$(composer config --global home)/auth.json"` as the job’s user.',
  },
}

function invalid(
  reason: InvalidReason,
  section: string | undefined,
): { what: string; says: 'parse' | string | undefined } {
  switch (reason) {
    case 'empty':
      return { what: 'is empty', says: 'parse' }
    case 'not-utf-8':
      return { what: 'is not UTF-8 text', says: 'parse' }
    case 'byte-order-mark':
      return {
        what: 'begins with a byte order mark',
        says: 'BOM detected, make sure your input does not include a Unicode Byte-Order-Mark',
      }
    case 'single-quotes':
      return { what: 'is not valid JSON: single quotes stand where double quotes must', says: 'parse' }
    case 'trailing-comma':
      return { what: 'is not valid JSON: there is a comma too many', says: 'parse' }
    case 'syntax':
      return { what: 'is not valid JSON', says: 'parse' }
    case 'not-decodable':
      return { what: 'is nested too deeply or holds a broken character, so PHP cannot decode it', says: undefined }
    case 'not-an-object':
      return {
        what: 'does not hold a JSON object',
        says: 'does not match the expected JSON schema, this may result in errors and should be resolved',
      }
    case 'section':
      return {
        what: `has a section \`${section}\` that is not an object`,
        says: 'does not match the expected JSON schema, this may result in errors and should be resolved',
      }
    case 'entry':
      return {
        what: `has an entry in \`${section}\` that lacks what Composer reads`,
        says: 'does not match the expected JSON schema, this may result in errors and should be resolved',
      }
  }
}

const OWN_HOME = 'Or set `COMPOSER_HOME` for the whole job to a folder that its user may write to.'

/** `what` continues the path. */
const UNWRITABLE: Readonly<Record<UnwritableReason, { what: string; fix: readonly string[] }>> = {
  directory: {
    what: 'is a directory',
    fix: ['Remove the directory: a bind mount of a file that did not exist makes one.', OWN_HOME],
  },
  link: {
    what: 'is a symbolic link, which this action does not write through',
    fix: ['Replace the link with the file it points to. Linked folders are fine.', OWN_HOME],
  },
  'not-a-file': {
    what: 'is not a regular file, or its folder is not a folder',
    fix: ['Remove what stands there.', OWN_HOME],
  },
  permission: {
    what: 'may not be read or written by this job’s user',
    fix: ['Give the file and its folder to the job’s user: a step that ran as root may have made them.', OWN_HOME],
  },
  'read-only': { what: 'lies on a file system that is mounted read-only', fix: ['Mount it writable.', OWN_HOME] },
  'no-space': {
    what: 'could not be written because the disk is full or a quota is reached',
    fix: ['Free space on the runner.', OWN_HOME],
  },
  'in-use': {
    what: 'cannot be replaced, as a file that is mounted into a container cannot',
    fix: ['Mount its folder in place of the file.', OWN_HOME],
  },
  'too-large': {
    what: 'is larger than 8 MiB, which no auth.json is',
    fix: ['Look at what stands there and remove it.', OWN_HOME],
  },
  locked: {
    what: 'stayed taken by another job for 40 seconds',
    fix: ['Run the job again.', 'If no other job runs on this machine, remove that folder.'],
  },
  'no-home': {
    what: 'has no place: neither `COMPOSER_HOME` nor a home folder is known',
    fix: ['Set `HOME` (on Windows `APPDATA`) or `COMPOSER_HOME` for the job; Composer itself cannot run without.'],
  },
  other: { what: 'could not be written', fix: ['Look at the folder as the job’s user.', OWN_HOME] },
}
