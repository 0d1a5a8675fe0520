import { type AuthJson, isCredentialSection, positionOf } from './auth-json.js'
import { isJsonObject, type JsonObject, type JsonValue, type Position } from './json.js'

/** Where a document does not have the form of auth.json; names its sections, never what stands in them. */
export interface SchemaViolation {
  /** `wrapped`: everything stands under `config`, as in config.json; `no-section`: the key is no section's name. */
  readonly kind: 'entry' | 'section' | 'wrapped' | 'no-section'
  /** The section at fault; undefined where its name is somebody's own word. */
  readonly section: string | undefined
  readonly position: Position | undefined
}

/** What each section holds for an origin, in words. */
export const SECTION_FORMS: Readonly<Record<string, string>> = {
  'http-basic': '`{"username": …, "password": …}`',
  bearer: 'a token',
  'github-oauth': 'a token',
  'gitlab-oauth': 'a token, or `{"token": …}`',
  'gitlab-token': 'a token, or `{"username": …, "token": …}`',
  'forgejo-token': '`{"username": …, "token": …}`',
  'bitbucket-oauth': '`{"consumer-key": …, "consumer-secret": …}`',
  'custom-headers': 'a list of headers, each `"Name: value"`',
  'client-certificate': '`{"local_cert": …}`, perhaps with `local_pk` and `passphrase`',
}

const RULES: Readonly<Record<string, (entry: JsonValue) => boolean>> = {
  'http-basic': (entry) => hasTexts(entry, ['username', 'password']),
  bearer: isText,
  'github-oauth': isText,
  'gitlab-oauth': (entry) => isText(entry) || hasTexts(entry, ['token']),
  'gitlab-token': (entry) => isText(entry) || hasTexts(entry, ['username', 'token']),
  'forgejo-token': (entry) => hasTexts(entry, ['username', 'token']),
  'bitbucket-oauth': (entry) => hasTexts(entry, ['consumer-key', 'consumer-secret']),
  'custom-headers': (entry) => Array.isArray(entry) && entry.every((item) => isText(item) && item.includes(':')),
  'client-certificate': (entry) =>
    hasTexts(entry, ['local_cert']) &&
    ['local_pk', 'passphrase'].every((field) => isJsonObject(entry) && isTextOrNone(entry[field])),
}

/**
 * The first place at which a document is not what Composer's schema allows, or at which it holds credentials that
 * Composer would pass over in silence. Other settings than credentials are let through, as Composer lets them.
 *
 * Source of the rule: composer-schema.json, `properties.config`; `Factory::validateJsonSchema`.
 */
export function schemaViolation({ text, data }: AuthJson): SchemaViolation | undefined {
  for (const [section, value] of Object.entries(data)) {
    const at = (...path: string[]) => positionOf(text, [section, ...path])
    if (section === 'config' && isJsonObject(value)) return { kind: 'wrapped', section: undefined, position: at() }
    if (!isCredentialSection(section)) {
      if (looksLikeCredentials(section, value)) return { kind: 'no-section', section: undefined, position: at() }
      continue
    }
    if (Array.isArray(value) && value.length === 0) continue
    if (!isJsonObject(value)) return { kind: 'section', section, position: at() }
    const wrong = Object.entries(value).find(([, entry]) => RULES[section]?.(entry) === false)
    if (wrong !== undefined) return { kind: 'entry', section, position: at(wrong[0]) }
  }
  return undefined
}

/** A host in the place of a section, or a section's name misspelt: `repo.magento.com`, `httpbasic`, `http_basic`. */
function looksLikeCredentials(key: string, value: JsonValue): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
  if (Object.keys(SECTION_FORMS).some((section) => letters(section) === letters(key))) return true
  return isJsonObject(value) && ('password' in value || 'token' in value || holdsPairs(value))
}

function holdsPairs(value: JsonObject): boolean {
  return Object.values(value).some((item) => isJsonObject(item) && 'password' in item)
}

function hasTexts(entry: JsonValue, fields: readonly string[]): boolean {
  return isJsonObject(entry) && fields.every((field) => isText(entry[field]))
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string'
}

function isTextOrNone(value: JsonValue | undefined): boolean {
  return value === undefined || isText(value)
}
