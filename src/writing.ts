import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { AuthEntry, InvalidAuthJson } from './composer/auth-json.js'
import { projectAuthPath } from './composer/config.js'
import type { Environment } from './composer/environment.js'
import { type ComposerHome, composerHome } from './composer/home.js'
import { mergedEnvironment, saveEnvironment } from './credentials/environment-auth.js'
import { exposureToGit } from './credentials/exposure.js'
import { leaseFor } from './credentials/lease.js'
import { type AuthFilePlace, type FileLocation, placeAt, realPath } from './credentials/places.js'
import { UnwritableFile } from './credentials/regular-file.js'
import { writeCredentials } from './credentials/write-credentials.js'
import { canExport, exportComposerAuth } from './github/environment-file.js'
import type { Inputs } from './github/inputs.js'
import { say } from './github/say.js'
import { saveChanged, saveEnvironmentLease, saveLease } from './github/state.js'
import { invalidAuthFile } from './holding.js'
import type { AuthFileUnwritable } from './problems/auth-file-unwritable.js'
import type { Finding } from './problems/finding.js'
import { hostsOf } from './problems/phrases.js'
import { NO_SERVER } from './problems/problem.js'

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
  const id = randomUUID()
  const temporary = environment.env.RUNNER_TEMP || tmpdir()
  const found = composerHome(environment)
  const { places, findings } = filePlaces(inputs.authLocations, environment, found, temporary)
  const home = homeOf(inputs.authLocations, environment, found)
  if (entries.length === 0) return { findings: [], files: [], exported: false, environment, home }

  const files: string[] = []
  for (const [index, place] of places.entries()) {
    const finding = await writeTo(place, index, { id, entries, temporary: inputs.cleanup })
    if (finding === undefined) files.push(place.file.path)
    else findings.push(finding)
  }
  const variable = inputs.authLocations.includes('env')
    ? await exportEntries(entries, environment, { id, temporary, cleanup: inputs.cleanup })
    : undefined
  if (variable?.finding !== undefined) findings.push(variable.finding)
  const after = variable?.text === undefined ? environment : withVariable(environment, variable.text)
  return { findings, files, exported: variable?.text !== undefined, environment: after, home }
}

/** Files that hold credentials and that git would take along: those written, and one that the project had already. */
export async function exposures(files: readonly string[], environment: Environment): Promise<Finding[]> {
  const ours = new Set(files.map(realPath))
  const all = [...new Set([...ours, realPath(projectAuthPath(environment))])]
  const found = await Promise.all(
    all.map(async (path): Promise<Finding[]> => {
      const exposure = await exposureToGit(path, environment)
      if (exposure === undefined) return []
      return [
        {
          ...NO_SERVER,
          code: 'auth-file-exposed',
          place: { path, position: undefined },
          tracked: exposure === 'tracked',
          written: ours.has(path),
          ignoreLine: undefined,
        },
      ]
    }),
  )
  return found.flat()
}

/** The files of the locations, each once: Composer's home may be the project's folder. */
function filePlaces(
  locations: Inputs['authLocations'],
  environment: Environment,
  home: ComposerHome,
  temporary: string,
): { places: AuthFilePlace[]; findings: Finding[] } {
  const inHome = home.kind === 'found' ? join(home.path, 'auth.json') : undefined
  const places = new Map<string, AuthFilePlace>()
  const findings: Finding[] = []
  for (const location of locations) {
    if (location === 'env') continue
    const path = authPath(location, environment, home)
    if (typeof path === 'string') {
      const key = realPath(path)
      if (!places.has(key)) places.set(key, placeAt(location, path, inHome, temporary))
    } else {
      findings.push(unwritable('auth.json', 'no-home', undefined, path.composerSays))
    }
  }
  return { places: [...places.values()], findings }
}

function authPath(
  location: FileLocation,
  environment: Environment,
  home: ComposerHome,
): string | { readonly composerSays: string } {
  switch (location) {
    case 'global':
      return home.kind === 'found' ? join(home.path, 'auth.json') : home
    case 'project':
      return projectAuthPath(environment)
    case 'magento':
      return join(magentoHome(environment), 'auth.json')
  }
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

async function writeTo(
  { file }: AuthFilePlace,
  index: number,
  claim: { readonly id: string; readonly entries: readonly AuthEntry[]; readonly temporary: boolean },
): Promise<Finding | undefined> {
  if (claim.temporary) saveLease(index, leaseFor(file, claim.id, claim.entries))
  const result = await writeCredentials(file, claim)
  switch (result.kind) {
    case 'written':
      if (claim.temporary) saveChanged(index, result.changed)
      say(
        `Composer's credentials for ${hostsOf(claim.entries.map(({ path }) => path))} are in ${file.path}${claim.temporary ? ' until the job ends' : ''}.`,
      )
      return undefined
    case 'invalid':
      return refusedFinding(file.path, result.invalid)
    case 'unwritable': {
      const { path, reason, code } = result.failure
      return unwritable(path, reason, code)
    }
  }
}

async function exportEntries(
  entries: readonly AuthEntry[],
  { env }: Environment,
  { id, temporary, cleanup }: { readonly id: string; readonly temporary: string; readonly cleanup: boolean },
): Promise<{ text?: string; finding?: Finding }> {
  const merged = mergedEnvironment(env.COMPOSER_AUTH, entries, id, temporary)
  if (merged.kind === 'invalid') return { finding: refusedFinding('COMPOSER_AUTH', merged.invalid) }
  if (!canExport(env)) return { finding: unwritable('GITHUB_ENV', 'other') }
  try {
    if (cleanup) {
      saveEnvironmentLease(merged.lease)
      await saveEnvironment(merged.lease, env.COMPOSER_AUTH)
    }
    exportComposerAuth(merged.text)
  } catch (error) {
    if (error instanceof UnwritableFile) {
      return { finding: unwritable(error.path, error.reason, error.code) }
    }
    return { finding: unwritable('GITHUB_ENV', 'other') }
  }
  say(
    `Composer's credentials for ${hostsOf(entries.map(({ path }) => path))} are in COMPOSER_AUTH for all later steps${cleanup ? ' until the job ends' : ''}.`,
  )
  return { text: merged.text }
}

/** A file or variable that Composer does not accept, and that the step's own credentials were to go into. */
function refusedFinding(source: string, invalid: InvalidAuthJson): Finding {
  return invalidAuthFile(source, invalid, { refused: true, stops: true })
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
