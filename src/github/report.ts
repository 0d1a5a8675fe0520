import { isAbsolute, relative, sep } from 'node:path'
import { type AnnotationProperties, error, notice, setOutput, warning } from '@actions/core'
import { explain, titleOf } from '../problems/catalogue.js'
import type { Explanation, Finding, Problem, Severity } from '../problems/finding.js'
import { documentationLink } from './documentation-link.js'

/** What a run comes to. */
export interface Outcome {
  readonly status: 'ready' | 'problems' | 'skipped'
  /** Most severe first. */
  readonly problems: readonly Problem[]
  readonly httpStatus: number | undefined
  readonly authFile: string | undefined
  /** Whether the repository was asked. */
  readonly asked: boolean
  readonly packagesChecked: number
  readonly packagesDenied: readonly string[]
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

/** Writes one annotation per problem. With `failOnError` false an error is shown as a warning; its severity stays. */
export function annotate(problems: readonly Problem[], failOnError: boolean, env: NodeJS.ProcessEnv): void {
  for (const { finding, severity } of problems) {
    const properties: AnnotationProperties = { title: titleOf(finding.code), ...place(finding, env) }
    const message = annotationText(finding, documentationLink(finding.code, env))
    if (severity === 'error' && failOnError) error(message, properties)
    else if (severity === 'notice') notice(message, properties)
    else warning(message, properties)
  }
}

/** Sets every output of the contract. */
export function setOutputs(outcome: Outcome, env: NodeJS.ProcessEnv): void {
  const { status, problems, httpStatus, authFile, packagesChecked, packagesDenied } = outcome
  const firstError = problems.find(({ severity }) => severity === 'error')
  setOutput('status', status)
  setOutput('problem', firstError?.finding.code ?? '')
  setOutput('problems', JSON.stringify(problems.map((problem) => reported(problem, env))))
  setOutput('http-status', httpStatus ?? '')
  setOutput('auth-file', authFile ?? '')
  setOutput('packages-checked', packagesChecked)
  setOutput('packages-denied', JSON.stringify(packagesDenied))
}

/** An annotation's message: what, Composer's words, why, steps, who, link. */
export function annotationText(finding: Finding, link: string): string {
  const { what, composerSays, why, fix, who, evidence = [] } = explain(finding)
  const steps =
    fix.length === 1
      ? `To fix it: ${fix[0]}`
      : `To fix it:\n${fix.map((step, index) => `${index + 1}. ${step}`).join('\n')}`
  return [
    what,
    ...(composerSays === undefined ? [] : [`Composer says: ${composerSays}`]),
    `Why: ${why}`,
    steps,
    `Who can: ${who}`,
    ...(evidence.length === 0
      ? []
      : [`Show them: ${evidence.map(({ name, value }) => `${name} ${value}`).join('; ')}`]),
    `More: ${link}`,
  ].join('\n')
}

/** The words of a finding in one paragraph, for the outputs. */
function summaryLine({ what, why }: Explanation): string {
  return `${what} ${why}`
}

function reported({ finding, severity }: Problem, env: NodeJS.ProcessEnv): ReportedProblem {
  const { file, startLine } = place(finding, env)
  return {
    code: finding.code,
    severity,
    host: 'host' in finding ? finding.host : null,
    httpStatus: 'status' in finding ? (finding.status ?? null) : null,
    file: file ?? null,
    line: startLine ?? null,
    packages: packagesOf(finding),
    title: titleOf(finding.code),
    message: summaryLine(explain(finding)),
  }
}

function packagesOf(finding: Finding): readonly string[] {
  if ('packages' in finding) return finding.packages
  return finding.code === 'version-unavailable' ? [finding.package] : []
}

/** Where a finding stands, if that is a file of the workspace: GitHub shows no annotation on a file outside. */
function place(
  finding: Finding,
  env: NodeJS.ProcessEnv,
): Pick<AnnotationProperties, 'file' | 'startLine' | 'startColumn'> {
  const workspace = env.GITHUB_WORKSPACE
  const path = 'path' in finding ? finding.path : 'place' in finding ? finding.place?.path : undefined
  const position = 'position' in finding ? finding.position : 'place' in finding ? finding.place?.position : undefined
  if (path === undefined || workspace === undefined) return {}
  const inside = relative(workspace, path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return {}
  return {
    file: inside.split(sep).join('/'),
    ...(position === undefined ? {} : { startLine: position.line, startColumn: position.column }),
  }
}
