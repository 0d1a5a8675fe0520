import { describe, expect, test } from '@jest/globals'
import { AUTHORIZATION, askAccess, KEYS, onlyMessage, repository, verdict, webServer } from './access-step.js'
import { serverCertificate } from './certificates.js'

const ROOT = '/packages.json'

/** A server of a foreign origin that accepts everybody, and remembers what it was sent. */
async function stranger(status = 200, tls?: Parameters<typeof webServer>[1]) {
  const seen: (string | undefined)[] = []
  const { url, port, origin } = await webServer(({ headers }, response) => {
    seen.push(headers.authorization)
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"packages":[]}')
  }, tls)
  return { url, port, origin, seen }
}

/** A repository whose packages.json leads elsewhere. */
async function redirecting(location: string | ((port: number) => string), status = 302) {
  const server = await repository()
  const target = typeof location === 'string' ? location : location(server.port)
  server.faults.order(ROOT, { kind: 'redirect', location: target, status }, { times: 1 })
  return server
}

describe('to another origin the keys are not sent', () => {
  test.each([301, 302, 303, 307, 308])('with status %d to another port', async (status) => {
    const target = await stranger()
    const server = await redirecting(`${target.url}/packages.json`, status)
    expect(verdict(await askAccess(server.url))).toBe('ready')
    expect(target.seen).toEqual([undefined])
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([AUTHORIZATION])
  })

  test('to the same port under another name', async () => {
    const server = await redirecting((port) => `http://localhost:${port}/packages.json`)
    const step = await askAccess(server.url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(server.requests.map(({ credentials }) => credentials !== null)).toEqual([true, false])
  })

  test('written without a scheme', async () => {
    const target = await stranger()
    const server = await redirecting(`//${target.origin}/packages.json`)
    expect(verdict(await askAccess(server.url))).toBe('ready')
    expect(target.seen).toEqual([undefined])
  })

  test('nor a token of a GitLab, which stands in a header of its own', async () => {
    const token = 'glpat-0123456789abcdef0123'
    const seen: (string | string[] | undefined)[] = []
    const answer: Parameters<typeof webServer>[0] = ({ headers }, response) => {
      seen.push(headers['private-token'], headers.authorization)
      response.end('{"packages":[]}')
    }
    const target = await webServer(answer)
    const first = await webServer(({ headers }, response) => {
      seen.push(headers['private-token'], headers.authorization)
      response.writeHead(302, { location: `${target.url}/packages.json` }).end()
    })
    const auth = JSON.stringify({ 'gitlab-token': { [first.origin]: token } })
    const step = await askAccess(first.url, {
      inputs: { 'public-key': '', 'private-key': '', 'composer-auth': auth },
      env: { RUNNER_DEBUG: '1' },
      secrets: [token],
    })
    expect(seen).toEqual([token, undefined, undefined, undefined])
    expect(verdict(step)).toBe('ready')
    expect(step.masks).toContain(token)
  })

  test.each([
    ['a user name that looks like the first host', (own: string, foreign: string) => `http://${own}@${foreign}/`],
    ['a backslash', (_: string, foreign: string) => `http:\\\\${foreign}/packages.json`],
    ['a backslash before the at sign', (own: string, foreign: string) => `http://${foreign}\\@${own}/`],
    ['the first host behind a number sign', (own: string, foreign: string) => `http://${foreign}/#@${own}/`],
    ['a tab in the scheme', (_: string, foreign: string) => `ht\ttp://${foreign}/packages.json`],
    ['too many slashes', (_: string, foreign: string) => `http:////${foreign}/packages.json`],
    ['no slashes at all', (_: string, foreign: string) => `http:${foreign}/packages.json`],
  ])('in a Location with %s', async (_, locationOf) => {
    const target = await stranger()
    const server = await redirecting((port) => locationOf(`127.0.0.1:${port}`, target.origin))
    const step = await askAccess(server.url)
    expect(target.seen.filter((authorization) => authorization !== undefined)).toEqual([])
    expect(step.outputs.status).toBeDefined()
  })

  test('401 there is not said of the keys', async () => {
    const target = await repository()
    const server = await redirecting(`${target.url}${ROOT}`)
    const step = await askAccess(server.url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    expect(onlyMessage(step)).toContain(target.origin)
  })

  test('and they are sent again where a redirect leads back, as Composer does', async () => {
    const server = await repository()
    const seen: (string | undefined)[] = []
    const between = await webServer(({ headers }, response) => {
      seen.push(headers.authorization)
      response.writeHead(302, { location: `${server.url}/packages.json?back` }).end()
    })
    server.faults.order(ROOT, { kind: 'redirect', location: `${between.url}/` }, { times: 1 })
    expect(verdict(await askAccess(server.url))).toBe('ready')
    expect(seen).toEqual([undefined])
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([AUTHORIZATION, AUTHORIZATION])
  })
})

describe('within the origin the keys are kept', () => {
  test.each([
    ['a whole URL', (port: number) => `http://127.0.0.1:${port}/packages.json?again`],
    ['an absolute path', () => '/packages.json?again'],
    ['a relative path', () => 'packages.json?again'],
    ['a query alone', () => '?again'],
    ['a scheme-less URL', (port: number) => `//127.0.0.1:${port}/packages.json?again`],
  ])('for %s', async (_, location) => {
    const server = await redirecting(location)
    expect(verdict(await askAccess(server.url))).toBe('ready')
    expect(server.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      [ROOT, AUTHORIZATION],
      [`${ROOT}?again`, AUTHORIZATION],
    ])
  })

  test.each([300, 305, 306])('also for the rare status %d, which Composer follows too', async (status) => {
    const server = await redirecting('/packages.json?again', status)
    expect(verdict(await askAccess(server.url))).toBe('ready')
  })

  test('credentials in a Location are not taken over', async () => {
    const server = await redirecting((port) => `http://other:password@127.0.0.1:${port}/packages.json?again`)
    const step = await askAccess(server.url, { secrets: ['other:password'] })
    expect(verdict(step)).toBe('ready')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([AUTHORIZATION, AUTHORIZATION])
  })
})

describe('a redirect that leads nowhere', () => {
  test('without end is followed twenty times, as Composer does', async () => {
    const server = await repository()
    server.faults.order(ROOT, { kind: 'redirect', location: ROOT })
    const step = await askAccess(server.url, { inputs: { retries: '2' } })
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain('more than 20 times')
    expect(server.requests).toHaveLength(21)
  })

  test('twenty redirects are not too many', async () => {
    const server = await repository()
    server.faults.order(ROOT, { kind: 'redirect', location: ROOT }, { times: 20 })
    const step = await askAccess(server.url)
    expect(verdict(step)).toBe('ready')
    // Node would say there that something grows with each redirect.
    expect(step.stderr).toBe('')
    expect(server.requests).toHaveLength(21)
  })

  test('without a target', async () => {
    const server = await repository()
    server.faults.order(ROOT, { kind: 'status', status: 302 })
    const step = await askAccess(server.url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain('redirect without Location')
  })

  test.each([
    'file:///etc/hostname',
    'ftp://127.0.0.1/packages.json',
    'data:application/json,{}',
    'javascript:0',
    'http://[',
    'http://127.0.0.1:99999/',
  ])('to %s', async (location) => {
    const server = await redirecting(location)
    const step = await askAccess(server.url, { inputs: { retries: '2' } })
    expect(verdict(step)).toBe('unexpected-answer')
    expect(server.requests).toHaveLength(1)
  })

  test('from https to http', async () => {
    const target = await stranger()
    const tls = await serverCertificate()
    const server = await repository({ tls: tls.server })
    server.faults.order(ROOT, { kind: 'redirect', location: `${target.url}/packages.json` })
    const step = await askAccess(server.url, { env: { COMPOSER_CAFILE: tls.caFile } })
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain('from https to http')
    expect(target.seen).toEqual([])
  })
})

describe('a server that puts the keys into a Location', () => {
  test('as a path finds them in no log', async () => {
    const { publicKey, privateKey } = KEYS
    const pair = AUTHORIZATION.replace('Basic ', '')
    const server = await redirecting(`/x/${publicKey}/${privateKey}/${pair}/packages.json`)
    const step = await askAccess(server.url, { env: { RUNNER_DEBUG: '1' } })
    expect(step.stdout).toContain('::debug::GET http://127.0.0.1')
    expect(server.requests).toHaveLength(2)
  })

  test('as a host name sees no look-up of it', async () => {
    const server = await redirecting(`https://${KEYS.privateKey}.invalid/`)
    const step = await askAccess(server.url, { env: { RUNNER_DEBUG: '1' } })
    expect(verdict(step)).toBe('unexpected-answer')
  })

  test('as a host name that is as long as a header may be does not hold the step up', async () => {
    const server = await redirecting(`https://${'a'.repeat(90_000)}/`)
    const step = await askAccess(server.url)
    expect(verdict(step)).toBe('unexpected-answer')
    expect(onlyMessage(step)).toContain('which is not a usable http(s) URL')
    expect(onlyMessage(step)).not.toContain('keys in it')
    expect(step.milliseconds).toBeLessThan(20_000)
  })
})

test('keys for one host do not go to another that the URL smuggles in', async () => {
  // PHP and Composer read repo.magento.com as the host of this URL; URL, and whoever connects by it, reads 127.0.0.1.
  const target = await stranger(401)
  const step = await askAccess(`http://${target.origin}\\@repo.magento.com/`)
  expect(target.seen.filter((authorization) => authorization !== undefined)).toEqual([])
  expect(step.exitStatus).toBe(1)
})
