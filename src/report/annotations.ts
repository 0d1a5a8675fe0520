import { type AnnotationProperties, error, notice, warning } from '@actions/core'
import { grouped } from '../collections/grouped.js'
import { explain } from '../problems/catalogue.js'
import type { Finding, Problem } from '../problems/finding.js'
import { NAMED_PACKAGES } from '../problems/phrases.js'
import type { Severity } from '../problems/problem.js'
import { documentationLink } from './documentation-link.js'
import { jobSite } from './job-site.js'
import { location } from './location.js'

/** The runner keeps so many of each type per step. Source: `ExecutionContext.cs`, `_maxIssueCountPerType`. */
const MOST_PER_TYPE = 10
/** The runner cuts a message after 4,096 characters, wherever that is. */
const LONGEST_MESSAGE = 3500
/** As many names as the annotation lists that stands for those without room. */
const NAMED_IN_REST = 10

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
      const { text, shortened } = annotationText(finding, env, elsewhere)
      write(level, text, { title: explain(finding, jobSite(env)).title, ...location(finding, env) })
      if (shortened || finding.packages.length > NAMED_PACKAGES) unsaid.push({ problem, words: shortened })
    }
    const rest = all.slice(shown.length)
    if (rest.length > 0) write(level, restText(rest, env, elsewhere), { title: 'Further problems' })
    unsaid.push(...rest.map((problem) => ({ problem, words: true })))
  }
  return unsaid
}

function write(level: Severity, message: string, properties: AnnotationProperties): void {
  if (level === 'error') error(message, properties)
  else if (level === 'notice') notice(message, properties)
  else warning(message, properties)
}

/** A problem's words as lines: cause, steps, who, and what Composer would say. */
export function problemLines(finding: Finding, env: NodeJS.ProcessEnv): string[] {
  const { cause, fix, who, composerSays } = explain(finding, jobSite(env))
  const steps = fix.length === 1 ? [`Fix: ${fix[0]}`] : fix.map((step, i) => `${i + 1}. ${step}`)
  return [
    cause,
    ...steps,
    `Who: ${who}`,
    ...(composerSays === undefined ? [] : [`Composer would say: ${composerSays}`]),
  ]
}

/** An annotation's message: as much of the words as it bears, and always the link. */
function annotationText(
  finding: Finding,
  env: NodeJS.ProcessEnv,
  elsewhere: string,
): { text: string; shortened: boolean } {
  const lines = problemLines(finding, env)
  const more = `More: ${documentationLink(finding.code, env)}`
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
function restText(rest: readonly Problem[], env: NodeJS.ProcessEnv, elsewhere: string): string {
  const titles = grouped(rest, ({ finding }) => explain(finding, jobSite(env)).title)
  const lines = [...titles].map(([title, all]) => {
    const names = [...new Set(all.flatMap(({ finding }) => subjectsOf(finding)))]
    const shown = names.slice(0, NAMED_IN_REST).join(', ')
    const further = names.length > NAMED_IN_REST ? ` and ${names.length - NAMED_IN_REST} more` : ''
    return `- ${title}${all.length > 1 ? ` (${all.length} times)` : ''}${shown === '' ? '' : `: ${shown}${further}`}`
  })
  const start = `${rest.length} more: see ${elsewhere}. GitHub shows ten annotations of a kind.\n`
  return start + cutAtLine(lines, LONGEST_MESSAGE - start.length).trimEnd()
}

/** What a problem is about: packages, else a host. */
function subjectsOf(finding: Finding): readonly string[] {
  if (finding.packages.length > 0) return finding.packages
  return finding.host === undefined ? [] : [finding.host]
}
