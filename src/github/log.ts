import { endGroup, info, startGroup } from '@actions/core'
import { explain } from '../problems/catalogue.js'
import { problemLines, type Unsaid } from './annotations.js'
import { documentationLink } from './documentation-link.js'
import { jobSite } from './job-site.js'

/** A log is read by people: beyond so many names the output `packages-denied` serves better. */
const LONGEST_LIST = 1000
const NAME = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Writes the problems of which the annotations could not say everything into the log, each folded. */
export function logDetails(unsaid: readonly Unsaid[], env: NodeJS.ProcessEnv): void {
  for (const { problem, words } of unsaid) {
    const { finding, severity } = problem
    const { packages } = finding
    const list = words || packages.length < 2 ? '' : `: all ${packages.length} packages`
    startGroup(`${NAME[severity]}: ${explain(finding, jobSite(env)).title}${list}`)
    if (words) for (const line of problemLines(finding, env)) info(line)
    if (words && packages.length > 1) info(`All ${packages.length} packages:`)
    for (const name of packages.length > 1 ? packages.slice(0, LONGEST_LIST) : []) info(`  ${name}`)
    if (packages.length > LONGEST_LIST)
      info(`  and ${packages.length - LONGEST_LIST} more: see the output packages-denied`)
    if (words) info(`More: ${documentationLink(finding.code, env)}`)
    endGroup()
  }
}
