import { setOutput } from '@actions/core'
import { explain } from '../problems/catalogue.js'
import type { Problem } from '../problems/finding.js'
import type { Editions } from '../problems/package-denied.js'
import type { Severity } from '../problems/problem.js'
import { jobSite } from './job-site.js'
import { location } from './place.js'

/** What a run comes to. */
export interface Outcome {
  readonly status: 'ready' | 'problems' | 'skipped'
  /** Most severe first. */
  readonly problems: readonly Problem[]
  readonly httpStatus: number | undefined
  /** Paths of the files that hold the credentials. */
  readonly authFiles: readonly string[]
  /** They are in `COMPOSER_AUTH` for the later steps. */
  readonly exported: boolean
  /** Whether the repository was asked. */
  readonly asked: boolean
  readonly packagesChecked: number
  readonly packagesDenied: readonly string[]
  /** What the account sees, where that was learnt by the way. */
  readonly editions: Editions | undefined
  /** Hosts for which Composer holds what this action does not send. */
  readonly unchecked: readonly string[]
}

/** One line of the `problems` output. Field names are part of the contract. */
interface ReportedProblem {
  readonly code: string
  readonly severity: Severity
  readonly host: string | null
  readonly httpStatus: number | null
  readonly file: string | null
  readonly line: number | null
  readonly packages: readonly string[]
  readonly title: string
  readonly message: string
}

/** Sets every output of the contract. */
export function setOutputs(outcome: Outcome, env: NodeJS.ProcessEnv): void {
  const { status, problems, httpStatus, authFiles, packagesChecked, packagesDenied } = outcome
  const firstError = problems.find(({ severity }) => severity === 'error')
  setOutput('status', status)
  setOutput('problem', firstError?.finding.code ?? '')
  setOutput('problems', JSON.stringify(problems.map((problem) => reported(problem, env))))
  setOutput('http-status', httpStatus ?? '')
  setOutput('auth-file', authFiles.join('\n'))
  setOutput('packages-checked', packagesChecked)
  setOutput('packages-denied', JSON.stringify(packagesDenied))
}

function reported({ finding, severity }: Problem, env: NodeJS.ProcessEnv): ReportedProblem {
  const { file, startLine } = location(finding, env)
  const { title, cause, fix } = explain(finding, jobSite(env))
  return {
    code: finding.code,
    severity,
    host: finding.host ?? null,
    httpStatus: finding.status ?? null,
    file: file ?? null,
    line: startLine ?? null,
    packages: finding.packages,
    title,
    message: [cause, ...fix].join(' '),
  }
}
