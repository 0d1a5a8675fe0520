import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { generate } from 'selfsigned'
import { accounts } from '../../testing/catalogue.mjs'
import { startProxy } from '../../testing/proxy.mjs'
import { type Repository, startRepository, warnings } from '../../testing/repository.mjs'
import { composer, createWorkspace, realComposer, type Workspace, writeJson } from './composer.js'

const describeWithComposer = (await realComposer()) === null ? describe.skip : describe

interface Keys {
  publicKey: string
  privateKey: string
}

describeWithComposer('the repository, asked by the real Composer', () => {
  let repository: Repository
  let workspace: Workspace

  beforeEach(async () => {
    repository = await startRepository()
    workspace = await createWorkspace()
    await writeJson(join(workspace.home, 'config.json'), { config: { 'secure-http': false } })
  })

  afterEach(async () => {
    await repository.close()
    await workspace.remove()
  })

  function useKeys({ publicKey, privateKey }: Keys) {
    return writeJson(join(workspace.home, 'auth.json'), {
      'http-basic': { [repository.origin]: { username: publicKey, password: privateKey } },
    })
  }

  function run(args: string[], folder = '.') {
    return composer(args, { cwd: join(workspace.root, folder), env: workspace.env })
  }

  function createProject(name: string, ...more: string[]) {
    return run(['create-project', `--repository-url=${repository.url}`, name, 'shop', ...more])
  }

  async function project(require: Record<string, string>) {
    await mkdir(join(workspace.root, 'shop'))
    await writeJson(join(workspace.root, 'shop/composer.json'), {
      name: 'acme/shop',
      require,
      repositories: [{ type: 'composer', url: repository.url }, { 'packagist.org': false }],
    })
  }

  /** A home and cache in which nothing was ever downloaded, as on another machine. */
  async function moveToAnotherMachine() {
    workspace.env.COMPOSER_CACHE_DIR = join(workspace.root, 'another-cache')
    repository.requests.length = 0
  }

  async function lockedNames() {
    const lock: unknown = JSON.parse(await readFile(join(workspace.root, 'shop/composer.lock'), 'utf8'))
    return (lock as { packages: { name: string; version: string }[] }).packages.map(
      ({ name, version }) => `${name} ${version}`,
    )
  }

  const pathsAsked = () => repository.requests.map(({ path }) => path)

  test('creates an Open Source project', async () => {
    await useKeys(accounts.openSource)
    const { exitCode, output } = await createProject('magento/project-community-edition')
    expect(output).toContain('Installing magento/framework (103.0.8)')
    expect(exitCode).toBe(0)
    expect(await lockedNames()).toContain('magento/product-community-edition 2.4.8')
    expect(JSON.parse(await readFile(join(workspace.root, 'shop/composer.json'), 'utf8'))).toMatchObject({
      config: { 'secure-http': false },
      repositories: [{ type: 'composer', url: repository.url }, { 'packagist.org': false }],
    })
    expect(await readFile(join(workspace.root, 'shop/vendor/magento/framework/registration.php'), 'utf8')).toContain(
      'magento/framework 103.0.8',
    )
    // No notify POST and no /p2/: the root has neither notify-batch nor metadata-url.
    expect(repository.requests.every(({ method, status }) => method === 'GET' && status === 200)).toBe(true)
  })

  test('creates a project of an older patch release, whose archives have "patch" in their names', async () => {
    await useKeys(accounts.openSource)
    const { exitCode } = await createProject('magento/project-community-edition', '2.4.7-p3')
    expect(exitCode).toBe(0)
    expect(await lockedNames()).toContain('magento/framework 103.0.7-p3')
    expect(pathsAsked()).toContain('/archives/magento/framework/magento-framework-103.0.7.0-patch3.zip')
  })

  test('creates a Commerce project only for an account that includes Commerce', async () => {
    await useKeys(accounts.openSource)
    const refused = await createProject('magento/project-enterprise-edition')
    expect(refused.output).toContain('Could not find package magento/project-enterprise-edition')
    expect(refused.exitCode).not.toBe(0)

    await useKeys(accounts.commerce)
    const { exitCode } = await createProject('magento/project-enterprise-edition')
    expect(exitCode).toBe(0)
    expect(await lockedNames()).toContain('magento/module-staging 100.4.8')
  })

  test.each([
    ['b2b', { 'magento/product-enterprise-edition': '2.4.8', 'magento/extension-b2b': '1.5.2' }],
    ['cloud', { 'magento/magento-cloud-metapackage': '>=2.4.7 <2.4.9' }],
    ['buyer', { 'magento/product-community-edition': '2.4.7-p3', 'acme/module-paid': '^1.0' }],
    ['commerce', { 'magento/product-enterprise-edition': '2.4.8', 'acme/module-free': '*' }],
  ] as const)('updates for the account "%s" and not for Open Source', async (name, require) => {
    await project(require)
    await useKeys(accounts.openSource)
    const refused = await run(['update'], 'shop')
    expect(refused.output).toContain('it could not be found in any version, there may be a typo in the package name')
    expect(refused.exitCode).toBe(2)

    await useKeys(accounts[name])
    expect((await run(['update'], 'shop')).exitCode).toBe(0)
    const locked = (await lockedNames()).map((line) => line.split(' ')[0])
    expect(locked).toEqual(expect.arrayContaining(Object.keys(require)))
  })

  test('installs from the lock with requests for archives alone', async () => {
    await project({ 'magento/product-community-edition': '2.4.8' })
    await useKeys(accounts.openSource)
    expect((await run(['update', '--no-install'], 'shop')).exitCode).toBe(0)
    await moveToAnotherMachine()

    expect((await run(['install'], 'shop')).exitCode).toBe(0)
    const archives = pathsAsked().filter((path) => path.startsWith('/archives/'))
    expect(archives).toContain('/archives/magento/magento2-base/magento-magento2-base-2.4.8.0.zip')
    // Composer 2.10 and newer asks for packages.json as well.
    expect(pathsAsked().filter((path) => !archives.includes(path) && path !== '/packages.json')).toEqual([])
  })

  test('answers 404 for the archive of a Commerce module in a lock, to Open Source keys', async () => {
    await project({ 'magento/product-enterprise-edition': '2.4.8' })
    await useKeys(accounts.commerce)
    expect((await run(['update', '--no-install'], 'shop')).exitCode).toBe(0)
    await moveToAnotherMachine()

    await useKeys(accounts.openSource)
    const { exitCode, output } = await run(['install'], 'shop')
    expect(exitCode).not.toBe(0)
    expect(output).toMatch(
      /The "http:\S+\/archives\/magento\/\S+\.zip" file could not be downloaded \(HTTP\/1\.1 404 Not Found\)/,
    )
    const denied = repository.requests.filter(({ status }) => status === 404).map(({ path }) => path)
    expect(denied).toContain('/archives/magento/module-staging/magento-module-staging-100.4.8.0.zip')
    expect(denied.filter((path) => path.includes('/framework/'))).toEqual([])
  })

  const unknown = { publicKey: accounts.openSource.privateKey, privateKey: accounts.openSource.publicKey }
  test.each([
    ['no keys', null, warnings.missing],
    ['swapped keys', unknown, warnings.invalid],
    ['disabled keys', accounts.disabled, warnings.invalid],
  ])('makes Composer print the warning for %s', async (_case, keys, warning) => {
    await project({ 'magento/product-community-edition': '2.4.8' })
    if (keys !== null) await useKeys(keys)
    const { exitCode, output } = await run(['update'], 'shop')
    expect(exitCode).not.toBe(0)
    expect(output).toContain(`Warning from ${repository.origin}: ${warning}`)
    expect(output).toContain(`The '${repository.url}/packages.json' URL required authentication (HTTP 401)`)
  })

  test('makes Composer notice a package file that does not match its checksum', async () => {
    repository.faults.order(/^\/p\/magento\/framework\$/, { kind: 'corrupt' })
    await project({ 'magento/framework': '*' })
    await useKeys(accounts.openSource)
    const { exitCode, output } = await run(['update'], 'shop')
    expect(output).toContain('do not match its signature')
    expect(exitCode).not.toBe(0)
  })

  test('makes Composer notice an archive that does not match its checksum', async () => {
    repository.faults.order(/^\/archives\//, { kind: 'corrupt' })
    await project({ 'magento/framework': '*' })
    await useKeys(accounts.openSource)
    const { exitCode, output } = await run(['update'], 'shop')
    expect(output).toContain('The checksum verification of the file failed')
    expect(exitCode).not.toBe(0)
  })

  test('serves https under a name that only the proxy resolves', async () => {
    const name = 'repo.magento.test'
    const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    })
    const secure = await startRepository({ tls: { key, cert }, publicUrl: `https://${name}` })
    const proxy = await startProxy({ resolve: { [name]: { host: secure.host, port: secure.port } } })
    try {
      await writeFile(join(workspace.root, 'ca.pem'), cert)
      workspace.env.COMPOSER_CAFILE = join(workspace.root, 'ca.pem')
      const { publicKey: username, privateKey: password } = accounts.openSource
      await writeJson(join(workspace.home, 'auth.json'), { 'http-basic': { [name]: { username, password } } })
      await writeJson(join(workspace.home, 'config.json'), {})
      const create = ['create-project', `--repository-url=https://${name}`, 'magento/project-community-edition', 'shop']

      const lost = await run(create)
      expect(lost.output).toContain(`Could not resolve host: ${name}`)
      expect(lost.exitCode).not.toBe(0)

      workspace.env.https_proxy = proxy.url
      expect((await run(create)).exitCode).toBe(0)
      expect(await lockedNames()).toContain('magento/framework 103.0.8')
      expect(new Set(proxy.requests.map(({ target }) => target))).toEqual(new Set([`${name}:443`]))
    } finally {
      await proxy.close()
      await secure.close()
    }
  })
})
