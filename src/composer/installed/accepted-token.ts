import { type ComposerVersions, NO_VERSION } from './composer-versions.js'
import { type RunEnvironment, runComposer } from './run-composer.js'
import { versionsWithout } from './version-rules.js'

/** What a token of `github-oauth` has that not every Composer accepts. */
export type OddToken = 'nothing' | 'hyphen' | 'other'

/**
 * What is odd about a token; undefined where every Composer takes it.
 *
 * Source of the rule: `IO/BaseIO.php::loadConfiguration`, which let a line feed at the end pass.
 */
export function oddityOf(token: string): OddToken | undefined {
  const text = token.replace(/\n$/, '')
  if (text === '') return 'nothing'
  if (/[^.\w-]/.test(text)) return 'other'
  return text.includes('-') ? 'hyphen' : undefined
}

/** The versions, as Composer's authors released them, that stop at such a token. */
export function versionsRefusing(odd: OddToken | undefined): ComposerVersions {
  if (odd === undefined) return NO_VERSION
  return versionsWithout(odd === 'hyphen' ? 'takesHyphenInToken' : 'takesAnyToken')
}

/** A token of each kind that belongs to nobody, and one at which no Composer stops. */
const SAMPLES: Readonly<Record<OddToken, string>> = { nothing: '', hyphen: 'a-a', other: 'a"a' }
const PLAIN = 'a'

/**
 * Whether the installed Composer stops at such a token; undefined where none answers. It is tried: distributions have taken over
 * what newer versions do, and kept the number.
 */
export async function refusesToken(odd: OddToken, environment: RunEnvironment): Promise<boolean | undefined> {
  const stops = async (token: string) => {
    const auth = { 'github-oauth': { 'github.com': token } }
    const { exitStatus } = await runComposer(['validate', '--no-plugins'], environment, auth)
    return exitStatus === undefined ? undefined : exitStatus !== 0
  }
  const stopped = await stops(SAMPLES[odd])
  // What stops it all the same is nothing of the token's.
  return stopped === true && (await stops(PLAIN)) !== false ? undefined : stopped
}
