import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { listing } from '../credentials/folder.js'
import { FIRST, SECOND } from '../credentials/keys.js'
import { startJob } from './run-action.js'

const HOST = 'repo.magento.com'
const SECRET = 'a secret of a vendor'
const document = {
  'http-basic': {
    'hyva.example': { username: 'token', password: 'hyva-password-1' },
    'amasty.example': { username: SECOND.username, password: SECOND.password },
  },
  bearer: { 'bearer.example': 'bearer-token-12345' },
  'custom-headers': { 'headers.example': ['API-Token: header-value-1', 'Authorization: Bearer header-token-2'] },
  'client-certificate': {
    'cert.example': { local_cert: '/etc/cert.pem', local_pk: '/etc/key.pem', passphrase: 'pass phrase 42' },
  },
  'gitlab-token': { 'gitlab.example': { username: 'somebody', token: 'gitlab-token-1' } },
  'gitlab-domains': ['gitlab.example'],
}
const secretsOfDocument = [
  'hyva-password-1',
  SECOND.username,
  SECOND.password,
  'bearer-token-12345',
  'header-value-1',
  'Bearer header-token-2',
  'header-token-2',
  'pass phrase 42',
  'gitlab-token-1',
]
const keys = { 'public-key': FIRST.username, 'private-key': FIRST.password, check: 'off' }

describe('composer-auth', () => {
  test('is merged host by host, other entries stay, and all of it goes after the job', async () => {
    const job = startJob()
    mkdirSync(dirname(job.authFile), { recursive: true })
    const found = {
      'http-basic': {
        'hyva.example': { username: 'old', password: 'old' },
        'x.example': { username: 'x', password: 'x' },
      },
    }
    writeFileSync(job.authFile, JSON.stringify(found, null, 2))
    const before = listing(job.root)
    const main = await job.main({
      inputs: { ...keys, 'composer-auth': JSON.stringify(document, null, 2) },
      secrets: secretsOfDocument,
    })
    expect(main.exitStatus).toBe(0)
    expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toEqual({
      ...document,
      'http-basic': { 'x.example': { username: 'x', password: 'x' }, ...document['http-basic'], [HOST]: FIRST },
    })
    await job.post(main)
    expect(listing(job.root)).toEqual(before)
  })

  test('only what is ours goes where another step wrote in between', async () => {
    const job = startJob()
    const main = await job.main({ inputs: { ...keys, 'composer-auth': JSON.stringify(document) } })
    const now = JSON.parse(readFileSync(job.authFile, 'utf8'))
    now.bearer['bearer.example'] = 'another token'
    now['github-oauth'] = { 'github.com': 'gh' }
    writeFileSync(job.authFile, JSON.stringify(now))
    await job.post(main)
    const left = JSON.parse(readFileSync(job.authFile, 'utf8'))
    expect(left.bearer).toEqual({ 'bearer.example': 'another token' })
    expect(left['github-oauth']).toEqual({ 'github.com': 'gh' })
    // Sections that others may have seen stay, with nothing in them.
    for (const section of ['http-basic', 'custom-headers', 'client-certificate', 'gitlab-token'])
      expect(left[section]).toEqual({})
    expect(left).not.toHaveProperty('gitlab-domains')
  })

  test('every secret in it is masked, by itself and in the pair, and no name of somebody', async () => {
    const job = startJob()
    const { masks } = await job.main({ inputs: { ...keys, 'composer-auth': JSON.stringify(document) } })
    expect(masks).toEqual(expect.arrayContaining(secretsOfDocument))
    expect(masks).toContain(Buffer.from('token:hyva-password-1').toString('base64'))
    for (const word of ['token', 'somebody', '/etc/cert.pem', 'hyva.example', JSON.stringify(document)])
      expect(masks).not.toContain(word)
    expect(Math.min(...masks.map(({ length }) => length))).toBeGreaterThanOrEqual(8)
  })

  test('has the keys where none are given', async () => {
    const job = startJob()
    const entry = { [HOST]: SECOND, 'a.example': { username: 'u', password: 'p' } }
    const main = await job.main({
      inputs: { 'composer-auth': JSON.stringify({ 'http-basic': entry }), check: 'off' },
      secrets: [SECOND.password],
    })
    expect(main.outputs.status).toBe('ready')
    expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toEqual({ 'http-basic': entry })
  })

  test('yields to given keys for their host, whatever its section', async () => {
    const job = startJob()
    const others = {
      'http-basic': { [HOST]: SECOND },
      bearer: { [HOST]: 'a bearer token' },
      'custom-headers': { [HOST]: ['X: a header of mine'] },
    }
    await job.main({ inputs: { ...keys, 'composer-auth': JSON.stringify(others) }, secrets: [SECOND.password] })
    expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toEqual({ 'http-basic': { [HOST]: FIRST } })
  })

  test.each([
    ['warn', 'skipped'],
    ['ignore', 'skipped'],
  ])('without keys for the host and with if-keys-missing: %s nothing is written', async (mode, status) => {
    const job = startJob()
    const main = await job.main({
      inputs: { 'composer-auth': JSON.stringify(document), 'if-keys-missing': mode, check: 'off' },
    })
    expect(main.outputs.status).toBe(status)
    expect(listing(job.home)).toEqual([])
  })

  test('half a pair is an error, and nothing is written', async () => {
    const job = startJob()
    const main = await job.main({
      inputs: { 'public-key': FIRST.username, 'composer-auth': JSON.stringify({ 'http-basic': { [HOST]: SECOND } }) },
      secrets: [SECOND.password],
    })
    expect(main.outputs.problem).toBe('keys-missing')
    expect(listing(job.home)).toEqual([])
  })

  test('$schema is for editors, and an empty document holds nothing', async () => {
    for (const text of ['{"$schema": "https://getcomposer.org/schema.json"}', '{}', '[]', ' \n']) {
      const job = startJob()
      const main = await job.main({ inputs: { ...keys, 'composer-auth': text } })
      expect(main.exitStatus).toBe(0)
      expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toEqual({ 'http-basic': { [HOST]: FIRST } })
    }
  })
})

describe('a document that cannot be taken is explained, without a piece of it', () => {
  const basic = `{"http-basic": {"a.example": {"username": "u", "password": "${SECRET}"}}}`
  test.each([
    ['a byte order mark', `\uFEFF${basic}`, /begins with a byte order mark \(U\+FEFF\)/],
    ['single quotes around it', `'${basic}'`, /is wrapped in single quotes/],
    ['single quotes inside', basic.replaceAll('"', "'"), /single quotes instead of double quotes at line 1, column 2/],
    ['a comma too many', basic.replace('}}}', '}},}'), /an extra comma at line 1, column \d+/],
    ['cut off', basic.slice(0, -4), /is not JSON at line 1, column \d+/],
    [
      'a line break inside a password',
      basic.replace('secret of', 'secret\nof'),
      /goes on over the end of a line at line 1/,
    ],
    [
      'a quotation mark inside a password',
      basic.replace('secret of', 'secret"of'),
      /a quotation mark inside a key or password at line 1, column \d+ ends it too early[\s\S]*toJSON\(secrets\.NAME\)/,
    ],
    [
      'a quotation mark at the end of a password',
      basic.replace('vendor"', 'vendor""'),
      /a quotation mark inside a key or password/,
    ],
    ['a comma that is missing', basic.replace('"u",', '"u"\n'), /is not JSON at line 2, column 2/],
    ['JSON in a JSON text', JSON.stringify(basic), /is a text in quotation marks, not JSON/],
    ['a list', `[${basic}]`, /is a list/],
    ['a number', '42', /is JSON, but not an object/],
    ['config around it', `{"config": ${basic}}`, /wraps everything in `config` at line 1, column 12/],
    [
      'a host in the place of a section',
      `{"a.example": {"username": "u", "password": "${SECRET}"}}`,
      /not a section that Composer knows/,
    ],
    ['a misspelt section', basic.replace('http-basic', 'httpBasic'), /not a section that Composer knows/],
    ['an entry as a text', `{"http-basic": {"a.example": "u:${SECRET}"}}`, /section `http-basic` at line 1, column 30/],
    ['a missing password', `{"http-basic": {"a.example": {"username": "${SECRET}"}}}`, /section `http-basic`/],
    [
      'a number as password',
      '{"http-basic": {"a.example": {"username": "u", "password": 12345678}}}',
      /section `http-basic`/,
    ],
    ['a section as a text', `{"bearer": "${SECRET}"}`, /section `bearer`/],
    ['a header without a colon', `{"custom-headers": {"a.example": ["${SECRET}"]}}`, /a list of headers/],
    [
      'a certificate without a file',
      `{"client-certificate": {"a.example": {"passphrase": "${SECRET}"}}}`,
      /local_cert/,
    ],
    ['a forgejo token as a text', `{"forgejo-token": {"a.example": "${SECRET}"}}`, /section `forgejo-token`/],
    ['nested beyond what PHP reads', `{"x": ${'['.repeat(600)}${']'.repeat(600)}}`, /is nested too deeply/],
  ])('%s', async (_, text, says) => {
    const job = startJob()
    const main = await job.main({ inputs: { ...keys, 'composer-auth': text }, secrets: [SECRET] })
    expect(main.exitStatus).toBe(1)
    expect(main.annotations).toHaveLength(1)
    expect(main.annotations[0]?.properties.title).toBe('An input is invalid')
    expect(main.annotations[0]?.message).toMatch(/^The input `composer-auth` /)
    expect(main.annotations[0]?.message).toMatch(says)
    expect(main.stdout).not.toMatch(/\n\s+at .*\.js:/)
    expect(listing(job.root).filter((line) => line.includes('auth.json'))).toEqual([])
  })

  test('what may be secret in it is masked all the same', async () => {
    const job = startJob()
    for (const text of [`'${basic}'`, `\uFEFF${basic}`, basic.slice(0, -3), `{"config": ${basic}}`]) {
      const { masks } = await job.main({ inputs: { ...keys, 'composer-auth': text } })
      expect(masks).toContain(SECRET)
    }
  })
})
