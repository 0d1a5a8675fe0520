import type { HttpBasic } from '../composer/auth-json.js'
import { decodeJson, isJsonObject } from '../composer/json.js'
import { redacted } from '../credentials/secret-forms.js'
import type { Trace } from '../server/trace.js'

/** As much of a server's words as an annotation has room for. Characters. */
const LONGEST = 240

/** repo.magento.com sends people to a page that is gone; every problem of ours has a link of its own. */
const STALE_ADVICE = /\s*For instructions, visit https:\/\/devdocs\.magento\.com\S*/i

/**
 * What a server says in an error answer, fit to be shown: on one line, short, without control characters, and without
 * anything that the runner would take for a command. Undefined when it says nothing to people.
 *
 * Composer prints the same field. Source: `CurlDownloader.php`, `HttpDownloader::outputWarnings`.
 */
export function serverText(body: Uint8Array, secrets: readonly HttpBasic[]): string | undefined {
  // Error answers are small; what is not is no message.
  if (body.length > 64 * 1024) return undefined
  const document = decodeJson(body)
  if (!isJsonObject(document)) return undefined
  const { warning, info } = document
  const text = typeof warning === 'string' ? warning : typeof info === 'string' ? info : undefined
  if (text === undefined) return undefined
  const line = oneLine(redacted(text, secrets).replace(STALE_ADVICE, ''))
  return line === '' ? undefined : line
}

/** A trace whose request ids, which are the server's words, are fit to be shown. */
export function shownTrace(trace: Trace, secrets: readonly HttpBasic[]): Trace {
  const requestIds = trace.requestIds.map(({ header, value }) => ({ header, value: oneLine(redacted(value, secrets)) }))
  return { ...trace, requestIds: requestIds.filter(({ value }) => value !== '') }
}

/** A foreign text made harmless: see `serverText`. */
export function oneLine(text: string): string {
  const flat = flattened(text)
  const characters = [...flat]
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : flat
}

/** A text of any length on one line, in which the runner finds no command. */
export function flattened(text: string): string {
  return (
    text
      // Control and format characters (line breaks, terminal escapes, bidirectional overrides) and line separators.
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      // The runner reads `::command::` at the start of a line, and the older `##[command]` anywhere.
      .replaceAll('##[', '# #[')
      // An address in a URL keeps its colons: behind its bracket they begin no line.
      .replace(/\[[0-9a-f:.]*\]|::/gi, (part) => (part === '::' ? ': :' : part))
  )
}
