import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { accounts, packages } from '../../testing/catalogue.mjs'
import { archivePath } from '../../testing/composer-v1.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { startJob } from './run-action.js'

let repository: Repository
beforeAll(async () => {
  repository = await startRepository()
})
afterEach(() => {
  repository.faults.clear()
  repository.requests.length = 0
})
afterAll(() => repository.close())

const inputs = (more: Record<string, string> = {}, { publicKey, privateKey } = accounts.openSource) => ({
  'public-key': publicKey,
  'private-key': privateKey,
  'repository-url': repository.url,
  retries: '0',
  ...more,
})

describe('when all is well', () => {
  test('one request, two lines, outputs, state without a key, and a summary', async () => {
    const job = startJob()
    const result = await job.main({ inputs: inputs({ check: 'access' }) })
    expect(result.exitStatus).toBe(0)
    expect(result.annotations).toEqual([])
    expect(result.outputs).toEqual({
      status: 'ready',
      problem: '',
      problems: '[]',
      'problems-omitted': '0',
      'http-status': '200',
      'auth-file': job.authFile,
      'netrc-file': '',
      'packages-checked': '0',
      'packages-denied': '[]',
      'packages-denied-omitted': '0',
    })
    const lines = result.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::'))
    expect(lines).toEqual([
      `Composer's credentials for ${repository.origin} are in ${job.authFile} until the job ends.`,
      `${repository.origin} accepts the keys (HTTP 200).`,
    ])
    expect(Object.keys(JSON.parse(result.state.credentials ?? ''))).toEqual(['lease', 'files'])
    expect(result.summary).toContain('### ✅ Composer can sign in to')
    expect(result.summary).toContain('removed after the job')
    expect(result.files.env).toBe('')
  })

  test('packages of which nothing was learnt do not count as checked', async () => {
    const job = startJob()
    const manifest = {
      require: { 'magento/framework': '*', 'acme/module-paid': '*' },
      repositories: [{ type: 'composer', url: repository.url }, { 'packagist.org': false }],
      config: { 'secure-http': false },
    }
    writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
    const { publicKey, privateKey } = accounts.disabled
    const rejected = await job.main({ inputs: inputs({ 'public-key': publicKey, 'private-key': privateKey }) })
    expect(rejected.outputs).toMatchObject({ problem: 'keys-rejected', 'packages-checked': '0' })
    const accepted = await job.main({ inputs: inputs() })
    expect(accepted.outputs).toMatchObject({ problem: 'package-denied', 'packages-checked': '2' })
  })

  test('asks for packages.json alone, with the keys at once and a User-Agent that names the action', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    await startJob().main({ inputs: inputs() })
    expect(repository.requests).toHaveLength(1)
    const [request] = repository.requests
    expect(request).toMatchObject({ method: 'GET', path: '/packages.json', status: 200 })
    expect(request?.credentials).toEqual({
      username: accounts.openSource.publicKey,
      password: accounts.openSource.privateKey,
    })
    expect(request?.headers['user-agent']).toMatch(new RegExp(`^magento-composer-auth/${version} `))
    expect(request?.headers['content-length']).toBeUndefined()
  })

  test('step debugging shows each request without its credentials', async () => {
    const { commands } = await startJob().main({ inputs: inputs() })
    const debug = commands.filter(({ name }) => name === 'debug').map(({ message }) => message)
    expect(debug).toEqual([expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/packages\.json -> 200 \(\d+ ms\)$/)])
  })
})

test('the debug line of a redirect shows no query, which may hold a token', async () => {
  const location = `${repository.url}/elsewhere/packages.json?X-Amz-Signature=do-not-show#nor-this`
  repository.faults.order('/packages.json', { kind: 'redirect', location })
  const { commands, stdout } = await startJob().main({ inputs: inputs({ check: 'access' }) })
  const debug = commands.filter(({ name }) => name === 'debug').map(({ message }) => message)
  expect(debug[1]).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/elsewhere\/packages\.json\?… -> 404 \(\d+ ms\)$/)
  expect(stdout).not.toMatch(/do-not-show|nor-this/)
})

test('fail-on-error: false shows the error as a warning and passes; outputs keep the severity', async () => {
  const result = await startJob().main({ inputs: inputs({ 'fail-on-error': 'false' }, accounts.disabled) })
  expect(result.exitStatus).toBe(0)
  expect(result.annotations.map(({ name }) => name)).toEqual(['warning'])
  expect(result.outputs).toMatchObject({ status: 'problems', problem: 'keys-rejected' })
  expect(JSON.parse(result.outputs.problems ?? '')[0]).toMatchObject({ severity: 'error' })
})

test('job-summary: false writes none, and problems one where there are some', async () => {
  const summaryOf = async (jobSummary: string, keys = accounts.openSource) =>
    (await startJob().main({ inputs: inputs({ 'job-summary': jobSummary }, keys) })).summary
  expect(await summaryOf('false', accounts.disabled)).toBe('')
  expect(await summaryOf('problems')).toBe('')
  expect(await summaryOf('problems', accounts.disabled)).toContain('### ❌ The repository rejects the keys')
})

describe('without a composer.json', () => {
  const noticesOf = async (more: Record<string, string>, keys = accounts.openSource) => {
    const { annotations, summary } = await startJob().main({ inputs: inputs(more, keys) })
    const notices = annotations.filter(({ name }) => name === 'notice').map(({ message }) => message.split('\n')[0])
    return { notices, row: /\| Project \| no composer\.json in /.test(summary) }
  }

  test('a notice says what was checked, and the summary too', async () => {
    expect(await noticesOf({})).toEqual({
      notices: ['There is no composer.json in the root of the workspace, so only access was checked.'],
      row: true,
    })
    const { notices } = await noticesOf({ packages: 'magento/framework' })
    expect(notices).toEqual([
      expect.stringMatching(/only access and the package of the input `packages` were checked\.$/),
    ])
  })

  test('none where no project was to be checked, or something else is wrong', async () => {
    expect(await noticesOf({ check: 'access' })).toEqual({ notices: [], row: false })
    expect(await noticesOf({}, accounts.disabled)).toEqual({ notices: [], row: true })
  })
})

test('cleanup: false leaves the credentials, keeps nothing that could take them away, and says so', async () => {
  const job = startJob()
  const main = await job.main({ inputs: inputs({ cleanup: 'false' }) })
  expect(main.state).toEqual({})
  const written = readFileSync(job.authFile)
  const post = await job.post(main)
  expect(post.exitStatus).toBe(0)
  expect(readFileSync(job.authFile)).toEqual(written)
  expect(existsSync(`${job.authFile}.magento-composer-auth`)).toBe(false)
})

test('check: off writes and sends nothing', async () => {
  const job = startJob()
  const result = await job.main({ inputs: inputs({ check: 'off' }, accounts.disabled) })
  expect(result.exitStatus).toBe(0)
  expect(result.outputs).toMatchObject({ status: 'ready', 'http-status': '', 'auth-file': job.authFile })
  expect(result.summary).toContain('not asked')
  expect(repository.requests).toHaveLength(0)
})

describe('the link of an annotation', () => {
  const link = async (env: Record<string, string>) => {
    const result = await startJob().main({ inputs: inputs({}, accounts.disabled), env })
    return result.annotations[0]?.message.split('\n').at(-1)
  }

  test('leads to the documentation of the very version that runs', async () => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/magento-composer-auth', GITHUB_ACTION_REF: 'v1' }
    expect(await link(env)).toBe(
      'More: https://github.com/acme/magento-composer-auth/blob/v1/docs/problems.md#keys-rejected',
    )
  })

  test('stays a path where the runner names no repository, or none that is one', async () => {
    expect(await link({})).toBe('More: docs/problems.md#keys-rejected')
    const env = { GITHUB_ACTION_REPOSITORY: 'https://evil.example/x', GITHUB_ACTION_REF: 'v1' }
    expect(await link(env)).toBe('More: docs/problems.md#keys-rejected')
  })
})

test('an auth.json inside the workspace is named as a file with its line', async () => {
  const job = startJob()
  const home = join(job.workspace, '.composer-home')
  mkdirSync(home)
  writeFileSync(join(home, 'auth.json'), '{\n  "http-basic": {},\n}\n')
  const result = await job.main({ inputs: inputs(), env: { COMPOSER_HOME: home } })
  expect(result.annotations[0]?.properties).toEqual({
    title: 'Existing credentials are not in a form that Composer accepts',
    file: '.composer-home/auth.json',
    line: '3',
    col: '1',
  })
  expect(JSON.parse(result.outputs.problems ?? '')[0]).toMatchObject({ file: '.composer-home/auth.json', line: 3 })
})

describe('where a composer.lock is, its archives decide what a failing packages.json means', () => {
  function jobWithLock() {
    const job = startJob()
    mkdirSync(join(job.workspace, 'shop'))
    const repositories = [{ type: 'composer', url: repository.url }]
    writeFileSync(
      join(job.workspace, 'shop', 'composer.json'),
      JSON.stringify({ repositories, config: { 'secure-http': false } }),
    )
    const wanted = packages.find(({ name, type }) => name === 'magento/framework' && type !== 'metapackage')
    if (wanted === undefined) throw new Error('the catalogue has magento/framework')
    const dist = { type: 'zip', url: `${repository.url}${archivePath(wanted)}` }
    const locked = { name: wanted.name, version: wanted.version, type: wanted.type, dist }
    writeFileSync(
      join(job.workspace, 'shop', 'composer.lock'),
      JSON.stringify({ packages: [locked], 'packages-dev': [] }),
    )
    return job
  }
  const inShop = { 'working-directory': 'shop' }
  const root = '/packages.json'

  test.each([
    [403, 'access-forbidden'],
    [404, 'repository-not-found'],
    [429, 'rate-limited'],
    [503, 'repository-unavailable'],
  ])('%i there alone is a warning that says why', async (status, code) => {
    repository.faults.order(root, { kind: 'status', status })
    const result = await jobWithLock().main({ inputs: inputs(inShop) })
    expect(result.exitStatus).toBe(0)
    expect(result.outputs).toMatchObject({ status: 'ready', problem: '', 'http-status': String(status) })
    expect(JSON.parse(result.outputs.problems ?? '')[0]).toMatchObject({ code, severity: 'warning' })
    expect(result.annotations.map(({ name }) => name)).toEqual(['warning'])
    expect(result.annotations[0]?.message).toContain(
      'This is a warning because the archives that composer.lock needs from there can be downloaded.',
    )
  })

  test.each([
    [403, 'access-forbidden'],
    [404, 'repository-not-found'],
    [503, 'repository-unavailable'],
  ])('%i for the archives too is one error with the host’s code', async (status, code) => {
    repository.faults.order(/./, { kind: 'status', status })
    const result = await jobWithLock().main({ inputs: inputs(inShop) })
    expect(result.exitStatus).toBe(1)
    expect(JSON.parse(result.outputs.problems ?? '')).toEqual([
      expect.objectContaining({ code, severity: 'error', packages: [] }),
    ])
    expect(result.annotations[0]?.properties).toMatchObject({ file: 'shop/composer.json' })
  })

  test('with check: access packages.json alone decides', async () => {
    repository.faults.order(root, { kind: 'status', status: 404 })
    const result = await jobWithLock().main({ inputs: inputs({ ...inShop, check: 'access' }) })
    expect(result.exitStatus).toBe(1)
    expect(result.outputs.problem).toBe('repository-not-found')
    expect(repository.requests.map(({ path }) => path)).toEqual([root])
  })

  test('rejected keys are rejected by the archives too: one error', async () => {
    const result = await jobWithLock().main({ inputs: inputs(inShop, accounts.disabled) })
    expect(result.exitStatus).toBe(1)
    expect(JSON.parse(result.outputs.problems ?? '')).toEqual([expect.objectContaining({ code: 'keys-rejected' })])
  })

  test('the lock is the one that COMPOSER names', async () => {
    const job = startJob()
    writeFileSync(join(job.workspace, 'composer.lock'), '{"packages":[]}')
    repository.faults.order(root, { kind: 'status', status: 404 })
    const result = await job.main({ inputs: inputs(), env: { COMPOSER: 'other.json' } })
    expect(result.exitStatus).toBe(1)
  })

  test('a lock that needs nothing from the host asks it for nothing', async () => {
    const job = startJob()
    writeFileSync(join(job.workspace, 'composer.json'), '{}')
    writeFileSync(join(job.workspace, 'composer.lock'), '{"packages":[]}')
    const result = await job.main({ inputs: inputs({}, accounts.disabled) })
    expect(result.exitStatus).toBe(0)
    expect(result.stdout).toContain(
      `Nothing that the coming command does needs ${repository.origin}, so it was not asked.`,
    )
    expect(repository.requests).toHaveLength(0)
  })

  // Composer 2.10 reads packages.json on install too and fails on a page; the version decides, and is asked for.
  test.each([
    ['2.9.8', 0, 'ready'],
    ['2.10.2', 1, 'problems'],
    [undefined, 0, 'ready'],
  ])('a page with status 200 under Composer %s', async (version, exitStatus, status) => {
    const job = jobWithLock()
    const bin = join(job.root, 'bin')
    mkdirSync(bin)
    const seen = join(job.root, 'seen')
    if (version !== undefined) {
      const script = `#!/bin/sh\nenv > "${seen}"\npwd >> "${seen}"\necho "Composer version ${version} 2026-01-01 00:00:00"\n`
      writeFileSync(join(bin, 'composer'), script, { mode: 0o755 })
    }
    repository.faults.order(root, { kind: 'html' })
    // /usr/bin holds env for the script above, and on a developer's machine a composer as well.
    const PATH = version === undefined ? bin : `${bin}:/usr/bin:/bin`
    const result = await job.main({ inputs: inputs(inShop), env: { PATH, COMPOSER_AUTH: '{"bearer":{"x":"y"}}' } })
    expect(result.exitStatus).toBe(exitStatus)
    expect(result.outputs.status).toBe(status)
    if (version !== undefined) {
      const asked = readFileSync(seen, 'utf8')
      // Neither the keys nor other credentials go along, and no home of the user's comes into being or is read.
      expect(asked).not.toMatch(/^INPUT_|^COMPOSER_AUTH=/m)
      const folder = asked.trim().split('\n').at(-1) ?? ''
      expect(asked).toContain(`\nCOMPOSER_HOME=${folder}\n`)
      expect(folder.startsWith(job.temp)).toBe(true)
      expect(existsSync(folder)).toBe(false)
    }
  })
})
