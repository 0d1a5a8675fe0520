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
import { bypassToTest, fileNameOf, isAdobe, otherwiseServer, RERUNS, withServerText } from './phrases.js'
import { never, type ProblemEntry } from './problem.js'

/** 404 or 410 for packages.json, or for a file that it lists. */
export interface RepositoryNotFound extends AtServer {
  readonly code: 'repository-not-found'
}

export const repositoryNotFound: ProblemEntry<RepositoryNotFound> = {
  title: 'There is no Composer repository at this URL',
  atMost: 'error',
  severity: severityAtServer,
  byCredentials: never,
  explain: (finding) => ({
    ...titleFor(finding),
    cause: withMeaning(missing(finding), finding),
    fix: stepsFor(finding),
    who: whoFor(finding),
    composerSays: saysFor(finding),
    background: 'Missing entitlement does not look like this: it hides single packages, not packages.json.',
    evidence: evidenceOf(finding),
  }),
}

function titleFor(finding: AtServer): { readonly title?: string } {
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

function missing(finding: RepositoryNotFound): string {
  const { url, serverText } = finding
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
    return [
      ifItFails('Run the job again later. Do not create new keys: this is not about the keys.', finding),
      ...bypass,
    ]
  }
  if (!isRoot(finding)) {
    return [ifItFails('Run the job again in a few minutes: the repository may be changing.', finding), ...bypass]
  }
  if (isAdobe(host)) {
    return [
      'Use `https://repo.magento.com/` in `repository-url` and composer.json, without a path behind it.',
      ...bypass,
    ]
  }
  // composer.json names the repository at that line, so its own `url` may be the wrong one.
  const where = place === undefined ? '`repository-url`' : '`url` at this line, and `repository-url` if it is the same'
  return [`Correct the path in ${where}: it must lead to the folder of packages.json.`, ...bypass]
}

function whoFor(finding: RepositoryNotFound): string {
  if (!isRoot(finding) || isRight(finding)) return otherwiseServer(RERUNS, finding)
  if (isAdobe(finding.host)) return 'Anyone who can edit this workflow and composer.json.'
  return finding.place === undefined
    ? 'Anyone who can edit this workflow.'
    : 'Anyone who can edit composer.json and this workflow.'
}
