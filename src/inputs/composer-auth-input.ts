import { type AuthEntry, type AuthJson, entriesOf, type InvalidAuthJson, readAuthJson } from '../composer/auth-json.js'
import { schemaViolation } from '../composer/auth-schema.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import type { Position } from '../composer/json.js'
import { InvalidInput } from './invalid-input.js'

/**
 * The entries of the input `composer-auth`, in the order in which they stand; none when it is empty.
 *
 * @param raw the input as it was handed over, with what surrounds it: a byte order mark is not to be trimmed away
 * @throws InvalidInput says what is wrong and where, never what stands there
 */
export function readComposerAuth(raw: string): AuthEntry[] {
  if (raw.trim() === '' && !raw.includes('\uFEFF')) return []
  const read = readAuthJson(Buffer.from(raw.trimEnd()))
  if (read.kind === 'invalid') throw new InvalidInput('composer-auth', whyInvalid(read, raw))
  const wrong = whyNotAllowed(read)
  if (wrong !== undefined) throw new InvalidInput('composer-auth', wrong)
  // `$schema` is for editors.
  return entriesOf(read).filter(({ path: [section] }) => !section.startsWith('$'))
}

const TAKES =
  'It takes JSON in the format of Composer’s auth.json, such as `{"http-basic": {"repo.example.com": {…}}}`.'

function whyInvalid({ reason, section, position }: InvalidAuthJson, raw: string): string {
  const at = place(position)
  switch (reason) {
    case 'byte-order-mark':
      return 'begins with a byte order mark (U+FEFF), which Composer does not accept. Save the secret again from an editor that writes UTF-8 without one.'
    case 'single-quotes':
      return raw.trimStart().startsWith("'")
        ? 'is wrapped in single quotes. They belong to a shell, not to the value: save the secret again without them.'
        : `is not JSON: single quotes stand where double quotes must${at}. ${TAKES}`
    case 'trailing-comma':
      return `is not JSON: there is a comma too many${at}. Take it out and save the secret again.`
    case 'list':
      return `is a list, or has a number for a key${at}. ${TAKES}`
    case 'not-an-object':
      return raw.trimStart().startsWith('"')
        ? `is a text in quotation marks, not JSON: the quotation marks around it, and the backslashes in it, must go. ${TAKES}`
        : `is JSON, but not an object${at}. ${TAKES}`
    case 'section':
    case 'entry':
      return formOf(section, at)
    case 'not-decodable':
      return `cannot be decoded${at}: it is nested too deeply or holds half of a character. ${TAKES}`
    case 'not-utf-8':
    case 'empty':
    case 'syntax':
      return hasBrokenText(raw)
        ? `is not JSON: a text in it goes on over the end of a line${at}. A secret of several lines may break only between texts, not inside a key or a password.`
        : `is not JSON${at}. ${TAKES}`
  }
}

function whyNotAllowed(read: AuthJson): string | undefined {
  const violation = schemaViolation(read)
  if (violation === undefined) return undefined
  const at = place(violation.position)
  switch (violation.kind) {
    case 'wrapped':
      return `wraps everything in \`config\`${at}, as config.json does. auth.json has its sections at the top: take \`config\` and its braces away.`
    case 'no-section':
      return `has credentials${at} under a name that is none of Composer’s sections, which Composer would pass over. The sections are ${[...AUTH_SECTIONS.keys()].map((name) => `\`${name}\``).join(', ')}.`
    case 'section':
    case 'entry':
      return formOf(violation.section, at)
  }
}

function formOf(section: string | undefined, at: string): string {
  const form = AUTH_SECTIONS.get(section ?? '')?.form ?? 'what Composer’s schema says'
  return `has something else in the section \`${section}\`${at} than Composer reads there: for each host ${form}.`
}

function place(position: Position | undefined): string {
  return position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
}

/** Whether a text in double quotes holds a line break. */
function hasBrokenText(raw: string): boolean {
  let inside = false
  for (let index = 0; index < raw.length; index++) {
    const character = raw[index]
    if (inside && (character === '\n' || character === '\r')) return true
    if (inside && character === '\\') index++
    else if (character === '"') inside = !inside
  }
  return false
}
