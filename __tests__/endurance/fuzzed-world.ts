import { packages as catalogue } from '../../testing/catalogue.mjs'
import type { Job } from '../action/run-action.js'
import { type Documents, fuzzedDocuments } from './fuzzed-documents.js'
import { writeHome, writeProject } from './fuzzed-files.js'
import { type FuzzedSecrets, fuzzedSecrets, piecesOf } from './fuzzed-secrets.js'
import { fuzzedEnvironment, fuzzedInputs } from './fuzzed-settings.js'
import type { Spices } from './json-mutation.js'
import { ODD_TEXTS } from './odd-texts.js'
import type { Random } from './random.js'

/** A job with everything that others wrote into it, and the server that it asks. */
export interface FuzzedWorld {
  readonly env: Readonly<Record<string, string>>
  readonly inputs: Readonly<Record<string, string>>
  readonly documents: Documents
  /** What must be seen nowhere. */
  readonly secrets: readonly string[]
  /** What stands in the checkout alone, and so must not be masked. */
  readonly committed: string
  /** What was done to the documents, files and inputs. */
  readonly how: readonly string[]
}

/** What a world is made of. */
export interface Making {
  readonly job: Job
  readonly port: number
  readonly random: Random
  readonly secrets: FuzzedSecrets
  readonly spices: Spices
  readonly how: string[]
}

/** Fills a job's folders, and says what its steps and its server get. */
export function fuzzedWorld(job: Job, port: number, random: Random): FuzzedWorld {
  const secrets = fuzzedSecrets(random)
  const room = random.oneOf([...Array(14).fill(30_000), ...Array(4).fill(300_000), 3_000_000, 20_000_000])
  const { publicKey, privateKey, further, existing, mageId, downloadToken, committed } = secrets
  const here = `127.0.0.1:${port}`
  const addresses = [`http://u:word@${here}/`, `//u:word@${here}/`, `http://localhost:${port}/`, `https://${here}/`]
  const spices = { texts: [...ODD_TEXTS, ...addresses], room }
  // A server knows what it was sent, and may repeat it in any form.
  const pair = Buffer.from(`${publicKey}:${privateKey}`).toString('base64')
  const received = [publicKey, privateKey, further, existing, mageId, downloadToken].filter((secret) => secret !== '')
  const echoes = [...received, ...received.map((secret) => `1.0.0-${secret}`), `/a/${privateKey}/x`, `Basic ${pair}`]
  const served = { texts: [...spices.texts, ...echoes, ...echoes], room }
  const documents = fuzzedDocuments(catalogue, `http://${here}`, random, served)
  const making: Making = { job, port, random, secrets, spices, how: [...documents.how] }
  writeProject(making)
  writeHome(making)
  return {
    inputs: fuzzedInputs(making),
    env: fuzzedEnvironment(making),
    documents,
    secrets: piecesOf(secrets),
    committed,
    how: making.how,
  }
}
