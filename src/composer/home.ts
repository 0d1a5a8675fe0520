import { posix, win32 } from 'node:path'
import { type Environment, expandPath, truthy } from './environment.js'

/** Composer's home folder, or why Composer itself would refuse to run for want of one. */
export type ComposerHome =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'unknown'; readonly composerSays: string }

/**
 * The folder in which Composer looks for its global `auth.json` and `config.json`, as an absolute path.
 *
 * Where more than one is possible Composer takes the first that exists. Where none exists this returns `~/.composer`,
 * although Composer's own default is the XDG one: once we have created it, it is the first that exists, and it is the
 * one that setup-php writes to, whose file a new `~/.config/composer` would hide.
 *
 * Source of the rule: `Factory::getHomeDir`, `useXdg` and `getUserDir`; `Config::get('home')` for the expansion.
 */
export function composerHome(environment: Environment): ComposerHome {
  const { env, platform } = environment
  const path = platform === 'win32' ? win32 : posix

  const explicit = truthy(env.COMPOSER_HOME)
  if (explicit !== undefined) return found(path.resolve(environment.cwd, expandPath(explicit, environment)))

  if (platform === 'win32') {
    const appData = truthy(env.APPDATA)
    if (appData === undefined) {
      return unknown('The APPDATA or COMPOSER_HOME environment variable must be set for composer to run correctly')
    }
    return found(win32.join(appData, 'Composer'))
  }

  const home = truthy(env.HOME)
  if (home === undefined) {
    return unknown('The HOME or COMPOSER_HOME environment variable must be set for composer to run correctly')
  }
  const userDirectory = home.replaceAll('\\', '/').replace(/\/+$/, '')
  const legacy = `${userDirectory}/.composer`
  const candidates = usesXdg(environment)
    ? [`${truthy(env.XDG_CONFIG_HOME) ?? `${userDirectory}/.config`}/composer`, legacy]
    : [legacy]
  // Relative ones start where Composer will run, which need not be where this process does.
  const absolute = candidates.map((candidate) => posix.resolve(environment.cwd, candidate))
  const existing = absolute.find((candidate) => environment.isDirectory(candidate))
  return found(existing ?? posix.resolve(environment.cwd, legacy))
}

function usesXdg({ env, isDirectory }: Environment): boolean {
  return Object.keys(env).some((name) => name.startsWith('XDG_')) || isDirectory('/etc/xdg')
}

function found(path: string): ComposerHome {
  return { kind: 'found', path }
}

function unknown(composerSays: string): ComposerHome {
  return { kind: 'unknown', composerSays }
}
