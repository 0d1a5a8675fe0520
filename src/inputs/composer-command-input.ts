import { getInput } from '@actions/core'
import type { ComposerCommand } from '../check/project.js'
import { truthy } from '../composer/environment.js'
import { isPackageName } from '../composer/package-name.js'
import { notTaken } from './invalid-input.js'

/** The options that change what Composer fetches, as `composer help update` lists them. */
const WITH_DEPENDENCIES = ['--with-dependencies', '-w']
const WITH_ALL_DEPENDENCIES = ['--with-all-dependencies', '-W']

/**
 * Reads `composer-command`.
 *
 * @throws InvalidInput
 */
export function readComposerCommand(): ComposerCommand {
  const words = (getInput('composer-command') || 'install').split(/\s+/)
  const [name = '', ...others] = words[0] === 'composer' ? words.slice(1) : words
  const options = others.filter((word) => word.startsWith('-'))
  const only = others.filter((word) => !word.startsWith('-'))
  const known = name === 'update' ? ['--no-dev', ...WITH_DEPENDENCIES, ...WITH_ALL_DEPENDENCIES] : ['--no-dev']
  if (
    !(name === 'install' ? only.length === 0 : name === 'update' && only.every(namesPackages)) ||
    !options.every((option) => known.includes(option))
  ) {
    throw notTaken(
      'composer-command',
      '`install` or `update`, each with or without `--no-dev`; or `update vendor/name`, with or without `-w` or `-W`.',
    )
  }
  // Composer reads the variables as PHP reads a boolean.
  const has = (names: readonly string[], variable: string) =>
    options.some((option) => names.includes(option)) || truthy(process.env[variable]) !== undefined
  const notRoot = has(WITH_DEPENDENCIES, 'COMPOSER_WITH_DEPENDENCIES') ? 'not-root' : 'none'
  return {
    name: name === 'update' ? 'update' : 'install',
    dev: !has(['--no-dev'], 'COMPOSER_NO_DEV'),
    only: only.map((one) => one.toLowerCase()),
    withDependencies: has(WITH_ALL_DEPENDENCIES, 'COMPOSER_WITH_ALL_DEPENDENCIES') ? 'all' : notRoot,
  }
}

/** Whether a word is a package's name, or a pattern of names. */
function namesPackages(word: string): boolean {
  return isPackageName(word.replaceAll('*', 'x'))
}
