import { statSync } from 'node:fs'
import { type Deadline, openDeadline } from './bounds/deadline.js'
import { type CheckResult, openCheck, type ProjectCheck } from './check/check.js'
import type { Unchecked } from './check/unchecked-hosts.js'
import { agreed, dependsOnVersion, weigh } from './check/verdict.js'
import type { Environment } from './composer/environment.js'
import { originOf } from './composer/origin.js'
import { proxySecrets } from './composer/proxy.js'
import { secretsInUrl } from './composer/shown-url.js'
import { exposures } from './credentials/exposed-files.js'
import { surroundingsOf } from './credentials/places.js'
import { type Written, writeEverywhere } from './credentials/write-everywhere.js'
import { downloadsPart } from './downloads/downloads.js'
import { withDownloads } from './downloads/with-downloads.js'
import { readRawDownloadSecrets } from './inputs/download-inputs.js'
import { type Given, given } from './inputs/given-credentials.js'
import { type Inputs, readInputs, readJobSummary, readRawSecrets } from './inputs/inputs.js'
import { InvalidInput } from './inputs/invalid-input.js'
import {
  doubtfulKeys,
  emptyCredentials,
  isForDownloadsAlone,
  missingKeys,
  onLineOfInput,
} from './inputs/key-problems.js'
import type { Finding, Problem } from './problems/finding.js'
import { NO_SERVER } from './problems/problem.js'
import { checkLines } from './report/check-lines.js'
import { deniedIn, NOTHING, type Outcome, statusOf } from './report/outcome.js'
import { type ReportSettings, report } from './report/report.js'
import { harmless, type ShownFinding, shownText } from './report/shown-finding.js'
import { maskAll, maskComposerAuth, maskDownloadCredentials, maskGivenKeys, maskSecrets } from './runner/masks.js'
import { addProblemMatcher } from './runner/problem-matcher.js'
import { say } from './runner/say.js'
import { type Redaction, redactionOf } from './text/redaction.js'
import { masksForValues } from './text/secret-forms.js'

/** What the step may take, whatever the inputs and the files of the project say; computing counts too. Milliseconds. */
const LONGEST_STEP = 180_000

/**
 * The step: mask, read, write, ask, report.
 *
 * @returns the exit status: 1 when a problem is an error and `fail-on-error` is not off, or an input cannot be read
 */
export async function run(env: NodeJS.ProcessEnv): Promise<0 | 1> {
  const deadline = openDeadline(LONGEST_STEP)
  const raw = readRawSecrets()
  maskGivenKeys(raw.publicKey, raw.privateKey)
  maskComposerAuth(raw.composerAuth)
  const forDownloads = readRawDownloadSecrets()
  maskDownloadCredentials(forDownloads.mageId, forDownloads.downloadToken)
  const urls = [raw.repositoryUrl, forDownloads.downloadUrl]
  maskAll([...proxySecrets(env), ...masksForValues(urls.flatMap(secretsInUrl))])
  const inputs = read(() => readInputs(env.GITHUB_WORKSPACE || process.cwd()))
  if (inputs instanceof InvalidInput) return report(await withoutInputs(inputs, env), unread(), env)
  const host = originOf(inputs.repositoryUrl)
  const environment: Environment = { env, platform: process.platform, cwd: inputs.workingDirectory, isDirectory }
  const job: Job = { inputs, host, environment, given: given(inputs, host), deadline }

  // At once, since all requests of a step have one limit of time.
  const [composer, downloads] = await Promise.all([
    composerPart(job),
    downloadsPart(inputs, environment, surroundingsOf(environment)),
  ])
  const exitStatus = await report(withDownloads(composer, downloads), { ...inputs, host }, env)
  // Last: the words of this step quote Composer's, and are not to be matched.
  if (inputs.problemMatcher && isForComposer(composer.outcome)) await addProblemMatcher(inputs.repositoryUrl, env)
  return exitStatus
}

/** Whether Composer can be expected to run with what this step did. */
function isForComposer({ status, forComposer }: Outcome): boolean {
  return forComposer && status !== 'skipped'
}

/** Of inputs that cannot be read nothing is known: the step fails, and tells it wherever it may. */
function unread(): ReportSettings {
  const jobSummary = read(readJobSummary)
  const summary = jobSummary instanceof InvalidInput ? 'true' : jobSummary
  return { host: undefined, packages: [], failOnError: true, cleanup: true, jobSummary: summary }
}

function read<Value>(inputs: () => Value): Value | InvalidInput {
  try {
    return inputs()
  } catch (error) {
    if (error instanceof InvalidInput) return error
    throw error
  }
}

/** An input that cannot be read, on its line of the workflow: nothing is written, and nobody is asked. */
async function withoutInputs({ input, wrong, fix }: InvalidInput, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const { inputLine } = await import('./workflow/key-source.js')
  const finding = { ...NO_SERVER, code: 'input-invalid', input, wrong, fix, place: inputLine(env, input) } as const
  return { ...NOTHING, status: 'problems', problems: shown([{ finding, severity: 'error' }], NO_SECRETS) }
}

/** One run of the step. */
interface Job {
  readonly inputs: Inputs
  readonly host: string
  readonly environment: Environment
  readonly given: Given
  readonly deadline: Deadline
}

/** What becomes of Composer's part, and what takes everything secret out of texts that others wrote. */
interface ComposerPart {
  readonly outcome: Outcome
  readonly redaction: Redaction
}

async function composerPart(job: Job): Promise<ComposerPart> {
  if (await isForDownloadsAlone(job.inputs, job.environment.env)) {
    say('No keys for Composer were passed: this step is for downloads alone.')
    const status = job.inputs.incompleteDownloads === undefined ? 'ready' : 'skipped'
    return { outcome: { ...NOTHING, forComposer: false, status, problems: [] }, redaction: ofInputs(job) }
  }
  return mayDoWithout(job) ? withoutKeys(job) : withWhatIsGiven(job)
}

/** Where nothing else is read that holds secrets. */
function ofInputs({ inputs: { downloads, incompleteDownloads }, environment: { env } }: Job): Redaction {
  const pairs = [downloads ?? incompleteDownloads ?? []].flat()
  return redactionOf({ pairs, values: proxySecrets(env) })
}

/** Whether this is a run without secrets, as those of forks are, and the workflow says that such a run is to pass. */
function mayDoWithout({ inputs, given: { missing } }: Job): boolean {
  return missing.length === 2 && inputs.ifKeysMissing !== 'error'
}

async function withoutKeys(job: Job): Promise<ComposerPart> {
  const { inputs, host, given, environment } = job
  // Nothing else is secret that was not given, and no repository was asked that could repeat it.
  const redaction = ofInputs(job)
  const mode = `if-keys-missing: ${inputs.ifKeysMissing}`
  say(`No keys for ${host} were passed: nothing is written and nothing is checked (${mode}).`)
  const skipped = { ...NOTHING, status: 'skipped' } as const
  if (inputs.ifKeysMissing === 'ignore') return { outcome: { ...skipped, problems: [] }, redaction }
  const finding = await missingKeys(inputs, given, host, environment.env)
  return { outcome: { ...skipped, problems: shown([{ finding, severity: 'warning' }], redaction) }, redaction }
}

/**
 * Writes what the step was given, and asks what Composer will get with what it then holds. Missing keys are an error,
 * unless Composer can do without them: it holds others for the host, or nothing is needed from there.
 */
async function withWhatIsGiven(job: Job): Promise<ComposerPart> {
  const { inputs, host, environment, deadline } = job
  const { missing, entries } = job.given
  const doubts = [
    ...(missing.length > 0
      ? [await missingKeys(inputs, job.given, host, environment.env)]
      : await doubtfulKeys(inputs, job.given, host, environment.env)),
    ...(await emptyCredentials(inputs, job.given, host, environment.env)),
  ]
  const written = await writeEverywhere(inputs, environment, entries)
  const found = [...doubts, ...written.findings]
  // After writing: Composer will read what stands there now.
  const unwritten = written.files.length === 0 && !written.exported
  const check = openCheck(inputs, {
    ...written,
    entries,
    keysFrom: job.given.from,
    unwritten,
    known: written.findings,
    deadline,
  })
  maskSecrets(check.secrets.masked)
  const { redaction } = check
  if (inputs.check === 'off') {
    return { outcome: notAsked([...found, ...(await check.filesAlone())], written, redaction), redaction }
  }

  // git looks at files while servers are asked.
  const [exposed, results] = await Promise.all([exposures(written.files, environment), check.run()])
  const verdicts = await Promise.all(
    results.map((result) => verdictOn([...found, ...exposed, ...result.findings], result, check)),
  )
  const [result] = results
  if (result === undefined) throw new Error('a check has a result')
  const unchecked = shownUnchecked(result.unchecked, redaction)
  for (const line of checkLines(
    { ...result, unchecked },
    { host, keysFrom: job.given.from, needed: check.needsMain },
  )) {
    say(line)
  }
  // Weighed as it was found: what is cleaned for people may not say the same any more.
  const weighed = await Promise.all(
    agreed(verdicts).map(async ({ finding, severity }) => ({
      finding: await onLineOfInput(finding, inputs, environment.env),
      severity,
    })),
  )
  const problems = shown(weighed, redaction)
  const outcome: Outcome = {
    ...NOTHING,
    status: statusOf(problems),
    problems,
    httpStatus: result.httpStatus,
    asked: result.asked,
    authFiles: written.files,
    exported: written.exported,
    packagesChecked: result.checked.length,
    packagesConcluded: result.concluded,
    editions: result.editions,
    noProject: result.noProject,
    unchecked,
    packagesDenied: deniedIn(result.findings).map((name) => shownText(name, 'project', redaction)),
  }
  return { outcome, redaction }
}

/** What `check: off` comes to: inputs and files are judged, nothing is sent and no tool is run. */
function notAsked(findings: readonly Finding[], { files, exported }: Written, redaction: Redaction): Outcome {
  const circumstances = { version: undefined, mainAsked: false, composerManages: false }
  const problems = shown(weigh(findings, circumstances), redaction)
  return { ...NOTHING, status: statusOf(problems), problems, authFiles: files, exported }
}

function shownUnchecked({ hosts, packages }: Unchecked, redaction: Redaction): Unchecked {
  return {
    hosts: hosts.map(({ host, why }) => ({ host: shownText(host, 'host', redaction), why })),
    packages: packages.map((name) => shownText(name, 'project', redaction)),
  }
}

function shown(problems: readonly Problem[], redaction: Redaction): Problem<ShownFinding>[] {
  return problems.map(({ finding, severity }) => ({ finding: harmless(finding, redaction), severity }))
}

/** Weighs what was found. Which Composer is installed is asked only where that changes the verdict. */
async function verdictOn(
  findings: readonly Finding[],
  { mainAsked, holdsMain }: CheckResult,
  check: ProjectCheck,
): Promise<Problem[]> {
  const version = dependsOnVersion(findings) ? await check.version() : undefined
  return weigh(findings, { version, mainAsked, composerManages: holdsMain || !check.needsMain })
}

/** Nothing is secret that was not given, or is not read; nobody was asked, who could repeat it. */
const NO_SECRETS = redactionOf({ pairs: [], values: [] })

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
