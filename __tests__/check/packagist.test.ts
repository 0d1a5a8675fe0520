import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { accounts, createPackage } from '../../testing/catalogue.mjs'
import { startJob } from '../action/run-action.js'
import { proxy, repository } from '../server/access-step.js'
import { type ServerCertificate, serverCertificate } from '../server/certificates.js'
import { composer, realComposer } from '../testing/composer.js'

/**
 * The usual Magento project: repo.magento.com in composer.json, and packagist.org, which Composer adds by itself, for all
 * else. Both names are served on this machine, behind a proxy that alone can resolve them.
 */
const version = await realComposer()
const ADOBE = 'https://repo.magento.com'
const PACKAGIST = 'https://repo.packagist.org'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate({ names: ['repo.magento.com', 'repo.packagist.org', 'packagist.org'] })
})

async function projectWith(require: Record<string, string>, keys = accounts.openSource) {
  const adobe = await repository({ tls: certificate.server, publicUrl: ADOBE })
  const packagist = await repository({
    tls: certificate.server,
    publicUrl: PACKAGIST,
    protocol: 'v2',
    anonymous: true,
    packages: [createPackage('laminas/laminas-code', '4.13.0', { type: 'library' })],
  })
  const at = ({ host, port }: { host: string; port: number }) => ({ host, port })
  const way = await proxy({
    resolve: { 'repo.magento.com': at(adobe), 'repo.packagist.org': at(packagist), 'packagist.org': at(packagist) },
  })
  const job = startJob()
  const manifest = {
    require,
    repositories: [{ type: 'composer', url: `${ADOBE}/` }],
    config: { 'notify-on-install': false },
  }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  const env = { https_proxy: way.url, COMPOSER_CAFILE: certificate.caFile }
  const inputs = { 'public-key': keys.publicKey, 'private-key': keys.privateKey, retries: '0' }
  const step = await job.main({ inputs, env })
  const run =
    version === null
      ? undefined
      : await composer(['update', '--no-audit'], {
          cwd: job.workspace,
          env: { ...job.env, ...env, COMPOSER_CACHE_DIR: join(job.root, 'cache') },
        })
  return { step, adobe, packagist, composerPasses: run && run.exitCode === 0, output: run?.output }
}

const MAGENTO = { 'magento/product-community-edition': '2.4.8' }

describe('with packagist.org enabled', () => {
  test('a package of packagist.org is not these keys’ business', async () => {
    const { step, packagist, composerPasses, output } = await projectWith({
      ...MAGENTO,
      'laminas/laminas-code': '^4.0',
    })
    expect(step.outputs).toMatchObject({ status: 'ready', problems: '[]' })
    expect(packagist.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
    expect([composerPasses ?? true, output]).toEqual([true, output])
  })

  test('packagist.org is asked for names that the repository of the keys does not show, and no others', async () => {
    const { packagist } = await projectWith({ ...MAGENTO, 'laminas/laminas-code': '^4.0' })
    const asked = packagist.requests.filter(({ headers }) =>
      String(headers['user-agent']).startsWith('magento-composer-auth'),
    )
    expect(asked.map(({ path }) => path)).toEqual(['/packages.json', '/p2/laminas/laminas-code.json'])
  })

  test('an edition that nobody shows is an error', async () => {
    const { step, composerPasses } = await projectWith({
      'magento/product-enterprise-edition': '2.4.8',
      'laminas/laminas-code': '^4.0',
    })
    expect(step.outputs.problem).toBe('package-denied')
    expect(JSON.parse(step.outputs['packages-denied'] ?? '')).toEqual(['magento/product-enterprise-edition'])
    expect(composerPasses ?? false).toBe(false)
  })
})
