import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { webServer } from '../server/access-step.js'

/** What a project, somebody's passwords or a server bring into what a step shows. */

const KEYS = { 'public-key': '0123456789abcdef0123456789abcd01', 'private-key': 'fedcba9876543210fedcba98765432f1' }
const NOBODY = { ...KEYS, 'repository-url': 'http://127.0.0.1:1/', retries: '0' }
const TOKEN = 'glpat-0123456789abcdef'

function jobWith(manifest: unknown): Job {
  const job = startJob()
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  return job
}

/** Everything that a step printed and handed on, but for what it told the runner to hide. */
function shown({ stdout, files }: StepResult): string {
  const printed = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return [...printed, files.output, files.summary].join('\n')
}

describe('a setting is shown as it is written, whatever variable it names', () => {
  const long = `${'x'.repeat(230)}${TOKEN}`
  test.each([
    ['cafile', '$COMPOSER_AUTH', '$COMPOSER_AUTH'],
    ['cafile', '%MY_SECRET%/ca.pem', '%MY_SECRET%/ca.pem'],
    ['capath', '$MY_SECRET/', '$MY_SECRET'],
    ['capath', '~/certs', '~/certs'],
  ])('%s: %s', async (setting, value, expected) => {
    const job = jobWith({ config: { [setting]: value } })
    const result = await job.main({
      inputs: NOBODY,
      env: { COMPOSER_AUTH: JSON.stringify({ bearer: { 'example.org': TOKEN } }), MY_SECRET: long },
      secrets: [TOKEN],
    })
    expect(result.outputs.problems).toContain('tls-failed')
    for (const place of [result.annotations[0]?.message, result.outputs.problems]) {
      expect(place).toContain(` names ${expected}, which does not exist.`)
    }
    // Neither a part of the variable that no mask fits.
    expect(shown(result)).not.toMatch(/xxxx|glpat|\{\\?"bearer/)
    expect(shown(result)).not.toContain(`${job.home}/certs`)
  })
})

describe('what this step’s credentials stand in the place of is nobody’s to see either', () => {
  const MINE = 'password-of-somebody'
  const refusing = () =>
    webServer((_, response) => {
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message: `not ${MINE}` }))
    })
  const stood = (host: string) => JSON.stringify({ 'http-basic': { [host]: { username: 'shop', password: MINE } } })

  test.each<[string, (job: Job, host: string) => Record<string, string>]>([
    [
      'in Composer’s home',
      (job, host) => {
        mkdirSync(join(job.home, '.composer'), { recursive: true })
        writeFileSync(join(job.home, '.composer/auth.json'), stood(host))
        return {}
      },
    ],
    ['in COMPOSER_AUTH', (_, host) => ({ COMPOSER_AUTH: stood(host) })],
  ])('%s', async (where, prepare) => {
    const { url } = await refusing()
    const job = startJob()
    const env = prepare(job, new URL(url).host)
    const inputs = { ...KEYS, 'repository-url': url, retries: '0' }
    const locations = where.includes('AUTH') ? { 'auth-location': 'env' } : {}
    const result = await job.main({ inputs: { ...inputs, ...locations }, env, secrets: [MINE] })
    expect(result.outputs.problem).toBe('access-forbidden')
    expect(shown(result)).toContain('not ***')
  })
})

const EVERY_SECTION = (name: string) => ({
  'http-basic': { 'basic.example.org': { username: 'shop', password: `${name}-password` } },
  bearer: { 'bearer.example.org': `${name}-bearer` },
  'github-oauth': { 'github.com': `${name}-github` },
  'gitlab-oauth': { 'gitlab.example.org': { token: `${name}-gitlab-oauth` } },
  'gitlab-token': { 'gitlab2.example.org': { username: 'shop', token: `${name}-gitlab-token` } },
  'forgejo-token': { 'forgejo.example.org': { username: 'shop', token: `${name}-forgejo` } },
  'bitbucket-oauth': { 'bitbucket.org': { 'consumer-key': 'somebody', 'consumer-secret': `${name}-bitbucket` } },
  'custom-headers': { 'headers.example.org': [`X-Token: ${name}-header`] },
  'client-certificate': { 'cert.example.org': { local_cert: 'a.pem', passphrase: `${name}-passphrase` } },
})
const KINDS = 'password bearer github gitlab-oauth gitlab-token forgejo bitbucket header passphrase'.split(' ')

test('masked is every section of what the user has, and nothing that came with the checkout', async () => {
  const job = jobWith({ config: EVERY_SECTION('manifest') })
  writeFileSync(join(job.workspace, 'auth.json'), JSON.stringify(EVERY_SECTION('project')))
  mkdirSync(join(job.home, '.composer'))
  writeFileSync(job.authFile, JSON.stringify(EVERY_SECTION('home')))
  const variable = JSON.stringify(EVERY_SECTION('variable'))
  const secrets = ['manifest', 'project', 'home', 'variable'].flatMap((who) => KINDS.map((kind) => `${who}-${kind}`))
  const result = await job.main({ inputs: { ...NOBODY, check: 'off' }, env: { COMPOSER_AUTH: variable }, secrets })
  expect(result.masks).toEqual(
    expect.arrayContaining(['home', 'variable'].flatMap((who) => KINDS.map((kind) => `${who}-${kind}`))),
  )
  expect(result.masks.filter((mask) => /^(?:manifest|project)-/.test(mask))).toEqual([])

  // A word of config.json that is no credential is none either where Composer does not accept the file.
  const repositories = [{ type: 'composer', url: 'https://repo.example.org' }]
  const settings = { repositories, config: { bearer: { 'x.example.org': 1 } } }
  writeFileSync(join(job.home, '.composer', 'config.json'), JSON.stringify(settings))
  const refused = await job.main({ inputs: { ...NOBODY, check: 'off' } })
  expect(refused.outputs.problem).toBe('auth-file-invalid')
  expect(refused.masks.filter((mask) => /composer|repo\.example/.test(mask))).toEqual([])

  // The same files are the checkout's where Composer's home lies in it.
  const inside = jobWith({})
  const home = join(inside.workspace, 'composer-home')
  mkdirSync(home)
  writeFileSync(join(home, 'auth.json'), JSON.stringify({ bearer: { 'example.org': 'FAILURES!' } }))
  writeFileSync(join(home, 'config.json'), JSON.stringify({ config: { bearer: { 'a.example.org': 'production' } } }))
  const { masks, exitStatus } = await inside.main({
    inputs: { ...NOBODY, check: 'off' },
    env: { COMPOSER_HOME: home },
  })
  expect(exitStatus).toBe(0)
  expect(masks.filter((mask) => /FAILURES|production/.test(mask))).toEqual([])
})

test('what is not masked is redacted: a server that repeats it shows nothing of it', async () => {
  const { url } = await webServer(({ headers, url: path }, response) => {
    const basic = Buffer.from((headers.authorization ?? '').slice(6), 'base64').toString()
    response.writeHead(403, { 'x-request-id': basic }).end(JSON.stringify({ warning: `No: ${basic} ${path}` }))
  })
  const origin = new URL(url).host
  const job = jobWith({
    require: { 'acme/module': '*' },
    repositories: [{ type: 'composer', url: `${url}/r?token=${TOKEN}` }, { 'packagist.org': false }],
    config: { 'secure-http': false, 'http-basic': { [origin]: { username: 'shop', password: 'of-the-checkout' } } },
  })
  const result = await job.main({ inputs: NOBODY, secrets: ['of-the-checkout', TOKEN] })
  expect(result.outputs.problem).toBe('access-forbidden')
  expect(shown(result)).toContain('No: shop:*** /r?token=***')
  expect(result.masks.join(' ')).not.toMatch(/of-the-checkout|glpat/)
})

test.each([
  ['a short one', 'x7qz', 'x7qz'],
  ['a short one, percent-encoded in part', 'x7qz', '%78%37qz'],
  ['one with spaces around it', '  padded-secret ', 'padded-secret'],
  ['a line of several', 'first-line-of-it\nsecond-line-of-it', 'second-line-of-it'],
  ['one in PHP’s JSON', 'pässwörter/geheim', 'p\\u00e4ssw\\u00f6rter\\/geheim'],
  ['one in PHP’s JSON in capitals', 'pässwörter/geheim', 'p\\u00E4ssw\\u00F6rter/geheim'],
  ['one in a form', 'pass word&x(1)', 'pass+word%26x%281%29'],
  ['one percent-encoded without capitals', 'pass/word+1', 'pass%2fword%2b1'],
])('a password shows nowhere that a server can put it: %s', async (_, password, echo) => {
  const { url } = await webServer(({ url: path }, response) => {
    response.setHeader('content-type', 'application/json')
    if (path === '/packages.json') {
      const versions = { 'dev-x': { name: 'acme/module', version: `dev-${echo}` } }
      const includes = { [`${encodeURI(echo)}/p.json`]: { sha1: '' }, [`a/${echo}/p.json`]: { sha1: '' } }
      response.end(JSON.stringify({ packages: { 'acme/module': versions }, includes }))
    } else response.writeHead(500, { 'x-request-id': echo }).end(JSON.stringify({ warning: `You said ${echo}.` }))
  })
  const origin = new URL(url).host
  const job = jobWith({
    require: { 'acme/module': '^1.0' },
    repositories: [{ type: 'composer', url }, { 'packagist.org': false }],
    config: { 'secure-http': false },
  })
  const auth = { 'http-basic': { [origin]: { username: 'token', password } } }
  const result = await job.main({ inputs: NOBODY, env: { COMPOSER_AUTH: JSON.stringify(auth) } })
  expect(result.outputs.problem).toBe('repository-unavailable')
  const text = shown(result)
  expect(text).toContain('“You said ***.”')
  expect(text).not.toContain(echo)
  expect(text).not.toContain(encodeURI(echo))
})

test('the user name `token`, which many share, stays a word', async () => {
  const { url } = await webServer((_, response) => {
    response.writeHead(401).end(JSON.stringify({ warning: 'The token is not valid for token.' }))
  })
  const auth = { 'http-basic': { [new URL(url).host]: { username: 'token', password: 'of-a-customer' } } }
  const { outputs } = await startJob().main({
    inputs: { 'composer-auth': JSON.stringify(auth), 'repository-url': url, retries: '0' },
    secrets: ['of-a-customer'],
  })
  expect(outputs.problems).toContain('“The token is not valid for token.”')
})

describe('user information and tokens in the URLs of composer.json', () => {
  const P = 'pa55-of-somebody'
  test.each([
    `user:${P}@h1.example.org/x`,
    `//u:${P}@h1.example.org/`,
    `http:///u:${P}@h1.example.org/`,
    `http://u:${P}/x@h1.example.org/x`,
    `http://u:${P}#x@h1.example.org/x`,
    `http://u:${P}?x@h1.example.org/x`,
    `http:\\\\u:${P}@h1.example.org/x`,
    `http://h1.example.org/x?token=${P}`,
    `http://h1.example.org/x?a=b&private_token=${P}#${P}`,
    `http://h1.example.org:80/x/${P}@h1.example.org/`,
    `${P}:x-oauth-basic@h1.example.org`,
  ])('%s', async (url) => {
    const job = jobWith({
      require: { 'acme/x': '*' },
      repositories: [
        { type: 'composer', url },
        { type: 'vcs', url },
      ],
    })
    mkdirSync(join(job.home, '.composer'))
    const held = {
      bearer: { [url]: 'some-token-or-other' },
      'custom-headers': { 'h1.example.org': ['X-A: some-other'] },
    }
    writeFileSync(job.authFile, JSON.stringify(held))
    const result = await job.main({ inputs: NOBODY, secrets: [P] })
    expect(result.outputs.status).toBeDefined()
    expect(result.masks.join(' ')).not.toContain(P)
    expect(shown(result)).not.toContain('pa55')
  })

  test('what a server names and redirects to is traced without its query', async () => {
    const asked: string[] = []
    const { url } = await webServer(({ url: path }, response) => {
      asked.push(path ?? '')
      if (path === '/packages.json') {
        response.end(JSON.stringify({ packages: [], 'metadata-url': `/p2/%package%.json?token=${P}` }))
      } else if (path?.startsWith('/p2/')) {
        response.writeHead(302, { location: `/other/x.json?signature=${P}` }).end()
      } else response.writeHead(503).end(JSON.stringify({ warning: 'Closed.' }))
    })
    const job = jobWith({
      require: { 'acme/module': '*' },
      repositories: [{ type: 'composer', url }, { 'packagist.org': false }],
      config: { 'secure-http': false },
    })
    const result = await job.main({ inputs: NOBODY, secrets: [P] })
    expect(asked.filter((path) => path.includes(P))).toHaveLength(2)
    expect(result.outputs.problem).toBe('repository-unavailable')
    expect(shown(result)).toContain('/p2/acme/module.json?…')
  })
})

describe('a password that is a word of ours changes nothing', () => {
  const places = (password: string) => {
    const entry = (host: string) => ({ 'http-basic': { [host]: { username: 'shop', password } } })
    const hosts = ['by-manifest.example.org', 'by-project.example.org', 'by-variable.example.org'] as const
    return { entry, hosts }
  }
  async function run(password: string, failOnError: string): Promise<StepResult> {
    const { entry, hosts } = places(password)
    const job = jobWith({ config: entry(hosts[0]), require: { 'magento/framework': '*' } })
    writeFileSync(join(job.workspace, 'auth.json'), JSON.stringify(entry(hosts[1])))
    const given = Object.fromEntries(hosts.map((host) => [host, { username: 'other', password: 'given-password' }]))
    const broken = job.home
    mkdirSync(join(broken, '.composer'))
    writeFileSync(join(broken, '.composer', 'config.json'), JSON.stringify({ config: { bearer: { x: 1 } } }))
    return job.main({
      inputs: {
        ...NOBODY,
        'composer-auth': JSON.stringify({ 'http-basic': given }),
        'fail-on-error': failOnError,
        check: failOnError === 'true' ? 'full' : 'off',
      },
      env: { COMPOSER_AUTH: JSON.stringify(entry(hosts[2])) },
    })
  }
  /** Without what differs from run to run. */
  const told = ({ exitStatus, outputs }: StepResult): Record<string, unknown> => ({
    exitStatus,
    ...outputs,
    'auth-file': '',
    problems: String(outputs.problems)
      .replace(/action-\w+/g, '')
      .replace(/\d\d:\d\d:\d\d/g, ''),
  })
  test.each(['true', 'false'])('with `fail-on-error: %s`', async (failOnError) => {
    const neutral = told(await run('q9-neutral-word', failOnError))
    expect(neutral.status).toBe('problems')
    expect(neutral.exitStatus).toBe(failOnError === 'true' ? 1 : 0)
    expect(neutral.problems).toContain('credentials-overridden')
    for (const word of [
      'manifest',
      'environment',
      'project-auth',
      'packages',
      'a',
      'composer',
      'http-basic',
      'COMPOSER_AUTH',
    ]) {
      expect([word, told(await run(word, failOnError))]).toEqual([word, neutral])
    }
  })
})

test('20,000 hosts over http: log, annotations, summary and outputs stay usable, and say what they leave out', async () => {
  const hosts = 20_000
  const job = jobWith({ require: {} })
  const packages = Array.from({ length: hosts }, (_, index) => ({
    name: `acme/module-${index}`,
    version: '1.0.0',
    dist: { type: 'zip', url: `http://h${index}.example.org/a.zip` },
  }))
  writeFileSync(join(job.workspace, 'composer.lock'), JSON.stringify({ packages }))
  const result = await job.main({ inputs: NOBODY })
  expect(result.outputs.problem).toBe('insecure-url')
  expect(result.stdout.split('\n').length).toBeLessThan(4000)
  expect(result.stdout).toMatch(/^\d{5} further problems are not listed here\.$/m)
  const { problems = '', 'problems-omitted': omitted } = result.outputs
  const named: unknown[] = JSON.parse(problems)
  expect(named.length).toBeGreaterThan(20)
  expect(named.length + Number(omitted)).toBe(hosts)
  expect(Buffer.byteLength(result.files.output)).toBeLessThan(130 * 1024)
  expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024)
  // A later step that takes it into its environment starts.
  expect(spawnSync('true', { env: { ...job.env, PROBLEMS: problems } }).status).toBe(0)
})

test('a problem with very many packages names some of them, and how many more there are', async () => {
  const { url } = await webServer((_, response) => response.writeHead(404).end())
  const job = jobWith({
    require: {},
    repositories: [{ type: 'composer', url }],
    config: { 'secure-http': false },
  })
  const count = 5000
  const packages = Array.from({ length: count }, (_, index) => ({
    name: `acme/a-module-with-a-long-name-${index}`,
    version: '1.0.0',
    dist: { type: 'zip', url: '/nowhere/a.zip' },
  }))
  writeFileSync(join(job.workspace, 'composer.lock'), JSON.stringify({ packages }))
  const { outputs } = await job.main({ inputs: { ...NOBODY, 'repository-url': url } })
  const [problem] = JSON.parse(outputs.problems ?? '')
  expect(problem.code).toBe('package-denied')
  expect(problem.packages.length + problem.packagesOmitted).toBe(count)
  const denied: unknown[] = JSON.parse(outputs['packages-denied'] ?? '')
  expect(denied.length + Number(outputs['packages-denied-omitted'])).toBe(count)
  for (const list of [outputs.problems, outputs['packages-denied']]) {
    expect(Buffer.byteLength(list ?? '')).toBeLessThanOrEqual(60 * 1024 + 2)
  }
})
