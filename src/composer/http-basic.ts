import { isJsonObject, type JsonValue } from './json.js'

/** An entry of auth.json's `http-basic` section: for repo.magento.com the public and the private key. */
export interface HttpBasic {
  readonly username: string
  readonly password: string
}

/** What Composer sends to an origin: a pair, or headers in its place. */
export interface SentCredentials extends HttpBasic {
  /** Each `Name: value`; user name and password are empty then, or those that the header is made of. */
  readonly headers?: readonly string[]
}

/** Names that shape a request and are not a credential's: they are not sent from here. */
const SHAPING =
  /^(?:host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|proxy-.*|keep-alive)$/i
const HEADER = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e\x80-\xff\t]*)$/
/** More is sent to nobody. Characters, together. */
const LONGEST_HEADERS = 16_384

/** Headers in the place of a pair; undefined where one is none, or shapes the request. */
export function headersInstead(headers: readonly string[]): SentCredentials | undefined {
  const size = headers.reduce((sum, { length }) => sum + length, 0)
  const fit = headers.every((header) => {
    const name = HEADER.exec(header)?.[1]
    return name !== undefined && !SHAPING.test(name)
  })
  return fit && size <= LONGEST_HEADERS ? { username: '', password: '', headers } : undefined
}

/** An `http-basic` entry that Composer reads a pair from, or undefined. */
export function readHttpBasic(value: JsonValue | undefined): HttpBasic | undefined {
  if (!isJsonObject(value) || typeof value.username !== 'string' || typeof value.password !== 'string') return undefined
  return { username: value.username, password: value.password }
}
