import { getState, saveState } from '@actions/core'
import { type AuthPath, readAuthPath } from '../composer/auth-json.js'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../composer/json.js'
import type { EnvironmentLease } from '../credentials/environment-auth.js'
import type { Lease, LeasedEntries, LeasedEntry } from '../credentials/lease.js'
import { writeRunnerFile } from './runner-file.js'

/** What main tells the post step of the same use of this action. The runner shows it in debug logs: nothing secret. */
export interface SavedState {
  readonly files: readonly {
    readonly lease: Lease
    /** Where main came so far as to change something. */
    readonly changed: readonly AuthPath[]
  }[]
  readonly environment: EnvironmentLease | undefined
}

/** Of files one use writes to `global`, `project` and `magento` at most. */
const MOST_FILES = 3

/** Saved before anything is written, so that the post step can clean up whatever happens to main after this. */
export function saveLease(index: number, lease: Lease): void {
  save(`lease_${index}`, lease)
}

/** Saved after an auth.json was changed. */
export function saveChanged(index: number, paths: readonly AuthPath[]): void {
  save(`changed_${index}`, paths)
}

/** Saved before what `COMPOSER_AUTH` held is kept in a file, and before it is exported. */
export function saveEnvironmentLease(lease: EnvironmentLease): void {
  save('environment', lease)
}

function save(name: string, value: unknown): void {
  writeRunnerFile('GITHUB_STATE', () => saveState(name, value))
}

/** What main saved; nothing where it wrote nothing that is to be taken away. */
export function savedState(): SavedState {
  const files = Array.from({ length: MOST_FILES }, (_, index) => {
    const lease = readLease(read(`lease_${index}`))
    return lease === undefined ? [] : [{ lease, changed: readPaths(read(`changed_${index}`)) }]
  })
  return { files: files.flat(), environment: readEnvironmentLease(read('environment')) }
}

function read(name: string): JsonValue | undefined {
  const parsed = parseJson(Buffer.from(getState(name)))
  return parsed.kind === 'json' ? parsed.value : undefined
}

function readLease(value: JsonValue | undefined): Lease | undefined {
  const leased = isJsonObject(value) ? readLeased(value) : undefined
  if (!isJsonObject(value) || leased === undefined) return undefined
  const { id, path, sidecar } = value
  if (typeof id !== 'string' || typeof path !== 'string' || typeof sidecar !== 'string') return undefined
  return { id, path, sidecar, ...leased }
}

function readEnvironmentLease(value: JsonValue | undefined): EnvironmentLease | undefined {
  const leased = isJsonObject(value) ? readLeased(value) : undefined
  if (!isJsonObject(value) || leased === undefined) return undefined
  const { saved, found, exported } = value
  if (typeof saved !== 'string' || typeof found !== 'string' || typeof exported !== 'string') return undefined
  return { saved, found, exported, ...leased }
}

function readLeased({ salt, entries }: JsonObject): LeasedEntries | undefined {
  if (typeof salt !== 'string' || !Array.isArray(entries)) return undefined
  const read = entries.flatMap((entry): LeasedEntry[] => {
    const path = isJsonObject(entry) ? readAuthPath(entry.path) : undefined
    return isJsonObject(entry) && path !== undefined && typeof entry.fingerprint === 'string'
      ? [{ path, fingerprint: entry.fingerprint }]
      : []
  })
  return { salt, entries: read }
}

function readPaths(value: JsonValue | undefined): AuthPath[] {
  return Array.isArray(value) ? value.map(readAuthPath).filter((path) => path !== undefined) : []
}
