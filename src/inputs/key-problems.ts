import { originOf, packagesJsonUrl } from '../composer/origin.js'
import type { EmptyAndRefused } from '../problems/empty-credentials.js'
import type { EmptyDownloads } from '../problems/empty-downloads.js'
import type { Finding } from '../problems/finding.js'
import type { KeysMalformed } from '../problems/keys-malformed.js'
import type { KeysMissing } from '../problems/keys-missing.js'
import { NO_SERVER } from '../problems/problem.js'
import type { SecretInput } from '../problems/workflow-inputs.js'
import { whySecretsMayBeMissing } from '../workflow/event.js'
import type { IncompleteDownloads } from './download-inputs.js'
import { type EmptyEntry, type EmptyValue, emptyEntries } from './empty-values.js'
import type { Given } from './given-credentials.js'
import type { Inputs } from './inputs.js'
import { isMissing, malformedKeys, trimmedKeys } from './key-shapes.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Why the keys are missing, as far as the event and the workflow's own file tell. */
export async function missingKeys(inputs: Inputs, given: Given, host: string, env: Environment): Promise<Finding> {
  const { missing, entries } = given
  const inDocument = given.empty.find(({ path: [, origin], leftOut }) => leftOut && origin === host)
  if (inDocument !== undefined) return leftOut(inDocument, true, inputs, env)
  const { source, place } = await sourceOf(inputs, missing, env)
  return {
    ...NO_SERVER,
    code: 'keys-missing',
    reason: 'inputs',
    missing,
    dollar: missing.some((input) => valueFor(inputs, input) === '$'),
    why: whySecretsMayBeMissing(env),
    host,
    url: packagesJsonUrl(inputs.repositoryUrl),
    others: entries.length > 0,
    // Of downloads that are half there another finding tells.
    source: source && { ...source, forDownloads: source.forDownloads && inputs.incompleteDownloads === undefined },
    place,
  }
}

/** Why one half of the credentials for downloads is missing. */
export async function halfOfDownloads(
  inputs: Inputs,
  { url, missing, username, password }: IncompleteDownloads,
  env: Environment,
): Promise<EmptyDownloads> {
  return {
    ...NO_SERVER,
    code: 'keys-missing',
    reason: 'downloads',
    host: originOf(url),
    missing,
    dollar: [username, password].includes('$'),
    why: whySecretsMayBeMissing(env),
    mayBeMissing: inputs.ifKeysMissing !== 'error',
    ...(await sourceOf(inputs, missing, env)),
  }
}

/**
 * Whether a workflow wants nothing for Composer, but an archive or a patch. A lone dollar sign was meant as a key; and where
 * half of what is for downloads is empty too, the keys may be for the same reason.
 */
export async function isForDownloadsAlone(inputs: Inputs, env: Environment): Promise<boolean> {
  const { publicKey, privateKey, composerAuth, downloads, incompleteDownloads } = inputs
  if (publicKey.value !== '' || privateKey.value !== '' || composerAuth.length > 0) return false
  return downloads !== undefined || (incompleteDownloads !== undefined && !(await wantsKeys(inputs, env)))
}

/** Whether the workflow's own file shows that the step, to which none came, is to have credentials for Composer. */
async function wantsKeys(inputs: Inputs, env: Environment): Promise<boolean> {
  const { source } = await sourceOf(inputs, ['public-key', 'private-key', 'composer-auth'], env)
  return source?.inputs.some(({ set, misspelt }) => set !== 'absent' || misspelt !== undefined) === true
}

/** The entries of `composer-auth` for other hosts that hold nothing, as of secrets that this run does not see. */
export async function emptyCredentials(
  inputs: Inputs,
  { empty }: Given,
  host: string,
  env: Environment,
): Promise<Finding[]> {
  const others = empty.filter(({ path: [, origin], ...entry }) => entry.leftOut && origin !== host)
  return Promise.all(others.map((entry) => leftOut(entry, false, inputs, env)))
}

async function leftOut(
  { path: [, origin], values }: EmptyEntry,
  areKeys: boolean,
  inputs: Inputs,
  env: Environment,
): Promise<Finding> {
  return {
    ...NO_SERVER,
    code: 'keys-missing',
    reason: 'left-out',
    host: origin,
    empty: values.map(({ name }) => name),
    why: whySecretsMayBeMissing(env),
    areKeys,
    url: areKeys ? packagesJsonUrl(inputs.repositoryUrl) : undefined,
    ...(await sourceOf(inputs, ['composer-auth'], env, values)),
  }
}

/** What gives the keys away as something else, each with the line of the workflow. A token is one whatever it looks like. */
export async function doubtfulKeys(
  inputs: Inputs,
  { keys, from }: Given,
  host: string,
  env: Environment,
): Promise<Finding[]> {
  if (keys === undefined || keys.password === 'bearer') return []
  // Half a pair tells nothing of what the other half is.
  if (isMissing(keys.username) || isMissing(keys.password)) return []
  const shapes = malformedKeys(keys, host)
  const inComposerAuth = from === 'composer-auth'
  const all = inComposerAuth ? shapes : [...shapes, ...trimmedKeys(inputs.publicKey, inputs.privateKey, host)]
  return Promise.all(
    all.map(async (shape) => ({
      ...shape,
      inComposerAuth,
      ...(await sourceOf(inputs, inComposerAuth ? ['composer-auth'] : inputsOf(shape), env)),
    })),
  )
}

function inputsOf({ input }: KeysMalformed): readonly SecretInput[] {
  return input === 'both' ? ['public-key', 'private-key'] : [input]
}

/** A problem that the credentials of the inputs cause, on the line of the workflow that sets them; others as they are. */
export async function onLineOfInput(finding: Finding, inputs: Inputs, env: Environment): Promise<Finding> {
  if (finding.code === 'auth-file-invalid' && finding.reason === 'token' && finding.given) {
    return { ...finding, place: (await sourceOf(inputs, ['composer-auth'], env)).place }
  }
  if (finding.code === 'keys-missing' && finding.reason === 'refused') return onLineOfValue(finding, inputs, env)
  if (finding.code === 'keys-malformed' && finding.other?.from.from === 'composer-auth') {
    const { source, place = finding.place } = await sourceOf(inputs, ['composer-auth'], env)
    return { ...finding, source, place }
  }
  if (finding.code === 'github-token-insufficient' && finding.reason !== 'none-held') {
    if (finding.from.from !== 'composer-auth') return finding
    const { place = finding.place } = await sourceOf(inputs, ['composer-auth'], env)
    return { ...finding, place }
  }
  if (finding.code !== 'keys-rejected' && finding.code !== 'keys-swapped') return finding
  const { from } = finding
  if (from.from !== 'inputs' && from.from !== 'composer-auth') return finding
  const names = from.from === 'inputs' ? (['public-key', 'private-key'] as const) : (['composer-auth'] as const)
  const { source, place = finding.place } = await sourceOf(inputs, names, env)
  return { ...finding, from: { ...from, source }, place }
}

/** The same of a pair in `composer-auth` that is empty in part. */
async function onLineOfValue(finding: EmptyAndRefused, inputs: Inputs, env: Environment): Promise<Finding> {
  const { from, host } = finding
  if (from.from !== 'composer-auth') return finding
  const entry = emptyEntries(inputs.composerAuth).find(({ path: [, origin] }) => origin === host)
  const { source, place = finding.place } = await sourceOf(inputs, ['composer-auth'], env, entry?.values)
  return { ...finding, why: whySecretsMayBeMissing(env), from: { ...from, source }, place }
}

/** What the workflow takes credentials from, and on which line; `empty`: what of those in `composer-auth` is empty. */
async function sourceOf(
  inputs: Inputs,
  names: readonly SecretInput[],
  env: Environment,
  empty: readonly EmptyValue[] = [],
): Promise<Pick<KeysMissing, 'source' | 'place'>> {
  // With a parser for YAML, which a run whose keys look well does not wait for.
  const { cameAs, findKeySource } = await import('../workflow/key-source.js')
  const found = findKeySource(
    env,
    new Map(names.map((name) => [name, cameAs(valueFor(inputs, name))])),
    empty.map(({ path }) => path),
  )
  return { source: found?.source, place: found?.place }
}

function valueFor({ publicKey, privateKey, composerAuth, incompleteDownloads }: Inputs, input: SecretInput): string {
  switch (input) {
    case 'public-key':
      return publicKey.value
    case 'private-key':
      return privateKey.value
    case 'composer-auth':
      return composerAuth.length === 0 ? '' : JSON.stringify(composerAuth)
    case 'mage-id':
      return incompleteDownloads?.username ?? ''
    case 'download-token':
      return incompleteDownloads?.password ?? ''
  }
}
