import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { startJob } from '../action/run-action.js'
import {
  AUTHORIZATION,
  askAccess,
  closedPort,
  KEYS,
  onlyMessage,
  proxy,
  rawServer,
  repository,
  verdict,
  webServer,
} from './access-step.js'
import { besideComposer, bothSay, projectWith } from './beside-composer.js'
import { type ServerCertificate, serverCertificate } from './certificates.js'

/** A name that nobody but the proxy resolves to the test repository. */
const ADOBE = 'https://repo.magento.com/'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

/** The test repository under Adobe's name, behind a proxy. */
async function behindProxy(options: Parameters<typeof proxy>[0] = {}) {
  const server = await repository({ tls: certificate.server, publicUrl: ADOBE })
  const way = await proxy({ ...options, resolve: { 'repo.magento.com': { host: server.host, port: server.port } } })
  return { server, way, env: { https_proxy: way.url, COMPOSER_CAFILE: certificate.caFile } }
}

describe('through a proxy with CONNECT', () => {
  test('a name that only the proxy resolves is reached, with the keys for the server alone', async () => {
    const { server, way, env } = await behindProxy()
    const run = await besideComposer(ADOBE, projectWith(ADOBE), env)
    expect(run).toMatchObject(bothSay('ready'))
    expect(way.requests[0]).toEqual({
      method: 'CONNECT',
      target: 'repo.magento.com:443',
      credentials: null,
      status: 200,
    })
    expect(server.requests[0]?.headers).toMatchObject({ authorization: AUTHORIZATION, host: 'repo.magento.com' })
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  test('credentials in the variable arrive decoded; the password is masked and never shown', async () => {
    const credentials = { username: 'us@er', password: 'p:a/s s%w\u00f6rd!' }
    const { server, way, env } = await behindProxy({ credentials })
    const spelled = `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}`
    const withCredentials = { ...env, https_proxy: way.url.replace('//', `//${spelled}@`) }
    const secrets = [credentials.password, spelled]
    const run = await besideComposer(ADOBE, projectWith(ADOBE), withCredentials, { secrets })
    expect(run).toMatchObject(bothSay('ready'))
    expect(way.requests[0]?.credentials?.username).toBe(credentials.username)
    expect(server.requests.length).toBeGreaterThan(0)
    expect(run.step.masks).toEqual(expect.arrayContaining([credentials.password]))
  })

  test('a proxy that asks for credentials is named, without the ones it was given', async () => {
    const { server, way, env } = await behindProxy({ credentials: { username: 'user', password: 'right-password' } })
    const variables = { ...env, https_proxy: way.url.replace('//', '//user:wrong-password@') }
    const run = await besideComposer(ADOBE, projectWith(ADOBE), variables, { secrets: ['wrong-password'] })
    expect(run).toMatchObject(bothSay('proxy-failed'))
    expect(onlyMessage(run.step)).toContain('407')
    expect(onlyMessage(run.step)).toContain(`http://${way.origin}`)
    expect(run.step.outputs['http-status']).toBe('')
    expect(server.requests).toEqual([])
  })

  test.each([403, 502])('a proxy that answers CONNECT with %d failed, and not the repository', async (refuse) => {
    const { server, env } = await behindProxy({ refuse })
    const run = await besideComposer(ADOBE, projectWith(ADOBE), env)
    expect(run).toMatchObject(bothSay('proxy-failed'))
    expect(onlyMessage(run.step)).toContain(String(refuse))
    expect(run.step.outputs['http-status']).toBe('')
    expect(server.requests).toEqual([])
  })

  test('a proxy where nobody listens', async () => {
    const { server, env } = await behindProxy()
    const variables = { ...env, https_proxy: `http://127.0.0.1:${await closedPort()}` }
    const run = await besideComposer(ADOBE, projectWith(ADOBE), variables)
    expect(run).toMatchObject(bothSay('proxy-failed'))
    expect(onlyMessage(run.step)).toContain('ECONNREFUSED')
    expect(server.requests).toEqual([])
  })

  test('a proxy that closes the connection', async () => {
    const gone = await rawServer((socket) => socket.once('data', () => socket.destroy()))
    const step = await askAccess(ADOBE, { env: { https_proxy: gone.url } })
    expect(verdict(step)).toBe('proxy-failed')
  })

  test('a proxy that answers something else than http', async () => {
    const other = await rawServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')))
    const step = await askAccess(ADOBE, { env: { https_proxy: other.url } })
    expect(verdict(step)).toBe('proxy-failed')
  })

  test('a proxy whose name does not resolve', async () => {
    const step = await askAccess(ADOBE, { env: { https_proxy: 'http://proxy.invalid:3128' } })
    expect(verdict(step)).toBe('proxy-failed')
  })

  test('a certificate that nobody trusts is the repository’s trouble and not the proxy’s', async () => {
    const { way } = await behindProxy()
    const run = await besideComposer(ADOBE, projectWith(ADOBE), { https_proxy: way.url })
    expect(run).toMatchObject(bothSay('tls-failed'))
  })

  test('loopback goes through the proxy too, as in Composer, unless no_proxy says otherwise', async () => {
    const server = await repository({ tls: certificate.server })
    const way = await proxy()
    const env = { https_proxy: way.url, COMPOSER_CAFILE: certificate.caFile }
    expect(await besideComposer(server.url, projectWith(server.url), env)).toMatchObject(bothSay('ready'))
    const seen = way.requests.length
    expect(seen).toBeGreaterThan(0)
    const direct = await besideComposer(server.url, projectWith(server.url), { ...env, no_proxy: '127.0.0.0/8' })
    expect(direct).toMatchObject(bothSay('ready'))
    expect(way.requests).toHaveLength(seen)
  })
})

test.each(['proxy.example.com', 'http://', 'http://proxy.example.com:99999', 'http://:3128'])(
  'the malformed variable %s stops Composer, and is named',
  async (value) => {
    const server = await repository()
    const project = projectWith(server.url, { 'secure-http': false })
    const run = await besideComposer(server.url, project, { https_proxy: value })
    expect(run).toMatchObject(bothSay('proxy-failed'))
    expect(onlyMessage(run.step)).toContain('https_proxy')
    expect(server.requests).toEqual([])
  },
)

test('a malformed variable with a password in it shows nothing of the password', async () => {
  const server = await repository()
  const secret = 'hunter22#hunter22'
  const env = { https_proxy: `http://user:${secret}@proxy.example:3128` }
  const step = await askAccess(server.url, { env, secrets: [secret, 'hunter22'] })
  expect(verdict(step)).toBe('proxy-failed')
})

test('a proxy that only curl can speak to is a warning: nothing is known', async () => {
  const server = await repository({ tls: certificate.server })
  const step = await askAccess(server.url, { env: { https_proxy: 'socks5://127.0.0.1:1080' } })
  expect(step.annotations.map(({ name }) => name)).toEqual(['warning'])
  expect(step.exitStatus).toBe(0)
})

describe('a proxy that is spoken to over TLS', () => {
  /** CONNECT over TLS: the proxy of testing/ speaks plainly. */
  async function secureProxy() {
    const targets: (string | undefined)[] = []
    const { url, server } = await webServer((_, response) => response.writeHead(400).end(), certificate.server)
    const target = await repository({ tls: certificate.server, publicUrl: ADOBE })
    server.on('connect', (request, client) => {
      targets.push(request.url)
      const upstream = connect(target.port, target.host, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        upstream.pipe(client).pipe(upstream)
      })
      for (const socket of [upstream, client]) socket.on('error', () => socket.destroy())
    })
    return { url, targets, target }
  }

  test('carries TLS within TLS', async () => {
    const { url, targets, target } = await secureProxy()
    const env = { https_proxy: url, COMPOSER_CAFILE: certificate.caFile }
    expect(await besideComposer(ADOBE, projectWith(ADOBE), env)).toMatchObject(bothSay('ready'))
    expect(targets[0]).toBe('repo.magento.com:443')
    expect(target.requests[0]?.headers.authorization).toBe(AUTHORIZATION)
  })

  test('and is not trusted without its authority', async () => {
    const { url, target } = await secureProxy()
    expect(await besideComposer(ADOBE, projectWith(ADOBE), { https_proxy: url })).toMatchObject(bothSay('proxy-failed'))
    expect(target.requests).toEqual([])
  })
})

describe('a plain http repository on this machine', () => {
  test('is asked for through http_proxy by its whole URL', async () => {
    const server = await repository()
    const way = await proxy({ credentials: { username: 'user', password: 'password-of-proxy' } })
    const env = { http_proxy: way.url.replace('//', '//user:password-of-proxy@') }
    const project = projectWith(server.url, { 'secure-http': false })
    const run = await besideComposer(server.url, project, env, { secrets: ['password-of-proxy'] })
    expect(run).toMatchObject(bothSay('ready'))
    expect(way.requests[0]).toMatchObject({ method: 'GET', target: `${server.url}/packages.json`, status: 200 })
    expect(server.requests[0]?.headers).toMatchObject({ authorization: AUTHORIZATION, host: server.origin })
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  test('407 there is the proxy’s', async () => {
    const server = await repository()
    const way = await proxy({ credentials: { username: 'user', password: 'password-of-proxy' } })
    const step = await askAccess(server.url, { env: { http_proxy: way.url } })
    expect(verdict(step)).toBe('proxy-failed')
    expect(server.requests).toEqual([])
  })
})

describe('https through http_proxy, which Composer did until 2.7', () => {
  /** A folder with a `composer` in it that claims a version. */
  function composerOf(version: string | undefined, root: string): string {
    const folder = join(root, 'bin')
    mkdirSync(folder)
    if (version !== undefined) {
      writeFileSync(join(folder, 'composer'), `#!/bin/sh\necho "Composer version ${version} 2024-01-01 00:00:00"\n`)
      chmodSync(join(folder, 'composer'), 0o755)
    }
    return folder
  }

  test('is agreed with by the installed Composer, whichever it is', async () => {
    // A name that resolves nowhere: a Composer that uses no proxy fails, and asks nobody on the way.
    const url = 'https://packages.invalid/'
    const named = await serverCertificate({ names: ['packages.invalid'] })
    const server = await repository({ tls: named.server, publicUrl: url })
    const way = await proxy({ resolve: { 'packages.invalid': { host: server.host, port: server.port } } })
    const run = await besideComposer(url, projectWith(url), { http_proxy: way.url, COMPOSER_CAFILE: named.caFile })
    if (run.composer !== undefined) expect(run.verdict === 'ready').toBe(run.composer)
  })

  test.each<[string | undefined, boolean]>([
    ['2.5.5', true],
    ['2.7.9', true],
    ['2.8.0', false],
    ['2.10.2', false],
    [undefined, false],
  ])('with Composer %s: %s', async (version, used) => {
    const { server, way } = await behindProxy()
    const job = startJob()
    // repo.magento.com must not be asked for real where the proxy is not used: a port of this machine stands for it.
    const url = server.url
    const env = {
      PATH: composerOf(version, job.root),
      http_proxy: way.url,
      COMPOSER_CAFILE: certificate.caFile,
    }
    expect(verdict(await askAccess(url, { job, env }))).toBe('ready')
    expect(way.requests.length > 0).toBe(used)
    expect(server.requests).toHaveLength(1)
  })

  test('a composer that never answers is not waited for for ever', async () => {
    const { server, way } = await behindProxy()
    const job = startJob()
    const folder = composerOf('2.5.5', job.root)
    writeFileSync(join(folder, 'composer'), '#!/bin/sh\nexec /bin/sleep 40\n')
    const env = { PATH: folder, http_proxy: way.url, COMPOSER_CAFILE: certificate.caFile }
    const step = await askAccess(server.url, { job, env })
    expect(verdict(step)).toBe('ready')
    expect(step.milliseconds).toBeLessThan(30_000)
  })

  test('the composer that is asked for its version sees neither keys nor project', async () => {
    const { server, way } = await behindProxy()
    const job = startJob()
    const folder = composerOf('2.5.5', job.root)
    const seen = join(job.root, 'seen')
    writeFileSync(
      join(folder, 'composer'),
      `#!/bin/sh\n/usr/bin/env > ${seen}\necho "Composer version 2.5.5 2024-01-01"\n`,
    )
    const env = {
      PATH: folder,
      http_proxy: way.url,
      COMPOSER_CAFILE: certificate.caFile,
      COMPOSER: '/elsewhere/composer.json',
      COMPOSER_AUTH: JSON.stringify({ 'http-basic': { other: { username: 'a', password: 'secret-of-other' } } }),
    }
    expect(verdict(await askAccess(server.url, { job, env, secrets: ['secret-of-other'] }))).toBe('ready')
    const variables = readFileSync(seen, 'utf8')
    expect(variables).toContain('COMPOSER_HOME=')
    for (const hidden of [KEYS.publicKey, KEYS.privateKey, 'secret-of-other', '/elsewhere/composer.json']) {
      expect(variables).not.toContain(hidden)
    }
  })
})
