import { describe, expect, test } from '@jest/globals'
import { askAccess, onlyMessage, outerAddress, proxy, rawServer, repository, verdict } from './access-step.js'

/** A server on another machine, as far as the step can tell, and what was sent to it. */
async function elsewhere() {
  const received: Buffer[] = []
  const { url, port } = await rawServer((socket) => {
    socket.on('data', (chunk) => {
      received.push(chunk)
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"packages":[]}')
    })
  }, outerAddress())
  return { url, port, received: () => Buffer.concat(received).toString('latin1') }
}

/** As an /etc/hosts that leads localhost to another machine. */
const localhostAt = (address: string) =>
  `data:text/javascript,${encodeURIComponent(`import dns from 'node:dns'
    const { lookup } = dns
    dns.lookup = (host, options, done) => lookup(host === 'localhost' ? '${address}' : host, options, done)`)}`

describe('keys go over http to this machine alone', () => {
  test('not to a proxy on another one; nothing is known then', async () => {
    const server = await repository()
    const away = await elsewhere()
    const env = { http_proxy: away.url.replace('//', '//user:password-of-proxy@') }
    for (const url of [server.url, server.url.replace('127.0.0.1', 'localhost')]) {
      const step = await askAccess(url, { env, secrets: ['password-of-proxy'] })
      expect(verdict(step)).toBe('ready')
      expect(step.annotations).toMatchObject([{ name: 'warning' }])
      expect(onlyMessage(step)).toContain('is on another machine: on the way there the keys could be read')
    }
    expect(away.received()).toBe('')
    expect(server.requests).toEqual([])

    const direct = await askAccess(server.url, { env: { ...env, no_proxy: '127.0.0.1' } })
    expect([verdict(direct), direct.annotations]).toEqual(['ready', []])
    expect(server.requests).toHaveLength(1)
  })

  test('but to a proxy on this one', async () => {
    const server = await repository()
    const way = await proxy()
    const step = await askAccess(server.url, { env: { http_proxy: way.url } })
    expect([verdict(step), step.annotations]).toEqual(['ready', []])
    expect(way.requests).toHaveLength(1)
  })

  test('not to another one that is called localhost here', async () => {
    const away = await elsewhere()
    const step = await askAccess(`http://localhost:${away.port}`, {
      nodeOptions: ['--import', localhostAt(outerAddress())],
    })
    expect(verdict(step)).toBe('ready')
    expect(step.annotations).toMatchObject([{ name: 'warning' }])
    expect(onlyMessage(step)).toContain('leads to another machine here')
    expect(away.received()).toBe('')
  })
})
