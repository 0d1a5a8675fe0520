import { composerFailureMessage } from '../composer/failure-message.js'
import { answeredBy, eachTime, evidenceOf, onlyMetadata, saysFor, statusOf, through } from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import type { AtServer, CatalogueEntry, FindingOf, UnexpectedAnswer } from './finding.js'
import { ASK_WITH_KEYS, fileNameOf, NETWORK_TEAM, OUTAGE, withServerText } from './phrases.js'

export const unexpectedAnswer: CatalogueEntry<'unexpected-answer'> = {
  title: 'The repository’s answer is not that of a Composer repository',
  atMost: 'error',
  explain: explainUnexpected,
  documentation: {
    see: 'An answer that Composer cannot use: a web page with status 200, an empty or cut body, more than 20 MiB, a redirect that leads nowhere, or 401 from another host after a redirect.',
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

const MALFORMED = {
  'not-http': 'something that is not HTTP',
  header: 'a header that cannot be read',
  'long-head': 'headers that are too long (300 KiB in all, 100 KiB in one line)',
}

const UNDECODABLE = {
  unknown: 'neither this action nor most builds of curl know it',
  broken: 'the data are damaged, or are something else',
  trailing: 'something stands behind the end of the data',
  'too-many': 'there are too many, one around the other',
}

function explainUnexpected(finding: FindingOf<'unexpected-answer'>) {
  const { what, why, fix, says } = unexpected(finding, finding.what)
  return {
    what,
    composerSays: says,
    why: `${why} ${onlyMetadata(finding)}`.trim(),
    fix,
    who: `${NETWORK_TEAM} Or whoever runs ${finding.host}.`,
    // Where nothing was sent there is nothing to find.
    evidence: finding.trace.connected === undefined ? [] : evidenceOf(finding),
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
        what: withServerText(`${host} answered ${statusOf(finding)} for ${file}`, finding.serverText),
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
        what: `${finding.host} sent this request on to ${host}, which answered ${statusOf(finding)}.`,
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
    case 'too-many-values':
      return {
        what: `${finding.host} answered for ${fileNameOf(finding.url)} with more than ${failure.limit} values, which is more than a text of its length may hold here.`,
        why: 'No repository’s files hold that much. This action stops there; Composer would go on reading.',
        fix,
        says,
      }
    case 'too-much':
      return {
        what: `${finding.host} answered with so much for ${fileNameOf(finding.url)} that there is more than ${failure.limitMiB} MiB of all answers together.`,
        why: 'No repository’s files are that long. This action stops there; Composer would go on reading.',
        fix,
        says,
      }
    case 'malformed':
      return {
        what: `${finding.host} answered with ${MALFORMED[failure.problem]}.`,
        why: `The server is set up wrongly, or something in between changes its answers${through(finding)}.`,
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
        what: `${finding.host} answered in an encoding that cannot be undone (${failure.encoding}): ${UNDECODABLE[failure.problem]}.`,
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
