import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { LINKS } from '../../src/problems/phrases.js'
import { accounts, createAccount, createPackage, packages } from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { rendered } from './rendered.js'
import { type Job, startJob } from './run-action.js'

let repository: Repository
const rich = createAccount('rich', {
  entitlements: ['commerce', 'b2b', 'cloud', 'acme/module-paid', 'vendor/module-one'],
})
beforeAll(async () => {
  const more = [createPackage('vendor/module-one', '1.0.0', { edition: 'marketplace' })]
  repository = await startRepository({ packages: [...packages, ...more], accounts: { ...accounts, rich } })
})
afterEach(() => repository.faults.clear())
afterAll(() => repository.close())

const PAGES = [...LINKS.values()]
const LARGEST_SUMMARY = 1024 * 1024

/** Elements that the summary is made of, with the attributes that they may have. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  h3: [],
  h4: [],
  p: [],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['align'],
  td: ['align'],
  code: [],
  wbr: [],
  blockquote: [],
  strong: [],
  ol: [],
  li: [],
  ul: [],
  details: [],
  summary: [],
  a: ['href'],
}
const DOCUMENTATION = /^https:\/\/github\.com\/acme\/magento-composer-auth\/blob\/v1\/docs\/problems\.md#[a-z-]+$/

function inputs(more: Record<string, string> = {}, { publicKey, privateKey } = accounts.openSource) {
  return {
    'public-key': publicKey,
    'private-key': privateKey,
    'repository-url': repository.url,
    retries: '0',
    timeout: '10',
    ...more,
  }
}

function run(job: Job, more: Record<string, string> = {}, keys = accounts.openSource) {
  const env = { GITHUB_ACTION_REPOSITORY: 'acme/magento-composer-auth', GITHUB_ACTION_REF: 'v1' }
  return job.main({ inputs: inputs(more, keys), env })
}

/** A project whose lock downloads these from the repository. */
function jobWithLock(names: readonly string[], folder = '.'): Job {
  const job = startJob()
  const shop = join(job.workspace, folder)
  mkdirSync(shop, { recursive: true })
  const repositories = [{ type: 'composer', url: repository.url }]
  const locked = names.map((name) => ({
    name,
    version: '1.0.0',
    type: 'magento2-module',
    dist: { type: 'zip', url: `${repository.url}/archives/${name}.zip` },
  }))
  writeFileSync(join(shop, 'composer.json'), JSON.stringify({ repositories, config: { 'secure-http': false } }))
  writeFileSync(join(shop, 'composer.lock'), JSON.stringify({ packages: locked, 'packages-dev': [] }, null, 1))
  return job
}

/** Everything in a summary is ours but its texts. */
function expectOwnMarkup(markdown: string, headings: number): string {
  const { elements, text } = rendered(markdown)
  for (const { name, attributes } of elements) {
    expect(Object.keys(OWN)).toContain(name)
    for (const attribute of Object.keys(attributes)) expect(OWN[name]).toContain(attribute)
    if (name === 'a' && !PAGES.includes(attributes.href ?? '')) expect(attributes.href).toMatch(DOCUMENTATION)
  }
  expect(elements.filter(({ name }) => name === 'h3' || name === 'h4')).toHaveLength(headings)
  return text
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['an image', '<img src=x onerror=alert(1)>'],
  ['a script', '<script>alert(1)</script>'],
  ['an end of our elements', '</code></details></table><h1>Owned</h1>'],
  ['a link', '[click](https://evil.example/) ![x](https://evil.example/x.png)'],
  ['a link by reference', '[click][1] [1]: https://evil.example/'],
  ['an address', 'see https://evil.example/login and www.evil.example and http://evil.example'],
  ['an e-mail address', 'write to me@evil.example or mailto:me@evil.example now'],
  ['an address in brackets', '<https://evil.example/>'],
  ['cells of a table', 'a | b | c || d'],
  ['an escaped pipe', 'a \\| b \\\\| c'],
  ['code', '`a` ``b`` ``` c'],
  ['half of code', 'a ` b'],
  ['emphasis', '**a** _b_ ~~c~~ ***d***'],
  ['a heading', '# Owned'],
  ['a list', '- one'],
  ['a number', '1. one'],
  ['a quotation', '> quoted'],
  ['a rule', '---'],
  ['references of characters', '&lt;img src=x&gt; &#60;b&#62; &amp;'],
  ['a comment', '<!-- hidden'],
  ['a mention', '@everybody #1 GH-1 acme/shop#1'],
  ['mathematics', '$$x$$ $`y`$'],
  ['our own page with an end of its own', `${PAGES[0]}/../evil <b>`],
]

/** Backticks mark code, also in what is quoted. */
const shownAs = (hostile: string) => hostile.replaceAll('`', '')

describe('no markup comes out of', () => {
  test.each(HOSTILE)('a server’s words and identifiers: %s', async (_, hostile) => {
    const headers = { 'x-request-id': hostile }
    for (const status of [401, 403, 503]) {
      const body = JSON.stringify({ warning: hostile })
      repository.faults.clear()
      repository.faults.order('/packages.json', { kind: 'status', status, body, headers })
      const { summary } = await run(startJob())
      expect(expectOwnMarkup(summary, 1).replaceAll('`', '')).toContain(shownAs(hostile))
    }
  })

  test.each(HOSTILE)('a constraint: %s', async (_, hostile) => {
    const job = startJob()
    const require = { 'magento/framework': hostile, 'magento/module-catalog': `^99 ${hostile}` }
    const repositories = [{ type: 'composer', url: repository.url }, { 'packagist.org': false }]
    const manifest = { require, repositories, config: { 'secure-http': false } }
    writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
    const { summary, outputs } = await run(job)
    const { length } = JSON.parse(outputs.problems ?? '[]')
    // One problem has the heading of the summary.
    expectOwnMarkup(summary, length === 1 ? 1 : 1 + length)
  })

  test.each(HOSTILE)('the name of a folder: %s', async (_, hostile) => {
    const folder = hostile.replaceAll('/', '\u2215').slice(0, 100)
    const job = startJob()
    mkdirSync(join(job.workspace, folder))
    writeFileSync(join(job.workspace, folder, 'composer.json'), '{')
    const { summary, outputs } = await run(job, { 'working-directory': `./${folder}` })
    expect(outputs.problem).toBe('manifest-invalid')
    expectOwnMarkup(summary, 1)
  })

  test('the names of packages', async () => {
    const names = ['acme/www.evil.example', 'acme/a_b_c', 'acme/a__b__c', 'www.evil/example', 'acme/1.x']
    const { summary } = await run(jobWithLock(names))
    const text = expectOwnMarkup(summary, 1)
    for (const name of names) expect(text).toContain(name)
  })
})

describe('what the account sees', () => {
  test('editions and vendors, from lists that were read anyway', async () => {
    const { summary } = await run(jobWithLock(['magento/module-none']), {}, rich)
    expect(rendered(summary).text).toContain(
      'Open Source, Commerce, B2B, Cloud; 2 packages of other vendors (acme 1, vendor 1)',
    )
  })

  test('nothing is asked for its sake', async () => {
    repository.requests.length = 0
    const { summary } = await run(startJob(), {}, rich)
    expect(repository.requests.map(({ path }) => path)).toEqual(['/packages.json'])
    expect(summary).not.toContain('It sees')
  })

  test('a vendor that repeats a key is not named', async () => {
    const { publicKey, privateKey } = accounts.openSource
    const names = [`${publicKey}/a`, `${privateKey}/b`, 'acme/c']
    const inline = Object.fromEntries(names.map((name) => [name, { '1.0.0': { name, version: '1.0.0' } }]))
    repository.faults.order('/packages.json', {
      kind: 'status',
      status: 200,
      body: JSON.stringify({ packages: inline }),
    })
    const { summary } = await run(jobWithLock(['acme/c']))
    expect(rendered(summary).text).toContain('(acme 1)')
  })
})

describe('a summary stays below 1 MiB, whole at its end', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `acme/module-${index}`)

  test.each([
    ['20,000 packages', many],
    ['20,000 packages with long names', many.map((name) => `${name}-${'x'.repeat(180)}`)],
    [
      '20,000 packages of as many vendors',
      many.map((name) => name.replace('acme/module-', 'vendor-').concat('/module')),
    ],
  ])(
    '%s',
    async (_, names) => {
      repository.faults.order(/./, { kind: 'status', status: 403, body: '{}' })
      repository.faults.clear()
      const { summary, outputs, annotations, stdout } = await run(jobWithLock(names), { timeout: '60' })
      expect(Buffer.byteLength(summary)).toBeLessThan(LARGEST_SUMMARY)
      expect(outputs.problem).toBe('package-denied')
      expect(summary.trimEnd().endsWith('</details>')).toBe(true)
      const { elements } = rendered(summary)
      expect(elements.filter(({ name }) => !(name in OWN))).toEqual([])
      expect(summary).toMatch(/<summary>The \d+ packages that these problems are about/)
      expect(annotations.length).toBeLessThanOrEqual(10)
      for (const { message } of annotations) expect(message.length).toBeLessThan(4096)
      expect(stdout.length).toBeLessThan(60 * 1024 * 1024)
    },
    180_000,
  )
})
