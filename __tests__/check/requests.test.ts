import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Account, createAccount, createPackage } from '../../testing/catalogue.mjs'
import { closureOf, lockFor, manifestFor } from '../../testing/lock.mjs'
import type { RepositoryOptions } from '../../testing/repository.mjs'
import { syntheticCatalogue } from '../../testing/synthetic.mjs'
import { startJob } from '../action/run-action.js'
import { repository, webServer } from '../server/access-step.js'

/**
 * What a step costs a server: which files are asked for, how much of them is read, and how many at a time. A shop as large
 * as Commerce, with extensions of several vendors.
 */
const VENDORS = ['magento', 'acme', 'bolt', 'cargo', 'delta'] as const
const EDITIONS = {
  magento: 'commerce',
  acme: 'marketplace',
  bolt: 'b2b',
  cargo: 'cloud',
  delta: 'open-source',
} as const
const world = syntheticCatalogue({
  modules: 600,
  vendors: VENDORS,
  edition: (vendor) => EDITIONS[vendor as (typeof VENDORS)[number]],
})
const EVERYTHING = ['commerce', 'b2b', 'cloud', ...world.names]
const customer = createAccount('owner of everything', { entitlements: EVERYTHING })
const installed = closureOf(world.packages, { [world.product.name]: world.product.version })

type Shop = Awaited<ReturnType<typeof repository>>

const shopFor = (account: Account, more: RepositoryOptions = {}) =>
  repository({ packages: world.packages, accounts: { account }, metapackageDist: true, ...more })

interface Options {
  readonly account?: Account
  readonly lock?: string
  readonly manifest?: object
  readonly inputs?: Readonly<Record<string, string>>
  /** Packages of the lock that the vendor folder has. */
  readonly there?: (name: string) => boolean
}

/** Runs the step in a project of the shop. */
function runIn(shop: Pick<Shop, 'url'>, { account = customer, lock, manifest, inputs, there }: Options) {
  const job = startJob()
  const require = { [world.product.name]: world.product.version }
  const own = manifest ?? manifestFor({ baseUrl: shop.url, require })
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(own))
  if (lock !== undefined) writeFileSync(join(job.workspace, 'composer.lock'), lock)
  if (lock !== undefined && there !== undefined) install(job.workspace, JSON.parse(lock).packages, there)
  return job.main({
    inputs: {
      'public-key': account.publicKey,
      'private-key': account.privateKey,
      'repository-url': shop.url,
      retries: '0',
      ...inputs,
    },
  })
}

function install(workspace: string, locked: readonly { name: string }[], there: (name: string) => boolean) {
  const packages = locked.filter(({ name }) => there(name)).map((one) => ({ ...one, 'install-path': null }))
  mkdirSync(join(workspace, 'vendor', 'composer'), { recursive: true })
  writeFileSync(join(workspace, 'vendor', 'composer', 'installed.json'), JSON.stringify({ packages }))
}

/** What a shop was asked for, by kind. */
function asked({ requests }: Shop) {
  const paths = requests.map(({ path }) => path.replaceAll('%24', '$'))
  const of = (pattern: RegExp) => paths.filter((path) => pattern.test(path))
  return {
    paths,
    roots: of(/^\/packages\.json$/),
    lists: of(/^\/p\/provider-/),
    packageFiles: of(/^\/p\/[^/]+\/[^/]+\.json$/),
    archives: of(/^\/archives\//),
  }
}

function expectNothingTwice(paths: readonly string[]) {
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([])
}

/** The most requests that were open at one time, where every one is held up. */
async function gate(shop: Shop, milliseconds: number) {
  let open = 0
  let most = 0
  const server = await webServer((request, response) => {
    open++
    most = Math.max(most, open)
    response.once('close', () => open--)
    setTimeout(async () => {
      const answer = await fetch(`${shop.url}${request.url}`, {
        headers: { authorization: request.headers.authorization ?? '' },
      })
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
      response.end(Buffer.from(await answer.arrayBuffer()))
    }, milliseconds)
  })
  return { ...server, most: () => most }
}

test('600 locked packages that may all be had cost packages.json, its lists and at most ten archives', async () => {
  const shop = await shopFor(customer)
  const lock = lockFor(installed, { baseUrl: shop.url, metapackages: 'with-dist' })
  const result = await runIn(shop, { lock })
  expect(result.outputs).toMatchObject({ status: 'ready', 'packages-checked': '600' })

  const { paths, roots, lists, packageFiles, archives } = asked(shop)
  expect(roots).toHaveLength(1)
  expect(lists).toHaveLength(5)
  expect(packageFiles).toEqual([])
  expect(archives.length).toBeLessThanOrEqual(10)
  expect(paths).toHaveLength(roots.length + lists.length + archives.length)
  // Each vendor stands for itself.
  expect(new Set(archives.map((path) => path.split('/')[2]))).toEqual(new Set(VENDORS))
  expectNothingTwice(paths)
})

test('an archive is asked for with GET, and no more of its body is waited for than comes at once', async () => {
  const shop = await shopFor(customer)
  // One byte each second: whoever wants the whole of it waits for minutes.
  shop.faults.order(/^\/archives\//, { kind: 'drip' })
  const lock = lockFor(installed, { baseUrl: shop.url })
  const { outputs } = await runIn(shop, { lock })
  expect(outputs.status).toBe('ready')
  const archives = shop.requests.filter(({ path }) => path.startsWith('/archives/'))
  expect(archives.length).toBeGreaterThan(0)
  for (const { method, bytesSent } of archives) {
    expect(method).toBe('GET')
    expect(bytesSent).toBeLessThanOrEqual(5)
  }
})

test('40 invisible packages cost 40 requests more', async () => {
  const hidden = world.names.filter((name) => name.startsWith('acme/')).slice(0, 40)
  const account = createAccount('without forty', { entitlements: EVERYTHING.filter((name) => !hidden.includes(name)) })
  const shop = await shopFor(account)
  const lock = lockFor(installed, { baseUrl: shop.url })
  const { outputs } = await runIn(shop, { account, lock })
  expect(JSON.parse(outputs['packages-denied'] ?? '').sort()).toEqual([...hidden].sort())
  const { archives, paths } = asked(shop)
  expect(archives.length).toBeGreaterThanOrEqual(40)
  expect(archives.length).toBeLessThanOrEqual(50)
  expectNothingTwice(paths)
})

test('a group of which nothing is seen is known after three of its archives, and every name of it is told', async () => {
  const hidden = world.names.filter((name) => name.startsWith('acme/'))
  const account = createAccount('without a vendor', {
    entitlements: EVERYTHING.filter((name) => !hidden.includes(name)),
  })
  const shop = await shopFor(account)
  const { outputs, stdout, files } = await runIn(shop, { account, lock: lockFor(installed, { baseUrl: shop.url }) })
  expect(JSON.parse(outputs['packages-denied'] ?? '').sort()).toEqual([...hidden].sort())
  expect(outputs['packages-checked']).toBe('600')
  expect(files.summary).toContain(`${hidden.length} cannot be fetched (${hidden.length - 3} concluded from others`)
  expect(asked(shop).archives.filter((path) => path.startsWith('/archives/acme/'))).toHaveLength(3)
  expect(stdout).toContain(`${hidden.length - 3} packages were not requested one by one`)
})

test.each<[string, number]>([
  ['the first', 0],
  ['the last', -1],
])('nothing is concluded where %s of a group may be had, though it is not seen', async (_, index) => {
  const vendor = world.names.filter((name) => name.startsWith('acme/'))
  const had = vendor.at(index) ?? ''
  const account = createAccount('with one archive of a vendor', {
    entitlements: EVERYTHING.filter((name) => !vendor.includes(name)),
    archivesOnly: new Set([had]),
  })
  const shop = await shopFor(account)
  const { outputs } = await runIn(shop, { account, lock: lockFor(installed, { baseUrl: shop.url }) })
  expect(JSON.parse(outputs['packages-denied'] ?? '').sort()).toEqual(vendor.filter((name) => name !== had).sort())
  expect(asked(shop).archives.filter((path) => path.startsWith('/archives/acme/'))).toHaveLength(vendor.length)
})

test('nothing is concluded about a needed package from those that are installed already', async () => {
  const vendor = world.names.filter((name) => name.startsWith('acme/'))
  const [, needed = ''] = vendor
  const account = createAccount('with the one archive that it needs', {
    entitlements: EVERYTHING.filter((name) => !vendor.includes(name)),
    archivesOnly: new Set([needed]),
  })
  const shop = await shopFor(account)
  const lock = lockFor(installed, { baseUrl: shop.url })
  const { outputs } = await runIn(shop, { account, lock, there: (name) => vendor.includes(name) && name !== needed })
  expect(outputs.status).toBe('ready')
  expect(asked(shop).archives.filter((path) => path.startsWith('/archives/acme/'))).toHaveLength(1 + 3)
})

test('of archives that another server may have as well each is asked for', async () => {
  const hidden = world.names.filter((name) => name.startsWith('acme/'))
  const account = createAccount('without a vendor', {
    entitlements: EVERYTHING.filter((name) => !hidden.includes(name)),
  })
  const shop = await shopFor(account)
  const mirrors = [{ url: `${shop.url}/other/%package%/%version%/r%reference%.%type%`, preferred: false }]
  const { outputs } = await runIn(shop, { account, lock: lockFor(installed, { baseUrl: shop.url, mirrors }) })
  expect(JSON.parse(outputs['packages-denied'] ?? '')).toHaveLength(hidden.length)
  expect(asked(shop).archives.filter((path) => path.startsWith('/archives/acme/'))).toHaveLength(hidden.length)
})

test('one denied archive of a sample has the rest of its group asked for, and no other group', async () => {
  const vendor = world.names.filter((name) => name.startsWith('acme/'))
  const account = createAccount('denied a vendor', {
    entitlements: EVERYTHING,
    archivesDenied: new Map(vendor.map((name) => [name, 403])),
  })
  const shop = await shopFor(account)
  const { outputs } = await runIn(shop, { account, lock: lockFor(installed, { baseUrl: shop.url }) })
  expect(JSON.parse(outputs['packages-denied'] ?? '').sort()).toEqual([...vendor].sort())
  const { archives, paths } = asked(shop)
  expect(archives.filter((path) => !path.startsWith('/archives/acme/')).length).toBeLessThan(10)
  expectNothingTwice(paths)
})

test('archives are asked for eight at a time', async () => {
  const vendor = world.names.filter((name) => name.startsWith('acme/')).slice(0, 40)
  const account = createAccount('without forty, slowly', {
    entitlements: EVERYTHING.filter((name) => !vendor.includes(name)),
  })
  const shop = await shopFor(account)
  const slow = await gate(shop, 60)
  const { outputs } = await runIn(slow, { account, lock: lockFor(installed, { baseUrl: slow.url }) })
  expect(JSON.parse(outputs['packages-denied'] ?? '')).toHaveLength(40)
  expect(slow.most()).toBeLessThanOrEqual(8)
  // Else the limit would not have been met.
  expect(slow.most()).toBeGreaterThan(4)
})

test('without a lock the files of the root requirements are read, of nothing else, and their archives sampled', async () => {
  const shop = await shopFor(customer)
  const require = { [world.product.name]: '*', 'magento/module-001': '1.0.0', 'acme/module-002': '*' }
  const { outputs } = await runIn(shop, { manifest: manifestFor({ baseUrl: shop.url, require }) })
  expect(outputs).toMatchObject({ status: 'ready', 'packages-checked': '3' })
  const { paths, roots, lists, packageFiles, archives } = asked(shop)
  expect(roots).toHaveLength(1)
  expect(lists).toHaveLength(5)
  expect(packageFiles.map((path) => path.slice(3).split('$')[0]).sort()).toEqual(Object.keys(require).sort())
  expect(archives.map((path) => path.split('/').slice(2, 4).join('/')).sort()).toEqual([
    'acme/module-002',
    'magento/module-001',
  ])
  expectNothingTwice(paths)
})

test('a lock of a mirror asks the main repository for nothing, though its metapackages still name it', async () => {
  const main = await shopFor(customer)
  const mirror = await repository({ packages: world.packages, anonymous: true, protocol: 'v2' })
  const lock = lockFor(installed, {
    baseUrl: mirror.url,
    metapackages: 'with-dist',
    distUrl: ({ type }, own) => (type === 'metapackage' ? own.replace(mirror.url, main.url) : own),
  })
  expect(lock).toContain(main.url)
  const manifest = manifestFor({ baseUrl: mirror.url, require: { [world.product.name]: world.product.version } })
  const { outputs } = await runIn(main, { lock, manifest })
  expect(outputs).toMatchObject({ status: 'ready', 'http-status': '' })
  expect(main.requests).toEqual([])
})

test('a metapackage is never asked for, even one that nobody would be given', async () => {
  const account = createAccount('without the metapackage', {
    entitlements: EVERYTHING,
    archivesDenied: new Map([[world.product.name, 403]]),
  })
  const shop = await shopFor(account)
  const lock = lockFor(installed, { baseUrl: shop.url, metapackages: 'with-dist' })
  expect(lock).toContain('product-synthetic-1.0.0.0.zip')
  const { outputs } = await runIn(shop, { account, lock })
  expect(outputs.status).toBe('ready')
  expect(asked(shop).archives.join()).not.toContain('product-synthetic')
})

test('a preferred mirror is asked before the address of the package, and alone where it answers', async () => {
  const shop = await shopFor(customer)
  const mirror = await repository({ packages: world.packages, anonymous: true })
  const mirrors = [{ url: `${mirror.url}/dists/%package%/%version%/r%reference%.%type%`, preferred: true }]
  const lock = lockFor(installed, { baseUrl: shop.url, mirrors })
  const repositories = [
    { type: 'composer', url: shop.url },
    { type: 'composer', url: mirror.url },
    { 'packagist.org': false },
  ]
  const manifest = manifestFor({ baseUrl: shop.url, require: { [world.product.name]: '1.0.0' }, repositories })
  const { outputs } = await runIn(shop, { lock, manifest })
  expect(outputs.status).toBe('ready')
  expect(asked(mirror).paths.filter((path) => path.startsWith('/dists/')).length).toBeGreaterThan(0)
  expect(shop.requests).toEqual([])
})

test('a mirror that is not preferred is asked after the address of the package has failed', async () => {
  const shop = await shopFor(customer)
  const mirror = await repository({ packages: world.packages, anonymous: true })
  const mirrors = [{ url: `${mirror.url}/dists/%package%/%version%/r%reference%.%type%`, preferred: false }]
  const repositories = [
    { type: 'composer', url: shop.url },
    { type: 'composer', url: mirror.url },
    { 'packagist.org': false },
  ]
  const manifest = manifestFor({ baseUrl: shop.url, require: { [world.product.name]: '1.0.0' }, repositories })
  const lock = lockFor(installed, { baseUrl: shop.url, mirrors })
  await runIn(shop, { lock, manifest })
  expect(mirror.requests).toEqual([])
  shop.faults.order(/^\/archives\//, { kind: 'status', status: 404 })
  const { outputs } = await runIn(shop, { lock, manifest })
  expect(outputs.status).toBe('ready')
  expect(asked(mirror).paths.length).toBeGreaterThan(0)
})

test('mirrors that packages.json names count without a lock, as Composer counts them', async () => {
  const account = createAccount('denied at the source', {
    entitlements: EVERYTHING,
    archivesDenied: new Map([['acme/module-002', 403]]),
  })
  const mirror = await repository({ packages: world.packages, anonymous: true })
  const mirrors = [{ url: `${mirror.url}/dists/%package%/%version%/r%reference%.%type%`, preferred: true }]
  const shop = await shopFor(account, { mirrors })
  const repositories = [
    { type: 'composer', url: shop.url },
    { type: 'composer', url: mirror.url },
    { 'packagist.org': false },
  ]
  const manifest = manifestFor({ baseUrl: shop.url, require: { 'acme/module-002': '*' }, repositories })
  const { outputs } = await runIn(shop, { account, manifest })
  expect(outputs.problem).toBe('')
  expect(asked(shop).archives).toEqual([])
  expect(asked(mirror).paths.filter((path) => path.startsWith('/dists/'))).toHaveLength(1)
})

test('an address without a host is told, and asked of nobody', async () => {
  const shop = await shopFor(customer)
  const lock = lockFor(installed, {
    baseUrl: shop.url,
    distUrl: ({ name }, own) => (name === 'acme/module-002' ? own.slice(shop.url.length) : own),
  })
  const { outputs } = await runIn(shop, { lock })
  expect(outputs.problem).toBe('package-denied')
  expect(JSON.parse(outputs.problems ?? '')[0].packages).toEqual(['acme/module-002'])
  expect(asked(shop).archives.join()).not.toContain('acme/module-002')
})

test.each([
  'github.com',
  'api.github.com',
  'codeload.github.com',
  'gitlab.com',
  'bitbucket.org',
  'api.bitbucket.org',
  'repo.packagist.org',
  'packagist.org',
])('nothing is asked at %s, even where Composer holds credentials for it', async (host) => {
  const shop = await shopFor(customer)
  const seen: string[] = []
  const proxy = await webServer(() => {})
  proxy.server.on('connect', (request, socket) => {
    seen.push(request.url ?? '')
    socket.end('HTTP/1.1 502 Refused\r\n\r\n')
  })
  const release = createPackage('acme/elsewhere', '1.0.0')
  const lock = lockFor([...installed, release], {
    baseUrl: shop.url,
    distUrl: ({ name }, own) => (name === release.name ? `https://${host}/a.zip` : own),
  })
  const repositories = [
    { type: 'composer', url: shop.url },
    { type: 'composer', url: `https://${host}` },
  ]
  const manifest = manifestFor({ baseUrl: shop.url, require: { [world.product.name]: '1.0.0' }, repositories })
  const job = startJob()
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  writeFileSync(join(job.workspace, 'composer.lock'), lock)
  const { outputs } = await job.main({
    inputs: {
      'public-key': customer.publicKey,
      'private-key': customer.privateKey,
      'repository-url': shop.url,
      retries: '0',
    },
    env: {
      https_proxy: proxy.url,
      no_proxy: '127.0.0.1',
      COMPOSER_AUTH: JSON.stringify({ 'http-basic': { [host]: { username: 'somebody', password: 'any password' } } }),
    },
  })
  expect(outputs.status).toBe('ready')
  expect(seen).toEqual([])
})
