import { type AtServer, evidenceOf, saysFor, severityAtServer, withMeaning } from './at-server.js'
import { type CredentialsFrom, handedOver, saveThem, theirs } from './credentials-from.js'
import { ACCESS_KEYS, isAdobe, joined, keyOwner, withServerText } from './phrases.js'
import { always, type ProblemEntry } from './problem.js'

/** 401: wrong, disabled or deleted keys. */
export interface KeysRejected extends AtServer {
  readonly code: 'keys-rejected'
  readonly from: CredentialsFrom
}

export const keysRejected: ProblemEntry<KeysRejected> = {
  title: 'The repository rejects the keys',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: always,
  explain: (finding) => ({
    // The second step names the secrets as well.
    cause: withMeaning(joined([rejected(finding), saysMore(finding) ? '' : handedOver(finding.from)]), finding),
    fix: stepsFor(finding),
    who: keyOwner(finding.host),
    composerSays: saysFor(finding),
    evidence: evidenceOf(finding),
    background:
      'The server’s answer is the same for an old pair, a disabled or deleted one, a key that was cut or mistyped when it was copied, and two halves of different pairs. Composer also reads auth.json beside composer.json, the variable `COMPOSER_AUTH`, `config` in composer.json and config.json in its home; an old pair may be in one of them.',
  }),
}

function rejected({ host, serverText, from }: KeysRejected): string {
  return isAdobe(host)
    ? `${host} rejects ${theirs('keys', from)} (HTTP 401): they are wrong, disabled or deleted.`
    : withServerText(`${host} rejects ${theirs('credentials', from)} (HTTP 401)`, serverText)
}

/** Whether the repository explains itself in words that are not known. */
function saysMore({ host, serverText }: KeysRejected): boolean {
  return !isAdobe(host) && serverText !== undefined
}

function stepsFor({ host, from }: KeysRejected): string[] {
  if (!isAdobe(host)) {
    return [`Get the current user name and password for ${host} from whoever runs it.`, saveThem(from)]
  }
  return [
    `Look for the public key under ${ACCESS_KEYS}. If it is disabled, enable it; if it is missing, create a new pair.`,
    saveThem(from),
    'If the keys worked yesterday and nobody changed them, retry later before you replace them: outages have looked like this.',
  ]
}
