import { type BoundedFile, readBounded } from './bounded-file.js'
import { hasMoreValues, type JsonLimits } from './json-values.js'
import { collectAfter } from './memory.js'

/** Reads a file that is to be parsed, as `readBounded` does: one with more values than its limits allow is too large as well. */
export function readJsonFile(path: string, limits: JsonLimits): BoundedFile {
  const file = readBounded(path, limits.bytes)
  if (file.kind !== 'bytes') return file
  if (hasMoreValues(file.bytes, limits.values)) return { kind: 'too-large', limit: limits.bytes }
  collectAfter(file.bytes.length)
  return file
}
