import { setOutput } from '@actions/core'
import { fitting } from '../bounds/fitting.js'
import type { Unchecked } from '../check/unchecked-hosts.js'
import type { Downloads } from '../downloads/downloads.js'
import { explain } from '../problems/catalogue.js'
import type { Editions } from '../problems/editions-seen.js'
import type { Finding, Problem } from '../problems/finding.js'
import { mayStillCome } from '../problems/package-denied.js'
import type { Severity } from '../problems/problem.js'
import { jobSite } from './job-site.js'
import { location } from './location.js'
import type { ShownFinding } from './shown-finding.js'

/** What a run comes to. */
export interface Outcome {
  readonly status: 'ready' | 'problems' | 'skipped'
  /** Most severe first. */
  readonly problems: readonly Problem<ShownFinding>[]
  readonly httpStatus: number | undefined
  /** Paths of the files that hold the credentials. */
  readonly authFiles: readonly string[]
  /** They are in `COMPOSER_AUTH` for the later steps. */
  readonly exported: boolean
  /** Whether the repository was asked. */
  readonly asked: boolean
  readonly packagesChecked: number
  readonly packagesDenied: readonly string[]
  /** Of how many of these it was concluded from others of their edition or vendor. */
  readonly packagesConcluded: number
  /** What the account sees, where that was learnt by the way. */
  readonly editions: Editions | undefined
  /** The folder that has no composer.json, where one was looked for. */
  readonly noProject: string | undefined
  /** Hosts that were not asked, and packages that may come from there. */
  readonly unchecked: Unchecked
  /** Composer had a part in this run; else it was for downloads alone. */
  readonly forComposer: boolean
  /** What became of the credentials for downloads; undefined where none were given. */
  readonly downloads: Pick<Downloads, 'host' | 'netrcFile' | 'service'> | undefined
}

/** What is so of a run that did nothing. */
export const NOTHING = {
  httpStatus: undefined,
  asked: false,
  authFiles: [],
  exported: false,
  packagesChecked: 0,
  packagesDenied: [],
  packagesConcluded: 0,
  editions: undefined,
  noProject: undefined,
  unchecked: { hosts: [], packages: [] },
  forComposer: true,
  downloads: undefined,
} as const

/** What problems come to. */
export function statusOf(problems: readonly Problem[]): 'ready' | 'problems' {
  return problems.some(({ severity }) => severity === 'error') ? 'problems' : 'ready'
}

/** The names that these keys cannot fetch, each once. */
export function deniedIn(findings: readonly Finding[]): string[] {
  const denied = findings.flatMap((finding) =>
    finding.code === 'package-denied' && finding.reason !== 'filtered' && !mayStillCome(finding)
      ? finding.packages
      : [],
  )
  return [...new Set(denied)]
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
  /** How many names had no room there; left out where all had some. */
  readonly packagesOmitted?: number
  readonly title: string
  readonly message: string
}

/**
 * What `problems` and `packages-denied` may hold each. A step that takes one into its `env:` cannot be started with a
 * variable above 128 KiB on Linux, and a job's outputs must stay below 1 MB. Bytes.
 */
const ROOM = { output: 60 * 1024, packagesOfOne: 16 * 1024 } as const

/** Sets every output of the contract. Lists that are too long end early, and how much they lack is an output too. */
export function setOutputs(outcome: Outcome, env: NodeJS.ProcessEnv): void {
  const { status, problems, httpStatus, authFiles, packagesChecked, packagesDenied, downloads } = outcome
  const firstError = problems.find(({ severity }) => severity === 'error')
  setOutput('status', status)
  setOutput('problem', firstError?.finding.code ?? '')
  setList('problems', problems, (problem) => JSON.stringify(reported(problem, env)))
  setOutput('http-status', httpStatus ?? '')
  setOutput('auth-file', authFiles.join('\n'))
  setOutput('netrc-file', downloads?.netrcFile ?? '')
  setOutput('packages-checked', packagesChecked)
  setList('packages-denied', packagesDenied, (name) => JSON.stringify(name))
}

/** A list in JSON, as much of it as has room. */
function setList<Item>(
  name: 'problems' | 'packages-denied',
  items: readonly Item[],
  jsonOf: (item: Item) => string,
): void {
  const shown = fitting(items, jsonOf, ROOM.output)
  setOutput(name, `[${shown.join(',')}]`)
  setOutput(`${name}-omitted`, items.length - shown.length)
}

function reported({ finding, severity }: Problem, env: NodeJS.ProcessEnv): ReportedProblem {
  const { file, startLine } = location(finding, env)
  const { title, cause, fix } = explain(finding, jobSite(env))
  const packages = fitting(finding.packages, (name) => name, ROOM.packagesOfOne)
  const omitted = finding.packages.length - packages.length
  return {
    code: finding.code,
    severity,
    host: finding.host ?? null,
    httpStatus: finding.status ?? null,
    file: file ?? null,
    line: startLine ?? null,
    packages,
    ...(omitted === 0 ? {} : { packagesOmitted: omitted }),
    title,
    message: [cause, ...fix].join(' '),
  }
}
