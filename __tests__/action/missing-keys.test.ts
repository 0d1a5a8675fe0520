import { describe, expect, test } from '@jest/globals'
import { CI, eventOf, FROM_FORK, STEP, writeFiles } from './in-workflow.js'
import { type Job, type StepOptions, type StepResult, startJob } from './run-action.js'

const workflow = (publicKey: string, privateKey: string, job = '') => `name: CI
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
${job}    steps:
      - uses: actions/checkout@v7
      - uses: acme/magento-composer-auth@v1
        with:
${publicKey === '' ? '' : `          public-key: ${publicKey}\n`}          ${privateKey.includes(': ') ? privateKey : `private-key: ${privateKey}`}
`
const PUBLIC = '${{ secrets.MAGENTO_PUBLIC_KEY }}'
const PRIVATE = '${{ secrets.MAGENTO_PRIVATE_KEY }}'

interface Run extends StepOptions {
  readonly files: Readonly<Record<string, string>>
  readonly event?: unknown
}

async function run({ files, event, env, inputs }: Run): Promise<{ job: Job; result: StepResult; message: string }> {
  const job = startJob()
  writeFiles(job, files)
  const result = await job.main({
    inputs: { 'public-key': '', 'private-key': '', ...inputs },
    env: { ...STEP, ...eventOf(job, event ?? {}), ...env },
  })
  expect(result.stderr).toBe('')
  const message = result.annotations[0]?.message ?? ''
  // Far below what the runner cuts off.
  expect(message.length).toBeLessThan(1500)
  expect(message).toMatch(/^\S.*\n(?:Fix: |1\. ).*\n(?:.*\n)*Who: /)
  return { job, result, message }
}

/** Where the annotation stands. */
function placeOf({ annotations }: StepResult): string {
  const { file, line, col } = annotations[0]?.properties ?? {}
  return `${file}:${line}:${col}`
}

describe('the annotation stands on the line of the workflow, and names what it uses', () => {
  test('secrets that do not exist, or are misspelt', async () => {
    const { result, message } = await run({ files: { [CI]: workflow(PUBLIC, PRIVATE) } })
    expect(result.exitStatus).toBe(1)
    expect(result.annotations).toHaveLength(1)
    expect(placeOf(result)).toBe(`${CI}:10:11`)
    expect(message).toContain(
      'The workflow sets `public-key` from `secrets.MAGENTO_PUBLIC_KEY` and `private-key` from `secrets.MAGENTO_PRIVATE_KEY`.',
    )
    expect(message).toContain('check that `MAGENTO_PUBLIC_KEY` and `MAGENTO_PRIVATE_KEY` exist')
    expect(message).toContain('add `environment: <name>` to the job')
    // The step stands in the workflow itself, so what a reusable one needs is no matter.
    expect(message).not.toContain('reusable')
    const [problem] = JSON.parse(result.outputs.problems ?? '')
    expect(problem).toMatchObject({ code: 'keys-missing', file: CI, line: 10 })
  })

  test('one of them: its line, and the proof that secrets can be read', async () => {
    const files = { [CI]: workflow(PUBLIC, '${{ secrets.MAGENTO_PRIVAT_KEY }}') }
    const { result, message } = await run({ files, inputs: { 'public-key': 'f'.repeat(32) } })
    expect(placeOf(result)).toBe(`${CI}:11:11`)
    expect(message).toContain('check that `MAGENTO_PRIVAT_KEY` exists')
    expect(message).toContain('The other key arrived')
    expect(message).not.toContain('MAGENTO_PUBLIC_KEY')
  })

  test('a pull request from a fork', async () => {
    const files = { [CI]: workflow(PUBLIC, PRIVATE) }
    const { result, message } = await run({ files, event: FROM_FORK, env: { GITHUB_EVENT_NAME: 'pull_request' } })
    expect(placeOf(result)).toBe(`${CI}:10:11`)
    expect(message).toContain('This run is for a pull request from a fork')
    expect(message).toContain('public mirror')
  })

  test('Dependabot: the names to add to its own store', async () => {
    const files = { [CI]: workflow(PUBLIC, PRIVATE) }
    const { result, message } = await run({ files, env: { GITHUB_ACTOR: 'dependabot[bot]' } })
    expect(placeOf(result)).toBe(`${CI}:10:11`)
    expect(message).toContain('Dependabot, with the same names (`MAGENTO_PUBLIC_KEY` and `MAGENTO_PRIVATE_KEY`).')
  })

  test('a run of the fork itself', async () => {
    const files = { [CI]: workflow(PUBLIC, PRIVATE) }
    const { message } = await run({ files, event: { repository: { fork: true } } })
    expect(message).toContain('This repository is a fork, and GitHub copies no secrets into a fork')
  })

  test('`$${{`', async () => {
    const files = { [CI]: workflow(`$${PUBLIC}`, `$${PRIVATE}`) }
    const { result, message } = await run({ files, inputs: { 'public-key': '$', 'private-key': '$' } })
    expect(placeOf(result)).toBe(`${CI}:10:11`)
    expect(message).toContain('Write `${{ secrets.NAME }}`, with one dollar sign.')
    expect(message).toContain('Check that `MAGENTO_PUBLIC_KEY` and `MAGENTO_PRIVATE_KEY` exist under')
    const env = { GITHUB_EVENT_NAME: 'pull_request' }
    const fork = await run({ files, event: FROM_FORK, env, inputs: { 'public-key': '$', 'private-key': '$' } })
    expect(fork.message).toContain('with one dollar sign')
    expect(fork.message).toContain('a pull request from a fork, which gets no secrets')
  })

  test('an input that was forgotten, and one that is misspelt', async () => {
    const files = { [CI]: workflow('', `private_key: ${PRIVATE}`) }
    const { result, message } = await run({ files, event: FROM_FORK, env: { GITHUB_EVENT_NAME: 'pull_request' } })
    expect(placeOf(result)).toBe(`${CI}:9:9`)
    expect(message).toContain('The step does not set `public-key`.')
    expect(message).toContain('The step sets `private_key`, which is not an input of this action.')
    expect(message).toContain('Rename `private_key:` to `private-key:`.')
    expect(message).not.toContain('from a fork')
  })

  test('a job that names an environment', async () => {
    const { message } = await run({ files: { [CI]: workflow(PUBLIC, PRIVATE, '    environment: production\n') } })
    expect(message).toContain('Look at the secrets of the job’s environment too')
    expect(message).not.toContain('add `environment:')
  })

  test('a configuration variable, a result of another job, an input of the workflow', async () => {
    const files = { [CI]: workflow('${{ vars.MAGENTO_PUBLIC_KEY }}', '${{ needs.keys.outputs.private }}') }
    const { message } = await run({ files })
    expect(message).toContain('`MAGENTO_PUBLIC_KEY` is read from `vars`, which holds no secrets.')
    const results = await run({
      files: { [CI]: workflow('${{ needs.keys.outputs.public }}', '${{ needs.keys.outputs.private }}') },
    })
    expect(results.message).toContain('GitHub drops job outputs that contain a secret')
    const other = await run({ files: { [CI]: workflow('${{ inputs.public-key }}', '${{ env.PRIVATE }}') } })
    expect(other.message).toContain('`PRIVATE` was empty in the environment when the step began.')
    const started = await run({ files: { [CI]: workflow('${{ inputs.public-key }}', '${{ inputs.private-key }}') } })
    expect(started.message).toContain(
      '`public-key` and `private-key`, which this workflow was called or started with, are empty.',
    )
  })

  test('a reusable workflow that is called without secrets: the line of the call', async () => {
    const called = workflow(PUBLIC, PRIVATE).replace('on: push', 'on: workflow_call')
    const caller = 'on: push\njobs:\n  call:\n    uses: ./.github/workflows/magento.yml\n'
    const files = { [CI]: caller, '.github/workflows/magento.yml': called }
    const { result, message } = await run({ files })
    expect(placeOf(result)).toBe(`${CI}:4:5`)
    expect(message).toContain('the job that calls it has no `secrets:`')
    expect(message).toContain('Add `secrets: inherit` to the calling job')
    const inherited = await run({ files: { ...files, [CI]: `${caller}    secrets: inherit\n` } })
    expect(placeOf(inherited.result)).toBe('.github/workflows/magento.yml:10:11')
    expect(inherited.message).toContain(
      'This is a reusable workflow: the job that calls it must be able to read the secret',
    )
    const one = `${caller}    secrets:\n      MAGENTO_PUBLIC_KEY: ${PUBLIC}\n`
    const half = await run({ files: { ...files, [CI]: one }, inputs: { 'public-key': 'f'.repeat(32) } })
    expect(placeOf(half.result)).toBe(`${CI}:5:5`)
    expect(half.message).toContain('does not pass `MAGENTO_PRIVATE_KEY` under `secrets:`')
  })

  test('a local action', async () => {
    const text = workflow(PUBLIC, PRIVATE).replace('acme/magento-composer-auth@v1', './')
    const env = { GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '', GITHUB_ACTION: '__self' }
    const { result } = await run({ files: { [CI]: text }, env })
    expect(placeOf(result)).toBe(`${CI}:10:11`)
  })

  test('with `if-keys-missing: warn` too', async () => {
    const files = { [CI]: workflow(PUBLIC, PRIVATE) }
    const { result } = await run({ files, inputs: { 'if-keys-missing': 'warn' } })
    expect(result.exitStatus).toBe(0)
    expect(result.annotations[0]?.name).toBe('warning')
    expect(placeOf(result)).toBe(`${CI}:10:11`)
  })
})

describe('a malformed key', () => {
  test.each<[string, string, string, string, RegExp]>([
    [
      'an e-mail address in a secret',
      PUBLIC,
      'owner@example.org',
      '10:11',
      /The workflow sets `public-key` from `secrets\.MAGENTO_PUBLIC_KEY`\./,
    ],
    ['a dollar sign too many', `$${PUBLIC}`, `$${'d'.repeat(32)}`, '10:11', /begins with a dollar sign/],
    [
      'a placeholder in the workflow itself',
      '<public-key>',
      '<public-key>',
      '10:11',
      /holds a placeholder from an example/,
    ],
  ])('%s: the line, and the secret', async (_, line, value, position, says) => {
    const inputs = { 'public-key': value, 'private-key': 'ab'.repeat(16), check: 'off' }
    const { result, message } = await run({ files: { [CI]: workflow(line, PRIVATE) }, inputs })
    expect(result.exitStatus).toBe(0)
    expect(result.annotations.map(({ name }) => name)).toEqual(['warning'])
    expect(placeOf(result)).toBe(`${CI}:${position}`)
    expect(message).toMatch(says)
    expect(message).not.toContain('MAGENTO_PRIVATE_KEY')
  })

  test('a name that is the value itself is not printed', async () => {
    const value = 'MAGENTO_PRIVATE_KEY'
    const inputs = { 'public-key': 'ab'.repeat(16), 'private-key': value, check: 'off' }
    const { message } = await run({ files: { [CI]: workflow(PUBLIC, PRIVATE) }, inputs })
    expect(message).toContain('`private-key` holds a placeholder from an example instead of a key.')
    expect(message).not.toContain(value)
  })
})

describe('what cannot be told is not claimed', () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['in a composite action', workflow(PUBLIC, PRIVATE), { GITHUB_ACTION_PATH: '/actions/acme/setup' }],
    ['where the file is of another version', workflow(PUBLIC, 'a-literal'), {}],
    ['where the file is no YAML', '\t{{', {}],
    ['for a path that leads out', workflow(PUBLIC, PRIVATE), { GITHUB_WORKFLOW_REF: 'acme/shop/../ci.yml@main' }],
  ])('%s', async (_, text, env) => {
    const { result, message } = await run({ files: { [CI]: text }, env })
    expect(result.outputs.problem).toBe('keys-missing')
    expect(result.annotations[0]?.properties.file).toBeUndefined()
    expect(message).toContain('In a reusable workflow, pass them where it is called (`secrets: inherit`).')
    expect(message).not.toContain('The workflow sets')
  })

  test('text of the workflow that is no name is not printed', async () => {
    const hostile = "${{ secrets['::warning title=x::<img>'] || secrets['\\u001b[31m'] }}"
    const { result, message } = await run({ files: { [CI]: workflow(hostile, PRIVATE) } })
    expect(placeOf(result)).toBe(`${CI}:10:11`)
    expect(message).not.toContain('img')
    expect(message).not.toContain('u001b')
    expect(message).toContain('check that `MAGENTO_PRIVATE_KEY` exists')
  })

  test('a key in the place of a name is not printed', async () => {
    const key = `a${'0123456789abcdef'.repeat(2).slice(1)}`
    const { result, message } = await run({ files: { [CI]: workflow(`\${{ secrets.${key} }}`, PRIVATE) } })
    expect(message).not.toContain(key)
    expect(result.summary).not.toContain(key)
    expect(result.stdout).not.toContain(key)
  })
})
