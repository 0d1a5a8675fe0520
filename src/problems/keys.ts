import { composerFailureMessage } from '../composer/failure-message.js'
import type { AtServer, CatalogueEntry, FindingOf, KeyShape } from './finding.js'
import {
  ACCESS_KEYS_PAGE,
  ASK_WITH_KEYS,
  enumeration,
  KEY_OWNER,
  keyOwner,
  NEW_KEYS,
  newKeys,
  OUTAGE,
  pasteAgain,
  WORKFLOW_AUTHOR,
  withServerText,
} from './phrases.js'

export const keysMissing: CatalogueEntry<'keys-missing'> = {
  title: 'Commerce Marketplace keys are missing',
  atMost: 'error',
  explain(finding) {
    const { missing, dollar, host, url, others } = finding
    const one = missing.length === 1
    const inputs = enumeration(missing.map((input) => `\`${input}\``))
    const what = dollar
      ? one
        ? `${inputs} holds a lone dollar sign instead of a key for ${host}.`
        : `${inputs} hold no keys for ${host}: a lone dollar sign in at least one of them, and nothing else.`
      : `${inputs} ${one ? 'is' : 'are'} empty, so this step has no keys for ${host}.`
    return {
      what: `${what} ${others ? 'The credentials for other hosts were written.' : 'Nothing was written.'}`,
      composerSays: composerFailureMessage(url, { kind: 'status', status: 401 }),
      ...whyMissing(finding),
    }
  },
  documentation: {
    see: 'The step writes nothing. Without it `composer install` ends with “required authentication (HTTP 401)”, and a hint at an interactive console that a job does not have.',
    means:
      'The workflow handed over an empty string. GitHub does that for every secret that a run may not read or that does not exist: runs of pull requests from forks, runs of Dependabot (which reads a secret store of its own), reusable workflows that are called without `secrets:`, secrets of an environment that the job does not name with `environment:`, and misspelt names.',
    fix: [
      'Look at the line of the workflow that sets the input: the name after `secrets.` must be the name of a secret under Settings → Secrets and variables → Actions.',
      'Fork pull requests: let the step be skipped with `if-keys-missing: ignore`, and give such runs a public mirror if they only need Magento Open Source.',
      'Dependabot: add the same two secrets under Settings → Secrets and variables → Dependabot.',
      'Reusable workflow: pass `secrets: inherit`, or the two secrets by name, where it is called.',
      'Environment secret: add `environment: <name>` to the job.',
      'A lone `$` comes from `$${{ secrets.NAME }}`: take one dollar sign out.',
    ],
    who: 'Whoever may edit the workflow and the secrets of the repository.',
    verify:
      'Run `gh secret list` (and `gh secret list --app dependabot`) in the repository: the names must be there. Values are never shown.',
  },
}

function whyMissing({ missing, dollar, why, host }: FindingOf<'keys-missing'>) {
  const who = WORKFLOW_AUTHOR
  if (dollar) {
    return {
      why: 'That is what `$${{ secrets.NAME }}` leaves behind: the first dollar sign is not part of the expression, and the secret is empty.',
      fix: [
        'Write `${{ secrets.NAME }}` with one dollar sign.',
        'Check that the secret of that name exists and is not empty.',
      ],
      who,
    }
  }
  if (missing.length === 1) {
    const [input] = missing
    return {
      why: 'The other key arrived, so this one is misspelt in the workflow, or its secret was saved empty; unless the other one is no secret, and this run may read none.',
      fix: [
        `Compare the secret name on the \`${input}:\` line of the workflow with the names under Settings → Secrets and variables → Actions.`,
        'Save the secret again if it exists.',
      ],
      who,
    }
  }
  switch (why) {
    case 'fork':
      return {
        why: 'This run is for a pull request from a fork, and GitHub gives such runs no secrets. The keys themselves may be fine.',
        fix: [
          `To let fork runs pass without keys, set \`if-keys-missing: ignore\` and skip the steps that need ${host} when the output \`status\` is \`skipped\`.`,
          'For Magento Open Source packages alone, give these runs a public mirror instead of keys.',
        ],
        who: 'A maintainer of this repository; the author of the pull request cannot change it.',
      }
    case 'dependabot':
      return {
        why: 'Dependabot started this run, and such runs read Dependabot secrets instead of Actions secrets, also when a person starts them again.',
        fix: [
          'Add both keys under Settings → Secrets and variables → Dependabot, with the same names.',
          'Or set `if-keys-missing: ignore` for these runs.',
        ],
        who,
      }
    case 'unknown':
      return {
        why: 'GitHub hands over an empty string when a secret does not exist or may not be read: a misspelt name, a reusable workflow called without `secrets: inherit`, or a secret of an environment that the job does not name.',
        fix: [
          'Compare the secret names in this step with those under Settings → Secrets and variables → Actions.',
          'In a reusable workflow, pass the secrets where it is called (`secrets: inherit`).',
          'For secrets of an environment, add `environment: <name>` to the job.',
        ],
        who,
      }
  }
}

export const keysMalformed: CatalogueEntry<'keys-malformed'> = {
  title: 'A Commerce Marketplace key does not look like one',
  atMost: 'error',
  explain({ input, shape, length, cutOff, host }) {
    const name = input === 'both' ? '`public-key` and `private-key`' : `\`${input}\``
    const { what, why, fix } = SHAPES[shape]
    return {
      what:
        shape === 'length'
          ? `${name} has ${length} ${length === 1 ? 'character' : 'characters'}; a key for ${host} has 32.`
          : shape === 'surrounding-white-space'
            ? `${capitalised(enumeration(cutOff))} around ${name} ${cutOff.length === 1 ? 'was' : 'were'} cut off before use.`
            : `${name} ${what}.`,
      composerSays: undefined,
      why,
      fix: typeof fix === 'function' ? fix(host) : fix,
      who: keyOwner(host),
    }
  },
  documentation: {
    see: 'A value of `public-key` or `private-key` that cannot be an access key, told apart without asking the server. It is an error beside rejected keys, and a warning when the server accepted the pair or was not asked.',
    means:
      'Access keys of Commerce Marketplace come in pairs of 32 characters each. Something else was saved in the secret: the e-mail address of the account, a MAGEID or a downloads access token (both serve archives, not Composer), a whole auth.json, the placeholder of a sample file, or a key with quotes, white space or a piece missing. Surrounding white space is cut off and only noted.',
    fix: NEW_KEYS,
    who: KEY_OWNER,
    verify: `Open your Access Keys ([how to find them](${ACCESS_KEYS_PAGE})) and compare the pair with what you saved; both halves have 32 characters.`,
  },
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type Steps = readonly string[]

/** What a shape means. `what` continues "`public-key` …"; none repeats the value. */
const SHAPES: Readonly<Record<KeyShape, { what: string; why: string; fix: Steps | ((host: string) => Steps) }>> = {
  email: {
    what: 'holds an e-mail address',
    why: 'repo.magento.com takes a pair of access keys; the e-mail address and password of the account have not been accepted there since 2015.',
    fix: newKeys,
  },
  'mage-id': {
    what: 'holds a MAGEID',
    why: 'A MAGEID belongs to the downloads access token, which serves archives and patches. repo.magento.com takes a pair of access keys.',
    fix: newKeys,
  },
  'download-token': {
    what: 'holds 40 hexadecimal characters, as a downloads access token does',
    why: 'That token serves archives and patches. repo.magento.com takes a pair of access keys of 32 characters each.',
    fix: newKeys,
  },
  json: {
    what: 'holds a JSON document',
    why: 'This input takes one key, not an auth.json.',
    fix: [
      'Take `username` (the public key) and `password` (the private key) out of the document.',
      'Save each in a secret of its own and name one per input.',
    ],
  },
  placeholder: {
    what: 'holds the placeholder of a sample',
    why: 'The sample was saved as it stands, without the key put in.',
    fix: pasteAgain,
  },
  expression: {
    what: 'begins with a dollar sign, as an expression does that was not evaluated',
    why: 'That is the trace of `$${{ secrets.NAME }}`, or of a shell variable where GitHub evaluates none.',
    fix: ['Write `${{ secrets.NAME }}` with one dollar sign and both pairs of braces.'],
  },
  'equal-halves': {
    what: 'hold the same value',
    why: 'A pair has two different halves: one of them was saved twice.',
    fix: pasteAgain,
  },
  quotes: {
    what: 'begins or ends with a quotation mark',
    why: 'GitHub keeps a secret exactly as it was entered, and Composer sends the quotation marks along.',
    fix: ['Save the secret again without the quotation marks.'],
  },
  'inner-white-space': {
    what: 'has white space or an invisible character inside',
    why: 'A key has none: a line break or a second value was pasted along.',
    fix: pasteAgain,
  },
  'surrounding-white-space': {
    what: 'was surrounded by white space',
    why: 'Composer sends what it is given, white space included, and servers reject a key with it.',
    fix: ['Save the secret again without it, so that other tools can use it too.'],
  },
  length: {
    what: 'has the wrong length',
    why: 'A character was lost or added while copying, or this is something other than an access key.',
    fix: pasteAgain,
  },
}

export const keysNotReceived: CatalogueEntry<'keys-not-received'> = {
  title: 'The keys did not reach the repository',
  atMost: 'error',
  explain: (finding) => ({
    what: `${finding.host} answered ${finding.status} and says that no keys arrived, although they were sent.`,
    composerSays: atPackagesJson(finding),
    why: `Something between this runner and the server takes the Authorization header away${finding.proxy === undefined ? ': a proxy, a gateway or a caching mirror' : `, most likely the proxy ${finding.proxy}`}.`,
    fix: [
      'Let requests to this host bypass the proxy (`no_proxy`), or have it pass the Authorization header on.',
      'If the repository is a mirror of yours, have it send its own keys upstream.',
    ],
    who: 'The team that runs the network, the proxy or the mirror. New keys would not help.',
  }),
  documentation: {
    see: 'The server’s own words are “You haven’t provided your Magento authentication keys”, with status 401, once reported with 404 as well.',
    means:
      'The keys were sent with the request and did not arrive: a proxy, a gateway or a mirror in between strips the `Authorization` header.',
    fix: [
      'Exclude the host from the proxy with `no_proxy`.',
      'Or have the proxy pass `Authorization` on.',
      'A mirror must send keys of its own upstream.',
    ],
    who: 'The team that runs the proxy or the mirror.',
    verify: ASK_WITH_KEYS,
  },
}

export const keysRejected: CatalogueEntry<'keys-rejected'> = {
  title: 'The repository rejects the keys',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(`${finding.host} does not accept these keys (HTTP ${finding.status})`, finding.serverText),
    composerSays: atPackagesJson(finding),
    why: `The pair is mistyped, its halves do not belong together, or it was disabled or deleted in the account. ${OUTAGE}`,
    fix: pasteAgain(finding.host),
    who: keyOwner(finding.host),
  }),
  documentation: {
    see: 'The server answers 401; repo.magento.com adds “Your Magento authentication keys are invalid”. Composer, which has no terminal to ask on, then says “required authentication (HTTP 401)”, the same as without any keys.',
    means: `In order of likelihood: an old pair in the secret, a pair that was disabled or deleted, a cut or mistyped copy, halves of two different pairs. ${OUTAGE}`,
    fix: NEW_KEYS,
    who: KEY_OWNER,
    verify: ASK_WITH_KEYS,
  },
}

export const keysSwapped: CatalogueEntry<'keys-swapped'> = {
  title: 'Public and private key are swapped',
  atMost: 'error',
  explain: (finding) => ({
    what: `${finding.host} rejects the keys as given and accepts them the other way round.`,
    composerSays: atPackagesJson(finding),
    why: 'The public key was saved as the private one, and the private as the public one. Both look alike, so only the server can tell.',
    fix: [
      'Swap the two secrets, or the names on the `public-key:` and `private-key:` lines of this step.',
      'Consider a new pair: the private key has just been sent as a user name, which servers may log.',
    ],
    who: WORKFLOW_AUTHOR,
  }),
  documentation: {
    see: 'The server calls the pair invalid; tried once the other way round, it accepts it.',
    means:
      'Public and private key stand in each other’s place. Composer’s user name is the public key, its password the private key.',
    fix: [
      'Swap the two secrets, or the two names in the workflow.',
      'A new pair is the careful choice, because the private key was sent as a user name (docs/security.md).',
    ],
    who: 'Whoever may edit the secrets or the workflow.',
    verify: ASK_WITH_KEYS,
  },
}

function atPackagesJson(finding: AtServer): string {
  return composerFailureMessage(finding.url, { kind: 'status', status: finding.status ?? 401 })
}
