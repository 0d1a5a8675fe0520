import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { type Job, type JobOptions, type StepResult, startJob } from '../action/run-action.js'
import { listing } from '../credentials/folder.js'
import { FIRST, writing } from '../credentials/keys.js'

// These tests are in a run of their own: one without Windows has not done what it was started for.
if (process.platform !== 'win32') throw new Error('These tests need Windows, or Wine: npm run test:windows.')

/** Every place of a file, and the variable. */
export const EVERYWHERE = 'global, project, magento, env'

/** Inputs of a step that only writes, to the places given. */
export function writingTo(locations: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return writing(FIRST, { 'auth-location': locations, 'job-summary': 'false', ...more })
}

/** A job whose names have what makes paths of Windows difficult. */
export function startDifficultJob(more: JobOptions = {}): Job {
  return startJob({ userName: 'Jörg & Söhne 100%', workspaceName: 'café & shop (näu)', ...more })
}

/** The auth.json of each place in a project's folder. */
export function filesOf(job: Job, project = job.workspace) {
  return {
    global: job.authFile,
    project: join(project, 'auth.json'),
    magento: join(project, 'var', 'composer_home', 'auth.json'),
  }
}

/** Everything of a job besides empty folders that a killed step may have left. */
export function filesIn(folder: string): string[] {
  return listing(folder).filter((line) => !line.startsWith('4'))
}

/** Says of a step that it did its work and had nothing to complain of. */
export function expectQuiet(...steps: readonly StepResult[]): void {
  for (const { exitStatus, annotations, stderr } of steps) {
    expect({ exitStatus, annotations, stderr }).toEqual({ exitStatus: 0, annotations: [], stderr: '' })
  }
}

/** A folder below another, created. */
export function folderIn(folder: string, ...names: readonly string[]): string {
  const path = join(folder, ...names)
  mkdirSync(path, { recursive: true })
  return path
}
