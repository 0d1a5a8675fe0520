import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { generate } from 'selfsigned'
import { accounts, createPackage } from '../../testing/catalogue.mjs'
import { archivePath, normalizedVersion } from '../../testing/composer-v1.mjs'
import { type Repository, startRepository, warnings } from '../../testing/repository.mjs'
import { crc32, zip } from '../../testing/zip.mjs'
import { ask, basic, type Keys } from './ask.js'

const STAGING = archivePath({ name: 'magento/module-staging', version: '100.4.8' })

interface Root {
  'providers-url': string
  'provider-includes': Record<string, { sha256: string }>
}
type Providers = Record<string, { sha256: string }>

function sha256(bytes: Buffer) {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('the repository on the wire', () => {
  let repository: Repository

  beforeEach(async () => {
    repository = await startRepository()
  })

  afterEach(() => repository.close())

  async function root(keys: Keys) {
    const { body } = await ask(`${repository.url}/packages.json`, { headers: basic(keys) })
    return JSON.parse(body.toString()) as Root
  }

  /** Follows the includes as Composer does, checking every hash. */
  async function providers(keys: Keys) {
    const found: Providers = {}
    for (const [template, { sha256: hash }] of Object.entries((await root(keys))['provider-includes'])) {
      const path = template.replace('%hash%', hash)
      const { status, body } = await ask(`${repository.url}/${path}`, { headers: basic(keys) })
      expect([status, sha256(body)]).toEqual([200, hash])
      Object.assign(found, (JSON.parse(body.toString()) as { providers: Providers }).providers)
    }
    return found
  }

  test.each([
    ['openSource', ['ce']],
    ['commerce', ['ce', 'ee', 'marketplace']],
    ['b2b', ['ce', 'ee', 'b2b']],
    ['cloud', ['ce', 'ee', 'cloud']],
    ['buyer', ['ce', 'marketplace']],
  ] as const)('names the includes of the account "%s"', async (name, editions) => {
    const { 'provider-includes': includes, 'providers-url': template } = await root(accounts[name])
    expect(Object.keys(includes).sort()).toEqual(editions.map((edition) => `p/provider-${edition}$%hash%.json`).sort())
    expect(template).toBe('/p/%package%$%hash%.json')
  })

  test('lists an extension for those who ordered it', async () => {
    expect(Object.keys(await providers(accounts.buyer))).toContain('acme/module-paid')
    expect(Object.keys(await providers(accounts.buyer))).not.toContain('acme/module-free')
    expect(Object.keys(await providers(accounts.commerce))).toContain('acme/module-free')
    expect(Object.keys(await providers(accounts.openSource)).filter((name) => name.startsWith('acme/'))).toEqual([])
  })

  test.each(['$', '%24'])('sends a package file gzipped without being asked, under "%s"', async (dollar) => {
    const hash = (await providers(accounts.openSource))['magento/framework']?.sha256
    const { status, headers, body } = await ask(`${repository.url}/p/magento/framework${dollar}${hash}.json`, {
      headers: basic(accounts.openSource),
    })
    expect(status).toBe(200)
    expect(headers['content-encoding']).toBe('gzip')
    const decoded = gunzipSync(body)
    expect(sha256(decoded)).toBe(hash)
    const { packages } = JSON.parse(decoded.toString())
    const release = packages['magento/framework']['103.0.7-p3']
    expect(Number.isInteger(release.uid)).toBe(true)
    expect(release.dist.reference).toBeNull()
    const archive = await ask(release.dist.url, { headers: basic(accounts.openSource) })
    expect(createHash('sha1').update(archive.body).digest('hex')).toBe(release.dist.shasum)
  })

  test('hides the package file of an edition that the account does not include', async () => {
    const hash = (await providers(accounts.commerce))['magento/module-staging']?.sha256
    const url = `${repository.url}/p/magento/module-staging$${hash}.json`
    expect((await ask(url, { headers: basic(accounts.commerce) })).status).toBe(200)
    expect((await ask(url, { headers: basic(accounts.openSource) })).status).toBe(404)
  })

  test.each([
    ['no header', {}, warnings.missing],
    ['an empty header', { authorization: '' }, warnings.missing],
    ['an empty pair', basic({ publicKey: '', privateKey: '' }), warnings.missing],
    ['an unknown pair', basic({ publicKey: 'who', privateKey: 'ever' }), warnings.invalid],
    ['the keys of two accounts', basic({ ...accounts.buyer, privateKey: accounts.b2b.privateKey }), warnings.invalid],
    ['disabled keys', basic(accounts.disabled), warnings.invalid],
  ])('answers 401 to %s, for metadata and archives', async (_case, headers, warning) => {
    for (const path of ['/packages.json', STAGING]) {
      const reply = await ask(repository.url + path, { headers })
      expect(reply.status).toBe(401)
      expect(reply.headers['content-type']).toBe('application/json')
      expect(reply.headers['www-authenticate']).toBeUndefined()
      expect(JSON.parse(reply.body.toString())).toEqual({ warning })
    }
  })

  test('answers 404, and not in JSON, to what the account does not include and to unknown paths', async () => {
    for (const path of [STAGING, '/archives/acme/nope/acme-nope-1.0.0.0.zip', '/p2/magento/framework.json', '/']) {
      const reply = await ask(repository.url + path, { headers: basic(accounts.openSource) })
      expect([path, reply.status, reply.headers['content-type']]).toEqual([path, 404, 'text/html'])
    }
    expect((await ask(repository.url + STAGING, { headers: basic(accounts.commerce) })).status).toBe(200)
  })

  test('reads credentials where it is told to, and says where version control has a package', async () => {
    const source = { type: 'git', url: 'https://git.example/module', reference: 'a'.repeat(40) }
    const { publicKey: username } = accounts.openSource
    const other = await startRepository({
      protocol: 'inline',
      packages: [createPackage('acme/module-sourced', '1.0.0', { source })],
      credentials: ({ 'x-token': password }) => (typeof password === 'string' ? { username, password } : null),
    })
    const listed = `${other.url}/packages.json`
    expect((await ask(listed, { headers: basic(accounts.openSource) })).status).toBe(401)
    const { body } = await ask(listed, { headers: { 'x-token': accounts.openSource.privateKey } })
    expect(JSON.parse(body.toString()).packages['acme/module-sourced']['1.0.0'].source).toEqual(source)
    await other.close()
  })

  test('remembers the requests', async () => {
    const { publicKey: username, privateKey: password } = accounts.openSource
    const { body } = await ask(`${repository.url}/packages.json?x=1`, { headers: basic(accounts.openSource) })
    await ask(`${repository.url}/packages.json`, { method: 'HEAD' })
    expect(repository.requests).toMatchObject([
      {
        method: 'GET',
        path: '/packages.json?x=1',
        credentials: { username, password },
        status: 200,
        bytesSent: body.length,
        aborted: false,
      },
      { method: 'HEAD', path: '/packages.json', credentials: null, status: 401, bytesSent: 0, aborted: false },
    ])
  })
})

test('a repository reached under another URL names that one, path included', async () => {
  const repository = await startRepository({ publicUrl: 'https://mirror.example/magento/' })
  try {
    const headers = basic(accounts.openSource)
    const { body } = await ask(`${repository.url}/magento/packages.json`, { headers })
    const { 'providers-url': template } = JSON.parse(body.toString()) as Root
    expect(template).toBe('/magento/p/%package%$%hash%.json')
    const archive = archivePath({ name: 'magento/project-community-edition', version: '2.4.8' })
    const { body: project } = await ask(`${repository.url}/magento${archive}`, { headers })
    expect(project.toString()).toContain('"url": "https://mirror.example/magento"')
    expect(project.toString()).not.toContain('secure-http')
  } finally {
    await repository.close()
  }
})

test('a repository with a certificate speaks https', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const repository = await startRepository({ tls: { key, cert } })
  try {
    expect(repository.url).toBe(`https://${repository.origin}`)
    const url = `${repository.url}/packages.json`
    await expect(ask(url)).rejects.toThrow('self-signed certificate')
    expect((await ask(url, { ca: cert, headers: basic(accounts.openSource) })).status).toBe(200)
    // A TLS socket cannot be reset, the one below it can.
    repository.faults.order('/packages.json', { kind: 'reset' })
    await expect(ask(url, { ca: cert })).rejects.toThrow('ECONNRESET')
  } finally {
    await repository.close()
  }
})

test('close() does not wait for those who are still being served', async () => {
  const repository = await startRepository()
  repository.faults.order('/packages.json', { kind: 'silent' })
  const waiting = expect(ask(`${repository.url}/packages.json`)).rejects.toThrow('socket hang up')
  while (repository.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const before = Date.now()
  await repository.close()
  await waiting
  expect(Date.now() - before).toBeLessThan(1000)
  // The server's side of the connection learns of its end a moment later.
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(repository.requests[0]?.aborted).toBe(false)
})

test.each([
  ['2.4.8', '2.4.8.0'],
  ['2.4.5-p12', '2.4.5.0-patch12'],
  ['1.0.0-beta106', '1.0.0.0-beta106'],
])('an archive of %s is named %s', (version, normalized) => {
  expect(normalizedVersion(version)).toBe(normalized)
})

test('the checksum in a zip is the standard CRC-32', () => {
  // The check value every catalogue of CRCs gives.
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
  expect(zip({ 'a.txt': 'a' })).toEqual(zip({ 'a.txt': Buffer.from('a') }))
})
