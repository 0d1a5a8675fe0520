import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Account } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { composer } from '../testing/composer.js'

/** One case in which the action and the real Composer are asked the same thing. */
export interface Scenario {
  /** What the case is about: the first column of the table. */
  readonly group: string
  /** What differs from its neighbours. */
  readonly name: string
  /** The repository that the step's keys are for. */
  readonly main: Repository
  readonly keys: Pick<Account, 'publicKey' | 'privateKey'>
  /** composer.json; none for a job without a project. */
  readonly manifest?: Manifest
  /** The text of composer.json, where it is to be something else than JSON. */
  readonly manifestText?: string
  /** composer.lock is what Composer writes for somebody who may fetch everything; `edit` changes its text. */
  readonly lock?: { readonly edit?: (text: string) => string }
  /** As in the input `composer-command`; or what is asked for by name. */
  readonly command?: 'install' | 'install --no-dev' | 'update' | `update ${string}`
  /** The input `packages`, and the Composer command that asks for the same. */
  readonly requested?: { readonly packages: string; readonly arguments: readonly string[] }
  readonly composerAuth?: Readonly<Record<string, Pick<Account, 'publicKey' | 'privateKey'>>>
  readonly env?: Readonly<Record<string, string>>
  /** Files of the workspace besides composer.json. */
  readonly files?: Readonly<Record<string, string>>
  /** Commands of git in the workspace, once its files are written. */
  readonly git?: readonly (readonly string[])[]
  /** Composer has run here before, as somebody who may fetch everything: its file cache, or the vendor folder too. */
  readonly warm?: 'cache' | 'vendor'
  /** Inputs of the step besides the keys. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Files by their path in the job's folder (`home`, `workspace`), written after the lock was made. */
  readonly later?: Readonly<Record<string, unknown>>
  /** Composer's cache holds the metadata of somebody who may fetch everything. */
  readonly remembers?: boolean
  /** The Composer command, where it is another than the one that the action judges. */
  readonly arguments?: readonly string[]
  /** The code of the warning about what no credentials and no network could change: for that this action fails no job. */
  readonly warnedOf?: string
  /**
   * Orders faults, after the lock was made and the caches were warmed; and once more for Composer, so that one of `main` that does not
   * last meets both.
   */
  readonly fault?: () => void
  /** The composer on the `PATH` prints its version in the words of older builds, which are without "version". */
  readonly tersely?: boolean
}

export interface Manifest {
  readonly require?: Readonly<Record<string, string>>
  readonly 'require-dev'?: Readonly<Record<string, string>>
  readonly repositories: readonly unknown[] | Readonly<Record<string, unknown>>
  readonly config?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

/** What both said. */
export interface Verdicts {
  readonly action: 'passes' | 'fails'
  readonly code: string
  /** Codes of what was no error. */
  readonly warnings: readonly string[]
  readonly composer: 'passes' | 'fails'
  /** For a failure: whether a package or a host that the action names is one that Composer names. */
  readonly sameCulprit: boolean
  readonly step: StepResult
  readonly output: string
}

/** Runs the action, then Composer, in the same job. */
export async function run(scenario: Scenario, everything: Account): Promise<Verdicts> {
  const job = startJob()
  const env = composerEnvironment(job, scenario)
  if (scenario.tersely) env.PATH = pathWithTerseComposer(job)
  await writeFiles(job, scenario, everything, env)
  scenario.fault?.()

  const step = await job.main({
    inputs: {
      'public-key': scenario.keys.publicKey,
      'private-key': scenario.keys.privateKey,
      'repository-url': scenario.main.url,
      'composer-command': scenario.command ?? 'install',
      packages: scenario.requested?.packages ?? '',
      retries: '0',
      timeout: '10',
      ...scenario.inputs,
    },
    env,
  })
  Object.assign(env, step.exported)
  scenario.main.faults.clear()
  scenario.fault?.()
  if (scenario.requested !== undefined) allowHttp(job)
  const args = scenario.arguments ?? scenario.requested?.arguments ?? (scenario.command ?? 'install').split(' ')
  const { exitCode, output } = await composer([...args], { cwd: job.workspace, env })
  const problems: Problem[] = JSON.parse(step.outputs.problems ?? '[]')
  return {
    action: step.exitStatus === 0 ? 'passes' : 'fails',
    code: step.outputs.problem ?? '',
    warnings: problems.filter(({ severity }) => severity === 'warning').map(({ code }) => code),
    composer: exitCode === 0 ? 'passes' : 'fails',
    sameCulprit: problems.some((problem) => problem.severity === 'error' && namesSame(problem, output)),
    step,
    output,
  }
}

/** The files of the job, and what Composer makes of them for somebody who may fetch everything. */
async function writeFiles(job: Job, scenario: Scenario, everything: Account, env: Record<string, string>) {
  const { files = {}, manifest, manifestText, later = {} } = scenario
  for (const [path, text] of Object.entries(files)) write(join(job.workspace, path), text)
  if (manifest !== undefined) {
    write(join(job.workspace, 'composer.json'), JSON.stringify(manifest, null, 4))
    await prepare(job, scenario, everything, env)
  }
  for (const args of scenario.git ?? []) execFileSync('git', [...args], { cwd: job.workspace, env: GIT_ENV })
  if (manifestText !== undefined) write(join(job.workspace, 'composer.json'), manifestText)
  for (const [path, value] of Object.entries(later)) write(join(job.root, path), JSON.stringify(value))
}

const GIT_ENV = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org' },
  ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org' },
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

interface Problem {
  readonly code: string
  readonly severity: string
  readonly host: string | null
  readonly file: string | null
  readonly packages: readonly string[]
  readonly message: string
}

function namesSame({ code, host, packages, file, message }: Problem, output: string): boolean {
  // What stands outside the project has no line of its own.
  if (
    code === 'auth-file-invalid' &&
    host === null &&
    ['COMPOSER_AUTH', '/config.json'].some((name) => message.includes(name))
  )
    return /COMPOSER_AUTH|\/config\.json/.test(output)
  // Of a conflict 2.11 says no more than how to end it.
  if (code === 'manifest-invalid' && /VCS merge conflict detected/.test(output)) return message.includes('conflict')
  if (code === 'manifest-invalid' && /without a lock file present/.test(output)) return message.includes('update')
  const [, folder] = /supplied for the path \((.*)\) repository does not exist/.exec(output) ?? []
  if (code === 'manifest-invalid' && folder !== undefined) return message.includes(folder)
  // The repository that sent it is not named.
  if (/ComposerRepository: Undefined \$data/.test(output)) return message.includes('`null`')
  if (/Undefined array key "uid"/.test(output)) return message.includes('`uid`')
  if (packages.length > 0) return packages.some((name) => output.includes(name))
  return (host !== null && host !== '' && output.includes(host)) || (file !== null && output.includes(file))
}

/** The lock and the caches, made by Composer for somebody who may fetch everything. */
async function prepare(job: Job, scenario: Scenario, everything: Account, env: Record<string, string>) {
  const { lock, warm, main, composerAuth = {}, remembers = false } = scenario
  if (lock === undefined && warm === undefined && !remembers) return
  const asEverybody = { ...env, COMPOSER_AUTH: authJson({ ...composerAuth, [main.origin]: everything }) }
  const path = join(job.workspace, 'composer.lock')
  if (remembers) await succeed(['update', '--no-install'], job, asEverybody)
  else writeFileSync(path, await lockFor(job, scenario, asEverybody))
  if (warm !== undefined) await succeed(['install'], job, asEverybody)
  if (warm === 'cache') rmSync(join(job.workspace, 'vendor'), { recursive: true, force: true })
  if (lock === undefined) rmSync(path)
  else if (lock.edit !== undefined) writeFileSync(path, lock.edit(readFileSync(path, 'utf8')))
  main.requests.length = 0
}

const locks = new Map<string, string>()

/** What Composer locks, which it is asked once for each project. */
async function lockFor(job: Job, scenario: Scenario, asEverybody: Record<string, string>): Promise<string> {
  const { manifest, files, composerAuth, env, main } = scenario
  const project = JSON.stringify([manifest, files, composerAuth, env, main.origin])
  const known = locks.get(project)
  if (known !== undefined) return known
  // Metadata is cached elsewhere: what Composer remembers of it would let it go on with a warning.
  await succeed(['update', '--no-install'], job, {
    ...asEverybody,
    COMPOSER_CACHE_DIR: join(job.root, 'another-cache'),
  })
  const lock = readFileSync(join(job.workspace, 'composer.lock'), 'utf8')
  locks.set(project, lock)
  return lock
}

async function succeed(args: string[], job: Job, env: Record<string, string>): Promise<void> {
  const { exitCode, output } = await composer(args, { cwd: job.workspace, env })
  if (exitCode !== 0) throw new Error(`The scenario cannot be prepared: ${output}`)
}

function pathWithTerseComposer(job: Job): string {
  const bin = join(job.root, 'bin')
  mkdirSync(bin)
  const script =
    'PATH=${PATH#*:}\ncase $1 in --version) composer "$@" | sed "s/^Composer version/Composer/" ;; *) exec composer "$@" ;; esac'
  writeFileSync(join(bin, 'composer'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return `${bin}:${process.env.PATH}`
}

function composerEnvironment(job: Job, { composerAuth = {}, env = {} }: Scenario): Record<string, string> {
  return {
    ...job.env,
    COMPOSER_CACHE_DIR: join(job.root, 'cache'),
    ...(Object.keys(composerAuth).length === 0 ? {} : { COMPOSER_AUTH: authJson(composerAuth) }),
    ...env,
  }
}

function authJson(hosts: NonNullable<Scenario['composerAuth']>): string {
  const entries = Object.entries(hosts).map(([host, { publicKey, privateKey }]) => [
    host,
    { username: publicKey, password: privateKey },
  ])
  return JSON.stringify({ 'http-basic': Object.fromEntries(entries) })
}

/** `create-project` reads no project: the loopback servers' http must be allowed where the user's settings are. */
function allowHttp(job: Job): void {
  const config = join(dirname(job.authFile), 'config.json')
  mkdirSync(dirname(config), { recursive: true })
  writeFileSync(config, '{"config":{"secure-http":false},"repositories":[{"packagist.org":false}]}')
}
