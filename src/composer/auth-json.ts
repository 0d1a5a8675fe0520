import { isDeepStrictEqual } from 'node:util'
import { applyEdits, type FormattingOptions, findNodeAtLocation, modify, parseTree } from 'jsonc-parser'
import {
  isJsonObject,
  type JsonObject,
  type JsonProblem,
  type JsonValue,
  type Position,
  parseJson,
  positionAt,
} from './json.js'

/** An entry of auth.json's `http-basic` section: for repo.magento.com the public and the private key. */
export interface HttpBasic {
  readonly username: string
  readonly password: string
}

/** An auth.json that Composer accepts, with its text as found. */
export interface AuthJson {
  readonly kind: 'auth-json'
  readonly text: string
  readonly data: JsonObject
}

/** Why Composer would fail on an auth.json, or read no credentials from it. Names sections and hosts' positions, never content. */
export interface InvalidAuthJson {
  readonly kind: 'invalid'
  readonly reason: JsonProblem | 'not-an-object' | 'section' | 'entry'
  /** The section of auth.json at fault, for `section` and `entry`. */
  readonly section: string | undefined
  readonly position: Position | undefined
}

/** What a new auth.json starts from. */
export const EMPTY_AUTH_JSON: AuthJson = { kind: 'auth-json', text: '{}', data: {} }

/**
 * What each section must hold, or PHP stops Composer with a type error when it loads the file: a test per section on an
 * entry's value. Sections that only newer Composers know (custom-headers, client-certificate, forgejo-token) are not
 * judged, since an older Composer ignores them.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`, `Config.php::merge`; a missing password is an undefined key
 * there, an explicit null is let pass.
 */
const ENTRY_RULES: Readonly<Record<string, (entry: JsonValue) => boolean>> = {
  'http-basic': (entry) => isJsonObject(entry) && typeof entry.username === 'string' && isStringOrNull(entry.password),
  bearer: (entry) => typeof entry === 'string',
  'github-oauth': (entry) => typeof entry === 'string',
  'gitlab-oauth': (entry) => typeof entry === 'string' || (isJsonObject(entry) && typeof entry.token === 'string'),
  'gitlab-token': (entry) =>
    typeof entry === 'string' ||
    (isJsonObject(entry) && typeof entry.username === 'string' && isStringOrNull(entry.token)),
  'bitbucket-oauth': (entry) =>
    isJsonObject(entry) && typeof entry['consumer-key'] === 'string' && isStringOrNull(entry['consumer-secret']),
}

/**
 * Reads auth.json as Composer does. `[]` counts as an empty object, there and in each section: PHP cannot tell the two
 * apart, and Composer wrote such files.
 */
export function readAuthJson(bytes: Uint8Array): AuthJson | InvalidAuthJson {
  const parsed = parseJson(bytes)
  if (parsed.kind === 'invalid')
    return { kind: 'invalid', reason: parsed.problem, section: undefined, position: parsed.position }
  const { text } = parsed
  const data = objectOrEmptyArray(parsed.value)
  if (data === undefined) {
    return { kind: 'invalid', reason: 'not-an-object', section: undefined, position: { line: 1, column: 1 } }
  }
  const listItem = Object.keys(data).find(isPhpInteger)
  if (listItem !== undefined) {
    return { kind: 'invalid', reason: 'not-an-object', section: undefined, position: positionOf(text, [listItem]) }
  }
  for (const [section, accepts] of Object.entries(ENTRY_RULES)) {
    if (!Object.hasOwn(data, section)) continue
    const entries = objectOrEmptyArray(data[section])
    if (entries === undefined)
      return { kind: 'invalid', reason: 'section', section, position: positionOf(text, [section]) }
    for (const [host, entry] of Object.entries(entries)) {
      if (isPhpInteger(host) || !accepts(entry))
        return { kind: 'invalid', reason: 'entry', section, position: positionOf(text, [section, host]) }
    }
  }
  return { kind: 'auth-json', text, data }
}

/** The `http-basic` entry for an origin exactly as it stands in the file, or undefined. */
export function httpBasicEntry(file: AuthJson, origin: string): JsonValue | undefined {
  const section = file.data['http-basic']
  return isJsonObject(section) && Object.hasOwn(section, origin) ? section[origin] : undefined
}

/**
 * The file with one `http-basic` entry set, or taken out when `entry` is undefined. Everything else keeps its order, its
 * indentation and its line ends. An `http-basic` section that becomes empty stays.
 */
export function withHttpBasic(file: AuthJson, origin: string, entry: JsonValue | undefined): AuthJson {
  if (isDeepStrictEqual(httpBasicEntry(file, origin), entry)) return file
  const section = objectOrEmptyArray(file.data['http-basic'] ?? {}) ?? {}
  const { [origin]: _, ...others } = section
  const entries = entry === undefined ? others : { ...section, [origin]: entry }
  const data = { ...file.data, 'http-basic': entries }
  return { kind: 'auth-json', text: editedText(file, origin, entry, data), data }
}

function editedText(file: AuthJson, origin: string, entry: JsonValue | undefined, expected: JsonObject): string {
  const formattingOptions = formattingOf(file.text)
  const sectionIsObject = isJsonObject(file.data['http-basic'])
  const path = sectionIsObject ? ['http-basic', origin] : ['http-basic']
  const value = sectionIsObject ? entry : expected['http-basic']
  // A file `[]` has no properties to edit; it starts anew as an object.
  const source = file.text.trimStart().startsWith('[') ? '{}' : file.text
  try {
    const edited = applyEdits(source, modify(source, path, value, { formattingOptions }))
    const withNewline = edited.endsWith('\n') || file.text !== EMPTY_AUTH_JSON.text ? edited : `${edited}\n`
    if (isDeepStrictEqual(JSON.parse(withNewline), expected)) return withNewline
  } catch {
    // Falls through to the plain form below: the editor throws where the first of two sections is no object.
  }
  // A key that stands twice: an editor changes the first, Composer reads the last. Written out plainly it means the same.
  return `${JSON.stringify(expected, null, formattingOptions.insertSpaces ? (formattingOptions.tabSize ?? 4) : '\t')}\n`
}

/** The indentation that a file uses; Composer's own four spaces where it shows none. */
function formattingOf(text: string): FormattingOptions {
  const indentation = /^([ \t]+)\S/m.exec(text)?.[1] ?? '    '
  return {
    insertSpaces: !indentation.startsWith('\t'),
    tabSize: indentation.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
}

function positionOf(text: string, path: string[]): Position | undefined {
  const root = parseTree(text)
  const node = root && findNodeAtLocation(root, path)
  return node && positionAt(text, node.offset)
}

function isStringOrNull(value: JsonValue | undefined): boolean {
  return typeof value === 'string' || value === null
}

/**
 * Whether PHP makes an integer of this key, as of `"10"`, and Composer stops with a type error where it needs a string.
 * Source of the rule: PHP's manual on arrays; the integers are those of 64 bits.
 */
function isPhpInteger(key: string): boolean {
  return /^(?:0|-?[1-9]\d{0,18})$/.test(key) && BigInt.asIntN(64, BigInt(key)) === BigInt(key)
}

function objectOrEmptyArray(value: JsonValue | undefined): JsonObject | undefined {
  if (isJsonObject(value)) return value
  return Array.isArray(value) && value.length === 0 ? {} : undefined
}
