import { beforeAll, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import type { RepositoryOptions } from '../../testing/repository.mjs'
import { inputsFor } from '../action/step-inputs.js'
import { askAccess, KEYS, problems, proxy, repository, verdict } from './access-step.js'
import { type ServerCertificate, serverCertificate } from './certificates.js'

const ADOBE = 'https://repo.magento.com/'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

/** The step against a test repository that stands, behind a proxy, in the place of repo.magento.com. */
async function atAdobe(publicKey: string, privateKey: string, options: RepositoryOptions = {}) {
  const server = await repository({ ...options, tls: certificate.server, publicUrl: ADOBE })
  const way = await proxy({ resolve: { 'repo.magento.com': { host: server.host, port: server.port } } })
  const step = await askAccess(ADOBE, {
    inputs: inputsFor(ADOBE, { publicKey, privateKey }, { retries: '2' }),
    env: { https_proxy: way.url, COMPOSER_CAFILE: certificate.caFile },
  })
  return { server, step, problems: problems(step) }
}

test('keys of another length that are accepted are a warning', async () => {
  const account = { publicKey: 'a1'.repeat(15).concat('f'), privateKey: 'b2'.repeat(16) }
  const { step, problems } = await atAdobe(account.publicKey, account.privateKey, {
    accounts: { odd: { ...account, entitlements: new Set(['open-source']) } },
  })
  expect(account.publicKey).toHaveLength(31)
  expect(problems).toEqual([['keys-malformed', 'warning']])
  expect(verdict(step)).toBe('ready')
  expect(step.annotations.map(({ name }) => name)).toEqual(['warning'])
})

test('keys of another length that are rejected are one problem, which says both', async () => {
  const { step, problems } = await atAdobe(KEYS.publicKey, KEYS.privateKey.slice(1))
  expect(problems).toEqual([['keys-malformed', 'error']])
  expect(step.annotations[0]?.message).toContain('It is rejected (HTTP 401).')
  expect(verdict(step)).toBe('keys-malformed')
})

test.each([
  [1, 'has 1 character instead of 32.', 'This is something else'],
  [31, 'has 31 characters', 'A part of it was probably lost when it was copied.'],
  [33, 'has 33 characters', 'Something before or after it was probably copied too.'],
  [36, 'has 36 characters', 'A UUID, which is another kind of id, has 36.'],
  [64, 'has 64 characters', 'Two keys were saved in one secret, or one key twice.'],
  [100, 'has 100 characters', 'This is something else'],
])('a length of %d: how many, and what usually causes it', async (length, says, cause) => {
  const { step } = await atAdobe(KEYS.publicKey, 'qz'.repeat(50).slice(0, length))
  const message = step.annotations[0]?.message ?? ''
  expect(message).toContain(`\`private-key\` ${says}`)
  expect(message).toContain(cause)
})

test('rejected keys: what that can mean, that it may be an outage, how to get a pair, where an old one hides', async () => {
  const { step } = await atAdobe('0'.repeat(31).concat('1'), '2'.repeat(31).concat('3'))
  const message = step.annotations[0]?.message ?? ''
  for (const words of ['wrong, disabled or deleted', 'enable it', 'create a new pair', 'worked yesterday', 'outages']) {
    expect(message).toContain(words)
  }
  // What chooses no step is for the summary alone.
  const order = ['an old pair', 'disabled or deleted one', 'mistyped', 'different pairs']
  const places = ['auth.json beside composer.json', 'COMPOSER&#95;AUTH', 'config', 'config.json']
  for (const words of [...order, ...places]) expect(step.summary).toContain(words)
  expect(message).not.toContain('auth.json beside')
  expect(step.summary.match(/https:\/\/experienceleague\.adobe\.com[^"]+authentication-keys"/g)).toHaveLength(1)
  expect(`${message}${step.summary}`).not.toContain('devdocs')
  expect(message.length).toBeLessThan(900)
})

test('the same length says nothing at another host', async () => {
  const server = await repository()
  const step = await askAccess(server.url, { inputs: { 'private-key': KEYS.privateKey.slice(1) } })
  expect(verdict(step)).toBe('keys-rejected')
  expect(JSON.parse(step.outputs.problems ?? '[]')).toHaveLength(1)
})

test('an e-mail address for a user name that is rejected is one problem, which says both', async () => {
  const { server, step, problems } = await atAdobe('somebody@example.com', KEYS.privateKey)
  expect(problems).toEqual([['keys-malformed', 'error']])
  expect(step.annotations[0]?.message).toContain('It is rejected (HTTP 401).')
  expect(step.annotations.map(({ name }) => name)).toEqual(['error'])
  expect(server.requests).toHaveLength(1)
})

test('swapped keys are recognised with two requests', async () => {
  const { server, step, problems } = await atAdobe(KEYS.privateKey, KEYS.publicKey)
  expect(problems).toEqual([['keys-swapped', 'error']])
  expect(verdict(step)).toBe('keys-swapped')
  expect(server.requests.map(({ credentials }) => credentials)).toEqual([
    { username: KEYS.privateKey, password: KEYS.publicKey },
    { username: KEYS.publicKey, password: KEYS.privateKey },
  ])
})

test('wrong keys are asked for the other way round once, and stay rejected', async () => {
  const { server, step } = await atAdobe('0'.repeat(31).concat('1'), '2'.repeat(31).concat('3'))
  expect(verdict(step)).toBe('keys-rejected')
  expect(server.requests).toHaveLength(2)
})

test('the other way round is not asked for again when it fails for another reason', async () => {
  const server = await repository()
  const body = JSON.stringify({ warning: 'Your Magento authentication keys are invalid.' })
  server.faults.order('/packages.json', { kind: 'status', status: 401, body }, { times: 1 })
  server.faults.order('/packages.json', { kind: 'status', status: 503 })
  const step = await askAccess(server.url, { inputs: { retries: '3' } })
  expect(verdict(step)).toBe('keys-rejected')
  expect(server.requests).toHaveLength(2)
})

test('keys that another host called invalid are not tried the other way round', async () => {
  const target = await repository()
  const body = JSON.stringify({ warning: 'Your Magento authentication keys are invalid.' })
  target.faults.order('/packages.json', { kind: 'status', status: 401, body })
  const server = await repository()
  server.faults.order('/packages.json', { kind: 'redirect', location: `${target.url}/packages.json` })
  const step = await askAccess(server.url)
  expect(verdict(step)).toBe('unexpected-answer')
  expect([server.requests.length, target.requests.length]).toEqual([1, 1])
})

test('keys that never arrived are not called wrong', async () => {
  const server = await repository()
  const body = JSON.stringify({ warning: "You haven't provided your Magento authentication keys." })
  server.faults.order('/packages.json', { kind: 'status', status: 401, body })
  expect(verdict(await askAccess(server.url))).toBe('keys-not-received')
  expect(server.requests).toHaveLength(1)
})

test('disabled keys are rejected', async () => {
  const { disabled } = accounts
  const { step } = await atAdobe(disabled.publicKey, disabled.privateKey)
  expect(verdict(step)).toBe('keys-rejected')
})
