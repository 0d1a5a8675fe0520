import { describe, expect, test } from '@jest/globals'
import { accounts, createAccount, createPackage } from '../../testing/catalogue.mjs'
import { writeFiles } from '../action/in-workflow.js'
import { startJob } from '../action/run-action.js'
import { onlyMessage, problems, repository } from '../server/access-step.js'

/** What stands in the place of credentials for a vendor's host, of which no form is known. */

const PASSWORD = 'a "quoted" $pass word: really?'
const odd = { ...createAccount('odd'), publicKey: 'shop@example.org', privateKey: PASSWORD }

async function run(pair: { username: string; password: string }, place: 'composer-auth' | 'auth.json') {
  const main = await repository()
  const vendor = await repository({ packages: [createPackage('team/module-a', '1.0.0')], accounts: { odd } })
  const job = startJob()
  const project = {
    require: { 'magento/framework': '*', 'team/module-a': '*' },
    repositories: [main, vendor].map(({ url }): unknown => ({ type: 'composer', url })),
    config: { 'secure-http': false },
  }
  project.repositories.push({ 'packagist.org': false })
  const document = JSON.stringify({ 'http-basic': { [vendor.origin]: pair } }, null, 4)
  writeFiles(job, {
    'composer.json': JSON.stringify(project, null, 4),
    ...(place === 'auth.json' ? { 'auth.json': document } : {}),
  })
  const { publicKey, privateKey } = accounts.openSource
  const inputs = { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': main.url, retries: '0' }
  return job.main({ inputs: place === 'auth.json' ? inputs : { ...inputs, 'composer-auth': document } })
}

describe('refused, they are told from wrong ones', () => {
  test.each([
    ['a variable of the shell', '$HYVA_TOKEN', /the name of a shell variable/],
    ['a variable in braces', '${HYVA_TOKEN}', /the name of a shell variable/],
    ['a parameter of a container', '%env(HYVA_TOKEN)%', /the name of a shell variable/],
    ['an expression', 'secrets.HYVA_TOKEN', /an expression that GitHub did not evaluate/],
    ['a dollar sign too many', `$${'a'.repeat(20)}-`, /begins with a dollar sign/],
    ['quotation marks', '"abcdefgh12345678"', /begins or ends with a quotation mark/],
    ['a line break', 'abcdefgh\nijklmnop', /has a line break inside/],
    ['a placeholder', '<password>', /holds a placeholder/],
    ['user and password in one', 'shop:abcdefgh1234', /two values joined by a colon/],
    ['dots from a page', '••••••••••••', /copied from a page or log/],
  ])('%s', async (_, password, says) => {
    const step = await run({ username: 'token', password }, 'composer-auth')
    expect(problems(step)).toEqual([['keys-malformed', 'error']])
    expect(onlyMessage(step)).toMatch(/^In `composer-auth`, `password` of 127\.0\.0\.1:\d+ /)
    expect(onlyMessage(step)).toMatch(says)
    expect(onlyMessage(step)).toContain('It is rejected (HTTP 401).')
  })

  test('in the project’s auth.json, on its line', async () => {
    const step = await run({ username: '<username>', password: '<password>' }, 'auth.json')
    expect(problems(step)).toContainEqual(['keys-malformed', 'error'])
    const [{ message = '', properties = {} } = {}] = step.annotations
    expect(message).toMatch(/^In auth\.json, `username` of 127\.0\.0\.1:\d+ holds a placeholder/)
    expect(properties).toMatchObject({ file: 'auth.json', line: '3' })
  })

  test('what is merely wrong is', async () => {
    const step = await run({ username: 'token', password: 'abcdefgh12345678' }, 'composer-auth')
    expect(problems(step)).toEqual([['keys-rejected', 'error']])
  })
})

test('what the host takes is a credential, whatever it looks like', async () => {
  const step = await run({ username: odd.publicKey, password: PASSWORD }, 'composer-auth')
  expect(step.annotations).toEqual([])
  expect(step.exitStatus).toBe(0)
})

describe('with check: off, where no host is asked', () => {
  const given = async (entry: unknown, more: Readonly<Record<string, string>> = {}) => {
    const job = startJob()
    const auth = JSON.stringify({ 'http-basic': { 'repo.example.org': entry } })
    return job.main({ inputs: { check: 'off', 'composer-auth': auth, ...more } })
  }
  test.each([
    ['a placeholder', '<password>', /holds a placeholder/],
    ['a variable of the shell', '$HYVA_TOKEN', /the name of a shell variable/],
    ['quotation marks', '"abcdefgh12345678"', /begins or ends with a quotation mark/],
  ])('%s is a warning', async (_, password, says) => {
    const { publicKey, privateKey } = accounts.openSource
    const keys = { 'public-key': publicKey, 'private-key': privateKey }
    const step = await given({ username: 'token', password }, keys)
    expect(problems(step)).toEqual([['keys-malformed', 'warning']])
    expect(onlyMessage(step)).toMatch(/^In `composer-auth`, `password` of repo\.example\.org /)
    expect(onlyMessage(step)).toMatch(says)
  })

  test('what some passwords look like is none', async () => {
    const { publicKey, privateKey } = accounts.openSource
    const keys = { 'public-key': publicKey, 'private-key': privateKey }
    for (const password of [PASSWORD, '$ecret-0123', 'user:0123456789', 'glpat-0123456789']) {
      expect(problems(await given({ username: 'token', password }, keys))).toEqual([])
    }
  })
})
