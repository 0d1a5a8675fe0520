import { visit } from 'jsonc-parser'

/** A value that `JSON.parse` can return. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

/** Where in a text something stands; both count from 1, columns in UTF-16 units as editors do. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A value as PHP's `(bool)` reads it. */
export function isTruthy(value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value) && value !== '0'
}

/** What is wrong with a JSON text, in fixed words: never a piece of the text itself, which may hold keys. */
export type JsonProblem =
  | 'empty'
  | 'not-utf-8'
  | 'byte-order-mark'
  | 'single-quotes'
  | 'trailing-comma'
  | 'syntax'
  | 'not-decodable'

export type ParsedJson =
  | { readonly kind: 'json'; readonly text: string; readonly value: JsonValue }
  | { readonly kind: 'invalid'; readonly problem: JsonProblem; readonly position: Position | undefined }

/**
 * PHP's `json_decode` gives up where brackets nest deeper than this and returns null, which Composer then takes for the
 * whole file. Its default depth is 512, and a value without brackets counts as the first level.
 */
const PHP_MAXIMUM_DEPTH = 511

const SURROGATE = /\\u[dD][89a-fA-F]/

/**
 * Reads bytes as strictly as Composer does: PHP's `json_decode`, then seld/jsonlint for the message.
 * `not-decodable` stands for what `json_decode` refuses and jsonlint lets pass (nesting deeper than 511, half of a
 * surrogate pair): Composer then goes on as if the file said `null`.
 *
 * Source of the rule: `Json/JsonFile.php::parseJson` and `validateSyntax`.
 */
export function parseJson(bytes: Uint8Array): ParsedJson {
  const text = decodedText(bytes)
  if (text === undefined) return { kind: 'invalid', problem: 'not-utf-8', position: undefined }
  if (text.startsWith('\uFEFF'))
    return { kind: 'invalid', problem: 'byte-order-mark', position: { line: 1, column: 1 } }
  if (text.trim() === '') return { kind: 'invalid', problem: 'empty', position: { line: 1, column: 1 } }

  // Before any parser sees the text: jsonc-parser recurses, and a hostile file must not end in a stack overflow.
  const tooDeep = offsetDeeperThan(text, PHP_MAXIMUM_DEPTH)
  if (tooDeep !== undefined) return { kind: 'invalid', problem: 'not-decodable', position: positionAt(text, tooDeep) }

  try {
    const value: unknown = JSON.parse(text)
    if (isJsonValue(value) && isDecodable(text, value)) return { kind: 'json', text, value }
    return { kind: 'invalid', problem: 'not-decodable', position: undefined }
  } catch {
    return invalidSyntax(text)
  }
}

/**
 * The same of a server's bytes, of which nobody wants to know what is wrong with them: undefined where Composer refuses
 * them. Looking for the place of a mistake costs far more memory than the text, and its writer would choose how much.
 */
export function decodeJson(bytes: Uint8Array): JsonValue | undefined {
  const text = decodedText(bytes)
  // A byte order mark is refused by JSON.parse as well.
  if (text === undefined || offsetDeeperThan(text, PHP_MAXIMUM_DEPTH) !== undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isJsonValue(value) && isDecodable(text, value) ? value : undefined
  } catch {
    return undefined
  }
}

function decodedText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Line and column of an offset in UTF-16 units. Lines end as in editors: LF, CRLF or CR. */
export function positionAt(text: string, offset: number): Position {
  let [line, start] = [1, 0]
  // One after the other, and without an object for each: a hostile file has millions of lines.
  for (let at = 0; at < offset; at++) {
    const isBreak = text[at] === '\n' || (text[at] === '\r' && (text[at + 1] !== '\n' || at + 1 >= offset))
    if (!isBreak) continue
    line++
    start = at + 1
  }
  return { line, column: offset - start + 1 }
}

/**
 * In one stretch of blanks, and in one string, jsonc-parser puts pieces together: each blank, and each escape with what stands
 * before it. Each takes some 32 bytes until the stretch ends.
 */
const MOST_PIECES = 500_000

/** Whether jsonc-parser goes through a text in little memory; whoever wrote one where it does not gets no position. */
export function isScannable(text: string): boolean {
  let blanks = 0
  let escapes = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    blanks = character === ' ' || character === '\t' ? blanks + 1 : 0
    if (character === '"') escapes = 0
    else if (character === '\\') {
      escapes++
      at++
    }
    if (blanks > MOST_PIECES || escapes > MOST_PIECES) return false
  }
  return true
}

/** The values of what is an array to PHP: a list, or an object whose keys do not matter. */
export function valuesOf(value: JsonValue | undefined): JsonValue[] {
  if (Array.isArray(value)) return value
  return isJsonObject(value) ? Object.values(value) : []
}

/** Whether a value is a JSON object, and not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalidSyntax(text: string): ParsedJson {
  const offset = firstError(text)
  if (offset === undefined) return { kind: 'invalid', problem: 'syntax', position: undefined }
  const position = positionAt(text, offset)
  if (text[offset] === "'") return { kind: 'invalid', problem: 'single-quotes', position }
  // The parser points at the bracket that follows a comma too many.
  if (/,\s*$/.test(text.slice(0, offset)) && /[}\]]/.test(text[offset] ?? '')) {
    return { kind: 'invalid', problem: 'trailing-comma', position }
  }
  return { kind: 'invalid', problem: 'syntax', position }
}

/** Where the text stops being JSON; undefined where that cannot be told. */
function firstError(text: string): number | undefined {
  if (!isScannable(text)) return undefined
  // The first is enough: a hostile text has millions.
  const onError = (_: unknown, offset: number) => {
    throw new FirstError(offset)
  }
  try {
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false })
    return undefined
  } catch (error) {
    // A string that ends where only this parser sees an end can open brackets deeper than its stack.
    return error instanceof FirstError ? error.offset : undefined
  }
}

class FirstError extends Error {
  readonly offset: number
  constructor(offset: number) {
    super()
    this.offset = offset
  }
}

function offsetDeeperThan(text: string, limit: number): number | undefined {
  let depth = 0
  for (let offset = 0; offset < text.length; offset++) {
    switch (text[offset]) {
      case '"':
        offset = endOfString(text, offset)
        break
      case '{':
      case '[':
        depth += 1
        if (depth > limit) return offset
        break
      case '}':
      case ']':
        depth -= 1
        break
    }
  }
  return undefined
}

/** The offset of the quotation mark that ends the string which begins at `start`; the length of the text where none does. */
function endOfString(text: string, start: number): number {
  // Most of a text is in strings, so a mark is looked for, and not each letter at.
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

function isJsonValue(value: unknown): value is JsonValue {
  return value !== undefined
}

/** Half of a surrogate pair can only stand there as an escape, since the bytes were UTF-8. */
function isDecodable(text: string, value: JsonValue): boolean {
  return !SURROGATE.test(text) || isWellFormed(value)
}

function isWellFormed(value: JsonValue): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (Array.isArray(value)) return value.every(isWellFormed)
  if (!isJsonObject(value)) return true
  for (const key in value) if (!key.isWellFormed() || !isWellFormed(value[key] ?? null)) return false
  return true
}
