import type { Position } from '../composer/json.js'
import type { Place } from '../problems/problem.js'
import type { InputSource, KeyReference, KeySource, SecretInput } from '../problems/workflow-inputs.js'
import { type DocumentPath, type TemplateValue, templateValue } from './auth-template.js'
import { type WorkflowValue, workflowValue } from './expression.js'
import { type Entry, entryOf, entryWithoutCase, type Item } from './workflow-file.js'
import { type Call, type RunningStep, runningStep } from './workflow-step.js'

// Whoever wants something of the workflow loads it from here: two ways in would put all of it into dist/ twice.
export { inputLine } from './input-line.js'

/** What an input came with: nothing, the lone dollar sign of `$${{`, or a value, with a dollar sign in front or without. */
export type Came = 'nothing' | 'dollar' | 'value' | 'dollar-value'

/** What the workflow's own file tells about keys. */
export interface FoundSource {
  readonly source: KeySource
  /** The line that is to blame. */
  readonly place: Place
}

/** What the value of an input came as, surrounding white space aside. */
export function cameAs(value: string): Came {
  if (value === '') return 'nothing'
  if (value === '$') return 'dollar'
  return value.startsWith('$') ? 'dollar-value' : 'value'
}

/**
 * What the workflow takes keys from, and which line that is.
 *
 * @param came each input that is asked about
 * @param empty what came empty in the JSON of `composer-auth`, where that alone is asked about
 * @returns undefined when the step cannot be told, or the file in the workspace cannot be the one that this run started from
 */
export function findKeySource(
  env: Readonly<Record<string, string | undefined>>,
  came: ReadonlyMap<SecretInput, Came>,
  empty: readonly DocumentPath[] = [],
): FoundSource | undefined {
  const found = runningStep(env)
  if (found === undefined) return undefined
  const something = [...came.values()].some((what) => what === 'value' || what === 'dollar-value')
  if (!('step' in found)) return something ? undefined : fromUnreadCall(found)
  const read = [...came].map(([input, what]) => readInput(found, input, what, empty))
  const inputs = read.flatMap((one) => one ?? [])
  const [first] = inputs
  if (first === undefined || inputs.length < came.size) return undefined

  const passed = passing(
    found,
    inputs.map(({ input }) => input),
  )
  // What was not handed on cannot have arrived; but for a document around it.
  if (something && empty.length === 0 && passed.call !== undefined) return undefined
  return {
    source: {
      inputs: passed.inputs,
      forDownloads: setsDownloads(found),
      environment: entryOf(found.job, 'environment') !== undefined,
      called: found.calls.length > 0,
      call: passed.call,
    },
    place: passed.place ?? { path: found.file.path, position: first.at },
  }
}

/** The called workflow is not here, but that no secret was handed to it is. */
function fromUnreadCall({ file, job, uses }: Call): FoundSource | undefined {
  if (entryOf(job, 'secrets') !== undefined) return undefined
  const source: KeySource = {
    inputs: [],
    forDownloads: false,
    environment: false,
    called: true,
    call: { kind: 'no-secrets' },
  }
  return { source, place: { path: file.path, position: uses.at } }
}

function setsDownloads({ step }: RunningStep): boolean {
  const settings = entryOf(step, 'with')?.value
  return ['mage-id', 'download-token'].some((name) => entryWithoutCase(settings, name) !== undefined)
}

interface ReadInput {
  readonly input: InputSource
  readonly at: Place['position']
}

function readInput(
  { file, job, step }: RunningStep,
  input: SecretInput,
  came: Came,
  empty: readonly DocumentPath[],
): ReadInput | undefined {
  const settings = entryOf(step, 'with')
  const entries = settings?.value.entries ?? (settings === undefined || settings.value.text === '' ? [] : undefined)
  if (entries === undefined) return undefined
  const entry = entryWithoutCase(settings?.value, input)
  if (entry === undefined) {
    const uses = entryOf(step, 'uses')
    // What is inserted may hold anything.
    if (came !== 'nothing' || uses === undefined || entries.some(({ name }) => name.includes('{{'))) return undefined
    const misspelt = entries.find(({ name }) => resembles(name, input))
    return {
      input: { input, set: 'absent', misspelt: misspelt?.name, takes: [], from: [] },
      at: (misspelt ?? settings ?? uses).at,
    }
  }
  return readEntry(entry, input, came, empty, [step, job, file.root])
}

/** What the entry of an input tells, with what `env:` of these fills its variables with. */
function readEntry(
  entry: Entry,
  input: SecretInput,
  came: Came,
  empty: readonly DocumentPath[],
  scopes: readonly Item[],
): ReadInput | undefined {
  const { text } = entry.value
  const value = text === undefined ? undefined : workflowValue(text)
  if (value === undefined || !canGive(value, came)) return undefined
  const parts = value.kind === 'text' ? empty.flatMap((path) => templateValue(text ?? '', path) ?? []) : []
  // A document that has other values there is not the one that came.
  if (value.kind === 'text' && parts.length < empty.length) return undefined
  const takes = value.kind === 'expression' ? value.takes : parts.flatMap((part) => part.takes)
  const from = takes.flatMap((reference) => fromEnvironment(reference, scopes))
  return { input: { input, set: value.kind, misspelt: undefined, takes, from }, at: lineOf(parts[0], entry) }
}

/** The line on which a value of a document stands, where the document is written line by line; else that of the input. */
function lineOf(part: TemplateValue | undefined, { at, value }: Entry): Position {
  if (part === undefined || value.blockLine === undefined) return at
  return { line: value.blockLine + part.line - 1, column: 1 }
}

/** Whether a value of the file can have given what came; if not, it is not the file that the run started from. */
function canGive(value: WorkflowValue, came: Came): boolean {
  switch (value.kind) {
    case 'empty':
      return came === 'nothing'
    case 'text':
      return came === 'value' || came === 'dollar-value'
    case 'expression':
      // A secret may itself begin with a dollar sign.
      if (came === 'dollar-value') return true
      return value.dollar === (came === 'dollar') && (came === 'value' || value.mayBeEmpty)
  }
}

/** Names that people write for an input, letter case and separators aside. */
const MISTAKEN: Readonly<Record<SecretInput, readonly string[]>> = {
  'public-key': ['publickey', 'publickeys', 'magentopublickey', 'username', 'user', 'key'],
  'private-key': ['privatekey', 'privatekeys', 'magentoprivatekey', 'password', 'secret', 'secretkey'],
  'composer-auth': ['composerauth', 'composerauthjson', 'auth', 'authjson'],
  'mage-id': ['mageid', 'magentoid', 'magid'],
  'download-token': ['downloadtoken', 'downloadstoken', 'downloadaccesstoken', 'downloadsaccesstoken', 'token'],
}

function resembles(name: string, input: SecretInput): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,40}$/.test(name)) return false
  const letters = name.toLowerCase().replace(/[_-]/g, '')
  return MISTAKEN[input].includes(letters) || isOneSlip(letters, input.replace('-', ''))
}

/** Whether a text becomes the other by one letter added, left out, or exchanged, or by two that change places. */
function isOneSlip(text: string, wanted: string): boolean {
  let start = 0
  while (start < wanted.length && text[start] === wanted[start]) start++
  const [rest, wantedRest] = [text.slice(start), wanted.slice(start)]
  return (
    rest.slice(1) === wantedRest.slice(1) ||
    rest.slice(1) === wantedRest ||
    rest === wantedRest.slice(1) ||
    (rest[0] === wantedRest[1] && rest[1] === wantedRest[0] && rest.slice(2) === wantedRest.slice(2))
  )
}

/** What a variable of the workflow is filled with: the innermost `env:` counts. */
function fromEnvironment({ context, name }: KeyReference, scopes: readonly Item[]): readonly KeyReference[] {
  if (context !== 'env' || name === undefined) return []
  const entries = scopes.map((scope) => entryOf(entryOf(scope, 'env')?.value, name))
  const text = entries.find((entry) => entry !== undefined)?.value.text
  const value = text === undefined ? undefined : workflowValue(text)
  return value?.kind === 'expression' ? value.takes : []
}

interface Passing {
  readonly inputs: readonly InputSource[]
  readonly call: KeySource['call']
  /** The line of the one call that is to blame. */
  readonly place: Place | undefined
}

/** Follows the secrets through the calls of a reusable workflow, up to where they are not handed on. */
function passing({ calls }: RunningStep, inputs: readonly InputSource[]): Passing {
  const unknown: Passing = { inputs, call: undefined, place: undefined }
  const followed = calls.map((call) => follow(call, inputs))
  const [first = unknown] = followed
  // Which of several calls this is nobody says: what holds for each of them holds.
  if (followed.some(({ call }) => JSON.stringify(call) !== JSON.stringify(first.call))) return unknown
  return followed.length > 1 ? { ...first, inputs, place: undefined } : first
}

function follow(call: Call, inputs: readonly InputSource[]): Passing {
  const names = secretNames(inputs)
  if (names.length === 0) return { inputs, call: undefined, place: undefined }
  const { path } = call.file
  const secrets = entryOf(call.job, 'secrets')
  if (secrets === undefined) {
    return { inputs, call: { kind: 'no-secrets' }, place: { path, position: call.uses.at } }
  }
  if (secrets.value.text?.toLowerCase() === 'inherit') {
    return call.outer === undefined ? { inputs, call: undefined, place: undefined } : follow(call.outer, inputs)
  }
  if (secrets.value.entries === undefined) return { inputs, call: undefined, place: undefined }
  const passed = new Map(names.map((name) => [name, entryWithoutCase(secrets.value, name)]))
  const lacking = names.filter((name) => passed.get(name) === undefined)
  const without = inputs.filter((input) => secretNames([input]).some((name) => lacking.includes(name)))
  const renamed = inputs.map((input) => (without.includes(input) ? input : { ...input, from: filledBy(input, passed) }))
  if (lacking.length > 0) {
    return {
      inputs: renamed,
      call: { kind: 'not-passed', names: lacking, inputs: without.map(({ input }) => input) },
      place: { path, position: secrets.at },
    }
  }
  return call.outer === undefined ? { inputs: renamed, call: undefined, place: undefined } : follow(call.outer, renamed)
}

/** The secrets that the inputs come from in the end. */
function secretNames(inputs: readonly InputSource[]): string[] {
  const ends = inputs.flatMap(({ takes, from }) => (from.length > 0 ? from : takes))
  return [...new Set(ends.flatMap(({ context, name }) => (context === 'secrets' && name !== undefined ? [name] : [])))]
}

function filledBy({ takes, from }: InputSource, passed: ReadonlyMap<string, Entry | undefined>): KeyReference[] {
  return (from.length > 0 ? from : takes).flatMap((reference) => {
    const text = passed.get(reference.name ?? '')?.value.text
    const value = text === undefined ? undefined : workflowValue(text)
    return value?.kind === 'expression' ? value.takes : [reference]
  })
}
