import { type HttpBasic, readHttpBasic } from './http-basic.js'
import type { VersionRule } from './installed/version-rules.js'
import { isJsonObject, type JsonValue } from './json.js'

/** A section of auth.json that holds credentials by origin: all that this action knows of it. */
export interface AuthSection {
  /** The rule of the versions that read it; undefined where all do. */
  readonly since: VersionRule | undefined
  /** What an entry looks like, in words. */
  readonly form: string
  /** What an entry must have where it is an object, in the order in which Composer looks for it. */
  readonly fields: readonly string[]
  /** Whether an entry is one by Composer's schema. Source: composer-schema.json, `properties.config`. */
  readonly fits: (entry: JsonValue) => boolean
  /**
   * Whether Composer can load an entry: of any other PHP stops it with a type error. A missing password is an undefined
   * key there, an explicit null is let pass. Undefined for sections that only newer versions know: an older one ignores
   * them.
   *
   * Source of the rule: `IO/BaseIO.php::loadConfiguration`, `Config.php::merge`.
   */
  readonly loads: ((entry: JsonValue) => boolean) | undefined
  /** What of an entry nobody may see, as it stands there. */
  readonly secretsIn: (entry: JsonValue) => string[]
  /**
   * How Composer sends it: `pair`, as a user name and a password, in whose place a word may stand that says what the user
   * name is; `headers`, as the headers that it is; `otherwise`, in a way that this action does not go; `unasked`, to
   * forges alone, where nothing is asked from here.
   */
  readonly sent: 'pair' | 'headers' | 'otherwise' | 'unasked'
  /** The pair as which Composer keeps an entry. Source of the rule: `IO/BaseIO.php::loadConfiguration`. */
  readonly pairIn: (entry: JsonValue) => HttpBasic | undefined
}

/**
 * Every such section, in the order in which Composer takes them over: of an origin that stands in two of them the later
 * one counts, wherever it comes from.
 *
 * Source of the order: `IO/BaseIO.php::loadConfiguration`.
 */
const SECTIONS = {
  'bitbucket-oauth': {
    since: undefined,
    form: '`{"consumer-key": …, "consumer-secret": …}`',
    fields: ['consumer-key', 'consumer-secret'],
    fits: (entry) => hasTexts(entry, 'consumer-key', 'consumer-secret'),
    loads: (entry) => hasTexts(entry, 'consumer-key') && hasTextOrNull(entry, 'consumer-secret'),
    secretsIn: textsBut('consumer-key', 'access-token-expiration'),
    sent: 'unasked',
    pairIn: none,
  },
  'github-oauth': {
    since: undefined,
    form: 'a token',
    fields: [],
    fits: isText,
    loads: isText,
    secretsIn: textsBut(),
    sent: 'pair',
    pairIn: (entry) => tokenPair(entry, 'x-oauth-basic'),
  },
  'gitlab-oauth': {
    since: undefined,
    form: 'a token, or `{"token": …}`',
    fields: ['token'],
    fits: (entry) => isText(entry) || hasTexts(entry, 'token'),
    loads: (entry) => isText(entry) || hasTexts(entry, 'token'),
    secretsIn: textsBut('expires-at'),
    sent: 'pair',
    pairIn: (entry) => tokenPair(isJsonObject(entry) ? entry.token : entry, 'oauth2'),
  },
  'gitlab-token': {
    since: undefined,
    form: 'a token, or `{"username": …, "token": …}`',
    fields: ['username', 'token'],
    fits: (entry) => isText(entry) || hasTexts(entry, 'username', 'token'),
    loads: (entry) => isText(entry) || (hasTexts(entry, 'username') && hasTextOrNull(entry, 'token')),
    secretsIn: textsBut('username'),
    sent: 'pair',
    pairIn: (entry) =>
      isJsonObject(entry)
        ? readHttpBasic({ username: entry.username ?? null, password: entry.token ?? '' })
        : tokenPair(entry, 'private-token'),
  },
  'forgejo-token': {
    since: 'knowsHeaders',
    form: '`{"username": …, "token": …}`',
    fields: ['username', 'token'],
    fits: (entry) => hasTexts(entry, 'username', 'token'),
    loads: undefined,
    secretsIn: textsBut('username'),
    sent: 'pair',
    pairIn: (entry) =>
      isJsonObject(entry)
        ? readHttpBasic({ username: entry.username ?? null, password: entry.token ?? '' })
        : undefined,
  },
  'http-basic': {
    since: undefined,
    form: '`{"username": …, "password": …}`',
    fields: ['username', 'password'],
    fits: (entry) => hasTexts(entry, 'username', 'password'),
    loads: (entry) => hasTexts(entry, 'username') && hasTextOrNull(entry, 'password'),
    secretsIn: textsBut('username'),
    sent: 'pair',
    // A password that is null is sent as none.
    pairIn: (entry) => (isJsonObject(entry) ? readHttpBasic({ ...entry, password: entry.password ?? '' }) : undefined),
  },
  bearer: {
    since: undefined,
    form: 'a token',
    fields: [],
    fits: isText,
    loads: isText,
    secretsIn: textsBut(),
    sent: 'pair',
    pairIn: (entry) => tokenPair(entry, 'bearer'),
  },
  'custom-headers': {
    since: 'knowsHeaders',
    form: 'a list of headers, each `"Name: value"`',
    fields: [],
    fits: (entry) => Array.isArray(entry) && entry.every((item) => isText(item) && item.includes(':')),
    loads: undefined,
    secretsIn: (entry) => (Array.isArray(entry) ? entry : []).flatMap(headerSecrets),
    sent: 'headers',
    pairIn: none,
  },
  'client-certificate': {
    since: 'knowsHeaders',
    form: '`{"local_cert": …}`, perhaps with `local_pk` and `passphrase`',
    fields: ['local_cert'],
    fits: (entry) =>
      hasTexts(entry, 'local_cert') &&
      ['local_pk', 'passphrase'].every((field) => isJsonObject(entry) && isTextOrNone(entry[field])),
    loads: undefined,
    secretsIn: textsBut('local_cert', 'local_pk'),
    sent: 'otherwise',
    pairIn: none,
  },
} as const satisfies Readonly<Record<string, AuthSection>>

/** All sections, by name, in that order. */
export const AUTH_SECTIONS: ReadonlyMap<string, AuthSection> = new Map(Object.entries(SECTIONS))

/** Whether a key of auth.json holds credentials by origin, and not a setting. */
export function isCredentialSection(key: string): boolean {
  return AUTH_SECTIONS.has(key)
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string'
}

function isTextOrNone(value: JsonValue | undefined): boolean {
  return value === undefined || isText(value)
}

function hasTexts(entry: JsonValue, ...fields: readonly string[]): boolean {
  return isJsonObject(entry) && fields.every((field) => isText(entry[field]))
}

function hasTextOrNull(entry: JsonValue, field: string): boolean {
  return isJsonObject(entry) && (isText(entry[field]) || entry[field] === null)
}

function none(): undefined {
  return undefined
}

/** A token as Composer keeps it: in the place of the user name, with a word beside it that says what it is. */
function tokenPair(token: JsonValue | undefined, kind: string): HttpBasic | undefined {
  return isText(token) ? { username: token, password: kind } : undefined
}

/** An entry that is a text, and of any other all texts but the fields that name somebody, a file or a time. */
function textsBut(...shown: readonly string[]): (entry: JsonValue) => string[] {
  return (entry) => {
    if (isText(entry)) return [entry]
    if (!isJsonObject(entry)) return []
    return Object.entries(entry).flatMap(([field, item]) => (isText(item) && !shown.includes(field) ? [item] : []))
  }
}

/** What follows the colon of `Name: value`, and the token in it where a word such as `Bearer` comes first. */
function headerSecrets(header: JsonValue): string[] {
  const value = isText(header) ? header.slice(header.indexOf(':') + 1).trim() : ''
  return [value, value.slice(value.lastIndexOf(' ') + 1)]
}
