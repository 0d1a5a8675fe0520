import type { HttpBasic } from '../composer/http-basic.js'
import { base64, inBase64, SHORTEST_MASK, secretHalves, spellingsOf } from './secret-forms.js'
import { flattened } from './server-text.js'
import { type Pattern, searchFor } from './text-search.js'

/** What may be shown nowhere. */
export interface Secrets {
  /** The secret halves of each, and the two joined. */
  readonly pairs: readonly HttpBasic[]
  /** Tokens, passphrases, values of headers. */
  readonly values: readonly string[]
}

/** Takes secrets, in whatever form, out of texts that others wrote. */
export interface Redaction {
  /**
   * Out of a server's words, which may repeat what it was sent: everything. What is short only where it stands by
   * itself, since `a` stands in most words.
   */
  readonly server: (text: string) => string
  /** Out of words that were there before anybody was asked: what is short is no more than a word there. */
  readonly project: (text: string) => string
}

/**
 * So many bytes are looked for, all forms of all secrets taken together: those of some thousand pairs. Where there are
 * more nothing that others wrote is shown, rather than time and memory spent on it.
 */
const MOST_BYTES = 4 * 1024 * 1024

/** What a form counts for beside its own bytes: a file can hold very many very short secrets. Bytes. */
const FORM = 64

const REDACTED = '***'

/** Prepares the search for all forms of some secrets; a text is then gone through once, however many they are. */
export function redactionOf(secrets: Secrets): Redaction {
  // Each is looked for in four forms at least, which need not be made where they will be too many.
  if (4 * lengthOf(secrets) > MOST_BYTES) return { server: () => REDACTED, project: () => REDACTED }
  const { long, short, names } = formsOf(secrets)
  return { server: redacting(() => [...long, ...short, ...names]), project: redacting(() => long) }
}

function lengthOf({ pairs, values }: Secrets): number {
  const inPairs = pairs.reduce((sum, { username, password }) => sum + username.length + password.length + FORM, 0)
  return values.reduce((sum, { length }) => sum + length + FORM, inPairs)
}

/** An address in a server's JSON is escaped twice; more often than so many times nobody does it by mistake. */
const ESCAPED = 3

/** Looks at a text as it stands and with its escapes undone: they may stand for any part of a secret. */
function redacting(patternsOf: () => readonly Pattern[]): (text: string) => string {
  let withoutSecrets: ((text: string) => string) | undefined
  return (text) => {
    if (text === '') return text
    withoutSecrets ??= replacing(patternsOf())
    let shown = withoutSecrets(text)
    let spelt = shown
    for (let round = 0; round < ESCAPED; round++) {
      const plain = unescaped(spelt)
      if (plain === spelt) break
      spelt = withoutSecrets(plain)
      if (spelt !== plain) shown = spelt
    }
    return shown
  }
}

function replacing(patterns: readonly Pattern[]): (text: string) => string {
  if (patterns.reduce((sum, { bytes }) => sum + bytes.length + FORM, 0) > MOST_BYTES) return () => REDACTED
  const search = searchFor(patterns)
  return (text) => {
    const bytes = Buffer.from(text)
    const found = search(bytes)
    if (found.length === 0) return text
    let shown = ''
    let from = 0
    for (const { start, end } of found) {
      shown += bytes.toString('utf8', from, start) + REDACTED
      from = end
    }
    return shown + bytes.toString('utf8', from)
  }
}

/** A text with the escapes of URLs, of JSON and of HTML undone, each once. */
function unescaped(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hexadecimal, name) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal)
      return point <= LAST_CODE_POINT ? String.fromCodePoint(point) : whole
    })
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
    .replace(/\\(?:u([0-9a-f]{4})|(["'\\/]))/gi, (_, unit, character) =>
      unit === undefined ? character : String.fromCharCode(Number.parseInt(unit, 16)),
    )
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const LAST_CODE_POINT = 0x10ffff

function formsOf({ pairs, values }: Secrets): Record<'long' | 'short' | 'names', Pattern[]> {
  const secret = new Set(
    // Flattened too, since that is how a text comes here.
    [...values, ...pairs.flatMap(secretHalves)].flatMap((value) => [value, ...linesOf(value), flattened(value)]),
  )
  const joined = pairs.flatMap(({ username, password }) => [
    base64(`${username}:${password}`),
    base64(`${password}:${username}`),
  ])
  // A server that repeats a user name tells who asked, which concerns nobody else either.
  const names = pairs.flatMap(({ username }) => (username.length < SHORTEST_MASK ? [] : allForms(username)))
  const all = patterns([...[...secret].flatMap(allForms), ...joined.flatMap(spellingsOf)])
  return {
    long: all.filter(({ kind }) => kind === 'anywhere'),
    short: all.filter(({ kind }) => kind === 'whole'),
    names: patterns(names),
  }
}

/** Each line of a value of several, and the value with what surrounds it cut off. */
function linesOf(value: string): string[] {
  return value.split(/[\r\n]+/).map((line) => line.trim())
}

function allForms(secret: string): string[] {
  return [...spellingsOf(secret), base64(secret).replace(/=+$/, ''), ...inBase64(secret)]
}

function patterns(forms: readonly string[]): Pattern[] {
  return [...new Set(forms)].flatMap((form) => {
    const bytes = Buffer.from(form)
    if (bytes.length === 0) return []
    return [{ bytes, kind: bytes.length < SHORTEST_MASK ? ('whole' as const) : ('anywhere' as const) }]
  })
}
