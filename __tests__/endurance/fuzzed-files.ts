import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packages as catalogue } from '../../testing/catalogue.mjs'
import { closureOf, lockFor } from '../../testing/lock.mjs'
import type { Job } from '../action/run-action.js'
import { spoiled } from './fuzzed-documents.js'
import { basic } from './fuzzed-secrets.js'
import { fuzzedWorkflows } from './fuzzed-workflows.js'
import type { Json } from './json-mutation.js'
import type { Making } from './making.js'

function write({ job, random, spices, how }: Making, path: string, document: Json, chance = 0.4): void {
  const { bytes, how: done } = spoiled(document, random, spices, chance)
  how.push(...done.map((one) => `${path}: ${one}`))
  writeIn(job, path, bytes)
}

function writeIn(job: Job, path: string, bytes: Buffer | string): void {
  mkdirSync(dirname(join(job.root, path)), { recursive: true })
  writeFileSync(join(job.root, path), bytes)
}

/** What a pull request may have written. */
export function writeProject(making: Making): void {
  const { job, port, random, secrets, spices, how } = making
  const url = `http://127.0.0.1:${port}`
  const require = { 'magento/product-community-edition': '2.4.8', 'acme/module-paid': '^1.0', php: '>=8.1' }
  const repositories: Record<string, Json> = {
    magento: { type: 'composer', url },
    second: { type: 'composer', url: repositoryUrl(making), only: ['acme/*'] },
    local: { type: 'path', url: 'packages/*' },
    code: { type: 'vcs', url: 'https://github.com/acme/module.git' },
    own: {
      type: 'package',
      package: { name: 'acme/own', version: '1.0.0', dist: { type: 'zip', url: `${url}/o.zip` } },
    },
    'packagist.org': false,
  }
  const manifest = {
    name: 'acme/shop',
    require,
    'require-dev': { 'acme/module-free': '1.1.0 || ^2', 'acme/own': '*' },
    repositories: random.chance(0.3) ? Object.values(repositories) : repositories,
    'minimum-stability': random.oneOf(['stable', 'dev', 'beta']),
    replace: { 'acme/old': '*' },
    config: {
      'secure-http': false,
      'allow-plugins': { 'magento/*': true },
      ...(random.chance(0.3) && { 'http-basic': basic(`localhost:${port}`, 'u', secrets.committed) }),
      ...(random.chance(0.2) && {
        [random.oneOf(['cafile', 'capath', 'vendor-dir', 'cache-dir'])]: random.oneOf(spices.texts),
      }),
      ...(random.chance(0.1) && { platform: { php: '8.3.0' }, 'preferred-install': { '*': 'source' } }),
    },
  }
  write(making, 'workspace/composer.json', manifest)
  write(making, 'workspace/packages/a/composer.json', { name: 'acme/a', version: '1.0.0' }, 0.2)
  const locked = closureOf(catalogue, require)
  const lock = JSON.parse(lockFor(locked, { baseUrl: url, shasum: 'none' }))
  if (random.chance(0.3)) lock.packages[0].dist = { type: 'zip', url: `${repositoryUrl(making)}a.zip` }
  if (random.chance(0.6)) write(making, 'workspace/composer.lock', lock)
  if (random.chance(0.5)) {
    const installed = { packages: lock.packages.slice(0, random.integer(0, 9)), dev: true, 'dev-package-names': [] }
    write(making, 'workspace/vendor/composer/installed.json', installed)
  }
  if (random.chance(0.2)) {
    write(making, 'workspace/auth.json', { 'http-basic': basic(`localhost:${port}`, 'u', secrets.existing) }, 0.3)
  }
  const { files, how: done } = fuzzedWorkflows(random, spices)
  how.push(...done)
  for (const [path, bytes] of files) writeIn(job, `workspace/${path}`, bytes)
  if (random.chance(0.15)) {
    writeIn(job, 'workspace/.git/HEAD', 'ref: refs/heads/main\n')
    for (const folder of ['objects', 'refs']) mkdirSync(join(job.workspace, '.git', folder))
  }
  if (process.platform !== 'win32' && random.chance(0.2)) execFileSync('mkfifo', [join(job.workspace, 'pipe')])
}

/** The address of a repository, often with something in it that is nobody's to see. */
function repositoryUrl({ port, random, secrets: { committed } }: Making): string {
  const host = `localhost:${port}`
  const encoded = encodeURIComponent(committed)
  return random.oneOf([
    ...Array<string>(6).fill(`http://${host}/`),
    `http://u:${encoded}@${host}/`,
    `http://u:${committed}@${host}/`,
    `//u:${encoded}@${host}/`,
    `http:///u:${encoded}@${host}/`,
    `u:${encoded}@${host}/x`,
    `http://${encoded}@${host}/`,
    `http://${host}/?token=${encoded}`,
  ])
}

/** What others wrote on this machine. */
export function writeHome(making: Making): void {
  const { job, port, random, secrets, spices } = making
  const existing = {
    'http-basic': {
      ...basic(`localhost:${port}`, 'u', secrets.existing),
      ...(random.chance(0.2) && basic(`127.0.0.1:${port}`, 'other', secrets.existing)),
    },
    bearer: { 'tokens.example': secrets.existingToken },
    'custom-headers': { 'headers.example': [`Authorization: Token ${secrets.existingToken}`] },
    'gitlab-token': { 'gitlab.example': { username: 'u', token: secrets.existingToken } },
  }
  if (random.chance(0.6)) write(making, 'home/.composer/auth.json', existing)
  if (random.chance(0.3)) {
    const config = { 'cache-dir': join(job.root, 'cache'), 'github-protocols': ['https'], cafile: '' }
    write(making, 'home/.composer/config.json', { config, repositories: [] }, 0.7)
  }
  const repository = { full_name: random.oneOf(['acme/shop', 'fork/shop', ...spices.texts]) }
  const event = { pull_request: { head: { repo: repository }, base: { repo: { full_name: 'acme/shop' } } } }
  write(making, 'temp/event.json', { ...event, sender: { login: 'u' }, repository: { fork: false } })
}
