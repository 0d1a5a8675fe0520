import { answeredBy, eachTime, evidenceOf, onlyMetadata, saysFor, statusOf, through } from './at-server.js'
import type { AtServer, CatalogueEntry, Explanation } from './finding.js'
import {
  ADOBE_ACCESS_PAGE,
  fileNameOf,
  isAdobe,
  MIRROR,
  NETWORK_TEAM,
  PRIMARY_CONTACT,
  withServerText,
} from './phrases.js'

export const accessForbidden: CatalogueEntry<'access-forbidden'> = {
  title: 'The repository forbids access',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(
      `${answeredBy(finding)} answered 403 Forbidden for ${fileNameOf(finding.url)}`,
      finding.serverText,
    ),
    composerSays: saysFor(finding),
    ...whyForbidden(finding),
    evidence: evidenceOf(finding),
  }),
}

function whyForbidden(finding: AtServer): Pick<Explanation, 'why' | 'fix' | 'who'> {
  const { host, serverText } = finding
  const why = (reason: string) => `${reason} ${onlyMetadata(finding)}`.trim()
  if (!isAdobe(host)) {
    return {
      why: why(
        `A firewall may block this runner’s address or network${through(finding)}, or the account may not read this repository.`,
      ),
      fix: [
        'Run the job again: hosted runners get another address each time.',
        'Ask from another network with the same credentials. If that works, the address is blocked: take VPN and proxy out of the way, or use a runner with another exit address.',
        `If every network is refused, ask whoever runs ${host} whether this account may read it.`,
      ],
      who: `${NETWORK_TEAM} If every network is refused: whoever runs ${host}.`,
    }
  }
  // A firewall sends a page of its own; a sentence in JSON is the repository's.
  if (serverText !== undefined) {
    return {
      why: why(
        'The repository itself refuses this account: its keys are known, since wrong ones are answered with 401. Adobe names an unpaid invoice, an ended contract, keys of a shared account, and a licence that moved to another MAGEID as causes.',
      ),
      fix: [
        'Have the primary contact of the MAGEID look for an outstanding invoice or an ended contract; after it is settled they must make new keys.',
        'Use keys that the licence owner made in the account that holds the licence now, not those of a shared account.',
        `If all that is in order, the primary contact asks Adobe Commerce Support. Adobe’s list: ${ADOBE_ACCESS_PAGE}`,
      ],
      who: PRIMARY_CONTACT,
    }
  }
  return {
    why: why(
      `repo.magento.com answers wrong keys with 401, so 403 usually comes from a firewall that blocks this runner’s address or network${through(finding)}.`,
    ),
    fix: [
      'Run the job again: hosted runners get another address each time.',
      'Ask from another network with the same keys. If that works, the address is blocked: take VPN and proxy out of the way, or use a runner with another exit address.',
      'Do not make new keys: they would most likely be blocked as well.',
      `If every network is refused, go through Adobe’s causes of a 403 (unpaid invoice, ended contract, keys of a shared account): ${ADOBE_ACCESS_PAGE}`,
    ],
    who: `${NETWORK_TEAM} If every network is refused: the primary contact of the MAGEID, who may ask Adobe Commerce Support.`,
  }
}

export const repositoryNotFound: CatalogueEntry<'repository-not-found'> = {
  title: 'There is no Composer repository at this URL',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(`${answeredBy(finding)} answered ${statusOf(finding)} for ${finding.url}`, finding.serverText),
    composerSays: saysFor(finding),
    ...whyNotFound(finding),
    evidence: evidenceOf(finding),
  }),
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
    evidence: evidenceOf(finding),
  }),
}

export const repositoryUnavailable: CatalogueEntry<'repository-unavailable'> = {
  title: 'The repository is not available',
  atMost: 'error',
  explain: (finding) => ({
    what: withServerText(
      `${answeredBy(finding)} answered ${statusOf(finding)}${eachTime(finding)}`,
      finding.serverText,
    ),
    composerSays: saysFor(finding),
    why: `The server, or a gateway in front of it, is out of order or overloaded. That has nothing to do with keys or workflow. ${onlyMetadata(finding)}`.trim(),
    fix: [
      'Run the job again later.',
      ...(isAdobe(finding.host)
        ? [`Magento Open Source packages can also come from a public mirror, such as ${MIRROR}`]
        : []),
      'Do not make new keys.',
    ],
    who: isAdobe(finding.host) ? 'Adobe, who runs the repository.' : `Whoever runs ${finding.host}.`,
    evidence: evidenceOf(finding),
  }),
}
