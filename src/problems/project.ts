import { composerFailureMessage } from '../composer/failure-message.js'
import type { CatalogueEntry, Explanation, FindingOf } from './finding.js'
import { namesOf, WORKFLOW_AUTHOR } from './phrases.js'

export const credentialsMissing: CatalogueEntry<'credentials-missing'> = {
  title: 'A private repository has no credentials',
  atMost: 'error',
  explain: explainMissing,
}

function explainMissing({
  host,
  status,
  newSection,
  url,
  packages,
  needed,
}: FindingOf<'credentials-missing'>): Explanation {
  if (newSection !== undefined) {
    return {
      what: `Composer will not read this step’s credentials for ${host}: it knows \`${newSection}\` only since version 2.9.`,
      composerSays: undefined,
      why: 'An older Composer passes over such an entry in silence. The one of this job is older, or does not tell its version.',
      fix: [
        'Install Composer 2.9 or later before this step.',
        `Or, if ${host} takes a user name and a password, hand them to \`composer-auth\` as an \`http-basic\` entry.`,
      ],
      who: WORKFLOW_AUTHOR,
    }
  }
  if (status === undefined) {
    return {
      what: `This step’s credentials for ${host} are where the coming Composer command does not look for them.`,
      composerSays: undefined,
      why: 'Composer reads the auth.json of a project only beside a composer.json, and there is none (yet) in the working directory. `composer create-project` reads Composer’s home and `COMPOSER_AUTH` alone.',
      fix: [
        'Add `global` to `auth-location`, or set `working-directory` to the folder of composer.json.',
        'If a later step brings composer.json, nothing needs to be done.',
      ],
      who: WORKFLOW_AUTHOR,
    }
  }
  return {
    what: `${host} answers ${status} and Composer has no credentials for it${packages.length === 0 ? '' : `, but needs it for ${namesOf(packages)}`}.`,
    composerSays: composerFailureMessage(url, { kind: 'status', status }),
    why: `composer.json or composer.lock names this host, and no auth.json, \`COMPOSER_AUTH\` or setting holds an \`http-basic\` entry for exactly \`${host}\`.${needed ? '' : ' Nothing is certain to be asked for there, since repositories before it may have everything, or it is there already: so this is a warning.'}`,
    fix: [
      `Hand them to this step’s input \`composer-auth\`, as an \`http-basic\` entry for \`${host}\`.`,
      'The host must be spelt as in composer.json, with the port if there is one; Composer compares it letter by letter.',
      'If the repository is no longer used, take it out of composer.json.',
    ],
    who: 'Whoever has the account at that vendor, and whoever may edit this workflow.',
  }
}

export const insecureUrl: CatalogueEntry<'insecure-url'> = {
  title: 'A URL is not https, which Composer refuses',
  atMost: 'error',
  explain: ({ url, what, schemeless, packages }) => ({
    what:
      what === 'repository'
        ? schemeless
          ? `The repository ${url} has no scheme, which Composer reads as http://.`
          : `The repository ${url} is named over http.`
        : `composer.lock downloads ${namesOf(packages)} over http.`,
    composerSays: `Your configuration does not allow connections to ${schemeless ? `http://${url}` : url}. See https://getcomposer.org/doc/06-config.md#secure-http for details.`,
    why: '`secure-http` is on, as it is unless somebody turned it off, and everybody on the way could change what http delivers.',
    fix:
      what === 'repository'
        ? [
            'Write `https://` in front of the address in composer.json.',
            'Run `composer update --lock` if a lock exists.',
          ]
        : ['Name the repository with `https://` in composer.json and run `composer update` for these packages.'],
    who: 'Whoever may edit composer.json.',
  }),
}

export const manifestInvalid: CatalogueEntry<'manifest-invalid'> = {
  title: 'composer.json or composer.lock cannot be read',
  atMost: 'error',
  explain({ path, reason, position }) {
    const place = position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
    const wrong = {
      empty: 'is empty',
      'not-utf-8': 'is not UTF-8 text',
      'byte-order-mark': 'begins with a byte order mark',
      'single-quotes': 'is not valid JSON: single quotes stand where double quotes must',
      'trailing-comma': 'is not valid JSON: there is a comma too many',
      syntax: 'is not valid JSON',
      'not-decodable': 'is nested too deeply or holds a broken character, so PHP cannot decode it',
      'not-an-object': 'does not hold a JSON object',
      conflict: 'holds the marks that git leaves in a merge conflict',
      'too-large': 'is larger than 64 MiB',
      permission: 'may not be read by this job’s user',
    }[reason]
    return {
      what: `${path} ${wrong}${place}.`,
      composerSays: manifestSays(path, reason),
      why:
        reason === 'too-large'
          ? 'This action reads no more than that of a file, and no real one is as large.'
          : 'Composer stops at such a file before it asks any repository.',
      fix: manifestFix(reason),
      who: 'Whoever may edit the project.',
    }
  },
}

function manifestSays(path: string, reason: FindingOf<'manifest-invalid'>['reason']): string | undefined {
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

function manifestFix(reason: FindingOf<'manifest-invalid'>['reason']): string[] {
  switch (reason) {
    case 'conflict':
      return ['Solve the conflict: for composer.lock take one side and run `composer update --lock`.']
    case 'permission':
      return ['Give the file to the job’s user: a step that ran as root or in a container may have made it.']
    case 'too-large':
    case 'empty':
      return ['Take the file from version control again, and see which step wrote over it.']
    default:
      return ['Correct the file at that place; `composer validate` shows the line as well.']
  }
}
