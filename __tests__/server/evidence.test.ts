import { describe, expect, test } from '@jest/globals'
import type { StepResult } from '../action/run-action.js'
import { AUTHORIZATION, askAccess, closedPort, KEYS, onlyMessage, proxy, webServer } from './access-step.js'
import { serverCertificate } from './certificates.js'

/** The table of the summary that says by what the request can be found, in one line. */
function shown({ summary }: StepResult): string {
  const [, records = ''] = /For the records of [^<]*<\/summary>(.*?)<\/details>/s.exec(summary) ?? []
  const rows = [...records.matchAll(/^\| (.+?) \| <code>(.*)<\/code> \|$/gm)]
  return rows.map(([, name, value = '']) => `${name} ${value.replaceAll('<wbr>', '')}`).join('; ')
}

/** Answers 403 with these headers. */
async function forbidden(headers: Record<string, string>) {
  const { url } = await webServer((_, response) => response.writeHead(403, headers).end('blocked'))
  return askAccess(url)
}

describe('what to show to whoever runs network or server', () => {
  test('names request, time, address, proxy and the identifiers that the answer carries', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000
    const step = await forbidden({ 'x-request-id': 'abc-123', 'cf-ray': '8f00-AMS', 'x-unknown-id': 'never' })
    const line = shown(step)
    expect(line).toMatch(
      /^request GET http:\/\/127\.0\.0\.1:\d+\/packages\.json; at ([\d -]{10} [\d:]{8}) UTC; answer HTTP 403; proxy none; connected to 127\.0\.0\.1 \(IPv4\); x-request-id abc-123; cf-ray 8f00-AMS$/,
    )
    const [, time = ''] = /; at (.*) UTC;/.exec(line) ?? []
    expect(Date.parse(`${time.replace(' ', 'T')}Z`)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(`${time.replace(' ', 'T')}Z`)).toBeLessThanOrEqual(Date.now())
  })

  test('at most four identifiers, and only of known headers', async () => {
    const ids = ['x-request-id', 'cf-ray', 'x-amz-cf-id', 'x-amzn-requestid', 'x-served-by', 'akamai-grn', 'x-secret']
    const line = shown(await forbidden(Object.fromEntries(ids.map((id) => [id, `value-of-${id}`]))))
    expect([...line.matchAll(/value-of-([\w-]+)/g)].map(([, id]) => id)).toEqual(ids.slice(0, 4))
  })

  test('identifiers are one short line, whatever they hold', async () => {
    const line = shown(await forbidden({ 'x-request-id': `::error::x${'y'.repeat(2000)}` }))
    expect(line).toMatch(/; x-request-id : :error: :xy+…$/)
    expect(line.length).toBeLessThan(500)
  })

  test.each([
    ['the header', AUTHORIZATION],
    ['the private key', KEYS.privateKey],
    ['the public key', KEYS.publicKey],
    ['the keys the other way round', Buffer.from(`${KEYS.privateKey}:${KEYS.publicKey}`).toString('base64')],
  ])('an identifier that repeats %s shows nothing of it', async (_, value) => {
    const step = await forbidden({ 'x-request-id': value })
    const printed = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    for (const key of [KEYS.publicKey, KEYS.privateKey]) expect(`${printed}${step.summary}`).not.toContain(key)
    expect(shown(step)).toContain('&#42;&#42;&#42;')
  })

  test('the proxy is named without its credentials, with its own address', async () => {
    const { server: tls, caFile } = await serverCertificate()
    const { port } = await webServer((_, response) => response.writeHead(403).end(), tls)
    const way = await proxy({
      credentials: { username: 'me', password: 'hush-hush-hush' },
      resolve: { 'repo.magento.com': { host: '127.0.0.1', port } },
    })
    const step = await askAccess('https://repo.magento.com/', {
      env: { https_proxy: way.url.replace('://', '://me:hush-hush-hush@'), COMPOSER_CAFILE: caFile },
      secrets: ['hush-hush-hush'],
    })
    expect(step.outputs.problem).toBe('access-forbidden')
    const line = shown(step)
    expect(line).toContain(`; proxy ${way.url.replace(/\/$/, '')}; proxy’s address 127.0.0.1 (IPv4)`)
  })

  test('no connection: the addresses that were tried', async () => {
    const step = await askAccess(`http://localhost:${await closedPort()}/`)
    expect(shown(step)).toMatch(/; proxy none; addresses .*127\.0\.0\.1 \(IPv4\)/)
  })

  test('an address of IPv6 is written in full, and in URLs as it is', async () => {
    const step = await askAccess(`http://[::1]:${await closedPort()}/`)
    expect(step.outputs.problem).toBe('repository-unreachable')
    expect(onlyMessage(step)).toMatch(/^\[::1\]:\d+ refused the connection|^The connection to \[::1\]:\d+ failed/)
    expect(shown(step)).toContain('addresses 0:0:0:0:0:0:0:1 (IPv6)')
  })

  test('a name that DNS does not know is told from DNS that does not answer', async () => {
    const step = await askAccess('https://nowhere.invalid/')
    expect(onlyMessage(step)).toMatch(/^DNS (?:does not know the host|gave no answer for) nowhere\.invalid/)
    expect(onlyMessage(step)).toContain('misconfigured DNS resolver(s)')
    expect(shown(step)).toContain('; addresses none')
  })

  test('the issuer of a certificate that is not trusted', async () => {
    const { server: tls } = await serverCertificate()
    const { url } = await webServer((_, response) => response.end('{}'), tls)
    const step = await askAccess(url)
    expect(onlyMessage(step)).toMatch(/It was issued by “Test authority \d+”\./)
    expect(shown(step)).toContain('connected to 127.0.0.1 (IPv4)')
  })
})

describe('a 403 of repo.magento.com', () => {
  async function adobe(body: string, contentType: string) {
    const { server: tls, caFile } = await serverCertificate()
    const { port } = await webServer((_, response) => {
      response.writeHead(403, { 'content-type': contentType }).end(body)
    }, tls)
    const way = await proxy({ resolve: { 'repo.magento.com': { host: '127.0.0.1', port } } })
    const env = { https_proxy: way.url, COMPOSER_CAFILE: caFile }
    const step = await askAccess('https://repo.magento.com/', { env })
    return { message: onlyMessage(step), summary: step.summary }
  }

  test('as a page is a firewall’s: no new keys', async () => {
    const { message, summary } = await adobe('<html>Access Denied</html>', 'text/html')
    expect(message).toContain('a firewall seems to block this runner')
    expect(summary).toContain('New keys would most likely be blocked as well.')
    expect(summary).toContain('kbarticles/ka-25968')
    expect(message).toContain(
      "Composer would say: The 'https://repo.magento.com/packages.json' URL could not be accessed (HTTP 403): HTTP/2 403",
    )
  })

  test('with words of the repository’s own is about the account', async () => {
    const { message, summary } = await adobe('{"warning":"Your account is suspended."}', 'application/json')
    expect(message).toContain('knows these keys and refuses the account (HTTP 403): “Your account is suspended.”')
    expect(message).toContain('unpaid invoice')
    expect(`${message}${summary}`).not.toContain('blocked')
  })
})
