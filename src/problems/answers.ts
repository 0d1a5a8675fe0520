import { composerFailureMessage } from '../composer/failure-message.js'
import { connectionFailureSays } from './connections.js'
import type { AtServer, CatalogueEntry, Explanation, FindingOf, UnexpectedAnswer } from './finding.js'
import {
  ASK_WITH_KEYS,
  ASK_WITHOUT_KEYS,
  fileNameOf,
  isAdobe,
  NETWORK_TEAM,
  OUTAGE,
  withServerText,
} from './phrases.js'

export const accessForbidden: CatalogueEntry<'access-forbidden'> = {
  title: 'The repository forbids access from this runner',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(
      `${answeredBy(finding)} answered 403 Forbidden for ${fileNameOf(finding.url)}`,
      finding.serverText,
    ),
    composerSays: saysFor(finding),
    why: `repo.magento.com answers wrong keys with 401, so 403 usually comes from a firewall that blocks this runner’s address or network${through(finding)}. ${isAdobe(finding.host) ? '' : `Another repository may also answer 403 to an account that may not read it. `}${onlyMetadata(finding)}`.trim(),
    fix: [
      'Run the job again: hosted runners get another address each time.',
      'Ask from another network with the same keys. If that works, the address is blocked: take VPN and proxy out of the way, or use a runner with another exit address.',
      isAdobe(finding.host)
        ? 'Do not make new keys: they would most likely be blocked as well.'
        : `If every network is refused, ask whoever runs ${finding.host} whether this account may read it.`,
    ],
    who: `${NETWORK_TEAM} If every network is refused: ${isAdobe(finding.host) ? 'Adobe Commerce Support' : `whoever runs ${finding.host}`}.`,
  }),
  documentation: {
    see: 'packages.json answers 403. Composer says “could not be accessed (HTTP 403)”.',
    means:
      'repo.magento.com answers wrong keys with 401, so 403 usually comes from a firewall or a rule by address that refuses this runner, and not from the keys. Another repository may also mean that the account may not read it.',
    fix: [
      'Run the job again; a hosted runner gets another address.',
      'Try from another network with the same keys.',
      'Ask the network team which address the runner shows to the outside, and Adobe whether it is blocked.',
    ],
    who: 'The network team; Adobe Commerce Support for a block on their side.',
    verify: ASK_WITH_KEYS,
  },
}

export const repositoryNotFound: CatalogueEntry<'repository-not-found'> = {
  title: 'There is no Composer repository at this URL',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(`${answeredBy(finding)} answered ${finding.status} for ${finding.url}`, finding.serverText),
    composerSays: saysFor(finding),
    ...whyNotFound(finding),
  }),
  documentation: {
    see: 'packages.json, or a file that it lists, answers 404 or 410. Composer says “file could not be downloaded (HTTP/2 404 )”.',
    means:
      'For packages.json: the URL is not that of a Composer repository, or a proxy in between answers. For another file: the repository is being changed or broken. Missing entitlement does not look like this: it hides single packages, not packages.json.',
    fix: [
      'Correct `repository-url`, or `url` in composer.json.',
      'Take the proxy out of the way, or have it pass the request on.',
    ],
    who: 'Whoever may edit the workflow; the network team.',
    verify: ASK_WITHOUT_KEYS,
  },
}

function whyNotFound(finding: AtServer): Pick<Explanation, 'why' | 'fix' | 'who'> {
  if (fileNameOf(finding.url) !== 'packages.json') {
    return {
      why: `The repository lists this file and does not have it: it is being changed at this moment or is broken, or something in between answers in its place${through(finding)}. ${onlyMetadata(finding)}`.trim(),
      fix: [
        'Run the job again after some minutes.',
        'If it stays, ask for the same URL from another network: a proxy or gateway may be answering here.',
        `If the answer is the same there, tell whoever runs ${finding.host}.`,
      ],
      who: `Whoever runs ${finding.host}; the network team if a proxy answers.`,
    }
  }
  // composer.json names the repository at that line, so its own `url` may be the wrong one.
  const address = finding.place === undefined ? '`repository-url`' : '`repository-url`, or `url` in composer.json,'
  return {
    why: `No packages.json lies there: ${address} has a wrong path, or something in between answers in place of the repository${through(finding)}. ${onlyMetadata(finding)}`.trim(),
    fix: [
      'Compare `repository-url` with the `url` in composer.json; for Adobe’s repository it is `https://repo.magento.com/`.',
      'If it is right, ask for the same URL from another network: a proxy or gateway may be answering here.',
    ],
    who: 'Whoever may edit this workflow or composer.json; the network team if a proxy answers.',
  }
}

export const rateLimited: CatalogueEntry<'rate-limited'> = {
  title: 'The repository answers that there were too many requests',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(
      `${answeredBy(finding)} answered 429 Too Many Requests${eachTime(finding)}`,
      finding.serverText,
    ),
    composerSays: saysFor(finding),
    why: `The server limits how often this account or address may ask. Composer does not wait and try again. ${onlyMetadata(finding)}`.trim(),
    fix: [
      'Run the job again later.',
      'Let fewer jobs start at the same moment, and cache Composer’s files between them.',
    ],
    who: 'Whoever may edit this workflow.',
  }),
  documentation: {
    see: 'Status 429. Composer does not retry it and fails at once.',
    means: 'Too many requests from this account or address in a short time, as from a large matrix.',
    fix: ['Run the job again later.', 'Spread or serialise the jobs (`max-parallel`).', 'Cache Composer’s files.'],
    who: 'Whoever may edit the workflow.',
    verify: ASK_WITH_KEYS,
  },
}

export const repositoryUnavailable: CatalogueEntry<'repository-unavailable'> = {
  title: 'The repository is not available',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(`${answeredBy(finding)} answered ${finding.status}${eachTime(finding)}`, finding.serverText),
    composerSays: saysFor(finding),
    why: `The server, or a gateway in front of it, is out of order or overloaded. That has nothing to do with keys or workflow. ${onlyMetadata(finding)}`.trim(),
    fix: [
      'Run the job again later.',
      ...(isAdobe(finding.host) ? ['Magento Open Source packages can also come from a public mirror.'] : []),
      'Do not make new keys.',
    ],
    who: isAdobe(finding.host) ? 'Adobe, who runs the repository.' : `Whoever runs ${finding.host}.`,
  }),
  documentation: {
    see: 'A status from 500 on (or 408), still there after the retries.',
    means: 'The server or a gateway in front of it fails.',
    fix: ['Run the job again later.', 'Use a mirror for Magento Open Source packages.'],
    who: 'Adobe, or whoever runs the repository.',
    verify: ASK_WITHOUT_KEYS,
  },
}

export const unexpectedAnswer: CatalogueEntry<'unexpected-answer'> = {
  title: 'The repository’s answer is not that of a Composer repository',
  atMost: 'error',
  explain: explainUnexpected,
  documentation: {
    see: 'An answer that Composer cannot use: a web page with status 200, an empty or cut body, more than 64 MiB, a redirect that leads nowhere, or 401 from another host after a redirect.',
    means:
      'A maintenance page, a login page of a network, or a proxy stands in the place of the repository; or the transfer broke.',
    fix: [
      'Open the URL in a browser from the same network and see who answers.',
      'Run the job again if the transfer broke.',
      'Take the proxy or the captive portal out of the way.',
    ],
    who: 'The network team; whoever runs the repository.',
    verify: ASK_WITH_KEYS,
  },
}

function explainUnexpected(finding: FindingOf<'unexpected-answer'>) {
  const { what, why, fix, says } = unexpected(finding, finding.what)
  return {
    what,
    composerSays: says,
    why: `${why} ${onlyMetadata(finding)}`.trim(),
    fix,
    who: `${NETWORK_TEAM} Or whoever runs ${finding.host}.`,
  }
}

function unexpected(
  finding: AtServer,
  what: UnexpectedAnswer,
): { what: string; why: string; fix: string[]; says: string | undefined } {
  const again = 'Run the job again.'
  const look = 'Open the URL from the same network and see who answers.'
  const host = answeredBy(finding)
  const file = fileNameOf(finding.url)
  switch (what.type) {
    case 'not-json': {
      const seen = {
        html: 'a web page',
        gzip: 'compressed data without saying so (no Content-Encoding header)',
        empty: 'nothing',
        text: 'something that is not JSON',
      }[what.looksLike]
      return {
        what: `${host} answered ${finding.status} with ${seen} in place of ${file}.`,
        why:
          what.looksLike === 'html'
            ? `That is a maintenance page, or the login page of a network or a proxy${through(finding)}.`
            : `The repository is broken or something in between changes its answers${through(finding)}.`,
        fix: [look, again],
        says: composerFailureMessage(finding.url, { kind: 'not-json' }),
      }
    }
    case 'status':
      return {
        what: withServerText(`${host} answered ${finding.status} for ${file}`, finding.serverText),
        why: `No Composer repository answers so${through(finding)}. ${OUTAGE}`,
        fix: [look, again],
        says: saysFor(finding),
      }
    case 'checksum':
      return {
        what: `${host} answered for ${file} with something that does not match the checksum that the repository itself gives.`,
        why: `The repository is being changed at this moment, or something in between changes its answers${through(finding)}.`,
        fix: [again, look],
        says: `The contents of ${finding.url} do not match its signature. This could indicate a man-in-the-middle attack or e.g. antivirus software corrupting files. Try running composer again and report this if you think it is a mistake.`,
      }
    case 'unauthorized-elsewhere':
      return {
        what: `${finding.host} sent this request on to ${host}, which answered ${finding.status}.`,
        why: 'The keys belong to the first host and go nowhere else, neither from this action nor from Composer. The other host takes only credentials of its own: Composer holds none for it, or wrong ones.',
        fix: [
          `If ${host} is where the repository is now: name it in \`repository-url\` and composer.json, with credentials of its own.`,
          look,
        ],
        says: saysFor(finding),
      }
    case 'failure':
      return unexpectedFailure(finding, what.failure, { again, look })
  }
}

function unexpectedFailure(
  finding: AtServer,
  failure: Extract<UnexpectedAnswer, { type: 'failure' }>['failure'],
  { again, look }: { again: string; look: string },
) {
  const says = connectionFailureSays(finding.url, failure)
  const fix = [look, again]
  switch (failure.type) {
    case 'too-large':
      return {
        what: `${finding.host} answered with more than ${failure.limitMiB} MiB for ${fileNameOf(finding.url)}.`,
        why: 'No repository’s files are that long. This action stops there; Composer would go on reading.',
        fix,
        says,
      }
    case 'truncated':
      return {
        what: `${finding.host} broke its answer off before the end${eachTime(finding)}.`,
        why: `The transfer was cut${through(finding)}.`,
        fix: [again, look],
        says,
      }
    case 'undecodable':
      return {
        what: `${finding.host} answered in an encoding that cannot be undone (${failure.encoding}).`,
        why: `The body is not what its Content-Encoding header says: something in between changes it${through(finding)}.`,
        fix,
        says,
      }
    case 'redirect-loop':
      return {
        what: `${finding.host} redirects without end: more than ${failure.limit} times.`,
        why: 'The server is set up wrongly, or a login page sends every request back to itself.',
        fix,
        says,
      }
    case 'redirect-without-location':
      return {
        what: `${finding.host} answered ${failure.status}, a redirect that names no target.`,
        why: 'The server is set up wrongly.',
        fix,
        says,
      }
    case 'insecure':
      return {
        what: `${finding.host} names an address over http, to which nothing is sent.`,
        why: 'Over http everybody on the way could read the keys.',
        fix,
        says,
      }
    case 'redirect-downgrade':
      return {
        what: `${finding.host} redirects from https to http.`,
        why: 'Over http everybody on the way could read the keys; neither this action nor Composer follows.',
        fix,
        says,
      }
    default:
      return {
        what: `${finding.host} redirects to something that is neither http nor https.`,
        why: 'The server is set up wrongly.',
        fix,
        says,
      }
  }
}

function saysFor({ url, status }: AtServer): string {
  return composerFailureMessage(url, { kind: 'status', status: status ?? 0 })
}

function answeredBy({ host, answeredBy: other }: AtServer): string {
  return other ?? host
}

function eachTime({ tries }: AtServer): string {
  return tries > 1 ? `, each of the ${tries} times it was asked` : ''
}

function through({ proxy }: AtServer): string {
  return proxy === undefined ? '' : ` (this request went through the proxy ${proxy})`
}

/** Why a failing packages.json is no error, or one although Composer may not read it. */
function onlyMetadata({ weight }: AtServer): string {
  switch (weight) {
    case 'fatal':
      return ''
    case 'plugin-reads':
      return 'composer.lock installs the plugin magento/composer-dependency-version-audit-plugin, which looks every package up in all repositories while Composer installs; it stops there, although archives need no packages.json.'
    case 'archives-fail':
      return 'The archives that composer.lock downloads from there fail in the same way.'
    case 'archives-work':
      return 'The archives that composer.lock downloads from there can be had, so `composer install` works without packages.json.'
    case 'archives-differ':
      return '`composer install` does not need packages.json; what its archives answer is reported by itself.'
    case 'perhaps':
      return 'Other repositories of composer.json come before it, so Composer may not ask it at all: this is a warning.'
    case 'unneeded':
      return 'Nothing that the coming command does needs this host, so this is a warning.'
  }
}
