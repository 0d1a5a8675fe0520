import { composerFailureMessage } from '../composer/failure-message.js'
import { evidenceOf } from './at-server.js'
import type { AtServer, CatalogueEntry } from './finding.js'
import {
  ACCESS_KEYS_PAGE,
  ASK_WITH_KEYS,
  isAdobe,
  KEY_OWNER,
  keyOwner,
  newKeys,
  OUTAGE,
  WORKFLOW_AUTHOR,
  withServerText,
} from './phrases.js'

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
  documentation: {
    see: 'The server’s own words are “You haven’t provided your Magento authentication keys”, with status 401, once reported with 404 as well.',
    means:
      'The keys were sent with the request and did not arrive. In order of likelihood: a proxy or a gateway in between strips the `Authorization` header, a mirror asks upstream without keys of its own, or a redirect led to another host, to which neither Composer nor this action sends them. The keys themselves may be fine.',
    fix: [
      'Exclude the host from the proxy with `no_proxy`.',
      'Or have the proxy pass `Authorization` on.',
      'A mirror must send keys of its own upstream.',
    ],
    who: 'The team that runs the proxy or the mirror.',
    verify: `${ASK_WITH_KEYS}\n\nRun it once on the runner and once elsewhere: where the answer differs, the network in between is the cause.`,
  },
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
  documentation: {
    see: 'The server answers 401; repo.magento.com adds “Your Magento authentication keys are invalid”. Composer, which has no terminal to ask on, then says “required authentication (HTTP 401)”, the same as without any keys.',
    means: `In order of likelihood: an old pair in the secret, a pair that was disabled or deleted, a cut or mistyped copy, halves of two different pairs. The server’s words are the same for all of these. ${OUTAGE} Keys that are valid and lack a package are another problem: [\`package-denied\`](#package-denied).`,
    fix: [
      `Sign in to Commerce Marketplace, choose your name, then My Profile, then Access Keys in the Marketplace tab ([Adobe’s page](${ACCESS_KEYS_PAGE})). Where no Access Keys are shown, the account is not entitled or an invoice is open: ask the primary contact of the account.`,
      'A pair that is listed as disabled works again after “Enable”. One that is not listed was deleted, or belongs to another account.',
      'For a new pair choose “Create a New Access Key” and copy both halves of the same row: the public key into the secret for `public-key`, the private key into the one for `private-key`.',
      `Look for an old pair elsewhere. Composer also reads ${OTHER_PLACES}; Magento’s own \`bin/magento sampledata:deploy\` reads var/composer_home/auth.json.`,
      'Choose “Disable” for the old pair first, and “Delete” when nothing has failed for a while: other pipelines and servers may still use it.',
    ],
    who: KEY_OWNER,
    verify: ASK_WITH_KEYS,
  },
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
  documentation: {
    see: 'The server calls the pair invalid; tried once the other way round, it accepts it.',
    means:
      'Public and private key stand in each other’s place. Composer’s user name is the public key, its password the private key.',
    fix: [
      'Swap the two secrets, or the two names in the workflow; doing both changes nothing.',
      'Look whether the secrets are used elsewhere as well, and were swapped there on purpose.',
      'A new pair is the careful choice, because the private key was sent as a user name (docs/security.md). Disable the old one afterwards.',
    ],
    who: 'Whoever may edit the secrets or the workflow.',
    verify: ASK_WITH_KEYS,
  },
}

function atPackagesJson(finding: AtServer): string {
  return composerFailureMessage(finding.url, { kind: 'status', status: finding.status ?? 401 })
}
