import { isDeepStrictEqual } from 'node:util'
import { applyEdits, type FormattingOptions, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser'
import { AUTH_SECTIONS, isCredentialSection } from './auth-sections.js'
import type { HttpBasic } from './http-basic.js'
import {
  isJsonObject,
  isScannable,
  type JsonObject,
  type JsonProblem,
  type JsonValue,
  type Position,
  parseJson,
  positionAt,
} from './json.js'
import { type Seal, sealOf } from './sealed-file.js'

/** An auth.json that Composer accepts, with its text as found. */
export interface AuthJson {
  readonly kind: 'auth-json'
  readonly text: string
  readonly data: JsonObject
}

/** Why Composer would fail on an auth.json, or read no credentials from it. Names sections and hosts' positions, never content. */
export interface InvalidAuthJson {
  readonly kind: 'invalid'
  readonly fault: AuthFault
  readonly position: Position | undefined
}

/** What is wrong with an auth.json. */
export type AuthFault =
  /** It is no JSON: `seal` tells that the file is encrypted, or stands for one that was not fetched. */
  | { readonly reason: JsonProblem; readonly seal: Seal | undefined }
  /** `numeric-key`: PHP takes such a key for one of a list; `not-an-object`: a bare value, which Composer passes over. */
  | { readonly reason: 'not-an-object' | 'list' | 'numeric-key' }
  | { readonly reason: 'section'; readonly section: string }
  | { readonly reason: 'entry'; readonly section: string; readonly wrong: WrongEntry }

/** What is wrong with an entry: its host is a number, a field of it is missing, or it has another form altogether. */
export type WrongEntry =
  | { readonly kind: 'numeric-host' }
  | { readonly kind: 'missing'; readonly field: string }
  | { readonly kind: 'form' }

/** What a new auth.json starts from. */
export const EMPTY_AUTH_JSON: AuthJson = { kind: 'auth-json', text: '{}', data: {} }

/**
 * Reads auth.json as Composer does. `[]` counts as an empty object, there and in each section: PHP cannot tell the two
 * apart, and Composer wrote such files.
 */
export function readAuthJson(bytes: Uint8Array): AuthJson | InvalidAuthJson {
  const parsed = parseJson(bytes)
  if (parsed.kind === 'invalid') {
    return { kind: 'invalid', fault: { reason: parsed.problem, seal: sealOf(bytes) }, position: parsed.position }
  }
  const { text } = parsed
  const data = objectOrEmptyArray(parsed.value)
  if (data === undefined) {
    const reason = Array.isArray(parsed.value) ? 'list' : 'not-an-object'
    return { kind: 'invalid', fault: { reason }, position: { line: 1, column: 1 } }
  }
  const listItem = Object.keys(data).find(isPhpInteger)
  if (listItem !== undefined) {
    return { kind: 'invalid', fault: { reason: 'numeric-key' }, position: positionOf(text, [listItem]) }
  }
  return invalidEntry(data, (path) => positionOf(text, path)) ?? { kind: 'auth-json', text, data }
}

/**
 * The first credentials among settings at which Composer stops: those of an auth.json, or the `config` of another file.
 *
 * @param position where something stands, by its path below the settings
 */
export function invalidEntry(
  settings: JsonObject,
  position: (path: string[]) => Position | undefined,
): InvalidAuthJson | undefined {
  for (const [section, { loads, fields }] of AUTH_SECTIONS) {
    if (loads === undefined || !Object.hasOwn(settings, section)) continue
    const entries = objectOrEmptyArray(settings[section])
    if (entries === undefined) {
      return { kind: 'invalid', fault: { reason: 'section', section }, position: position([section]) }
    }
    const found = Object.entries(entries).find(([host, entry]) => isPhpInteger(host) || !loads(entry))
    if (found === undefined) continue
    const [host, entry] = found
    const wrong = isPhpInteger(host) ? ({ kind: 'numeric-host' } as const) : wrongEntry(entry, fields)
    return { kind: 'invalid', fault: { reason: 'entry', section, wrong }, position: position([section, host]) }
  }
  return undefined
}

function wrongEntry(entry: JsonValue, fields: readonly string[]): WrongEntry {
  const field = isJsonObject(entry) ? fields.find((name) => !Object.hasOwn(entry, name)) : undefined
  return field === undefined ? { kind: 'form' } : { kind: 'missing', field }
}

/**
 * Where something stands in an auth.json: an origin's entry in a section (`http-basic`, `repo.magento.com`), or a setting
 * besides the sections (`gitlab-domains`).
 */
export type AuthPath = readonly [setting: string] | readonly [section: string, origin: string]

/** One thing that stands in an auth.json, or is to stand there. */
export interface AuthEntry {
  readonly path: AuthPath
  readonly value: JsonValue
}

/** The entry of an origin for Basic authentication. */
export function httpBasicEntry(origin: string, { username, password }: HttpBasic): AuthEntry {
  return { path: ['http-basic', origin], value: { username, password } }
}

/** A path that was written as JSON; undefined for what is none. */
export function readAuthPath(value: JsonValue | undefined): AuthPath | undefined {
  if (!Array.isArray(value) || value.length > 2) return undefined
  const [section, origin] = value
  if (typeof section !== 'string') return undefined
  if (origin === undefined) return [section]
  return typeof origin === 'string' ? [section, origin] : undefined
}

/** What stands at a path exactly as it is in the file, or undefined. */
export function valueAt({ data }: AuthJson, [section, origin]: AuthPath): JsonValue | undefined {
  const found = memberOf(data, section)
  return origin === undefined ? found : memberOf(found, origin)
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Everything in a file, entry by entry. */
export function entriesOf({ data }: AuthJson): AuthEntry[] {
  return Object.entries(data).flatMap(([section, value]): AuthEntry[] =>
    isCredentialSection(section)
      ? Object.entries(objectOrEmptyArray(value) ?? {}).map(([origin, entry]) => ({
          path: [section, origin],
          value: entry,
        }))
      : [{ path: [section], value }],
  )
}

/**
 * The file with one entry set, or taken out when `value` is undefined. Everything else keeps its order, its indentation
 * and its line ends. A section that becomes empty stays.
 */
export function withValue(file: AuthJson, path: AuthPath, value: JsonValue | undefined): AuthJson {
  if (isDeepStrictEqual(valueAt(file, path), value)) return file
  const [section, origin] = path
  const inside = origin === undefined ? value : withMember(objectOrEmptyArray(file.data[section]) ?? {}, origin, value)
  const data = withMember(file.data, section, inside)
  return { kind: 'auth-json', text: editedText(file, path, data), data }
}

function withMember(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  const { [key]: _, ...others } = object
  // A known key keeps its place.
  return value === undefined ? others : { ...object, [key]: value }
}

function editedText(file: AuthJson, [section, origin]: AuthPath, expected: JsonObject): string {
  const formattingOptions = formattingOf(file.text)
  const editsMember = origin !== undefined && isJsonObject(file.data[section])
  const wanted = memberOf(expected, section)
  const path = editsMember ? [section, origin] : [section]
  const value = editsMember ? memberOf(wanted, origin) : wanted
  // A file `[]` has no properties to edit; it starts anew as an object.
  const source = file.text.trimStart().startsWith('[') ? '{}' : file.text
  if (source.split('\n').some(({ length }) => length > LONGEST_LINE)) return plainText(expected, formattingOptions)
  try {
    const edited = applyEdits(source, modify(source, path, value, { formattingOptions }))
    const withNewline = edited.endsWith('\n') || file.text !== EMPTY_AUTH_JSON.text ? edited : `${edited}\n`
    if (isDeepStrictEqual(JSON.parse(withNewline), expected)) return withNewline
  } catch {
    // Falls through to the plain form below: the editor throws where the first of two sections is no object.
  }
  // A key that stands twice: an editor changes the first, Composer reads the last. Written out plainly it means the same.
  return plainText(expected, formattingOptions)
}

/**
 * jsonc-parser formats the whole line on which an edit stands, and copies the text for each token of it: minutes where
 * thousands of entries stand on one. Characters.
 */
const LONGEST_LINE = 32 * 1024

/** Indented, what is nested deeply can become many times as long: on one line instead, it is no longer than it was. Characters. */
const LONGEST_INDENTED = 384 * 1024

function plainText(data: JsonObject, { insertSpaces, tabSize }: FormattingOptions): string {
  const indented = JSON.stringify(data, null, insertSpaces ? (tabSize ?? 4) : '\t')
  return `${indented.length > LONGEST_INDENTED ? JSON.stringify(data) : indented}\n`
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

/** Where a value stands in a JSON text; undefined when it is not there. */
export function positionOf(text: string, path: string[]): Position | undefined {
  const root = treeOf(text)
  const node = root && findNodeAtLocation(root, path)
  return node && positionAt(text, node.offset)
}

/** Of a text that is longer there is no tree: it takes many times the room. Characters. */
const LONGEST_TREE = 8 * 1024 * 1024

/** The tree of a JSON text, in which positions are looked up. */
export function treeOf(text: string): Node | undefined {
  return text.length > LONGEST_TREE || !isScannable(text) ? undefined : parseTree(text)
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
