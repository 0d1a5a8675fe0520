import { randomUUID } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { debug, info } from '@actions/core'
import { checkAccess } from './check/access.js'
import { isMissing, malformedKeys, trimmedKeys } from './check/keys.js'
import { dependsOnVersion, weigh } from './check/verdict.js'
import type { HttpBasic } from './composer/auth-json.js'
import { composerJsonPath, trustConfig } from './composer/config.js'
import type { Environment } from './composer/environment.js'
import { composerHome } from './composer/home.js'
import {
  httpsFallsBackToHttpProxy,
  installedComposerVersion,
  readsRootOnInstall,
} from './composer/installed-version.js'
import { originOf, packagesJsonUrl } from './composer/origin.js'
import { proxyDependsOnVersion, proxyFor, proxySecrets } from './composer/proxy.js'
import { leaseFor } from './credentials/take-away-credentials.js'
import { writeCredentials } from './credentials/write-credentials.js'
import { whySecretsMayBeMissing } from './github/event.js'
import { type Inputs, readInputs, readRawKeys } from './github/inputs.js'
import { maskAll, maskGivenKeys } from './github/masks.js'
import { annotate, type Outcome, setOutputs } from './github/report.js'
import { saveChanged, saveLease } from './github/state.js'
import { writeSummary } from './github/summary.js'
import type { Finding, KeyInput } from './problems/finding.js'
import { openRepository } from './server/repository.js'
import { openTransport } from './server/transport.js'
import { trustedCertificates } from './server/trust.js'
import { VERSION } from './version.js'

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

  const missing = missingKeys(inputs)
  const outcome = missing.length > 0 ? withoutKeys(inputs, missing, host, env) : await withKeys(inputs, host, env)

  annotate(outcome.problems, inputs.failOnError, env)
  setOutputs(outcome, env)
  if (inputs.jobSummary) {
    await writeSummary(
      outcome,
      { host, asked: missing.length === 0 && inputs.check !== 'off', cleanup: inputs.cleanup },
      env,
    )
  }
  return outcome.status === 'problems' && inputs.failOnError ? 1 : 0
}

function missingKeys({ publicKey, privateKey }: Inputs): KeyInput[] {
  const inputs: KeyInput[] = ['public-key', 'private-key']
  return inputs.filter((input) => isMissing(input === 'public-key' ? publicKey.value : privateKey.value))
}

/** Nothing is written and nothing asked: half a pair is of no use to Composer. */
function withoutKeys(inputs: Inputs, missing: readonly KeyInput[], host: string, env: NodeJS.ProcessEnv): Outcome {
  const dollar = [inputs.publicKey.value, inputs.privateKey.value].includes('$')
  const finding: Finding = {
    code: 'keys-missing',
    missing,
    dollar,
    why: whySecretsMayBeMissing(env),
    host,
    url: packagesJsonUrl(inputs.repositoryUrl),
  }
  const rest = { httpStatus: undefined, authFile: undefined }
  if (missing.length === 1 || inputs.ifKeysMissing === 'error') {
    return { status: 'problems', problems: [{ finding, severity: 'error' }], ...rest }
  }
  info(
    `No keys for ${host} were handed over: nothing is written and nothing is checked (if-keys-missing: ${inputs.ifKeysMissing}).`,
  )
  const problems = inputs.ifKeysMissing === 'warn' ? [{ finding, severity: 'warning' as const }] : []
  return { status: 'skipped', problems, ...rest }
}

async function withKeys(inputs: Inputs, host: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const credentials: HttpBasic = { username: inputs.publicKey.value, password: inputs.privateKey.value }
  const environment: Environment = { env, platform: process.platform, cwd: inputs.workingDirectory, isDirectory }
  const shapes = [...malformedKeys(credentials, host), ...trimmedKeys(inputs.publicKey, inputs.privateKey, host)]

  const written = await write(inputs, host, credentials, environment)
  const access = inputs.check === 'off' ? undefined : await ask(inputs, host, credentials, environment)
  const findings = [...shapes, ...written.findings, ...(access?.finding === undefined ? [] : [access.finding])]

  const version = dependsOnVersion(findings) ? await installedComposerVersion(env) : undefined
  const problems = weigh(findings, { readsRootOnInstall: readsRootOnInstall(version) })
  const failing = problems.some(({ severity }) => severity === 'error')
  if (access !== undefined && access.finding === undefined) info(`${host} accepts the keys (HTTP ${access.status}).`)
  return { status: failing ? 'problems' : 'ready', problems, httpStatus: access?.status, authFile: written.path }
}

/** Merges the credentials into Composer's global auth.json. State goes first: after it, whatever happens is undone. */
async function write(
  { cleanup }: Inputs,
  host: string,
  credentials: HttpBasic,
  environment: Environment,
): Promise<{ path: string | undefined; findings: Finding[] }> {
  const home = composerHome(environment)
  if (home.kind === 'unknown') {
    const finding: Finding = {
      code: 'auth-file-unwritable',
      path: 'auth.json',
      reason: 'no-home',
      systemCode: undefined,
    }
    return { path: undefined, findings: [finding] }
  }
  const id = randomUUID()
  const path = `${home.path}/auth.json`
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
      return { path: undefined, findings: [{ code: 'auth-file-unwritable', path: place, reason, systemCode }] }
    }
  }
}

/** Asks the repository whether it accepts the credentials, in the way in which Composer would ask. */
async function ask(inputs: Inputs, host: string, credentials: HttpBasic, environment: Environment) {
  const { env } = environment
  const home = composerHome(environment)
  const url = new URL(inputs.repositoryUrl)
  // Composer 2.8 changed which proxy an https request takes; whoever asks must take the same.
  const version = proxyDependsOnVersion(url, env) ? await installedComposerVersion(env) : undefined
  const transport = openTransport({
    timeout: inputs.timeout,
    retries: inputs.retries,
    userAgent: `magento-composer-auth/${VERSION} (GitHub Actions)`,
    trust: trustedCertificates(trustConfig(environment, home.kind === 'found' ? home.path : undefined), env),
    proxyFor: (target) => proxyFor(target, env, httpsFallsBackToHttpProxy(version)),
    credentialsFor: (origin) => (origin === host ? credentials : undefined),
    onRequest: debug,
  })
  return checkAccess(openRepository(inputs.repositoryUrl, transport), {
    host,
    credentials,
    nodeExtraCaCerts: (env.NODE_EXTRA_CA_CERTS ?? '') !== '',
    lockDecides: inputs.check === 'full' && existsSync(lockPath(environment)),
  })
}

/** composer.lock stands beside composer.json and takes its name from it. Source: `Factory::getLockFile`. */
function lockPath(environment: Environment): string {
  const manifest = composerJsonPath(environment)
  return manifest.endsWith('.json') ? `${manifest.slice(0, -'.json'.length)}.lock` : `${manifest}.lock`
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
