import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Job } from './run-action.js'

/** The workflow of the runs below. */
export const CI = '.github/workflows/ci.yml'

/** What the runner tells a step of the job `test` in it. */
export const STEP = {
  GITHUB_WORKFLOW_REF: `acme/shop/${CI}@refs/heads/main`,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_ACTION_REPOSITORY: 'acme/magento-composer-auth',
  GITHUB_ACTION_REF: 'v1',
  GITHUB_ACTION: '__acme_magento-composer-auth',
  GITHUB_JOB: 'test',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_ACTOR: 'developer',
}

/**
 * A workflow whose last step uses this action.
 *
 * @param inputs lines below `with:`, such as `public-key: ${{ secrets.PUBLIC }}`
 * @param job lines of the job before its steps
 */
export function workflowWith(inputs: readonly string[], job: readonly string[] = [], on = 'push'): string {
  return `name: CI
on: ${on}
jobs:
  test:
    runs-on: ubuntu-24.04
${job.map((line) => `    ${line}\n`).join('')}    steps:
      - uses: actions/checkout@v7
      - uses: acme/magento-composer-auth@v1
        with:
${inputs.map((line) => `          ${line}\n`).join('')}`
}

/** The event of a pull request from a fork. */
export const FROM_FORK = {
  pull_request: {
    base: { repo: { full_name: 'acme/shop' } },
    head: { repo: { full_name: 'somebody/shop' } },
  },
}

/** Writes files into the workspace of a job. */
export function writeFiles(job: Job, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(job.workspace, path)), { recursive: true })
    writeFileSync(join(job.workspace, path), contents)
  }
}

/** Writes the event of a run, and says where: the variable for the step. */
export function eventOf(job: Job, payload: unknown): { GITHUB_EVENT_PATH: string } {
  const path = join(job.temp, 'event.json')
  writeFileSync(path, JSON.stringify(payload))
  return { GITHUB_EVENT_PATH: path }
}
