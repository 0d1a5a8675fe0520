import { join } from 'node:path'
import { pathWithComposer } from '../testing/stand-in-composer.js'
import { spoiled } from './fuzzed-documents.js'
import { basic, type FuzzedSecrets } from './fuzzed-secrets.js'
import { type Json, longText } from './json-mutation.js'
import type { Making } from './making.js'
import type { Random } from './random.js'

/** Bytes to which a variable may grow: a process takes no more than some 128 KiB in one. */
const ROOM = 20_000

/** The job's variables. */
export function fuzzedEnvironment(making: Making): Record<string, string> {
  const { job, port, random, secrets, spices, how } = making
  const authentication: Json = {
    'http-basic': basic(random.oneOf([`localhost:${port}`, 'other.example']), 'u', secrets.variable),
    'github-oauth': { 'github.com': secrets.variable },
    'bitbucket-oauth': { 'bitbucket.org': { 'consumer-key': 'k', 'consumer-secret': secrets.variable } },
  }
  const { bytes, how: done } = spoiled(authentication, random, { ...spices, room: ROOM }, 0.4)
  how.push(...done.map((one) => `COMPOSER_AUTH: ${one}`))
  const proxy = `http://proxy:${secrets.proxy}@127.0.0.1:${port}`
  const optional: Record<string, () => string> = {
    COMPOSER_AUTH: () => bytes.toString().slice(0, 60_000),
    // Where the keys are written must lie within the job's own folders.
    COMPOSER_HOME: () => random.oneOf([join(job.root, 'other'), join(job.workspace, 'own'), '~/x', '$HOME/y', '0', '']),
    COMPOSER: () => random.oneOf(['composer.json', 'other.json', 'packages/a/composer.json', '.', 'pipe']),
    COMPOSER_CAFILE: () => random.oneOf(spices.texts),
    COMPOSER_CACHE_DIR: () => random.oneOf(spices.texts),
    COMPOSER_VENDOR_DIR: () => random.oneOf(spices.texts),
    COMPOSER_NO_DEV: () => random.oneOf(['1', '0', 'x']),
    SSL_CERT_FILE: () => random.oneOf(spices.texts),
    XDG_CONFIG_HOME: () => random.oneOf([join(job.home, '.config'), 'config']),
    http_proxy: () => random.oneOf([proxy, `${secrets.proxy}:x@`, '::', `socks5://u:${secrets.proxy}@127.0.0.1:1`]),
    GITHUB_ACTION: () => random.oneOf(spices.texts),
    GITHUB_JOB: () => random.oneOf(spices.texts),
    GITHUB_WORKFLOW_REF: () => random.oneOf(spices.texts),
    GITHUB_ACTION_REF: () => random.oneOf(spices.texts),
    GITHUB_REPOSITORY: () => random.oneOf(spices.texts),
    GITHUB_ACTOR: () => random.oneOf(['dependabot[bot]', 'u']),
  }
  const chosen = Object.entries(optional).filter(([name]) => random.chance(name === 'COMPOSER_AUTH' ? 0.4 : 0.07))
  const own = Object.fromEntries(chosen.map(([name, make]) => [name, make().replaceAll('\0', '')]))
  how.push(...Object.keys(own))
  const version = random.oneOf(['2.2.1', '2.5.5', '2.7.9', '2.9.8', '2.10.2', random.oneOf(spices.texts), null])
  const path = random.chance(0.1) ? {} : { PATH: pathWithComposer(job, version?.replace(/[^\w. -]/g, '')) }
  return {
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/pull/7/merge',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_ACTION_REPOSITORY: 'acme/magento-composer-auth',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTION: '__acme_magento-composer-auth',
    GITHUB_JOB: 'test',
    GITHUB_EVENT_NAME: random.oneOf(['push', 'pull_request', 'pull_request_target']),
    GITHUB_EVENT_PATH: join(job.temp, 'event.json'),
    SHOP_TOKEN: secrets.shop,
    ...path,
    ...own,
    // Nothing leaves this machine: what is not on it goes to the test's server, which is no proxy.
    https_proxy: proxy,
    no_proxy: '127.0.0.1,localhost',
  }
}

/** The inputs, most of them sound. */
export function fuzzedInputs({ port, random, secrets, spices, how }: Making): Record<string, string> {
  const document = {
    'http-basic': basic(`localhost:${port}`, random.oneOf(['token', 'u', random.hex(32)]), secrets.further),
    bearer: { 'bearer.example': secrets.token },
  }
  const small = { ...spices, room: ROOM }
  const further = spoiled(document, random, small, 0.4)
  const missing = random.chance(0.15)
  const inputs: Record<string, string> = {
    'public-key': missing ? '' : secrets.publicKey,
    'private-key': missing || random.chance(0.03) ? random.oneOf(['', '$']) : secrets.privateKey,
    'composer-auth': random.chance(0.4) ? further.bytes.toString().slice(0, 60_000) : '',
    'repository-url': `http://127.0.0.1:${port}/`,
    'composer-command': random.oneOf([
      'install',
      'install',
      'install --no-dev',
      'update',
      'update acme/* -w',
      'update --lock',
      'update acme/module:^1',
    ]),
    packages: random.chance(0.2) ? 'acme/module-paid:^1.0\nmagento/project-community-edition' : '',
    'auth-location': random.oneOf(['global', 'global', 'project', 'magento', 'env', 'global, project, magento, env']),
    check: random.oneOf(['full', 'full', 'full', 'full', 'access', 'off']),
    'if-keys-missing': random.oneOf(['error', 'warn', 'ignore']),
    'fail-on-error': random.oneOf(['true', 'true', 'false']),
    timeout: random.oneOf(['1', '2']),
    retries: random.oneOf(['0', '0', '0', '1']),
    'job-summary': random.oneOf(['true', 'true', 'false']),
    'problem-matcher': random.oneOf(['true', 'false']),
    ...(random.chance(0.3) ? fuzzedDownloads(random, secrets, port) : {}),
  }
  if (inputs['composer-auth'] !== '') how.push(...further.how.map((one) => `composer-auth: ${one}`))
  const open = Object.keys(inputs).filter(
    (name) => !/key$|^download-token$|^mage-id$|^timeout$|^retries$|^auth-location$/.test(name),
  )
  if (random.chance(0.15)) {
    const name = random.oneOf([...open, 'working-directory', 'cleanup'])
    const text = random.oneOf([...spices.texts, inputs[name] ?? ''])
    // Files may be written there, so it lies within the job's own folders.
    if (name === 'working-directory')
      inputs[name] = random.oneOf(['packages/a', 'missing', '..', 'pipe', 'composer.json'])
    else inputs[name] = random.chance(0.3) ? longText(text, { random, spices: small }) : text
    how.push(`input ${name}`)
  }
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value.replaceAll('\0', '')]))
}

/** The inputs for downloads: nearly always both halves, since of one alone nothing is written or asked. */
function fuzzedDownloads(
  random: Random,
  { mageId, downloadToken }: FuzzedSecrets,
  port: number,
): Record<string, string> {
  return {
    'mage-id': random.chance(0.03) ? '' : mageId,
    'download-token': downloadToken,
    'download-url': `http://127.0.0.1:${port}/products/downloads${random.oneOf(['', '/'])}`,
  }
}
