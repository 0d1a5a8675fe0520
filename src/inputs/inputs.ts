import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { getInput } from '@actions/core'
import type { ComposerCommand } from '../check/project.js'
import type { RequestedPackage } from '../check/resolved/requested-packages.js'
import type { AuthEntry } from '../composer/auth-json.js'
import { ADOBE_HOST } from '../composer/origin.js'
import { parseConstraint } from '../composer/versions/constraint.js'
import type { FileLocation } from '../credentials/places.js'
import { asOnDisk } from '../paths/as-on-disk.js'
import { readComposerAuth } from './composer-auth-input.js'
import { readComposerCommand } from './composer-command-input.js'
import { type DownloadInputs, type IncompleteDownloads, readDownloadInputs } from './download-inputs.js'
import { InvalidInput, notTaken } from './invalid-input.js'
import { type GivenKey, givenKey } from './key-shapes.js'
import { urlInput } from './url-input.js'

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
  readonly jobSummary: JobSummary
  readonly cleanup: boolean
  readonly problemMatcher: boolean
  /** Undefined where nothing is to be downloaded, or cannot be. */
  readonly downloads: DownloadInputs | undefined
  /** Undefined where nothing is missing for downloads, or nothing is to be downloaded. */
  readonly incompleteDownloads: IncompleteDownloads | undefined
}

export type AuthLocation = FileLocation | 'env'
export type Check = 'full' | 'access' | 'off'
/** When the report is written: `problems` only where there are some. */
export type JobSummary = 'true' | 'false' | 'problems'
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
    composerCommand: readComposerCommand(),
    packages: packages(),
    authLocations: authLocations(),
    check: oneOf('check', 'full', ['full', 'access', 'off']),
    ifKeysMissing: oneOf('if-keys-missing', 'error', ['error', 'warn', 'ignore']),
    failOnError: flag('fail-on-error', true),
    timeout: number(
      'timeout',
      30,
      'a number of seconds above 0 and up to 600, such as `30`.',
      (n) => n > 0 && n <= 600,
    ),
    retries: number(
      'retries',
      3,
      'a whole number from 0 to 10, such as `3`.',
      (n) => Number.isInteger(n) && n >= 0 && n <= 10,
    ),
    jobSummary: readJobSummary(),
    cleanup: flag('cleanup', true),
    problemMatcher: flag('problem-matcher', false),
    ...readDownloadInputs(),
  }
}

/** @throws InvalidInput */
export function readJobSummary(): JobSummary {
  return oneOf('job-summary', 'true', ['true', 'false', 'problems'])
}

function authLocations(): AuthLocation[] {
  const words: readonly AuthLocation[] = ['global', 'project', 'magento', 'env']
  const named = (getInput('auth-location') || 'global').toLowerCase().split(/[\s,]+/)
  const locations = named.flatMap((name) => words.find((word) => word === name) ?? (name === '' ? [] : [undefined]))
  if (locations.length === 0 || locations.includes(undefined)) {
    throw notTaken(
      'auth-location',
      'one or several of `global`, `project`, `magento` and `env`, one per line or with commas in between.',
    )
  }
  return words.filter((word) => locations.includes(word))
}

function repositoryUrl(): string {
  return urlInput({
    input: 'repository-url',
    fallback: `https://${ADOBE_HOST}/`,
    what: 'a Composer repository',
    credentials: '`public-key` and `private-key`',
    secrets: 'the keys',
  })
}

function workingDirectory(workspace: string): string {
  const folder = resolve(workspace, getInput('working-directory') || '.')
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InvalidInput(
      'working-directory',
      'names a folder that does not exist',
      'Write the path of a folder that exists, relative to the workspace.',
      'If the folder comes with the checkout, run the checkout step before this one.',
    )
  }
  return asOnDisk(folder, workspace)
}

/**
 * Composer's own form of a package's name, so written that there is one way alone to read a name: the original takes
 * exponential time to see that a name is none. Source: composer-schema.json, `name`.
 */
const PACKAGE_NAME = /^[a-z0-9]+(?:[_.-][a-z0-9]+)*\/[a-z0-9]+(?:(?:[_.]|-{1,2})[a-z0-9]+)*$/

function packages(): RequestedPackage[] {
  const lines = getInput('packages').split('\n')
  return lines.flatMap((untrimmed, index) => {
    const line = untrimmed.trim()
    if (line === '') return []
    const [, name = '', constraint] = /^([^:=\s]+)(?:[:=]|\s+)?(.*)$/.exec(line) ?? []
    if (
      !PACKAGE_NAME.test(name.toLowerCase()) ||
      (constraint !== '' && parseConstraint(constraint ?? '') === undefined)
    ) {
      throw new InvalidInput(
        'packages',
        `does not name a package${lines.length === 1 ? '' : ` in line ${index + 1}`}`,
        'Write one package per line, as `vendor/name` or `vendor/name:constraint`.',
      )
    }
    return [{ name: name.toLowerCase(), constraint: constraint === '' ? undefined : constraint }]
  })
}

function oneOf<Word extends string>(input: string, fallback: Word, words: readonly Word[]): Word {
  const value = getInput(input)
  if (value === '') return fallback
  const word = words.find((candidate) => candidate === value.toLowerCase())
  if (word === undefined) {
    const list = words.map((candidate) => `\`${candidate}\``)
    throw notTaken(input, `${list.slice(0, -1).join(', ')} or ${list.at(-1)}.`)
  }
  return word
}

/** A boolean as YAML 1.2 writes it, like the toolkit's own, whose message would be the only one of another form. */
function flag(input: string, fallback: boolean): boolean {
  const value = getInput(input)
  if (value === '') return fallback
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:false|False|FALSE)$/.test(value)) return false
  throw notTaken(input, '`true` or `false`.')
}

function number(input: string, fallback: number, takes: string, accepts: (value: number) => boolean): number {
  const value = getInput(input)
  if (value === '') return fallback
  const parsed = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (!accepts(parsed)) throw notTaken(input, takes)
  return parsed
}
