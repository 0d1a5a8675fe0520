import { basename, isAbsolute } from 'node:path'
import { getState, saveState } from '@actions/core'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../composer/json.js'
import { type LeasedVariable, savedName } from '../credentials/environment-auth.js'
import { type Lease, type LeasedFile, MOST_FINGERPRINTS, STOOD, type Stood } from '../credentials/lease.js'
import { isSidecarPath } from '../credentials/places.js'
import { writeRunnerFile } from './runner-file.js'

/** What main tells the post step of the same use of this action. The runner shows it in debug logs: nothing secret. */
export interface SavedState {
  readonly lease: Lease
  readonly files: readonly LeasedFile[]
  readonly variable: LeasedVariable | undefined
}

/**
 * One name for all of it: the runner's own state beats a variable of the same name that another step set, so nothing of
 * this step's can be mixed with anything of that one's.
 */
const NAME = 'credentials'

/** Of files one use writes to `global`, `project` and `magento` at most. */
const MOST_FILES = 3

/**
 * What main tells the post step: saved before anything is written, so that the post step can clean up whatever happens
 * to main after this, and again whenever more is known. What is saved last counts.
 */
export class CredentialState {
  readonly temporary: boolean
  #state: SavedState

  /** @param temporary false where the credentials stay: then the post step is told nothing */
  constructor(temporary: boolean, state: SavedState) {
    this.temporary = temporary
    this.#state = state
    this.#save()
  }

  /** The hosts that the credentials are for, in words. */
  get hosts(): string {
    return this.#state.lease.hosts
  }

  /** This file was written; `stood`: what the entries replaced. */
  written({ path }: Pick<LeasedFile, 'path'>, stood: readonly Stood[]): void {
    this.#files((file) => (file.path === path ? [{ ...file, stood }] : [file]))
  }

  /** Nothing of this use is in this file, nor beside it. */
  without({ path }: Pick<LeasedFile, 'path'>): void {
    this.#files((file) => (file.path === path ? [] : [file]))
  }

  /** Nothing of this use is in `COMPOSER_AUTH`, and nothing kept of it. */
  withoutVariable(): void {
    this.#state = { ...this.#state, variable: undefined }
    this.#save()
  }

  #files(change: (file: LeasedFile) => LeasedFile[]): void {
    this.#state = { ...this.#state, files: this.#state.files.flatMap(change) }
    this.#save()
  }

  #save(): void {
    if (this.temporary) writeRunnerFile('GITHUB_STATE', () => saveState(NAME, this.#state))
  }
}

/**
 * What main saved; undefined where it wrote nothing that is to be taken away. Where it saved nothing the text can be
 * anybody's: it names no files but such as this action writes.
 */
export function savedCredentialState(): SavedState | undefined {
  const parsed = parseJson(Buffer.from(getState(NAME)))
  if (parsed.kind !== 'json' || !isJsonObject(parsed.value)) return undefined
  const { files, variable } = parsed.value
  const lease = readLease(parsed.value.lease)
  if (lease === undefined || !Array.isArray(files)) return undefined
  const read = files.slice(0, MOST_FILES).map(readFile)
  return { lease, files: read.filter((file) => file !== undefined), variable: readVariable(variable, lease) }
}

function readLease(value: JsonValue | undefined): Lease | undefined {
  if (!isJsonObject(value)) return undefined
  const { id, salt, fingerprints, count, hosts } = value
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return undefined
  if (typeof salt !== 'string' || typeof count !== 'number' || typeof hosts !== 'string') return undefined
  if (!Array.isArray(fingerprints) || fingerprints.length > MOST_FINGERPRINTS || !fingerprints.every(isString)) {
    return undefined
  }
  return { id, salt, fingerprints, count, hosts }
}

function readFile(value: JsonValue): LeasedFile | undefined {
  if (!isJsonObject(value)) return undefined
  const { path, sidecar, stood } = value
  if (typeof path !== 'string' || !isAbsolute(path) || basename(path) !== 'auth.json') return undefined
  if (typeof sidecar !== 'string' || !isSidecarPath(sidecar)) return undefined
  return { path, sidecar, stood: readStood(stood) }
}

function readVariable(value: JsonValue | undefined, { id }: Lease): LeasedVariable | undefined {
  if (!isJsonObject(value)) return undefined
  const { saved, found, exported }: JsonObject = value
  const stood = readStood(value.stood)
  if (typeof saved !== 'string' || !isAbsolute(saved) || basename(saved) !== savedName(id)) return undefined
  if (typeof found !== 'string' || typeof exported !== 'string' || stood === undefined) return undefined
  return { saved, found, exported, stood }
}

function readStood(value: JsonValue | undefined): Stood[] | undefined {
  return Array.isArray(value) && value.every(isStood) ? value : undefined
}

function isStood(value: JsonValue): value is Stood {
  return STOOD.some((word) => word === value)
}

function isString(value: JsonValue): value is string {
  return typeof value === 'string'
}
