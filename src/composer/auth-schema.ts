import { type AuthJson, positionOf } from './auth-json.js'
import { AUTH_SECTIONS, isCredentialSection } from './auth-sections.js'
import { isJsonObject, type JsonObject, type JsonValue, type Position } from './json.js'

/** Where a document does not have the form of auth.json; names its sections, never what stands in them. */
export interface SchemaViolation {
  /** `wrapped`: everything stands under `config`, as in config.json; `no-section`: the key is no section's name. */
  readonly kind: 'entry' | 'section' | 'wrapped' | 'no-section'
  /** The section at fault; undefined where its name is somebody's own word. */
  readonly section: string | undefined
  readonly position: Position | undefined
}

/**
 * The first place at which a document is not what Composer's schema allows, or at which it holds credentials that
 * Composer would pass over in silence. Other settings than credentials are let through, as Composer lets them.
 *
 * Source of the rule: composer-schema.json, `properties.config`; `Factory::validateJsonSchema`.
 */
export function schemaViolation({ text, data }: AuthJson): SchemaViolation | undefined {
  for (const [key, value] of Object.entries(data)) {
    const violation = isCredentialSection(key) ? sectionViolation(text, key, value) : settingViolation(text, key, value)
    if (violation !== undefined) return violation
  }
  return undefined
}

function sectionViolation(text: string, section: string, value: JsonValue): SchemaViolation | undefined {
  if (Array.isArray(value) && value.length === 0) return undefined
  if (!isJsonObject(value)) return { kind: 'section', section, position: positionOf(text, [section]) }
  const wrong = Object.entries(value).find(([, entry]) => AUTH_SECTIONS.get(section)?.fits(entry) === false)
  return wrong && { kind: 'entry', section, position: positionOf(text, [section, wrong[0]]) }
}

function settingViolation(text: string, key: string, value: JsonValue): SchemaViolation | undefined {
  const isWrapper = key === 'config' && isJsonObject(value)
  if (!isWrapper && !looksLikeCredentials(key, value)) return undefined
  return { kind: isWrapper ? 'wrapped' : 'no-section', section: undefined, position: positionOf(text, [key]) }
}

/** A host in the place of a section, or a section's name misspelt: `repo.magento.com`, `httpbasic`, `http_basic`. */
function looksLikeCredentials(key: string, value: JsonValue): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
  if ([...AUTH_SECTIONS.keys()].some((section) => letters(section) === letters(key))) return true
  return isJsonObject(value) && ('password' in value || 'token' in value || holdsPairs(value))
}

function holdsPairs(value: JsonObject): boolean {
  return Object.values(value).some((item) => isJsonObject(item) && 'password' in item)
}
