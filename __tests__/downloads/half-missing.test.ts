import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { CI, eventOf, FROM_FORK, STEP, workflowWith, writeFiles } from '../action/in-workflow.js'
import { type StepResult, startJob } from '../action/run-action.js'
import { KEYS, repository } from '../server/access-step.js'
import { downloader, downloadService, forDownloads } from './download-service.js'

/** A service that is not there: nothing is to be sent. */
const NOBODY = { url: 'https://127.0.0.1:1/' }
const NO_TOKEN = { 'download-token': '' }
const TOKEN_LINES = ['mage-id: MAG001234567', 'download-token: ${{ secrets.DOWNLOADS }}']
const KEY_LINES = ['public-key: ${{ secrets.PUBLIC }}', 'private-key: ${{ secrets.PRIVATE }}']

/** Severity, code and title of every problem. */
function problemsOf({ outputs }: StepResult): string[] {
  const problems: { severity: string; code: string; title: string }[] = JSON.parse(outputs.problems ?? '[]')
  return problems.map(({ severity, code, title }) => `${severity} ${code}: ${title}`)
}

const message = ({ annotations }: StepResult) => annotations.map((annotation) => annotation.message).join('\n')

/** A step of a workflow with these inputs, in a run of a pull request from a fork. */
function inFork(lines: readonly string[], inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const job = startJob()
  writeFiles(job, { [CI]: workflowWith(lines) })
  const env = { ...STEP, GITHUB_EVENT_NAME: 'pull_request', ...eventOf(job, FROM_FORK) }
  return forDownloads(job, NOBODY, { inputs, env })
}

describe('a MAGEID in the workflow and a secret that a fork does not get', () => {
  test('are missing credentials: an error on the line of the secret, and nothing is written or asked', async () => {
    const service = await downloadService()
    const job = startJob()
    writeFiles(job, { [CI]: workflowWith(TOKEN_LINES) })
    const env = { ...STEP, GITHUB_EVENT_NAME: 'pull_request', ...eventOf(job, FROM_FORK) }
    const before = readdirSync(job.temp)
    const main = await forDownloads(job, service, { inputs: NO_TOKEN, env })
    expect(main.exitStatus).toBe(1)
    expect(main.outputs).toMatchObject({ status: 'problems', problem: 'keys-missing', 'netrc-file': '' })
    expect(problemsOf(main)).toEqual(['error keys-missing: The download token is missing'])
    expect(message(main)).toMatch(/^`download-token` is empty.* pull request from a fork/)
    expect(message(main)).toContain('Fix: Set `if-keys-missing: ignore`')
    expect(main.annotations[0]?.properties).toMatchObject({ file: CI, line: '11' })
    expect(main.summary).toContain('secrets.DOWNLOADS')
    expect(service.requests).toEqual([])
    expect(readdirSync(job.temp)).toEqual(before)
    expect(existsSync(job.authFile)).toBe(false)
  })

  test.each([
    ['warn', ['warning keys-missing: The download token is missing']],
    ['ignore', []],
  ])('pass with if-keys-missing: %s, and the step is skipped', async (mode, problems) => {
    const main = await inFork(TOKEN_LINES, { ...NO_TOKEN, 'if-keys-missing': mode })
    expect(main.exitStatus).toBe(0)
    expect(main.outputs).toMatchObject({ status: 'skipped', problem: '', 'netrc-file': '' })
    expect(problemsOf(main)).toEqual(problems)
    expect(main.annotations.map(({ name }) => name)).toEqual(problems.map(() => 'warning'))
    expect(main.summary).toContain('skipped, this run has no complete credentials for downloads')
  })

  test('pass with fail-on-error: false, and the outputs stay', async () => {
    const main = await inFork(TOKEN_LINES, { ...NO_TOKEN, 'fail-on-error': 'false' })
    expect(main.exitStatus).toBe(0)
    expect(main.outputs).toMatchObject({ status: 'problems', problem: 'keys-missing' })
    expect(main.annotations.map(({ name }) => name)).toEqual(['warning'])
  })

  test('hide no keys that are missing for the same reason', async () => {
    const inputs = { ...NO_TOKEN, check: 'off' }
    const main = await inFork([...KEY_LINES, ...TOKEN_LINES], inputs)
    expect(problemsOf(main)).toEqual([
      'error keys-missing: The keys are missing: forks get no secrets',
      'error keys-missing: The download token is missing',
    ])
    const document = await inFork(['composer-auth: ${{ secrets.COMPOSER_AUTH }}', ...TOKEN_LINES], inputs)
    expect(problemsOf(document)).toHaveLength(2)
    expect(message(document)).not.toContain('MAGEID and download token are missing')
    const ignored = await inFork([...KEY_LINES, ...TOKEN_LINES], { ...inputs, 'if-keys-missing': 'ignore' })
    expect(ignored.outputs.status).toBe('skipped')
    expect(problemsOf(ignored)).toEqual([])
  })
})

describe('beside keys for Composer', () => {
  const run = async (inputs: Readonly<Record<string, string>>) => {
    const composer = await repository()
    const job = startJob()
    const keys = {
      'public-key': KEYS.publicKey,
      'private-key': KEYS.privateKey,
      'repository-url': composer.url,
    }
    return { job, main: await forDownloads(job, NOBODY, { inputs: { ...keys, ...NO_TOKEN, ...inputs } }) }
  }

  test.each([
    ['error', 'problems', 'keys-missing', 1],
    ['warn', 'ready', '', 0],
    ['ignore', 'ready', '', 0],
  ])('with if-keys-missing: %s Composer’s part goes on', async (mode, status, problem, exitStatus) => {
    const { job, main } = await run({ 'if-keys-missing': mode })
    expect(main.exitStatus).toBe(exitStatus)
    expect(main.outputs).toMatchObject({ status, problem, 'auth-file': job.authFile, 'http-status': '200' })
    expect(main.outputs['netrc-file']).toBe('')
    expect(existsSync(job.authFile)).toBe(true)
  })
})

test('the half that came is a secret, also where the project repeats it', async () => {
  const composer = await repository()
  const job = startJob()
  const { token } = downloader
  writeFiles(job, {
    'composer.json': JSON.stringify({
      require: { [`acme/${token}`]: '*' },
      repositories: [{ type: 'composer', url: composer.url }, { 'packagist.org': false }],
      config: { 'secure-http': false },
    }),
  })
  const main = await forDownloads(job, NOBODY, {
    inputs: {
      'public-key': KEYS.publicKey,
      'private-key': KEYS.privateKey,
      'repository-url': composer.url,
      'mage-id': '',
    },
  })
  expect(problemsOf(main)).toHaveLength(2)
  expect(JSON.stringify([main.outputs, main.annotations, main.summary])).not.toContain(token)
})

describe('which half is missing is said', () => {
  test.each([
    ['the token', NO_TOKEN, 'The download token is missing', /`download-token` is empty/],
    ['the MAGEID', { 'mage-id': ' \n' }, 'The MAGEID is missing', /`mage-id` is empty/],
    ['a lone dollar sign', { 'download-token': '$' }, 'The download token is missing', /only a dollar sign/],
    [
      'two of them',
      { 'mage-id': '$', 'download-token': '$' },
      'MAGEID and download token are missing',
      /hold only a dollar sign/,
    ],
  ])('%s, where the workflow is not known', async (_, inputs, title, words) => {
    const main = await forDownloads(startJob(), NOBODY, { inputs })
    expect(main.exitStatus).toBe(1)
    expect(problemsOf(main)).toEqual([`error keys-missing: ${title}`])
    expect(message(main)).toMatch(words)
  })

  test('and what the workflow itself leaves out', async () => {
    const main = await inFork(['mage-id: MAG001234567', 'downloads-token: ${{ secrets.DOWNLOADS }}'], NO_TOKEN)
    expect(message(main)).toContain('Rename `downloads-token:` to `download-token:`.')
  })
})
