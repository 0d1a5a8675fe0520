import { grouped } from '../collections/grouped.js'
import { isAmong, NO_VERSION } from '../composer/installed/composer-versions.js'
import { failsCommand, isWaitedFor } from '../problems/at-server.js'
import { bySeverity, isByCredentials, severityOf, stopsAt } from '../problems/catalogue.js'
import type { CredentialsMissing } from '../problems/credentials-missing.js'
import type { OverriddenFailure } from '../problems/credentials-overridden.js'
import type { EmptyAndLeftOut } from '../problems/empty-credentials.js'
import type { Finding, Problem } from '../problems/finding.js'
import type { KeyShape } from '../problems/key-shape-words.js'
import { NOTHING_KNOWN, type Circumstances as Weighing } from '../problems/problem.js'

/** What is known when the findings of a run are weighed. */
export interface Circumstances extends Omit<Weighing, 'rejected'> {
  /** The repository that the keys are for was asked for something, if need be without any keys. */
  readonly mainAsked: boolean
}

/** Findings with their severities, most severe first; what merely follows from another is left to that one. */
export function weigh(findings: readonly Finding[], circumstances: Circumstances): Problem[] {
  const rejecting = findings.filter(
    (finding) => finding.code === 'keys-rejected' && (failsCommand(finding) || stopsAt(finding, circumstances.version)),
  )
  const hosts = new Set(rejecting.map(({ host }) => host))
  const weighed = findings.map((finding) => ({
    finding,
    severity: severityOf(finding, { ...circumstances, rejected: hosts.has(finding.host) }),
  }))
  const own = blamed(foldedIntoEmpty(foldedIntoMissing(weighed, circumstances.mainAsked)))
  return inOrder(withoutFollowUps(foldedIntoSection(withoutIdleDoubts(foldedIntoShape(own)))))
}

/**
 * What a host answers to nobody is what missing keys mean, and is said once. Where it lets nobody's requests through, or is
 * not asked for anything since others come before it, Composer needs no keys.
 */
function foldedIntoMissing(problems: readonly Problem[], asked: boolean): readonly Problem[] {
  const missing = problems.find(({ finding, severity }) => severity === 'error' && areNoKeys(finding))
  if (missing?.finding.code !== 'keys-missing') return problems
  const { host } = missing.finding
  const others = new Set(problems.filter((problem) => problem !== missing && problem.finding.host === host))
  const works = asked && [...others].every(({ severity }) => severity !== 'error')
  return problems.flatMap((problem): Problem[] => {
    if (problem === missing) return [{ ...problem, severity: works ? 'warning' : 'error' }]
    return others.has(problem) && isByCredentials(problem.finding) ? [] : [problem]
  })
}

/** An entry for another host that holds nothing was left out: what that host refuses without it, it explains. */
function foldedIntoEmpty(problems: readonly Problem[]): readonly Problem[] {
  const emptied = problems.filter(({ finding }) => isLeftOut(finding) && !finding.areKeys)
  const hosts = new Set(emptied.map(({ finding }) => finding.host))
  const folded = problems.filter(
    (problem) => hosts.has(problem.finding.host) && !emptied.includes(problem) && isByCredentials(problem.finding),
  )
  const byHost = grouped(folded, ({ finding }) => finding.host)
  const gone = new Set(folded)
  return problems.flatMap((problem): Problem[] => {
    const { finding } = problem
    if (gone.has(problem)) return []
    const [first] = byHost.get(finding.host) ?? []
    if (first === undefined || !isLeftOut(finding) || finding.areKeys) return [problem]
    const failures = byHost.get(finding.host) ?? []
    const { severity, finding: failure } = failures.find(isError) ?? first
    const packages = [...new Set(failures.flatMap((one) => one.finding.packages))]
    const url = 'url' in failure ? failure.url : undefined
    const place = finding.place ?? failure.place
    return [{ severity, finding: { ...finding, status: failure.status, url, packages, place } }]
  })
}

/** Whether a finding says that there are no keys for the repository of `repository-url`. */
function areNoKeys(finding: Finding): boolean {
  return finding.code === 'keys-missing' && (finding.reason === 'inputs' || (isLeftOut(finding) && finding.areKeys))
}

function isLeftOut(finding: Finding): finding is EmptyAndLeftOut {
  return finding.code === 'keys-missing' && finding.reason === 'left-out'
}

/**
 * One verdict from several: where versions of Composer hold different credentials, and which is installed is not known.
 * They agree, and the newest version's speaks; or what fails for one of them alone is a warning.
 */
export function agreed(verdicts: readonly (readonly Problem[])[]): readonly Problem[] {
  const [newest = [], ...others] = verdicts
  const fails = (problems: readonly Problem[]) => problems.some(isError)
  if (others.every((other) => fails(other) === fails(newest))) return newest
  const failing = verdicts.find(fails) ?? []
  const errors = verdicts.map((problems) => new Set(problems.filter(isError).map(({ finding }) => textOf(finding))))
  const always = ({ finding }: Problem) => errors.every((texts) => texts.has(textOf(finding)))
  return inOrder(
    failing.map((problem) =>
      problem.severity === 'error' && !always(problem) ? { ...problem, severity: 'warning' } : problem,
    ),
  )
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

/** A finding with all that it says, to be compared with others, of which there may be thousands. */
function textOf(finding: Finding): string {
  return JSON.stringify(finding)
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(bySeverity)
}

/** A key that is something else explains why it is rejected: one problem, which says both. */
function foldedIntoShape(problems: readonly Problem[]): readonly Problem[] {
  const rejections = new Map(
    problems.flatMap((problem) =>
      problem.finding.code === 'keys-rejected' && problem.severity === 'error'
        ? [[problem.finding.host, problem.finding] as const]
        : [],
    ),
  )
  const explained = new Set(
    problems.flatMap(({ finding, severity }) =>
      finding.code === 'keys-malformed' && severity === 'error' && rejections.has(finding.host) ? [finding.host] : [],
    ),
  )
  return problems.flatMap((problem): Problem[] => {
    const { finding, severity } = problem
    if (finding.code === 'keys-rejected' && severity === 'error' && explained.has(finding.host)) return []
    if (finding.code !== 'keys-malformed' || severity !== 'error' || !explained.has(finding.host)) return [problem]
    const rejection = rejections.get(finding.host)
    const place = finding.place ?? rejection?.place
    return [{ ...problem, finding: { ...finding, status: rejection?.status, rejectedAt: rejection?.url, place } }]
  })
}

/** What Composer holds for a host is none of ours to judge by its look while the host takes it, where that is asked. */
function withoutIdleDoubts(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ finding, severity }) =>
      finding.code !== 'keys-malformed' || finding.other === undefined || finding.unasked || severity === 'error',
  )
}

/** Where the installed Composer does not read a host's credentials, that is why it holds none. */
function foldedIntoSection(problems: readonly Problem[]): readonly Problem[] {
  const ofReason = (...reasons: readonly CredentialsMissing['reason'][]) =>
    new Map(
      problems.flatMap((problem) => {
        const { finding } = problem
        return finding.code === 'credentials-missing' && reasons.includes(finding.reason)
          ? [[finding.host, problem]]
          : []
      }),
    )
  const [unheld, unread] = [ofReason('none-held'), ofReason('unknown-section', 'replaced-section')]
  return problems.flatMap((problem): Problem[] => {
    const { finding } = problem
    const host = finding.host ?? ''
    if (problem === unheld.get(host) && unread.has(host)) return []
    if (problem !== unread.get(host)) return [problem]
    const { status, place, packages } = unheld.get(host)?.finding ?? finding
    return [
      {
        finding: { ...finding, status, place, packages } as Finding,
        severity: unheld.get(host)?.severity ?? problem.severity,
      },
    ]
  })
}

/** What may come from a repository at which Composer stops, over http or in a folder that is missing, is not worth a warning of its own. */
function withoutFollowUps(problems: readonly Problem[]): readonly Problem[] {
  const closed = problems.some(
    ({ finding, severity }) =>
      severity === 'error' &&
      (finding.code === 'insecure-url' || (finding.code === 'manifest-invalid' && finding.reason === 'missing-folder')),
  )
  if (!closed) return problems
  return problems.filter(({ finding, severity }) => finding.code !== 'package-denied' || severity === 'error')
}

/**
 * Where Composer uses other credentials than the given ones, what those fail with is said once, with the place that they
 * come from: it is the one thing to mend.
 */
function blamed(problems: readonly Problem[]): Problem[] {
  const hosts = new Set(
    problems.flatMap(({ finding }) => (finding.code === 'credentials-overridden' ? [finding.host] : [])),
  )
  const failures = problems.filter(
    ({ finding, severity }) =>
      severity === 'error' && finding.host !== undefined && hosts.has(finding.host) && isByCredentials(finding),
  )
  const folded = new Set(failures)
  const byHost = grouped(failures, ({ finding }) => finding.host)
  return problems.flatMap((problem): Problem[] => {
    const { finding } = problem
    if (folded.has(problem)) return []
    if (finding.code !== 'credentials-overridden') return [problem]
    const own = byHost.get(finding.host) ?? []
    const doubt = problems.find((one) => one.finding.code === 'keys-malformed' && one.finding.host === finding.host)
    const shape = doubt?.finding.code === 'keys-malformed' && doubt.finding.other ? doubt.finding.shape : undefined
    const fails = failureOf(
      own.map((failure) => failure.finding),
      shape,
    )
    return fails === undefined ? [problem] : [{ finding: { ...finding, fails }, severity: 'error' }]
  })
}

function failureOf(findings: readonly Finding[], shape: KeyShape | undefined): OverriddenFailure | undefined {
  const [first] = findings
  if (first === undefined) return undefined
  return {
    notReceived: first.code === 'keys-not-received',
    empty: first.code === 'keys-missing' && first.reason === 'refused',
    shape,
    status: first.status,
    url: 'url' in first ? first.url : undefined,
    packages: [...new Set(findings.flatMap(({ packages }) => packages))],
  }
}

/** Whether the verdict on these findings depends on the version of the installed Composer. */
export function dependsOnVersion(findings: readonly Finding[]): boolean {
  return findings.some((finding) => {
    const stopsSome = isAmong(finding.stopsOnly ?? NO_VERSION, undefined) === undefined
    return (
      (stopsSome && severityOf(finding, NOTHING_KNOWN) !== 'error') || ('retryAfter' in finding && isWaitedFor(finding))
    )
  })
}
