import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { type Job, startJob } from '../action/run-action.js'
import { composer, realComposer } from '../testing/composer.js'

/** The judge of every verdict: what the real Composer does in the very job in which the action ran before. */
const version = await realComposer()
const describeWithComposer = version === null ? describe.skip : describe

let repository: Repository
beforeAll(async () => {
  repository = await startRepository()
})
afterEach(() => repository.faults.clear())
afterAll(() => repository.close())

type Keys = { publicKey: string; privateKey: string }

function jobWithProject(): Job {
  const job = startJob()
  const manifest = {
    name: 'acme/shop',
    require: { 'magento/product-community-edition': '2.4.8' },
    repositories: [{ type: 'composer', url: repository.url }, { 'packagist.org': false }],
    config: { 'secure-http': false },
  }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  return job
}

function act(job: Job, { publicKey, privateKey }: Keys, more: Record<string, string> = {}) {
  const keys = { 'public-key': publicKey, 'private-key': privateKey }
  return job.main({ inputs: { ...keys, 'repository-url': repository.url, retries: '0', ...more } })
}

const inJob = (job: Job, cwd = job.workspace) => ({
  cwd,
  env: { ...job.env, COMPOSER_CACHE_DIR: join(job.root, 'cache') },
})

describeWithComposer(`Composer ${version} agrees`, () => {
  test('after ready: composer install', async () => {
    const job = jobWithProject()
    expect((await act(job, accounts.openSource)).outputs.status).toBe('ready')
    const { exitCode, output } = await composer(['install'], inJob(job))
    expect(output).toContain('Installing magento/product-community-edition (2.4.8)')
    expect(exitCode).toBe(0)
  })

  test('after ready, without a project in the working directory: composer create-project', async () => {
    const job = startJob()
    expect((await act(job, accounts.commerce)).outputs.status).toBe('ready')
    // Composer takes the setting from where the user keeps it; the loopback server speaks plain http.
    writeFileSync(join(job.home, '.composer', 'config.json'), '{"config":{"secure-http":false}}')
    const args = ['create-project', `--repository-url=${repository.url}`, 'magento/project-enterprise-edition', 'shop']
    const { exitCode, output } = await composer(args, inJob(job))
    expect(output).toContain('Installing magento/product-enterprise-edition')
    expect(exitCode).toBe(0)
  })

  const refusals: [code: string, keys: Keys][] = [
    ['keys-missing', { publicKey: '', privateKey: '' }],
    ['keys-rejected', accounts.disabled],
    ['keys-swapped', { publicKey: accounts.openSource.privateKey, privateKey: accounts.openSource.publicKey }],
  ]
  test.each(refusals)('after %s: install fails with the words that the annotation quotes', async (code, keys) => {
    const job = jobWithProject()
    const result = await act(job, keys)
    expect(result.outputs.problem).toBe(code)
    await expectComposerSays(job, result.annotations[0]?.message)
  })

  const statuses: [code: string, status: number][] = [
    ['access-forbidden', 403],
    ['repository-not-found', 404],
    ['rate-limited', 429],
    ['repository-unavailable', 503],
    ['unexpected-answer', 400],
  ]
  test.each(statuses)(
    'after %s (%i), without a lock: install fails with the words that the annotation quotes',
    async (code, status) => {
      repository.faults.order('/packages.json', { kind: 'status', status })
      const job = jobWithProject()
      const result = await act(job, accounts.openSource)
      expect(result.outputs.problem).toBe(code)
      await expectComposerSays(job, result.annotations[0]?.message)
    },
  )

  test.each([['html'], ['close'], ['reset'], ['raw-gzip']] as const)(
    'after a failure of kind %s: install fails',
    async (kind) => {
      repository.faults.order('/packages.json', { kind })
      const job = jobWithProject()
      expect((await act(job, accounts.openSource)).exitStatus).toBe(1)
      expect((await composer(['install'], inJob(job))).exitCode).not.toBe(0)
    },
  )

  test('after the credentials were taken away: install fails again', async () => {
    const job = jobWithProject()
    const main = await act(job, accounts.openSource)
    expect((await job.post(main)).exitStatus).toBe(0)
    const { exitCode, output } = await composer(['install'], inJob(job))
    expect(output).toContain('required authentication (HTTP 401)')
    expect(exitCode).not.toBe(0)
  })

  test('with a lock, a failing packages.json is a warning, and install succeeds', async () => {
    const job = jobWithProject()
    await act(job, accounts.openSource)
    expect((await composer(['update', '--no-install'], inJob(job))).exitCode).toBe(0)
    repository.faults.order('/packages.json', { kind: 'status', status: 403 })
    const result = await act(job, accounts.openSource)
    expect(result.exitStatus).toBe(0)
    expect(result.annotations.map(({ name }) => name)).toEqual(['warning'])
    expect((await composer(['install'], inJob(job))).exitCode).toBe(0)
  })

  async function expectComposerSays(job: Job, message = ''): Promise<void> {
    const { exitCode, output } = await composer(['install'], inJob(job))
    expect(exitCode).not.toBe(0)
    const quoted = /^Composer would say: (.*)$/m.exec(message)?.[1] ?? 'the annotation quotes nothing'
    // Composer breaks its message into lines; the annotation quotes it in one.
    expect(output.replace(/\s+/g, ' ')).toContain(quoted)
  }
})
