import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type StepResult, startJob } from '../action/run-action.js'
import { type AccessOptions, askAccess } from './access-step.js'

/** Whether this machine tells how much memory a process held. */
export const MEASURED = process.platform === 'linux'
/** Whatever a server answers, the step never holds more than this. MiB. */
export const MOST_MEMORY = 200

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href

/** `askAccess`, with the most memory that the step ever held, in MiB; 1 where it cannot be measured. */
export async function withPeak(
  repositoryUrl: string,
  { job = startJob(), env = {}, nodeOptions = [], ...options }: AccessOptions = {},
): Promise<{ step: StepResult; mebibytes: number }> {
  const peakFile = join(job.root, 'peak-memory')
  const step = await askAccess(repositoryUrl, {
    ...options,
    job,
    env: { ...env, ...(MEASURED ? { PEAK_MEMORY: peakFile } : {}) },
    nodeOptions: [...(MEASURED ? ['--import', PRELOAD] : []), ...nodeOptions],
  })
  return { step, mebibytes: MEASURED ? Number(readFileSync(peakFile, 'utf8')) / 1024 : 1 }
}
