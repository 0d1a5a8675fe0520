import { type AtServer, evidenceOf, saysFor, severityAtServer, withMeaning } from './at-server.js'
import { type CredentialsFrom, handedOver, savedIn, saveThem, theirs } from './credentials-from.js'
import { ACCESS_KEYS, isAdobe, joined, keyOwner, lowered, withServerText } from './phrases.js'
import { always, type JobSite, type ProblemEntry } from './problem.js'

/** 401: wrong, disabled or deleted keys. */
export interface KeysRejected extends AtServer {
  readonly code: 'keys-rejected'
  readonly from: CredentialsFrom
  /** The URL of another repository at the same host; undefined where composer.json names none. */
  readonly neighbour: string | undefined
}

export const keysRejected: ProblemEntry<KeysRejected> = {
  title: 'The repository rejects the keys',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: always,
  explain: (finding, site) => ({
    // The second step names the secrets as well.
    cause: withMeaning(joined([rejected(finding, site), saysMore(finding) ? '' : handedOver(finding.from)]), finding),
    fix: [...stepsFor(finding, site), ...onePair(finding)].slice(0, 3),
    who: isRepeated(finding)
      ? `Whoever runs the mirror; otherwise ${lowered(keyOwner(finding.host, ...savedIn(finding.from, site)))}`
      : keyOwner(finding.host, ...savedIn(finding.from, site)),
    composerSays: saysFor(finding),
    evidence: evidenceOf(finding),
    background:
      'The server’s answer is the same for an old pair, a disabled or deleted one, a key that was cut or mistyped when it was copied, and two halves of different pairs. Composer also reads auth.json beside composer.json, the variable `COMPOSER_AUTH`, `config` in composer.json and config.json in its home; an old pair may be in one of them.',
  }),
}

/** What two accounts at one host come to. */
function onePair({ host, neighbour }: KeysRejected): string[] {
  return neighbour === undefined
    ? []
    : [
        `If these are for ${neighbour}: Composer holds one pair for each host. Use an account that may read both repositories of ${host}.`,
      ]
}

function rejected({ host, serverText, from }: KeysRejected, site: JobSite): string {
  return isAdobe(host)
    ? `${host} rejects ${theirs('keys', from, site)} (HTTP 401): they are wrong, disabled or deleted.`
    : withServerText(`${host} rejects ${theirs('credentials', from, site)} (HTTP 401)`, serverText)
}

/** What a repository says that has nothing more to say than its status. Adobe's sentence, which mirrors repeat. */
const KEYS_INVALID =
  /\b(?:keys|credentials|password|token)\b.*\binvalid\b|\binvalid\b.*\b(?:keys|credentials|password|token)\b/i

/** Whether the repository explains itself in words that are not known. */
function saysMore({ host, serverText }: KeysRejected): boolean {
  return !isAdobe(host) && serverText !== undefined
}

/** Whether another host rejects keys in Adobe's words, as a mirror does whose own keys fail. */
function isRepeated({ host, serverText = '' }: KeysRejected): boolean {
  return !isAdobe(host) && /\b(?:Magento authentication keys|Marketplace account)\b/.test(serverText)
}

function stepsFor(finding: KeysRejected, site: JobSite): string[] {
  const { host, from } = finding
  const save = saveThem(from, host, site)
  if (!isAdobe(host)) {
    const get = `Get the current user name and password for ${host} from whoever runs it.`
    if (isRepeated(finding)) {
      return [
        `If ${host} is a mirror of repo.magento.com, whose words these are, check the keys that it uses there.`,
        get,
        save,
      ]
    }
    return saysMore(finding) && !KEYS_INVALID.test(finding.serverText ?? '')
      ? [
          'Do what the message above asks for (for example, renew a subscription).',
          `If you get new credentials for it, ${lowered(save)}`,
        ]
      : [get, save]
  }
  return [
    'If the keys worked yesterday and nobody changed them, first run the job again later: outages have looked like this.',
    `Look for the public key under ${ACCESS_KEYS}. If it is disabled, enable it; if it is missing or unknown, create a new pair.`,
    save,
  ]
}
