import type { AuthEntry } from '../../composer/auth-json.js'
import { type CredentialSource, isSame } from '../../composer/effective-credentials.js'
import type { CredentialsFrom } from '../../problems/credentials-from.js'
import type { Place } from '../../problems/problem.js'
import { givenBy, type HeldByVersion } from './held-by-version.js'

/**
 * Where the credentials come from that are sent to a host.
 *
 * @param keysFrom which inputs the keys of this step come from
 * @param host the origin of the repository that those are for
 */
export function sourceOfCredentials(
  entries: readonly AuthEntry[],
  way: HeldByVersion,
  keysFrom: 'inputs' | 'composer-auth',
  host: string,
): (origin: string) => CredentialsFrom {
  const given = givenBy(entries, way)
  return (origin) => {
    const [own, used] = [given.get(origin), way.held.get(origin)]
    if (used !== undefined && (own === undefined || !isSame(own, used))) {
      return { from: 'elsewhere', by: used.from.by, name: used.from.name, place: placeOf(used.from) }
    }
    if (own === undefined) return { from: 'nowhere' }
    const isKeys = origin === host && keysFrom === 'inputs'
    return { from: isKeys ? 'inputs' : 'composer-auth', source: undefined }
  }
}

/** The line that credentials come from; a variable has none. */
export function placeOf({ name, position }: CredentialSource): Place | undefined {
  const at = position()
  return at === undefined ? undefined : { path: name, position: at }
}
