import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createAccount, createPackage } from '../../testing/catalogue.mjs'
import type { Fault } from '../../testing/faults.mjs'
import { lockFor, manifestFor } from '../../testing/lock.mjs'
import { startJob } from '../action/run-action.js'
import { repository, webServer } from '../server/access-step.js'
import { pathWithComposer } from '../testing/stand-in-composer.js'

/**
 * What depends on the version of Composer, where the real ones cannot be asked: versions that this machine has not, and
 * none at all. What the real ones do is held in __tests__/agreement.
 */
const keys = createAccount('keys')
const source = { type: 'git', url: 'https://git.example/acme/a.git', reference: 'a'.repeat(40) }
const sourced = [createPackage('acme/a', '1.0.0', { source }), createPackage('acme/b', '1.0.0', { source })]
const BY_VERSION = 'Composer up to 2.9 then clones the source'

interface Case {
  readonly version: string | undefined
  readonly config?: Readonly<Record<string, unknown>>
  readonly fault?: readonly [path: string | RegExp, fault: Fault]
  readonly inputs?: Readonly<Record<string, string>>
  /** What the Composer stops at in COMPOSER_AUTH. */
  readonly refuses?: string
}

async function install({ version, config = {}, fault, inputs = {}, refuses }: Case) {
  const shop = await repository({ packages: sourced, accounts: { keys } })
  if (fault !== undefined) shop.faults.order(...fault)
  const job = startJob()
  const manifest = manifestFor({ baseUrl: shop.url, require: { 'acme/a': '1.0.0', 'acme/b': '1.0.0' } })
  const settings = { 'secure-http': false, ...config }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify({ ...manifest, config: settings }))
  const { packages, ...lock } = JSON.parse(lockFor(sourced, { baseUrl: shop.url }))
  const withSource = packages.map((locked: object) => ({ ...locked, source }))
  writeFileSync(join(job.workspace, 'composer.lock'), JSON.stringify({ ...lock, packages: withSource }))
  const { publicKey, privateKey } = keys
  const step = await job.main({
    inputs: {
      'public-key': publicKey,
      'private-key': privateKey,
      'repository-url': shop.url,
      retries: '0',
      timeout: '5',
      ...inputs,
    },
    env: { PATH: pathWithComposer(job, version, refuses) },
  })
  const problems: { code: string; severity: string; message: string }[] = JSON.parse(step.outputs.problems ?? '[]')
  const archives = shop.requests.filter(({ path }) => path.startsWith('/archives/')).map(({ path }) => path)
  const told = problems.map(({ code, severity }) => [code, severity])
  return { step, told, message: problems[0]?.message ?? '', archives }
}

describe('an archive fails, and the lock names a source', () => {
  const denied = [/^\/archives\//, { kind: 'status', status: 404 }] as const
  const down = [/^\/archives\//, { kind: 'reset' }] as const
  const page = [/^\/archives\//, { kind: 'html' }] as const

  test('without a Composer it is a warning that names the versions', async () => {
    const refused = await install({ version: undefined, fault: denied })
    expect(refused.told).toEqual([['package-denied', 'warning']])
    expect(refused.message).toContain(BY_VERSION)
    const lost = await install({ version: undefined, fault: down })
    expect(lost.told).toEqual([['repository-unreachable', 'warning']])
    expect(lost.message).toContain(BY_VERSION)
  })

  test('whatever is wrong with the archive, it is an error from 2.10 on and a warning before', async () => {
    for (const fault of [denied, down, page]) {
      const [old, recent] = [await install({ version: '2.9.8', fault }), await install({ version: '2.10.0', fault })]
      expect([old.told.map(([, severity]) => severity), old.step.exitStatus]).toEqual([['warning'], 0])
      expect([recent.told.map(([, severity]) => severity), recent.step.exitStatus]).toEqual([['error'], 1])
    }
  })

  test('what is preferred from source, all of it or by a pattern, has no archive asked for', async () => {
    const config = { 'preferred-install': { 'acme/a': 'source', '*': 'dist' } }
    const { told, archives } = await install({ version: '2.11.0', fault: denied, config })
    expect(told).toEqual([['package-denied', 'error']])
    expect(archives.length).toBeGreaterThan(0)
    expect(archives.filter((path) => path.includes('/acme/a/'))).toEqual([])
  })
})

describe('a server says when to come back', () => {
  const busy = (seconds: string): Fault => ({ kind: 'status', status: 429, headers: { 'retry-after': seconds } })

  test('without a Composer it is a warning that names the versions, an error where none would wait', async () => {
    const fault = [/^\/archives\//, busy('40')] as const
    const unknown = await install({ version: undefined, fault: [/./, busy('40')] })
    expect(unknown.told[0]).toEqual(['rate-limited', 'warning'])
    expect(unknown.message).toContain('Composer 2.11 and newer wait for that')
    const config = { 'source-fallback': false }
    const [old, recent, long] = [
      await install({ version: '2.10.3', fault, config }),
      await install({ version: '2.11.0', fault, config }),
      await install({ version: '2.11.0', fault: [/^\/archives\//, busy('61')], config }),
    ]
    expect([old, recent, long].map(({ step }) => step.exitStatus)).toEqual([1, 0, 1])
  })
})

describe('headers in the place of a pair', () => {
  const secret = 'h3ader-of-the-vendor'
  const held = (origin: string, headers: readonly string[]) =>
    JSON.stringify({ 'custom-headers': { [origin]: headers } })

  async function accessWith(headers: readonly string[]) {
    const seen: (string | undefined)[] = []
    const elsewhere = await webServer((request, response) => {
      seen.push(request.headers['x-token'] as string | undefined)
      response.end('{"packages":[]}')
    })
    const own = await webServer((request, response) => {
      seen.push(request.headers['x-token'] as string | undefined)
      response.writeHead(302, { location: `${elsewhere.url}/packages.json` }).end()
    })
    const job = startJob()
    const step = await job.main({
      inputs: {
        'repository-url': own.url,
        'composer-auth': held(new URL(own.url).host, headers),
        check: 'access',
        retries: '0',
      },
      env: { PATH: pathWithComposer(job, '2.11.0') },
      secrets: [secret],
    })
    return { seen, step }
  }

  test('they go to their own origin and to no other, and stand nowhere in what is shown', async () => {
    const { seen, step } = await accessWith([`X-Token: ${secret}`])
    expect(seen).toEqual([secret, undefined])
    expect(JSON.stringify(step.outputs)).not.toContain(secret)
  })

  test('headers that would shape the request are not sent, nor what would break it', async () => {
    for (const bad of ['Host: other.example', 'Transfer-Encoding: chunked', 'X-Bad: a\r\nX-More: b']) {
      const { seen } = await accessWith([`X-Token: ${secret}`, bad])
      expect(seen.filter((one) => one !== undefined)).toEqual([])
    }
  })
})

describe('a token for GitHub', () => {
  const given = (token: string) => ({ 'composer-auth': JSON.stringify({ 'github-oauth': { 'github.com': token } }) })
  const HYPHEN = 'ghs_16_eyJh-SUzI1'

  test('with a hyphen is an error where the installed Composer stops at one', async () => {
    const { told, message, step } = await install({ version: '2.9.5', refuses: '-', inputs: given(HYPHEN) })
    expect(told).toEqual([['auth-file-invalid', 'error']])
    expect(message).toContain('has a hyphen. It comes from the input `composer-auth`.')
    expect(step.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(HYPHEN)
  })

  test('with a hyphen is nothing where it takes one', async () => {
    expect((await install({ version: '2.9.5', refuses: '""', inputs: given(HYPHEN) })).told).toEqual([])
  })

  test.each([
    ['with a hyphen', { inputs: given(HYPHEN) }, 'Every command of Composer before 2.9.8 stops at it.'],
    // An empty one of the input would not be written.
    [
      'that is empty',
      { config: { 'github-oauth': { 'github.com': '' } } },
      'Every command of Composer up to 2.9 stops at it.',
    ],
  ])('%s is a warning that names the versions where none is installed', async (_, held, versions) => {
    const { told, message } = await install({ version: undefined, ...held })
    expect(told).toEqual([['auth-file-invalid', 'warning']])
    expect(message).toContain(versions)
  })
})
