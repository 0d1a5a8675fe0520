import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { selfSigned } from '../../testing/certificate.mjs'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { KEYS, onlyMessage, repository, verdict } from '../server/access-step.js'
import { serverCertificate } from '../server/certificates.js'
import { MOST_MEMORY, withPeak } from '../server/measured.js'

/** Long enough for a busy machine, short enough for work that multiplies. Milliseconds. */
const SOON = 25_000

/** What somebody may have put there, by paths in the workspace: texts, else written as JSON. */
type Files = Readonly<Record<string, unknown>>

function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
}

function run(job: Job, url: string, inputs: Readonly<Record<string, string>> = {}, env = {}): Promise<StepResult> {
  const keys = { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey }
  return job.main({ inputs: { ...keys, 'repository-url': url, retries: '0', timeout: '5', ...inputs }, env })
}

const project = (url: string, config = {}, more = {}, repositories: readonly unknown[] = []) => ({
  require: { 'magento/framework': '*' },
  repositories: [{ type: 'composer', url }, ...repositories, { 'packagist.org': false }],
  config: { 'secure-http': false, ...config },
  ...more,
})

const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))

describe('certificates that a pull request names', () => {
  // The real Composer was tried with each: it stops at the first with this message, and waits for ever at the second.
  test.each(['/dev/stdout', '/proc/self/pagemap'])('as %s are refused as Composer refuses them', async (cafile) => {
    const shop = await repository()
    const job = startJob()
    write(job.workspace, { 'composer.json': project(shop.url, { cafile }) })
    const result = await run(job, shop.url)
    expect({ verdict: verdict(result), soon: result.milliseconds < SOON }).toEqual({
      verdict: 'tls-failed',
      soon: true,
    })
    expect(onlyMessage(result)).toContain('The configured cafile was not valid or could not be read.')
  })

  test('as a megabyte of beginnings are read in one pass', async () => {
    const shop = await repository()
    const job = startJob()
    const pem = '-----BEGIN CERTIFICATE-----'.repeat(100_000)
    write(job.workspace, { 'composer.json': project(shop.url, { cafile: 'ca.pem' }), 'ca.pem': pem })
    const result = await run(job, shop.url)
    expect({ verdict: verdict(result), soon: result.milliseconds < SOON }).toEqual({
      verdict: 'tls-failed',
      soon: true,
    })
  })

  test('as thousands are parsed once, not for each connection', async () => {
    const { server, caFile } = await serverCertificate()
    const shop = await repository({ tls: server })
    const job = startJob()
    const others = many(7500, (index) => selfSigned(`authority-${index}`).cert)
    const names = ['product-community-edition', 'framework', 'module-catalog', 'module-customer', 'module-store']
    const required = Object.fromEntries(names.map((name) => [`magento/${name}`, '*']))
    write(job.workspace, {
      'composer.json': project(shop.url, { cafile: 'ca.pem' }, { require: required }),
      'ca.pem': [readFileSync(caFile, 'utf8'), ...others].join('\n'),
    })
    const { step, mebibytes } = await withPeak(shop.url, { job, inputs: { check: 'full', timeout: '60' } })
    expect(verdict(step)).toBe('ready')
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
  })

  test('as thousands of links to a large file are read to a limit together', async () => {
    const shop = await repository()
    const job = startJob()
    const links = many(10_000, (index) => `ca/00000000.${index}`)
    write(job.workspace, {
      'composer.json': project(shop.url, { capath: 'ca' }),
      large: '#'.repeat(4_000_000),
      'ca/x': '',
    })
    for (const link of links) symlinkSync('../large', join(job.workspace, link))
    const result = await run(job, shop.url)
    expect({ verdict: verdict(result), soon: result.milliseconds < SOON }).toEqual({ verdict: 'ready', soon: true })
    expect(onlyMessage(result)).toContain('4 MiB')
  })

  test('as more than is read here are a warning, since Composer reads them', async () => {
    const shop = await repository()
    const job = startJob()
    write(job.workspace, { 'composer.json': project(shop.url, { cafile: 'ca.pem' }), 'ca.pem': '#'.repeat(5_000_000) })
    const result = await run(job, shop.url)
    expect(verdict(result)).toBe('ready')
    expect(result.annotations).toEqual([
      expect.objectContaining({ name: 'warning', message: expect.stringContaining('4 MiB') }),
    ])
  })
})

describe('what Composer may have already', () => {
  test('in an installed.json of 180 MB and a cache of links to a large file is not known, and no error', async () => {
    const shop = await repository()
    const job = startJob()
    const archive = (index: number) => `${shop.url}/archives/acme/m${index}.zip`
    const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
    const packages = many(40, (index) => ({
      name: `acme/m${index}`,
      version: '1.0.0',
      type: 'magento2-module',
      dist: { type: 'zip', url: archive(index), shasum: '0'.repeat(40) },
    }))
    write(job.workspace, {
      'composer.json': project(shop.url, { 'cache-files-dir': 'cache' }),
      'composer.lock': { packages },
      'vendor/composer/installed.json': '[]',
      'cache/large': '',
    })
    truncateSync(join(job.workspace, 'vendor/composer/installed.json'), 180_000_000)
    truncateSync(join(job.workspace, 'cache/large'), 4_000_000_000)
    for (const [index, { name }] of packages.entries()) {
      mkdirSync(join(job.workspace, 'cache', name), { recursive: true })
      symlinkSync(join(job.workspace, 'cache/large'), join(job.workspace, 'cache', name, `${sha1(archive(index))}.zip`))
    }
    const result = await run(job, shop.url)
    expect({ verdict: verdict(result), soon: result.milliseconds < SOON }).toEqual({ verdict: 'ready', soon: true })
    expect(result.annotations.map(({ message }) => message).join()).toContain('may have')
  })
})

const members = <Value>(count: number, member: (index: number) => [string, Value]) =>
  Object.fromEntries(many(count, member))
const required = (count: number, url: string) => ({
  ...project(url),
  require: members(count, (index) => [`acme/p${index}`, '*']),
})
const tokens = (count: number) => ({
  'gitlab-token': members(count, (index) => [`h${index}.invalid`, `token-${index}-of-many`]),
})
const locked = (count: number) => ({
  packages: many(count, (index) => ({
    name: `acme/p${index}`,
    version: '1.0.0',
    dist: { type: 'zip', url: `https://a.invalid/${index}.zip`, shasum: '' },
    require: { php: '^8', 'acme/x': '*' },
    type: 'library',
  })),
})

/** An object of one text that has a letter which takes two bytes in memory, and so makes all of them take two. */
const longText = (mebibytes: number) => `{"text":"\u0416${'x'.repeat(mebibytes * 1024 * 1024 - 1000)}"}`

describe('memory stays small with', () => {
  test.each<[string, Files | ((url: string) => Files), string]>([
    ['a composer.json of 20 million values', { 'composer.json': `{"extra":[${'{},'.repeat(20_000_000)}{}]}` }, 'ready'],
    ['a composer.json of one long text, two bytes a letter', { 'composer.json': longText(8) }, 'ready'],
    [
      'a composer.lock and an installed.json of one long text, two bytes a letter',
      {
        'composer.json': '{}',
        'composer.lock': `{"packages":[],${longText(12).slice(1)}`,
        'vendor/composer/installed.json': `{"packages":[],${longText(12).slice(1)}`,
      },
      'ready',
    ],
    ['files that are longer than that', { 'composer.json': longText(60), 'composer.lock': longText(60) }, 'ready'],
    ['a composer.json of mistakes alone', { 'composer.json': `{"a":[${'x '.repeat(2_000_000)}` }, 'manifest-invalid'],
    [
      'a composer.json of blanks before a mistake',
      { 'composer.json': `{"a":1,${' '.repeat(8_000_000)}}` },
      'manifest-invalid',
    ],
    [
      'a composer.json of empty lines before a mistake',
      { 'composer.json': `${'\n'.repeat(8_000_000)}x` },
      'manifest-invalid',
    ],
    [
      'a composer.json of escapes, in which a place is looked for',
      (url) => ({ 'composer.json': project(url, {}, { require: { 'acme/x': '*' }, extra: '\n'.repeat(4_000_000) }) }),
      'package-denied',
    ],
    [
      'a composer.json of blanks, in which the place of a setting is looked for',
      { 'composer.json': `{${' '.repeat(8_000_000)}"config":{"http-basic":{"a":5}}}` },
      'auth-file-invalid',
    ],
    [
      'a composer.json of the most values that are read, all requirements',
      (url) => ({ 'composer.json': required(29_000, url) }),
      'package-denied',
    ],
    [
      'a composer.json of the most values that are read, all tokens',
      { 'composer.json': { config: tokens(29_000) } },
      'ready',
    ],
    [
      'a folder of packages that are one long text each',
      (url) => ({
        'composer.json': project(url, {}, { require: { 'acme/p1': '*' } }, [{ type: 'path', url: 'packages/*' }]),
        ...members(8, (index) => [
          `packages/p${index}/composer.json`,
          `{"name":"acme/p${index}","version":"1.0.0",${longText(8).slice(1)}`,
        ]),
      }),
      'ready',
    ],
    [
      'a composer.lock of the most values that are read',
      { 'composer.json': '{}', 'composer.lock': locked(45_000) },
      'repository-unreachable',
    ],
    [
      'an auth.json of one long text',
      {
        'composer.json': '{}',
        'auth.json': { 'http-basic': { 'a.invalid': { username: 'acme', password: 'p3!"'.repeat(75_000) } } },
      },
      'ready',
    ],
    [
      'an auth.json of mistakes alone',
      { 'composer.json': '{}', 'auth.json': `[${'x,'.repeat(200_000)}` },
      'auth-file-invalid',
    ],
    [
      'a composer.json whose brackets nest behind a mistake',
      { 'composer.json': `["a\n${'['.repeat(200_000)}` },
      'manifest-invalid',
    ],
  ])('%s', async (_, files, problem) => {
    const shop = await repository()
    const job = startJob()
    write(job.workspace, typeof files === 'function' ? files(shop.url) : files)
    const { step, mebibytes } = await withPeak(shop.url, { job, inputs: { check: 'full' } })
    expect(verdict(step)).toBe(problem)
    expect(mebibytes).toBeLessThan(MOST_MEMORY)
    expect(step.milliseconds).toBeLessThan(SOON)
  })
})

test.each([
  ['values', `{"commits":[${'{},'.repeat(2_000_000)}{}]}`],
  ['one long text, two bytes a letter', longText(30)],
])('memory stays small with an event of very many %s', async (_, event) => {
  const shop = await repository()
  const job = startJob()
  write(job.root, { 'event.json': event })
  const { step, mebibytes } = await withPeak(shop.url, {
    job,
    inputs: { 'public-key': '', 'private-key': '' },
    env: { GITHUB_EVENT_PATH: join(job.root, 'event.json') },
  })
  expect(verdict(step)).toBe('keys-missing')
  expect(mebibytes).toBeLessThan(MOST_MEMORY)
})

const CI = '.github/workflows/ci.yml'
const STEP = `    steps:
      - uses: acme/magento-composer-auth@v1
        with: { public-key: '\${{ secrets.PUBLIC }}', private-key: '\${{ secrets.PRIVATE }}' }
`
const merged = [
  'x0: &x0 { a: b }',
  ...many(10, (at) => `x${at + 1}: &x${at + 1} { <<: [${many(30, () => `*x${at}`).join()}] }`),
]

describe('work ends soon with', () => {
  test.each<[string, (url: string) => Files, Readonly<Record<string, string>>]>([
    [
      'a line of packages that is nearly a name',
      () => ({}),
      { packages: 'magento/composer-dependency-version-audit-plugin@^0.1' },
    ],
    [
      'a lock of a version of 160,000 characters',
      (url) => ({
        'composer.json': project(url),
        'composer.lock': {
          packages: [
            {
              name: 'acme/x',
              version: `1.${'0'.repeat(160_000)}x`,
              dist: { type: 'zip', url: `${url}/a.zip`, shasum: '' },
            },
          ],
        },
      }),
      {},
    ],
    [
      'sixty path repositories on a folder of a thousand packages, times 300 requirements',
      (url) => ({
        'composer.json': project(
          url,
          {},
          { require: Object.fromEntries(many(300, (index) => [`acme/p${index}`, '*'])) },
          many(60, (index) => ({ type: 'path', url: `${'./'.repeat(index)}packages/*` })),
        ),
        ...Object.fromEntries(
          many(1000, (index) => [`packages/p${index}/composer.json`, { name: `acme/p${index}`, version: '1.0.0' }]),
        ),
      }),
      {},
    ],
    [
      '5,000 hosts of a lock times 5,000 repositories',
      (url) => ({
        'composer.json': project(
          url,
          {},
          {},
          many(5000, (index) => ({ type: 'composer', url: `https://r${index}.invalid` })),
        ),
        'composer.lock': {
          packages: many(5000, (index) => ({
            name: `acme/m${index}`,
            version: '1.0.0',
            dist: { type: 'zip', url: `https://l${index}.invalid/a.zip`, shasum: '' },
          })),
        },
      }),
      {},
    ],
    [
      'mappings merged thirty wide and ten deep',
      () => ({ [CI]: `${merged.join('\n')}\njobs:\n  test:\n    <<: *x9\n${STEP}` }),
      { 'public-key': '', 'private-key': '' },
    ],
    [
      'six workflows of twenty jobs that call each other',
      () =>
        Object.fromEntries(
          many(6, (file) => [
            file === 0 ? CI : `.github/workflows/w${file}.yml`,
            `jobs:\n${many(20, (job) => `  j${job}: { uses: ./.github/workflows/w${((file + job) % 5) + 1}.yml }\n`).join('')}`,
          ]),
        ),
      { 'public-key': '', 'private-key': '' },
    ],
    [
      'a workflow of anchors on anchors',
      () => ({ [CI]: `x: ${'&a '.repeat(80_000)}\njobs:\n  test:\n${STEP}` }),
      { 'public-key': '', 'private-key': '' },
    ],
  ])('%s', async (_, files, inputs) => {
    const shop = await repository()
    const job = startJob()
    write(job.workspace, files(shop.url))
    const result = await run(job, shop.url, inputs, {
      GITHUB_WORKFLOW_REF: `acme/shop/${CI}@refs/heads/main`,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_ACTION_REPOSITORY: 'acme/magento-composer-auth',
      GITHUB_ACTION: '__acme_magento-composer-auth',
      GITHUB_JOB: 'test',
    })
    expect({ ends: result.exitStatus !== null, soon: result.milliseconds < SOON }).toEqual({ ends: true, soon: true })
    expect(result.stdout).not.toContain('TypeError')
  })

  test('300 path repositories on links to one large folder', async () => {
    const shop = await repository()
    const job = startJob()
    write(job.workspace, {
      'composer.json': project(
        shop.url,
        {},
        { require: { 'acme/in-no-folder': '*' } },
        many(300, (index) => ({ type: 'path', url: `link${index}/*` })),
      ),
      ...members(15_000, (index) => [`large/a-package-of-many-${index}`, '']),
    })
    for (const index of many(300, (one) => one)) symlinkSync('large', join(job.workspace, `link${index}`))
    const result = await run(job, shop.url)
    expect({ verdict: verdict(result), soon: result.milliseconds < SOON }).toEqual({ verdict: 'ready', soon: true })
  })

  test('2,000 credentials times 300 hosts', async () => {
    const shop = await repository()
    const job = startJob()
    const pairs = many(2000, (index) => [
      `h${index}.invalid`,
      { username: `user-${index}`, password: `password-${index}` },
    ])
    write(job.home, { '.composer/auth.json': { 'http-basic': Object.fromEntries(pairs) } })
    const hosts = many(300, (index) => ({ type: 'composer', url: `http://h${index}.invalid` }))
    write(job.workspace, { 'composer.json': project(shop.url, { 'secure-http': true }, {}, hosts) })
    const result = await run(job, shop.url)
    expect({ status: result.outputs.status, soon: result.milliseconds < SOON }).toEqual({
      status: 'problems',
      soon: true,
    })
  })
})
