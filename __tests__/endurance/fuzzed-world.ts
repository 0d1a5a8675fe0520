import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packages as catalogue } from '../../testing/catalogue.mjs'
import type { Job } from '../action/run-action.js'
import { type Documents, fuzzedDocuments } from './fuzzed-documents.js'
import { writeHome, writeProject } from './fuzzed-files.js'
import { type FuzzedSecrets, fuzzedSecrets, piecesOf } from './fuzzed-secrets.js'
import { fuzzedEnvironment, fuzzedInputs } from './fuzzed-settings.js'
import type { Making } from './making.js'
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

/** Fills a job's folders, and says what its steps and its server get. */
export function fuzzedWorld(job: Job, port: number, random: Random): FuzzedWorld {
  const secrets = fuzzedSecrets(random)
  const room = random.oneOf([...Array(14).fill(30_000), ...Array(4).fill(300_000), 3_000_000, 70_000_000])
  const here = `127.0.0.1:${port}`
  const addresses = [`http://u:word@${here}/`, `//u:word@${here}/`, `http://localhost:${port}/`, `https://${here}/`]
  const spices = { texts: [...ODD_TEXTS, ...addresses], room }
  const making: Making = { job, port, random, secrets, spices, how: [] }
  writeProject(making)
  writeHome(making)
  const inputs = fuzzedInputs(making)
  const env = fuzzedEnvironment(making)
  const texts = [...spices.texts, ...echoes(secrets, textsOf(job, inputs))]
  const documents = fuzzedDocuments(catalogue, `http://${here}`, random, { texts, room })
  return {
    inputs,
    env,
    documents,
    secrets: piecesOf(secrets),
    committed: secrets.committed,
    how: [...documents.how, ...making.how],
  }
}

/** Everything that the step is given and may send: a server can repeat nothing else. */
function textsOf(job: Job, inputs: Readonly<Record<string, string>>): string {
  const files = [join(job.workspace, 'auth.json'), job.authFile].filter((path) => existsSync(path))
  return [...Object.values(inputs), ...files.map((path) => readFileSync(path, 'utf8'))].join('\n')
}

/** What a server may say that knows what it was sent, in several forms. */
function echoes(secrets: FuzzedSecrets, given: string): string[] {
  const { publicKey, privateKey, further, existing, mageId, downloadToken } = secrets
  const isGiven = (secret: string) =>
    secret !== '' && [secret, JSON.stringify(secret).slice(1, -1)].some((form) => given.includes(form))
  const received = [publicKey, privateKey, further, existing, mageId, downloadToken].filter(isGiven)
  const pair = Buffer.from(`${publicKey}:${privateKey}`).toString('base64')
  const both = [publicKey, privateKey].every(isGiven) ? [`/a/${privateKey}/x`, `Basic ${pair}`] : []
  const texts = [...received, ...received.map((secret) => `1.0.0-${secret}`), ...both]
  return [...texts, ...texts]
}
