import { composerFailureMessage } from '../composer/failure-message.js'
import { namesOf, withServerText } from './phrases.js'
import type { Explanation, Facts } from './problem.js'

/** A repository accepts the credentials, and refuses what it has of a package: Composer stops there. */
export interface MetadataRefused extends Facts {
  readonly code: 'package-denied'
  readonly reason: 'metadata'
  readonly host: string
  readonly status: number
  /** The first file that was refused. */
  readonly url: string
  /** What the server said in its own words. */
  readonly serverText: string | undefined
}

export function explainRefusedMetadata({ host, status, url, packages, serverText }: MetadataRefused): Explanation {
  const [name = ''] = packages
  const it = packages.length > 1 ? 'them' : 'it'
  return {
    title: 'A repository refuses to say anything about a package',
    cause: withServerText(
      `${host} accepts these credentials, but answers ${status} for ${namesOf(packages)}`,
      serverText,
    ),
    fix: [
      `If another repository has ${it}, keep Composer from asking here: in composer.json, add \`"exclude": ["${name}"]\` to this repository, or \`only\` with what it has.`,
      `Or name the repository that has ${it} before this one: Composer asks no further for a name that it has found.`,
      `If ${it} should come from ${host}, have ${it} added to this account or token.`,
    ],
    who: `Anyone who can edit composer.json; for access, whoever holds the account at ${host}.`,
    composerSays: composerFailureMessage(url, { kind: 'status', status }),
    background:
      'Composer asks each repository, in their order, for every name that none before it has, also for names of packagist.org. Private Packagist answers 401 or 403, not 404, for names that a token may not see, and Composer stops at that.',
  }
}
