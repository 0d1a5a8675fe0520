import { endGroup, info, startGroup } from '@actions/core'
import { explain } from '../problems/catalogue.js'
import type { Finding, Problem } from '../problems/finding.js'
import { problemLines, type Unsaid } from './annotations.js'
import { documentationLink } from './documentation-link.js'
import { jobSite } from './job-site.js'

/** A log is read by people: beyond so many names the output `packages-denied` serves better. */
const LONGEST_LIST = 1000
/** No problem begins behind so many lines: a file of a pull request can bring thousands of them about. */
const MOST_LINES = 2000
const NAME = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Writes the problems of which the annotations could not say everything into the log, each folded, as long as there is room. */
export function logDetails(unsaid: readonly Unsaid[], env: NodeJS.ProcessEnv): void {
  let lines = 0
  for (const [index, one] of unsaid.entries()) {
    if (lines > MOST_LINES) {
      info(`${unsaid.length - index} further problems are not listed here.`)
      return
    }
    const details = one.words ? allOf(one.problem, env) : namesOf(one.problem.finding)
    startGroup(titleOf(one, env))
    for (const line of details) info(line)
    endGroup()
    lines += details.length
  }
}

function titleOf({ problem: { finding, severity }, words }: Unsaid, env: NodeJS.ProcessEnv): string {
  const { length } = finding.packages
  const list = words || length < 2 ? '' : `: all ${length} packages`
  return `${NAME[severity]}: ${explain(finding, jobSite(env)).title}${list}`
}

function allOf({ finding }: Problem, env: NodeJS.ProcessEnv): string[] {
  const names = namesOf(finding)
  return [
    ...problemLines(finding, env),
    ...(names.length === 0 ? [] : [`All ${finding.packages.length} packages:`]),
    ...names,
    `More: ${documentationLink(finding.code, env)}`,
  ]
}

/** All packages, where there are several. */
function namesOf({ packages }: Finding): string[] {
  if (packages.length < 2) return []
  const more = packages.length - LONGEST_LIST
  return [
    ...packages.slice(0, LONGEST_LIST).map((name) => `  ${name}`),
    ...(more > 0 ? [`  and ${more} more: see the output packages-denied`] : []),
  ]
}
