import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { getInput, getMultilineInput } from '@actions/core'
import type { ComposerCommand } from '../check/project.js'
import type { RequestedPackage } from '../check/resolved/requested-packages.js'
import type { AuthEntry } from '../composer/auth-json.js'
import { truthy } from '../composer/environment.js'
import { ADOBE_HOST, isPrivateRoute } from '../composer/origin.js'
import { parseConstraint } from '../composer/versions/constraint.js'
import type { FileLocation } from '../credentials/places.js'
import { readComposerAuth } from './composer-auth-input.js'
import { InvalidInput } from './invalid-input.js'
import { type GivenKey, givenKey } from './key-shapes.js'

/** Everything a workflow can say, read once. */
export interface Inputs {
  readonly publicKey: GivenKey
  readonly privateKey: GivenKey
  /** Everything that `composer-auth` holds. */
  readonly composerAuth: readonly AuthEntry[]
  readonly repositoryUrl: string
  /** Absolute. */
  readonly workingDirectory: string
  readonly composerCommand: ComposerCommand
  readonly packages: readonly RequestedPackage[]
  /** At least one, each once. */
  readonly authLocations: readonly AuthLocation[]
  readonly check: Check
  readonly ifKeysMissing: IfKeysMissing
  readonly failOnError: boolean
  /** Seconds. */
  readonly timeout: number
  readonly retries: number
  readonly jobSummary: boolean
  readonly cleanup: boolean
}

export type AuthLocation = FileLocation | 'env'
export type Check = 'full' | 'access' | 'off'
export type IfKeysMissing = 'error' | 'warn' | 'ignore'

/** What holds secrets, before anything else is read: it is masked first. */
export function readRawSecrets(): {
  publicKey: string
  privateKey: string
  composerAuth: string
  /** Must not hold a secret, and is refused if it does. */
  repositoryUrl: string
} {
  const raw = (name: string) => getInput(name, { trimWhitespace: false })
  return {
    publicKey: raw('public-key'),
    privateKey: raw('private-key'),
    composerAuth: raw('composer-auth'),
    repositoryUrl: raw('repository-url'),
  }
}

/**
 * Reads and validates all inputs.
 *
 * @param workspace the folder that `working-directory` starts from
 * @throws InvalidInput
 */
export function readInputs(workspace: string): Inputs {
  const { publicKey, privateKey, composerAuth } = readRawSecrets()
  return {
    publicKey: givenKey(publicKey),
    privateKey: givenKey(privateKey),
    composerAuth: readComposerAuth(composerAuth),
    repositoryUrl: repositoryUrl(),
    workingDirectory: workingDirectory(workspace),
    composerCommand: composerCommand(),
    packages: packages(),
    authLocations: authLocations(),
    check: oneOf('check', 'full', ['full', 'access', 'off']),
    ifKeysMissing: oneOf('if-keys-missing', 'error', ['error', 'warn', 'ignore']),
    failOnError: flag('fail-on-error', true),
    timeout: number(
      'timeout',
      30,
      'takes a number of seconds above 0 and up to 600, such as `30`.',
      (n) => n > 0 && n <= 600,
    ),
    retries: number(
      'retries',
      3,
      'takes a whole number from 0 to 10, such as `3`.',
      (n) => Number.isInteger(n) && n >= 0 && n <= 10,
    ),
    jobSummary: flag('job-summary', true),
    cleanup: flag('cleanup', true),
  }
}

function authLocations(): AuthLocation[] {
  const words: readonly AuthLocation[] = ['global', 'project', 'magento', 'env']
  const named = (getInput('auth-location') || 'global').toLowerCase().split(/[\s,]+/)
  const locations = named.flatMap((name) => words.find((word) => word === name) ?? (name === '' ? [] : [undefined]))
  if (locations.length === 0 || locations.includes(undefined)) {
    throw new InvalidInput(
      'auth-location',
      'takes one or several of `global`, `project`, `magento` and `env`, one a line or with commas in between.',
    )
  }
  return words.filter((word) => locations.includes(word))
}

function repositoryUrl(): string {
  const takes = 'takes the http(s) URL of a Composer repository, such as `https://repo.magento.com/`.'
  const value = getInput('repository-url') || `https://${ADOBE_HOST}/`
  if (!/^https?:\/\//i.test(value) || /[\s\p{Cc}]/u.test(value) || !URL.canParse(value)) {
    throw new InvalidInput('repository-url', takes)
  }
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') {
    throw new InvalidInput(
      'repository-url',
      'must not hold credentials: they go into `public-key` and `private-key`, from secrets.',
    )
  }
  if (url.search !== '' || url.hash !== '') throw new InvalidInput('repository-url', takes)
  if (!isPrivateRoute(value)) {
    throw new InvalidInput(
      'repository-url',
      'must begin with https://: over http everybody on the way could read the keys.',
    )
  }
  return value
}

function workingDirectory(workspace: string): string {
  const folder = resolve(workspace, getInput('working-directory') || '.')
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InvalidInput(
      'working-directory',
      'takes a folder that exists, relative to the workspace. Does a checkout step run before this one?',
    )
  }
  return folder
}

function composerCommand(): ComposerCommand {
  const words = (getInput('composer-command') || 'install').split(/\s+/)
  const [name = '', ...options] = words[0] === 'composer' ? words.slice(1) : words
  if ((name !== 'install' && name !== 'update') || options.some((option) => option !== '--no-dev')) {
    throw new InvalidInput('composer-command', 'takes `install` or `update`, each with or without `--no-dev`.')
  }
  // Composer reads the variable as PHP reads a boolean.
  return { name, dev: options.length === 0 && truthy(process.env.COMPOSER_NO_DEV) === undefined }
}

/**
 * Composer's own form of a package's name, so written that there is one way alone to read a name: the original takes
 * exponential time to see that a name is none. Source: composer-schema.json, `name`.
 */
const PACKAGE_NAME = /^[a-z0-9]+(?:[_.-][a-z0-9]+)*\/[a-z0-9]+(?:(?:[_.]|-{1,2})[a-z0-9]+)*$/

function packages(): RequestedPackage[] {
  return getMultilineInput('packages').map((line) => {
    const [, name = '', constraint] = /^([^:=\s]+)(?:[:=]|\s+)?(.*)$/.exec(line) ?? []
    if (
      !PACKAGE_NAME.test(name.toLowerCase()) ||
      (constraint !== '' && parseConstraint(constraint ?? '') === undefined)
    ) {
      throw new InvalidInput('packages', 'takes one package a line, as `vendor/name` or `vendor/name:constraint`.')
    }
    return { name: name.toLowerCase(), constraint: constraint === '' ? undefined : constraint }
  })
}

function oneOf<Word extends string>(input: string, fallback: Word, words: readonly Word[]): Word {
  const value = getInput(input)
  if (value === '') return fallback
  const word = words.find((candidate) => candidate === value.toLowerCase())
  if (word === undefined) {
    const list = words.map((candidate) => `\`${candidate}\``)
    throw new InvalidInput(
      input,
      `takes ${list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`}.`,
    )
  }
  return word
}

/** A boolean as YAML 1.2 writes it, like the toolkit's own, whose message would be the only one of another form. */
function flag(input: string, fallback: boolean): boolean {
  const value = getInput(input)
  if (value === '') return fallback
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:false|False|FALSE)$/.test(value)) return false
  throw new InvalidInput(input, 'takes `true` or `false`.')
}

function number(input: string, fallback: number, takes: string, accepts: (value: number) => boolean): number {
  const value = getInput(input)
  if (value === '') return fallback
  const parsed = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (!accepts(parsed)) throw new InvalidInput(input, takes)
  return parsed
}
