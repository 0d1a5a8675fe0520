import type { InvalidAuthJson } from '../composer/auth-json.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import type { Position } from '../composer/json.js'
import { WORKFLOW_EDITOR } from './phrases.js'
import { type Facts, never, type ProblemEntry } from './problem.js'

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
  explain(finding) {
    const { source, reason, section, position, refused, stops } = finding
    const at = position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
    const isVariable = source === 'COMPOSER_AUTH'
    const effect = stops
      ? ' Every Composer command stops at it.'
      : ' Composer, or an older version of it, goes on without these credentials.'
    const kept = refused ? ' It was left unchanged, and this step’s credentials were not written there.' : ''
    return {
      cause: `${isVariable ? 'The variable COMPOSER_AUTH' : source} ${wrong(reason, section)}${at}.${kept === '' ? effect : kept}`,
      fix: stepsFor(finding),
      who: isVariable
        ? WORKFLOW_EDITOR
        : 'Anyone who can edit this workflow; on a self-hosted runner, whoever runs the machine.',
      composerSays: composerSaysOf(finding),
      background: isVariable
        ? 'The workflow sets it, or an earlier step of this job does.'
        : 'It came with the checkout, or another step or an earlier job on this machine wrote it. Composer’s own message may show part of the file; this one does not.',
    }
  },
}

function stepsFor({ source, reason, section }: AuthFileInvalid): string[] {
  if (reason === 'section' || reason === 'entry' || reason === 'list') {
    return [
      `Correct ${section === undefined ? 'that entry' : `the entry in \`${section}\``}: ${formOf(section)}`,
      'Or remove it and pass the credentials to the input `composer-auth`.',
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
  return [
    'Have the step that creates this file write valid JSON: an `echo` of a secret with quotes or line breaks is the usual cause.',
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
function wrong(reason: InvalidReason, section: string | undefined): string {
  switch (reason) {
    case 'empty':
      return 'is empty'
    case 'not-utf-8':
      return 'is not UTF-8 text'
    case 'byte-order-mark':
      return 'begins with a byte order mark'
    case 'single-quotes':
      return 'is not valid JSON: it has single quotes where double quotes must be'
    case 'trailing-comma':
      return 'is not valid JSON: it has one comma too many'
    case 'syntax':
      return 'is not valid JSON'
    case 'not-decodable':
      return 'is nested too deeply or holds a broken character, so PHP cannot decode it'
    case 'not-an-object':
      return 'does not hold a JSON object'
    case 'list':
      return 'holds a list, or a number as a key, where Composer reads an object of sections'
    case 'section':
      return `has a section \`${section}\` that is not an object`
    case 'entry':
      return `has an entry in \`${section}\` without what Composer reads there`
  }
}
