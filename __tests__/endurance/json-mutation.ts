import type { Random } from './random.js'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What a document may be spoiled with. */
export interface Spices {
  /** Texts that may come to stand in the place of any text or name. */
  readonly texts: readonly string[]
  /** Bytes to which what is repeated may grow. */
  readonly room: number
}

export interface Mutation {
  readonly value: Json
  /** What was done, for the message of a failure. */
  readonly how: readonly string[]
}

/** A value after some changes, each somewhere inside it. The one handed over stays as it is. */
export function mutated(value: Json, random: Random, spices: Spices): Mutation {
  const how: string[] = []
  let result: Json = value
  for (let left = random.oneOf([1, 1, 1, 2, 3, 8]); left > 0; left--) {
    result = mutatedOnce(result, '', { random, spices, how }) ?? {}
  }
  return { value: result, how }
}

/**
 * JSON in which the places that `deep` marked are nested as deeply as they say, which `JSON.stringify` cannot do. Where the
 * marks themselves were multiplied the later ones nest less, since no string can be that long.
 */
export function jsonText(value: Json, indentation = 0): string {
  let room = MOST_NESTED
  return JSON.stringify(value, null, indentation).replace(DEEP, (_, levels, bracket) => {
    const [open, inner, close] = bracket === 'list' ? ['[', '', ']'] : ['{"a":', 'null', '}']
    const count = Math.min(Number(levels), Math.floor(room / (open.length + close.length)))
    room -= count * (open.length + close.length)
    return count === 0 ? 'null' : `${open.repeat(count)}${inner}${close.repeat(count)}`
  })
}

/** Characters of all that is nested in one text. */
const MOST_NESTED = 128 * 1024 * 1024
const DEEP = /"@deep:(\d+):(list|object)@"/g

interface Context {
  readonly random: Random
  readonly spices: Spices
  readonly how: string[]
}

/** Undefined where the value is to be taken out. */
function mutatedOnce(value: Json, path: string, context: Context): Json | undefined {
  const { random, how } = context
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  if (keys.length > 0 && random.chance(0.88)) {
    const key = random.oneOf(keys)
    return withMember(value, key, (member) => mutatedOnce(member, `${path}/${key.slice(0, 40)}`, context))
  }
  const operations = OPERATIONS.filter(({ fits }) => fits(value))
  const { name, make } = random.oneOf(operations)
  how.push(`${name} at ${path === '' ? '/' : path}`)
  return make(value, context)
}

function withMember(value: Json, key: string, change: (member: Json) => Json | undefined): Json {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const made = String(index) === key ? change(item) : item
      return made === undefined ? [] : [made]
    })
  }
  const entries = Object.entries(value ?? {}).flatMap(([name, member]): [string, Json][] => {
    const made = name === key ? change(member) : member
    return made === undefined ? [] : [[name, made]]
  })
  return Object.fromEntries(entries)
}

interface Operation {
  readonly name: string
  readonly fits: (value: Json) => boolean
  readonly make: (value: Json, context: Context) => Json | undefined
}

const WRONG: readonly Json[] = [null, true, false, 0, -1, 1.5, 1e308, '', 'text', [], {}, [[]], [{}], { a: {} }]
/** As `Object.fromEntries` and `JSON.parse` make them: members, not prototypes. */
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  '',
  '0',
  '-1',
  '9007199254740993',
]

const any = () => true
const isText = (value: Json) => typeof value === 'string'
const isFull = (value: Json) => typeof value === 'object' && value !== null && Object.keys(value).length > 0

const OPERATIONS: readonly Operation[] = [
  { name: 'another type', fits: any, make: (_, { random }) => random.oneOf(WRONG) },
  { name: 'nothing', fits: any, make: () => undefined },
  { name: 'in a list', fits: any, make: (value) => [value] },
  { name: 'in an object', fits: any, make: (value, { random }) => ({ [random.oneOf(NAMES)]: value }) },
  { name: 'nested deeply', fits: any, make: (_, { random }) => deep(random) },
  { name: 'an odd text', fits: any, make: (_, { random, spices }) => random.oneOf(spices.texts) },
  { name: 'an odd text', fits: isText, make: (_, { random, spices }) => random.oneOf(spices.texts) },
  {
    name: 'a text with an odd end',
    fits: isText,
    make: (value, { random, spices }) => `${value}${random.oneOf(spices.texts)}`,
  },
  { name: 'a long text', fits: isText, make: (value, context) => longText(String(value), context) },
  { name: 'an odd name', fits: isFull, make: renamed },
  { name: 'an odd member', fits: isFull, make: withOddMember },
  { name: 'a member many times', fits: isFull, make: multiplied },
  { name: 'a member many times', fits: isFull, make: multiplied },
]

function deep(random: Random): Json {
  const levels = random.oneOf([20, 300, 505, 511, 512, 600, 5000, 50_000])
  return `@deep:${levels}:${random.oneOf(['list', 'object'])}@`
}

/**
 * A text again and again, with what parts the pieces of constraints, addresses, paths and versions, or with a letter that has
 * all others take two bytes in memory.
 */
export function longText(text: string, { random, spices: { room } }: Pick<Context, 'random' | 'spices'>): string {
  const piece =
    text.slice(0, 200) + random.oneOf(['', '.', ',', ' || ', '|', '/', '-', '%', '@', ':', '*', '1', ' ', '\u0416'])
  return piece.repeat(times(Math.max(piece.length, 1), random, room))
}

function renamed(value: Json, context: Context): Json {
  const key = context.random.oneOf(Object.keys(value ?? {}))
  const name = oddName(key, context)
  return Object.fromEntries(Object.entries(value ?? {}).map(([own, member]) => [own === key ? name : own, member]))
}

function oddName(key: string, context: Context): string {
  const { random, spices } = context
  if (random.chance(0.3)) return random.oneOf(NAMES)
  return random.chance(0.2) ? longText(key, context).slice(0, 200_000) : random.oneOf(spices.texts)
}

function withOddMember(value: Json, { random, spices }: Context): Json {
  const member = random.oneOf(Object.values(value ?? {}))
  const name = random.chance(0.4) ? random.oneOf(NAMES) : random.oneOf(spices.texts)
  return Array.isArray(value)
    ? [...value, random.oneOf(WRONG), member]
    : Object.fromEntries([...Object.entries(value ?? {}), [name, member]])
}

/** One member as often as there is room for, the same or each with a number. */
function multiplied(value: Json, { random, spices: { room } }: Context): Json {
  const [key, member] = random.oneOf(Object.entries(value ?? {}))
  const count = times(JSON.stringify(member).length + key.length + 12, random, room)
  const alike = random.chance(0.3)
  const copies = Array.from({ length: count }, (_, index): [string, Json] => [
    `${key}-${index}`,
    alike ? member : numbered(member, index),
  ])
  return Array.isArray(value)
    ? [...value, ...copies.map(([, copy]) => copy)]
    : Object.fromEntries([...Object.entries(value ?? {}), ...copies])
}

/** The member with a number in its name or address, where it has one. */
function numbered(member: Json, number: number): Json {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
  const { name, url } = member
  return {
    ...member,
    ...(typeof name === 'string' && { name: `${name}-${number}` }),
    ...(typeof url === 'string' && { url: `${url}/${number}` }),
  }
}

/** From 10 to a million times, as far as there is room. */
function times(bytes: number, random: Random, room: number): number {
  return Math.max(2, Math.min(random.oneOf([10, 100, 1000, 10_000, 50_000, 1_000_000]), Math.floor(room / bytes)))
}
