import type { KeyReference } from '../problems/workflow-inputs.js'

/** What a text of a workflow comes to, as far as it can be told without evaluating it. */
export type WorkflowValue =
  | { readonly kind: 'empty' }
  /** Something stands there whatever the expressions in it give. */
  | { readonly kind: 'text' }
  /** Expressions and nothing else, apart from a dollar sign before the first where `dollar` says so. */
  | {
      readonly kind: 'expression'
      readonly dollar: boolean
      /** False where something is given for the case that nothing is there. */
      readonly mayBeEmpty: boolean
      readonly takes: readonly KeyReference[]
    }

/** A value that is longer is no name of a secret, and not worth the time to take it apart. Characters. */
const LONGEST_VALUE = 2000

/** An expression; its first group is what stands between the braces. */
export const EXPRESSION = /\$\{\{((?:'[^']*'|[^'])*?)\}\}/g
/** A text that stands alone, or behind the last `||`. */
const NEVER_EMPTY = /(?:^|\|\|)\s*'[^']+'$/
/** A property or an index after a context, or a text that may only look like one. */
const REFERENCE =
  /(?<![\w.-])(secrets|vars|env|inputs|steps|needs|matrix|github)((?:\s*\.\s*[\w*-]+|\s*\[[^\]]*\])+)|'[^']*'/gi
const STEP = /\.\s*([\w*-]+)|\[\s*'([^']*)'\s*\]|\[[^\]]*\]/g

/** Reads the value of an input, of a variable or of a secret that is passed on. */
export function workflowValue(text: string): WorkflowValue {
  if (text.length > LONGEST_VALUE) return { kind: 'text' }
  const around = text.replace(EXPRESSION, '').trim()
  const expressions = [...text.matchAll(EXPRESSION)].map(([, inner]) => inner ?? '')
  if (expressions.length === 0) return { kind: around === '' ? 'empty' : 'text' }
  const dollar = around === '$' && text.trim().startsWith('$${{')
  if (around !== '' && !dollar) return { kind: 'text' }
  const mayBeEmpty = !expressions.some((expression) => NEVER_EMPTY.test(expression.trim()))
  return { kind: 'expression', dollar, mayBeEmpty, takes: distinct(expressions.flatMap(references)) }
}

/** What an expression takes its value from. */
export function references(expression: string): KeyReference[] {
  return [...expression.matchAll(REFERENCE)].flatMap(([, context, path]) => {
    if (context === undefined || path === undefined) return []
    const steps = [...path.matchAll(STEP)].map(([, property, index]) => property ?? index)
    return [{ context: contextOf(context.toLowerCase()), name: shown(steps) }]
  })
}

function contextOf(word: string): KeyReference['context'] {
  switch (word) {
    case 'secrets':
    case 'vars':
    case 'env':
    case 'inputs':
    case 'steps':
    case 'needs':
      return word
    default:
      return 'other'
  }
}

/** As long as GitHub lets a name be read by people. Characters. */
const LONGEST_NAME = 100

/**
 * A name is shown only when it is one: the file is text of a pull request. What looks like a key is not shown either: a key
 * was put where its name belongs.
 */
function shown(steps: readonly (string | undefined)[]): string | undefined {
  const fit = steps.every(
    (step) => step !== undefined && /^[A-Za-z_][A-Za-z0-9_-]*$/.test(step) && !/[0-9a-f]{32}/i.test(step),
  )
  const name = steps.join('.')
  return fit && name !== '' && name.length <= LONGEST_NAME ? name : undefined
}

function distinct(takes: readonly KeyReference[]): KeyReference[] {
  const seen = new Map(takes.map((reference) => [`${reference.context}.${reference.name?.toLowerCase()}`, reference]))
  return [...seen.values()]
}
