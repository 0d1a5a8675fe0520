import { isDeepStrictEqual } from 'node:util'
import { grouped } from '../grouped.js'
import { atMost, bySeverity } from '../problems/catalogue.js'
import type { Finding, FindingOf, OverriddenFailure, Problem, Severity, Weight } from '../problems/finding.js'

/** What is known when the findings of a run are weighed. */
export interface Circumstances {
  /**
   * Whether the installed Composer reads packages.json also on `install` with a lock, and fails on a 200 that is not
   * JSON: since 2.10. Undefined when that is not known.
   */
  readonly readsRootOnInstall: boolean | undefined
  /** Composer gets along without the keys of this step: it holds others for the host, or needs nothing from it. */
  readonly composerManages: boolean
  /** The repository that the keys are for was asked for something, if need be without any keys. */
  readonly mainAsked: boolean
}

/** Findings with their severities, most severe first. A key's shape stands before the rejection that it explains. */
export function weigh(findings: readonly Finding[], circumstances: Circumstances): Problem[] {
  const rejected = findings.some((finding) => finding.code === 'keys-rejected' && failsCommand(finding))
  const weighed = findings.map((finding) => ({
    finding,
    severity: atMost(finding.code, severityOf(finding, rejected, circumstances)),
  }))
  return inOrder(blamed(foldedIntoMissing(weighed, circumstances.mainAsked)))
}

/**
 * What a host answers to nobody is what missing keys mean, and is said once. Where it lets nobody's requests through, or is
 * not asked for anything since others come before it, Composer needs no keys.
 */
function foldedIntoMissing(problems: readonly Problem[], asked: boolean): readonly Problem[] {
  const missing = problems.find(({ finding, severity }) => finding.code === 'keys-missing' && severity === 'error')
  if (missing?.finding.code !== 'keys-missing') return problems
  const { host } = missing.finding
  const others = new Set(
    problems.filter((problem) => problem !== missing && 'host' in problem.finding && problem.finding.host === host),
  )
  const works = asked && [...others].every(({ severity }) => severity !== 'error')
  return problems.flatMap((problem): Problem[] => {
    if (problem === missing) return [{ ...problem, severity: works ? 'warning' : 'error' }]
    return others.has(problem) && isByCredentials(problem.finding) ? [] : [problem]
  })
}

/**
 * One verdict from several: where versions of Composer hold different credentials, and which is installed is not known.
 * They agree, and the newest version's speaks; or what fails for one of them alone is a warning.
 */
export function agreed(verdicts: readonly (readonly Problem[])[]): readonly Problem[] {
  const [newest = [], ...others] = verdicts
  const fails = (problems: readonly Problem[]) => problems.some(({ severity }) => severity === 'error')
  if (others.every((other) => fails(other) === fails(newest))) return newest
  const failing = verdicts.find(fails) ?? []
  const always = (problem: Problem) =>
    verdicts.every((problems) =>
      problems.some(({ finding, severity }) => severity === 'error' && isDeepStrictEqual(finding, problem.finding)),
    )
  return inOrder(
    failing.map((problem) =>
      problem.severity === 'error' && !always(problem) ? { ...problem, severity: 'warning' } : problem,
    ),
  )
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => bySeverity(a, b) || Number(isShape(b.finding)) - Number(isShape(a.finding)))
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
      severity === 'error' && 'host' in finding && hosts.has(finding.host) && isByCredentials(finding),
  )
  const folded = new Set(failures)
  const byHost = grouped(failures, ({ finding }) => ('host' in finding ? finding.host : ''))
  return problems.flatMap((problem): Problem[] => {
    const { finding } = problem
    if (folded.has(problem)) return []
    if (finding.code !== 'credentials-overridden') return [problem]
    const own = byHost.get(finding.host) ?? []
    const fails = failureOf(own.map((failure) => failure.finding))
    return fails === undefined ? [problem] : [{ finding: { ...finding, fails }, severity: 'error' }]
  })
}

function failureOf(findings: readonly Finding[]): OverriddenFailure | undefined {
  const [first] = findings
  if (first === undefined) return undefined
  const packages = findings.flatMap((finding) =>
    'packages' in finding ? finding.packages : finding.code === 'version-unavailable' ? [finding.package] : [],
  )
  return {
    code: first.code,
    status: 'status' in first ? first.status : undefined,
    url: 'url' in first ? first.url : undefined,
    packages: [...new Set(packages)],
  }
}

/** Whether other credentials could make the difference: a network that fails is no credential's fault. */
function isByCredentials(finding: Finding): boolean {
  switch (finding.code) {
    case 'keys-malformed':
    case 'keys-not-received':
    case 'keys-rejected':
    case 'keys-swapped':
    case 'access-forbidden':
    case 'version-unavailable':
    case 'credentials-missing':
      return true
    case 'package-denied':
      return finding.reason === 'archive' || finding.reason === 'not-visible'
    default:
      return false
  }
}

function severityOf(
  finding: Finding,
  rejected: boolean,
  { readsRootOnInstall, composerManages }: Circumstances,
): Severity {
  switch (finding.code) {
    case 'keys-missing':
      return composerManages ? 'warning' : 'error'
    case 'keys-malformed':
      if (finding.shape === 'surrounding-white-space') return 'notice'
      // Accepted all the same, or nobody asked: then it is an opinion about a form that Adobe does not promise.
      return rejected ? 'error' : 'warning'
    case 'keys-not-received':
    case 'keys-rejected':
    case 'keys-swapped':
    case 'access-forbidden':
    case 'repository-not-found':
    case 'rate-limited':
    case 'repository-unavailable':
    case 'repository-unreachable':
      return failsCommand(finding) ? 'error' : 'warning'
    case 'tls-failed': {
      // Of certificates that are too many to be read here nothing is known, neither good nor bad.
      const unread = finding.failure.type === 'trust-file' && finding.failure.reason === 'too-large'
      return unread || !failsCommand(finding) ? 'warning' : 'error'
    }
    case 'unexpected-answer':
      return failsCommand(finding) || (readsRootOnInstall === true && failsReaders(finding)) ? 'error' : 'warning'
    case 'package-denied':
      // What Composer has already it does not download; what may come from elsewhere may come from there.
      return finding.hiddenBy !== undefined || finding.mayBeElsewhere ? 'warning' : 'error'
    case 'version-unavailable':
      return finding.mayBeElsewhere ? 'warning' : 'error'
    case 'credentials-missing':
    case 'insecure-url':
      return finding.needed ? 'error' : 'warning'
    case 'auth-file-invalid':
      return finding.refused || finding.stops ? 'error' : 'warning'
    case 'credentials-overridden':
      // What it fails with, if it does, makes it an error: see `blamed`.
      return 'warning'
    case 'proxy-failed':
      // Of a proxy that only curl can speak to nothing is known, neither good nor bad.
      return finding.failure.type === 'proxy-unsupported' || !failsCommand(finding) ? 'warning' : 'error'
    default:
      return 'error'
  }
}

/** Whether the verdict on these findings depends on the version of the installed Composer. */
export function dependsOnVersion(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.code === 'unexpected-answer' && failsReaders(finding))
}

/** Whether a finding about packages.json stops the coming command. */
function failsCommand({ weight }: { readonly weight: Weight }): boolean {
  return weight === 'fatal' || weight === 'plugin-reads' || weight === 'archives-fail'
}

/**
 * Whether a Composer that reads packages.json beside a lock fails on what it gets there: on a 200 that is not JSON; of
 * all else it only warns. Source of the rule: `ComposerRepository::loadRootServerFile` since 2.10.
 */
function failsReaders({ what, weight }: FindingOf<'unexpected-answer'>): boolean {
  return what.type === 'not-json' && !failsCommand({ weight })
}

function isShape({ code }: Finding): boolean {
  return code === 'keys-malformed'
}
