import type { AuthEntry } from '../composer/auth-json.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import { type HttpBasic, readHttpBasic } from '../composer/http-basic.js'

/** A mask shorter than this would blot out ordinary words all over the job's log; such values are simply never printed. */
export const SHORTEST_MASK = 8

/**
 * Words in the place of the password by which Composer tells that the user name is a token.
 *
 * Source: `Util/AuthHelper.php::addAuthenticationOptions`.
 */
const TOKEN_FOLLOWS = ['bearer', 'x-oauth-basic', 'oauth2', 'private-token', 'gitlab-ci-token']

/**
 * The secret halves of a pair: the password, or the token in the place of the user name; and a user name that has the
 * form of a key, while others are words such as `token`.
 */
export function secretHalves({ username, password }: HttpBasic): string[] {
  if (TOKEN_FOLLOWS.includes(password)) return [username]
  return [password, ...(/^[0-9a-f]{32}$/i.test(username) ? [username] : [])]
}

/**
 * What the runner is to mask for one pair: its secret halves, the pair as Basic authentication sends it, and the forms
 * that PHP's `json_encode` and URLs give them.
 *
 * The runner derives base64, JSON, URI and XML forms of each value by itself, but not of the two joined by a colon.
 */
export function masksFor(pair: HttpBasic): string[] {
  const joined = base64(`${pair.username}:${pair.password}`)
  return longEnough([...secretHalves(pair).flatMap(spellingsOf), joined, joined.replaceAll('/', '\\/')])
}

/** What of an entry of auth.json nobody may see, as it stands there: passwords, tokens, passphrases, values of headers. */
export function secretsOf({ path: [section, origin], value }: AuthEntry): string[] {
  return origin === undefined ? [] : (AUTH_SECTIONS.get(section)?.secretsIn(value) ?? [])
}

/** What the runner is to mask for one entry of auth.json: see `masksFor` and `secretsOf`. */
export function masksForEntry(entry: AuthEntry): string[] {
  const pair = entry.path[0] === 'http-basic' ? readHttpBasic(entry.value) : undefined
  if (pair !== undefined) return masksFor(pair)
  return masksForValues(secretsOf(entry))
}

/** What the runner is to mask for single secrets, such as tokens. */
export function masksForValues(values: readonly string[]): string[] {
  return longEnough(values.flatMap(spellingsOf))
}

function longEnough(forms: readonly string[]): string[] {
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_MASK)
}

/** What of a value's base64 does not depend on its neighbours, for each of the three places at which it can begin. */
export function inBase64(value: string): string[] {
  if (value.length < SHORTEST_MASK) return []
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    return encoded.slice(Math.ceil((shift * 8) / 6), encoded.length - (bytes.length % 3 === 0 ? 0 : 1))
  })
}

/** A text in base64, with its padding. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/**
 * A secret as it stands and as programs spell it: PHP's `json_encode` with and without its escapes for slashes and for
 * what is not ASCII; percent-encoded, with capitals and without, as JavaScript, `rawurlencode` and forms do it.
 */
export function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const ascii = json.replace(/[^\x20-\x7E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const uri = encodeURIComponent(secret.toWellFormed())
  const raw = uri.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  const percent = [uri, raw, raw.replaceAll('%20', '+').replaceAll('~', '%7E')]
  return [
    ...new Set([
      secret,
      ...[json, ascii].flatMap((text) => [text, text.replaceAll('/', '\\/')]),
      ...percent.flatMap((text) => [text, text.replace(/%../g, (byte) => byte.toLowerCase())]),
    ]),
  ]
}
