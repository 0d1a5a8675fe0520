import { describe, expect, test } from '@jest/globals'
import { accounts, createAccount, createPackage } from '../../testing/catalogue.mjs'
import { writeFiles } from '../action/in-workflow.js'
import { startJob } from '../action/run-action.js'
import { onlyMessage, problems, repository, webServer } from '../server/access-step.js'

/** A status has usual causes, and a server that gives it for another one. */

const token = { ...createAccount('token'), publicKey: 'token' }
const { publicKey, privateKey } = accounts.openSource

interface Setup {
  /** Behind the main repository; `name` is what the project wants of it. */
  readonly vendor: { readonly url: string; readonly origin: string }
  readonly auth?: (origin: string) => Readonly<Record<string, unknown>>
  readonly name?: string
}

async function run({ vendor, auth = () => ({}), name = 'team/module-a' }: Setup) {
  const main = await repository()
  const job = startJob()
  const project = {
    require: { 'magento/framework': '*', [name]: '*' },
    repositories: [
      { type: 'composer', url: vendor.url },
      { type: 'composer', url: main.url },
      { 'packagist.org': false },
    ],
    config: { 'secure-http': false },
  }
  writeFiles(job, { 'composer.json': JSON.stringify(project, null, 4) })
  const inputs = { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': main.url, retries: '0' }
  return job.main({ inputs: { ...inputs, 'composer-auth': JSON.stringify(auth(vendor.origin)) } })
}

const basic = (origin: string) => ({
  'http-basic': { [origin]: { username: token.publicKey, password: token.privateKey } },
})

describe('GitLab answers 404 to whoever may not see a group', () => {
  const gitLab = () =>
    webServer((_, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"404 Group Not Found"}'),
    )
  const path = '/api/v4/group/42/-/packages/composer/packages.json'

  test.each([
    [
      'without a token',
      () => ({}),
      /the same answer to a missing token/,
      'Add a token, from a secret, to `composer-auth`',
    ],
    [
      'with a wrong one',
      (origin: string) => ({ 'gitlab-token': { [origin]: { username: 'deploy', token: 'glpat-old-token' } } }),
      /the same answer to a wrong or expired token/,
      'See whether the token has expired',
    ],
  ])('%s', async (_, auth, cause, step) => {
    const { url, origin } = await gitLab()
    const result = await run({ vendor: { url: `${url}${path}`, origin }, auth })
    expect(problems(result)).toEqual([['repository-not-found', 'error']])
    expect(onlyMessage(result)).toContain('for packages.json: “404 Group Not Found”. GitLab gives the same answer to')
    expect(onlyMessage(result)).toMatch(cause)
    expect(onlyMessage(result)).toContain(step)
  })

  test('of another server it is said that it may be so', async () => {
    const { url, origin } = await gitLab()
    const result = await run({ vendor: { url, origin }, auth: basic })
    expect(onlyMessage(result)).toContain('some servers answer 404 to wrong ones')
    expect(onlyMessage(result)).not.toContain('GitLab')
  })
})

describe('a repository that refuses one package alone', () => {
  test.each([401, 403])('with %d: the package, and the two ways in composer.json', async (status) => {
    const packages = [createPackage('team/module-a', '1.0.0')]
    const vendor = await repository({ protocol: 'v2', packages, accounts: { token } })
    const body = JSON.stringify({ warning: 'The token has no access to this package' })
    vendor.faults.order(/^\/p2\/magento/, { kind: 'status', status, body })
    const result = await run({ vendor, auth: basic })
    expect(problems(result)).toEqual([['package-denied', 'error']])
    expect(onlyMessage(result)).toMatch(
      new RegExp(`accepts these credentials, but answers ${status} for magento/framework: “The token has no access`),
    )
    expect(onlyMessage(result)).toContain('"exclude": ["magento/framework"]')
    expect(onlyMessage(result)).toContain('before this one')
    // The user name is a word of the server's sentence.
    expect(onlyMessage(result)).not.toContain('***')
  })
})

describe('an entry under another name than the host', () => {
  test.each([
    ['a URL', (origin: string) => `https://${origin}/`],
    ['with a path', (origin: string) => `${origin}/packages`],
    ['with a slash', (origin: string) => `${origin}/`],
    ['without the port', (origin: string) => origin.replace(/:\d+$/, '')],
  ])('%s is named', async (_, keyOf) => {
    const vendor = await repository({ packages: [createPackage('team/module-a', '1.0.0')], accounts: { token } })
    const result = await run({ vendor, auth: (origin) => basic(keyOf(origin)) })
    expect(problems(result)).toEqual([['credentials-missing', 'error']])
    expect(onlyMessage(result)).toContain(
      `The entry for \`${keyOf(vendor.origin)}\` is not for it: Composer compares letter by letter.`,
    )
    expect(onlyMessage(result)).toContain(`Rename that entry, in \`composer-auth\`, to \`${vendor.origin}\`.`)
  })

  test('one for another host is not', async () => {
    const vendor = await repository({ packages: [createPackage('team/module-a', '1.0.0')], accounts: { token } })
    const result = await run({ vendor, auth: () => basic('repo.example.com') })
    expect(onlyMessage(result)).not.toContain('repo.example.com')
  })
})

describe('rejected credentials of a vendor beside a lock', () => {
  const stranger = createAccount('no customer')
  const asStranger = (origin: string) => ({
    'http-basic': { [origin]: { username: stranger.publicKey, password: stranger.privateKey } },
  })
  const lockFor = (url: string) => ({
    packages: [
      {
        name: 'team/module-a',
        version: '1.0.0',
        type: 'library',
        dist: { type: 'zip', url: new URL('archives/team/module-a/team-module-a-1.0.0.0.zip', url).href },
      },
    ],
    'packages-dev': [],
  })

  test.each([
    ['from composer-auth: the line of the repository', 'composer-auth', { file: 'composer.json', line: 6 }],
    ['from the project’s auth.json: the line there', 'auth.json', { file: 'auth.json', line: 3 }],
  ])('%s', async (_, place, expected) => {
    const vendor = await repository({ packages: [createPackage('team/module-a', '1.0.0')], accounts: { token } })
    const main = await repository()
    const job = startJob()
    const auth = JSON.stringify(asStranger(vendor.origin), null, 4)
    const repositories = [{ type: 'composer', url: vendor.url }]
    const project = { require: { 'team/module-a': '*' }, repositories, config: { 'secure-http': false } }
    writeFiles(job, {
      'composer.json': JSON.stringify(project, null, 4),
      'composer.lock': JSON.stringify(lockFor(vendor.url), null, 4),
      ...(place === 'auth.json' ? { 'auth.json': auth } : {}),
    })
    const inputs = { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': main.url, retries: '0' }
    const { outputs } = await job.main({
      inputs: place === 'auth.json' ? inputs : { ...inputs, 'composer-auth': auth },
    })
    const [problem] = JSON.parse(outputs.problems ?? '[]')
    expect(problem).toMatchObject({ code: 'keys-rejected', severity: 'error', host: vendor.origin, ...expected })
  })

  test('of two repositories at one host it is said that both get the same', async () => {
    const vendor = await webServer((_, response) => response.writeHead(401).end())
    const job = startJob()
    const repositories = ['shop', 'agency'].map((path) => ({ type: 'composer', url: `${vendor.url}/${path}` }))
    const project = { require: { 'team/module-a': '*' }, repositories, config: { 'secure-http': false } }
    writeFiles(job, { 'composer.json': JSON.stringify(project, null, 4) })
    const inputs = { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': 'http://127.0.0.1:1/' }
    const auth = JSON.stringify(asStranger(vendor.origin))
    const { annotations } = await job.main({ inputs: { ...inputs, 'composer-auth': auth, retries: '0' } })
    const message = annotations.find(({ message }) => message.includes('rejects'))?.message
    expect(message).toContain(`If these are for ${vendor.url}/agency: Composer holds one pair for each host.`)
  })
})
