import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { positionAt } from '../composer/json.js'
import type { KeyReference } from '../problems/workflow-inputs.js'
import { EXPRESSION, references } from './expression.js'

/** One value of a JSON document that a workflow puts together from expressions. */
export interface TemplateValue {
  /** What its expressions take it from. */
  readonly takes: readonly KeyReference[]
  /** The line of the document, from 1. */
  readonly line: number
}

/** Where something stands in a document. */
export type DocumentPath = readonly (string | number)[]

/** A longer document is not looked into: whoever opens a pull request decides how long it is. Characters. */
const LONGEST_TEMPLATE = 16_000

/** Stands for an expression: characters that no key and no host has. */
const MARK = /\uE000(\d+)\uE001/g

/**
 * The value at a path of a JSON document with expressions in it, inside quotation marks or, with `toJSON`, in their place.
 *
 * @returns undefined where the document is none, or has nothing there
 */
export function templateValue(text: string, path: DocumentPath): TemplateValue | undefined {
  if (text.length > LONGEST_TEMPLATE) return undefined
  const { document, expressions } = withMarks(text)
  const root = parseTree(document)
  const node = root && findNodeAtLocation(root, [...path])
  if (typeof node?.value !== 'string') return undefined
  // What has something else around it did not come empty; a dollar sign is what `$${{` leaves, a header has a name.
  const around = node.value.replace(MARK, '')
  if (!/^\$?$|:/.test(around)) return undefined
  const marks = [...node.value.matchAll(MARK)].map(([, index]) => expressions[Number(index)] ?? '')
  return { takes: marks.flatMap(references), line: positionAt(document, node.offset).line }
}

/** The document with a mark for each expression, so that it is JSON. */
function withMarks(text: string): { document: string; expressions: readonly string[] } {
  const expressions: string[] = []
  let inside = false
  let document = ''
  let from = 0
  for (const { index, 0: whole, 1: expression = '' } of text.matchAll(EXPRESSION)) {
    const before = text.slice(from, index)
    inside = endsInside(before, inside)
    const mark = `\uE000${expressions.length}\uE001`
    document += `${before}${inside ? mark : `"${mark}"`}`
    expressions.push(expression)
    from = index + whole.length
  }
  return { document: document + text.slice(from), expressions }
}

/** Whether a piece of JSON ends inside quotation marks. */
function endsInside(piece: string, began: boolean): boolean {
  let inside = began
  for (let index = 0; index < piece.length; index++) {
    if (inside && piece[index] === '\\') index++
    else if (piece[index] === '"') inside = !inside
  }
  return inside
}
