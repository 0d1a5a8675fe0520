import { describe, expect, test } from '@jest/globals'
import { askAccess, rawServer, verdict } from './access-step.js'
import { besideComposer, bothSay, projectWith } from './beside-composer.js'

const PACKAGES = JSON.stringify({
  packages: {
    'magento/framework': { '1.0.0': { name: 'magento/framework', version: '1.0.0', type: 'metapackage' } },
  },
})
const GOOD = `HTTP/1.1 200 OK\r\ncontent-length: ${PACKAGES.length}\r\n\r\n${PACKAGES}`
const UPGRADE = 'upgrade: h2c\r\nconnection: upgrade\r\n'

/** A server that answers every request with the same text. */
const answering = (text: string) => rawServer((socket) => socket.once('data', () => socket.end(text)))

describe('an answer before the answer', () => {
  test.each([
    ['100 and 103', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${GOOD}`],
    ['one with a number that nobody knows', `HTTP/1.1 199 What\r\n\r\n${GOOD}`],
    ['an offer to change the protocol', GOOD.replace('content-length', `${UPGRADE}content-length`)],
  ])('%s is passed over', async (_, text) => {
    const { url } = await answering(text)
    const run = await besideComposer(url, projectWith(url, { 'secure-http': false }))
    expect(run).toMatchObject(bothSay('ready'))
  })

  test.each([
    ['a repository', GOOD.replace('200 OK\r\n', `101 Switching Protocols\r\n${UPGRADE}`), 'ready'],
    ['nothing', `HTTP/1.1 101 Switching Protocols\r\n${UPGRADE}\r\n`, 'unexpected-answer'],
  ])('101 changes nothing, since nobody asked for it: behind it is %s', async (_, text, word) => {
    const { url } = await answering(text)
    const run = await besideComposer(url, projectWith(url, { 'secure-http': false }))
    expect(run).toMatchObject(bothSay(word))
    expect(run.step.milliseconds).toBeLessThan(10_000)
  })

  test('101 of a proxy is a refusal', async () => {
    const { url } = await answering(`HTTP/1.1 101 Switching Protocols\r\n${UPGRADE}\r\n`)
    expect(verdict(await askAccess('https://repo.magento.com/', { env: { https_proxy: url } }))).toBe('proxy-failed')
  })

  test('without end is none', async () => {
    const { url } = await rawServer((socket) => {
      const flood = () => {
        while (socket.writable && socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(100)));
      }
      socket.on('drain', flood).once('data', flood)
    })
    const step = await askAccess(url, { inputs: { timeout: '2' } })
    expect(['repository-unreachable', 'unexpected-answer']).toContain(verdict(step))
    expect(step.milliseconds).toBeLessThan(12_000)
  })
})
