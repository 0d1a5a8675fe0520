import { notice } from '@actions/core'
import type { JobSummary } from '../inputs/inputs.js'
import type { Problem } from '../problems/finding.js'
import { whoEdits } from '../problems/people.js'
import { shownPath } from '../problems/shown-path.js'
import { writeOutputs } from '../runner/runner-file.js'
import { annotate } from './annotations.js'
import { jobSite } from './job-site.js'
import { logDetails } from './log-details.js'
import { type Outcome, setOutputs } from './outcome.js'
import { type SummaryFacts, writeSummary } from './summary.js'

/** What the inputs say about the report, and what it says besides the outcome. */
export interface ReportSettings extends SummaryFacts {
  /** What the input `packages` names. */
  readonly packages: readonly unknown[]
  readonly jobSummary: JobSummary
}

/**
 * Says what a run came to: in annotations, the log, outputs and the job summary.
 *
 * @returns the exit status: 1 where there is an error that is to fail the step
 */
export async function report(outcome: Outcome, settings: ReportSettings, env: NodeJS.ProcessEnv): Promise<0 | 1> {
  const { problems, status } = outcome
  const { failOnError, jobSummary } = settings
  const summarized = jobSummary === 'true' || (jobSummary === 'problems' && problems.length > 0)
  const unsaid = annotate(problems, { failOnError, jobSummary: summarized }, env)
  annotateNoProject(outcome, settings, env)
  logDetails(unsaid, env)
  writeOutputs(() => setOutputs(outcome, env))
  if (summarized) await writeSummary(outcome, settings, env)
  return status === 'problems' && failOnError ? 1 : 0
}

/** `checked` continues the sentence that no composer.json is there. */
function noticeOfNoProject(folder: string, checked: string): string {
  return [
    `There is no composer.json in ${folder}, so ${checked} checked.`,
    '1. If the project is in another folder, set `working-directory` to it.',
    '2. If it is not checked out yet, run the checkout step before this one.',
    '3. If a later step creates composer.json, nothing needs to be done.',
    `Who: ${whoEdits('workflow')}.`,
  ].join('\n')
}

/** What a run that found nothing wrong did not look at, since no composer.json was there. */
function annotateNoProject(
  { status, httpStatus, noProject, problems }: Pick<Outcome, 'status' | 'httpStatus' | 'noProject' | 'problems'>,
  { packages }: ReportSettings,
  env: NodeJS.ProcessEnv,
): void {
  if (noProject === undefined || status !== 'ready' || problems.some(tellsNoProject)) return
  const { length } = packages
  const named = length === 1 ? 'the package' : `the ${length} packages`
  const access = length === 0 ? 'only access was' : `only access and ${named} of the input \`packages\` were`
  // Without an answer not even access was: another annotation says why.
  const checked = httpStatus === undefined ? 'no project was' : access
  const folder = noProject === env.GITHUB_WORKSPACE ? 'the root of the workspace' : shownPath(noProject, jobSite(env))
  notice(noticeOfNoProject(folder, checked), {
    title: 'No composer.json, so no project was checked',
  })
}

/** Whether a problem says already that no composer.json is there. */
function tellsNoProject({ finding }: Problem): boolean {
  return finding.code === 'credentials-missing' && finding.reason === 'not-read'
}
