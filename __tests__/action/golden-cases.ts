import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Code } from '../../src/problems/finding.js'
import { accounts, packages } from '../../testing/catalogue.mjs'
import { archivePath } from '../../testing/composer-v1.mjs'
import type { Fault } from '../../testing/faults.mjs'
import type { Repository } from '../../testing/repository.mjs'
import { proxy, repository as startedRepository, webServer } from '../server/access-step.js'
import { serverCertificate } from '../server/certificates.js'
import { pathWithComposer } from '../testing/stand-in-composer.js'
import type { Job, StepResult } from './run-action.js'

/** A run whose words a person has read: see golden/. */
export interface GoldenCase {
  readonly code: Code
  /** What differs from the other cases of the code. */
  readonly name: string
  readonly run: (job: Job, repository: Repository) => Promise<StepResult>
}

const { openSource, disabled } = accounts
type Keys = Pick<(typeof accounts)['openSource'], 'publicKey' | 'privateKey'>

interface Options {
  readonly inputs?: Readonly<Record<string, string>>
  readonly keys?: Keys
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Runs the step, by default with good keys and one try. */
function step(job: Job, url: string, { inputs, keys = accounts.openSource, env = {} }: Options = {}) {
  const { publicKey, privateKey } = keys
  return job.main({
    inputs: {
      'public-key': publicKey,
      'private-key': privateKey,
      'repository-url': url,
      retries: '0',
      timeout: '5',
      ...inputs,
    },
    env,
  })
}

/** A case in which the repository answers for packages.json with a fault. */
function faulty(code: Code, name: string, fault: Fault, options?: Options): GoldenCase {
  return {
    code,
    name,
    run: (job, repository) => {
      repository.faults.order('/packages.json', fault)
      return step(job, repository.url, options)
    },
  }
}

/** A case that needs nothing but other inputs or variables. */
function plain(code: Code, name: string, options: Options, url?: string): GoldenCase {
  return { code, name, run: (job, repository) => step(job, url ?? repository.url, options) }
}

/** A case with files in the workspace; `{url}` in them is the repository's. */
function project(code: Code, name: string, files: Readonly<Record<string, string>>, options?: Options): GoldenCase {
  return {
    code,
    name,
    run: (job, repository) => {
      writeFiles(job, repository, files)
      return step(job, repository.url, options)
    },
  }
}

/** The same where no Composer is installed, and with a fault of packages.json. */
function withoutComposer(code: Code, name: string, files: Readonly<Record<string, string>>, fault?: Fault): GoldenCase {
  return {
    code,
    name: `${name}, and no Composer`,
    run: (job, repository) => {
      writeFiles(job, repository, files)
      if (fault !== undefined) repository.faults.order('/packages.json', fault)
      return step(job, repository.url, { env: { PATH: pathWithComposer(job, undefined) } })
    },
  }
}

function writeFiles(job: Job, { url }: Repository, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(job.workspace, path)), { recursive: true })
    writeFileSync(join(job.workspace, path), text.replaceAll('{url}', url))
  }
}

/** A case at the name repo.magento.com, whose habits are known. */
function atAdobe(code: Code, name: string, fault: Fault | undefined, keys?: Keys): GoldenCase {
  return {
    code,
    name: `repo.magento.com, ${name}`,
    run: async (job) => {
      const { server: tls, caFile } = await serverCertificate()
      const server = await startedRepository({ tls })
      if (fault !== undefined) server.faults.order('/packages.json', fault)
      const way = await proxy({
        resolve: { 'repo.magento.com': { host: '127.0.0.1', port: Number(new URL(server.url).port) } },
      })
      const env = { https_proxy: way.url, COMPOSER_CAFILE: caFile }
      return step(job, 'https://repo.magento.com/', { env, ...(keys === undefined ? {} : { keys }) })
    },
  }
}

const JSON_TYPE = { contentType: 'application/json' } as const
const says = (status: number, warning: string): Fault => ({
  kind: 'status',
  status,
  body: JSON.stringify({ warning }),
  ...JSON_TYPE,
})
const status = (number: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: number,
  body: 'no',
  contentType: 'text/plain',
  headers,
})

function manifest(require: Readonly<Record<string, string>>, repositories: readonly unknown[] = []) {
  const all = [{ type: 'composer', url: '{url}' }, ...repositories, { 'packagist.org': false }]
  return JSON.stringify({ require, repositories: all, config: { 'secure-http': false } }, null, 4)
}

function lock(...names: readonly string[]): string {
  const locked = names.map((name) => {
    const wanted = packages.find((one) => one.name === name)
    if (wanted === undefined) throw new Error(`The catalogue has no ${name}`)
    const { version, type } = wanted
    return { name, version, type, dist: { type: 'zip', url: `{url}${archivePath(wanted)}` } }
  })
  return JSON.stringify({ packages: locked, 'packages-dev': [] }, null, 4)
}

/** A project in which other credentials than the given ones win. */
function overridden(
  name: string,
  place: (other: Record<string, unknown>) => {
    env?: Record<string, string>
    files?: Record<string, string>
    config?: Record<string, unknown>
    url?: unknown
    require?: string
  },
  other: Keys = openSource,
  given: Keys = openSource,
): GoldenCase {
  return {
    code: 'credentials-overridden',
    name,
    run: (job, repository) => {
      const pair = { username: other.publicKey, password: other.privateKey }
      const basic = { 'http-basic': { [repository.origin]: pair } }
      const inUrl = repository.url.replace('://', `://${pair.username}:${pair.password}@`)
      const kept = {
        url: { value: inUrl, enumerable: false },
        bearer: { value: { [repository.origin]: pair.password } },
      }
      const placed = place(Object.defineProperties(basic, kept))
      const text = manifest({ [placed.require ?? 'magento/framework']: '*' })
        .replaceAll('{url}', String(placed.url ?? repository.url))
        .replace('"secure-http": false', () => {
          const config = JSON.stringify({ 'secure-http': false, ...placed.config }, null, 4)
          return config.slice(1, -1).trim()
        })
      writeFileSync(join(job.workspace, 'composer.json'), text)
      for (const [path, contents] of Object.entries(placed.files ?? {}))
        writeFileSync(join(job.workspace, path), contents)
      // Identical pairs are no override: one of two that both work must be another customer's.
      const keys = given === other ? accounts.commerce : given
      return step(job, repository.url, { env: placed.env ?? {}, keys })
    },
  }
}

const NO_KEYS: Keys = { publicKey: '', privateKey: '' }

export const goldenCases: readonly GoldenCase[] = [
  plain('keys-missing', 'both are empty', { keys: NO_KEYS }),
  plain('keys-missing', 'a Dependabot run', { keys: NO_KEYS, env: { GITHUB_ACTOR: 'dependabot[bot]' } }),
  plain('keys-malformed', 'an e-mail address, which is rejected', {
    keys: { publicKey: 'owner@example.org', privateKey: 'a-password-of-somebody' },
  }),
  faulty(
    'keys-not-received',
    'the server’s words',
    says(401, "You haven't provided your Magento authentication keys."),
  ),
  plain('keys-rejected', 'disabled keys', { keys: disabled }),
  atAdobe('keys-rejected', 'disabled keys', undefined, disabled),
  plain('keys-swapped', 'the other way round', {
    keys: { publicKey: openSource.privateKey, privateKey: openSource.publicKey },
  }),
  faulty('access-forbidden', 'another host', status(403, { 'x-request-id': 'a1b2c3', 'cf-ray': '8f00-AMS' })),
  atAdobe('access-forbidden', 'a firewall’s page', {
    kind: 'status',
    status: 403,
    body: '<html>',
    contentType: 'text/html',
  }),
  atAdobe('access-forbidden', 'in the repository’s own words', says(403, 'Your account is suspended.')),
  faulty('repository-not-found', '404', status(404)),
  faulty('rate-limited', '429', status(429)),
  faulty('repository-unavailable', '503', status(503)),
  atAdobe('repository-unavailable', '502', status(502)),
  plain('repository-unreachable', 'nothing listens', {}, 'http://127.0.0.1:1/'),
  plain('repository-unreachable', 'a name that DNS does not know', {}, 'https://nowhere.invalid/'),
  faulty('repository-unreachable', 'no answer', { kind: 'close' }),
  faulty('repository-unreachable', 'too slow', { kind: 'silent' }, { inputs: { timeout: '1' } }),
  plain('tls-failed', 'a file that is not there', { env: { COMPOSER_CAFILE: '/none/ca.pem' } }, 'https://127.0.0.1:1/'),
  {
    code: 'tls-failed',
    name: 'an authority that nobody trusts',
    run: async (job) => {
      const { server: tls } = await serverCertificate()
      const { url } = await webServer((_, response) => response.end('{}'), tls)
      return step(job, url)
    },
  },
  plain('proxy-failed', 'no URL', { env: { http_proxy: 'http://' } }),
  {
    code: 'proxy-failed',
    name: 'asks for credentials',
    run: async (job) => {
      const way = await proxy({ credentials: { username: 'me', password: 'hush-hush-hush' } })
      return step(job, 'https://repo.magento.com/', { env: { https_proxy: way.url } })
    },
  },
  faulty('unexpected-answer', 'a maintenance page', { kind: 'html' }),
  withoutComposer(
    'unexpected-answer',
    'a maintenance page beside a lock whose archives download',
    { 'composer.json': manifest({ 'magento/framework': '*' }), 'composer.lock': lock('magento/framework') },
    { kind: 'html' },
  ),
  faulty('unexpected-answer', 'a redirect to http', { kind: 'redirect', location: 'http://example.invalid/' }),
  project('package-denied', 'Commerce in a lock, keys of Open Source', {
    'composer.json': manifest({ 'magento/product-enterprise-edition': '2.4.8' }),
    'composer.lock': lock('magento/framework', 'magento/magento2-ee-base', 'acme/module-paid'),
  }),
  project('package-denied', 'a requirement that these keys do not see', {
    'composer.json': manifest({ 'magento/product-enterprise-edition': '2.4.8', 'acme/module-paid': '^1.0' }),
  }),
  project('version-unavailable', 'a version that is not there', {
    'composer.json': manifest({ 'magento/product-community-edition': '9.9.9' }),
  }),
  {
    code: 'auth-file-invalid',
    name: 'a comma too many',
    run: (job, repository) => {
      mkdirSync(dirname(job.authFile), { recursive: true })
      writeFileSync(job.authFile, '{\n  "http-basic": {},\n}\n')
      return step(job, repository.url)
    },
  },
  plain('auth-file-invalid', 'COMPOSER_AUTH in single quotes', { env: { COMPOSER_AUTH: `'{"http-basic":{}}'` } }),
  project('auth-file-invalid', 'an entry without a password beside composer.json', {
    'composer.json': manifest({ 'magento/framework': '*' }),
    'auth.json': '{\n    "http-basic": {\n        "repo.example.com": { "username": "x" }\n    }\n}\n',
  }),
  {
    code: 'auth-file-exposed',
    name: 'in the work tree, not ignored',
    run: (job, repository) => {
      execFileSync('git', ['init', '--quiet', job.workspace])
      writeFileSync(
        join(job.workspace, 'composer.json'),
        manifest({ 'magento/framework': '*' }).replaceAll('{url}', repository.url),
      )
      return step(job, repository.url, { inputs: { 'auth-location': 'project' } })
    },
  },
  {
    code: 'auth-file-exposed',
    name: 'tracked before',
    run: (job, repository) => {
      execFileSync('git', ['init', '--quiet', job.workspace])
      writeFileSync(
        join(job.workspace, 'composer.json'),
        manifest({ 'magento/framework': '*' }).replaceAll('{url}', repository.url),
      )
      writeFileSync(join(job.workspace, 'auth.json'), '{"http-basic": {}}\n')
      execFileSync('git', ['-C', job.workspace, 'add', 'auth.json'])
      return step(job, repository.url)
    },
  },
  overridden(
    'COMPOSER_AUTH with disabled keys',
    (entry) => ({ env: { COMPOSER_AUTH: JSON.stringify(entry) } }),
    disabled,
  ),
  overridden('COMPOSER_AUTH with keys that work', (entry) => ({ env: { COMPOSER_AUTH: JSON.stringify(entry) } })),
  overridden(
    'the project’s auth.json, for a package of Commerce',
    (entry) => ({
      files: { 'auth.json': JSON.stringify(entry, null, 4) },
      require: 'magento/product-enterprise-edition',
    }),
    openSource,
    accounts.commerce,
  ),
  overridden('composer.json', (entry) => ({ config: entry }), disabled),
  overridden('the URL in composer.json', ({ url }) => ({ url }), disabled),
  overridden('a bearer token', ({ bearer }) => ({ env: { COMPOSER_AUTH: JSON.stringify({ bearer }) } }), disabled),
  plain('auth-file-unwritable', 'no home', { env: { HOME: undefined } }),
  {
    code: 'auth-file-unwritable',
    name: 'a folder in its place',
    run: (job, repository) => {
      mkdirSync(job.authFile, { recursive: true })
      return step(job, repository.url)
    },
  },
  {
    code: 'credentials-missing',
    name: 'another host wants credentials',
    run: async (job, repository) => {
      const vendor = await startedRepository()
      const other = [{ type: 'composer', url: vendor.url }]
      writeFileSync(
        join(job.workspace, 'composer.json'),
        manifest({ 'magento/framework': '*', 'vendor/module': '*' }, other).replaceAll('{url}', repository.url),
      )
      return step(job, repository.url)
    },
  },
  project('insecure-url', 'a repository over http', {
    'composer.json': JSON.stringify(
      { repositories: [{ type: 'composer', url: 'http://packages.invalid/' }, { 'packagist.org': false }] },
      null,
      4,
    ).replace('{', '{\n    "require": { "vendor/module": "*" },'),
  }),
  project('manifest-invalid', 'a conflict in composer.json', {
    'composer.json': '{\n<<<<<<< HEAD\n  "require": {}\n=======\n>>>>>>> other\n}\n',
  }),
  withoutComposer('manifest-invalid', 'a conflict around the content-hash of composer.lock', {
    'composer.json': '{"repositories":[{"packagist.org":false}]}\n',
    'composer.lock': `{\n<<<<<<< HEAD\n    "content-hash": "${'1'.repeat(32)}",\n=======\n    "content-hash": "${'2'.repeat(32)}",\n>>>>>>> other\n    "packages": []\n}\n`,
  }),
  withoutComposer('published-time-missing', 'a cooldown', {
    'composer.json': JSON.stringify(
      {
        require: { 'magento/framework': '*' },
        repositories: [{ type: 'composer', url: '{url}' }, { 'packagist.org': false }],
        config: { 'secure-http': false, policy: { cooldown: { period: '7 days' } } },
      },
      null,
      4,
    ),
  }),
]
