import { request } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { type ForwardProxy, startProxy } from '../../testing/proxy.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { ask, basic, type Keys } from './ask.js'

const headers = basic(accounts.openSource)

let repository: Repository
let proxy: ForwardProxy | undefined

beforeEach(async () => {
  repository = await startRepository()
})

afterEach(async () => {
  await proxy?.close()
  proxy = undefined
  await repository.close()
})

function authorization(keys: Keys) {
  return { 'proxy-authorization': basic(keys).authorization ?? '' }
}

/** An absolute-URI request. */
function through({ host, port }: ForwardProxy, url: string, more: Record<string, string> = {}) {
  return ask(`http://${host}:${port}`, { path: url, headers: { host: new URL(url).host, ...more } })
}

/** A CONNECT, and if it is granted, the status of a GET /packages.json inside. */
function tunnel({ host, port }: ForwardProxy, target: string, more: Record<string, string> = {}) {
  return new Promise<{ status: number; challenge: unknown; inside?: number }>((resolve, reject) => {
    const connecting = request({ host, port, method: 'CONNECT', path: target, headers: more, agent: false })
    connecting.once('error', reject)
    connecting.once('connect', (response, socket: Socket) => {
      const outer = { status: response.statusCode ?? 0, challenge: response.headers['proxy-authenticate'] }
      if (outer.status !== 200) {
        socket.destroy()
        return resolve(outer)
      }
      const inner = request({ path: '/packages.json', headers, createConnection: () => socket }, (answer) => {
        resolve({ ...outer, inside: answer.statusCode ?? 0 })
        socket.destroy()
      })
      inner.once('error', reject)
      inner.end()
    })
    connecting.end()
  })
}

test('connects to a loopback address', async () => {
  proxy = await startProxy()
  expect(await tunnel(proxy, repository.origin)).toEqual({ status: 200, inside: 200 })
  expect(proxy.requests).toEqual([{ method: 'CONNECT', target: repository.origin, credentials: null, status: 200 }])
})

test('forwards requests with an absolute URL, without what was meant for the proxy', async () => {
  proxy = await startProxy()
  const proxyAuthorization = authorization({ publicKey: 'me', privateKey: 'mine' })
  const url = `${repository.url}/packages.json`
  const { status, body } = await through(proxy, url, { ...headers, ...proxyAuthorization })
  expect([status, Object.keys(JSON.parse(body.toString()))]).toEqual([200, expect.arrayContaining(['packages'])])
  expect(proxy.requests).toEqual([
    { method: 'GET', target: url, credentials: { username: 'me', password: 'mine' }, status: 200 },
  ])
  expect(repository.requests).toMatchObject([{ path: '/packages.json', headers: { host: repository.origin } }])
  expect(repository.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
})

test('resolves names that nobody else can, by host and by host and port', async () => {
  const there = { host: repository.host, port: repository.port }
  proxy = await startProxy({ resolve: { 'repo.magento.test': there, 'other.test:8443': there } })
  expect(await tunnel(proxy, 'repo.magento.test:443')).toMatchObject({ status: 200, inside: 200 })
  expect(await tunnel(proxy, 'other.test:8443')).toMatchObject({ status: 200, inside: 200 })
  expect(await tunnel(proxy, 'other.test:443')).toMatchObject({ status: 502 })
  expect((await through(proxy, 'http://repo.magento.test/packages.json', headers)).status).toBe(200)
  expect(repository.requests.at(-1)?.headers.host).toBe('repo.magento.test')
})

test('never leaves the machine', async () => {
  proxy = await startProxy()
  // Not a loopback address, and yet (but on Windows) a connection to it would reach the repository.
  const elsewhere = `0.0.0.0:${repository.port}`
  expect(await tunnel(proxy, elsewhere)).toMatchObject({ status: 502 })
  expect((await through(proxy, `http://${elsewhere}/packages.json`, headers)).status).toBe(502)
  expect(repository.requests).toEqual([])
})

test('answers 502 where nobody listens', async () => {
  proxy = await startProxy()
  const { origin, url } = repository
  await repository.close()
  expect(await tunnel(proxy, origin)).toMatchObject({ status: 502 })
  expect((await through(proxy, `${url}/packages.json`)).status).toBe(502)
})

test('asks for credentials', async () => {
  const right = { publicKey: 'user', privateKey: 'p:w' }
  const wrong = { publicKey: 'user', privateKey: 'p' }
  proxy = await startProxy({ credentials: { username: 'user', password: 'p:w' } })
  const challenged = { status: 407, challenge: 'Basic realm="proxy"' }
  expect(await tunnel(proxy, repository.origin)).toEqual(challenged)
  expect(await tunnel(proxy, repository.origin, authorization(wrong))).toEqual(challenged)
  expect(await tunnel(proxy, repository.origin, authorization(right))).toMatchObject({ status: 200, inside: 200 })
  const url = `${repository.url}/packages.json`
  const refused = await through(proxy, url, headers)
  expect([refused.status, refused.headers['proxy-authenticate']]).toEqual([407, 'Basic realm="proxy"'])
  expect((await through(proxy, url, { ...headers, ...authorization(right) })).status).toBe(200)
  expect(proxy.requests.map(({ status }) => status)).toEqual([407, 407, 200, 407, 200])
})

test('refuses everything when told to', async () => {
  proxy = await startProxy({ refuse: 403 })
  expect(await tunnel(proxy, repository.origin)).toMatchObject({ status: 403 })
  expect((await through(proxy, `${repository.url}/packages.json`, headers)).status).toBe(403)
  expect(repository.requests).toEqual([])
})

test('is silent when told to', async () => {
  proxy = await startProxy({ silent: true })
  const { host, port, origin } = proxy
  const signal = AbortSignal.timeout(200)
  await expect(ask(`http://${origin}`, { path: `${repository.url}/packages.json`, signal })).rejects.toThrow('aborted')
  const answered = await new Promise((resolve) => {
    const connecting = request({ host, port, method: 'CONNECT', path: repository.origin, agent: false })
    connecting.once('connect', () => resolve(true))
    connecting.once('error', () => resolve(false))
    setTimeout(() => connecting.destroy(), 200)
    connecting.end()
  })
  expect(answered).toBe(false)
  expect(proxy.requests.map(({ method, status }) => [method, status])).toEqual([
    ['GET', null],
    ['CONNECT', null],
  ])
})
