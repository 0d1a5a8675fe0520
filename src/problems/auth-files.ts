import type { UnwritableReason } from '../credentials/unwritable-file.js'
import type { CatalogueEntry, InvalidReason } from './finding.js'
import { WORKFLOW_AUTHOR } from './phrases.js'

export const authFileInvalid: CatalogueEntry<'auth-file-invalid'> = {
  title: 'Existing credentials are not in a form that Composer accepts',
  atMost: 'error',
  explain({ path, reason, section, position, refused, stops }) {
    const place = position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
    const { what, says } = invalid(reason, section)
    const isVariable = path === 'COMPOSER_AUTH'
    const kept = refused
      ? `It was left as it is, and this step’s credentials were not written there.`
      : 'It was left as it is.'
    return {
      what: `${isVariable ? 'The variable COMPOSER_AUTH' : path} ${what}${place}. ${kept}`,
      // Of a variable that is no object Composer stops at `null` alone, which it cannot tell from what is no JSON.
      composerSays: says === 'parse' || (reason === 'not-an-object' && isVariable && stops) ? doesNotParse(path) : says,
      why: isVariable
        ? `The workflow sets it, or an earlier step of this job does. ${stops ? 'Composer stops at it before it reads anything else.' : 'Composer, or an older version of it, goes on without these credentials.'}`
        : 'It came with the checkout, or another step or an earlier job on this machine wrote it. Composer fails on it as well, or reads no credentials from it; its message would show part of the file, this one does not.',
      fix: isVariable ? MALFORMED_VARIABLE : path.endsWith('auth.json') ? MALFORMED_FILE : MALFORMED_SETTINGS,
      who: isVariable
        ? WORKFLOW_AUTHOR
        : 'Whoever may edit this workflow; on a self-hosted runner, whoever runs the machine.',
    }
  },
  documentation: {
    see: 'The step names the file or the variable `COMPOSER_AUTH`, with line and column, never what stands there, and changes nothing. Composer says “does not contain valid JSON”, “COMPOSER_AUTH environment variable is malformed, should be a valid JSON object”, or stops with a PHP type error.',
    means:
      'An auth.json (in Composer’s home or beside composer.json), or `COMPOSER_AUTH`, is not JSON (a comma too many, single quotes, a byte order mark, another encoding), not an object, or an entry has not the fields that Composer reads: `username` and `password` for `http-basic`.',
    fix: [
      'Correct the step that writes the file, or the secret that the variable is set from.',
      'Hand the same document to the input `composer-auth` instead: it says what is wrong with it, and where.',
      'Remove the file on a self-hosted runner if nobody needs it.',
    ],
    who: 'Whoever may edit the workflow, or runs the machine.',
    verify:
      "Run `composer config --global home` to see the folder, then `php -r 'var_dump(null !== json_decode(file_get_contents($argv[1])));' <folder>/auth.json`: it prints `bool(true)` for valid JSON and nothing of the content.",
  },
}

const MALFORMED_FILE = [
  'Find the step that writes auth.json: a here-document or an `echo` with a secret that holds quotes or line breaks is the usual cause.',
  'Let that step write valid JSON, or take it away and hand the credentials to this action.',
  'On a self-hosted runner, correct or remove the file by hand.',
]

const MALFORMED_SETTINGS = [
  'Correct that file, or take the credentials under its `config` away and hand them to this step’s input `composer-auth`.',
  'Keys that were committed are known: make new ones.',
]

const MALFORMED_VARIABLE = [
  'Find the `env:` or the step that sets COMPOSER_AUTH: a secret with single quotes, a comma too many or a line break inside a text, or a shell that took the quotes away, is the usual cause.',
  'Save the secret again as one JSON object, or hand it to the input `composer-auth` of this action and take COMPOSER_AUTH away.',
]

function doesNotParse(path: string): string {
  return path === 'COMPOSER_AUTH'
    ? 'COMPOSER_AUTH environment variable is malformed, should be a valid JSON object'
    : `"${path}" does not contain valid JSON`
}

export const authFileUnwritable: CatalogueEntry<'auth-file-unwritable'> = {
  title: 'auth.json cannot be written',
  atMost: 'error',
  explain({ path, reason, systemCode, composerSays }) {
    const { what, fix } = UNWRITABLE[reason]
    return {
      what: `${path} ${what}${systemCode === undefined ? '' : ` (${systemCode})`}. The credentials were not written there.`,
      composerSays,
      why: 'Composer would read them from there; without them it asks the repository without keys and fails with “required authentication (HTTP 401)”, unless it finds some elsewhere.',
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

export const authFileExposed: CatalogueEntry<'auth-file-exposed'> = {
  title: 'git would take credentials along',
  atMost: 'warning',
  explain({ path, tracked, written }) {
    const whose = written ? 'holds the credentials of this step' : 'holds credentials'
    return {
      what: tracked
        ? `${path} ${whose} and is tracked by git.`
        : `${path} ${whose}, lies in a git work tree, and no .gitignore names it.`,
      composerSays: undefined,
      why: tracked
        ? 'Whatever stands in a tracked file goes into the next commit that a step or a person makes, and to everybody who can read the repository.'
        : 'A step that commits, archives or uploads the work tree would take it along.',
      fix: [
        ...(tracked
          ? [
              'Take it out of version control: `git rm --cached` and a commit. Keys that were ever committed are known: make new ones.',
            ]
          : []),
        'Add the file to .gitignore: for the file beside composer.json the line is `/auth.json`.',
        ...(written ? ['Or leave `auth-location` at `global`, which is outside the work tree.'] : []),
      ],
      who: 'Whoever may edit this repository.',
    }
  },
  documentation: {
    see: 'A warning that names an auth.json inside a git work tree. It was written by this step (`auth-location: project` or `magento`), or stands beside composer.json.',
    means:
      'git tracks the file, or does not ignore it, so that credentials can end up in a commit, an archive or an artifact.',
    fix: [
      'Add `/auth.json` (and `/var/composer_home/` in a Magento project) to .gitignore.',
      'If the file is tracked: `git rm --cached auth.json`, commit, and make new keys, since the old ones are in the history.',
      'Or write to `auth-location: global`.',
    ],
    who: 'Whoever may edit the repository.',
    verify:
      'Run `git check-ignore --verbose auth.json` and `git ls-files auth.json`: the first must print a rule, the second nothing.',
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
    case 'list':
      return {
        what: 'holds a list, or a number for a key, where Composer reads an object of sections',
        says: undefined,
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
  'leads-out': {
    what: 'lies outside of the checkout, and symbolic links in the checkout lead there: a commit does not choose where keys are written',
    fix: [
      'Take the link out of the repository, or let it lead to a folder inside the checkout.',
      'If the folder is meant, name it where the workflow does: by `working-directory`, or by `COMPOSER_HOME` for `auth-location: global`.',
    ],
  },
  'not-a-file': {
    what: 'is not a regular file, or its folder is not a folder',
    fix: ['Remove what stands there.', OWN_HOME],
  },
  'not-ours': {
    what: 'belongs to another user, or other users may read or change it, so it is not what an earlier use of this action left',
    fix: [
      'Look at what stands there. If an earlier job left it, give it back to the job’s user alone (`chown`, `chmod go=`); if not, remove it.',
      OWN_HOME,
    ],
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
    fix: [
      'Run the job again.',
      'If no other job runs on this machine, remove that folder, as the user whose it is: a step that ran as root may have been ended while it held it.',
    ],
  },
  'no-home': {
    what: 'has no place: neither `COMPOSER_HOME` nor a home folder is known',
    fix: ['Set `HOME` (on Windows `APPDATA`) or `COMPOSER_HOME` for the job; Composer itself cannot run without.'],
  },
  other: { what: 'could not be written', fix: ['Look at the folder as the job’s user.', OWN_HOME] },
}
