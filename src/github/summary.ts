import { debug, summary } from '@actions/core'
import { explain, titleOf } from '../problems/catalogue.js'
import type { Finding, Problem } from '../problems/finding.js'
import { documentationLink } from './documentation-link.js'
import type { Outcome } from './report.js'

/** What the summary says besides the problems. */
export interface SummaryFacts {
  readonly host: string
  readonly cleanup: boolean
}

const MARK = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const

/** Writes the report to the job summary. A summary that cannot be written is not worth a failing step. */
export async function writeSummary(outcome: Outcome, facts: SummaryFacts, env: NodeJS.ProcessEnv): Promise<void> {
  if ((env.GITHUB_STEP_SUMMARY ?? '') === '') return
  try {
    await summary.addRaw(summaryMarkdown(outcome, facts, env), true).write()
  } catch {
    debug('The job summary was not written: the file that GITHUB_STEP_SUMMARY names is missing or cannot be written.')
  }
}

/** The report as GitHub-flavoured Markdown. Everything that is not a fixed text of ours is escaped. */
export function summaryMarkdown(outcome: Outcome, facts: SummaryFacts, env: NodeJS.ProcessEnv): string {
  const { status, problems, httpStatus } = outcome
  const rows: [string, string][] = [
    ['Repository', code(facts.host)],
    ['Asked for packages.json', outcome.asked ? `HTTP ${httpStatus ?? '– (no answer)'}` : 'not asked'],
    ...(outcome.packagesChecked === 0
      ? []
      : [['Packages checked', String(outcome.packagesChecked)] as [string, string]]),
    ['Credentials', credentials(outcome, facts.cleanup)],
  ]
  const verdict = {
    ready: problems.some(({ severity }) => severity === 'warning')
      ? '⚠️ Nothing that must fail, but look below'
      : outcome.asked
        ? '✅ Composer can sign in'
        : '✅ Credentials written, not checked',
    problems: '❌ Composer will fail',
    skipped: '⏭️ Skipped: no keys',
  }[status]
  return [
    `### Magento Composer Auth: ${verdict}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    '',
    ...problems.flatMap((problem) => section(problem, env)),
  ].join('\n')
}

function section({ finding, severity }: Problem, env: NodeJS.ProcessEnv): string[] {
  const { what, composerSays, why, fix, who } = explain(finding)
  const link = documentationLink(finding.code, env)
  return [
    `#### ${MARK[severity]} ${titleOf(finding.code)}`,
    '',
    escaped(what),
    '',
    ...(composerSays === undefined ? [] : [`Composer says: ${code(composerSays)}`, '']),
    escaped(why),
    '',
    ...everyPackage(finding),
    ...fix.map((step, index) => `${index + 1}. ${escaped(step)}`),
    '',
    `**Who can:** ${escaped(who)}`,
    '',
    link.startsWith('https://') ? `[About ${code(finding.code)}](${link})` : `More: ${code(link)}`,
    '',
  ]
}

/** So many names fit into a summary beside everything else: GitHub takes 1 MiB. */
const LONGEST_LIST = 5000

/** All packages of a finding whose words name only the first ten, folded. */
function everyPackage(finding: Finding): string[] {
  if (!('packages' in finding) || finding.packages.length <= 10) return []
  const names = finding.packages.slice(0, LONGEST_LIST).map(code)
  const all = finding.packages.length > LONGEST_LIST ? `The first ${LONGEST_LIST} of` : 'All'
  return [
    `<details><summary>${all} ${finding.packages.length} packages</summary>`,
    '',
    names.join('<br>'),
    '',
    '</details>',
    '',
  ]
}

function credentials({ status, authFiles, exported }: Outcome, cleanup: boolean): string {
  const places = [...authFiles.map(code), ...(exported ? [`${code('COMPOSER_AUTH')} of the later steps`] : [])]
  if (places.length > 0)
    return `in ${places.join(', ')}; ${cleanup ? 'taken away after the job' : 'left there after the job (`cleanup: false`)'}`
  return status === 'skipped' ? 'none written' : 'not written'
}

/** Our sentences may hold a server's words and paths: all of Markdown and HTML but our own backticks is escaped. */
function escaped(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part, index) =>
      index % 2 === 1 ? code(part.slice(1, -1)) : part.replace(/[\\*_[\]<>#|~!&@]/g, (c) => `&#${c.charCodeAt(0)};`),
    )
    .join('')
}

/** A code span, in HTML: backticks and pipes in a Markdown one cannot be escaped inside a table. */
function code(text: string): string {
  return `<code>${text.replace(/[^\p{L}\p{N} .,:/-]/gu, (c) => `&#${c.codePointAt(0)};`)}</code>`
}
