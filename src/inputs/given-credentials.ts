import { type AuthEntry, httpBasicEntry } from '../composer/auth-json.js'
import { type HttpBasic, readHttpBasic } from '../composer/http-basic.js'
import type { KeyInput } from '../problems/workflow-inputs.js'
import { type EmptyEntry, emptyEntries } from './empty-values.js'
import type { GivenKey } from './key-shapes.js'
import { isMissing } from './key-shapes.js'

/** The credentials that a step was given, by its inputs. */
export interface Given {
  /** The keys for the repository of `repository-url`; undefined when there are none. */
  readonly keys: HttpBasic | undefined
  /** Where the keys come from: the two inputs, or the host's entry in `composer-auth`. */
  readonly from: 'inputs' | 'composer-auth'
  /** The inputs without which there are no keys; empty when there are some. */
  readonly missing: readonly KeyInput[]
  /** Everything that is to stand in an auth.json. */
  readonly entries: readonly AuthEntry[]
  /** The entries of `composer-auth` of which something is empty, and which no keys replace. */
  readonly empty: readonly EmptyEntry[]
}

interface GivenInputs {
  readonly publicKey: GivenKey
  readonly privateKey: GivenKey
  readonly composerAuth: readonly AuthEntry[]
}

/**
 * Puts the inputs together: keys beat what `composer-auth` holds for their host, in whichever of its sections, since
 * Composer sends one thing to a host. Half a pair is none, and then nothing of the step is to be written.
 */
export function given({ publicKey, privateKey, composerAuth }: GivenInputs, host: string): Given {
  const missing = [
    ...(isMissing(publicKey.value) ? (['public-key'] as const) : []),
    ...(isMissing(privateKey.value) ? (['private-key'] as const) : []),
  ]
  if (missing.length === 1) return { keys: undefined, from: 'inputs', missing, entries: [], empty: [] }
  const empty = emptyEntries(composerAuth)
  const leftOut = new Set(empty.filter((entry) => entry.leftOut).map(({ path }) => path.join('\n')))
  const entries = composerAuth.filter(({ path }) => !leftOut.has(path.join('\n')))
  if (missing.length === 0) {
    const keys = { username: publicKey.value, password: privateKey.value }
    const others = entries.filter(({ path: [, origin] }) => origin !== host)
    const emptyElsewhere = empty.filter(({ path: [, origin] }) => origin !== host)
    return { keys, from: 'inputs', missing, entries: [httpBasicEntry(host, keys), ...others], empty: emptyElsewhere }
  }
  const keys = keysIn(entries, host)
  const has = entries.some(({ path: [, origin] }) => origin === host)
  return { keys, from: 'composer-auth', missing: has ? [] : missing, entries, empty }
}

/** What Composer would send to a host: a bearer token before a pair. */
function keysIn(entries: readonly AuthEntry[], host: string): HttpBasic | undefined {
  const valueIn = (name: string) =>
    entries.find(({ path: [section, origin] }) => section === name && origin === host)?.value
  const token = valueIn('bearer')
  return typeof token === 'string' ? { username: token, password: 'bearer' } : readHttpBasic(valueIn('http-basic'))
}
