import type { AuthFault, WrongEntry } from '../composer/auth-json.js'
import { namesOfVersions } from '../composer/installed/composer-versions.js'
import { versionsWith } from '../composer/installed/version-rules.js'
import type { Position } from '../composer/json.js'
import { faultInWords, formOf, unsealingOf } from './auth-fault.js'
import { whoEdits } from './people.js'
import { BOM_DETECTED, noValidJson, WORKFLOW_EDITOR, withNewKeys } from './phrases.js'
import { type Facts, type JobSite, never, type ProblemEntry } from './problem.js'
import { type RefusedToken, refusedToken } from './refused-token.js'
import { insideWorkspace, shownPath } from './shown-path.js'

/** A file or variable with credentials is not what Composer accepts, each reason with what is known of it. */
export type AuthFileInvalid = WrongForm | RefusedToken

/** It is not JSON, or not in the form that Composer reads. */
export interface WrongForm extends Facts {
  readonly code: 'auth-file-invalid'
  readonly reason: 'form'
  /** A file's path, or `COMPOSER_AUTH`. */
  readonly source: string
  readonly fault: AuthFault
  /** In the file or the variable. */
  readonly position: Position | undefined
  /**
   * What comes of it.
   *
   * - `refused`: the step's own credentials were to go there, and were not written.
   * - `stops`: Composer stops there.
   * - `stops-by-version`: Composer 2.5 and newer do, and none is installed to say.
   * - `passed-over`: Composer goes on without these credentials.
   */
  readonly effect: 'refused' | 'stops' | 'stops-by-version' | 'passed-over'
}

export const authFileInvalid: ProblemEntry<AuthFileInvalid> = {
  title: 'Existing credentials are not in a form that Composer accepts',
  atMost: 'error',
  severity: (finding) => {
    if (finding.reason === 'token') return finding.stopsOnly === undefined ? 'error' : 'warning'
    return finding.effect === 'refused' || finding.effect === 'stops' ? 'error' : 'warning'
  },
  byCredentials: never,
  explain(finding, site) {
    if (finding.reason === 'token') return refusedToken(finding, whoFor(finding.source, site), site)
    const { source } = finding
    const isVariable = source === 'COMPOSER_AUTH'
    return {
      cause: `${isVariable ? 'The variable COMPOSER_AUTH' : shownPath(source, site)} ${faultInWords(finding.fault, finding.position)}. ${effectOf(finding)}`,
      fix: stepsFor(finding),
      who:
        finding.fault.reason === 'entry' && isManifest(source)
          ? withNewKeys(whoFor(source, site))
          : whoFor(source, site),
      composerSays: composerSaysOf(finding),
      background: isVariable
        ? 'The workflow sets it, or an earlier step of this job does.'
        : 'It came with the checkout, or another step or an earlier job on this machine wrote it. Composer’s own message may show part of the file; this one does not.',
    }
  },
}

function effectOf({ source, effect, fault }: WrongForm): string {
  switch (effect) {
    case 'refused':
      return 'It was left unchanged, and this step’s credentials were not written there.'
    case 'stops':
      // Of all files Composer refuses a project's manifest alone by its schema, before PHP stumbles.
      return !isManifest(source) && (fault.reason === 'section' || fault.reason === 'entry')
        ? 'Every Composer command stops at it, with a PHP error.'
        : 'Every Composer command stops at it.'
    case 'stops-by-version':
      return `${namesOfVersions(versionsWith('stopsAtMalformedVariable'))} stop at it; older versions go on without these credentials.`
    case 'passed-over':
      return 'Composer goes on without these credentials.'
  }
}

/** Ends with the name of a project's manifest, which belongs to others than a file with credentials does. */
function isManifest(source: string): boolean {
  return source.endsWith('composer.json')
}

function whoFor(source: string, site: JobSite): string {
  if (source === 'COMPOSER_AUTH') return WORKFLOW_EDITOR
  if (isManifest(source)) return `${whoEdits('composer.json', 'workflow', 'secrets')}.`
  const inside = insideWorkspace(source, site.workspace)
  return inside === undefined
    ? `${whoEdits('workflow', 'secrets')}; on a self-hosted runner, whoever runs the machine.`
    : `${whoEdits(inside, 'workflow', 'secrets')}.`
}

const ONE_OBJECT = '`{"http-basic": {"host": {"username": "…", "password": "…"}}}`'
const OR_PASS_THEM = 'Or remove it and pass the credentials to the input `composer-auth`.'

function stepsFor(finding: WrongForm): string[] {
  const { source, fault } = finding
  const unsealing = unsealingOf(fault)
  if (unsealing !== undefined) return [unsealing, OR_PASS_THEM]
  switch (fault.reason) {
    case 'list':
    case 'numeric-key':
      return [`Write one object with names of sections: ${ONE_OBJECT}.`, OR_PASS_THEM]
    case 'section':
      return [`Write the section as an object: each host needs ${formOf(fault.section)}.`, OR_PASS_THEM]
    case 'entry':
      // Credentials in a file that is committed are better gone than right.
      if (isManifest(source)) {
        return [
          'Remove the entry, and pass the right credentials, from a secret, to the input `composer-auth`.',
          'If it was committed, it is exposed: create new credentials.',
        ]
      }
      return [`Correct the entry in \`${fault.section}\`: each host needs ${formOf(fault.section)}.`, OR_PASS_THEM]
    default:
      return source === 'COMPOSER_AUTH' ? stepsForVariable(finding, fault.reason) : stepsForFile(source, fault.reason)
  }
}

/** What is wrong with a text as a whole, or with its JSON. */
type InText = Exclude<AuthFault['reason'], 'list' | 'numeric-key' | 'section' | 'entry'>

function stepsForVariable({ position }: WrongForm, reason: InText): string[] {
  const instead = 'Or pass the corrected secret to the input `composer-auth`, and remove `COMPOSER_AUTH` from `env:`.'
  switch (reason) {
    case 'single-quotes':
      return ['Save the secret again as one JSON object, with double quotes.', instead]
    case 'trailing-comma':
      return ['Save the secret again as one JSON object, without the extra comma.', instead]
    case 'syntax':
      return [
        position === undefined
          ? 'Save the secret again as one JSON object: quotes that a shell removed are the usual cause.'
          : 'Correct the JSON at that place, and save the secret again: quotes that a shell removed are the usual cause.',
        instead,
      ]
    case 'byte-order-mark':
    case 'not-utf-8':
      return ['Save the secret again from an editor that writes UTF-8 without a byte order mark.', instead]
    case 'empty':
    case 'not-decodable':
    case 'not-an-object':
      return [`Save the secret again as one JSON object: ${ONE_OBJECT}.`, instead]
  }
}

function stepsForFile(source: string, reason: InText): string[] {
  if (!source.endsWith('auth.json')) {
    return ['Correct that file, or move the credentials in its `config` to the input `composer-auth`.']
  }
  return [
    reason === 'byte-order-mark' || reason === 'not-utf-8'
      ? 'Have the step that creates this file write UTF-8 without a byte order mark; Windows PowerShell adds one by default.'
      : `Have the step that creates this file write ${usualCause(reason)}`,
    'Or remove that step and pass the credentials to the input `composer-auth`.',
  ]
}

function usualCause(reason: InText): string {
  if (reason === 'not-an-object') return `one JSON object: ${ONE_OBJECT}.`
  return reason === 'empty'
    ? 'valid JSON: an empty secret or a failed command is the usual cause.'
    : 'valid JSON: an `echo` of a secret with quotes or line breaks is the usual cause.'
}

function composerSaysOf({ source, fault, effect }: WrongForm): string | undefined {
  const isVariable = source === 'COMPOSER_AUTH'
  const parse = isVariable
    ? 'COMPOSER_AUTH environment variable is malformed, should be a valid JSON object'
    : noValidJson(source)
  switch (fault.reason) {
    case 'empty':
    case 'not-utf-8':
    case 'single-quotes':
    case 'trailing-comma':
    case 'syntax':
      return parse
    case 'byte-order-mark':
      return isVariable ? parse : BOM_DETECTED
    case 'not-decodable':
      return undefined
    case 'not-an-object':
      // Of a variable that is no object Composer stops at `null` alone, which it cannot tell from what is no JSON.
      return isVariable && effect !== 'passed-over' ? parse : WARNING
    case 'list':
    case 'section':
      return isManifest(source) ? SCHEMA : WARNING
    case 'numeric-key':
      return undefined
    case 'entry':
      return saysOfEntry(fault.wrong, isManifest(source))
  }
}

const SCHEMA = 'does not match the expected JSON schema'
const WARNING = `${SCHEMA}, this may result in errors and should be resolved`

/** A number in place of a host suits the schema, and what PHP says of it depends on its version. */
function saysOfEntry(wrong: WrongEntry, inManifest: boolean): string | undefined {
  if (wrong.kind === 'numeric-host') return undefined
  if (inManifest) return SCHEMA
  // What is asked for first is missed by a function that wants a text, in words of PHP's versions.
  const isFirst = wrong.kind === 'missing' && /^(?:username|consumer-key)$/.test(wrong.field)
  return wrong.kind === 'form' || isFirst ? WARNING : `Undefined array key "${wrong.field}"`
}
