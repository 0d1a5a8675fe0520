import { setSecret } from '@actions/core'
import { isJsonObject, type JsonValue, parseJson } from '../composer/json.js'
import { masksFor, SHORTEST_MASK } from '../credentials/secret-forms.js'

/**
 * Has the runner mask the keys as they were handed over, before anything else is read or printed.
 *
 * A JSON document in the place of a key is masked leaf by leaf, and other values line by line: the runner masks every
 * line of what it is given, and a line `{` would blot out the whole log.
 */
export function maskGivenKeys(publicKey: string, privateKey: string): void {
  const username = publicKey.trim()
  const password = privateKey.trim()
  maskAll(masksFor({ username, password }).flatMap(maskable))
  // A secret in the place of the public key is one all the same.
  if (username.startsWith('{') || username.startsWith('[')) maskAll(maskable(username))
}

/** Has the runner mask further secrets, such as a proxy's password. */
export function maskAll(values: readonly string[]): void {
  for (const value of new Set(values)) if (value.length >= SHORTEST_MASK) setSecret(value)
}

function maskable(value: string): string[] {
  const parsed = /^[{[]/.test(value) ? parseJson(Buffer.from(value)) : undefined
  if (parsed?.kind === 'json') return leaves(parsed.value)
  return value.split(/[\r\n]+/).map((line) => line.trim())
}

function leaves(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(leaves)
  return isJsonObject(value) ? Object.values(value).flatMap(leaves) : []
}
