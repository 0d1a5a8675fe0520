import type { HttpBasic } from '../composer/auth-json.js'
import type { FindingOf, KeyInput, KeyShape } from '../problems/finding.js'

/** A key as the workflow handed it over. */
export interface GivenKey {
  /** Without surrounding white space. */
  readonly value: string
  /** What was cut off around it, by name; empty when nothing was. */
  readonly cutOff: readonly string[]
}

/** Adobe promises this length for both halves, and nothing of the alphabet. Characters. */
const KEY_LENGTH = 32
/** The one host whose keys have a known form. */
const ADOBE_HOST = 'repo.magento.com'

const INVISIBLE: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/[\r\n]/, 'a line break'],
  [/\t/, 'a tab'],
  [/ /, 'white space'],
  [/\u00A0/, 'a no-break space (U+00A0)'],
  [/\uFEFF/, 'a byte order mark (U+FEFF)'],
  [/[\u200B-\u200D\u2060]/, 'a zero-width character'],
]
const SURROUNDING = /^[\s\u200B-\u200D\u2060\uFEFF]+|[\s\u200B-\u200D\u2060\uFEFF]+$/g

/** Cuts off what surrounds a key: a secret that was piped into a file often ends with a line break. */
export function givenKey(raw: string): GivenKey {
  const value = raw.replace(SURROUNDING, '')
  const around = (raw.match(SURROUNDING) ?? []).join('')
  const cutOff = INVISIBLE.filter(([pattern]) => pattern.test(around)).map(([, name]) => name)
  return { value, cutOff: around !== '' && cutOff.length === 0 ? ['white space'] : cutOff }
}

/** Whether a key is not there at all: empty, or the lone dollar sign that `$${{ … }}` leaves of an empty secret. */
export function isMissing(value: string): boolean {
  return value === '' || value === '$'
}

/**
 * What gives a pair away as something else than access keys, before anybody is asked; at most one finding per input.
 *
 * @param host the origin that the keys are for: other vendors' keys have other lengths
 */
export function malformedKeys({ username, password }: HttpBasic, host: string): FindingOf<'keys-malformed'>[] {
  if (username === password) return [finding('both', 'equal-halves', username, host)]
  const inputs: readonly (readonly [KeyInput, string])[] = [
    ['public-key', username],
    ['private-key', password],
  ]
  return inputs.flatMap(([input, value]) => {
    const shape = shapeOf(input, value, host)
    return shape === undefined ? [] : [finding(input, shape, value, host)]
  })
}

function shapeOf(input: KeyInput, value: string, host: string): KeyShape | undefined {
  if (/^[{[]/.test(value)) return 'json'
  if (value.startsWith('$')) return 'expression'
  if (/^["'`\u2018\u201C]|["'`\u2019\u201D]$/.test(value)) return 'quotes'
  if (/^<.*>$|^\*+$|^x{6,}$|^your[-_ ]|(?:public|private)[-_ ]key|^MAGENTO_|^changeme$/i.test(value))
    return 'placeholder'
  if (input === 'public-key' && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return 'email'
  if (/^MAG\d{6,}$/i.test(value)) return 'mage-id'
  if (/[\s\u200B-\u200D\u2060\uFEFF\p{Cc}]/u.test(value)) return 'inner-white-space'
  if (/^[0-9a-f]{40}$/i.test(value)) return 'download-token'
  return host === ADOBE_HOST && [...value].length !== KEY_LENGTH ? 'length' : undefined
}

/** What was cut off around a key, worth a notice: other tools that read the same secret do not cut it off. */
export function trimmedKeys(publicKey: GivenKey, privateKey: GivenKey, host: string): FindingOf<'keys-malformed'>[] {
  const given: readonly (readonly [KeyInput, GivenKey])[] = [
    ['public-key', publicKey],
    ['private-key', privateKey],
  ]
  return given
    .filter(([, key]) => key.cutOff.length > 0)
    .map(([input, { value, cutOff }]) => ({ ...finding(input, 'surrounding-white-space', value, host), cutOff }))
}

function finding(input: KeyInput | 'both', shape: KeyShape, value: string, host: string): FindingOf<'keys-malformed'> {
  return { code: 'keys-malformed', input, shape, length: [...value].length, cutOff: [], host }
}
