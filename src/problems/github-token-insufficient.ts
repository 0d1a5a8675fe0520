import { namesOfVersions } from '../composer/installed/composer-versions.js'
import { versionsWithout } from '../composer/installed/version-rules.js'
import type { Cloned } from './at-server.js'
import { type CredentialsFrom, heldIn, savedIn, theirs } from './credentials-from.js'
import { whoEdits } from './people.js'
import { joined, lowered } from './phrases.js'
import { type Facts, type JobSite, never, type ProblemEntry } from './problem.js'

/** A lock downloads from GitHub's API, and the token for that, or the lack of one, will not do; each reason with what is known. */
export type GitHubTokenInsufficient = Rejected | FewRequestsLeft | NoToken

interface Insufficient extends Facts {
  readonly code: 'github-token-insufficient'
  /** What Composer does with a package of which it does not get the archive: the worst for any of them. */
  readonly cloned: Cloned
}

/** GitHub answers 401 to it. */
interface Rejected extends Insufficient {
  readonly reason: 'rejected'
  readonly from: CredentialsFrom
}

/** Fewer requests are left with it in this hour than the lock has archives. */
interface FewRequestsLeft extends Insufficient {
  readonly reason: 'few-left'
  readonly from: CredentialsFrom
  readonly limit: number
  readonly remaining: number
  /** `14:05 UTC`; undefined where GitHub does not say. */
  readonly resets: string | undefined
}

/** Composer holds none, and the lock has more archives than GitHub gives to nobody in an hour. */
interface NoToken extends Insufficient {
  readonly reason: 'none-held'
  readonly limit: number
}

export const gitHubTokenInsufficient: ProblemEntry<GitHubTokenInsufficient> = {
  title: 'The token for GitHub will not do',
  atMost: 'error',
  severity(finding) {
    if (finding.reason === 'none-held') return 'notice'
    // What is left of a limit changes; a token that is rejected stays so.
    return finding.reason === 'rejected' && finding.cloned === 'no' ? 'error' : 'warning'
  },
  byCredentials: never,
  explain: (finding, site) => ({
    title: TITLES[finding.reason],
    cause: joined([seen(finding, site), afterwards(finding)]),
    fix: stepsFor(finding, site),
    who: whoFor(finding, site),
    composerSays: composerSaysOf(finding),
    background:
      'Each archive at api.github.com is a request. GitHub counts them by token, 1000 an hour for the token of a job and 5000 for a person’s; without a token by address, 60 an hour, and runners share addresses.',
  }),
}

const TITLES = {
  rejected: 'GitHub rejects the token that Composer holds',
  'few-left': 'Too few requests to GitHub are left for this lock',
  'none-held': 'Composer has no token for GitHub',
} as const

function seen(finding: GitHubTokenInsufficient, site: JobSite): string {
  const { packages } = finding
  const archives = `${packages.length} ${packages.length === 1 ? 'archive' : 'archives'} at api.github.com`
  switch (finding.reason) {
    case 'rejected':
      return `GitHub rejects ${theToken(finding.from, site)} (HTTP 401), and composer.lock has ${archives}.`
    case 'few-left': {
      const until = finding.resets === undefined ? '' : ` until ${finding.resets}`
      return `With ${theToken(finding.from, site)}, ${finding.remaining} of ${finding.limit} requests to GitHub are left${until}, but composer.lock has ${archives}.`
    }
    case 'none-held':
      return `composer.lock has ${archives}, and without a token GitHub answers ${finding.limit} requests an hour.`
  }
}

function theToken(from: CredentialsFrom, site: JobSite): string {
  return from.from === 'composer-auth' ? 'the token in `composer-auth`' : theirs('token', from, site)
}

/** What the installed Composer does then. */
function afterwards({ cloned }: GitHubTokenInsufficient): string {
  switch (cloned) {
    case 'yes':
      return 'Composer then clones the packages, which takes longer.'
    case 'no':
      return 'Composer then stops.'
    case 'by-version':
      return `${namesOfVersions(versionsWithout('asksBeforeSource'))} then clones the packages; newer ones stop.`
  }
}

const JOB_TOKEN = '`"github-oauth": {"github.com": ${{ toJSON(github.token) }}}`'

function whoFor(finding: GitHubTokenInsufficient, site: JobSite): string {
  if (finding.reason === 'none-held') return `${whoEdits('workflow')}.`
  const editors = whoEdits(...savedIn(finding.from, site), 'workflow')
  return finding.reason === 'rejected' ? `${editors}; for a new token, its owner at GitHub.` : `${editors}.`
}

function stepsFor(finding: GitHubTokenInsufficient, site: JobSite): string[] {
  const jobs = `Pass the token of the job in \`composer-auth\`: ${JOB_TOKEN}.`
  switch (finding.reason) {
    case 'rejected': {
      const { from } = finding
      // Composer would go on with the one that stands there.
      const removed = from.from === 'elsewhere' ? `Remove it from ${heldIn(from, site)}, and ${lowered(jobs)}` : jobs
      const saved =
        from.from === 'elsewhere'
          ? 'save it as a secret, and pass that instead'
          : 'and save it in the secret for `composer-auth`'
      return [removed, `If private repositories need another token, create a new one, ${saved}.`]
    }
    case 'few-left':
      return [
        'Cache Composer’s files between jobs, so that few archives are downloaded.',
        `If this is another token, ${lowered(jobs)}`,
      ]
    case 'none-held':
      return [jobs]
  }
}

function composerSaysOf(finding: GitHubTokenInsufficient): string {
  return finding.reason === 'rejected'
    ? 'Could not authenticate against github.com'
    : `GitHub API limit (${finding.limit} calls/hr) is exhausted`
}
