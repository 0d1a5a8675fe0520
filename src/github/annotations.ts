import { type AnnotationProperties, error, notice, warning } from '@actions/core'
import { grouped } from '../grouped.js'
import { explain, titleOf } from '../problems/catalogue.js'
import type { Finding, Problem, Severity } from '../problems/finding.js'
import { documentationLink } from './documentation-link.js'
import { place } from './place.js'
import { packagesOf } from './report.js'

/** The runner keeps so many of each type per step. Source: `ExecutionContext.cs`, `_maxIssueCountPerType`. */
const MOST_PER_TYPE = 10
/** The runner cuts a message after 4,096 characters, wherever that is. */
const LONGEST_MESSAGE = 3500

/** What decides how problems are shown. */
export interface AnnotationOptions {
  /** False shows an error as a warning; its severity stays. */
  readonly failOnError: boolean
  readonly jobSummary: boolean
}

/** A problem of which an annotation does not say everything: not all its packages, or not all its words. */
export interface Unsaid {
  readonly problem: Problem
  readonly words: boolean
}

/**
 * Writes one annotation per problem, the most severe first. Where there are more than the runner keeps, the last one names
 * the others.
 *
 * @returns the problems of which the annotations do not say everything
 */
export function annotate(
  problems: readonly Problem[],
  { failOnError, jobSummary }: AnnotationOptions,
  env: NodeJS.ProcessEnv,
): Unsaid[] {
  const elsewhere = jobSummary ? 'the job summary' : 'the log of this step'
  const unsaid: Unsaid[] = []
  const levels = grouped(problems, ({ severity }) => (severity === 'error' && !failOnError ? 'warning' : severity))
  for (const [level, all] of levels) {
    const shown = all.length > MOST_PER_TYPE ? all.slice(0, MOST_PER_TYPE - 1) : all
    for (const problem of shown) {
      const { finding } = problem
      const { text, shortened } = annotationText(finding, documentationLink(finding.code, env), elsewhere)
      write(level, text, { title: titleOf(finding.code), ...place(finding, env) })
      if (shortened || packagesOf(finding).length > NAMED_PACKAGES) unsaid.push({ problem, words: shortened })
    }
    const rest = all.slice(shown.length)
    if (rest.length > 0) write(level, restText(rest, elsewhere), { title: 'Further problems' })
    unsaid.push(...rest.map((problem) => ({ problem, words: true })))
  }
  return unsaid
}

/** As many packages as the words of a problem name. */
export const NAMED_PACKAGES = 10

function write(level: Severity, message: string, properties: AnnotationProperties): void {
  if (level === 'error') error(message, properties)
  else if (level === 'notice') notice(message, properties)
  else warning(message, properties)
}

/** A problem's words as lines: what, Composer's words, why, steps, who, what to show them. */
export function problemLines(finding: Finding): string[] {
  const { what, composerSays, why, fix, who, evidence = [] } = explain(finding)
  const steps =
    fix.length === 1 ? [`To fix it: ${fix[0]}`] : ['To fix it:', ...fix.map((step, i) => `${i + 1}. ${step}`)]
  return [
    what,
    ...(composerSays === undefined ? [] : [`Composer says: ${composerSays}`]),
    `Why: ${why}`,
    ...steps,
    `Who can: ${who}`,
    ...(evidence.length === 0
      ? []
      : [`Show them: ${evidence.map(({ name, value }) => `${name} ${value}`).join('; ')}`]),
  ]
}

/** An annotation's message: as much of the words as it bears, and always the link. */
function annotationText(finding: Finding, link: string, elsewhere: string): { text: string; shortened: boolean } {
  const lines = problemLines(finding)
  const more = `More: ${link}`
  const whole = [...lines, more].join('\n')
  if (whole.length <= LONGEST_MESSAGE) return { text: whole, shortened: false }
  const end = `Shortened: ${elsewhere} has the rest.\n${more}`
  return { text: `${cutAtLine(lines, LONGEST_MESSAGE - end.length)}${end}`, shortened: true }
}

/** As many whole lines as there is room for, of the next one whole sentences, each with a line break. */
function cutAtLine(lines: readonly string[], room: number): string {
  let text = ''
  for (const line of lines) {
    if (text.length + line.length + 1 > room) return text + cutAtSentence(line, room - text.length - 1)
    text += `${line}\n`
  }
  return text
}

/** Whole sentences of a line, else whole words; nothing where not even one fits. */
function cutAtSentence(line: string, room: number): string {
  const head = line.slice(0, Math.max(0, room))
  const sentences = /^.*[.!?](?=\s)/s.exec(head)?.[0]
  if (sentences !== undefined) return `${sentences}\n`
  const space = head.lastIndexOf(' ')
  return space <= 0 ? '' : `${head.slice(0, space)} …\n`
}

/** Names the problems for which the runner has no room: each title once, with how often and where. */
function restText(rest: readonly Problem[], elsewhere: string): string {
  const codes = grouped(rest, ({ finding }) => finding.code)
  const lines = [...codes].map(([code, all]) => {
    const names = [...new Set(all.flatMap(({ finding }) => subjectsOf(finding)))]
    const shown = names.slice(0, NAMED_PACKAGES).join(', ')
    const further = names.length > NAMED_PACKAGES ? ` and ${names.length - NAMED_PACKAGES} more` : ''
    return `- ${titleOf(code)}${all.length > 1 ? ` (${all.length} times)` : ''}${shown === '' ? '' : `: ${shown}${further}`}`
  })
  const start = `${rest.length} more: see ${elsewhere}. GitHub shows ten annotations of a kind.\n`
  return start + cutAtLine(lines, LONGEST_MESSAGE - start.length).trimEnd()
}

/** What a problem is about: packages, else a host. */
function subjectsOf(finding: Finding): readonly string[] {
  const packages = packagesOf(finding)
  if (packages.length > 0) return packages
  return 'host' in finding && finding.host !== '' ? [finding.host] : []
}
