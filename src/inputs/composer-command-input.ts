import { getInput } from '@actions/core'
import type { ComposerCommand } from '../check/project.js'
import { truthy } from '../composer/environment.js'
import { LONGEST_CONSTRAINT } from '../composer/link.js'
import { isPackageName } from '../composer/package-name.js'
import { type InvalidInput, notTaken } from './invalid-input.js'

/** The options that change what Composer fetches, as `composer help update` lists them. */
const NO_DEV = ['--no-dev']
const WITH_DEPENDENCIES = ['--with-dependencies', '-w']
const WITH_ALL_DEPENDENCIES = ['--with-all-dependencies', '-W']
const LOCK = ['--lock']
/** Which versions are preferred changes nothing of what may be had. */
const MINIMAL_CHANGES = ['--minimal-changes', '-m']
/** What people write besides and what changes nothing that is fetched. */
const IDLE = [
  ...[
    '--no-interaction',
    '-n',
    '--no-progress',
    '--no-ansi',
    '--ansi',
    '--quiet',
    '-q',
    '--verbose',
    '-v',
    '-vv',
    '-vvv',
  ],
  ...['--prefer-dist', '--no-scripts', '--no-autoloader', '--optimize-autoloader', '-o', '--ignore-platform-reqs'],
]
const OF_INSTALL = [...NO_DEV, ...IDLE]
const OF_UPDATE = [...OF_INSTALL, ...WITH_DEPENDENCIES, ...WITH_ALL_DEPENDENCIES, ...LOCK, ...MINIMAL_CHANGES]
/** In the place of names these mean the same as `--lock`. Source: `UpdateCommand.php`. */
const LOCK_WORDS = ['lock', 'nothing', 'mirrors']

/**
 * Reads `composer-command`.
 *
 * @throws InvalidInput
 */
export function readComposerCommand(): ComposerCommand {
  const words = (getInput('composer-command') || 'install').split(/\s+/)
  const [name = '', ...others] = words[0] === 'composer' ? words.slice(1) : words
  const { options, given, limits } = sorted(others)
  const updates = name === 'update'
  const isKnown = options.every((option) => (updates ? OF_UPDATE : OF_INSTALL).includes(option))
  if (!(updates || (name === 'install' && others.length === options.length)) || !isKnown) throw refused()

  // Composer reads the variables as PHP reads a boolean.
  const has = (names: readonly string[], variable?: string) =>
    options.some((option) => names.includes(option)) ||
    (variable !== undefined && truthy(process.env[variable]) !== undefined)
  const named = given.filter((one) => !LOCK_WORDS.includes(one)).map(namedPackage)
  const sameVersions = has(LOCK) || named.length < given.length
  // Composer refuses both at once.
  if (sameVersions && named.length > 0) throw refused()
  const notRoot = has(WITH_DEPENDENCIES, 'COMPOSER_WITH_DEPENDENCIES') ? 'not-root' : 'none'
  return {
    name: updates ? 'update' : 'install',
    dev: !has(NO_DEV, 'COMPOSER_NO_DEV'),
    only: named.map((one) => one.name),
    withDependencies: has(WITH_ALL_DEPENDENCIES, 'COMPOSER_WITH_ALL_DEPENDENCIES') ? 'all' : notRoot,
    sameVersions,
    temporary: new Map(
      [...limits.map(namedPackage), ...named].flatMap((one) =>
        one.constraint === undefined ? [] : [[one.name, one.constraint] as const],
      ),
    ),
  }
}

function refused(): InvalidInput {
  return notTaken(
    'composer-command',
    '`install` or `update`, each with or without `--no-dev`; or `update vendor/name`, with or without a constraint as in `vendor/name:^1.0`, `-w` or `-W`; or `update --lock`.',
  )
}

/** Tells options, names and the values of `--with` apart. */
function sorted(words: readonly string[]) {
  const options: string[] = []
  const given: string[] = []
  const limits: string[] = []
  let takesValue = false
  for (const word of words) {
    const [, value] = /^--with=(.*)$/.exec(word) ?? []
    if (takesValue || value !== undefined) limits.push(value ?? word)
    else if (word !== '--with') (word.startsWith('-') ? options : given).push(word)
    takesValue = word === '--with' && !takesValue
  }
  if (takesValue || limits.some((limit) => !/[:=]/.test(limit))) throw refused()
  return { options, given, limits }
}

/** A package's name or a pattern of names; a name may have a constraint behind it. Source: `UpdateCommand.php`. */
function namedPackage(word: string): { readonly name: string; readonly constraint: string | undefined } {
  const [, name = word, constraint] = /^([^=:]+)[=:](.+)$/.exec(word) ?? []
  const fits = isPackageName(constraint === undefined ? name.replaceAll('*', 'x') : name)
  if (!fits || /["'\\$]/.test(constraint ?? '') || (constraint?.length ?? 0) > LONGEST_CONSTRAINT) throw refused()
  return { name: name.toLowerCase(), constraint }
}
