import { ADOBE_HOST, packagesJsonUrl } from '../composer/origin.js'
import {
  type AtServer,
  answers,
  evidenceOf,
  ifItFails,
  saysFor,
  severityAtServer,
  statusOf,
  withMeaning,
} from './at-server.js'
import { type CredentialsFrom, heldIn, savedIn } from './credentials-from.js'
import { whoEdits } from './people.js'
import {
  bypassToTest,
  fileNameOf,
  isAdobe,
  keyOwner,
  otherwiseServer,
  RERUNS,
  TRY_AGAIN_LATER,
  withServerText,
} from './phrases.js'
import type { JobSite, ProblemEntry } from './problem.js'

/** 404 or 410 for packages.json, or for a file that it lists. */
export interface RepositoryNotFound extends AtServer {
  readonly code: 'repository-not-found'
  readonly from: CredentialsFrom
}

export const repositoryNotFound: ProblemEntry<RepositoryNotFound> = {
  title: 'There is no Composer repository at this URL',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: isHidden,
  explain: (finding, site) => ({
    ...titleFor(finding),
    cause: withMeaning(missing(finding), finding),
    fix: isHidden(finding) ? stepsAtGitLab(finding, site) : stepsFor(finding),
    who: isHidden(finding) ? keyOwner(finding.host, 'composer.json', ...savedIn(finding.from, site)) : whoFor(finding),
    composerSays: saysFor(finding),
    background: 'Missing entitlement does not look like this: it hides single packages, not packages.json.',
    evidence: evidenceOf(finding),
  }),
}

function titleFor(finding: RepositoryNotFound): { readonly title?: string } {
  if (isHidden(finding)) {
    const seenBy = finding.from.from === 'nowhere' ? 'without a token' : 'to these credentials'
    return { title: `GitLab shows no Composer repository ${seenBy}` }
  }
  if (!isRoot(finding)) return { title: 'A file of the repository is missing' }
  return isRight(finding) ? { title: 'repo.magento.com does not answer as a Composer repository' } : {}
}

function isRoot({ url }: AtServer): boolean {
  return fileNameOf(url) === 'packages.json'
}

/** Whether the address is Adobe's own, which holds a repository whatever answers there today. */
function isRight({ url }: AtServer): boolean {
  return url === ADOBE_ROOT
}

const ADOBE_ROOT = packagesJsonUrl(`https://${ADOBE_HOST}`)

/** Whether it is the package registry of a GitLab, by its path: that answers 404 to whoever may not see a group. */
function isHidden({ url }: AtServer): boolean {
  return /\/api\/v4\/[^?#]*\/-\/packages\/composer\//.test(url)
}

function stepsAtGitLab({ host, from }: RepositoryNotFound, site: JobSite): string[] {
  const url = 'If the token is fine, correct the number or path of the group or project in `url`.'
  if (from.from === 'nowhere') {
    return [
      `Add a token, from a secret, to \`composer-auth\`: \`"gitlab-token": {"${host}": {"username": "…", "token": "…"}}\`.`,
      'Give it the scope `read_api`; a deploy token takes `read_package_registry`.',
      url,
    ]
  }
  return [
    'See whether the token has expired, and whether it may read the packages of this group or project (`read_api`, or `read_package_registry` of a deploy token).',
    `Save a new one in ${from.from === 'elsewhere' ? heldIn(from, site) : 'the secret for `composer-auth`'}.`,
    url,
  ]
}

function missing(finding: RepositoryNotFound): string {
  const { url, serverText } = finding
  if (isHidden(finding)) {
    const token = finding.from.from === 'nowhere' ? 'a missing token' : 'a wrong or expired token'
    const start = `${answers(finding)} ${statusOf(finding)} for ${fileNameOf(url)}`
    return `${withServerText(start, serverText).replace(/\.$/, '')}. GitLab gives the same answer to ${token}.`
  }
  const start = `${answers(finding)} ${statusOf(finding)} for ${isRoot(finding) ? url : fileNameOf(url)}`
  if (serverText !== undefined) return withServerText(start, serverText)
  if (isRight(finding))
    return `${start}, the address of its repository: it is not available, or something answers in its place.`
  return isRoot(finding) ? `${start}: no repository is there.` : `${start}, which the repository itself lists.`
}

function stepsFor(finding: RepositoryNotFound): string[] {
  const { host, place } = finding
  const bypass = bypassToTest(finding)
  if (isRight(finding)) {
    return [ifItFails(TRY_AGAIN_LATER, finding), ...bypass]
  }
  if (!isRoot(finding)) {
    return [
      ifItFails('Run the job again in a few minutes: the repository may be changing.', finding),
      ...bypass,
      `If the file stays missing, ask whoever runs ${host}.`,
    ]
  }
  if (isAdobe(host)) {
    return [
      'Use `https://repo.magento.com/` in `repository-url` and composer.json, without a path behind it.',
      ...bypass,
    ]
  }
  // composer.json names the repository at that line, so its own `url` may be the wrong one.
  const where = place === undefined ? '`repository-url`' : '`url` at this line, and `repository-url` if it is the same'
  const others = `If the path is right, check the credentials with whoever runs ${host}: some servers answer 404 to wrong ones.`
  return [`Correct the path in ${where}: it must lead to the folder of packages.json.`, others, ...bypass]
}

function whoFor(finding: RepositoryNotFound): string {
  if (!isRoot(finding) || isRight(finding)) return otherwiseServer(RERUNS, finding)
  if (isAdobe(finding.host)) return `${whoEdits('composer.json', 'workflow')}.`
  const editor = whoEdits(...(finding.place === undefined ? [] : ['composer.json']), 'workflow')
  return `${editor}; for credentials, whoever runs ${finding.host}.`
}
