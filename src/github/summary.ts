import { debug, summary } from '@actions/core'
import { explain, titleOf } from '../problems/catalogue.js'
import type { Finding, Problem } from '../problems/finding.js'
import { documentationLink } from './documentation-link.js'
import { code, link, text } from './markdown.js'
import { place } from './place.js'
import { type Outcome, packagesOf } from './report.js'
import { fitting } from './room.js'

/** What the summary says besides the outcome. */
export interface SummaryFacts {
  readonly host: string
  readonly cleanup: boolean
  readonly failOnError: boolean
}

/** GitHub takes 1 MiB and drops a longer summary whole; the parts below stay under it together. Bytes. */
const ROOM = { problems: 400 * 1024, further: 50 * 1024, packages: 400 * 1024 } as const
const MARK = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const
/** Vendors and hosts beyond these are counted. */
const NAMED_VENDORS = 8
const NAMED_HOSTS = 20

/** Writes the report to the job summary. A summary that cannot be written is not worth a failing step. */
export async function writeSummary(outcome: Outcome, facts: SummaryFacts, env: NodeJS.ProcessEnv): Promise<void> {
  if ((env.GITHUB_STEP_SUMMARY ?? '') === '') return
  try {
    await summary.addRaw(summaryMarkdown(outcome, facts, env), true).write()
  } catch {
    debug('The job summary was not written: the file that GITHUB_STEP_SUMMARY names is missing or cannot be written.')
  }
}

/** The report as GitHub-flavoured Markdown, below 1 MiB. Everything that is not a fixed text of ours is escaped. */
export function summaryMarkdown(outcome: Outcome, facts: SummaryFacts, env: NodeJS.ProcessEnv): string {
  const { problems, status } = outcome
  const shown = fitting(problems, (problem) => section(problem, env), ROOM.problems)
  const rest = problems.slice(shown.length)
  return [
    `### ${verdict(outcome)}`,
    '',
    ...(status === 'problems' && !facts.failOnError
      ? ['This step passes all the same, as `fail-on-error: false` says.', '']
      : []),
    ...table(rows(outcome, facts)),
    ...shown,
    ...folded(`${rest.length} further problems`, rest, oneLineOf, ROOM.further),
    ...everyPackage(problems),
  ].join('\n')
}

/** The first line, which is all that many read. */
function verdict({ status, problems, asked }: Outcome): string {
  const title = 'Magento Composer Auth:'
  switch (status) {
    case 'problems': {
      const errors = problems.filter(({ severity }) => severity === 'error').length
      return `❌ ${title} Composer will fail${errors > 1 ? `, for ${errors} reasons` : ''}`
    }
    case 'skipped':
      return `⏭️ ${title} skipped, no keys`
    case 'ready':
      if (problems.some(({ severity }) => severity === 'warning'))
        return `⚠️ ${title} nothing that must fail, but look below`
      return asked ? `✅ ${title} Composer can sign in` : `✅ ${title} credentials written, not checked`
  }
}

/** Names and values; the first pair is the head, since Markdown has no table without one. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const [head, ...rest] = rows.map(([name, value]) => `| ${name} | ${value} |`)
  return head === undefined ? [] : [head, '| :-- | :-- |', ...rest, '']
}

function rows(outcome: Outcome, { host, cleanup }: SummaryFacts): [string, string][] {
  const { httpStatus, asked, packagesChecked, packagesDenied, editions, unchecked } = outcome
  const rows: [string, string][] = [
    ['Repository', code(host)],
    ['Asked for packages.json', asked ? `HTTP ${httpStatus ?? '– (no answer)'}` : 'not asked'],
  ]
  if (editions !== undefined) rows.push(['This account sees', sees(editions)])
  if (packagesChecked > 0) {
    const denied = packagesDenied.length === 0 ? '' : `, ${packagesDenied.length} of them cannot be fetched`
    rows.push(['Packages checked', `${packagesChecked}${denied}`])
  }
  if (unchecked.length > 0)
    rows.push(['Not checked', `${uncheckedHosts(unchecked)}: headers, a certificate or a token`])
  rows.push(['Credentials', whereabouts(outcome, cleanup)])
  return rows
}

function uncheckedHosts(hosts: readonly string[]): string {
  const further = hosts.length > NAMED_HOSTS ? ` and ${hosts.length - NAMED_HOSTS} more` : ''
  return `${hosts.slice(0, NAMED_HOSTS).map(code).join(', ')}${further}`
}

function whereabouts({ status, authFiles, exported }: Outcome, cleanup: boolean): string {
  const places = [...authFiles.map(code), ...(exported ? [`${code('COMPOSER_AUTH')} of the later steps`] : [])]
  if (places.length === 0) return status === 'skipped' ? 'none written' : 'not written'
  return `in ${places.join(', ')}, ${cleanup ? 'taken away after the job' : 'left there after the job (`cleanup: false`)'}`
}

function sees({ products, vendors }: NonNullable<Outcome['editions']>): string {
  const total = vendors.reduce((sum, { packages }) => sum + packages, 0)
  const named = vendors.slice(0, NAMED_VENDORS).map(({ vendor, packages }) => `${code(vendor)} ${packages}`)
  const further = vendors.length > NAMED_VENDORS ? ` and ${vendors.length - NAMED_VENDORS} more` : ''
  const extensions = `${total === 0 ? 'no' : total} ${total === 1 ? 'package' : 'packages'} of other vendors`
  return [
    products.length === 0 ? 'no Magento edition' : products.join(', '),
    total === 0 ? extensions : `${extensions} (${named.join(', ')}${further})`,
  ].join('; ')
}

function section({ finding, severity }: Problem, env: NodeJS.ProcessEnv): string {
  const { what, composerSays, why, fix, who, evidence = [] } = explain(finding)
  const { file, startLine } = place(finding, env)
  const line = startLine === undefined ? '' : `, line ${startLine}`
  return [
    `#### ${MARK[severity]} ${titleOf(finding.code)}${subject(finding)}`,
    '',
    `${text(what)}${file === undefined ? '' : ` (${code(file)}${line})`}`,
    '',
    ...(composerSays === undefined ? [] : [`> Composer says: ${code(composerSays)}`, '']),
    text(why),
    '',
    '**To fix it**',
    '',
    ...fix.map((step, index) => `${index + 1}. ${text(step)}`),
    '',
    `**Who can:** ${text(who)}`,
    '',
    ...(evidence.length === 0
      ? []
      : ['**Show them:**', '', ...table(evidence.map(({ name, value }) => [text(name), code(value)]))]),
    `More about ${link(code(finding.code), documentationLink(finding.code, env))}`,
    '',
  ].join('\n')
}

/** What tells a problem from others with the same title. */
function subject(finding: Finding): string {
  const [first, ...others] = packagesOf(finding)
  if (first === undefined) return ''
  return `: ${code(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`
}

function oneLineOf({ finding, severity }: Problem): string {
  return `- ${MARK[severity]} ${titleOf(finding.code)}: ${text(explain(finding).what)}`
}

/** Every package that a problem names, folded: the words of a problem name the first ten. */
function everyPackage(problems: readonly Problem[]): string[] {
  const named = problems.flatMap(({ finding, severity }) =>
    packagesOf(finding).map((name) => ({ name, severity, about: finding.code })),
  )
  const row = ({ name, severity, about }: (typeof named)[number]) =>
    `| ${MARK[severity]} | ${code(name)} | ${code(about)} |`
  if (named.length < 2) return []
  return folded(`The ${named.length} packages that these problems are about`, named, row, ROOM.packages, [
    '| | Package | Problem |',
    '| :-- | :-- | :-- |',
  ])
}

/** Lines behind a title that opens them, as many as there is room for; nothing where there are none. */
function folded<Item>(
  title: string,
  items: readonly Item[],
  lineOf: (item: Item) => string,
  room: number,
  head: readonly string[] = [],
): string[] {
  if (items.length === 0) return []
  const shown = fitting(items, lineOf, room)
  const part = shown.length < items.length ? ` (the first ${shown.length} are shown)` : ''
  return [`<details><summary>${title}${part}</summary>`, '', ...head, ...shown, '', '</details>', '']
}
