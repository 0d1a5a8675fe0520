import { visit } from 'jsonc-parser'
import { readJsonFile } from '../bounds/json-file.js'
import type { JsonLimits } from '../bounds/json-values.js'
import {
  isJsonObject,
  isScannable,
  type JsonObject,
  type JsonProblem,
  type JsonValue,
  type Position,
  parseJson,
} from './json.js'

/** Why Composer could not read a file of the project. */
export interface UnreadableFile {
  readonly kind: 'unreadable'
  readonly path: string
  readonly reason: JsonProblem | 'conflict' | 'not-an-object' | 'too-large' | 'permission'
  readonly position: Position | undefined
}

/** What a file of the project may hold that findings point at. */
type Section = 'require' | 'require-dev' | 'repositories' | 'packages' | 'packages-dev'

/** A file of the project, parsed. */
export interface ParsedFile {
  readonly kind: 'parsed'
  readonly data: JsonObject
  /** Where a conflict begins that was put right to read it. */
  readonly conflict: Position | undefined
  /** Where the members of a section stand: their keys, in a list they themselves. In the order of the file. */
  readonly members: (section: Section) => ReadonlyMap<string | number, Position>
}

/** What is longer is no address that a server would take, and costs time wherever it is looked at. Characters. */
const LONGEST_URL = 8192

/**
 * Reads a JSON file of the project; undefined when there is none.
 *
 * @param limits a file with more is not read
 * @param repaired what Composer may read in the place of a text with a conflict; undefined where it reads nothing
 */
export function readProjectFile(
  path: string,
  limits: JsonLimits,
  repaired: (text: string) => string | undefined = () => undefined,
): ParsedFile | UnreadableFile | undefined {
  const file = readJsonFile(path, limits)
  switch (file.kind) {
    // Composer asks `is_file`: a directory of that name counts as no file, and so does a link that leads nowhere.
    case 'absent':
    case 'not-a-file':
      return undefined
    case 'too-large':
      return { kind: 'unreadable', path, reason: 'too-large', position: undefined }
    case 'unreadable':
      return { kind: 'unreadable', path, reason: 'permission', position: undefined }
    case 'bytes':
      return parsedFile(path, file.bytes, limits, repaired)
  }
}

function parsedFile(
  path: string,
  bytes: Buffer,
  limits: JsonLimits,
  repaired: (text: string) => string | undefined,
): ParsedFile | UnreadableFile {
  const written = parseJson(bytes)
  const conflict = written.kind === 'invalid' ? conflictMarker(bytes) : undefined
  const instead = conflict === undefined ? undefined : repaired(bytes.toString('utf8'))
  const parsed = instead === undefined ? written : parseJson(Buffer.from(instead))
  if (parsed.kind === 'invalid') {
    if (conflict !== undefined) return { kind: 'unreadable', path, reason: 'conflict', position: conflict }
    return { kind: 'unreadable', path, reason: parsed.problem, position: parsed.position }
  }
  if (!isJsonObject(parsed.value)) {
    return { kind: 'unreadable', path, reason: 'not-an-object', position: { line: 1, column: 1 } }
  }
  return {
    kind: 'parsed',
    data: parsed.value,
    conflict,
    members: membersIn(path, limits, conflict === undefined ? () => undefined : repaired),
  }
}

/**
 * Tells where the members of a file's sections stand. The file is read again for it, once: of a lock hardly anybody wants to
 * know, and its text would be held for the whole run.
 */
function membersIn(
  path: string,
  limits: JsonLimits,
  repaired: (text: string) => string | undefined,
): ParsedFile['members'] {
  let sections: ReturnType<typeof membersOf> | undefined
  return (section) => {
    if (sections === undefined) {
      const file = readJsonFile(path, limits)
      const text = file.kind === 'bytes' ? file.bytes.toString() : ''
      sections = membersOf(repaired(text) ?? text)
    }
    return sections[section]
  }
}

/** Whether a text has control or format characters (line breaks, terminal escapes, bidirectional overrides). */
export function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
}

/** A URL of the project's files as it can be asked for and shown: percent-encoded where no URL may have such a character. */
export function readUrl(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value.length > LONGEST_URL) return ''
  return value.replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, encodeURIComponent)
}

/** Where a member of a section stands; the beginning of the file when that cannot be told. */
export function positionIn(file: Pick<ParsedFile, 'members'>, section: Section, key: string | number): Position {
  return file.members(section).get(key) ?? { line: 1, column: 1 }
}

/**
 * The members of all sections, found in one pass without a tree: a tree of the largest file that is read would not fit into
 * memory, and looking each member up in it takes as many steps as there are members.
 *
 * Of a key that stands twice the last one counts, at the place of the first, as in PHP's arrays. Of a locked package its
 * name is what a person looks for.
 */
function membersOf(text: string): Readonly<Record<Section, Map<string | number, Position>>> {
  const sections = {
    require: new Map<string | number, Position>(),
    'require-dev': new Map<string | number, Position>(),
    repositories: new Map<string | number, Position>(),
    packages: new Map<string | number, Position>(),
    'packages-dev': new Map<string | number, Position>(),
  }
  // Where the value is that is being read: a number in a list, a key in an object.
  const path: (string | number)[] = []
  const note = (line: number, character: number) => {
    const [section, key, detail] = path
    if (key === undefined || typeof section !== 'string' || !Object.hasOwn(sections, section)) return
    const isName = path.length === 3 && detail === 'name' && section.startsWith('packages')
    if (path.length !== 2 && !isName) return
    sections[section as Section].set(key, { line: line + 1, column: character + 1 })
  }
  const noteItem = (line: number, character: number) => {
    if (typeof path.at(-1) === 'number') note(line, character)
  }
  if (!isScannable(text)) return sections
  visit(text, {
    onObjectBegin: (_offset, _length, line, character) => {
      noteItem(line, character)
      path.push('')
    },
    onObjectProperty: (key, _offset, _length, line, character) => {
      path[path.length - 1] = key
      note(line, character)
    },
    onObjectEnd: () => {
      path.pop()
    },
    onArrayBegin: (_offset, _length, line, character) => {
      noteItem(line, character)
      path.push(0)
    },
    onArrayEnd: () => {
      path.pop()
    },
    onLiteralValue: (_value, _offset, _length, line, character) => noteItem(line, character),
    onSeparator: (character) => {
      const last = path.at(-1)
      if (character === ',' && typeof last === 'number') path[path.length - 1] = last + 1
    },
  })
  return sections
}

/** The first line that git left in a file with a conflict. */
function conflictMarker(bytes: Buffer): Position | undefined {
  const text = bytes.toString('utf8')
  const found = /(?:^|\n)(?:<{7}|={7}|>{7}|\|{7})(?: |\r?(?:\n|$))/.exec(text)
  if (found === null) return undefined
  let line = found[0].startsWith('\n') ? 2 : 1
  for (let at = text.indexOf('\n'); at !== -1 && at < found.index; at = text.indexOf('\n', at + 1)) line++
  return { line, column: 1 }
}
