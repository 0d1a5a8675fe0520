import { realpathSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import {
  type Alias,
  CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { readBounded } from '../bounds/bounded-file.js'
import type { Position } from '../composer/json.js'

/** A workflow as it stands in the workspace: text of whoever wrote the commit, and nothing to rely on. */
export interface WorkflowFile {
  /** Absolute. */
  readonly path: string
  /** How long it is. Bytes. */
  readonly length: number
  readonly root: Item
}

/** A value in the file, whatever it is; anchors are followed. */
export interface Item {
  /** The text of a scalar; empty for an empty one, undefined for what is none. */
  readonly text: string | undefined
  /** The line on which the text of a literal block (`|`) begins; undefined for what is none. */
  readonly blockLine: number | undefined
  /** Undefined for what is no sequence. */
  readonly items: readonly Item[] | undefined
  /** Undefined for what is no mapping, or one that GitHub would refuse. Keys that are merged in come last. */
  readonly entries: readonly Entry[] | undefined
  /** The entry of a mapping, by its exact name. */
  entry(name: string): Entry | undefined
}

export interface Entry {
  readonly name: string
  /** Where the key stands. */
  readonly at: Position
  readonly value: Item
}

/** Longer ones are not looked at: whoever opens a pull request decides how long they are. Bytes. */
export const LONGEST_WORKFLOW = 256 * 1024
/** The one folder that GitHub takes workflows from. */
const WORKFLOW = /^\.github\/workflows\/[^/\\]+\.ya?ml$/
/** Brackets in brackets, marks of one value in a row, and colons on one line: the parser takes their square in steps. */
const MOST_NESTED = 64
/** Entries of all mappings together, those that are merged in counted where they come to stand. */
const MOST_ENTRIES = 100_000

/**
 * Reads one workflow of the workspace.
 *
 * @param name the path in the repository, such as `.github/workflows/ci.yml`
 * @param longest bytes that may be read
 * @returns undefined when it is not there, leads out of the workspace, is too long, or is no YAML that GitHub would take
 */
export function readWorkflow(workspace: string, name: string, longest: number): WorkflowFile | undefined {
  if (!WORKFLOW.test(name)) return undefined
  const path = join(workspace, name)
  try {
    const inside = relative(realpathSync(workspace), realpathSync(path))
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined
    const file = readBounded(path, Math.min(longest, LONGEST_WORKFLOW))
    if (file.kind !== 'bytes') return undefined
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes)
    const root = isPlain(text) ? parse(text) : undefined
    return root === undefined ? undefined : { path, length: file.bytes.length, root }
  } catch {
    // Not there, not readable, not UTF-8, or nested deeper than the parser's stack.
    return undefined
  }
}

/** The entry of a mapping, by its exact name. */
export function entryOf(item: Item | undefined, name: string): Entry | undefined {
  return item?.entry(name)
}

/** The entry of a mapping whose names GitHub compares without case: inputs and secrets. */
export function entryWithoutCase(item: Item | undefined, name: string): Entry | undefined {
  return item?.entries?.find((entry) => entry.name.toLowerCase() === name.toLowerCase())
}

/** Whether a text is one that the parser reads in no more steps than it has characters. */
function isPlain(text: string): boolean {
  let open = 0
  let marks = 0
  let colons = 0
  for (const token of new Lexer().lex(text)) {
    switch (CST.tokenType(token)) {
      case 'flow-map-start':
      case 'flow-seq-start':
        open++
        break
      case 'flow-map-end':
      case 'flow-seq-end':
        open--
        marks = 0
        break
      case 'map-value-ind':
        if (open === 0) colons++
        marks++
        break
      case 'anchor':
      case 'tag':
      case 'seq-item-ind':
      case 'explicit-key-ind':
        marks++
        break
      case 'newline':
        colons = 0
        break
      case 'space':
      case 'comment':
        break
      default:
        marks = 0
    }
    if (Math.max(open, marks, colons) > MOST_NESTED) return false
  }
  return true
}

function parse(text: string): Item | undefined {
  const lines = new LineCounter()
  // A double key is looked for where one is read: the parser compares every key with every other one.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' })
  if (document.errors.length > 0 || document.contents === null) return undefined
  const anchors = anchorsOf(document)
  if (anchors === undefined) return undefined
  const positionOf = ({ range }: Node): Position => {
    const { line, col } = lines.linePos(range?.[0] ?? 0)
    return { line, column: col }
  }
  return itemOf(document.contents, { anchors, positionOf, mappings: new Map(), entries: 0 })
}

interface Reading {
  /** What each alias stands for. */
  readonly anchors: ReadonlyMap<Alias, Node>
  readonly positionOf: (node: Node) => Position
  /** Those that were read: aliases may bring one to any number of places. */
  readonly mappings: Map<YAMLMap, Mapping | undefined>
  /** How many were read of all of them. */
  entries: number
}

type Mapping = ReadonlyMap<string, Entry>

/** A name may be given again: an alias means the last one before it. Undefined when one means nothing. */
function anchorsOf(document: Document): Map<Alias, Node> | undefined {
  const named = new Map<string, Node>()
  const anchors = new Map<Alias, Node>()
  let complete = true
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) named.set(node.anchor, node)
    },
    Alias: (_, alias) => {
      const target = named.get(alias.source)
      if (target === undefined) complete = false
      else anchors.set(alias, target)
    },
  })
  return complete ? anchors : undefined
}

/** Reads on demand: what nobody asks for costs nothing, however often it is repeated by aliases. */
function itemOf(node: unknown, reading: Reading): Item {
  const target = resolved(node, reading)
  return {
    get text() {
      if (target === null || target === undefined) return ''
      if (!isScalar(target)) return undefined
      return typeof target.value === 'string' ? target.value : (target.source ?? '')
    },
    get blockLine() {
      return isScalar(target) && target.type === 'BLOCK_LITERAL' ? reading.positionOf(target).line + 1 : undefined
    },
    get items() {
      return isSeq(target) ? target.items.map((item) => itemOf(item, reading)) : undefined
    },
    get entries() {
      const mapping = mappingOf(target, reading)
      return mapping && [...mapping.values()]
    },
    entry: (name) => mappingOf(target, reading)?.get(name),
  }
}

/** Undefined for what is no mapping, and for one that merges itself, or more than a file can mean. */
function mappingOf(node: unknown, reading: Reading): Mapping | undefined {
  if (!isMap(node)) return undefined
  if (!reading.mappings.has(node)) {
    // Whoever comes back to it before it is read finds none.
    reading.mappings.set(node, undefined)
    reading.mappings.set(node, readMapping(node, reading))
  }
  return reading.mappings.get(node)
}

function readMapping(node: YAMLMap, reading: Reading): Mapping | undefined {
  const entries = new Map<string, Entry>()
  const merged: unknown[] = []
  for (const { key, value } of node.items) {
    const target = resolved(key, reading)
    if (!isScalar(target)) return undefined
    const name = String(target.source ?? target.value)
    if (name === '<<') merged.push(value)
    else if (entries.has(name)) return undefined
    else entries.set(name, { name, at: reading.positionOf(isAlias(key) ? key : target), value: itemOf(value, reading) })
  }
  reading.entries += entries.size
  const sources = merged.flatMap((source) => {
    const target = resolved(source, reading)
    return isSeq(target) ? target.items : [target]
  })
  return sources.every((source) => mergeInto(entries, resolved(source, reading), reading)) ? entries : undefined
}

/** Adds the entries of another mapping that are not there yet; false where it is none, or one too many. */
function mergeInto(entries: Map<string, Entry>, source: unknown, reading: Reading): boolean {
  const from = mappingOf(source, reading)
  reading.entries += from?.size ?? 0
  if (from === undefined || reading.entries > MOST_ENTRIES) return false
  for (const [name, entry] of from) if (!entries.has(name)) entries.set(name, entry)
  return true
}

/** What an alias stands for; all else is itself. */
function resolved(node: unknown, { anchors }: Reading): unknown {
  return isAlias(node) ? anchors.get(node) : node
}
