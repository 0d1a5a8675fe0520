import type { Job } from '../action/run-action.js'
import type { FuzzedSecrets } from './fuzzed-secrets.js'
import type { Spices } from './json-mutation.js'
import type { Random } from './random.js'

/** What a world is made of. */
export interface Making {
  readonly job: Job
  readonly port: number
  readonly random: Random
  readonly secrets: FuzzedSecrets
  readonly spices: Spices
  readonly how: string[]
}
