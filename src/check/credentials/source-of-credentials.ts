import type { AuthEntry } from '../../composer/auth-json.js'
import { isSame } from '../../composer/effective-credentials.js'
import type { CredentialsFrom } from '../../problems/credentials-from.js'
import { givenBy, type HeldByVersion } from './held-by-version.js'

/**
 * Where the credentials come from that are sent to a host.
 *
 * @param keysFrom which inputs the keys of this step come from
 * @param host the origin of the repository that those are for
 */
export function sourceOfCredentials(
  entries: readonly AuthEntry[],
  { version, held }: HeldByVersion,
  keysFrom: 'inputs' | 'composer-auth',
  host: string,
): (origin: string) => CredentialsFrom {
  const given = givenBy(entries, version)
  return (origin) => {
    const [own, used] = [given.get(origin), held.get(origin)]
    if (used !== undefined && (own === undefined || !isSame(own, used))) {
      return { from: 'elsewhere', by: used.from.by, name: used.from.name }
    }
    if (own === undefined) return { from: 'nowhere' }
    return origin === host && keysFrom === 'inputs' ? { from: 'inputs', source: undefined } : { from: 'composer-auth' }
  }
}
