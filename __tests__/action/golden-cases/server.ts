import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Code } from '../../../src/problems/finding.js'
import type { Fault } from '../../../testing/faults.mjs'
import { closedPort, outerAddress, proxy, rawServer, webServer } from '../../server/access-step.js'
import { certificateAuthority, serverCertificate } from '../../server/certificates.js'
import { pathWithComposer } from '../../testing/stand-in-composer.js'
import {
  ADOBE,
  atAdobe,
  type GoldenCase,
  lock,
  manifest,
  type Options,
  own,
  plain,
  status,
  step,
  withoutComposer,
} from '../golden-case.js'
import type { Job } from '../run-action.js'

const HOSTED = { RUNNER_ENVIRONMENT: 'github-hosted' }
const SELF_HOSTED = { RUNNER_ENVIRONMENT: 'self-hosted' }

function faulty(code: Code, name: string, fault: Fault, options: Options = {}): GoldenCase {
  return plain(code, name, { fault, ...options })
}

/** A server that speaks TLS with a certificate of its own. */
function withCertificate(name: string, options: Parameters<typeof serverCertificate>[0], env: Options['env'] = {}) {
  return own('tls-failed', name, async (job) => {
    const authority = await certificateAuthority()
    const { server: tls, caFile } = await serverCertificate({ authority, ...options })
    const { url } = await webServer((_, response) => response.end('{}'), tls)
    const trust = env.COMPOSER_CAFILE === undefined ? {} : { COMPOSER_CAFILE: caFile }
    return step(job, url.replace('127.0.0.1', 'localhost'), { env: { ...env, ...trust } })
  })
}

/** A server that answers a packages.json with these bytes. */
function raw(name: string, answer: string | Buffer): GoldenCase {
  return own('unexpected-answer', name, async (job) => {
    const { url } = await rawServer((socket) => socket.once('data', () => socket.end(answer)))
    return step(job, url)
  })
}

const DAY = 24 * 60 * 60 * 1000

/** A GitLab, which answers 404 to whoever may not see a group. */
async function stepAtGitLab(job: Job, url: string, withToken: boolean) {
  const server = await webServer((_, response) =>
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"404 Group Not Found"}'),
  )
  const registry = `${server.url}/api/v4/group/42/-/packages/composer/packages.json`
  const auth = { 'gitlab-token': { [server.origin]: { username: 'deploy', token: 'glpat-old-token' } } }
  return step(job, url, {
    files: { 'composer.json': manifest({ 'team/module-a': '*' }, [{ type: 'composer', url: registry }]) },
    inputs: withToken ? { 'composer-auth': JSON.stringify(auth) } : {},
  })
}

export const serverCases: readonly GoldenCase[] = [
  faulty('repository-not-found', '404', status(404)),
  faulty('repository-not-found', '404, at a line of composer.json', status(404), {
    files: { 'composer.json': manifest({ 'magento/framework': '*' }) },
  }),
  faulty('repository-not-found', 'a file that the repository lists', status(404), {
    faultAt: /^\/p\/provider-/,
    files: { 'composer.json': manifest({ 'magento/framework': '*' }) },
  }),
  atAdobe('repository-not-found', '404', { fault: status(404) }),
  own('repository-not-found', 'a GitLab, without a token', (job, { url }) => stepAtGitLab(job, url, false)),
  own('repository-not-found', 'a GitLab, with a wrong token', (job, { url }) => stepAtGitLab(job, url, true)),

  faulty('rate-limited', '429', status(429)),
  faulty('rate-limited', '429, tried twice', status(429, { 'retry-after': '0' }), { inputs: { retries: '1' } }),

  faulty('repository-unavailable', '503', status(503)),
  faulty('repository-unavailable', '408', status(408)),
  atAdobe('repository-unavailable', '502', { fault: status(502) }),
  faulty('repository-unavailable', '503, and the archives of composer.lock download', status(503), {
    files: { 'composer.json': manifest({}), 'composer.lock': lock('magento/framework') },
  }),
  atAdobe('repository-unavailable', '503, and so the archives of composer.lock', {
    files: { 'composer.json': manifest({}), 'composer.lock': lock('magento/framework') },
    fault: status(503),
    faultAt: /./,
  }),

  plain('repository-unreachable', 'nothing listens', {}, 'http://127.0.0.1:1/'),
  plain('repository-unreachable', 'nothing listens, on a hosted runner', { env: HOSTED }, 'http://127.0.0.1:1/'),
  plain(
    'repository-unreachable',
    'nothing listens, on a self-hosted runner',
    { env: SELF_HOSTED },
    'http://127.0.0.1:1/',
  ),
  plain('repository-unreachable', 'a name that DNS does not know', {}, 'https://nowhere.invalid/'),
  plain('repository-unreachable', 'a name that DNS does not know, hosted', { env: HOSTED }, 'https://nowhere.invalid/'),
  faulty('repository-unreachable', 'no answer', { kind: 'close' }),
  faulty('repository-unreachable', 'reset', { kind: 'reset' }),
  faulty('repository-unreachable', 'too slow', { kind: 'silent' }, { inputs: { timeout: '1' } }),
  faulty(
    'repository-unreachable',
    'too slow, on a hosted runner',
    { kind: 'silent' },
    { inputs: { timeout: '1' }, env: HOSTED },
  ),

  plain('tls-failed', 'a file that is not there', { env: { COMPOSER_CAFILE: '/none/ca.pem' } }, 'https://127.0.0.1:1/'),
  own('tls-failed', 'a file without a certificate', async (job) => {
    const file = join(job.root, 'ca.pem')
    writeFileSync(file, '-----BEGIN PRIVATE KEY-----\n')
    return step(job, 'https://127.0.0.1:1/', { env: { COMPOSER_CAFILE: file } })
  }),
  own('tls-failed', 'a file with more certificates than are read', async (job) => {
    const file = join(job.root, 'ca.pem')
    writeFileSync(file, '#'.repeat(5 * 1024 * 1024))
    return step(job, 'https://127.0.0.1:1/', { env: { COMPOSER_CAFILE: file } })
  }),
  withCertificate('an authority that nobody trusts', {}),
  withCertificate('an authority that nobody trusts, on a hosted runner', {}, HOSTED),
  withCertificate('an authority that only Node is told of', {}, { NODE_EXTRA_CA_CERTS: '/none/ca.pem' }),
  withCertificate(
    'an expired certificate',
    { from: new Date(Date.now() - 20 * DAY), until: new Date(Date.now() - 10 * DAY) },
    { COMPOSER_CAFILE: 'its own' },
  ),
  withCertificate('a certificate for another name', { names: ['shop.example.com'] }, { COMPOSER_CAFILE: 'its own' }),
  own('tls-failed', 'a server without TLS', async (job) => {
    const { port } = await webServer((_, response) => response.end('{}'))
    return step(job, `https://127.0.0.1:${port}/`)
  }),

  plain('proxy-failed', 'no URL', { env: { http_proxy: 'http://' } }),
  plain('proxy-failed', 'a kind that is not supported', { env: { https_proxy: 'socks5://127.0.0.1:1' } }, ADOBE),
  own('proxy-failed', 'asks for credentials', async (job) => {
    const way = await proxy({ credentials: { username: 'me', password: 'hush-hush-hush' } })
    return step(job, ADOBE, { env: { https_proxy: way.url } })
  }),
  own('proxy-failed', 'asks for other credentials', async (job) => {
    const way = await proxy({ credentials: { username: 'me', password: 'hush-hush-hush' } })
    return step(job, ADOBE, { env: { https_proxy: way.url.replace('://', '://me:an-old-one@') } })
  }),
  own('proxy-failed', 'refuses', async (job) => {
    const way = await proxy({ refuse: 403 })
    return step(job, ADOBE, { env: { https_proxy: way.url } })
  }),
  own('proxy-failed', 'is not there', async (job) =>
    step(job, ADOBE, { env: { https_proxy: `http://127.0.0.1:${await closedPort()}` } }),
  ),
  own('proxy-failed', 'is on another machine', async (job, repository) => {
    const { url } = await rawServer(() => {}, outerAddress())
    return step(job, repository.url, { env: { http_proxy: url } })
  }),

  faulty('unexpected-answer', 'a maintenance page', { kind: 'html' }),
  withoutComposer('unexpected-answer', 'a maintenance page beside a lock whose archives download', {
    files: { 'composer.json': manifest({ 'magento/framework': '*' }), 'composer.lock': lock('magento/framework') },
    fault: { kind: 'html' },
  }),
  atAdobe('unexpected-answer', 'a web page', { fault: { kind: 'html' } }),
  own('unexpected-answer', 'a web page after a redirect', async (job, repository) => {
    const { url } = await webServer((_, response) => response.end('<html><title>Log in</title>'))
    repository.faults.order('/packages.json', { kind: 'redirect', location: `${url}/login` })
    return step(job, repository.url)
  }),
  faulty('unexpected-answer', 'compressed without saying so', { kind: 'raw-gzip' }),
  faulty('unexpected-answer', 'nothing', { kind: 'status', status: 200, body: '' }),
  faulty('unexpected-answer', 'a text', { kind: 'status', status: 200, body: 'Hello' }),
  faulty('unexpected-answer', 'another status', status(402)),
  own('unexpected-answer', 'entries without uid, with Composer 2.8', async (job) => {
    const entry = { name: 'acme/module', version: '1.0.0', type: 'metapackage' }
    const { url } = await webServer(({ url: path }, response) => {
      const isRoot = path === '/packages.json'
      const packages = isRoot ? [] : { 'acme/module': { '1.0.0': entry } }
      response.end(JSON.stringify({ packages, ...(isRoot ? { 'providers-lazy-url': '/p/%package%.json' } : {}) }))
    })
    const env = { PATH: pathWithComposer(job, '2.8.12') }
    return step(job, url, { files: { 'composer.json': manifest({ 'acme/module': '*' }).replace('{url}', url) }, env })
  }),
  faulty('unexpected-answer', 'a status that no repository has', status(418)),
  ...Object.entries({
    'a login page': { kind: 'html' },
    'an error in JSON': { kind: 'status', status: 200, body: '{"error": "licence"}', contentType: 'application/json' },
    nothing: { kind: 'status', status: 200, body: '', contentType: 'application/zip' },
  } as const satisfies Record<string, Fault>).map(([what, fault]) =>
    faulty('unexpected-answer', `${what} for an archive`, fault, {
      faultAt: /^\/archives\//,
      files: { 'composer.json': manifest({ 'magento/framework': '*' }), 'composer.lock': lock('magento/framework') },
    }),
  ),
  faulty(
    'unexpected-answer',
    'a wrong checksum',
    { kind: 'corrupt' },
    {
      faultAt: /^\/p\/provider-/,
      files: { 'composer.json': manifest({ 'magento/framework': '*' }) },
    },
  ),
  own('unexpected-answer', 'a redirect to a host that wants credentials', async (job, repository) => {
    const { url } = await webServer((_, response) => response.writeHead(401).end())
    repository.faults.order('/packages.json', { kind: 'redirect', location: `${url}/packages.json` })
    return step(job, repository.url)
  }),
  faulty('unexpected-answer', 'too large', { kind: 'gzip-bomb', bytes: 70 * 1024 * 1024 }),
  faulty('unexpected-answer', 'cut off', { kind: 'truncate', bytes: 20 }),
  raw('no HTTP', 'hello\r\n\r\n'),
  raw('an unknown encoding', 'HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 2\r\n\r\n{}'),
  raw(
    'broken gzip',
    Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n'),
      gzipSync('{"packages": []}').fill(7, 10, 18),
    ]),
  ),
  faulty('unexpected-answer', 'a redirect to itself', { kind: 'redirect', location: '/packages.json' }),
  faulty('unexpected-answer', 'a redirect to nowhere', status(302)),
  faulty('unexpected-answer', 'a redirect to no web address', { kind: 'redirect', location: 'ftp://example.invalid/' }),
  faulty('unexpected-answer', 'a redirect to another machine over http', {
    kind: 'redirect',
    location: 'http://example.invalid/',
  }),
  atAdobe('unexpected-answer', 'a redirect from https to http at another host', {
    fault: { kind: 'redirect', location: 'http://repo.example.com/packages.json' },
  }),
  atAdobe('unexpected-answer', 'a redirect from https to http', {
    fault: { kind: 'redirect', location: 'http://repo.magento.com/packages.json' },
  }),
]
