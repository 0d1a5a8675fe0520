import type { HttpBasic } from '../composer/http-basic.js'
import { ADOBE_HOST } from '../composer/origin.js'
import type { KeyShape } from '../problems/key-shape-words.js'
import type { KeysMalformed } from '../problems/keys-malformed.js'
import { NO_SERVER } from '../problems/problem.js'
import type { KeyInput } from '../problems/workflow-inputs.js'

/** A key as the workflow handed it over. */
export interface GivenKey {
  /** Without surrounding white space. */
  readonly value: string
  /** What was cut off around it, by name; empty when nothing was. */
  readonly cutOff: readonly string[]
}

/** Adobe promises this length for both halves, and nothing of the alphabet. Characters. */
const KEY_LENGTH = 32

/** White space, control characters, and characters that nobody sees. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u

const NAMES: Readonly<Record<string, string>> = {
  '\n': 'a line break',
  '\r': 'a line break',
  '\u2028': 'a line break',
  '\u2029': 'a line break',
  '\t': 'a tab',
  ' ': 'a space',
  '\u00A0': 'a no-break space (U+00A0)',
  '\uFEFF': 'a byte order mark (U+FEFF)',
  '\u200B': 'a zero-width space (U+200B)',
  '\u200C': 'a zero-width non-joiner (U+200C)',
  '\u200D': 'a zero-width joiner (U+200D)',
  '\u2060': 'a word joiner (U+2060)',
}

/** Cuts off what surrounds a key: a secret that was piped into a file often ends with a line break. */
export function givenKey(raw: string): GivenKey {
  const characters = [...raw]
  const start = characters.findIndex((character) => !BLANK.test(character))
  if (start === -1) return { value: '', cutOff: namesOf(characters) }
  const end = characters.findLastIndex((character) => !BLANK.test(character)) + 1
  return {
    value: characters.slice(start, end).join(''),
    cutOff: namesOf([...characters.slice(0, start), ...characters.slice(end)]),
  }
}

/** Names of blank characters, each once. A name tells the code point where people may not know the character. */
function namesOf(characters: readonly string[]): string[] {
  const names = characters.map((character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return NAMES[character] ?? `${kindOf(character)} (U+${code})`
  })
  return [...new Set(names)].slice(0, MOST_NAMES)
}

function kindOf(character: string): string {
  if (/\s/.test(character)) return 'an unusual space'
  return /\p{Cc}/u.test(character) ? 'a control character' : 'an invisible character'
}

/** A binary file in the place of a key has hundreds. */
const MOST_NAMES = 4

/** Whether a key is not there at all: empty, or the lone dollar sign that `$${{ … }}` leaves of an empty secret. */
export function isMissing(value: string): boolean {
  return value === '' || value === '$'
}

/**
 * What gives a pair away as something else than access keys, before anybody is asked; at most one finding per input.
 *
 * @param host the origin that the keys are for: other vendors' keys have other lengths
 */
export function malformedKeys({ username, password }: HttpBasic, host: string): KeysMalformed[] {
  if (username === password) return [finding('both', 'equal-halves', username, host)]
  const inputs: readonly (readonly [KeyInput, string])[] = [
    ['public-key', username],
    ['private-key', password],
  ]
  const found = inputs.flatMap(([input, value]) => {
    const shape = shapeOf(input, value, host)
    return shape === undefined ? [] : [finding(input, shape, value, host)]
  })
  // Beside a half that is plainly something else, a wrong length is no news: the pair has to be another.
  const telling = found.filter(({ shape }) => shape !== 'length')
  return telling.length === 0 ? found : telling
}

/** What people save in the place of a key, the surest sign first. */
const SHAPES: readonly (readonly [shape: KeyShape, pattern: RegExp])[] = [
  ['pem', /^-----BEGIN /],
  // Evaluated nowhere: braces, or the inside of an expression without them.
  ['expression', /\$\{\{|^\{\{[^"]*\}\}$|^(?:secrets|vars|env|inputs)\.[\w-]+$/],
  ['variable', /^\$(?:\{\w+\}|\(.*\)|env:\w+|(?![0-9A-F]{32}$)[A-Z_][A-Z0-9_]*)$|^%(?:\w+|env\([^()]*\))%$/],
  ['dollar', /^\$/],
  ['masked', /^[*•●·∙.#_-]{3,}$|^x{6,}$/i],
  ['placeholder', /^(?:<[^<>]*>|\[[\w .-]+\]|\{[\w .-]+\})$/],
  ['json', /^[{[]|"http-basic"|"repo\.magento\.com"/],
  ['quotes', /^["'`´\u2018-\u201F\u2039\u00AB\u2032\u2033]|["'`´\u2018-\u201F\u203A\u00BB\u2032\u2033]$/],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i],
  ['labelled', /^[\w .-]*(?:key|user(?:[ _-]?name)?|password|token)\s*[:=]\s*\S/i],
  [
    'placeholder',
    /^your[-_ ]|(?:public|private)[-_ ]key|^MAGENTO_|^(?:change|replace|insert|fix)[-_ ]?(?:me|here|your)/i,
  ],
  ['placeholder', /^(?:todo|tbd|dummy|placeholder|example|null|undefined|none|n\/a)$/i],
]

function shapeOf(input: KeyInput, value: string, host: string): KeyShape | undefined {
  const shape = SHAPES.find(([, pattern]) => pattern.test(value))?.[0]
  if (shape !== undefined) return shape
  if (input === 'public-key' && /^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$/.test(value)) return 'email'
  if (/^MAG\d{6,}(?:$|:)/i.test(value)) return 'mage-id'
  if (BLANK.test(value)) return 'inner-white-space'
  if (/^[0-9a-f]{40}$/i.test(value)) return 'download-token'
  if (/^[0-9a-f]{32}:[0-9a-f]{32}$/i.test(value)) return 'pair'
  return host === ADOBE_HOST && [...value].length !== KEY_LENGTH ? 'length' : undefined
}

/** Signs that hold for credentials of any host, once it has refused them. */
function isTelling(shape: KeyShape): boolean {
  return shape !== 'labelled'
}

/**
 * What gives a user name, a password or a token away as something else, for whichever host: less than of a key of Adobe's is
 * known of their form. Something to be said only beside a refusal.
 */
export function shapeOfCredential(value: string): KeyShape | undefined {
  const shape = SHAPES.find(([shape, pattern]) => isTelling(shape) && pattern.test(value))?.[0]
  if (shape !== undefined) return shape
  if (/[\r\n]/.test(value)) return 'line-break'
  return /^[^\s:/]+:[^\s:/]+$/.test(value) ? 'pair' : undefined
}

/** What was cut off around a key, worth a notice: other tools that read the same secret do not cut it off. */
export function trimmedKeys(publicKey: GivenKey, privateKey: GivenKey, host: string): KeysMalformed[] {
  const given: readonly (readonly [KeyInput, GivenKey])[] = [
    ['public-key', publicKey],
    ['private-key', privateKey],
  ]
  return given
    .filter(([, key]) => key.cutOff.length > 0)
    .map(([input, { value, cutOff }]) => ({
      ...finding(input, 'surrounding-white-space', value, host),
      characters: cutOff,
    }))
}

function finding(input: KeyInput | 'both', shape: KeyShape, value: string, host: string): KeysMalformed {
  const characters = [...value]
  const blank = shape === 'inner-white-space' ? namesOf(characters.filter((character) => BLANK.test(character))) : []
  return {
    ...NO_SERVER,
    code: 'keys-malformed',
    input,
    inComposerAuth: false,
    other: undefined,
    shape,
    length: characters.length,
    characters: blank,
    host,
    source: undefined,
    rejectedAt: undefined,
    place: undefined,
  }
}
