import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { accounts } from '../../../testing/catalogue.mjs'
import { pathWithComposer } from '../../testing/stand-in-composer.js'
import { type GoldenCase, type Keys, manifest, own, plain, step, withoutComposer } from '../golden-case.js'
import type { Job } from '../run-action.js'

const { openSource, disabled } = accounts

/** A global auth.json of this text, which the step finds. */
function found(name: string, text: string | Buffer): GoldenCase {
  return own('auth-file-invalid', name, (job, repository) => {
    mkdirSync(dirname(job.authFile), { recursive: true })
    writeFileSync(job.authFile, text)
    return step(job, repository.url)
  })
}

/** A place that cannot be written to. */
function unwritable(name: string, prepare: (job: Job) => void): GoldenCase {
  return own('auth-file-unwritable', name, (job, repository) => {
    prepare(job)
    return step(job, repository.url)
  })
}

const PROJECT = { 'composer.json': manifest({ 'magento/framework': '*' }) }
const KEPT = JSON.stringify({ 'http-basic': { 'repo.example.com': { username: 'shop', password: 'hush-hush-hush' } } })

/** A checkout in the workspace. */
function checkout(job: Job, ...added: readonly string[]): void {
  execFileSync('git', ['init', '--quiet', job.workspace])
  if (added.length > 0) execFileSync('git', ['-C', job.workspace, 'add', ...added])
}

function broken(name: string, file: string, text: string): GoldenCase {
  return plain('manifest-invalid', name, { files: { ...PROJECT, [file]: text } })
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

/** An auth.json in the form in which a repository keeps it. */
const SEALED = [
  ['git-crypt', '\0GITCRYPT\0\u0001\u0002'],
  ['Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 10\n'],
  ['Ansible Vault', '$ANSIBLE_VAULT;1.1;AES256\n3632\n'],
  ['OpenPGP', '-----BEGIN PGP MESSAGE-----\n'],
  ['age', 'age-encryption.org/v1\n'],
] as const

export const fileCases: readonly GoldenCase[] = [
  found('a comma too many', '{\n  "http-basic": {},\n}\n'),
  found('empty', ''),
  found('no JSON', '{"http-basic": {"repo.example.com": hush}}'),
  found('single quotes', "{'http-basic': {}}"),
  found('a byte order mark', '\uFEFF{}'),
  found('not UTF-8', Buffer.from('{"http-basic": {"caf\xe9": {}}}', 'latin1')),
  found('a list', '[{"http-basic": {}}]'),
  found('a number in place of a section', '{"10": {"username": "x", "password": "y"}}'),
  found('a section that is no object', '{"http-basic": "repo.example.com"}'),
  ...SEALED.map(([name, text]) =>
    plain('auth-file-invalid', `${name} beside composer.json`, {
      files: { 'composer.json': '{}', 'auth.json': text },
      inputs: { check: 'off' },
    }),
  ),
  plain('auth-file-invalid', 'COMPOSER_AUTH in single quotes', { env: { COMPOSER_AUTH: `'{"http-basic":{}}'` } }),
  plain('auth-file-invalid', 'COMPOSER_AUTH without an object', { env: { COMPOSER_AUTH: '"token"' } }),
  plain('auth-file-invalid', 'an entry without a password beside composer.json', {
    files: {
      ...PROJECT,
      'auth.json': '{\n    "http-basic": {\n        "repo.example.com": { "username": "x" }\n    }\n}\n',
    },
  }),
  plain('auth-file-invalid', 'an entry that is no object beside composer.json', {
    files: { ...PROJECT, 'auth.json': '{"http-basic": {"username": "x", "password": "hush-hush-hush"}}' },
  }),
  withoutComposer('auth-file-invalid', 'COMPOSER_AUTH with more behind its end', { env: { COMPOSER_AUTH: '{},' } }),
  own('auth-file-invalid', 'an empty token for GitHub', (job, repository) => {
    mkdirSync(dirname(job.authFile), { recursive: true })
    writeFileSync(job.authFile, '{\n    "github-oauth": { "github.com": "" }\n}\n')
    return step(job, repository.url, { env: { PATH: pathWithComposer(job, '2.9.5', '""') } })
  }),
  withoutComposer('auth-file-invalid', 'a token for GitHub with a hyphen', {
    inputs: { 'composer-auth': '{"github-oauth": {"github.com": "ghs_16_eyJh-SUzI1"}}' },
  }),
  plain('auth-file-invalid', 'an entry of composer.json', {
    files: {
      'composer.json': manifest({ 'magento/framework': '*' }).replace(
        '"config": {',
        '"config": {\n        "bearer": {\n            "repo.example.com": 1\n        },',
      ),
    },
  }),

  own('auth-file-exposed', 'in the work tree, not ignored', (job, repository) => {
    checkout(job)
    return step(job, repository.url, { inputs: { 'auth-location': 'project' }, files: PROJECT })
  }),
  own('auth-file-exposed', 'in a project in a folder of its own', (job, repository) => {
    checkout(job)
    return step(job, repository.url, {
      inputs: { 'auth-location': 'project', 'working-directory': 'shop' },
      files: { 'shop/composer.json': PROJECT['composer.json'] },
    })
  }),
  own('auth-file-exposed', 'tracked before', (job, repository) => {
    writeFileSync(join(job.workspace, 'auth.json'), KEPT)
    checkout(job, 'auth.json')
    return step(job, repository.url, { files: PROJECT })
  }),
  own('auth-file-exposed', 'tracked, and written to', (job, repository) => {
    writeFileSync(join(job.workspace, 'auth.json'), '{}')
    checkout(job, 'auth.json')
    return step(job, repository.url, { files: PROJECT, inputs: { 'auth-location': 'project' } })
  }),

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
  unwritable('a folder in its place', (job) => mkdirSync(job.authFile, { recursive: true })),
  unwritable('a link in its place', (job) => {
    mkdirSync(dirname(job.authFile), { recursive: true })
    symlinkSync(join(job.home, 'kept.json'), job.authFile)
  }),
  unwritable('no regular file in its place', (job) => {
    mkdirSync(dirname(job.authFile), { recursive: true })
    execFileSync('mkfifo', [job.authFile])
  }),
  unwritable('a file in place of its folder', (job) => writeFileSync(dirname(job.authFile), '')),
  unwritable('too large', (job) => {
    mkdirSync(dirname(job.authFile), { recursive: true })
    writeFileSync(job.authFile, ' '.repeat(9 * 1024 * 1024))
  }),
  own('auth-file-unwritable', 'links of the checkout lead out of it', (job, repository) => {
    mkdirSync(join(job.root, 'elsewhere'))
    writeFileSync(join(job.root, 'elsewhere', 'composer.json'), '{}')
    symlinkSync(join(job.root, 'elsewhere'), join(job.workspace, 'shop'))
    return step(job, repository.url, { inputs: { 'auth-location': 'project', 'working-directory': 'shop' } })
  }),

  broken(
    'a conflict in composer.json',
    'composer.json',
    '{\n<<<<<<< HEAD\n  "require": {}\n=======\n>>>>>>> other\n}\n',
  ),
  withoutComposer('manifest-invalid', 'a conflict around the content-hash of composer.lock', {
    files: {
      'composer.json': '{"repositories":[{"packagist.org":false}]}\n',
      'composer.lock': `{\n<<<<<<< HEAD\n    "content-hash": "${'1'.repeat(32)}",\n=======\n    "content-hash": "${'2'.repeat(32)}",\n>>>>>>> other\n    "packages": []\n}\n`,
    },
  }),
  broken('an empty composer.lock', 'composer.lock', ''),
  broken('no JSON', 'composer.json', '{"require": {]}'),
  broken('a comma too many', 'composer.json', '{"require": {},}'),
  broken('too many values', 'composer.json', `{"extra": [${'0,'.repeat(30_000)}0]}`),
  broken('a byte order mark', 'composer.json', '\uFEFF{}'),
  broken('no object', 'composer.json', '[]'),
  broken(
    'the folder of a path repository is missing',
    'composer.json',
    '{\n  "repositories": [\n    { "type": "path", "url": "modules/*" },\n    { "packagist.org": false }\n  ],\n  "require": { "acme/local": "*" }\n}\n',
  ),
  plain('manifest-invalid', 'a partial update without a lock', {
    files: PROJECT,
    inputs: { 'composer-command': 'update magento/framework' },
  }),
  plain('manifest-invalid', 'update --lock without a lock', {
    files: PROJECT,
    inputs: { 'composer-command': 'update --lock' },
  }),
]
