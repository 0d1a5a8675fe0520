import { packagesJsonUrl } from '../composer/origin.js'
import type { Finding } from '../problems/finding.js'
import type { KeysMissing } from '../problems/keys-missing.js'
import { NO_SERVER } from '../problems/problem.js'
import type { KeyInput } from '../problems/workflow-inputs.js'
import { whySecretsMayBeMissing } from '../workflow/event.js'
import type { Given } from './given-credentials.js'
import type { Inputs } from './inputs.js'
import { malformedKeys, trimmedKeys } from './key-shapes.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Why the keys are missing, as far as the event and the workflow's own file tell. */
export async function missingKeys(
  inputs: Inputs,
  { missing, entries }: Given,
  host: string,
  env: Environment,
): Promise<Finding> {
  return {
    ...NO_SERVER,
    code: 'keys-missing',
    missing,
    dollar: missing.some((input) => keyOf(inputs, input) === '$'),
    why: whySecretsMayBeMissing(env),
    host,
    url: packagesJsonUrl(inputs.repositoryUrl),
    others: entries.length > 0,
    ...(await sourceOf(inputs, missing, env)),
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
  const shapes = malformedKeys(keys, host)
  if (from === 'composer-auth') return shapes.map((shape) => ({ ...shape, inComposerAuth: true }))
  return Promise.all(
    [...shapes, ...trimmedKeys(inputs.publicKey, inputs.privateKey, host)].map(async (shape) => ({
      ...shape,
      ...(await sourceOf(inputs, shape.input === 'both' ? ['public-key', 'private-key'] : [shape.input], env)),
    })),
  )
}

/** What the workflow takes keys from, and on which line. */
async function sourceOf(
  inputs: Inputs,
  names: readonly KeyInput[],
  env: Environment,
): Promise<Pick<KeysMissing, 'source' | 'place'>> {
  // With a parser for YAML, which a run whose keys look well does not wait for.
  const { cameAs, findKeySource } = await import('../workflow/key-source.js')
  const found = findKeySource(env, new Map(names.map((name) => [name, cameAs(keyOf(inputs, name))])))
  return { source: found?.source, place: found?.place }
}

function keyOf({ publicKey, privateKey }: Inputs, input: KeyInput): string {
  return input === 'public-key' ? publicKey.value : privateKey.value
}
