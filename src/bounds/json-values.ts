/**
 * How much of a JSON file is read. What is parsed takes many times the letters of its values, so that a limit of bytes alone
 * would let gigabytes come of sixty megabytes of `{}`; and up to five times the letters of a long text, of which one may take
 * two bytes for each.
 */
export interface JsonLimits {
  readonly bytes: number
  readonly values: number
}

/** A file of a project that Composer writes, such as composer.lock: that of the largest shops has some megabytes, and some hundred thousand values. */
export const WRITTEN_BY_COMPOSER: JsonLimits = { bytes: 12 * 1024 * 1024, values: 500_000 }

/** One that people write, such as composer.json: the longest have some thousand values. */
export const WRITTEN_BY_HAND: JsonLimits = { bytes: 8 * 1024 * 1024, values: 30_000 }

/** Whether a JSON text has more values than that. */
export function hasMoreValues(text: Uint8Array, limit: number): boolean {
  return text.length > limit && valuesIn(text, limit) > limit
}

/** How many values a JSON text has, counted to one beyond a limit: each but the first stands behind a comma or a bracket. */
export function valuesIn(text: Uint8Array, limit: number): number {
  let values = 1
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]
    if (byte === QUOTE) inString = !inString
    else if (inString) {
      if (byte === BACKSLASH) at++
    } else if (byte === COMMA || byte === BRACKET || byte === BRACE) {
      if (++values > limit) break
    }
  }
  return values
}

const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b]
