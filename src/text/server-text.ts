import { decodeJson, isJsonObject, valuesOf } from '../composer/json.js'

/** As much of a server's words as an annotation has room for. Characters. */
const LONGEST = 240

/** repo.magento.com sends people to a page that is gone; every problem of ours has a link of its own. */
const STALE_ADVICE = / ?For instructions, visit https:\/\/devdocs\.magento\.com\S*/i

/**
 * What a server says in an error answer, on one line. It may repeat what it was sent: `harmless` makes it fit to be shown.
 * Undefined when it says nothing to people.
 *
 * Composer prints the first two of these fields, and of an error without them the body as it stands; the others are
 * GitLab's and Artifactory's. Source: `CurlDownloader.php`, `HttpDownloader::outputWarnings`.
 */
export function serverText(body: Uint8Array): string | undefined {
  // Error answers are small; what is not is no message.
  if (body.length > 64 * 1024) return undefined
  const document = decodeJson(body)
  if (!isJsonObject(document)) return undefined
  const [first] = valuesOf(document.errors)
  const texts = [document.warning, document.info, document.message, document.error]
  const text = [...texts, isJsonObject(first) ? first.message : undefined].find((words) => typeof words === 'string')
  if (text === undefined) return undefined
  const line = flattened(text).replace(STALE_ADVICE, '')
  return line === '' ? undefined : line
}

/** A text that is on one line already, no longer than an annotation has room for. */
export function shortened(line: string): string {
  if (line.length <= LONGEST) return line
  const characters = [...line.slice(0, 2 * LONGEST + 2)]
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : line
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
