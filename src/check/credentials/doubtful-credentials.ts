import type { HeldCredentials } from '../../composer/effective-credentials.js'
import { shapeOfCredential } from '../../inputs/key-shapes.js'
import type { CredentialsFrom } from '../../problems/credentials-from.js'
import type { KeyShape } from '../../problems/key-shape-words.js'
import type { KeysMalformed } from '../../problems/keys-malformed.js'
import { NO_SERVER } from '../../problems/problem.js'

/** Words in the place of a password, which say what the user name is. */
const KINDS: readonly string[] = ['bearer', 'private-token']

/**
 * What Composer would send and what cannot be credentials by its look, wherever it comes from. Of other hosts than that of
 * the keys no form is known: these findings count only where the host refuses what it is sent.
 *
 * @param host the origin of the repository that the keys are for, of which the inputs have been looked at
 */
export function doubtfulCredentials(
  held: ReadonlyMap<string, HeldCredentials>,
  fromOf: (origin: string) => CredentialsFrom,
  host: string,
): KeysMalformed[] {
  return [...held].flatMap(([origin, one]): KeysMalformed[] => {
    if (one.kind !== 'sent') return []
    const { username, password, headers } = one.credentials
    const isToken = KINDS.includes(password)
    if (headers !== undefined && !isToken) return []
    const fields = isToken
      ? [['token', username] as const]
      : [['username', username] as const, ['password', password] as const]
    const doubtful = fields.flatMap(([field, value]) => {
      const shape = shapeOfCredential(value)
      return shape === undefined ? [] : [{ field, shape, length: [...value].length }]
    })
    const from = doubtful.length === 0 ? undefined : fromOf(origin)
    if (from === undefined || (origin === host && from.from !== 'elsewhere')) return []
    return doubtful.slice(0, 1).map(({ field, shape, length }) => ({
      ...NO_SERVER,
      code: 'keys-malformed',
      input: field === 'password' ? 'private-key' : 'public-key',
      inComposerAuth: from.from === 'composer-auth',
      other: { field, from },
      shape,
      length,
      characters: [],
      host: origin,
      source: undefined,
      rejectedAt: undefined,
      place: from.from === 'elsewhere' ? from.place : undefined,
    }))
  })
}

/** Shapes that hardly any password has; a dollar sign or a colon some have. */
const TELLING: readonly KeyShape[] = [
  'expression',
  'variable',
  'placeholder',
  'masked',
  'quotes',
  'json',
  'pem',
  'line-break',
]

/** The same of what `composer-auth` gives, where no host is asked for its opinion: shapes that no credential has. */
export function doubtfulByLookAlone(...given: Parameters<typeof doubtfulCredentials>): KeysMalformed[] {
  return doubtfulCredentials(...given)
    .filter(({ inComposerAuth, shape }) => inComposerAuth && TELLING.includes(shape))
    .map((finding) => ({ ...finding, unasked: true }))
}
