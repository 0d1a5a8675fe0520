import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { accounts, createPackage } from '../../testing/catalogue.mjs'
import { manifestFor } from '../../testing/lock.mjs'
import { syntheticCatalogue } from '../../testing/synthetic.mjs'
import { startJob } from '../action/run-action.js'
import { proxy, repository } from '../server/access-step.js'
import { type ServerCertificate, serverCertificate } from '../server/certificates.js'

/**
 * What looking for stand-ins costs. Whether its answers are right, Composer says: see the group "stand-ins" of
 * __tests__/agreement.
 */
const keys = accounts.openSource

async function runWith(manifest: object, url: string, env: Readonly<Record<string, string>> = {}) {
  const job = startJob()
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  const { outputs, milliseconds } = await job.main({
    inputs: {
      'public-key': keys.publicKey,
      'private-key': keys.privateKey,
      'repository-url': url,
      retries: '0',
    },
    env,
  })
  const problems: { code: string; severity: string; packages: string[] }[] = JSON.parse(outputs.problems ?? '')
  return { problems: problems.map(({ code, severity, packages }) => [code, severity, ...packages]), milliseconds }
}

const ERROR = ['package-denied', 'error', 'acme/never-ordered']
const WARNING = ['package-denied', 'warning', 'acme/never-ordered']

test('before a name is called missing, each package that gets installed is looked at once', async () => {
  const world = syntheticCatalogue({ modules: 600, vendors: ['magento', 'acme'] })
  const shop = await repository({ packages: world.packages, accounts: { keys } })
  const require = { [world.product.name]: '1.0.0', 'acme/never-ordered': '^1.0' }
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require }), shop.url)
  expect(problems).toEqual([ERROR])
  const files = shop.requests.map(({ path }) => path).filter((path) => /^\/p\/[^/]+\/[^/]+\.json$/.test(path))
  expect(files).toHaveLength(601)
  expect(new Set(files).size).toBe(601)
})

test('requirements that go round in a circle are followed once', async () => {
  const circle = ['a', 'b', 'c'].map((name, index, all) =>
    createPackage(`acme/${name}`, '1.0.0', { require: { [`acme/${all[(index + 1) % all.length]}`]: '^1.0' } }),
  )
  const shop = await repository({ packages: circle, accounts: { keys }, protocol: 'v2' })
  const require = { 'acme/a': '*', 'acme/never-ordered': '^1.0' }
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require }), shop.url)
  expect(problems).toEqual([ERROR])
  const files = shop.requests.map(({ path }) => path).filter((path) => path.startsWith('/p2/'))
  expect(files.sort()).toEqual(['/p2/acme/a.json', '/p2/acme/b.json', '/p2/acme/c.json', '/p2/acme/never-ordered.json'])
})

test('where more packages get installed than are looked at, the name is a warning', async () => {
  const world = syntheticCatalogue({ modules: 2000 })
  const shop = await repository({ packages: world.packages, accounts: { keys } })
  const require = { [world.product.name]: '1.0.0', 'acme/never-ordered': '^1.0' }
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require }), shop.url)
  expect(problems).toEqual([WARNING])
  expect(shop.requests.length).toBeLessThanOrEqual(1600)
})

test.each([
  ['one of its versions', 'acme/never-ordered', []],
  ['none', 'acme/nothing-else', [ERROR]],
])('of a package that is required in fifty versions %s may lead to a stand-in', async (_, replaced, said) => {
  const versions = Array.from({ length: 50 }, (_unused, index) => `1.0.${index}`)
  const packages = [
    ...versions.map((version) => createPackage('acme/product', version, { require: { 'acme/part': version } })),
    ...versions.map((version) =>
      createPackage('acme/part', version, version === '1.0.13' ? { require: { 'acme/fork': '*' } } : {}),
    ),
    createPackage('acme/fork', '1.0.0', { replace: { [replaced]: '^1.0' } }),
  ]
  const shop = await repository({ packages, accounts: { keys } })
  const require = { 'acme/product': '*', 'acme/never-ordered': '^1.0' }
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require }), shop.url)
  expect(problems).toEqual(said)
})

test('where one of their files cannot be read, the name is a warning', async () => {
  const packages = [
    createPackage('acme/product', '1.0.0', { require: { 'acme/broken': '*' } }),
    createPackage('acme/broken', '1.0.0'),
  ]
  const shop = await repository({ packages, accounts: { keys }, protocol: 'v2' })
  shop.faults.order('/p2/acme/broken.json', { kind: 'status', status: 403 })
  const require = { 'acme/product': '*', 'acme/never-ordered': '^1.0' }
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require }), shop.url)
  expect(problems).toEqual([WARNING])
})

test('where every requirement is met no more is read than one package of the product, whose archive is asked for', async () => {
  const world = syntheticCatalogue({ modules: 50 })
  const shop = await repository({ packages: world.packages, accounts: { keys } })
  const require = { [world.product.name]: '1.0.0' }
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require }), shop.url)
  expect(problems).toEqual([])
  expect(shop.requests.filter(({ path }) => path.startsWith('/p/synthetic/'))).toHaveLength(2)
})

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate({ names: ['repo.packagist.org', 'packagist.org'] })
})

test('packagist.org is asked for the name itself, and for nothing that others require', async () => {
  const product = createPackage('acme/product', '1.0.0', { require: { 'laminas/laminas-code': '*' } })
  const shop = await repository({ packages: [product], accounts: { keys } })
  const packagist = await repository({
    tls: certificate.server,
    publicUrl: 'https://repo.packagist.org',
    protocol: 'v2',
    anonymous: true,
    packages: [createPackage('laminas/laminas-code', '4.13.0')],
  })
  const at = { host: packagist.host, port: packagist.port }
  const way = await proxy({ resolve: { 'repo.packagist.org': at, 'packagist.org': at } })
  const require = { 'acme/product': '*', 'acme/never-ordered': '^1.0' }
  const repositories = [{ type: 'composer', url: shop.url }]
  const { problems } = await runWith(manifestFor({ baseUrl: shop.url, require, repositories }), shop.url, {
    https_proxy: way.url,
    no_proxy: '127.0.0.1',
    COMPOSER_CAFILE: certificate.caFile,
  })
  expect(problems).toEqual([ERROR])
  expect(packagist.requests.map(({ path }) => path)).toEqual(['/packages.json', '/p2/acme/never-ordered.json'])
})
