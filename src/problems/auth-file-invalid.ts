import type { InvalidAuthJson } from '../composer/auth-json.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import type { Position } from '../composer/json.js'
import { PROJECT_EDITOR, WORKFLOW_EDITOR } from './phrases.js'
import { type Facts, never, type ProblemEntry } from './problem.js'
import { shownPath } from './shown-path.js'

export type InvalidReason = InvalidAuthJson['reason']

/** A file or variable with credentials is not what Composer accepts. */
export interface AuthFileInvalid extends Facts {
  readonly code: 'auth-file-invalid'
  /** A file's path, or `COMPOSER_AUTH`. */
  readonly source: string
  readonly reason: InvalidReason
  readonly section: string | undefined
  /** In the file or the variable. */
  readonly position: Position | undefined
  /** The step's own credentials were to go there, and were not written. */
  readonly refused: boolean
  /** Composer stops there, and does not merely go on without. */
  readonly stops: boolean
}

export const authFileInvalid: ProblemEntry<AuthFileInvalid> = {
  title: 'Existing credentials are not in a form that Composer accepts',
  atMost: 'error',
  severity: ({ refused, stops }) => (refused || stops ? 'error' : 'warning'),
  byCredentials: never,
  explain(finding, site) {
    const { source, refused, stops } = finding
    const isVariable = source === 'COMPOSER_AUTH'
    const effect = stops
      ? ' Every Composer command stops at it.'
      : ' Composer, or an older version of it, goes on without these credentials.'
    const kept = refused ? ' It was left unchanged, and this step’s credentials were not written there.' : ''
    return {
      cause: `${isVariable ? 'The variable COMPOSER_AUTH' : shownPath(source, site)} ${wrong(finding)}.${kept === '' ? effect : kept}`,
      fix: stepsFor(finding),
      who: whoFor(source),
      composerSays: composerSaysOf(finding),
      background: isVariable
        ? 'The workflow sets it, or an earlier step of this job does.'
        : 'It came with the checkout, or another step or an earlier job on this machine wrote it. Composer’s own message may show part of the file; this one does not.',
    }
  },
}

/** Ends with the name of a project's manifest, which belongs to others than a file with credentials does. */
function isManifest(source: string): boolean {
  return source.endsWith('composer.json')
}

function whoFor(source: string): string {
  if (source === 'COMPOSER_AUTH') return WORKFLOW_EDITOR
  return isManifest(source)
    ? PROJECT_EDITOR
    : 'Anyone who can edit this workflow; on a self-hosted runner, whoever runs the machine.'
}

const OR_PASS_THEM = 'Or remove it and pass the credentials to the input `composer-auth`.'

function stepsFor({ source, reason, section }: AuthFileInvalid): string[] {
  if (reason === 'list') {
    return [
      'Write one object with names of sections: `{"http-basic": {"host": {"username": "…", "password": "…"}}}`.',
      OR_PASS_THEM,
    ]
  }
  if (reason === 'section') return [`Write the section as an object: ${formOf(section)}`, OR_PASS_THEM]
  if (reason === 'entry') {
    const exposed = 'If it was committed, create new credentials: these are exposed.'
    return [
      `Correct ${section === undefined ? 'that entry' : `the entry in \`${section}\``}: ${formOf(section)}`,
      OR_PASS_THEM,
      ...(isManifest(source) ? [exposed] : []),
    ]
  }
  if (source === 'COMPOSER_AUTH') {
    return [
      'Save the secret again as one JSON object: single quotes, an extra comma, or quotes removed by a shell are the usual causes.',
      'Or pass it to the input `composer-auth`, and remove `COMPOSER_AUTH` from `env:`.',
    ]
  }
  if (!source.endsWith('auth.json')) {
    return ['Correct that file, or move the credentials in its `config` to the input `composer-auth`.']
  }
  if (reason === 'byte-order-mark' || reason === 'not-utf-8') {
    return [
      'Have the step that creates this file write UTF-8 without a byte order mark; Windows PowerShell does not do so by itself.',
      'Or remove that step and pass the credentials to the input `composer-auth`.',
    ]
  }
  const usual =
    reason === 'empty'
      ? 'an empty secret or a failed command is'
      : 'an `echo` of a secret with quotes or line breaks is'
  return [
    `Have the step that creates this file write valid JSON: ${usual} the usual cause.`,
    'Or remove that step and pass the credentials to the input `composer-auth`.',
  ]
}

/** What a section must look like. */
function formOf(section: string | undefined): string {
  const form = AUTH_SECTIONS.get(section ?? '')?.form
  return form === undefined ? 'each section is an object with hosts as its keys.' : `for each host ${form}.`
}

function composerSaysOf({ source, reason, stops }: AuthFileInvalid): string | undefined {
  const isVariable = source === 'COMPOSER_AUTH'
  const parse = isVariable
    ? 'COMPOSER_AUTH environment variable is malformed, should be a valid JSON object'
    : `"${source}" does not contain valid JSON`
  switch (reason) {
    case 'empty':
    case 'not-utf-8':
    case 'single-quotes':
    case 'trailing-comma':
    case 'syntax':
      return parse
    case 'byte-order-mark':
      return 'BOM detected, make sure your input does not include a Unicode Byte-Order-Mark'
    case 'not-decodable':
    case 'list':
      return undefined
    case 'not-an-object':
      // Of a variable that is no object Composer stops at `null` alone, which it cannot tell from what is no JSON.
      return isVariable && stops ? parse : SCHEMA
    case 'section':
    case 'entry':
      return SCHEMA
  }
}

const SCHEMA = 'does not match the expected JSON schema, this may result in errors and should be resolved'

/** Continues the name of the file or variable. */
function wrong({ reason, section, position }: AuthFileInvalid): string {
  const at = position === undefined ? '' : `at line ${position.line}, column ${position.column}`
  const inText = at === '' ? '' : `${at}, `
  const behind = at === '' ? '' : ` ${at}`
  switch (reason) {
    case 'empty':
      return 'is empty'
    case 'not-utf-8':
      return 'is not UTF-8 text'
    case 'byte-order-mark':
      return 'begins with a byte order mark'
    case 'single-quotes':
      return `is not valid JSON: ${inText}it has single quotes instead of double quotes`
    case 'trailing-comma':
      return `is not valid JSON: ${inText}it has an extra comma`
    case 'syntax':
      return `is not valid JSON${at === '' ? '' : `: the mistake is ${at}`}`
    case 'not-decodable':
      return `is nested too deeply or holds a broken character${behind}, so PHP cannot decode it`
    case 'not-an-object':
      return 'does not hold a JSON object'
    case 'list':
      return `must be one JSON object, but is a list, or has a number as a key${behind}`
    case 'section':
      return `has a section \`${section}\`${behind} that is not an object`
    case 'entry':
      return `has an entry in \`${section}\`${behind} that is not in the form that Composer reads`
  }
}
