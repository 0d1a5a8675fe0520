import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { startJob } from '../action/run-action.js'
import { AUTHORIZATION, KEYS, repository, webServer } from '../server/access-step.js'

/** Long enough for a busy machine, short enough for what grows with the square of a file. Milliseconds. */
const SOON = 20_000

/** What a pull request may have written. */
interface Files {
  readonly manifest?: unknown
  readonly lock?: unknown
}

async function runWith(
  { manifest, lock }: Files,
  url: string,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const job = startJob()
  const write = (name: string, content: unknown) => {
    if (content === undefined) return
    writeFileSync(join(job.workspace, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  write('composer.json', manifest)
  write('composer.lock', lock)
  return job.main({
    inputs: {
      'public-key': KEYS.publicKey,
      'private-key': KEYS.privateKey,
      'repository-url': url,
      retries: '0',
      timeout: '5',
      ...inputs,
    },
    env,
  })
}

/** A project of the shop, with whatever else. */
function project(url: string, more: Readonly<Record<string, unknown>> = {}, repositories: readonly unknown[] = []) {
  return {
    require: { 'magento/framework': '*' },
    repositories: [{ type: 'composer', url }, ...repositories, { 'packagist.org': false }],
    config: { 'secure-http': false },
    ...more,
  }
}

const locked = (name: string, url: string, more: Readonly<Record<string, unknown>> = {}) => ({
  name,
  version: '1.0.0',
  type: 'magento2-module',
  dist: { type: 'zip', url, shasum: '' },
  ...more,
})

/** A server that remembers the headers of whoever asks, and answers everything with one document. */
async function stranger(document: (url: string) => unknown = () => ({ packages: {} })) {
  const asked: { path: string; authorization: string | undefined }[] = []
  const server = await webServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(document(server.url)))
  })
  return { ...server, asked }
}

test('the keys reach the shop in these tests', async () => {
  const shop = await repository()
  await runWith({ manifest: project(shop.url) }, shop.url)
  expect(shop.requests.length).toBeGreaterThan(0)
  expect(new Set(shop.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([AUTHORIZATION]))
})

test.each([
  ['userinfo', (shop: string, other: string) => `http://${shop}@${other}`],
  ['userinfo with a password', (shop: string, other: string) => `http://${shop.replace(':', ':x')}@${other}`],
  ['a backslash', (shop: string, other: string) => `http://${other}\\@${shop}`],
  ['a backslash and a slash', (shop: string, other: string) => `http://${other}\\/@${shop}`],
  ['a tab in the host', (shop: string, other: string) => `http://${other}\t@${shop}`],
  ['a line break', (shop: string, other: string) => `http://${other}\n/@${shop}`],
  ['a question mark', (shop: string, other: string) => `http://${other}?@${shop}`],
  ['a fragment', (shop: string, other: string) => `http://${other}#@${shop}`],
])('keys go to no other server by %s in a URL', async (_, spell) => {
  const shop = await repository()
  const other = await stranger()
  const url = spell(shop.origin, other.origin)
  const manifest = project(shop.url, {}, [{ type: 'composer', url }])
  await runWith({ manifest }, shop.url)
  await runWith({ manifest, lock: { packages: [locked('acme/module', `${url}/a.zip`)] } }, shop.url)
  for (const { authorization } of other.asked) expect(authorization ?? '').not.toBe(AUTHORIZATION)
})

test.each(['metadata-url', 'providers-lazy-url', 'providers-url'])(
  'an address over http that a repository names as %s is not asked for',
  async (key) => {
    const shop = await repository()
    const other = await stranger(() => ({
      packages: [],
      [key]: 'http://plain.example/p/%package%$%hash%.json',
      providers: { 'acme/module': { sha256: '0'.repeat(64) } },
    }))
    // Stands for everybody on the way.
    const proxy = await stranger()
    const manifest = project(shop.url, { require: { 'acme/module': '*' } }, [{ type: 'composer', url: other.url }])
    const held = { 'http-basic': { 'plain.example': { username: 'somebody', password: 'a secret of somebody' } } }
    await runWith(
      { manifest },
      shop.url,
      {},
      {
        http_proxy: proxy.url,
        no_proxy: '127.0.0.1',
        COMPOSER_AUTH: JSON.stringify(held),
      },
    )
    expect(other.asked.map(({ path }) => path)).toContain('/packages.json')
    expect(proxy.asked).toEqual([])
  },
)

test.each(['p2/%package%.json', 'https://', 'javascript:1', '//[', 'https://%package%:99999/'])(
  'the metadata-url %s, which is no address, does not end the step',
  async (url) => {
    const shop = await repository()
    const other = await stranger(() => ({ packages: [], 'metadata-url': url }))
    const manifest = project(shop.url, { require: { 'acme/module': '*' } }, [{ type: 'composer', url: other.url }])
    const { outputs } = await runWith({ manifest }, shop.url)
    expect(outputs.status).toMatch(/^(ready|problems)$/)
  },
)

test.each<[string, (url: string) => Files]>([
  [
    'a hundred thousand repositories',
    (url) => ({
      manifest: project(
        url,
        {},
        Array.from({ length: 100_000 }, (_, index) => ({ type: 'vcs', url: `https://git.example/${index}` })),
      ),
    }),
  ],
  [
    'a hundred thousand named repositories',
    (url) => ({
      manifest: {
        ...project(url),
        repositories: Object.fromEntries([
          ['shop', { type: 'composer', url }],
          ['packagist.org', false],
          ...Array.from({ length: 100_000 }, (_, index) => [`r${index}`, { type: 'path', url: `./${index}` }]),
        ]),
      },
    }),
  ],
  [
    'a lock of fifty thousand packages',
    (url) => ({
      manifest: project(url),
      lock: {
        packages: Array.from({ length: 50_000 }, (_, index) =>
          locked(`acme/module-${index}`, `https://elsewhere.example/${index}.zip`),
        ),
      },
    }),
  ],
  [
    'a requirement that looks like an extension',
    (url) => ({ manifest: project(url, { require: { [`ext-${'a'.repeat(60)}!`]: '*' } }) }),
  ],
  [
    'a pattern of stars in only',
    (url) => ({
      manifest: project(url, { require: { [`magento/${'a'.repeat(80)}`]: '*' } }, [
        { type: 'vcs', url: 'https://git.example', only: [`${'*a'.repeat(40)}*b`] },
      ]),
    }),
  ],
  [
    'a URL of slashes',
    (url) => ({ manifest: project(url, {}, [{ type: 'composer', url: `https://a${'/'.repeat(400_000)}x` }]) }),
  ],
  [
    'settings of slashes',
    (url) => ({
      manifest: project(url, { config: { 'secure-http': false, 'vendor-dir': `a${'/'.repeat(400_000)}x` } }),
    }),
  ],
  [
    'brackets in brackets',
    (url) => ({
      manifest: JSON.stringify(project(url)).replace('{', `{"x":${'['.repeat(200_000)}${']'.repeat(200_000)},`),
    }),
  ],
  [
    'an archive type that leads to a device',
    (url) => ({
      manifest: project(url),
      lock: {
        packages: [
          locked('magento/framework', `${url}/a.zip`, {
            dist: { type: `x/${'../'.repeat(40)}dev/zero`, url: `${url}/a.zip`, shasum: '' },
          }),
        ],
      },
    }),
  ],
])('%s does not hold the step up', async (_, files) => {
  const shop = await repository()
  const { outputs, milliseconds } = await runWith(files(shop.url), shop.url)
  expect(outputs.status).toMatch(/^(ready|problems)$/)
  expect(milliseconds).toBeLessThan(SOON)
})

test.each<[string, (size: number) => string]>([
  ['numbers', (size) => `{"x":[0${',0'.repeat(size / 2)}]}`],
  ['empty objects', (size) => `{"x":[{}${',{}'.repeat(size / 3)}]}`],
])(
  'a composer.json of 60 MiB of %s ends in a verdict',
  async (_, text) => {
    const shop = await repository()
    const { outputs, signal } = await runWith({ manifest: text(60 * 1024 * 1024) }, shop.url, {
      packages: 'magento/framework',
    })
    expect({ signal, status: outputs.status }).toEqual({
      signal: null,
      status: expect.stringMatching(/^(ready|problems)$/),
    })
  },
  180_000,
)

test('the settings of a composer.json of 7 MiB count, as they do in Composer', async () => {
  const shop = await repository()
  const { publicKey: username, privateKey: password } = KEYS
  const config = { 'secure-http': false, 'http-basic': { [shop.origin]: { username, password } } }
  const manifest = project(shop.url, { config, extra: ' '.repeat(7 * 1024 * 1024) })
  const { outputs } = await runWith({ manifest }, shop.url, { 'public-key': '', 'private-key': '' })
  // Composer holds what the keys were to be.
  expect(outputs).toMatchObject({ status: 'ready', 'packages-checked': '1' })
})

test('a composer.json of more than 8 MiB is not read, and said to be too large', async () => {
  const shop = await repository()
  const { outputs, annotations } = await runWith({ manifest: `{"x":"${' '.repeat(8 * 1024 * 1024)}"}` }, shop.url)
  // Composer reads it, if PHP has the memory.
  expect(outputs.status).toBe('ready')
  expect(annotations).toMatchObject([
    { name: 'warning', properties: { title: 'composer.json is too large to be checked' } },
  ])
})

test('files that include each other are asked for once each', async () => {
  const shop = await repository()
  const other = await stranger(() => ({
    packages: {},
    includes: { 'a.json': { sha1: '0' }, 'b.json': { sha1: '0' } },
  }))
  const manifest = project(shop.url, { require: { 'acme/module': '*' } }, [{ type: 'composer', url: other.url }])
  await runWith({ manifest }, shop.url)
  expect(other.asked.map(({ path }) => path).sort()).toEqual(['/a.json', '/b.json', '/packages.json'])
})

test('of ten thousand lists some are asked for, and nothing is called missing for the others', async () => {
  const shop = await repository()
  const empty = '{"providers":{}}'
  const sum = createHash('sha256').update(empty).digest('hex')
  const asked: string[] = []
  const server = await webServer((request, response) => {
    asked.push(request.url ?? '')
    const lists = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`l${index}-%hash%.json`, { sha256: sum }]),
    )
    const root = { packages: [], 'providers-url': '/p/%package%$%hash%.json', 'provider-includes': lists }
    response.end(request.url === '/packages.json' ? JSON.stringify(root) : empty)
  })
  const manifest = project(shop.url, { require: { 'acme/module': '*' } }, [{ type: 'composer', url: server.url }])
  const { outputs } = await runWith({ manifest }, shop.url)
  expect(asked.length).toBeLessThanOrEqual(201)
  expect(outputs.problem).toBe('')
})

test.each<[string, Readonly<Record<string, unknown>>]>([
  [
    'a constraint of millions of characters',
    { 'acme/module': [{ version: '1.0', require: { 'acme/part': '>=1 '.repeat(2_000_000) } }] },
  ],
  [
    'thousands of versions under thousands of constraints',
    {
      'acme/module': Array.from({ length: 5000 }, (_, index) => ({
        version: `1.0.${index}`,
        require: { 'acme/part': `!=1.0.${index}` },
      })),
      'acme/part': Array.from({ length: 20_000 }, (_, index) => ({ version: `1.0.${index}` })),
    },
  ],
])('%s, in what a server says, cannot hold the step up', async (_, packages) => {
  const shop = await repository()
  const other = await stranger(() => ({ packages }))
  // A name that nobody has makes the step follow what packages require.
  const require = { 'acme/module': '*', 'acme/nowhere': '*' }
  const manifest = project(shop.url, { require }, [{ type: 'composer', url: other.url }])
  const { outputs, milliseconds } = await runWith({ manifest }, shop.url)
  expect(outputs.status).toMatch(/^(ready|problems)$/)
  expect(outputs['packages-checked']).toBe('2')
  expect(milliseconds).toBeLessThan(SOON)
})

/** Everything that a step shows to people, with commands taken apart as the runner does. */
function shown({ annotations, summary, outputs }: Awaited<ReturnType<typeof runWith>>): string {
  return [...annotations.map(({ message }) => message), summary, ...Object.values(outputs)].join('\n')
}

const EVIL = 'acme/x\n::error title=evil::pwned\n<img src=x onerror=alert(1)>[link](javascript:1)`'

test.each<[string, (url: string) => Files]>([
  ['the name of a requirement', (url) => ({ manifest: project(url, { require: { [EVIL]: '*' } }) })],
  [
    'a constraint',
    (url) => ({ manifest: project(url, { require: { 'magento/framework': `9.9 ||\n${EVIL.slice(7)}` } }) }),
  ],
  ['a branch', (url) => ({ manifest: project(url, { require: { 'magento/framework': `dev-${EVIL}` } }) })],
  ['the URL of a repository', (url) => ({ manifest: project(url, { config: {} }, [{ type: 'composer', url: EVIL }]) })],
  [
    'the path of a repository',
    (url) => ({ manifest: project(url, {}, [{ type: 'composer', url: `${url}/${EVIL}` }]) }),
  ],
  [
    'a pattern',
    (url) => ({
      manifest: {
        ...project(url),
        repositories: [{ type: 'composer', url, only: [EVIL] }, { 'packagist.org': false }],
      },
    }),
  ],
  [
    'the name of a locked package',
    (url) => ({ manifest: project(url), lock: { packages: [locked(EVIL, `${url}/a.zip`)] } }),
  ],
  [
    'the archive of a locked package',
    (url) => ({ manifest: project(url), lock: { packages: [locked('acme/x', `${url}/${EVIL}`)] } }),
  ],
  [
    'an archive over http',
    (url) => ({
      manifest: project(url, { config: {} }),
      lock: { packages: [locked('acme/x', `http://h.example/${EVIL}`)] },
    }),
  ],
  ['an archive without a host', (url) => ({ manifest: project(url), lock: { packages: [locked(EVIL, EVIL)] } })],
  [
    'an inline version',
    (url) => ({
      manifest: project(url, { require: { 'acme/x': '9' } }, [
        { type: 'package', package: { name: 'acme/x', version: `dev-${EVIL}` } },
      ]),
    }),
  ],
])('%s comes through to nobody raw', async (_, files) => {
  const shop = await repository()
  const result = await runWith(files(shop.url), shop.url)
  expect(result.outputs.status).toMatch(/^(ready|problems)$/)
  expect(result.annotations.map(({ properties }) => properties.title)).not.toContain('evil')
  expect(shown(result)).not.toMatch(/^\s*::error/m)
  expect(result.summary).not.toContain('<img')
  expect(result.summary).not.toContain('](javascript')
  for (const line of shown(result).split('\n')) expect(line).not.toMatch(/^<img/)
})

test('versions that a server names come through to nobody raw', async () => {
  const shop = await repository()
  const other = await stranger(() => ({
    packages: { 'acme/x': { a: { name: 'acme/x', version: `dev-${EVIL}` }, b: { name: 'acme/x', version: '1.0' } } },
  }))
  const manifest = project(shop.url, { require: { 'acme/x': '9.0' } }, [{ type: 'composer', url: other.url }])
  const result = await runWith({ manifest }, shop.url)
  expect(result.outputs.problem).toBe('version-unavailable')
  expect(shown(result)).not.toMatch(/^\s*::error/m)
  expect(shown(result)).not.toContain('<img')
})

test('a composer.json that is a folder counts as none', async () => {
  const shop = await repository()
  const job = startJob()
  mkdirSync(join(job.workspace, 'composer.json'))
  const { outputs } = await job.main({
    inputs: { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey, 'repository-url': shop.url },
  })
  expect(outputs.status).toBe('ready')
})
