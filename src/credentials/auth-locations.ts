import { isAbsolute, join, resolve } from 'node:path'
import { composerJsonPath, projectAuthPath } from '../composer/config.js'
import type { Environment } from '../composer/environment.js'
import type { ComposerHome } from '../composer/home.js'
import type { Inputs } from '../inputs/inputs.js'
import type { AuthFileUnwritable } from '../problems/auth-file-unwritable.js'
import type { Finding } from '../problems/finding.js'
import { NO_SERVER } from '../problems/problem.js'
import { type AuthFile, authFileAt } from './auth-file.js'
import { type FileLocation, leadsOut, realPath, type Surroundings, sidecarOf } from './places.js'

/** The files that the input `auth-location` names, each once: Composer's home may be the project's folder. */
export function authFiles(
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
export function homeOf(
  locations: Inputs['authLocations'],
  environment: Environment,
  found: ComposerHome,
): string | undefined {
  if (locations.every((location) => location === 'magento')) return magentoHome(environment)
  return found.kind === 'found' ? found.path : undefined
}

/** The finding that a file or variable cannot be written. */
export function unwritable(
  target: string,
  reason: AuthFileUnwritable['reason'],
  systemCode?: string,
  composerSays?: string,
): AuthFileUnwritable {
  const place = isAbsolute(target) ? { path: target, position: undefined } : undefined
  return { ...NO_SERVER, code: 'auth-file-unwritable', target, reason, systemCode, composerSays, place }
}
