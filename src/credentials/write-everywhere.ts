import { randomUUID } from 'node:crypto'
import { isAbsolute, join, resolve } from 'node:path'
import { readBounded } from '../bounds/bounded-file.js'
import { invalidAuthFile } from '../check/credentials/invalid-auth-files.js'
import { type AuthEntry, entriesOf, type InvalidAuthJson, readAuthJson } from '../composer/auth-json.js'
import { composerJsonPath, LARGEST_AUTH_FILE, projectAuthPath } from '../composer/config.js'
import { type Environment, truthy } from '../composer/environment.js'
import { type ComposerHome, composerHome } from '../composer/home.js'
import type { Inputs } from '../inputs/inputs.js'
import type { AuthFileUnwritable } from '../problems/auth-file-unwritable.js'
import type { Finding } from '../problems/finding.js'
import { NO_SERVER } from '../problems/problem.js'
import { canExport, exportComposerAuth } from '../runner/environment-file.js'
import { say } from '../runner/say.js'
import { CredentialState } from '../runner/state.js'
import { secretsOf } from '../text/secret-forms.js'
import { type AuthFile, authFileAt } from './auth-file.js'
import {
  forgetEnvironment,
  type LeasedVariable,
  type MergedEnvironment,
  mergedEnvironment,
  saveEnvironment,
} from './environment-auth.js'
import { exposureToGit } from './exposure.js'
import { leaseFor } from './lease.js'
import { type FileLocation, leadsOut, privateFolder, realPath, type Surroundings, sidecarOf } from './places.js'
import { UnwritableFile } from './unwritable-file.js'
import { type Claim, writeCredentials } from './write-credentials.js'

/** What writing came to. */
export interface Written {
  readonly findings: readonly Finding[]
  /** Paths of the files that hold the credentials now. */
  readonly files: readonly string[]
  /** They are in `COMPOSER_AUTH` too, for the later steps. */
  readonly exported: boolean
  /** The world as the later steps will find it. */
  readonly environment: Environment
  /** Composer's home as the command that is judged will find it; undefined where none can be told. */
  readonly home: string | undefined
}

/**
 * Merges credentials into every place that `auth-location` names. State goes first: after it, whatever happens, the post
 * step can undo it. A place that cannot be written to is a finding; the others are written all the same.
 */
export async function writeEverywhere(
  inputs: Pick<Inputs, 'authLocations' | 'cleanup'>,
  environment: Environment,
  entries: readonly AuthEntry[],
): Promise<Written> {
  const found = composerHome(environment)
  const surroundings = surroundingsOf(environment)
  const { files, findings } = authFiles(inputs.authLocations, environment, found, surroundings)
  const home = homeOf(inputs.authLocations, environment, found)
  if (entries.length === 0) return { findings: [], files: [], exported: false, environment, home }

  const id = randomUUID()
  const lease = leaseFor(id, entries)
  const variable = inputs.authLocations.includes('env')
    ? mergedEnvironment(environment.env.COMPOSER_AUTH, entries, lease, privateFolder(surroundings))
    : undefined
  const state = new CredentialState(inputs.cleanup, {
    lease,
    files: files.map(({ path, sidecar }) => ({ path, sidecar, stood: undefined })),
    variable: variable?.kind === 'merged' ? variable.variable : undefined,
  })

  const written: string[] = []
  for (const file of files) {
    const finding = await writeTo(file, { id, entries, temporary: inputs.cleanup }, state)
    if (finding === undefined) written.push(file.path)
    else findings.push(finding)
  }
  const refused = variable && (await exportVariable(variable, environment.env, state))
  if (refused !== undefined) findings.push(refused)
  const text = variable?.kind === 'merged' && refused === undefined ? variable.text : undefined
  const after = text === undefined ? environment : withVariable(environment, text)
  return { findings, files: written, exported: text !== undefined, environment: after, home }
}

/** Files that hold credentials and that git would take along: those written, and one that the project had already. */
export async function exposures(files: readonly string[], environment: Environment): Promise<Finding[]> {
  const ours = new Set(files.map(realPath))
  const all = [...new Set([...ours, realPath(projectAuthPath(environment))])]
  const found = await Promise.all(
    all.map(async (path): Promise<Finding[]> => {
      const written = ours.has(path)
      if (!written && holdsNone(path)) return []
      const exposure = await exposureToGit(path, environment)
      if (exposure === undefined) return []
      return [
        {
          ...NO_SERVER,
          code: 'auth-file-exposed',
          place: { path, position: undefined },
          written,
          ...exposure,
        },
      ]
    }),
  )
  return found.flat()
}

/** Whether a file is an auth.json without a single secret, as Composer and templates of projects leave one behind. */
function holdsNone(path: string): boolean {
  const file = readBounded(path, LARGEST_AUTH_FILE)
  const read = file.kind === 'bytes' ? readAuthJson(file.bytes) : undefined
  return read?.kind === 'auth-json' && entriesOf(read).flatMap(secretsOf).join('') === ''
}

/** Folders of this job, as far as they decide where our own files may lie. */
export function surroundingsOf({ env, cwd }: Environment): Surroundings {
  return {
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    project: cwd,
    home: truthy(env.HOME) ?? truthy(env.USERPROFILE),
    temporary: env.RUNNER_TEMP || undefined,
  }
}

/** The files of the locations, each once: Composer's home may be the project's folder. */
function authFiles(
  locations: Inputs['authLocations'],
  environment: Environment,
  home: ComposerHome,
  surroundings: Surroundings,
): { files: AuthFile[]; findings: Finding[] } {
  const files = new Map<string, AuthFile>()
  const findings: Finding[] = []
  for (const location of locations) {
    if (location === 'env') continue
    const target = authTarget(location, environment, home)
    if ('composerSays' in target) {
      findings.push(unwritable('auth.json', 'no-home', undefined, target.composerSays))
    } else if (leadsOut(target.named, target.path, surroundings)) {
      findings.push(unwritable(target.path, 'leads-out'))
    } else {
      const key = realPath(target.path)
      if (!files.has(key)) files.set(key, authFileAt(target.path, sidecarOf(target.path, surroundings)))
    }
  }
  return { files: [...files.values()], findings }
}

/** The auth.json of a location, and by which path settings name it: links may lead from one to the other. */
function authTarget(
  location: FileLocation,
  environment: Environment,
  home: ComposerHome,
): { readonly path: string; readonly named: string } | { readonly composerSays: string } {
  switch (location) {
    case 'global':
      return home.kind === 'found' ? unlinked(join(home.path, 'auth.json')) : home
    case 'project':
      return { path: projectAuthPath(environment), named: composerJsonPath(environment) }
    case 'magento':
      return unlinked(join(magentoHome(environment), 'auth.json'))
  }
}

function unlinked(path: string): { readonly path: string; readonly named: string } {
  return { path, named: path }
}

/** Where Magento's own commands have their Composer home. Source: `Magento\Framework\Composer\ComposerFactory`. */
function magentoHome({ cwd }: Environment): string {
  return resolve(cwd, 'var', 'composer_home')
}

/**
 * The home of the Composer that the credentials are for: with `magento` alone that of Magento's commands, else the user's.
 */
function homeOf(locations: Inputs['authLocations'], environment: Environment, found: ComposerHome): string | undefined {
  if (locations.every((location) => location === 'magento')) return magentoHome(environment)
  return found.kind === 'found' ? found.path : undefined
}

async function writeTo(file: AuthFile, claim: Claim, state: CredentialState): Promise<Finding | undefined> {
  const result = await writeCredentials(file, claim)
  switch (result.kind) {
    case 'written':
      state.written(file, result.stood)
      say(
        `Composer's credentials for ${state.hosts} are in ${file.path}${claim.temporary ? ' until the job ends' : ''}.`,
      )
      return undefined
    case 'invalid':
      state.without(file)
      return refusedFinding(file.path, result.invalid)
    case 'unwritable': {
      if (result.undone) state.without(file)
      const { path, reason, code } = result.failure
      return unwritable(path, reason, code)
    }
  }
}

/** Sets `COMPOSER_AUTH` for the later steps; returns why that is not possible. */
async function exportVariable(
  merged: MergedEnvironment,
  env: Environment['env'],
  state: CredentialState,
): Promise<Finding | undefined> {
  if (merged.kind === 'invalid') return refusedFinding('COMPOSER_AUTH', merged.invalid)
  if (!canExport(env)) {
    state.withoutVariable()
    return unwritable('GITHUB_ENV', 'other')
  }
  try {
    if (state.temporary) await saveEnvironment(merged.variable, env.COMPOSER_AUTH)
    exportComposerAuth(merged.text)
  } catch (error) {
    if (await forgets(merged.variable)) state.withoutVariable()
    if (!(error instanceof UnwritableFile)) return unwritable('GITHUB_ENV', 'other')
    return unwritable(error.path, error.reason, error.code)
  }
  say(
    `Composer's credentials for ${state.hosts} are in COMPOSER_AUTH for all later steps${state.temporary ? ' until the job ends' : ''}.`,
  )
  return undefined
}

/** Whether nothing is kept any more of what the variable held. */
async function forgets(variable: LeasedVariable): Promise<boolean> {
  try {
    await forgetEnvironment(variable)
    return true
  } catch {
    return false
  }
}

/** A file or variable that Composer does not accept, and that the step's own credentials were to go into. */
function refusedFinding(source: string, invalid: InvalidAuthJson): Finding {
  return invalidAuthFile(source, invalid, 'refused')
}

function unwritable(
  target: string,
  reason: AuthFileUnwritable['reason'],
  systemCode?: string,
  composerSays?: string,
): AuthFileUnwritable {
  const place = isAbsolute(target) ? { path: target, position: undefined } : undefined
  return { ...NO_SERVER, code: 'auth-file-unwritable', target, reason, systemCode, composerSays, place }
}

function withVariable(environment: Environment, text: string): Environment {
  return { ...environment, env: { ...environment.env, COMPOSER_AUTH: text } }
}
