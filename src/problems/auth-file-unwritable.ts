import { dirname } from 'node:path'
import type { UnwritableReason } from '../credentials/unwritable-file.js'
import { whoEdits } from './people.js'
import { type Explanation, type Facts, never, type ProblemEntry } from './problem.js'
import { shownPath } from './shown-path.js'

/** A place for credentials that cannot be written to. */
export interface AuthFileUnwritable extends Facts {
  readonly code: 'auth-file-unwritable'
  /** A file's path, or the name of what stands for one where none is known. */
  readonly target: string
  readonly reason: UnwritableReason
  readonly systemCode: string | undefined
  readonly composerSays: string | undefined
  /** The file is the netrc file for downloads, which Composer has nothing to do with. */
  readonly forDownloads?: true
}

export const authFileUnwritable: ProblemEntry<AuthFileUnwritable> = {
  title: 'auth.json cannot be written',
  atMost: 'error',
  severity: () => 'error',
  byCredentials: never,
  explain({ target, reason, systemCode, composerSays, forDownloads }, site) {
    const {
      what,
      fix,
      who = EDITOR_OR_MACHINE,
    } = (site.platform === 'win32' ? ON_WINDOWS[reason] : undefined) ?? UNWRITABLE[reason]
    const cause =
      reason === 'no-home'
        ? `There is no place for auth.json: ${what}, so the credentials were not written.`
        : `${shownPath(target, site)} ${what}${systemCode === undefined ? '' : ` (${systemCode})`}, so the credentials were not written there.`
    if (forDownloads) {
      const folder = shownPath(dirname(target), site)
      return systemCode === 'ENOENT' ? noNetrcFolder(folder) : noNetrc(cause)
    }
    return {
      cause,
      fix,
      who,
      composerSays,
      background:
        'Without them Composer asks the repository without keys and fails with “required authentication (HTTP 401)”, unless it finds some elsewhere.',
    }
  },
}

const EDITOR_OR_MACHINE = `${whoEdits('workflow')}, or who runs the machine or container.`

const NO_NETRC = {
  title: 'The netrc file for downloads cannot be written',
  composerSays: undefined,
} as const

function noNetrc(cause: string): Explanation {
  return {
    ...NO_NETRC,
    cause,
    fix: [
      'Let the job’s user write to the temporary folder of the runner (`RUNNER_TEMP`), and see that its disk has room.',
    ],
    who: 'Whoever runs the machine or container.',
  }
}

function noNetrcFolder(folder: string): Explanation {
  return {
    ...NO_NETRC,
    cause: `The folder ${folder} does not exist, so the netrc file was not written there.`,
    // A workflow cannot set `RUNNER_TEMP`: the runner keeps variables of that kind to itself.
    fix: [`Create ${folder}, the runner’s temporary folder (\`RUNNER_TEMP\`), before this step.`],
    who: EDITOR_OR_MACHINE,
  }
}

const OWN_HOME = 'Or set `COMPOSER_HOME` for the whole job to a folder that its user can write to.'

/** `what` continues the path, but where there is none. */
interface Unwritable {
  readonly what: string
  readonly fix: readonly string[]
  readonly who?: string
}

/** Where Windows has other causes: access rules in the place of owners and modes, and files that a program holds open. */
const ON_WINDOWS: Readonly<Partial<Record<UnwritableReason, Unwritable>>> = {
  'not-ours': { what: 'is not a folder of this action', fix: ['Remove what is there.', OWN_HOME] },
  permission: {
    what: 'cannot be read or written by this job’s user, or another program has it open',
    fix: [
      'Close the program that has it open, such as an editor, and run the job again.',
      'Or let the job’s user change the file and its folder (Properties → Security): another user may have created them.',
      OWN_HOME,
    ],
  },
  'in-use': {
    what: 'cannot be replaced while another program has it open',
    fix: ['Close the program that has it open, such as an editor, and run the job again.', OWN_HOME],
  },
  locked: {
    what: 'was locked by another job for too long',
    fix: [
      'Run the job again.',
      'If no other job runs on this machine, remove that folder: a step may have been ended while it held it.',
    ],
  },
  'no-home': {
    what: 'neither `COMPOSER_HOME` nor `APPDATA` is known',
    fix: ['Set `APPDATA` or `COMPOSER_HOME` for the job. Composer cannot run without either.'],
  },
}

/** On every system, unless Windows has words of its own. */
const UNWRITABLE: Readonly<Record<UnwritableReason, Unwritable>> = {
  directory: {
    what: 'is a directory',
    fix: ['Remove it: a bind mount of a file that did not exist creates such a directory.', OWN_HOME],
  },
  link: {
    what: 'is a symbolic link, which this action does not write through',
    fix: ['Replace the link with the file that it points to. Linked folders are fine.', OWN_HOME],
  },
  'leads-out': {
    what: 'is outside the checkout, and links in the checkout lead there',
    fix: [
      'Remove the link from the repository, or let it lead to a folder inside the checkout: the repository’s content must not decide where keys are written.',
      'If the folder is meant, name it in the workflow: by `working-directory`, or by `COMPOSER_HOME` for `auth-location: global`.',
    ],
    who: 'Anyone who can edit this repository and this workflow.',
  },
  'not-a-file': {
    what: 'is neither a file nor a folder, but a device, a pipe or a socket',
    fix: ['Remove what is there.', OWN_HOME],
  },
  'not-a-folder': { what: 'is not a folder, but has to be one', fix: ['Remove what is there.', OWN_HOME] },
  'not-ours': {
    what: 'belongs to another user, or other users can read or change it',
    fix: [
      'If an earlier job left it, give it back to the job’s user alone (`chown`, `chmod go=`); if not, remove it.',
      OWN_HOME,
    ],
  },
  permission: {
    what: 'cannot be read or written by this job’s user',
    fix: ['Give the file and its folder to that user: a step that ran as root may have created them.', OWN_HOME],
  },
  'read-only': { what: 'is on a file system that is mounted read-only', fix: ['Mount it writable.', OWN_HOME] },
  'no-space': {
    what: 'cannot be written because the disk is full or a quota is reached',
    fix: ['Free space on the runner.', OWN_HOME],
  },
  'in-use': {
    what: 'cannot be replaced, as a file that is mounted into a container cannot',
    fix: ['Mount its folder instead of the file.', OWN_HOME],
  },
  'too-large': {
    what: 'is larger than what this step edits (256 KiB), far more than an auth.json needs',
    fix: ['Look at what is there, then remove it.', OWN_HOME],
  },
  locked: {
    what: 'was locked by another job for too long',
    fix: [
      'Run the job again.',
      'If no other job runs on this machine, remove that folder, as its owner: a step that ran as root may have been killed while it held it.',
    ],
  },
  'no-home': {
    what: 'neither `COMPOSER_HOME` nor a home folder is known',
    fix: ['Set `HOME` (on Windows `APPDATA`) or `COMPOSER_HOME` for the job. Composer cannot run without either.'],
  },
  other: { what: 'could not be written', fix: ['Look at the folder as the job’s user.', OWN_HOME] },
}
