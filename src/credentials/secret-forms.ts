import { type AuthEntry, type HttpBasic, readHttpBasic } from '../composer/auth-json.js'
import { isJsonObject, type JsonValue } from '../composer/json.js'

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
function secretHalves({ username, password }: HttpBasic): string[] {
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
  const halves = secretHalves(pair)
  const forms = [
    ...halves,
    base64(`${pair.username}:${pair.password}`),
    ...halves.flatMap((half) => [phpJson(half), encodeURIComponent(half)]),
  ]
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_MASK)
}

/** What of an entry of auth.json nobody may see, as it stands there: passwords, tokens, passphrases, values of headers. */
export function secretsOf({ path: [section, origin], value }: AuthEntry): string[] {
  if (origin === undefined) return []
  if (section === 'custom-headers') return (Array.isArray(value) ? value : []).flatMap(headerSecrets)
  if (typeof value === 'string') return [value]
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([field, item]) =>
    typeof item === 'string' && !PUBLIC_FIELDS.includes(field) ? [item] : [],
  )
}

/** Fields of entries that name somebody, a file or a time. */
const PUBLIC_FIELDS = ['username', 'consumer-key', 'local_cert', 'local_pk', 'expires-at', 'access-token-expiration']

/** What follows the colon of `Name: value`, and the token in it where a word such as `Bearer` comes first. */
function headerSecrets(header: JsonValue): string[] {
  const value = typeof header === 'string' ? header.slice(header.indexOf(':') + 1).trim() : ''
  return [value, value.slice(value.lastIndexOf(' ') + 1)]
}

/** What the runner is to mask for one entry of auth.json: see `masksFor` and `secretsOf`. */
export function masksForEntry(entry: AuthEntry): string[] {
  const pair = entry.path[0] === 'http-basic' ? readHttpBasic(entry.value) : undefined
  if (pair !== undefined) return masksFor(pair)
  const forms = secretsOf(entry).flatMap((secret) => [secret, phpJson(secret), encodeURIComponent(secret)])
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_MASK)
}

/** Takes every form of some secrets out of a text that somebody else wrote, such as a server that repeats a request. */
export function redacted(text: string, secrets: readonly HttpBasic[]): string {
  return without(text, everyForm(secrets))
}

const everyForm = perSecrets(({ username, password }) => [
  base64(`${username}:${password}`),
  base64(`${password}:${username}`),
  password,
  username,
  encodeURIComponent(password),
  ...inBase64(password),
  ...inBase64(username),
])

/**
 * Takes out of a text what the runner would mask, in every place at which base64 can hold it. Short words stay: unlike
 * `redacted`, this is for sentences of ours, which such a word would leave unreadable.
 */
export function masked(text: string, secrets: readonly HttpBasic[]): string {
  return without(text, maskedForms(secrets))
}

const maskedForms = perSecrets((pair) => [...masksFor(pair), ...secretHalves(pair).flatMap(inBase64)])

/** A form of a secret, and how it stands in a text whose letters are all capitals. */
interface Form {
  readonly form: string
  readonly inCapitals: string
}

/** The forms of some secrets. There may be thousands, and they are asked for once for every text that is shown. */
function perSecrets(formsOf: (pair: HttpBasic) => readonly string[]): (secrets: readonly HttpBasic[]) => Form[] {
  const known = new WeakMap<readonly HttpBasic[], Form[]>()
  return (secrets) => {
    const forms =
      known.get(secrets) ??
      [...new Set(secrets.flatMap(formsOf))]
        .filter((form) => form !== '')
        .map((form) => ({ form, inCapitals: form.toUpperCase() }))
    known.set(secrets, forms)
    return forms
  }
}

function without(text: string, forms: readonly Form[]): string {
  // A pattern is made for what is there, which is next to nothing.
  const inCapitals = text.toUpperCase()
  return forms
    .filter((one) => inCapitals.includes(one.inCapitals))
    .reduce((result, { form }) => result.replace(new RegExp(literal(form), 'gi'), '***'), text)
}

/** What of a value's base64 does not depend on its neighbours, for each of the three places at which it can begin. */
function inBase64(value: string): string[] {
  if (value.length < SHORTEST_MASK) return []
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    return encoded.slice(Math.ceil((shift * 8) / 6), encoded.length - (bytes.length % 3 === 0 ? 0 : 1))
  })
}

/** A text as a pattern that matches it alone. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function phpJson(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')
}
