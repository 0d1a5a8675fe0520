import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { startProxy } from '../../testing/proxy.mjs'
import { startRepository } from '../../testing/repository.mjs'
import { startJob } from '../action/run-action.js'

/** What a pull request, or the server of another repository, may try to get at the keys or at others' credentials. */

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A repository whose packages.json is written by somebody hostile; logs the credentials that it was sent. */
async function hostile(
  root: (authorization: string) => unknown,
): Promise<{ url: string; origin: string; asked: string[] }> {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? 'nothing'}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(root(request.headers.authorization ?? '')))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, origin: `127.0.0.1:${port}`, asked }
}

const PASSWORD = 'the-password-of-a-vendor'
const keys = { 'public-key': accounts.openSource.publicKey, 'private-key': accounts.openSource.privateKey }
const composerAuth = (origin: string) =>
  JSON.stringify({ 'http-basic': { [origin]: { username: 'shop', password: PASSWORD } } })

function jobWith(manifest: unknown, lock?: unknown) {
  const job = startJob()
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  if (lock !== undefined) writeFileSync(join(job.workspace, 'composer.lock'), JSON.stringify(lock))
  return job
}

const project = (url: string, more: Record<string, unknown> = {}) => ({
  require: { 'acme/module': '^1.0' },
  repositories: [{ type: 'composer', url, ...more }, { 'packagist.org': false }],
  config: { 'secure-http': false },
})

test('metadata over http to another machine is not asked for, whoever names it', async () => {
  const proxy = await startProxy({ resolve: {} })
  closing.push(() => proxy.close())
  const vendor = await hostile(() => ({ packages: [], 'metadata-url': 'http://repo.magento.com/p2/%package%.json' }))
  const job = jobWith(project(vendor.url))
  const env = { http_proxy: proxy.url, no_proxy: '127.0.0.1' }
  await job.main({ inputs: { ...keys, retries: '0' }, env })
  expect(vendor.asked).not.toEqual([])
  expect(proxy.requests.filter(({ target }) => String(target).startsWith('http:'))).toEqual([])
})

describe('what a server was sent does not come back through the log', () => {
  const basicOf = (authorization: string) => Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()

  test('as the version of a package, with a line break and a command', async () => {
    const vendor = await hostile((authorization) => ({
      packages: {
        'acme/module': { x: { name: 'acme/module', version: `dev-${basicOf(authorization)}\n::error::boo` } },
      },
    }))
    const job = jobWith(project(vendor.url))
    const result = await job.main({
      inputs: { ...keys, 'repository-url': vendor.url, retries: '0' },
      env: { COMPOSER_AUTH: composerAuth(vendor.origin) },
      secrets: [PASSWORD],
    })
    expect(result.annotations.filter(({ message }) => message === 'boo')).toEqual([])
  })

  test('as the name of an include', async () => {
    const vendor = await hostile((authorization) => ({
      packages: [],
      'providers-url': '/p/%package%$%hash%.json',
      'provider-includes': { [`${basicOf(authorization)}/p.json`]: { sha256: 'x' } },
    }))
    const job = jobWith(project(vendor.url))
    const result = await job.main({
      inputs: { ...keys, retries: '0', check: 'full' },
      env: { COMPOSER_AUTH: composerAuth(vendor.origin) },
      secrets: [PASSWORD],
    })
    expect(result.exitStatus).toBe(1)
  })

  test('as a host to be asked, nor through a look-up of it', async () => {
    const halves = (authorization: string) => basicOf(authorization).split(':')
    const named = (address: (user: string, password: string) => unknown) => (authorization: string) => {
      const [user = 'nobody', password = 'nothing'] = halves(authorization)
      return address(user, password)
    }
    const sha256 = 'a'.repeat(64)
    const version = (dist: unknown) => ({ 'acme/d': { '1.0.0': { name: 'acme/d', version: '1.0.0', dist } } })
    const vendors = await Promise.all(
      [
        named((_, password) => ({ packages: [], 'metadata-url': `https://${password}.invalid/%package%.json` })),
        named((user) => ({ packages: [], 'providers-lazy-url': `https://cdn.${user}.invalid/%package%.json` })),
        named((_, password) => ({
          packages: [],
          'providers-url': `https://${password.toUpperCase()}.invalid/%package%$%hash%.json`,
          providers: { 'acme/c': { sha256 } },
        })),
        named((_, password) => ({
          packages: version({ type: 'zip', url: `https://bob:builder-bob@${password}.invalid/d.zip`, shasum: '' }),
          mirrors: [{ 'dist-url': `https://bob:builder-bob@cdn-${password}.invalid/%package%.zip`, preferred: true }],
        })),
      ].map(hostile),
    )
    const pair = { username: 'c0ffee00'.repeat(4), password: PASSWORD }
    const proxy = await startProxy({ resolve: {} })
    closing.push(() => proxy.close())
    const names = ['acme/a', 'acme/b', 'acme/c', 'acme/d']
    const job = jobWith({
      require: Object.fromEntries(names.map((name) => [name, '^1.0'])),
      repositories: [
        ...vendors.map(({ url }, index) => ({ type: 'composer', url, only: [names[index]] })),
        { 'packagist.org': false },
      ],
      config: { 'secure-http': false },
    })
    await job.main({
      inputs: { ...keys, retries: '0' },
      env: {
        COMPOSER_AUTH: JSON.stringify({ 'http-basic': Object.fromEntries(vendors.map((v) => [v.origin, pair])) }),
        https_proxy: proxy.url,
        no_proxy: '127.0.0.1',
        RUNNER_DEBUG: '1',
      },
      secrets: [PASSWORD, pair.username],
    })
    expect(vendors.map(({ asked }) => asked.length > 0)).toEqual([true, true, true, true])
    expect(proxy.requests.map(({ target }) => target).filter((target) => /invalid/i.test(target))).toEqual([])
  })

  test('credentials of other hosts are masked before anything is asked', async () => {
    const vendor = await hostile(() => ({ packages: [] }))
    const job = jobWith(project(vendor.url))
    const { masks } = await job.main({
      inputs: { ...keys, 'repository-url': vendor.url, retries: '0' },
      env: { COMPOSER_AUTH: composerAuth(vendor.origin) },
      secrets: [PASSWORD],
    })
    expect(masks).toContain(PASSWORD)
  })
})

describe('credentials in a URL', () => {
  test('of an archive in the lock are used, as Composer uses them, and not shown', async () => {
    const repository = await startRepository()
    closing.push(() => repository.close())
    const { publicKey, privateKey } = accounts.openSource
    const address = (user: string, password: string) =>
      `http://${user}:${password}@${repository.origin}/archives/magento/framework/magento-framework-103.0.8.0.zip`
    const lock = (url: string) => ({
      packages: [
        { name: 'magento/framework', version: '103.0.8', type: 'magento2-library', dist: { type: 'zip', url } },
      ],
    })
    const inputs = {
      'public-key': 'k'.repeat(32),
      'private-key': 'l'.repeat(32),
      'repository-url': repository.url,
      retries: '0',
    }
    const good = await jobWith(project(repository.url), lock(address(publicKey, privateKey))).main({
      inputs,
      secrets: [publicKey, privateKey],
    })
    const archives = repository.requests.filter(({ path }) => path.startsWith('/archives/'))
    expect(archives.map(({ credentials }) => credentials)).toEqual([{ username: publicKey, password: privateKey }])
    expect(good.exitStatus).toBe(0)
    await jobWith(project(repository.url), lock(address('somebody', PASSWORD))).main({ inputs, secrets: [PASSWORD] })
  })

  test('of a repository that is refused are not shown', async () => {
    for (const url of [`http://bob:pa@${PASSWORD}@example.org/x`, `bob:${PASSWORD}@example.org/x`]) {
      const job = jobWith({ ...project(url), config: {} })
      const result = await job.main({
        inputs: { ...keys, 'repository-url': 'http://127.0.0.1:1/', retries: '0' },
        secrets: [PASSWORD],
      })
      expect(result.outputs.problems).toContain('insecure-url')
    }
  })

  test('of a version control repository are not shown', async () => {
    const manifest = {
      ...project('http://127.0.0.1:1'),
      repositories: [
        { type: 'vcs', url: `https://oauth2:${PASSWORD}@gitlab.example.org/acme/x.git`, only: ['acme/x'] },
        { 'packagist.org': false },
      ],
    }
    const result = await jobWith(manifest).main({
      inputs: { ...keys, 'repository-url': 'http://127.0.0.1:1/', retries: '0' },
      secrets: [PASSWORD],
    })
    expect(result.outputs.problem).toBe('package-denied')
  })
})
