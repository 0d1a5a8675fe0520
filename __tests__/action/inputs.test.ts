import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CI, STEP, workflowWith, writeFiles } from './in-workflow.js'
import { startJob } from './run-action.js'

const keys = { 'public-key': 'a'.repeat(32), 'private-key': 'b'.repeat(32) }

describe('an input that cannot be read', () => {
  test.each([
    ['repository-url', 'composer.example.org', 'Set it to the http(s) URL of a Composer repository'],
    ['repository-url', 'ftp://repo.magento.com/', 'Set it to the http(s) URL of a Composer repository'],
    ['repository-url', 'https://[broken', 'Set it to the http(s) URL of a Composer repository'],
    ['repository-url', 'https://repo.example.com/?token=word', 'Set it to the http(s) URL of a Composer repository'],
    ['repository-url', 'https://repo.exa mple.com/', 'Set it to the http(s) URL of a Composer repository'],
    ['repository-url', 'https://user:hunter2hunter2@repo.example.com/', 'holds credentials'],
    [
      'repository-url',
      'http://repo.magento.com/',
      'begins with http://, over which anyone on the way could read the keys',
    ],
    [
      'repository-url',
      'http://127.0.0.1.example.com/',
      'begins with http://, over which anyone on the way could read the keys',
    ],
    ['working-directory', 'no/such/folder', 'names a folder that does not exist'],
    ['packages', 'Magento Framework', 'does not name a package'],
    ['composer-command', 'require acme/module', 'Set it to `install` or `update`'],
    ['composer-command', 'install acme/module', 'Set it to `install` or `update`'],
    ['composer-command', 'update acme/*:^1.0', 'as in `vendor/name:^1.0`, `-w` or `-W`'],
    ['composer-command', 'update --with acme/module', 'or `update --lock`'],
    ['composer-command', 'update --lock acme/module', 'or `update --lock`'],
    ['composer-command', 'update --prefer-lowest', 'or `update --lock`'],
    ['composer-command', 'install --lock', 'or `update --lock`'],
    ['composer-command', 'install -w', 'Set it to `install` or `update`'],
    ['auth-location', 'somewhere', 'Set it to one or several of `global`, `project`, `magento` and `env`'],
    ['check', 'everything', 'Set it to `full`, `access` or `off`.'],
    ['if-keys-missing', 'shrug', 'Set it to `error`, `warn` or `ignore`.'],
    ['fail-on-error', 'yes', 'Set it to `true` or `false`.'],
    ['job-summary', '1', 'Set it to `true`, `false` or `problems`.'],
    ['cleanup', 'off', 'Set it to `true` or `false`.'],
    ['problem-matcher', '1', 'Set it to `true` or `false`.'],
    ['timeout', 'soon', 'Set it to a number of seconds above 0'],
    ['timeout', '0', 'Set it to a number of seconds above 0'],
    ['timeout', '-5', 'Set it to a number of seconds above 0'],
    ['timeout', '1e9', 'Set it to a number of seconds above 0'],
    ['retries', '1.5', 'Set it to a whole number from 0 to 10'],
    ['retries', '99', 'Set it to a whole number from 0 to 10'],
  ])('%s: %j', async (input, value, says) => {
    const job = startJob()
    const result = await job.main({ inputs: { ...keys, [input]: value }, secrets: ['hunter2hunter2'] })
    expect(result.exitStatus).toBe(1)
    expect(result.stderr).toBe('')
    expect(result.annotations).toHaveLength(1)
    const [annotation] = result.annotations
    expect(annotation).toMatchObject({ name: 'error', properties: { title: 'An input is invalid' } })
    expect(annotation?.message).toContain(`The input \`${input}\` `)
    expect(annotation?.message).toContain(says)
    // One character is in any text.
    if (value.length > 2) expect(`${result.stdout}${result.files.output}`).not.toContain(value)
    expect(result.outputs).toMatchObject({
      status: 'problems',
      problem: 'input-invalid',
      'problems-omitted': '0',
      'http-status': '',
      'auth-file': '',
      'packages-checked': '0',
      'packages-denied': '[]',
      'packages-denied-omitted': '0',
    })
    expect(JSON.parse(result.outputs.problems ?? '')).toMatchObject([{ code: 'input-invalid', severity: 'error' }])
    expect(result.summary).toContain('### ❌ An input is invalid')
    expect(result.state).toEqual({})
    expect(existsSync(dirname(job.authFile))).toBe(false)
  })

  test('stands on its line of the workflow, and fails the step whatever fail-on-error and job-summary say', async () => {
    const job = startJob()
    writeFiles(job, { [CI]: workflowWith(['check: full', 'timeout: soon']) })
    const result = await job.main({
      inputs: { ...keys, timeout: 'soon', 'fail-on-error': 'false', 'job-summary': 'false' },
      env: STEP,
    })
    expect(result.exitStatus).toBe(1)
    expect(result.annotations.map(({ name }) => name)).toEqual(['error'])
    expect(result.annotations[0]?.properties).toMatchObject({ file: CI, line: '11', col: '11' })
    expect(result.annotations[0]?.message).toMatch(/\nMore: \S+docs\/problems\.md#input-invalid$/)
    expect(result.summary).toBe('')
  })

  test('working-directory may not be a file', async () => {
    const job = startJob()
    writeFileSync(join(job.workspace, 'composer.json'), '{}')
    const result = await job.main({ inputs: { ...keys, 'working-directory': 'composer.json' } })
    expect(result.exitStatus).toBe(1)
    expect(result.annotations[0]?.message).toContain('`working-directory` names a folder that does not exist')
  })
})

describe('what the runner is told to mask', () => {
  const off = { check: 'off', 'repository-url': 'https://repo.example.com/' }

  test('both halves of a key pair, and the two as Basic authentication joins them', async () => {
    const job = startJob()
    const { masks, stdout } = await job.main({ inputs: { ...keys, ...off } })
    const pair = Buffer.from(`${keys['public-key']}:${keys['private-key']}`).toString('base64')
    expect([...masks].sort()).toEqual([keys['private-key'], keys['public-key'], pair].sort())
    // Before anything else is printed.
    expect(
      stdout
        .split('\n')
        .slice(0, masks.length)
        .every((line) => line.startsWith('::add-mask::')),
    ).toBe(true)
  })

  test('no user name that is a word, and nothing under 8 characters, but never printed either', async () => {
    const job = startJob()
    const { masks } = await job.main({ inputs: { 'public-key': 'token', 'private-key': 'sesame7', ...off } })
    expect(masks).toEqual([Buffer.from('token:sesame7').toString('base64')])
  })

  test('the leaves of a JSON document and the lines of a longer text, never a brace', async () => {
    const job = startJob()
    const document = JSON.stringify(
      { 'http-basic': { 'repo.magento.com': { username: 'somebody', password: 'very-secret' } } },
      null,
      2,
    )
    const { masks } = await job.main({
      inputs: { 'public-key': document, 'private-key': 'first-line-of-it\nsecond-line-of-it', ...off },
      secrets: ['very-secret', 'first-line-of-it', 'second-line-of-it'],
    })
    expect(masks).toEqual(expect.arrayContaining(['very-secret', 'first-line-of-it', 'second-line-of-it']))
    expect(masks.filter((mask) => mask.length < 8 || mask.includes('{'))).toEqual([])
  })

  test('forms that PHP and URLs give a password', async () => {
    const job = startJob()
    const { masks } = await job.main({ inputs: { 'public-key': 'somebody', 'private-key': 'a/b"c d+longer', ...off } })
    expect(masks).toEqual(expect.arrayContaining(['a/b"c d+longer', 'a\\/b\\"c d+longer', 'a%2Fb%22c%20d%2Blonger']))
  })

  test('also when an input is refused', async () => {
    const job = startJob()
    const { masks } = await job.main({ inputs: { ...keys, check: 'nonsense' } })
    expect(masks).toContain(keys['private-key'])
  })
})
