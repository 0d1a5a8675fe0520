import { type AtServer, saysFor, severityAtServer } from './at-server.js'
import { type CredentialsFrom, handedOver, heldIn, savedIn, theirs } from './credentials-from.js'
import { whoEdits } from './people.js'
import { joined, WORKFLOW_EDITOR, withNewKeys } from './phrases.js'
import { always, type ProblemEntry } from './problem.js'

/** The pair is rejected as it was given, and accepted the other way round. */
export interface KeysSwapped extends AtServer {
  readonly code: 'keys-swapped'
  readonly from: CredentialsFrom
}

export const keysSwapped: ProblemEntry<KeysSwapped> = {
  title: 'Public and private key are swapped',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: always,
  explain: (finding, site) => ({
    cause: joined([
      `${finding.host} accepts ${theirs('keys', finding.from, site)} only the other way round.`,
      handedOver(finding.from),
    ]),
    fix: [
      finding.from.from === 'inputs'
        ? 'Swap the values of the two secrets, or the two names in the workflow, but not both.'
        : `Swap user name and password ${finding.from.from === 'composer-auth' ? `of ${finding.host} in \`composer-auth\`` : `in ${heldIn(finding.from, site)}`}.`,
      'Consider a new pair afterwards: to find this out, the private key was sent as a user name, which servers may log.',
    ],
    who: withNewKeys(
      finding.from.from === 'elsewhere' ? `${whoEdits(...savedIn(finding.from, site))}.` : WORKFLOW_EDITOR,
    ),
    composerSays: saysFor(finding),
    background: 'Both halves look alike, so only the server can tell which is which.',
  }),
}
