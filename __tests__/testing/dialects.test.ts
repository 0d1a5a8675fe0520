import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { accounts, createAccount, createPackage, packages, versionedPackages } from '../../testing/catalogue.mjs'
import { minify } from '../../testing/composer-v2.mjs'
import { closureOf, lockFor, manifestFor, manifestOf } from '../../testing/lock.mjs'
import { type Repository, startRepository, warnings } from '../../testing/repository.mjs'
import { ask, basic } from './ask.js'
import { realComposer } from './composer.js'
import { asked, createShop, type Shop } from './shop.js'

const describeWithComposer = (await realComposer()) === null ? describe.skip : describe

const COMMERCE = 'magento/product-enterprise-edition'

const dialects = [
  { protocol: 'v1' },
  { protocol: 'v2', listing: 'none' },
  { protocol: 'v2', listing: 'packages' },
  { protocol: 'v2', listing: 'patterns' },
  { protocol: 'inline' },
  { protocol: 'includes' },
] as const
const named = dialects.map((dialect) => [Object.values(dialect).join(', listing: '), dialect] as const)

describeWithComposer.each(named)('%s, asked by the real Composer,', (_name, dialect) => {
  let shop: Shop
  let repository: Repository
  beforeEach(async () => {
    shop = await createShop()
    repository = await shop.start(dialect)
    await shop.useKeys([repository, accounts.commerce])
  })
  afterEach(() => shop.remove())

  const chosen = closureOf(packages, { [COMMERCE]: '2.4.8' })

  test('updates, and installs from the lock that lockFor writes byte for byte as Composer', async () => {
    const options = { baseUrl: repository.publicUrl }
    await shop.manifest(manifestOf(chosen, options))
    expect((await shop.run('update', '--no-install')).exitCode).toBe(0)
    expect(await shop.locked()).toBe(lockFor(chosen, options))

    await shop.lock(lockFor(chosen, options))
    const { exitCode, output } = await shop.runElsewhere('install')
    expect(exitCode).toBe(0)
    expect(output).not.toContain('not up to date')
    expect(asked(repository).filter((line) => /^\/archives\/.* 200$/.test(line))).toHaveLength(12)
  })

  test('creates a project for whom it is visible, and for nobody else', async () => {
    const create = ['create-project', `--repository-url=${repository.url}`, 'magento/project-enterprise-edition', 'new']
    expect((await shop.run(...create)).exitCode).toBe(0)

    await shop.useKeys([repository, accounts.openSource])
    const refused = await shop.runElsewhere(...create.slice(0, -1), 'other')
    expect(refused.output).toContain('Could not find package magento/project-enterprise-edition with stability stable.')
    expect(refused.exitCode).toBe(1)
  })

  test('does not find what the account does not see', async () => {
    await shop.useKeys([repository, accounts.openSource])
    await shop.manifest(manifestOf(chosen, { baseUrl: repository.publicUrl }))
    const { exitCode, output } = await shop.run('update')
    expect(output).toContain(`Root composer.json requires ${COMMERCE}, it could not be found in any version`)
    expect(exitCode).toBe(2)
  })

  test('refuses everything without keys, and obeys orders for faults', async () => {
    await shop.useKeys()
    await shop.manifest(manifestOf(chosen, { baseUrl: repository.publicUrl }))
    const { output } = await shop.run('update')
    expect(output).toContain(`Warning from ${repository.origin}: ${warnings.missing}`)
    expect(output).toContain(`The '${repository.url}/packages.json' URL required authentication (HTTP 401)`)

    await shop.useKeys([repository, accounts.commerce])
    repository.faults.order('/packages.json', { kind: 'status', status: 503 }, { times: 1 })
    const retried = await shop.runElsewhere('update', '--no-install')
    expect(retried.exitCode).toBe(0)
    expect(asked(repository).slice(0, 2)).toEqual(['/packages.json 503', '/packages.json 200'])
  })

  test.each([
    [{ 'acme/module-patched': '^1.2' }, {}, 'acme/module-patched 1.2.0-p3'],
    [{ 'acme/module-patched': '1.2.0' }, {}, 'acme/module-patched 1.2.0'],
    [{ 'acme/module-patched': '~1.3.0@beta' }, {}, 'acme/module-patched 1.3.0-beta2'],
    [{ 'acme/module-unreleased': '2.0.0-beta1' }, {}, 'acme/module-unreleased 2.0.0-beta1'],
    [{ 'acme/module-unreleased': '>=2.0' }, { 'minimum-stability': 'alpha' }, 'acme/module-unreleased 2.0.0-RC1'],
    [{ 'acme/module-branch-only': 'dev-main' }, {}, 'acme/module-branch-only dev-main'],
    [{ 'acme/module-branched': '2.x-dev' }, {}, 'acme/module-branched dev-main'],
    [{ 'acme/module-branched': '1.x-dev' }, {}, 'acme/module-branched 1.x-dev'],
    [
      { 'acme/module-predecessor': '^2.0', 'acme/module-successor': '*' },
      { 'prefer-stable': true, config: { 'secure-http': false, platform: { php: '8.2.0' } } },
      'acme/module-successor 3.0.0',
    ],
  ])('resolves %j with %j as %s, and so does lockFor', async (require, more, expected) => {
    const own = await shop.start({ ...dialect, packages: versionedPackages })
    await shop.useKeys([own, accounts.openSource])
    const baseUrl = own.publicUrl
    const manifest = manifestFor({ baseUrl, require: require as Record<string, string>, more })
    await shop.manifest(manifest)
    expect((await shop.run('update')).exitCode).toBe(0)
    expect(await shop.lockedVersions()).toEqual([expected])
    const chosen = versionedPackages.filter(({ name, version }) => `${name} ${version}` === expected)
    expect(await shop.locked()).toBe(lockFor(chosen, { baseUrl, manifest }))
  })

  test.each([
    [{ 'acme/module-aged': '^2.0' }, 'found acme/module-aged[1.0.0, 1.1.0] but it does not match the constraint.'],
    [{ 'acme/module-branch-only': '*' }, '[dev-main] but it does not match your minimum-stability.'],
    [{ 'acme/module-unreleased': '*' }, 'but it does not match your minimum-stability.'],
  ])('says of %j: %s', async (require, message) => {
    const lapsed = createAccount('lapsed', { hidden: new Set(['acme/module-aged 2.0.0']) })
    const own = await shop.start({ ...dialect, packages: versionedPackages, accounts: { lapsed } })
    await shop.useKeys([own, lapsed])
    await shop.manifest(manifestFor({ baseUrl: own.publicUrl, require: require as Record<string, string> }))
    const { exitCode, output } = await shop.run('update')
    expect(output).toContain(message)
    expect(exitCode).toBe(2)
  })

  test('counts as having a name or not when all it has is less stable than allowed', async () => {
    const first = await shop.start({ ...dialect, anonymous: true, packages: [createPackage('acme/a', '2.0.0-beta1')] })
    const second = await shop.start({ protocol: 'v2', anonymous: true, packages: [createPackage('acme/a', '1.0.0')] })
    const repositories = [first, second].map(({ url }) => ({ type: 'composer', url }))
    await shop.manifest(
      manifestFor({
        baseUrl: first.url,
        require: { 'acme/a': '*' },
        repositories: [...repositories, { 'packagist.org': false }],
      }),
    )
    const { exitCode, output } = await shop.run('update', '--no-install')
    if (dialect.protocol === 'v1') expect(exitCode).toBe(0)
    else {
      expect(output).toContain('has higher repository priority')
      expect(output).toContain('do not match your minimum-stability and are therefore not installable')
      expect(exitCode).toBe(2)
    }
  })
})

describe('on the wire', () => {
  let repository: Repository | undefined
  afterEach(() => repository?.close())

  async function get(path: string, headers: Record<string, string> = basic(accounts.openSource)) {
    const { status, body, headers: got } = await ask(`${repository?.url}${path}`, { headers })
    return { status, got, body: body.toString() }
  }

  test.each([
    ['packages', { 'available-packages': ['acme/a'] }],
    ['patterns', { 'available-package-patterns': ['acme/*'] }],
    ['none', {}],
  ] as const)('v2 lists %s for the account, and has a file per name', async (listing, expected) => {
    const versions = ['1.0.0', '1.0.0-p1', '1.0.0-beta2', '1.0.0-beta10', '1.10.0', '1.9.0', 'dev-main'].map(
      (version) => createPackage('acme/a', version),
    )
    const invisible = createPackage('other/b', '1.0.0', { edition: 'commerce' })
    repository = await startRepository({ protocol: 'v2', listing, packages: [...versions, invisible] })
    const root = JSON.parse((await get('/packages.json')).body)
    expect(root).toEqual({ packages: [], 'metadata-url': '/p2/%package%.json', ...expected })

    const file = await get('/p2/acme/a.json')
    const { packages: found, minified } = JSON.parse(file.body)
    expect(minified).toBe('composer/2.0')
    expect(found['acme/a'].map(({ version }: { version: string }) => version)).toEqual([
      '1.10.0',
      '1.9.0',
      '1.0.0-p1',
      '1.0.0',
      '1.0.0-beta10',
      '1.0.0-beta2',
    ])
    expect(found['acme/a'][1]).not.toHaveProperty('name')
    const branches = JSON.parse((await get('/p2/acme/a~dev.json')).body).packages['acme/a']
    expect(branches).toMatchObject([
      { version: 'dev-main', dist: { reference: expect.stringMatching(/^[0-9a-f]{40}$/) } },
    ])

    const modified = String(file.got['last-modified'])
    const again = await get('/p2/acme/a.json', { ...basic(accounts.openSource), 'if-modified-since': modified })
    expect([again.status, again.body]).toEqual([304, ''])
    expect((await get('/p2/other/b.json')).status).toBe(404)
    expect((await get('/p2/other/b.json', {})).status).toBe(401)
    expect((await get('/p2/no/such.json', {})).status).toBe(401)
    expect(JSON.parse((await get('/p2/other/b~dev.json', basic(accounts.commerce))).body).packages).toEqual({
      'other/b': [],
    })
  })

  test('v1 shows each account its own versions under its own hash', async () => {
    const lapsed = createAccount('lapsed', { hidden: new Set(['acme/module-aged 2.0.0']) })
    const current = createAccount('current')
    repository = await startRepository({ packages: versionedPackages, accounts: { lapsed, current } })
    const paths = []
    for (const account of [lapsed, current]) {
      const { 'provider-includes': includes } = JSON.parse((await get('/packages.json', basic(account))).body)
      const include = `/p/provider-ce$${includes['p/provider-ce$%hash%.json'].sha256}.json`
      const { providers } = JSON.parse((await get(include, basic(account))).body)
      paths.push(`/p/acme/module-aged$${providers['acme/module-aged'].sha256}.json`)
    }
    const [older = '', all = ''] = paths
    expect([(await get(older, basic(lapsed))).status, (await get(all, basic(lapsed))).status]).toEqual([200, 404])
    expect([(await get(older, basic(current))).status, (await get(all, basic(current))).status]).toEqual([404, 200])
  })

  test('a public repository asks for no keys and minds none', async () => {
    repository = await startRepository({ anonymous: true })
    expect((await get('/packages.json', {})).status).toBe(200)
    expect((await get('/packages.json', basic({ publicKey: 'who', privateKey: 'ever' }))).status).toBe(200)
  })

  test('a public repository may hold things back', async () => {
    const hidden = new Set(['acme/module-aged'])
    const archivesDenied = new Map([['acme/module-patched', 403]])
    repository = await startRepository({
      protocol: 'inline',
      anonymous: { hidden, archivesDenied },
      packages: versionedPackages,
    })
    const { packages: shown } = JSON.parse((await get('/packages.json', {})).body)
    expect(shown).not.toHaveProperty(['acme/module-aged'])
    expect((await get(new URL(shown['acme/module-patched']['1.2.0'].dist.url).pathname, {})).status).toBe(403)
  })

  test('minifying leaves what differs and names what is gone', () => {
    const versions = [
      { name: 'a/b', version: '2', extra: { a: 1 } },
      { name: 'a/b', version: '1', require: {} },
    ]
    expect(minify(versions)).toEqual([versions[0], { version: '1', require: {}, extra: '__unset' }])
  })
})
