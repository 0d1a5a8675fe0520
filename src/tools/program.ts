import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import type { Environment } from '../composer/environment.js'

/** Where programs are looked for. */
export type Surrounding = Pick<Environment, 'env' | 'platform' | 'cwd'>

/** What Windows can start; scripts of other kinds need a program of their own. */
const STARTABLE = ['.com', '.exe', '.bat', '.cmd']

/**
 * The path of a program, looked for in `PATH` alone. Undefined where there is none.
 *
 * Nothing inside the checkout is ever started: a pull request may have put it there while another step, or the workflow,
 * put its folder on the `PATH`. Nor is the current folder looked into, which Windows would do first.
 */
export function programNamed(name: string, environment: Surrounding): string | undefined {
  const { join } = rulesOf(environment)
  const inCheckout = checkoutOf(environment)
  return trustedPath(environment)
    .flatMap((folder) => fileNames(name, environment).map((file) => join(folder, file)))
    .find((path) => isProgram(path, environment) && !inCheckout(path))
}

/**
 * The entries of `PATH` that a program may be started from, in their order. Programs get no others handed on either: a
 * script that begins with `#!/usr/bin/env php` looks its interpreter up by itself.
 */
export function trustedPath(environment: Surrounding): string[] {
  const { delimiter } = rulesOf(environment)
  const inCheckout = checkoutOf(environment)
  const entries = (environment.env.PATH ?? '').split(delimiter)
  return entries
    .map((entry) => (environment.platform === 'win32' ? entry.replace(/^"(.*)"$/, '$1') : entry))
    .filter((entry) => isAbsolute(entry, environment) && !inCheckout(entry))
}

/** An empty entry means the current folder, and `\tools` a folder of the current drive. */
function isAbsolute(entry: string, { platform }: Surrounding): boolean {
  return platform === 'win32' ? /^(?:[a-z]:[\\/]|\\\\)/i.test(entry) : entry.startsWith('/')
}

/** Whether a path leads into the workspace, the working directory or the folder that the step was started in. */
function checkoutOf(environment: Surrounding): (path: string) => boolean {
  const { relative, resolve, parse, isAbsolute } = rulesOf(environment)
  const folders = [environment.env.GITHUB_WORKSPACE ?? '', environment.cwd, process.cwd()]
    .filter((folder) => folder !== '')
    .flatMap((folder) => [resolve(folder), real(folder)])
    // Everything is inside a root: nothing would be left to start.
    .filter((folder) => parse(folder).root !== folder)
  const isWithin = (path: string, folder: string) => {
    const way = relative(folder, path)
    return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way)
  }
  return (path) => [resolve(path), real(path)].some((one) => folders.some((folder) => isWithin(one, folder)))
}

function fileNames(name: string, { env, platform }: Surrounding): string[] {
  if (platform !== 'win32') return [name]
  const extensions = (env.PATHEXT ?? '').toLowerCase().split(';')
  const known = extensions.filter((extension) => STARTABLE.includes(extension))
  return (known.length === 0 ? STARTABLE : known).map((extension) => `${name}${extension}`)
}

function isProgram(path: string, { platform }: Surrounding): boolean {
  try {
    if (!statSync(path).isFile()) return false
    if (platform !== 'win32') accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Without links; as it stands where there is nothing. */
function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

function rulesOf({ platform }: Surrounding) {
  return platform === 'win32' ? win32 : posix
}
