import { findNodeAtLocation, type Node } from 'jsonc-parser'
import {
  type AuthEntry,
  type AuthJson,
  entriesOf,
  type InvalidAuthJson,
  readAuthJson,
  treeOf,
} from '../composer/auth-json.js'
import { schemaViolation } from '../composer/auth-schema.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import { isJsonObject, type JsonValue, type Position, parseJson } from '../composer/json.js'
import { InvalidInput } from './invalid-input.js'

/**
 * The entries of the input `composer-auth`, in the order in which they stand; none when it is empty.
 *
 * @param raw the input as it was handed over, with what surrounds it: a byte order mark is not to be trimmed away
 * @throws InvalidInput says what is wrong and where, never what stands there
 */
export function readComposerAuth(raw: string): AuthEntry[] {
  if (raw.trim() === '' && !raw.includes('\uFEFF')) return []
  const read = parseComposerAuth(raw)
  if (read.kind === 'invalid') throw refused(whyInvalid(read, raw))
  const notAllowed = whyNotAllowed(read)
  if (notAllowed !== undefined) throw refused(notAllowed)
  // `$schema` is for editors.
  return entriesOf(read).filter(({ path: [section] }) => !section.startsWith('$'))
}

/** The document as Composer would read it, but for what `toJSON` makes of a secret that is not there. */
export function parseComposerAuth(raw: string): AuthJson | InvalidAuthJson {
  const read = parseJson(Buffer.from(raw.trimEnd()))
  // Composer stops at `null` in the place of a text, which to the workflow is the same as an empty one.
  const text = read.kind === 'json' ? withEmptyTexts(read.text, read.value) : raw.trimEnd()
  return readAuthJson(Buffer.from(text))
}

/** The text with `""` for each `null` that stands for a text in an entry, in as many characters. */
function withEmptyTexts(text: string, value: JsonValue): string {
  if (!/\bnull\b/.test(text) || !isJsonObject(value)) return text
  const tree = treeOf(text)
  const nulls = Object.keys(value).flatMap((section) =>
    AUTH_SECTIONS.has(section) && tree !== undefined ? nullsIn(findNodeAtLocation(tree, [section]), 0) : [],
  )
  let edited = text
  for (const offset of nulls) edited = `${edited.slice(0, offset)}""  ${edited.slice(offset + 'null'.length)}`
  return edited
}

/** Where `null` stands: in the place of an entry, of one of its fields, or of an item of its list. */
function nullsIn(node: Node | undefined, depth: number): number[] {
  if (node?.type === 'null') return depth > 0 ? [node.offset] : []
  if (depth === MOST_LEVELS || (node?.type !== 'object' && node?.type !== 'array')) return []
  return (node.children ?? []).flatMap((child) =>
    nullsIn(child.type === 'property' ? child.children?.[1] : child, depth + 1),
  )
}

/** An entry of a section, and what stands in that. */
const MOST_LEVELS = 2

/** What is wrong, going on from the input's name without a full stop, and what to do. */
interface Refusal {
  readonly wrong: string
  readonly fix: readonly string[]
}

function refused({ wrong, fix }: Refusal): InvalidInput {
  return new InvalidInput('composer-auth', wrong, ...fix)
}

const FORM =
  'Pass JSON in the format of Composer’s auth.json, such as `{"http-basic": {"repo.example.com": {"username": "…", "password": "…"}}}`.'

function whyInvalid({ fault, position }: InvalidAuthJson, raw: string): Refusal {
  const at = place(position)
  switch (fault.reason) {
    case 'byte-order-mark':
      return {
        wrong: 'begins with a byte order mark (U+FEFF), which Composer does not accept',
        fix: ['Save the secret again from an editor that writes UTF-8 without one.'],
      }
    case 'single-quotes':
      return raw.trimStart().startsWith("'")
        ? {
            wrong: 'is wrapped in single quotes, which belong to a shell and not to the value',
            fix: ['Save the secret again without them.'],
          }
        : { wrong: `is not JSON: it has single quotes instead of double quotes${at}`, fix: [FORM] }
    case 'trailing-comma':
      return {
        wrong: `is not JSON: it has an extra comma${at}`,
        fix: ['Remove that comma, and save the secret again.'],
      }
    case 'list':
      return { wrong: 'is a list, not an object', fix: [FORM] }
    case 'numeric-key':
      return { wrong: `has a number as a key${at}`, fix: [FORM] }
    case 'not-an-object':
      return raw.trimStart().startsWith('"')
        ? {
            wrong: 'is a text in quotation marks, not JSON',
            fix: ['Remove the quotation marks around it and the backslashes in it, and save the secret again.'],
          }
        : { wrong: `is JSON, but not an object${at}`, fix: [FORM] }
    case 'section':
    case 'entry':
      return formOf(fault.section, at)
    case 'not-decodable':
      return { wrong: `is nested too deeply or holds half of a character${at}`, fix: [FORM] }
    case 'not-utf-8':
    case 'empty':
    case 'syntax':
      return whyNoJson(raw, at)
  }
}

function whyNoJson(raw: string, at: string): Refusal {
  switch (faultInText(raw)) {
    case 'quotation-mark':
      return {
        wrong: `is not JSON: a quotation mark inside a key or password${at} ends it too early`,
        fix: [
          'If the workflow puts secrets into the JSON, let GitHub escape them: `"password": ${{ toJSON(secrets.NAME) }}`, without quotation marks around it.',
          'If the whole JSON is one secret, write `\\"` for a quotation mark inside a key or password.',
        ],
      }
    case 'line-break':
      return {
        wrong: `is not JSON: a key or password in it goes on over the end of a line${at}`,
        fix: [
          'Save the secret again with line breaks only between texts, not inside a key or password.',
          'If the workflow puts secrets into the JSON, let GitHub escape them: `"password": ${{ toJSON(secrets.NAME) }}`, without quotation marks around it.',
        ],
      }
    case undefined:
      return { wrong: `is not JSON${at}`, fix: [FORM] }
  }
}

function whyNotAllowed(read: AuthJson): Refusal | undefined {
  const violation = schemaViolation(read)
  if (violation === undefined) return undefined
  const at = place(violation.position)
  switch (violation.kind) {
    case 'wrapped':
      return {
        wrong: `wraps everything in \`config\`${at}, as config.json does`,
        fix: ['Remove `config` and its braces: auth.json has its sections at the top.'],
      }
    case 'no-section':
      return {
        wrong: `has credentials${at} under a name that is not a section that Composer knows, so Composer would ignore them`,
        fix: [`Put them into one of these sections: ${[...AUTH_SECTIONS.keys()].map(quoted).join(', ')}.`],
      }
    case 'section':
    case 'entry':
      return formOf(violation.section, at)
  }
}

function formOf(section: string | undefined, at: string): Refusal {
  const form = AUTH_SECTIONS.get(section ?? '')?.form ?? 'what Composer’s schema says'
  return {
    wrong: `has something in the section \`${section}\`${at} that Composer does not read there`,
    fix: [`Write for each host ${form}.`],
  }
}

function quoted(name: string): string {
  return `\`${name}\``
}

function place(position: Position | undefined): string {
  return position === undefined ? '' : ` at line ${position.line}, column ${position.column}`
}

/**
 * The first text in double quotes that holds what must not be in one: a line break; or a quotation mark, so that something
 * follows the text that neither ends it nor separates it from the next one.
 */
function faultInText(raw: string): 'line-break' | 'quotation-mark' | undefined {
  let inside = false
  for (let index = 0; index < raw.length; index++) {
    const character = raw[index]
    if (inside && (character === '\n' || character === '\r')) return 'line-break'
    if (inside && character === '\\') index++
    else if (character === '"') {
      if (inside && goesOn(raw, index + 1)) return 'quotation-mark'
      inside = !inside
    }
  }
  return undefined
}

/** Whether a text goes on behind a quotation mark that should have ended it. */
function goesOn(raw: string, behind: number): boolean {
  if (raw[behind] === '"') return true
  let next = behind
  while (/\s/.test(raw[next] ?? '')) next++
  // Where a text follows after white space, a comma is missing.
  return /[^,:}\]"]/.test(raw[next] ?? '')
}
