import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from './run-action.js'

const INPUTS = {
  'public-key': '0123456789abcdef0123456789abcd01',
  'private-key': 'fedcba9876543210fedcba98765432f1',
  check: 'off',
}
const DEBUG = '::debug::The job summary was not written: '

/** Runs the step with another value of GITHUB_STEP_SUMMARY than the stand-in runner gives it. */
function withSummaryAt(job: Job, path: string) {
  const script = `process.env.GITHUB_STEP_SUMMARY = ${JSON.stringify(path)}`
  return job.main({ inputs: INPUTS, nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(script)}`] })
}

describe('a job summary that cannot be written fails nothing, and one debug line says so', () => {
  const unwritable: readonly [string, (job: Job) => string][] = [
    ['missing', (job) => join(job.temp, 'none')],
    ['in a folder that is missing', (job) => join(job.temp, 'none', 'summary')],
    [
      'a directory',
      (job) => {
        const path = join(job.temp, 'summary')
        mkdirSync(path)
        return path
      },
    ],
    [
      'read-only',
      (job) => {
        // For root no mode is read-only; what the kernel provides is.
        if (process.getuid?.() === 0) return '/proc/version'
        const path = join(job.temp, 'summary')
        writeFileSync(path, '')
        chmodSync(path, 0o444)
        return path
      },
    ],
  ]

  test.each(unwritable)('%s', async (_, pathOf) => {
    const job = startJob()
    const result = await withSummaryAt(job, pathOf(job))
    expect({ status: result.exitStatus, annotations: result.annotations }).toEqual({ status: 0, annotations: [] })
    expect(result.outputs.status).toBe('ready')
    expect(result.stdout.split('\n').filter((line) => line.startsWith(DEBUG))).toHaveLength(1)
  })
})

test('one that can be written holds the report, and nothing is said', async () => {
  const result = await startJob().main({ inputs: INPUTS })
  expect(result.summary).toContain('### ✅ Composer has its credentials (not checked)')
  expect(result.stdout).not.toContain(DEBUG)
})
