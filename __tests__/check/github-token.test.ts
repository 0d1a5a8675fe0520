import { expect, test } from '@jest/globals'
import { problems } from '../server/access-step.js'
import { type GitHubRun, runWithGitHub, TOKEN } from './github-lock.js'

async function run(options: GitHubRun) {
  const { step, asked } = await runWithGitHub(options)
  const found = problems(step).filter(([code]) => code.startsWith('github'))
  return { step, asked, found, message: messageOf(step) }
}

function messageOf({ annotations }: { annotations: readonly { message: string; properties: object }[] }): string {
  return annotations.find(({ message }) => message.includes('api.github.com'))?.message ?? ''
}

test('a good token with enough requests is asked about once, and nothing is said', async () => {
  const { asked, found } = await run({ remaining: 3 })
  expect(asked).toEqual([`api.github.com/rate_limit token ${TOKEN}`])
  expect(found).toEqual([])
})

test('fewer requests left than archives: how many, until when, and the token of the job', async () => {
  const { found, message } = await run({ remaining: 2 })
  expect(found).toEqual([['github-token-insufficient', 'warning']])
  expect(message).toMatch(
    /^With the token in `composer-auth`, 2 of 5000 requests to GitHub are left until \d\d:\d\d UTC, but composer\.lock has 3 archives/,
  )
  expect(message).toContain('${{ toJSON(github.token) }}')
})

test.each([
  ['2.8.0', true, 'warning', 'Composer then clones the packages'],
  ['2.8.0', false, 'error', 'Composer then stops.'],
  ['2.11.0', true, 'error', 'Composer then stops.'],
  [undefined, true, 'warning', 'Composer up to 2.9 then clones the packages; newer ones stop.'],
])('a rejected token with Composer %s, source: %s', async (composer, source, severity, says) => {
  const options = { token: 'ghp_old0123456789', source, ...(composer === undefined ? {} : { composer }) }
  const { asked, found, message } = await run(composer === undefined ? { ...options, composer: '' } : options)
  expect(asked).toHaveLength(1)
  expect(found).toEqual([['github-token-insufficient', severity]])
  expect(message).toMatch(/^GitHub rejects the token in `composer-auth` \(HTTP 401\)/)
  expect(message).toContain(says)
  expect(message).toContain('Composer would say: Could not authenticate against github.com')
})

test('a token from a file is named with its line', async () => {
  const { step, found, message } = await run({ token: 'ghp_old0123456789', place: 'auth.json' })
  expect(found).toEqual([['github-token-insufficient', 'warning']])
  expect(message).toMatch(/^GitHub rejects the token from auth\.json/)
  const problem = JSON.parse(step.outputs.problems ?? '[]').find((one: { host: string }) => one.host === 'github.com')
  expect(problem).toMatchObject({ file: 'auth.json', line: 3 })
})

test('a pair whose password says that it is a token is one', async () => {
  const auth = (token: string) => ({ 'http-basic': { 'github.com': { username: token, password: 'x-oauth-basic' } } })
  const { asked } = await run({ auth })
  expect(asked).toEqual([`api.github.com/rate_limit token ${TOKEN}`])
})

test('what Composer sends beside a token is not asked about', async () => {
  const auth = (token: string) => ({
    'github-oauth': { 'github.com': token },
    'http-basic': { 'github.com': { username: 'shop', password: 'a-password-of-ours' } },
  })
  expect((await run({ auth })).asked).toEqual([])
})

test('without a token, more archives than GitHub gives to nobody are a notice, and nobody is asked', async () => {
  const { asked, found, message } = await run({ archives: 61, place: 'nowhere' })
  expect(asked).toEqual([])
  expect(found).toEqual([['github-token-insufficient', 'notice']])
  expect(message).toMatch(/^composer\.lock has 61 archives at api\.github\.com/)
  expect((await run({ archives: 60, place: 'nowhere' })).found).toEqual([])
})

test.each([
  ['no archive of the lock is there', { url: 'https://codeload.github.com' }],
  ['another host looks like it', { url: 'https://api.github.com.example.org' }],
  ['they are for development, and that is left out', { dev: true }],
  ['there is none', { archives: 0 }],
])('nothing is asked where %s', async (_, options) => {
  expect((await run(options)).asked).toEqual([])
})

test('the token goes to api.github.com only', async () => {
  for (const location of ['https://github.com/rate_limit', 'https://codeload.github.com/rate_limit']) {
    const { asked, found } = await run({ answer: { status: 302, location } })
    expect(asked).toEqual([
      `api.github.com/rate_limit token ${TOKEN}`,
      expect.stringMatching(/^(?:codeload\.)?github\.com\/rate_limit without$/),
    ])
    expect(found).toEqual([])
  }
})

test('what GitHub answers otherwise says nothing of a token', async () => {
  for (const status of [403, 404, 500]) expect((await run({ answer: { status } })).found).toEqual([])
})
