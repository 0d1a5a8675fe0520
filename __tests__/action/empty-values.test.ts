import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { accounts, createAccount, createPackage } from '../../testing/catalogue.mjs'
import { problems, repository } from '../server/access-step.js'
import { CI, eventOf, FROM_FORK, STEP, workflowWith, writeFiles } from './in-workflow.js'
import { startJob } from './run-action.js'

/** Values of `composer-auth` that come empty: secrets that the run does not see. */

const THEME = 'hyva-themes/magento2-default-theme'
const customer = { ...createAccount('customer'), publicKey: 'token' }

async function servers() {
  const main = await repository()
  const vendor = await repository({ protocol: 'v2', packages: [createPackage(THEME, '1.3.0')], accounts: { customer } })
  const project = {
    require: { 'magento/product-community-edition': '2.4.8', [THEME]: '^1.3' },
    repositories: [
      { type: 'composer', url: main.url },
      { type: 'composer', url: vendor.url },
      { 'packagist.org': false },
    ],
    config: { 'secure-http': false },
  }
  return { main, vendor, project }
}

interface Run {
  /** What the workflow's own file has below `composer-auth: |`; `HOST` is the vendor's. */
  readonly template: readonly string[]
  /** What arrives. */
  readonly document: string
  readonly fork?: boolean
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

async function run({ template, document, fork = false, inputs = {}, env = {} }: Run) {
  const { main, vendor, project } = await servers()
  const job = startJob()
  const at = (text: string) => text.replaceAll('HOST', vendor.origin).replaceAll('MAIN', main.origin)
  const lines = ['composer-auth: |', ...template.map((line) => `  ${at(line)}`)]
  writeFiles(job, {
    [CI]: workflowWith(['public-key: ${{ secrets.A }}', ...lines]),
    'composer.json': JSON.stringify(project, null, 4),
  })
  const { publicKey, privateKey } = accounts.openSource
  const result = await job.main({
    inputs: {
      'public-key': publicKey,
      'private-key': privateKey,
      'repository-url': main.url,
      'composer-auth': at(document),
      retries: '0',
      ...inputs,
    },
    env: {
      ...STEP,
      ...(fork ? { ...eventOf(job, FROM_FORK), GITHUB_EVENT_NAME: 'pull_request' } : {}),
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, at(value)])),
    },
  })
  const [{ message = '', properties = {} } = {}] = result.annotations
  return { job, main, vendor, result, message, place: `${properties.file}:${properties.line}` }
}

const QUOTED = [
  '{',
  '  "http-basic": {',
  '    "HOST": { "username": "token", "password": "${{ secrets.HYVA_TOKEN }}" }',
  '  }',
  '}',
]
const TO_JSON = QUOTED.map((line) => line.replace(/"(\$\{\{) (secrets\.HYVA_TOKEN) (\}\})"/, '$1 toJSON($2) $3'))
const HALF = '{"http-basic": {"HOST": {"username": "token", "password": ""}}}'

describe('an empty value in composer-auth is named, with its secret, on its line', () => {
  test.each([
    ['in quotation marks', QUOTED, HALF],
    ['with toJSON, which gives null', TO_JSON, HALF.replace('""', 'null')],
    ['behind a dollar sign too many', QUOTED.map((line) => line.replace('${{', '$${{')), HALF.replace('""', '"$"')],
  ])('%s', async (_, template, document) => {
    const { result, message, place } = await run({ template, document })
    expect(problems(result)).toEqual([['keys-missing', 'error']])
    expect(message).toMatch(/^In `composer-auth`, `password` of 127\.0\.0\.1:\d+ is empty \(HTTP 401\)\./)
    expect(message).toContain('The workflow takes it from `secrets.HYVA_TOKEN`.')
    expect(message).toContain('check that `HYVA_TOKEN` exists')
    expect(message).not.toMatch(/proxy|gateway|rejects/)
    expect(place).toBe(`${CI}:14`)
  })

  test('where nothing of an entry is left it is not written, and nothing is sent', async () => {
    const template = [
      '{"http-basic": {',
      '  "HOST": {"username": ${{ toJSON(secrets.U) }}, "password": ${{ toJSON(secrets.P) }}}}}',
    ]
    const document = '{"http-basic": {"HOST": {"username": null, "password": null}}}'
    const { job, vendor, result, message, place } = await run({ template, document })
    expect(problems(result)).toEqual([['keys-missing', 'error']])
    expect(message).toContain('`username` and `password` of')
    expect(message).toContain('from `secrets.U` and `secrets.P`')
    expect(message).toContain('required authentication (HTTP 401)')
    expect(place).toBe(`${CI}:13`)
    expect(readFileSync(job.authFile, 'utf8')).not.toContain(vendor.origin)
    expect(vendor.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })

  test('a token', async () => {
    const template = ['{"bearer": {"HOST": "${{ secrets.TOKEN }}"}}']
    const { result, message, place } = await run({ template, document: '{"bearer": {"HOST": ""}}' })
    expect(problems(result)).toEqual([['keys-missing', 'error']])
    expect(message).toContain('`token` of')
    expect(place).toBe(`${CI}:12`)
  })

  test('in a secret that is the whole document', async () => {
    const { main, vendor, project } = await servers()
    const job = startJob()
    writeFiles(job, {
      [CI]: workflowWith(['public-key: ${{ secrets.A }}', 'composer-auth: ${{ secrets.COMPOSER_AUTH }}']),
      'composer.json': JSON.stringify(project),
    })
    const { publicKey, privateKey } = accounts.openSource
    const inputs = {
      'public-key': publicKey,
      'private-key': privateKey,
      'repository-url': main.url,
      'composer-auth': HALF.replace('HOST', vendor.origin),
    }
    const { annotations } = await job.main({ inputs, env: STEP })
    expect(annotations[0]?.message).toContain('Save `COMPOSER_AUTH` again, with the value filled in.')
    expect(annotations[0]?.properties).toMatchObject({ file: CI, line: '11' })
  })

  test('a document of another commit is not taken for the one that came', async () => {
    const template = QUOTED.map((line) => line.replace('${{ secrets.HYVA_TOKEN }}', 'x${{ secrets.OTHER }}'))
    const { message, place } = await run({ template, document: HALF })
    expect(message).not.toContain('OTHER')
    expect(place).toMatch(/^composer\.json:/)
  })
})

describe('the keys in composer-auth', () => {
  const NO_KEYS = { 'public-key': '', 'private-key': '' }
  const template = [
    '{"http-basic": {"MAIN": {"username": "${{ secrets.PUBLIC }}", "password": "${{ secrets.PRIVATE }}"}}}',
  ]
  const document = '{"http-basic": {"MAIN": {"username": "", "password": ""}}}'

  test('both empty are missing keys, on their line', async () => {
    const { main, result, message, place } = await run({ template, document, inputs: NO_KEYS, fork: true })
    expect(problems(result)[0]).toEqual(['keys-missing', 'error'])
    expect(message).toContain(`In \`composer-auth\`, \`username\` and \`password\` of ${main.origin} are empty.`)
    expect(message).toContain('pull request from a fork')
    expect(message).toContain('Set `if-keys-missing: ignore`')
    expect(place).toBe(`${CI}:12`)
  })

  test.each([
    ['warn', [['keys-missing', 'warning']]],
    ['ignore', []],
  ])('if-keys-missing: %s is honoured', async (mode, found) => {
    const inputs = { ...NO_KEYS, 'if-keys-missing': mode }
    const { job, main, vendor, result } = await run({ template, document, inputs, fork: true })
    expect(result.exitStatus).toBe(0)
    expect(result.outputs.status).toBe('skipped')
    expect(problems(result)).toEqual(found)
    expect([...main.requests, ...vendor.requests]).toEqual([])
    expect(() => readFileSync(job.authFile)).toThrow('ENOENT')
  })

  test('one half empty is asked with, and the half is named', async () => {
    const inputs = { ...NO_KEYS, 'if-keys-missing': 'ignore' }
    const half = document.replace('""', JSON.stringify(accounts.openSource.publicKey))
    const { result, message } = await run({ template, document: half, inputs })
    expect(problems(result)).toContainEqual(['keys-missing', 'error'])
    expect(message).toContain('`password` of')
    expect(message).toContain('`secrets.PRIVATE`')
    expect(message).not.toContain('secrets.PUBLIC')
  })
})

test('an empty password that a server takes is none to complain about', async () => {
  const lax = { ...createAccount('lax'), publicKey: 'a-token-as-user-name', privateKey: '' }
  const main = await repository({ accounts: { lax } })
  const job = startJob()
  const auth = { 'http-basic': { [main.origin]: { username: lax.publicKey, password: '' } } }
  const inputs = { 'repository-url': main.url, 'composer-auth': JSON.stringify(auth), check: 'access' }
  const result = await job.main({ inputs })
  expect(result.annotations).toEqual([])
  expect(result.outputs.status).toBe('ready')
})

test('an empty token for GitHub, at which Composer stops, is not written', async () => {
  const document =
    '{"github-oauth": {"github.com": ""}, "http-basic": {"HOST": {"username": "token", "password": "x"}}}'
  const { job, message } = await run({ template: ['{}'], document, inputs: { check: 'off' } })
  expect(readFileSync(job.authFile, 'utf8')).not.toContain('github')
  expect(message).toContain('`token` of github.com is empty. The entry was left out')
})

test('empty values in COMPOSER_AUTH are named there', async () => {
  const env = { COMPOSER_AUTH: '{"http-basic": {"HOST": {"username": "", "password": ""}}}' }
  const { result, message } = await run({ template: ['{}'], document: '{}', env })
  expect(problems(result)).toEqual([['keys-missing', 'error']])
  expect(message).toMatch(/^In the variable `COMPOSER_AUTH`, `username` and `password` of /)
})

test('given keys that empty ones in COMPOSER_AUTH beat', async () => {
  const env = { COMPOSER_AUTH: '{"http-basic": {"MAIN": {"username": "", "password": ""}}}' }
  const { result, message } = await run({ template: ['{}'], document: '{}', env })
  expect(problems(result)).toContainEqual(['credentials-overridden', 'error'])
  expect(message).toContain('they are empty')
})
