import { describe, expect, test } from '@jest/globals'
import { AUTHORIZATION, askAccess, KEYS, onlyMessage, webServer } from './access-step.js'

/** What GitHub keeps of an annotation's message. Characters. */
const LONGEST_MESSAGE = 4096

/** What this step prints as commands, whoever answers. */
const OWN_COMMANDS = ['add-mask', 'debug', 'error', 'warning', 'notice']

async function said(warning: unknown, status = 401, contentType = 'application/json') {
  const { url } = await webServer((_, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(JSON.stringify({ warning }))
  })
  return askAccess(url)
}

const hostile: readonly (readonly [what: string, text: string])[] = [
  ['a command', '::error::x'],
  ['a command on a line of its own', 'Hello\n::error::x'],
  ['a command after a carriage return', 'Hello\r::set-output name=a::b'],
  ['a command after both', 'Hello\r\n::add-mask::x\r\n'],
  ['a command behind white space', '   ::stop-commands::token'],
  ['the older form of a command', '##[add-mask]x'],
  ['the older form on a line of its own', 'Hello\n##[group]x'],
  ['an escaped line break', 'Hello%0A::error::x%0D%0A::warning::y'],
  ['a terminal escape', '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J'],
  ['a line separator', 'Hello\u2028::error::x\u2029::error::y'],
  ['bidirectional overrides', '\u202etxet desrever\u202c \u2066isolated\u2069'],
  ['zero-width characters between the colons', ':\u200b:error:\u200b:x'],
  ['a null byte', 'a\u0000b'],
  ['a next-line character', 'Hello\u0085::error::x'],
  ['a byte order mark', '\ufeff::error::x'],
  ['half of a surrogate pair', 'a\ud800b'],
  ['markup', '<img src=x onerror=alert(1)> [link](https://evil.example) `code` | a | b |'],
  ['three colons', ':::error:::x'],
  ['many colons', ':'.repeat(200)],
  ['one hundred kilobytes', 'x'.repeat(100_000)],
  ['as much as is still read', 'y'.repeat(60_000)],
  ['pairs of code units at the end', '\u{1F600}'.repeat(5000)],
]

describe('the words of a server can say', () => {
  test.each(hostile)('%s without any harm', async (_, text) => {
    for (const status of [401, 403, 503]) {
      const step = await said(text, status)
      const lines = step.stdout.split(/\r\n|[\r\n\u0085\u2028\u2029]/)
      // No command but our own, and no line that is neither ours nor a command.
      expect(step.commands.filter(({ name }) => !OWN_COMMANDS.includes(name))).toEqual([])
      expect(step.annotations.filter(({ name }) => name === 'error')).toHaveLength(1)
      expect(step.commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message)).not.toContain('x')
      expect(lines.filter((line) => line.includes('##['))).toEqual([])
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
      expect(step.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
      const message = onlyMessage(step)
      expect(message.length).toBeLessThan(LONGEST_MESSAGE)
      expect(message.isWellFormed()).toBe(true)
      expect(message).not.toMatch(/^\s*::/m)
    }
  })

  test('something useful', async () => {
    const step = await said('Your licence has expired.')
    expect(onlyMessage(step)).toContain('“Your licence has expired.”')
  })

  test.each([[null], [42], [{ nested: 'text' }], [['list']], [true]])('%j, which is no text', async (value) => {
    expect(onlyMessage(await said(value))).not.toContain('“')
  })
})

describe('a server that repeats what it was sent shows none of it', () => {
  const { publicKey, privateKey } = KEYS
  const pair = AUTHORIZATION.replace('Basic ', '')
  // Every run ends with a search of everything printed for every form of the keys.
  test.each<[string, string]>([
    ['the header', AUTHORIZATION],
    ['the pair', pair],
    ['the pair, decoded', `${publicKey}:${privateKey}`],
    ['the private key', `Your private key is ${privateKey}.`],
    ['the public key', `Your public key is ${publicKey}.`],
    ['the keys the other way round', Buffer.from(`${privateKey}:${publicKey}`).toString('base64')],
    ['the private key alone in base64', Buffer.from(privateKey).toString('base64')],
    ['the private key behind a colon in base64', Buffer.from(`:${privateKey}`).toString('base64')],
    ['the private key in capitals', privateKey.toUpperCase()],
    ['the keys with invisible characters in between', [...privateKey].join('\u200b')],
    ['the keys with line breaks in between', privateKey.replace(/(.{8})/g, '$1\n')],
    ['the end of the private key at the limit of the text', `${'x'.repeat(230)}${privateKey}`],
    ['the pair in a URL', `https://${publicKey}:${privateKey}@repo.magento.com/`],
  ])('%s', async (_, text) => {
    for (const status of [401, 403, 503]) {
      const step = await said(text, status)
      expect(step.outputs.status).toBe('problems')
      const shown = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
      expect(shown.join('\n').toLowerCase()).not.toContain(privateKey)
      expect(step.summary.toLowerCase()).not.toContain(privateKey)
    }
  })

  test('in a status line, in headers, or in a body that is no JSON', async () => {
    const { url } = await webServer(({ headers }, response) => {
      const echo = String(headers.authorization)
      response.writeHead(403, echo, { 'x-echo': echo, 'content-type': 'text/html' }).end(`<p>${echo}</p>`)
    })
    expect((await askAccess(url)).outputs.problem).toBe('access-forbidden')
  })

  test('in a body of status 200', async () => {
    const { url } = await webServer(({ headers }, response) => response.end(`${headers.authorization}`))
    expect((await askAccess(url)).outputs.problem).toBe('unexpected-answer')
  })
})
