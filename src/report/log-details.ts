import { endGroup, info, startGroup } from '@actions/core'
import { explain } from '../problems/catalogue.js'
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
  const write = (line: string) => {
    info(line)
    lines++
  }
  for (const [index, { problem, words }] of unsaid.entries()) {
    if (lines > MOST_LINES) {
      info(`${unsaid.length - index} further problems are not listed here.`)
      return
    }
    const { finding, severity } = problem
    const { packages } = finding
    const list = words || packages.length < 2 ? '' : `: all ${packages.length} packages`
    startGroup(`${NAME[severity]}: ${explain(finding, jobSite(env)).title}${list}`)
    if (words) for (const line of problemLines(finding, env)) write(line)
    if (words && packages.length > 1) write(`All ${packages.length} packages:`)
    for (const name of packages.length > 1 ? packages.slice(0, LONGEST_LIST) : []) write(`  ${name}`)
    if (packages.length > LONGEST_LIST)
      write(`  and ${packages.length - LONGEST_LIST} more: see the output packages-denied`)
    if (words) write(`More: ${documentationLink(finding.code, env)}`)
    endGroup()
  }
}
