import { Random } from './random.js'

/** One text or sequence of bytes that may stand where an auth.json is expected. */
export interface MutatedFile {
  readonly bytes: Buffer
  /** What was done to it, for the message of a failure. */
  readonly how: string
  /** Stands in names and values; whatever quotes a piece of the file shows it. */
  readonly marker: string
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Sections = { [section: string]: { [host: string]: Json } }

/** Makes the n-th file. @param own the host that the action is given keys for */
export function mutatedFile(number: number, own: string): MutatedFile {
  const random = new Random(`mutated file ${number}`)
  const marker = `Zq${random.hex(22)}`
  const sections = document(random, marker, own)
  const structural = random.oneOf(STRUCTURAL)
  const textual = random.oneOf(TEXTUAL)
  const both = random.chance(0.3)
  const first = both || random.chance(0.5)
  const text = first ? structural.make(sections, random, marker) : spelled(sections, random)
  const bytes = both || !first ? textual.make(text, random, marker) : text
  const how = [first ? structural.name : '', both || !first ? textual.name : ''].filter((name) => name !== '')
  return { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, how: how.join(', then '), marker }
}

/** A sound file: some sections with some hosts. */
function document(random: Random, marker: string, own: string): Sections {
  const basic = () => ({ username: `${marker}-user`, password: `${marker}-password` })
  const hosts = ['a.example', `${marker}.example`, 'b.example:8443', ...(random.chance(0.3) ? [own] : [])]
  const all: Sections = {
    'http-basic': Object.fromEntries(hosts.map((host) => [host, basic()])),
    bearer: { 'tokens.example': `${marker}-token` },
    'github-oauth': { 'github.com': marker },
    'gitlab-token': { 'gitlab.com': { username: marker, token: marker } },
    'gitlab-oauth': { 'gitlab.com': marker },
    'bitbucket-oauth': { 'bitbucket.org': { 'consumer-key': marker, 'consumer-secret': marker } },
    [`x-${marker}`]: { anything: marker },
  }
  return Object.fromEntries(Object.entries(all).filter(([section]) => section === 'http-basic' || random.chance(0.4)))
}

/** The JSON of a value in one of the forms that people and programs write. */
function spelled(value: Json, random: Random): string {
  const text = JSON.stringify(value, null, random.oneOf([0, 1, 2, 3, 4, '\t']))
  return text + random.oneOf(['', '\n', '\r\n', '\n\n', ' '])
}

const WRONG: readonly Json[] = [null, true, false, 0, 1.5, -3, '', 'text', [], ['text'], {}, { a: {} }, [[]], [{}]]

interface Structural {
  readonly name: string
  readonly make: (sections: Sections, random: Random, marker: string) => string
}

/** What is done to the document before it is written. */
const STRUCTURAL: readonly Structural[] = [
  {
    name: 'another type for the whole',
    make: (_, random, marker) => spelled(random.oneOf([...WRONG, marker, [marker]]), random),
  },
  {
    name: 'another type for a section',
    make: (sections, random, marker) =>
      spelled({ ...sections, [random.oneOf(Object.keys(sections))]: random.oneOf([...WRONG, marker]) }, random),
  },
  {
    name: 'another type for an entry',
    make: (sections, random, marker) => {
      const section = random.oneOf(Object.keys(sections))
      const entries = { ...sections[section], [`${marker}.example`]: random.oneOf([...WRONG, marker]) }
      return spelled({ ...sections, [section]: entries }, random)
    },
  },
  {
    name: 'another type for a field',
    make: (sections, random, marker) => {
      const entry = {
        username: marker,
        password: marker,
        [random.oneOf(['username', 'password'])]: random.oneOf(WRONG),
      }
      return spelled({ ...sections, 'http-basic': { ...sections['http-basic'], 'c.example': entry } }, random)
    },
  },
  {
    name: 'a field missing',
    make: (sections, random, marker) => {
      const entry = { [random.oneOf(['username', 'password', 'user', 'token'])]: marker }
      return spelled({ ...sections, 'http-basic': { ...sections['http-basic'], 'c.example': entry } }, random)
    },
  },
  {
    name: 'a section twice',
    make: (sections, random, marker) => {
      const other = random.oneOf<Json>([{}, [], null, { 'd.example': { username: marker, password: marker } }])
      const texts = [spelled(sections['http-basic'] ?? {}, random), spelled(other, random)]
      const [a, b] = random.chance(0.5) ? texts : texts.toReversed()
      return `{"http-basic": ${a}, "http\\u002dbasic": ${b}}`
    },
  },
  {
    name: 'a host twice',
    make: (_, random, marker) => {
      const entry = JSON.stringify({ username: marker, password: marker })
      const other = random.oneOf(['1', 'null', '{}', entry])
      return `{"http-basic": {"c.example": ${entry},\n "c.example": ${other}}}`
    },
  },
  {
    name: 'names that JavaScript knows',
    make: (sections, random, marker) => {
      const name = random.oneOf(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])
      const entry = JSON.stringify({ username: marker, password: marker })
      const rest = JSON.stringify(sections).slice(1)
      return random.chance(0.5)
        ? `{${JSON.stringify(name)}: ${random.oneOf([entry, `"${marker}"`, 'null', '[]'])}, ${rest}`
        : `{"http-basic": {${JSON.stringify(name)}: ${entry}, "a.example": ${entry}}}`
    },
  },
  {
    name: 'a number for a name',
    make: (sections, random, marker) => {
      const name = random.oneOf([
        '0',
        '10',
        '-1',
        '9223372036854775807',
        '9223372036854775808',
        '-0',
        '010',
        '1.5',
        '1e3',
      ])
      const section = random.oneOf([name, 'http-basic', `x-${marker}`])
      const entry = { username: marker, password: marker }
      return spelled({ ...sections, [section]: { ...sections[section], [name]: entry } }, random)
    },
  },
  {
    name: 'deep nesting',
    make: (sections, random, marker) => {
      const levels = random.oneOf([100, 500, 509, 510, 511, 512, 513, 2000, 50_000])
      const [open, close] = random.oneOf([
        ['[', ']'],
        ['{"a":', '}'],
      ] as const)
      const end = random.chance(0.8) ? close.repeat(levels) : ''
      const middle = open === '[' ? '' : '1'
      return `{"x-${marker}": ${open.repeat(levels)}${middle}${end}, ${JSON.stringify(sections).slice(1)}`
    },
  },
  {
    name: 'very many entries',
    make: (sections, random, marker) => {
      const hosts = Array.from({ length: random.integer(500, 3000) }, (_, index) => `h${index}.example`)
      const entry = { username: marker, password: marker }
      const many = Object.fromEntries(hosts.map((host) => [host, entry]))
      return spelled({ ...sections, 'http-basic': { ...sections['http-basic'], ...many } }, random)
    },
  },
  {
    name: 'a very long text',
    make: (sections, random, marker) =>
      spelled({ ...sections, [`x-${marker}`]: { long: marker.repeat(random.oneOf([1000, 20_000])) } }, random),
  },
  {
    name: 'characters to be escaped',
    make: (sections, random, marker) => {
      const odd = random.oneOf([
        '\0',
        '\u007f',
        '\u2028',
        '"',
        '\\',
        '/',
        '\u00fc',
        '\ud83d\ude00',
        '\n',
        '%',
        '::error::',
      ])
      const entry = { username: marker + odd, password: odd + marker }
      return spelled({ ...sections, 'http-basic': { [`c.example${odd}`]: entry } }, random)
    },
  },
  { name: 'an empty name', make: (sections, random, marker) => spelled({ '': { '': marker }, ...sections }, random) },
]

/** A JSON text after one change to its characters or bytes. */
export function textuallyMutated(text: string, random: Random, marker: string): MutatedFile {
  const { name, make } = random.oneOf(TEXTUAL)
  const bytes = make(text, random, marker)
  return { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, how: name, marker }
}

interface Textual {
  readonly name: string
  readonly make: (text: string, random: Random, marker: string) => string | Buffer
}

function inserted(text: string, random: Random, piece: string): string {
  const at = random.integer(0, text.length)
  return text.slice(0, at) + piece + text.slice(at)
}

/** What is done to the text of the document. */
const TEXTUAL: readonly Textual[] = [
  { name: 'as it is', make: (text) => text },
  { name: 'cut off', make: (text, random) => text.slice(0, random.integer(0, text.length - 1)) },
  {
    name: 'a piece missing',
    make: (text, random) => {
      const from = random.integer(0, text.length - 1)
      return text.slice(0, from) + text.slice(from + random.integer(1, 12))
    },
  },
  {
    name: 'a piece twice',
    make: (text, random) => {
      const from = random.integer(0, text.length - 1)
      const to = from + random.integer(1, 40)
      return text.slice(0, to) + text.slice(from)
    },
  },
  {
    name: 'a character inserted',
    make: (text, random) =>
      inserted(text, random, random.oneOf([...'{}[],:"\'\\/#;=0- \t\r\n', '\0', '\u00a0', '\f', '\u2028', '\ufeff'])),
  },
  {
    name: 'a byte changed',
    make: (text, random) => {
      const bytes = Buffer.from(text)
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255)
      return bytes
    },
  },
  { name: 'a byte order mark', make: (text) => `\ufeff${text}` },
  {
    name: 'UTF-16',
    make: (text, random) => {
      const bytes = Buffer.from(random.chance(0.5) ? `\ufeff${text}` : text, 'utf16le')
      return random.chance(0.5) ? bytes : bytes.swap16()
    },
  },
  { name: 'Latin-1', make: (text, random) => Buffer.from(inserted(text, random, '\u00e9'), 'latin1') },
  {
    name: 'half a surrogate pair',
    make: (text, random, marker) =>
      text.replace(marker, marker + random.oneOf(['\\ud83d', '\\ude00', '\\ud83d\\ud83d', '\\ud83d\\ude00'])),
  },
  { name: 'CRLF', make: (text) => text.replaceAll(/\r?\n/g, '\r\n') },
  { name: 'CR alone', make: (text) => text.replaceAll(/\r?\n/g, '\r') },
  { name: 'tabs between', make: (text) => text.replaceAll(/([{[,])/g, '\t$1\t') },
  {
    name: 'a comma too many',
    make: (text, random) => text.replace(random.oneOf(['}', '}}', '"}']), (end) => `,${end}`),
  },
  {
    name: 'a comment',
    make: (text, random, marker) =>
      text.replace('{', random.oneOf([`{ // ${marker}\n`, `{ /* ${marker} */`, `{ # ${marker}\n`])),
  },
  { name: 'single quotes', make: (text) => text.replaceAll('"', "'") },
  {
    name: 'a number that JSON does not know',
    make: (text, random) =>
      text.replace(
        '{',
        `{"n": ${random.oneOf(['01', '+1', '.5', '1.', 'NaN', 'Infinity', '0x1', '1e999', '-0', '1E5'])},`,
      ),
  },
  {
    name: 'words of other languages',
    make: (text, random) => text.replace('{', `{"n": ${random.oneOf(['True', 'None', 'undefined', 'nil'])},`),
  },
  { name: 'two documents', make: (text) => `${text}${text}` },
  {
    name: 'something before',
    make: (text, random, marker) => random.oneOf([marker, '<?php ', 'x', '\f', '\u00a0', ' \n\t']) + text,
  },
  {
    name: 'something after',
    make: (text, random, marker) => text + random.oneOf([marker, '\0', '}', ',', '\f', ' \t\r\n']),
  },
  { name: 'nothing', make: (_, random) => random.oneOf(['', ' ', '\n', '\r\n\t ', '\0\0\0\0']) },
  { name: 'in base64', make: (text) => Buffer.from(text).toString('base64') },
  { name: 'as a text in JSON', make: (text) => JSON.stringify(text) },
  {
    name: 'an expression that nobody evaluated',
    make: (text, random) => text.replace(/"[^"]*"$|\{/, random.oneOf(['${{ secrets.A }}', '$AUTH', '***'])),
  },
]
