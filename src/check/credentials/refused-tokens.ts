import { isDeepStrictEqual } from 'node:util'
import type { AuthEntry } from '../../composer/auth-json.js'
import type { ConfigSource } from '../../composer/config.js'
import { loadedEntries } from '../../composer/effective-credentials.js'
import { GITHUB } from '../../composer/github-token.js'
import { type OddToken, oddityOf, versionsRefusing } from '../../composer/installed/accepted-token.js'
import { TELLING_VERSIONS } from '../../composer/installed/version-rules.js'
import { NO_SERVER } from '../../problems/problem.js'
import type { RefusedToken } from '../../problems/refused-token.js'
import { placeOf } from './source-of-credentials.js'

/** What can be asked of the installed Composer. */
export interface InstalledComposer {
  readonly version: () => Promise<string | undefined>
  readonly refusesToken: (odd: OddToken) => Promise<boolean | undefined>
}

const SECTION = 'github-oauth'

/**
 * Tokens of `github-oauth` at which Composer stops, whatever it is to do and whether or not it needs GitHub. Its message names no
 * file.
 *
 * @param entries what the step was given: where one of these counts, the input is to blame
 */
export async function refusedTokens(
  sources: readonly ConfigSource[],
  entries: readonly AuthEntry[],
  { version, refusesToken }: InstalledComposer,
): Promise<RefusedToken[]> {
  const oddIn = (installed: string) =>
    [...loadedEntries(SECTION, sources, installed)].flatMap(([origin, { entry, from }]) => {
      const odd = typeof entry === 'string' ? oddityOf(entry) : undefined
      return odd === undefined ? [] : [{ origin, entry, from, odd }]
    })
  // The version counts only where there is something to judge.
  if (TELLING_VERSIONS.every((one) => oddIn(one).length === 0)) return []
  const findings: RefusedToken[] = []
  for (const { origin, entry, from, odd } of oddIn((await version()) ?? TELLING_VERSIONS[0])) {
    const refuses = await refusesToken(odd)
    if (refuses === false) continue
    const isGiven = entries.some(
      ({ path, value }) => isDeepStrictEqual(path, [SECTION, origin]) && isDeepStrictEqual(value, entry),
    )
    findings.push({
      ...NO_SERVER,
      code: 'auth-file-invalid',
      host: isGiven || origin === GITHUB ? origin : undefined,
      source: from.name,
      reason: 'token',
      odd,
      given: isGiven,
      position: from.position(),
      place: isGiven ? undefined : placeOf(from),
      ...(refuses === undefined ? { stopsOnly: versionsRefusing(odd) } : {}),
    })
  }
  return findings
}

/** Where no tool is run. */
export const NO_COMPOSER: InstalledComposer = { version: async () => undefined, refusesToken: async () => undefined }
