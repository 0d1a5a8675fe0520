import { beforeAll, describe, expect, test } from '@jest/globals'
import { askAccess, onlyMessage, repository, verdict, webServer } from './access-step.js'
import { besideComposer, bothSay, projectWith } from './beside-composer.js'
import { type ServerCertificate, serverCertificate } from './certificates.js'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

/** An https repository that speaks some versions of TLS. */
const speaking = (minVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
  webServer((_, response) => response.end('{"packages":[]}'), {
    ...certificate.server,
    minVersion,
    maxVersion,
    // OpenSSL speaks the old version at this level only.
    ...(maxVersion === 'TLSv1.1' ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
  })

describe('what the job has told Node does not decide whom the keys go to', () => {
  test('NODE_TLS_REJECT_UNAUTHORIZED=0, as Composer does not know it either', async () => {
    const server = await repository({ tls: certificate.server })
    const run = await besideComposer(server.url, projectWith(server.url), { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain(
      'Composer does not read `NODE_TLS_REJECT_UNAUTHORIZED`, which this job sets.',
    )
    expect(server.requests).toEqual([])
  })

  test('the same for a proxy’s own certificate', async () => {
    const received: unknown[] = []
    const way = await webServer((_, response) => response.end(), certificate.server)
    way.server.on('connect', (request, socket) => {
      received.push(request.headers)
      socket.destroy()
    })
    const env = { https_proxy: `https://user:password-of-proxy@${way.origin}`, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    const step = await askAccess('https://repo.magento.com/', { env, secrets: ['password-of-proxy'] })
    expect(verdict(step)).toBe('proxy-failed')
    expect(received).toEqual([])
  })

  test('other authorities, from wherever Node takes them', async () => {
    const server = await repository({ tls: certificate.server })
    for (const NODE_OPTIONS of ['--use-openssl-ca', '--use-system-ca', '--use-bundled-ca']) {
      const env = { NODE_OPTIONS, NODE_EXTRA_CA_CERTS: certificate.caFile }
      expect(verdict(await askAccess(server.url, { env }))).toBe('tls-failed')
    }
    expect(server.requests).toEqual([])
  })

  test.each([
    ['TLS 1.1 alone, which curl refuses', 'TLSv1.1', 'TLSv1.1', '--tls-min-v1.0', 'tls-failed'],
    ['TLS 1.2 alone', 'TLSv1.2', 'TLSv1.2', '--tls-min-v1.3', 'ready'],
    ['TLS 1.3 alone', 'TLSv1.3', 'TLSv1.3', '--tls-max-v1.2', 'ready'],
    ['ciphers', 'TLSv1.2', 'TLSv1.2', '--tls-cipher-list=ECDHE-RSA-AES128-GCM-SHA256', 'ready'],
  ] as const)('%s', async (_, minVersion, maxVersion, NODE_OPTIONS, word) => {
    const { url } = await speaking(minVersion, maxVersion)
    const env = { NODE_OPTIONS, COMPOSER_CAFILE: certificate.caFile }
    expect(verdict(await askAccess(url, { env }))).toBe(word)
  })
})

test.each([
  ['HTTP/1.1', false],
  ['HTTP/2', true],
])('what the job has told Node neither ends the step nor shows a key, over %s', async (_, http2) => {
  const server = await repository({ tls: certificate.server, http2 })
  const options = [
    ...['--throw-deprecation', '--pending-deprecation', '--trace-warnings', '--unhandled-rejections=none'],
    ...['--no-network-family-autoselection', '--dns-result-order=ipv4first', '--stack-trace-limit=1'],
    ...['--disable-proto=delete', '--insecure-http-parser'],
  ]
  const env = {
    NODE_OPTIONS: options.join(' '),
    NODE_DEBUG: '*',
    NODE_DEBUG_NATIVE: 'http2',
    NODE_USE_ENV_PROXY: '1',
    NODE_USE_SYSTEM_CA: '1',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    no_proxy: 'localhost',
    NODE_PENDING_DEPRECATION: '1',
    COMPOSER_CAFILE: certificate.caFile,
  }
  // Every run is searched for the keys; Node would write them with the headers of a request.
  const step = await askAccess(server.url.replace('127.0.0.1', 'localhost'), { env })
  expect(verdict(step)).toBe('ready')
  expect(step.stderr.toLowerCase()).not.toContain('authorization')
  expect(server.requests).toHaveLength(1)
})
