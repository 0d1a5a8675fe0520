import { createHash } from 'node:crypto'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { Answer } from '../../testing/answer.mjs'
import type { CataloguePackage } from '../../testing/catalogue.mjs'
import { minify } from '../../testing/composer-v2.mjs'
import type { Fault } from '../../testing/faults.mjs'
import { byName, createReleases } from '../../testing/releases.mjs'
import { type Json, jsonText, mutated, type Spices } from './json-mutation.js'
import { textuallyMutated } from './mutated-file.js'
import type { Random } from './random.js'

/** What a path is answered with. */
export interface Served {
  readonly answer: Answer
  readonly fault: Fault | 'switching' | undefined
}

/** What a server says, by path. */
export interface Documents {
  readonly served: ReadonlyMap<string, Served>
  /** For whatever else is asked for. */
  readonly otherwise: Served
  readonly how: readonly string[]
}

/** A JSON document as bytes, as it is or after some changes. */
export function spoiled(
  document: Json,
  random: Random,
  spices: Spices,
  chance: number,
): { bytes: Buffer; how: string[] } {
  const indentation = random.oneOf([0, 0, 4])
  if (!random.chance(chance)) return { bytes: Buffer.from(jsonText(document, indentation)), how: [] }
  const { value, how } = random.chance(0.85) ? mutated(document, random, spices) : { value: document, how: [] }
  const text = jsonText(value, indentation)
  if (how.length > 0 && random.chance(0.9)) return { bytes: Buffer.from(text), how: [...how] }
  const changed = textuallyMutated(text, random, random.oneOf(spices.texts))
  return { bytes: changed.bytes, how: [...how, changed.how] }
}

/** The documents of a repository in one of Composer's dialects, some of them spoiled; their sums are right. */
export function fuzzedDocuments(
  packages: readonly CataloguePackage[],
  url: string,
  random: Random,
  spices: Spices,
): Documents {
  const how: string[] = []
  const served = new Map<string, Served>()
  const note = (path: string, done: readonly string[]) =>
    how.push(...done.map((one) => `${path.replace(/\$[0-9a-f]{64}/, '$…')}: ${one}`))
  const put = (answer: Answer, path: string, chance: number) => {
    const wire = onTheWire(answer, random, spices, chance)
    note(path, wire.how)
    served.set(path, wire)
    return wire
  }
  const add: Add = (pathFor, document, chance) => {
    const { bytes, how: done } = spoiled(document, random, spices, chance)
    const hash = createHash('sha256').update(bytes).digest('hex')
    const path = pathFor(hash)
    note(path, done)
    put({ status: 200, contentType: 'application/json', body: bytes }, path, chance / 3)
    return hash
  }
  const releases = createReleases(packages, url, { shasum: 'none' })
  const listed = [...byName(packages)].map(([name, seen]) => ({
    name,
    versions: seen.map((release) => releases.entry(release) as Version),
  }))
  random.oneOf(DIALECTS)(listed, add, random)
  const status = random.oneOf([200, 200, 200, 401, 403, 404])
  const otherwise = put({ status, contentType: 'application/zip', body: Buffer.from('PK') }, '(others)', 0.15)
  return { served, otherwise, how }
}

type Version = { [key: string]: Json }
interface Listed {
  readonly name: string
  readonly versions: readonly Version[]
}
/** Serves a document under a path that may hold its sum; returns the sum. */
type Add = (pathFor: (sha256: string) => string, document: Json, chance: number) => string
type Dialect = (packages: readonly Listed[], add: Add, random: Random) => void

/** As in testing/composer-v1.mjs, but with the sums of what was made of each document. */
const v1: Dialect = (packages, add, random) => {
  const providers = packages.map(({ name, versions }, uid): [string, Json] => {
    const all = Object.fromEntries(versions.map((one) => [String(one.version), { ...one, uid }]))
    return [name, { sha256: add((hash) => `/p/${name}$${hash}.json`, { packages: { [name]: all } }, 0.15) }]
  })
  const half = random.integer(0, providers.length)
  const listed = [providers.slice(0, half), providers.slice(half)].map((some, number): [string, Json] => {
    const document = { providers: Object.fromEntries(some) }
    const sha256 = add((hash) => `/p/provider-${number}$${hash}.json`, document, 0.3)
    return [`p/provider-${number}$%hash%.json`, { sha256 }]
  })
  const includes = { 'providers-url': '/p/%package%$%hash%.json', 'provider-includes': Object.fromEntries(listed) }
  add(() => '/packages.json', { packages: [], ...includes }, 0.4)
}

const v2: Dialect = (packages, add, random) => {
  for (const { name, versions } of packages) {
    const document = { packages: { [name]: minify(versions) as Json[] }, minified: 'composer/2.0' }
    add(() => `/p2/${name}.json`, document, 0.2)
  }
  const names = packages.map(({ name }) => name)
  const patterns = [...new Set(names.map((name) => `${name.split('/')[0]}/*`))]
  const listing = random.oneOf<Version>([
    {},
    { 'available-packages': names },
    { 'available-package-patterns': patterns },
  ])
  add(() => '/packages.json', { packages: [], 'metadata-url': '/p2/%package%.json', ...listing }, 0.5)
}

function inPackages(packages: readonly Listed[]): Json {
  return Object.fromEntries(
    packages.map(({ name, versions }) => [name, Object.fromEntries(versions.map((one) => [String(one.version), one]))]),
  )
}

const inline: Dialect = (packages, add) => {
  add(() => '/packages.json', { packages: inPackages(packages) }, 0.9)
}

const includes: Dialect = (packages, add, random) => {
  const half = random.integer(0, packages.length)
  const [trunk, leaf] = ['include/trunk.json', 'include/leaf.json']
  add(() => `/${leaf}`, { packages: inPackages(packages.slice(half)) }, 0.5)
  const document = { packages: inPackages(packages.slice(0, half)), includes: { [leaf]: { sha1: '' } } }
  add(() => `/${trunk}`, document, 0.5)
  add(() => '/packages.json', { packages: {}, includes: { [trunk]: { sha1: '' } } }, 0.4)
}

const DIALECTS: readonly Dialect[] = [v1, v1, v2, inline, includes]

const STATUSES = [201, 204, 206, 300, 304, 400, 401, 403, 404, 407, 408, 410, 418, 429, 451, 500, 503, 599]
const FAULTS: readonly (Fault | 'switching')[] = [
  { kind: 'reset' },
  { kind: 'close' },
  { kind: 'truncate', bytes: 7 },
  { kind: 'html' },
  { kind: 'endless' },
  { kind: 'drip', ms: 20 },
  { kind: 'silent' },
  { kind: 'gzip-bomb', bytes: 1_000_000 },
  { kind: 'gzip-bomb', bytes: 60_000_000 },
  { kind: 'gzip-bomb', bytes: 80_000_000 },
  { kind: 'raw-gzip' },
  { kind: 'corrupt' },
  'switching',
]
const ENCODINGS: readonly (readonly [string, (body: Buffer) => Buffer])[] = [
  ['gzip', (body) => gzipSync(body)],
  ['x-gzip', (body) => gzipSync(body)],
  ['gzip', (body) => Buffer.concat([gzipSync(body.subarray(0, 5)), gzipSync(body.subarray(5))])],
  ['gzip, gzip', (body) => gzipSync(gzipSync(body))],
  ['gzip', (body) => gzipSync(body).subarray(0, 20)],
  ['gzip', (body) => body],
  ['deflate', (body) => deflateSync(body)],
  ['deflate', (body) => deflateRawSync(body)],
  ['br', (body) => brotliCompressSync(body)],
  ['::set-output name=pwned::', (body) => body],
]

/** An answer with, by chance, something odd about how it is sent. */
function onTheWire(
  answer: Answer,
  random: Random,
  spices: Spices,
  chance: number,
): Served & { how: readonly string[] } {
  if (!random.chance(chance)) return { answer: { ...answer, gzip: random.chance(0.3) }, fault: undefined, how: [] }
  const text = random.oneOf(spices.texts)
  // What no header can hold would be an exception of the server, not an answer.
  const header = text.replace(/[^\x20-\x7e\xa0-\xff]/g, ' ').slice(0, 4000)
  switch (random.oneOf(['status', 'fault', 'encoding', 'redirect', 'headers'] as const)) {
    case 'status': {
      const status = random.oneOf(STATUSES)
      const body = jsonText({ [random.oneOf(['warning', 'info', 'message'])]: text })
      return { answer: { ...answer, status, body: Buffer.from(body) }, fault: undefined, how: [`HTTP ${status}`] }
    }
    case 'fault': {
      const fault = random.oneOf(FAULTS)
      return { answer, fault, how: [typeof fault === 'string' ? fault : fault.kind] }
    }
    case 'encoding': {
      const [name, encode] = random.oneOf(ENCODINGS)
      const body = encode(answer.body)
      return { answer: { ...answer, body, headers: { 'content-encoding': name } }, fault: undefined, how: [name] }
    }
    case 'redirect': {
      const [status, location] = [random.oneOf([301, 302, 303, 307, 308]), header]
      return { answer, fault: { kind: 'redirect', status, location }, how: [`HTTP ${status} to ${location}`] }
    }
    case 'headers': {
      const long = 'a'.repeat(random.oneOf([10, 8000, 17_000, 70_000]))
      const headers = { 'x-request-id': header, 'retry-after': header, 'set-cookie': `a=${header}`, 'x-long': long }
      return { answer: { ...answer, headers }, fault: undefined, how: ['odd headers'] }
    }
  }
}
