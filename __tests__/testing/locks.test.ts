import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createAccount, createPackage } from '../../testing/catalogue.mjs'
import { contentHash } from '../../testing/content-hash.mjs'
import { closureOf, lockFor, manifestFor, manifestOf } from '../../testing/lock.mjs'
import type { Repository } from '../../testing/repository.mjs'
import { syntheticCatalogue } from '../../testing/synthetic.mjs'
import { realComposer } from './composer.js'
import { asked, createShop, type Shop } from './shop.js'

const describeWithComposer = (await realComposer()) === null ? describe.skip : describe

const one = createPackage('acme/a', '1.0.0')
const two = createPackage('acme/b', '1.0.0', { edition: 'marketplace' })
const meta = createPackage('acme/meta', '1.0.0', { type: 'metapackage', require: { 'acme/a': '1.0.0' } })
const packages = [one, two, meta]
const owner = createAccount('owner', { entitlements: ['acme/b'] })
const template = '/dists/%package%/%version%/r%reference%.%type%'

describeWithComposer('a lock, installed by the real Composer,', () => {
  let shop: Shop
  let repository: Repository
  beforeEach(async () => {
    shop = await createShop()
    repository = await shop.start({ packages, accounts: { owner } })
    await shop.useKeys([repository, owner])
  })
  afterEach(() => shop.remove())

  async function project(chosen: (typeof one)[], options: Partial<Parameters<typeof lockFor>[1]> = {}) {
    const baseUrl = repository.publicUrl
    await shop.manifest(manifestOf(chosen, { baseUrl }))
    await shop.lock(lockFor(chosen, { baseUrl, ...options }))
  }

  test('of hundreds of packages is that of Composer', async () => {
    const {
      packages: many,
      names,
      product,
    } = syntheticCatalogue({
      modules: 300,
      vendors: ['magento', 'acme'],
      edition: (vendor) => (vendor === 'acme' ? 'marketplace' : 'commerce'),
      versions: ['1.0.0', '1.1.0'],
    })
    const customer = createAccount('large', { entitlements: ['commerce', ...names] })
    const large = await shop.start({ packages: many, accounts: { customer } })
    await shop.useKeys([large, customer])
    const chosen = closureOf(many, { [product.name]: product.version })
    await shop.manifest(manifestOf(chosen, { baseUrl: large.publicUrl }))
    expect((await shop.run('update', '--no-install')).exitCode).toBe(0)
    expect(await shop.locked()).toBe(lockFor(chosen, { baseUrl: large.publicUrl }))
    expect((await shop.runElsewhere('install')).exitCode).toBe(0)
    expect(large.requests).toHaveLength(300)
  })

  test('has packages for development apart, and platform requirements of both', async () => {
    const baseUrl = repository.publicUrl
    const manifest = manifestFor({
      baseUrl,
      require: { php: '>=7.4', 'acme/a': '^1.0' },
      requireDev: { 'ext-json': '*', 'acme/b': '1.0.0' },
    })
    await shop.manifest(manifest)
    expect((await shop.run('update', '--no-install')).exitCode).toBe(0)
    expect(await shop.locked()).toBe(lockFor([one], { baseUrl, manifest, dev: [two] }))
    expect((await shop.runElsewhere('install', '--no-dev')).exitCode).toBe(0)
    expect(asked(repository)).toEqual(['/archives/acme/a/acme-a-1.0.0.0.zip 200'])
  })

  test('never asks for the archive of a metapackage, wherever it is said to be', async () => {
    await project([one, meta], {
      metapackages: 'with-dist',
      distUrl: ({ name }, own) => (name === 'acme/a' ? own : '/m.zip'),
    })
    expect(await shop.locked()).toContain('"url": "/m.zip"')
    expect((await shop.run('install')).exitCode).toBe(0)
    expect(asked(repository)).toEqual(['/archives/acme/a/acme-a-1.0.0.0.zip 200'])
  })

  test('is the same when the repository gives metapackages a dist, an address of its own and no checksum', async () => {
    const distUrl = ({ name }: { name: string }, archiveUrl: string) =>
      archiveUrl.replace(/\/archives\/.*/, `/files/${name}.zip`)
    const options = { packages, accounts: { owner }, metapackageDist: true, shasum: 'none', distUrl } as const
    const own = await shop.start(options)
    await shop.useKeys([own, owner])
    const baseUrl = own.publicUrl
    await shop.manifest(manifestOf([one, meta], { baseUrl }))
    expect((await shop.run('update')).exitCode).toBe(0)
    expect(await shop.locked()).toBe(
      lockFor([one, meta], { baseUrl, metapackages: 'with-dist', shasum: 'none', distUrl }),
    )
    expect(asked(own).at(-1)).toBe('/files/acme/a.zip 200')
  })

  test('takes a dist without a host for a file of this machine', async () => {
    await project([one], { distUrl: () => '/files/a.zip' })
    const { exitCode, output } = await shop.run('install')
    expect(output).toContain(
      'The "/files/a.zip" file could not be downloaded: Failed to open stream: No such file or directory',
    )
    expect(exitCode).toBe(1)
    expect(repository.requests).toEqual([])
  })

  test('refuses a dist over http while secure-http is on, before any request', async () => {
    const baseUrl = repository.publicUrl
    const manifest = { ...manifestOf([one], { baseUrl: 'https://shop.invalid' }), config: { 'secure-http': true } }
    await shop.manifest(manifest)
    await shop.lock(lockFor([one], { baseUrl, manifest }))
    const { exitCode, output } = await shop.run('install')
    expect(output).toContain(
      `Your configuration does not allow connections to ${baseUrl}/archives/acme/a/acme-a-1.0.0.0.zip.`,
    )
    expect(exitCode).toBe(1)
    expect(repository.requests).toEqual([])
  })

  test('fails on another host for which there are no keys, and does not ask a host that it does not need', async () => {
    const vendor = await shop.start({ packages: [two], accounts: { owner } })
    await project([one, two], {
      distUrl: ({ name }, own) => (name === 'acme/b' ? own.replace(repository.url, vendor.url) : own),
    })
    const { exitCode, output } = await shop.run('install')
    expect(output).toContain(
      `The '${vendor.url}/archives/acme/b/acme-b-1.0.0.0.zip' URL required authentication (HTTP 401).`,
    )
    expect(exitCode).not.toBe(0)

    await project([one])
    expect((await shop.runElsewhere('install')).exitCode).toBe(0)
    expect(vendor.requests).toEqual([])
  })

  test.each([
    ['both', true, true, ['/dists/acme/a/1.0.0.0/r.zip 200'], [], 0],
    ['the mirror alone', true, false, ['/dists/acme/a/1.0.0.0/r.zip 200'], [], 0],
    [
      'the origin alone',
      false,
      true,
      ['/dists/acme/a/1.0.0.0/r.zip 401'],
      ['/archives/acme/a/acme-a-1.0.0.0.zip 200'],
      0,
    ],
    ['neither', false, false, ['/dists/acme/a/1.0.0.0/r.zip 401'], ['/archives/acme/a/acme-a-1.0.0.0.zip 401'], 1],
  ] as const)(
    'asks a preferred mirror first: keys for %s',
    async (_case, ofMirror, ofOrigin, mirrored, direct, failed) => {
      const mirror = await shop.start({ packages, accounts: { owner } })
      await shop.useKeys(
        ...(ofMirror ? [[mirror, owner] as [Repository, typeof owner]] : []),
        ...(ofOrigin ? [[repository, owner] as [Repository, typeof owner]] : []),
      )
      await project([one], { mirrors: [{ url: mirror.url + template, preferred: true }] })
      const { exitCode, output } = await shop.run('install')
      expect([asked(mirror), asked(repository)]).toEqual([mirrored, direct])
      expect(exitCode === 0 ? 0 : 1).toBe(failed)
      if (!ofMirror) expect(output).toContain('Failed downloading acme/a, trying the next URL (401: ')
    },
  )

  test.each([true, false])(
    'has the mirrors of the repository that it was made with (preferred: %s)',
    async (preferred) => {
      const spare = await shop.start({ packages, anonymous: true })
      const mirrors = [{ url: spare.url + template, preferred }]
      const own = await shop.start({ packages, accounts: { owner }, protocol: 'v2', mirrors })
      await shop.useKeys([own, owner])
      const baseUrl = own.publicUrl
      await shop.manifest(manifestOf([one], { baseUrl }))
      expect((await shop.run('update')).exitCode).toBe(0)
      expect(await shop.locked()).toBe(lockFor([one], { baseUrl, mirrors }))
      expect(asked(spare)).toEqual(preferred ? ['/dists/acme/a/1.0.0.0/r.zip 200'] : [])
    },
  )

  test('made with a public mirror that leaves URLs in place needs the keys of the origin', async () => {
    const mirror = await shop.start({
      packages: [one, meta],
      anonymous: true,
      protocol: 'v2',
      distUrl: (_release, own) => repository.url + new URL(own).pathname,
    })
    await shop.manifest(manifestOf([one, meta], { baseUrl: mirror.publicUrl }))
    expect((await shop.run('update')).exitCode).toBe(0)
    expect(asked(repository)).toEqual(['/archives/acme/a/acme-a-1.0.0.0.zip 200'])
    expect(mirror.requests.every(({ credentials }) => credentials === null)).toBe(true)
  })

  test('is what Composer calls outdated once composer.json has changed', async () => {
    const baseUrl = repository.publicUrl
    await project([one])
    await shop.manifest(manifestFor({ baseUrl, require: { 'acme/a': '*', 'acme/b': '*' } }))
    const { exitCode, output } = await shop.run('install')
    expect(output).toContain('Warning: The lock file is not up to date with the latest changes in composer.json.')
    expect(output).toContain('- Required package "acme/b" is not present in the lock file.')
    expect(exitCode).toBe(4)
  })
})

describeWithComposer('an account whose archives and metadata differ', () => {
  let shop: Shop
  beforeEach(async () => {
    shop = await createShop()
  })
  afterEach(() => shop.remove())

  async function projectFor(account: typeof owner, chosen = [one, two]) {
    const repository = await shop.start({ packages, accounts: { account } })
    await shop.useKeys([repository, account])
    await shop.manifest(manifestOf(chosen, { baseUrl: repository.publicUrl }))
    await shop.lock(lockFor(chosen, { baseUrl: repository.publicUrl }))
    return repository
  }

  test('installs from a lock what it cannot see, and cannot update it', async () => {
    await projectFor(createAccount('archives only', { archivesOnly: new Set(['acme/b 1.0.0']) }))
    expect((await shop.run('install')).exitCode).toBe(0)
    const { exitCode, output } = await shop.run('update')
    expect(output).toContain(
      'requires acme/b 1.0.0, found acme/b[1.0.0] in the lock file but not in remote repositories',
    )
    expect(exitCode).toBe(2)
  })

  test.each([
    [401, (url: string) => `The '${url}' URL required authentication (HTTP 401).`],
    [403, (url: string) => `The '${url}' URL could not be accessed (HTTP 403): HTTP/1.1 403 Forbidden`],
    [404, (url: string) => `The "${url}" file could not be downloaded (HTTP/1.1 404 Not Found)`],
  ])('cannot install what it sees when the archive answers %d', async (status, message) => {
    const repository = await projectFor(
      createAccount('denied', { entitlements: ['acme/b'], archivesDenied: new Map([['acme/b', status]]) }),
    )
    expect((await shop.run('update', '--no-install')).exitCode).toBe(0)
    const { exitCode, output } = await shop.runElsewhere('install')
    expect(output).toContain(message(`${repository.url}/archives/acme/b/acme-b-1.0.0.0.zip`))
    expect(exitCode).not.toBe(0)
    expect(asked(repository)).toContain(`/archives/acme/b/acme-b-1.0.0.0.zip ${status}`)
  })
})

// From Locker::getContentHash of Composer 2.5.5.
test.each([
  ['{}', 'd751713988987e9331980363e24189ce'],
  ['{"name":"a/b","type":"project","require":{}}', '5c91271087cff82350e2ff82283f28c3'],
  ['{"repositories":{"0":{"type":"composer","url":"https://é.example/😀"}}}', '26c2ec1603f1060c44095bba2adeb29d'],
  [
    '{"repositories":{"repo":{"type":"vcs","url":"u"},"0":{"packagist.org":false}},"extra":{"a":{},"c":1.5,"e":null}}',
    'd6b3465b88aee0289d3ac1ae9c0d3fa3',
  ],
  [
    '{"config":{"platform":{"php":"8.2"},"secure-http":false},"require-dev":{"a/b":"@dev"}}',
    '3c89b9fa0e76c9744f78d1052ad19bcd',
  ],
])('the content-hash of %s', (text, hash) => {
  expect(contentHash(text)).toBe(hash)
})
