import type { AuthEntry, AuthPath } from '../composer/auth-json.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import { isJsonObject, type JsonValue } from '../composer/json.js'
import type { EmptyField } from '../problems/empty-credentials.js'
import { isMissing } from './key-shapes.js'

/** Something in an entry of `composer-auth` that came empty, as of a secret that the run does not see. */
export interface EmptyValue {
  /** Where it stands in the document. */
  readonly path: readonly (string | number)[]
  readonly name: EmptyField
}

/** An entry of which something is empty. */
export interface EmptyEntry {
  readonly path: readonly [section: string, origin: string]
  readonly values: readonly EmptyValue[]
  /** Nothing in it is a credential: it is not written, so that nothing of Composer's is replaced by nothing. */
  readonly leftOut: boolean
}

/** The entries of `composer-auth` that have something empty where a secret belongs. */
export function emptyEntries(entries: readonly AuthEntry[]): EmptyEntry[] {
  return entries.flatMap(({ path, value }): EmptyEntry[] => {
    if (!isEntryOfHost(path)) return []
    const values = emptyValues(path, value)
    return values.length === 0 ? [] : [{ path, values, leftOut: holdsNothing(path[0], value, values.length) }]
  })
}

function isEntryOfHost(path: AuthPath): path is readonly [string, string] {
  // A certificate is a file; the passphrase beside it may be empty.
  return path.length === 2 && AUTH_SECTIONS.has(path[0]) && path[0] !== 'client-certificate'
}

function emptyValues(path: readonly [string, string], entry: JsonValue): EmptyValue[] {
  if (typeof entry === 'string') return isEmpty(entry) ? [{ path, name: 'token' }] : []
  if (Array.isArray(entry)) {
    return entry.flatMap((header, index) => (isEmptyHeader(header) ? [{ path: [...path, index], name: 'header' }] : []))
  }
  return Object.entries(isJsonObject(entry) ? entry : {}).flatMap(([name, value]) =>
    typeof value === 'string' && isEmpty(value) && isField(name) ? [{ path: [...path, name], name }] : [],
  )
}

/** The fields of entries that credentials are made of. */
const FIELDS: readonly EmptyField[] = ['username', 'password', 'token', 'consumer-key', 'consumer-secret']

function isField(name: string): name is EmptyField {
  return FIELDS.some((field) => field === name)
}

function isEmpty(value: string): boolean {
  return isMissing(value.trim())
}

/** A header without a value, or with the word alone that goes before a token. */
function isEmptyHeader(header: JsonValue): boolean {
  const value = typeof header === 'string' ? header.slice(header.indexOf(':') + 1).trim() : ''
  return isEmpty(value.replace(/^(?:bearer|basic|token)(?:\s+|$)/i, ''))
}

/** A user name is half of a pair, and some servers want no more of one; any other entry is nothing without its secret. */
function holdsNothing(section: string, entry: JsonValue, empty: number): boolean {
  if (section === 'http-basic') return empty === 2
  if (Array.isArray(entry)) return empty === entry.length
  const secrets = AUTH_SECTIONS.get(section)?.secretsIn(entry) ?? []
  return secrets.length > 0 && secrets.every(isEmpty)
}
