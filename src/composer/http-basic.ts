import { isJsonObject, type JsonValue } from './json.js'

/** An entry of auth.json's `http-basic` section: for repo.magento.com the public and the private key. */
export interface HttpBasic {
  readonly username: string
  readonly password: string
}

/** An `http-basic` entry that Composer reads a pair from, or undefined. */
export function readHttpBasic(value: JsonValue | undefined): HttpBasic | undefined {
  if (!isJsonObject(value) || typeof value.username !== 'string' || typeof value.password !== 'string') return undefined
  return { username: value.username, password: value.password }
}
