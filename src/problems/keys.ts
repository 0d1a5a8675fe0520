import { composerFailureMessage } from '../composer/failure-message.js'
import { evidenceOf } from './at-server.js'
import type { AtServer, CatalogueEntry } from './finding.js'
import { ACCESS_KEYS_PAGE, isAdobe, keyOwner, newKeys, OUTAGE, WORKFLOW_AUTHOR, withServerText } from './phrases.js'

export const keysNotReceived: CatalogueEntry<'keys-not-received'> = {
  title: 'The keys did not reach the repository',
  atMost: 'error',
  explain: (finding) => ({
    what: `${finding.host} answered ${finding.status} and says that no keys arrived, although they were sent.`,
    composerSays: atPackagesJson(finding),
    why: whyNotReceived(finding),
    fix: [
      ...(finding.answeredBy === undefined
        ? []
        : [`Name the repository in composer.json, and in \`repository-url\`, by the URL that it really has.`]),
      'Let requests to this host bypass the proxy (`no_proxy`), or have it pass the Authorization header on.',
      'If the repository is a mirror of yours, have it send its own keys upstream.',
    ],
    who: 'The team that runs the network, the proxy or the mirror. New keys would not help: the server has not seen these.',
    evidence: evidenceOf(finding),
  }),
}

function whyNotReceived({ host, answeredBy, proxy }: AtServer): string {
  if (answeredBy !== undefined) {
    return `The request was redirected to ${answeredBy}, and the keys for ${host} are sent to no other host.`
  }
  return `Something between this runner and the server takes the Authorization header away${proxy === undefined ? ': a proxy, a gateway or a caching mirror' : `, most likely the proxy ${proxy}`}.`
}

/** Where Composer looks besides the file that this action writes. Which of them wins depends on its version. */
const OTHER_PLACES =
  'auth.json beside composer.json, the variable `COMPOSER_AUTH`, `config` in composer.json, and config.json in Composer’s home'

export const keysRejected: CatalogueEntry<'keys-rejected'> = {
  title: 'The repository rejects the keys',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(`${finding.host} does not accept these keys (HTTP ${finding.status})`, finding.serverText),
    composerSays: atPackagesJson(finding),
    why: `Most likely first: it is an old pair, or one that was disabled or deleted in the account; a character was lost or added while copying; the two halves come from different pairs. ${OUTAGE}`,
    fix: isAdobe(finding.host) ? ADOBE_STEPS : [...newKeys(finding.host), staleStep(finding.host)],
    who: keyOwner(finding.host),
  }),
}

const ADOBE_STEPS: readonly string[] = [
  `Open Commerce Marketplace → your name → My Profile → Access Keys (${ACCESS_KEYS_PAGE}) and look for the public key that this workflow should use. Listed as disabled: choose “Enable”.`,
  'Listed and enabled: copy both halves of that row into the secrets for `public-key` and `private-key` again.',
  'Not listed: it was deleted or belongs to another account. Choose “Create a New Access Key” and save both halves. Disable and later delete a pair only when nothing uses it any more.',
  staleStep('repo.magento.com'),
]

function staleStep(host: string): string {
  return `Look for an old pair for ${host} elsewhere too: Composer also reads ${OTHER_PLACES}.`
}

export const keysSwapped: CatalogueEntry<'keys-swapped'> = {
  title: 'Public and private key are swapped',
  atMost: 'error',
  explain: (finding) => ({
    what: `${finding.host} rejects the keys as given and accepts them the other way round.`,
    composerSays: atPackagesJson(finding),
    why: 'Each secret holds the other half, or the workflow names them crosswise. Both halves look alike, so only the server can tell.',
    fix: [
      'Swap the two secrets, or the names on the `public-key:` and `private-key:` lines of this step: one of the two, not both.',
      'Consider a new pair: the private key has just been sent as a user name, which servers may log.',
    ],
    who: WORKFLOW_AUTHOR,
  }),
}

function atPackagesJson(finding: AtServer): string {
  return composerFailureMessage(finding.url, { kind: 'status', status: finding.status ?? 401 })
}
