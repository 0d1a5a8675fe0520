import { debug, summary } from '@actions/core'
import { fitting } from '../bounds/fitting.js'
import { explain } from '../problems/catalogue.js'
import type { Problem } from '../problems/finding.js'
import type { Evidence, Facts } from '../problems/problem.js'
import { documentationLink } from './documentation-link.js'
import { downloadsHeading, downloadsRow } from './downloads-summary.js'
import { jobSite } from './job-site.js'
import { location } from './location.js'
import { code, type Links, link, text } from './markdown.js'
import { uncheckedCell } from './not-checked.js'
import type { Outcome } from './outcome.js'
import { lineUrl, wordLinks } from './repository-links.js'

/** What the summary says besides the outcome. */
export interface SummaryFacts {
  /** Of the repository that the keys are for; undefined where the inputs could not be read. */
  readonly host: string | undefined
  readonly cleanup: boolean
  readonly failOnError: boolean
}

/** GitHub takes 1 MiB and drops a longer summary whole; the parts below stay under it together. Bytes. */
const ROOM = { problems: 400 * 1024, further: 50 * 1024, packages: 400 * 1024 } as const
const MARK = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const
/** Vendors beyond these are counted. */
const NAMED_VENDORS = 8

/** Writes the report to the job summary. A summary that cannot be written is not worth a failing step. */
export async function writeSummary(outcome: Outcome, facts: SummaryFacts, env: NodeJS.ProcessEnv): Promise<void> {
  if ((env.GITHUB_STEP_SUMMARY ?? '') === '') return
  try {
    await summary.addRaw(summaryMarkdown(outcome, facts, env), true).write()
  } catch {
    debug('The job summary was not written: the file that GITHUB_STEP_SUMMARY names is missing or cannot be written.')
  }
}

/**
 * The report as GitHub-flavoured Markdown, below 1 MiB: first what is wrong and how to fix it, then the facts. Everything
 * that is not a fixed text of ours is escaped.
 */
export function summaryMarkdown(outcome: Outcome, facts: SummaryFacts, env: NodeJS.ProcessEnv): string {
  const { problems, status } = outcome
  const links = wordLinks(env)
  const alone = problems.length === 1
  const shown = fitting(problems, (problem) => section(problem, alone, links, env), ROOM.problems)
  const rest = problems.slice(shown.length)
  return [
    `### ${heading(outcome, facts, env)}`,
    '',
    ...(status === 'problems' && !facts.failOnError
      ? ['This step passes nevertheless, because of `fail-on-error: false`.', '']
      : []),
    ...(status === 'skipped' ? [whySkipped(outcome, facts), ''] : []),
    ...(problems.length > 1 ? overview(problems, env) : []),
    ...shown,
    ...folded(`${rest.length} further problems`, rest, (problem) => oneLineOf(problem, links, env), ROOM.further),
    ...table(rows(outcome, facts)),
    ...everyPackage(problems),
  ].join('\n')
}

/** The first line, which is all that many read: the cause. */
function heading(outcome: Outcome, { host }: SummaryFacts, env: NodeJS.ProcessEnv): string {
  const { status, problems, asked, packagesChecked, forComposer, downloads } = outcome
  if (status === 'skipped') return `⏭️ Magento Composer Auth: skipped, this run has no ${lacking(outcome)}`
  const [first] = problems
  if (first !== undefined) {
    const { title } = explain(first.finding, jobSite(env))
    const further = problems.length - 1
    return `${MARK[first.severity]} ${title}${further === 0 ? '' : `, and ${further} further ${further === 1 ? 'problem' : 'problems'}`}`
  }
  if (!forComposer && downloads !== undefined) return `✅ ${downloadsHeading(downloads)}`
  if (!asked && packagesChecked === 0) return '✅ Composer has its credentials (not checked)'
  return packagesChecked > 0
    ? `✅ Composer can fetch what it needs: ${packagesChecked} ${packagesChecked === 1 ? 'package' : 'packages'} checked`
    : `✅ Composer can sign in to ${text(host ?? 'the repository')}`
}

function lacking({ forComposer }: Outcome): string {
  return forComposer ? 'keys' : 'complete credentials for downloads'
}

function whySkipped({ forComposer }: Outcome, { host }: SummaryFacts): string {
  if (!forComposer) {
    return 'GitHub passed only one of MAGEID and download token to this run, as in pull requests from forks, and `if-keys-missing` allows that. Nothing was written and nothing was checked. Skip the steps that need the downloads when the output `status` is `skipped`.'
  }
  return `GitHub passed no keys for ${text(host ?? 'the repository')} to this run, as in pull requests from forks, and \`if-keys-missing\` allows that. Nothing was written and nothing was checked. Skip the steps that need the keys when the output \`status\` is \`skipped\`, or use a public mirror in such runs.`
}

/** What the problems are about, one a line. */
function overview(problems: readonly Problem[], env: NodeJS.ProcessEnv): string[] {
  const lines = fitting(
    problems,
    ({ finding, severity }) => `| ${MARK[severity]} ${explain(finding, jobSite(env)).title} | ${subject(finding)} |`,
    ROOM.further,
  )
  return ['| Problem | About |', '| :-- | :-- |', ...lines, '']
}

/** Names and values, where there are any. The first of them is the head, which a table must have. */
function table(rows: readonly (readonly [name: string, value: string])[]): string[] {
  const [head, ...others] = rows.map(([name, value]) => `| ${name} | ${value} |`)
  return head === undefined ? [] : [head, '| :-- | :-- |', ...others, '']
}

function rows(outcome: Outcome, facts: SummaryFacts): [string, string][] {
  const { downloads, forComposer } = outcome
  return [
    ...(forComposer ? composerRows(outcome, facts) : []),
    ...(downloads === undefined ? [] : [downloadsRow(downloads, facts.cleanup)]),
  ]
}

function checkedCell({ packagesChecked, packagesDenied: { length: denied }, packagesConcluded }: Outcome): string {
  if (denied === 0) return `${packagesChecked}`
  const concluded = packagesConcluded === 0 ? '' : ` (${packagesConcluded} concluded from others of their group)`
  return `${packagesChecked}, of which ${denied} cannot be fetched${concluded}`
}

function composerRows(outcome: Outcome, { host, cleanup }: SummaryFacts): [string, string][] {
  const { status, httpStatus, asked, packagesChecked, editions, unchecked, noProject } = outcome
  if (status === 'skipped' || host === undefined) return []
  const rows: [string, string][] = [
    ['Repository', `${code(host)}${asked ? `: packages.json answered ${httpStatus ?? 'nothing'}` : ', not asked'}`],
  ]
  if (editions !== undefined) rows.push(['This account sees', sees(editions)])
  if (noProject !== undefined) {
    const checked = packagesChecked === 0 ? 'access was' : 'access and the input `packages` were'
    const only = httpStatus === undefined ? 'no project was' : `only ${checked}`
    rows.push(['Project', `no composer.json in ${code(noProject)}: ${only} checked`])
  }
  if (packagesChecked > 0) rows.push(['Packages checked', checkedCell(outcome)])
  const notChecked = uncheckedCell(unchecked)
  if (notChecked !== '') rows.push(['Not checked', notChecked])
  rows.push(['Credentials', whereabouts(outcome, cleanup)])
  return rows
}

function whereabouts({ authFiles, exported }: Outcome, cleanup: boolean): string {
  const places = [...authFiles.map(code), ...(exported ? [`${code('COMPOSER_AUTH')} of the later steps`] : [])]
  if (places.length === 0) return 'not written'
  return `in ${places.join(', ')}, ${cleanup ? 'removed after the job' : 'left there after the job (`cleanup: false`)'}`
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

/** @param alone the heading of the summary is this problem's title already */
function section({ finding, severity }: Problem, alone: boolean, links: Links, env: NodeJS.ProcessEnv): string {
  const { title, cause, fix, who, composerSays, background, evidence } = explain(finding, jobSite(env))
  return [
    ...(alone ? [] : [`#### ${MARK[severity]} ${title}${about(finding)}`, '']),
    `${text(cause, links)}${placeOf(finding, env)}`,
    '',
    ...fix.map((step, index) => `${index + 1}. ${text(step, links)}`),
    '',
    `**Who:** ${text(who, links)}`,
    '',
    ...(composerSays === undefined ? [] : [`> Composer would say: ${code(composerSays)}`, '']),
    ...(background === undefined ? [] : [text(background, links), '']),
    ...(evidence === undefined ? [] : forTheRecords(evidence)),
    `More about ${link(code(finding.code), documentationLink(finding.code, env))}`,
    '',
  ].join('\n')
}

function placeOf(finding: Facts, env: NodeJS.ProcessEnv): string {
  const { file, startLine } = location(finding, env)
  if (file === undefined) return ''
  const words = `${code(file)}${startLine === undefined ? '' : `, line ${startLine}`}`
  const url = lineUrl(file, startLine, env)
  return url === undefined ? ` (${words})` : ` (<a href="${url}">${words}</a>)`
}

function forTheRecords(evidence: readonly Evidence[]): string[] {
  return [
    '<details><summary>For the records of whoever runs network or server</summary>',
    '',
    ...table(evidence.map(({ name, value }) => [text(name), code(value)])),
    '</details>',
    '',
  ]
}

/** What a problem is about: its packages, else its host. */
function subject({ packages, host }: Facts): string {
  const [first, ...others] = packages
  if (first === undefined) return host === undefined ? '' : code(host)
  return `${code(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`
}

/** What tells a problem from others with the same title. */
function about(finding: Facts): string {
  return finding.packages.length === 0 ? '' : `: ${subject(finding)}`
}

function oneLineOf({ finding, severity }: Problem, links: Links, env: NodeJS.ProcessEnv): string {
  const { title, cause } = explain(finding, jobSite(env))
  return `- ${MARK[severity]} ${title}: ${text(cause, links)}`
}

/** Every package that a problem names, folded: the words of a problem name the first ones only. */
function everyPackage(problems: readonly Problem[]): string[] {
  const named = problems.flatMap(({ finding, severity }) =>
    finding.packages.map((name) => ({ name, severity, about: finding.code })),
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
