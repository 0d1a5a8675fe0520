import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startJob } from './run-action.js'

const PUBLIC = '0123456789abcdef0123456789abcd01'
const PRIVATE = 'fedcba9876543210fedcba98765432f1'

async function masksOf(publicKey: string, privateKey: string): Promise<string[]> {
  const secrets = [PUBLIC, PRIVATE].filter((key) => [publicKey, privateKey].some((text) => text.includes(key)))
  const { masks } = await startJob().main({
    inputs: { 'public-key': publicKey, 'private-key': privateKey, check: 'off' },
    secrets,
  })
  // The runner masks every line of what it is given: none may be a word, or the log becomes unreadable.
  for (const line of masks.flatMap((mask) => mask.split(/[\r\n]/))) {
    expect(line.replace(/^[\s\u200B]+|[\s\u200B]+$/g, '').length).toBeGreaterThanOrEqual(8)
  }
  return masks
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

test('a pair: both halves, and the two joined', async () => {
  expect((await masksOf(PUBLIC, PRIVATE)).sort()).toEqual([PUBLIC, PRIVATE, base64(`${PUBLIC}:${PRIVATE}`)].sort())
})

test.each([
  ['a line break', '', '\n'],
  ['a zero-width space', '\u200B', '\u200B'],
  ['a word joiner', '\u2060', ''],
  ['a byte order mark', '\uFEFF', ''],
  ['a no-break space and a tab', '\u00A0', '\t'],
  ['white space outside of a zero-width space', ' \u200B', '\u200B '],
])('keys in %s: as they came, and as they are used', async (_, before, after) => {
  const masks = await masksOf(`${before}${PUBLIC}${after}`, `${before}${PRIVATE}${after}`)
  expect(masks).toEqual(expect.arrayContaining([PUBLIC, PRIVATE, base64(`${PUBLIC}:${PRIVATE}`)]))
  // A line break is where the runner would cut the mask anyway.
  if (after !== '\n') expect(masks).toContain(`${before}${PRIVATE}${after}`)
})

test('several lines: each that is longer than a word', async () => {
  const masks = await masksOf(PUBLIC, `{not json\nshort\n  ${PRIVATE}\u200B\r\n}`)
  expect(masks).toEqual(expect.arrayContaining([PRIVATE, `  ${PRIVATE}\u200B`]))
  expect(masks.filter((mask) => mask.includes('short'))).toEqual([])
})

describe('a whole document in the place of a key is masked by its leaves', () => {
  const document = { 'http-basic': { 'repo.magento.com': { username: PUBLIC, password: PRIVATE, note: 'one\nto' } } }
  test.each([
    ['on one line', JSON.stringify(document)],
    ['on several', JSON.stringify(document, null, 2)],
    ['behind a byte order mark', `\uFEFF${JSON.stringify(document)}`],
    ['behind a zero-width space', `\u200B ${JSON.stringify(document, null, 2)}\n`],
    ['cut off', JSON.stringify(document).slice(0, JSON.stringify(document).indexOf(PRIVATE) + 32)],
    ['with a comma too many', JSON.stringify(document, null, 2).replace(/\n\}$/, ',\n}')],
  ])('%s', async (_, text) => {
    for (const [publicKey, privateKey] of [
      [PUBLIC, text],
      [text, PRIVATE],
    ] as const) {
      const masks = await masksOf(publicKey, privateKey)
      expect(masks).toEqual(expect.arrayContaining([PUBLIC, PRIVATE]))
      expect(masks.filter((mask) => /[{}"]|http-basic|username|one/.test(mask))).toEqual([])
    }
  })
})

test('a value that is a word is not masked, with white space around it neither', async () => {
  expect(await masksOf('token', 'word')).toEqual([base64('token:word')])
  const padded = await masksOf('token', ' \t word    \u200B\n')
  expect(padded.filter((mask) => mask.includes('word'))).toEqual([])
})

describe('what the runner prints at the head of every later step is masked', () => {
  const others = {
    'github-oauth': { 'github.com': 'ghp_0123456789abcdef' },
    'gitlab-token': { 'gitlab.example.org': { username: 'shop', token: 'short' } },
  }
  const inputs = { 'public-key': PUBLIC, 'private-key': PRIVATE, check: 'off', 'auth-location': 'env' }

  test('with `auth-location: env` also what others had put into COMPOSER_AUTH, which is written anew', async () => {
    const job = startJob()
    const main = await job.main({ inputs, env: { COMPOSER_AUTH: JSON.stringify(others, null, 2) } })
    const exported = main.exported.COMPOSER_AUTH ?? ''
    expect(JSON.parse(exported)).toMatchObject(others)
    expect(main.masks).toContain('ghp_0123456789abcdef')
    // Holds what is too short for a mask of its own.
    expect(main.masks).toContain(exported)

    const changed = JSON.stringify({ ...JSON.parse(exported), bearer: { 'example.org': 'token-of-a-step' } })
    const post = await job.post(main, { env: { COMPOSER_AUTH: changed } })
    expect(post.exported.COMPOSER_AUTH).not.toContain(PRIVATE)
    expect(post.masks).toEqual(expect.arrayContaining(['token-of-a-step', post.exported.COMPOSER_AUTH]))
  })
})

test.each(['bearer', 'x-oauth-basic'])(
  'a token that stands as user name before the word %s is masked',
  async (word) => {
    const token = 'token/of-somebody'
    const job = startJob()
    mkdirSync(join(job.home, '.composer'))
    const pair = { 'http-basic': { 'repo.magento.com': { username: token, password: word } } }
    writeFileSync(job.authFile, JSON.stringify(word === 'bearer' ? { bearer: { 'repo.magento.com': token } } : pair))
    const { masks } = await job.main({ inputs: { check: 'off' }, secrets: [token] })
    expect(masks).toEqual(expect.arrayContaining([token, 'token\\/of-somebody', base64(`${token}:${word}`)]))
    expect(masks).not.toContain(word)
  },
)
