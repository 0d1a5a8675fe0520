/**
 * More values than a file of a project that Composer writes has, such as composer.lock: that of the largest shops has some
 * hundred thousand. What is parsed of each takes many times its letters, so that a limit of bytes alone would let
 * gigabytes come of sixty megabytes of `{}`.
 */
export const MOST_VALUES = 500_000

/** The same of a file that people write, such as composer.json: the longest have some thousand values. */
export const MOST_WRITTEN_BY_HAND = 30_000

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
