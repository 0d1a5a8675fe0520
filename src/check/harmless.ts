import type { HttpBasic } from '../composer/auth-json.js'
import { masked } from '../credentials/secret-forms.js'
import type { Finding } from '../problems/finding.js'
import { oneLine } from './server-text.js'

/**
 * A finding whose texts can be shown, whoever wrote them: names, versions and URLs come from files of the project and from
 * servers, and may hold line breaks, terminal escapes, commands for the runner, or what a server was sent. Every text
 * becomes one short line without any form of a secret. Keys, numbers and our own words stay.
 */
export function harmless(finding: Finding, secrets: readonly HttpBasic[]): Finding {
  return cleaned(finding, secrets)
}

/** Fields that choose our words and hold no others: somebody's key may be such a word, as `private-key` is. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'code',
  'input',
  'missing',
  'shape',
  'why',
  'set',
  'context',
  'kind',
  'type',
  'reason',
  'weight',
])

function cleaned<Value>(value: Value, secrets: readonly HttpBasic[]): Value
function cleaned(value: unknown, secrets: readonly HttpBasic[]): unknown {
  if (typeof value === 'string') return oneLine(masked(value, secrets))
  if (Array.isArray(value)) return value.map((item) => cleaned(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, OWN_WORDS.has(key) ? item : cleaned(item, secrets)]),
  )
}
