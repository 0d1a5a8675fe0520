import { randomUUID } from 'node:crypto'
import { invalidAuthFile } from '../check/credentials/invalid-auth-files.js'
import type { AuthEntry, InvalidAuthJson } from '../composer/auth-json.js'
import type { Environment } from '../composer/environment.js'
import { composerHome } from '../composer/home.js'
import type { Inputs } from '../inputs/inputs.js'
import type { Finding } from '../problems/finding.js'
import { canExport, exportComposerAuth } from '../runner/environment-file.js'
import { say } from '../runner/say.js'
import { CredentialState } from '../runner/state.js'
import type { AuthFile } from './auth-file.js'
import { authFiles, homeOf, unwritable } from './auth-locations.js'
import {
  forgetEnvironment,
  type LeasedVariable,
  type MergedEnvironment,
  mergedEnvironment,
  saveEnvironment,
} from './environment-auth.js'
import { leaseFor } from './lease.js'
import { privateFolder, surroundingsOf } from './places.js'
import { UnwritableFile } from './unwritable-file.js'
import { type Claim, writeCredentials } from './write-credentials.js'

/** What writing came to. */
export interface Written {
  readonly findings: readonly Finding[]
  /** Paths of the files that hold the credentials now. */
  readonly files: readonly string[]
  /** Entries of others that stood in the places of those written. */
  readonly replaced: readonly AuthEntry[]
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
  if (entries.length === 0) return { findings: [], files: [], replaced: [], exported: false, environment, home }

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
  const replaced = variable?.kind === 'merged' ? [...variable.replaced] : []
  for (const file of files) {
    const result = await writeTo(file, { id, entries, temporary: inputs.cleanup }, state)
    if ('code' in result) findings.push(result)
    else {
      written.push(file.path)
      replaced.push(...result.replaced)
    }
  }
  const refused = variable && (await exportVariable(variable, environment.env, state))
  if (refused !== undefined) findings.push(refused)
  const text = variable?.kind === 'merged' && refused === undefined ? variable.text : undefined
  const after = text === undefined ? environment : withVariable(environment, text)
  return { findings, files: written, replaced, exported: text !== undefined, environment: after, home }
}

/** What was in the places of the entries that are there now. */
type Replaced = Pick<Written, 'replaced'>

async function writeTo(file: AuthFile, claim: Claim, state: CredentialState): Promise<Finding | Replaced> {
  const result = await writeCredentials(file, claim)
  switch (result.kind) {
    case 'written':
      state.written(file, result.stood)
      say(
        `Composer's credentials for ${state.hosts} are in ${file.path}${claim.temporary ? ' until the job ends' : ''}.`,
      )
      return result
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

function withVariable(environment: Environment, text: string): Environment {
  return { ...environment, env: { ...environment.env, COMPOSER_AUTH: text } }
}
