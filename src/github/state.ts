import { getState, saveState } from '@actions/core'
import { isJsonObject, parseJson } from '../composer/json.js'
import type { Lease } from '../credentials/take-away-credentials.js'

/** What main tells the post step of the same use of this action. The runner shows it in debug logs: nothing secret. */
export interface SavedState {
  readonly lease: Lease
  /** Main came so far as to change auth.json. */
  readonly changed: boolean
}

/** Saved before anything is written, so that the post step can clean up whatever happens to main after this. */
export function saveLease(lease: Lease): void {
  saveState('lease', lease)
}

/** Saved after auth.json was changed. */
export function saveChanged(): void {
  saveState('changed', 'true')
}

/** What main saved; undefined when it wrote nothing that is to be taken away. */
export function savedState(): SavedState | undefined {
  const parsed = parseJson(Buffer.from(getState('lease')))
  if (parsed.kind !== 'json' || !isJsonObject(parsed.value)) return undefined
  const { id, path, host, salt, fingerprint } = parsed.value
  if (typeof id !== 'string' || typeof path !== 'string' || typeof host !== 'string') return undefined
  if (typeof salt !== 'string' || typeof fingerprint !== 'string') return undefined
  return { lease: { id, path, host, salt, fingerprint }, changed: getState('changed') === 'true' }
}
