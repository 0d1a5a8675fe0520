import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { info } from '@actions/core'
import { harmless } from './check/harmless.js'
import { isMissing, malformedKeys, trimmedKeys } from './check/keys.js'
import { dependsOnVersion, weigh } from './check/verdict.js'
import type { HttpBasic } from './composer/auth-json.js'
import type { Environment } from './composer/environment.js'
import { composerHome } from './composer/home.js'
import { originOf, packagesJsonUrl } from './composer/origin.js'
import { proxySecrets } from './composer/proxy.js'
import { masksFor } from './credentials/secret-forms.js'
import { leaseFor } from './credentials/take-away-credentials.js'
import { writeCredentials } from './credentials/write-credentials.js'
import { annotate } from './github/annotations.js'
import { whySecretsMayBeMissing } from './github/event.js'
import { type Inputs, readInputs, readRawKeys } from './github/inputs.js'
import { logDetails } from './github/log.js'
import { maskAll, maskGivenKeys } from './github/masks.js'
import { type Outcome, setOutputs } from './github/report.js'
import { saveChanged, saveLease } from './github/state.js'
import { writeSummary } from './github/summary.js'
import { type Inquiry, type InquiryResult, openInquiry } from './inquiry.js'
import type { Finding, KeyInput } from './problems/finding.js'

/**
 * The step: mask, read, write, ask, report.
 *
 * @returns the exit status: 1 when a problem is an error and `fail-on-error` is not off
 * @throws InvalidInput before anything is written
 */
export async function run(env: NodeJS.ProcessEnv): Promise<0 | 1> {
  const [rawPublicKey = '', rawPrivateKey = ''] = readRawKeys()
  maskGivenKeys(rawPublicKey, rawPrivateKey)
  maskAll(proxySecrets(env))
  const inputs = readInputs(env.GITHUB_WORKSPACE || process.cwd())
  const host = originOf(inputs.repositoryUrl)
  const environment: Environment = { env, platform: process.platform, cwd: inputs.workingDirectory, isDirectory }
  const found = composerHome(environment)
  const job: Job = { inputs, host, environment, home: found.kind === 'found' ? found.path : undefined }

  const missing = missingKeys(inputs)
  const outcome = missing.length > 0 ? await withoutKeys(job, missing) : await withKeys(job)

  logDetails(annotate(outcome.problems, inputs, env), env)
  setOutputs(outcome, env)
  if (inputs.jobSummary) await writeSummary(outcome, { host, ...inputs }, env)
  return outcome.status === 'problems' && inputs.failOnError ? 1 : 0
}

/** One run of the step. */
interface Job {
  readonly inputs: Inputs
  readonly host: string
  readonly environment: Environment
  /** Composer's home; undefined where none can be told. */
  readonly home: string | undefined
}

function missingKeys({ publicKey, privateKey }: Inputs): KeyInput[] {
  const inputs: KeyInput[] = ['public-key', 'private-key']
  return inputs.filter((input) => isMissing(input === 'public-key' ? publicKey.value : privateKey.value))
}

/**
 * Nothing is written: half a pair is of no use to Composer. It is an error, unless Composer can do without these keys: it
 * holds others for the host that work, or nothing is needed from there.
 */
async function withoutKeys(job: Job, missing: readonly KeyInput[]): Promise<Outcome> {
  const { inputs, host, environment, home } = job
  const finding: Finding = {
    code: 'keys-missing',
    missing,
    dollar: [inputs.publicKey.value, inputs.privateKey.value].includes('$'),
    why: whySecretsMayBeMissing(environment.env),
    host,
    url: packagesJsonUrl(inputs.repositoryUrl),
  }
  const skipped = { status: 'skipped', problems: [], httpStatus: undefined, asked: false, ...NOTHING } as const
  if (missing.length === 2 && inputs.ifKeysMissing !== 'error') {
    const mode = `if-keys-missing: ${inputs.ifKeysMissing}`
    info(`No keys for ${host} were handed over: nothing is written and nothing is checked (${mode}).`)
    return inputs.ifKeysMissing === 'warn' ? { ...skipped, problems: [{ finding, severity: 'warning' }] } : skipped
  }
  if (inputs.check === 'off') return { ...skipped, status: 'problems', problems: [{ finding, severity: 'error' }] }

  const inquiry = await openInquiry(inputs, environment, home)
  maskAll(inquiry.secrets.flatMap(masksFor))
  const result = await inquiry.run(inquiry.existing)
  return outcomeOf([finding, ...result.findings], result, inquiry, undefined, {
    composerManages: inquiry.existing !== undefined || !result.needed,
    secrets: inquiry.secrets,
  })
}

async function withKeys(job: Job): Promise<Outcome> {
  const { inputs, host, environment, home } = job
  const credentials: HttpBasic = { username: inputs.publicKey.value, password: inputs.privateKey.value }
  const shapes = [...malformedKeys(credentials, host), ...trimmedKeys(inputs.publicKey, inputs.privateKey, host)]

  const written = await write(inputs, host, credentials, environment)
  const found = [...shapes, ...written.findings]
  if (inputs.check === 'off') {
    const problems = weigh(found, { readsRootOnInstall: undefined, composerManages: true })
    const status = problems.some(({ severity }) => severity === 'error') ? 'problems' : 'ready'
    return { ...NOTHING, status, problems, httpStatus: undefined, asked: false, authFile: written.path }
  }
  // After writing: Composer will read what stands there now.
  const inquiry = await openInquiry(inputs, environment, home)
  maskAll(inquiry.secrets.flatMap(masksFor))
  const result = await inquiry.run(credentials)
  if (!result.asked) info(`Nothing that the coming command does needs ${host}, so it was not asked.`)
  else if (result.accepted) info(`${host} accepts the keys (HTTP ${result.httpStatus}).`)
  const { length } = result.checked
  if (length > 0) info(`${length} ${length === 1 ? 'package' : 'packages'} checked.`)
  return outcomeOf([...found, ...result.findings], result, inquiry, written.path, {
    composerManages: !result.needed,
    secrets: [...inquiry.secrets, credentials],
  })
}

/** Weighs what was found. Which Composer is installed is asked only where that changes the verdict. */
async function outcomeOf(
  findings: readonly Finding[],
  { httpStatus, asked, checked, editions }: InquiryResult,
  inquiry: Inquiry,
  authFile: string | undefined,
  { composerManages, secrets }: { readonly composerManages: boolean; readonly secrets: readonly HttpBasic[] },
): Promise<Outcome> {
  const readsRoot = dependsOnVersion(findings) ? await inquiry.readsRootOnInstall() : undefined
  const shown = findings.map((finding) => harmless(finding, secrets))
  const problems = weigh(shown, { readsRootOnInstall: readsRoot, composerManages })
  const status = problems.some(({ severity }) => severity === 'error') ? 'problems' : 'ready'
  return {
    status,
    problems,
    httpStatus,
    asked,
    authFile,
    packagesChecked: checked.length,
    packagesDenied: deniedIn(shown),
    editions,
  }
}

/** The names that these keys cannot fetch, each once. */
function deniedIn(findings: readonly Finding[]): string[] {
  const denied = findings.flatMap((finding) =>
    finding.code === 'package-denied' && finding.reason !== 'filtered' && !finding.mayBeElsewhere
      ? finding.packages
      : [],
  )
  return [...new Set(denied)]
}

const NOTHING = { authFile: undefined, packagesChecked: 0, packagesDenied: [], editions: undefined } as const

/** Merges the credentials into Composer's global auth.json. State goes first: after it, whatever happens is undone. */
async function write(
  { cleanup }: Inputs,
  host: string,
  credentials: HttpBasic,
  environment: Environment,
): Promise<{ path: string | undefined; findings: Finding[] }> {
  const home = composerHome(environment)
  if (home.kind === 'unknown') {
    const place = {
      path: 'auth.json',
      reason: 'no-home',
      systemCode: undefined,
      composerSays: home.composerSays,
    } as const
    return { path: undefined, findings: [{ code: 'auth-file-unwritable', ...place }] }
  }
  const id = randomUUID()
  const path = join(home.path, 'auth.json')
  if (cleanup) saveLease(leaseFor(path, host, id, credentials))

  const result = await writeCredentials(path, { id, host, entry: credentials, temporary: cleanup })
  switch (result.kind) {
    case 'written':
      if (cleanup && result.changed) saveChanged()
      info(`Composer's credentials for ${host} are in ${path}${cleanup ? ' until the job ends' : ''}.`)
      return { path, findings: [] }
    case 'invalid': {
      const { reason, section, position } = result.invalid
      return { path: undefined, findings: [{ code: 'auth-file-invalid', path, reason, section, position }] }
    }
    case 'unwritable': {
      const { path: place, reason, code: systemCode } = result.failure
      return {
        path: undefined,
        findings: [{ code: 'auth-file-unwritable', path: place, reason, systemCode, composerSays: undefined }],
      }
    }
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
