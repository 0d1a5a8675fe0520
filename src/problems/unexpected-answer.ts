import { composerFailureMessage } from '../composer/failure-message.js'
import { answeredBy, eachTime, evidenceOf, onlyMetadata, saysFor, statusOf, through } from './at-server.js'
import { connectionFailureSays } from './connection-messages.js'
import type { AtServer, CatalogueEntry, FindingOf, UnexpectedAnswer } from './finding.js'
import { fileNameOf, NETWORK_TEAM, OUTAGE, withServerText } from './phrases.js'

export const unexpectedAnswer: CatalogueEntry<'unexpected-answer'> = {
  title: 'The repository’s answer is not that of a Composer repository',
  atMost: 'error',
  explain: explainUnexpected,
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
