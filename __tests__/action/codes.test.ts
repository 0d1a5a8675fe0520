import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { type Job, type StepOptions, type StepResult, startJob } from './run-action.js'

let repository: Repository
beforeAll(async () => {
  repository = await startRepository()
})
afterEach(() => {
  repository.faults.clear()
  repository.requests.length = 0
})
afterAll(() => repository.close())

const good = accounts.openSource
const disabled = accounts.disabled

/** The inputs of a step that asks the test repository once, so that failing cases need no pauses. */
function inputsFor(keys: { publicKey: string; privateKey: string }, more: Record<string, string> = {}) {
  return {
    'public-key': keys.publicKey,
    'private-key': keys.privateKey,
    'repository-url': repository.url,
    retries: '0',
    timeout: '5',
    ...more,
  }
}

interface Expected {
  readonly code: string
  readonly title: string
  /** Sentences that the annotation must hold: what happened, why, what to do. */
  readonly says: readonly RegExp[]
  readonly httpStatus: string
  readonly requests: number
  readonly written: boolean
}

/** Everything a failing step leaves: exit status, one annotation, outputs, state, auth.json, requests, summary. */
function expectProblem(job: Job, result: StepResult, expected: Expected): void {
  expect(result.stderr).toBe('')
  expect(result.exitStatus).toBe(1)
  expect(result.annotations).toHaveLength(1)
  const [annotation] = result.annotations
  expect(annotation?.name).toBe('error')
  expect(annotation?.properties.title).toBe(expected.title)
  const message = annotation?.message ?? ''
  for (const sentence of expected.says) expect(message).toMatch(sentence)
  expect(message).toMatch(/^\S.*\n(?:Fix: |1\. ).*\n(?:.*\n)*Who: /)
  expect(message).toMatch(new RegExp(`\\nMore: \\S*docs/problems\\.md#${expected.code}$`))
  expect(message.length).toBeLessThan(1200)

  expect(result.outputs.status).toBe('problems')
  expect(result.outputs.problem).toBe(expected.code)
  expect(result.outputs['http-status']).toBe(expected.httpStatus)
  expect(result.outputs['auth-file']).toBe(expected.written ? job.authFile : '')
  const problems = JSON.parse(result.outputs.problems ?? '')
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({
    code: expected.code,
    severity: 'error',
    httpStatus: expected.httpStatus === '' ? null : Number(expected.httpStatus),
    packages: [],
    title: expected.title,
  })
  expect(Object.keys(problems[0]).sort()).toEqual(
    ['code', 'file', 'host', 'httpStatus', 'line', 'message', 'packages', 'severity', 'title'].sort(),
  )
  expect(repository.requests).toHaveLength(expected.requests)
  expect(existsSync(job.authFile)).toBe(expected.written)
  if (expected.written) expect(statSync(job.authFile).mode & 0o777).toBe(0o600)
  expect('credentials' in result.state).toBe(expected.written)
  expect(result.summary).toContain(`### ❌ ${expected.title}\n`)
}

async function fails(expected: Expected, options: StepOptions): Promise<void> {
  const job = startJob()
  expectProblem(job, await job.main(options), expected)
}

describe('each problem code', () => {
  test('keys-missing: both empty, nothing written, nothing asked', () =>
    fails(
      {
        code: 'keys-missing',
        title: 'The keys are missing',
        says: [
          /`public-key` and `private-key` are empty/,
          /required authentication \(HTTP 401\)/,
          /Compare the secrets’ names/,
        ],
        httpStatus: '',
        requests: 0,
        written: false,
      },
      { inputs: inputsFor({ publicKey: '', privateKey: '' }) },
    ))

  test('keys-not-received: the server says that no keys came', async () => {
    const body = JSON.stringify({ warning: "You haven't provided your Magento authentication keys." })
    repository.faults.order('/packages.json', { kind: 'status', status: 401, body, contentType: 'application/json' })
    await fails(
      {
        code: 'keys-not-received',
        title: 'The keys did not reach the repository',
        says: [/says that no keys arrived, although they were sent/, /`Authorization` header/],
        httpStatus: '401',
        requests: 1,
        written: true,
      },
      { inputs: inputsFor(good) },
    )
  })

  test('keys-not-received: by the words, also when the status is 404', async () => {
    const body = JSON.stringify({ warning: "You haven't provided your Magento authentication keys." })
    repository.faults.order('/packages.json', { kind: 'status', status: 404, body, contentType: 'application/json' })
    await fails(
      {
        code: 'keys-not-received',
        title: 'The keys did not reach the repository',
        says: [/says that no keys arrived/],
        httpStatus: '404',
        requests: 1,
        written: true,
      },
      { inputs: inputsFor(good) },
    )
  })

  test('keys-rejected: disabled keys, asked once and once the other way round', () =>
    fails(
      {
        code: 'keys-rejected',
        title: 'The repository rejects the keys',
        says: [
          /rejects these credentials \(HTTP 401\): “Your Magento authentication keys are invalid\./,
          /from whoever runs it/,
        ],
        httpStatus: '401',
        requests: 2,
        written: true,
      },
      { inputs: inputsFor(disabled) },
    ))

  test('keys-rejected: a 401 without a word is not tried the other way round', async () => {
    repository.faults.order('/packages.json', { kind: 'status', status: 401, body: 'no', contentType: 'text/plain' })
    await fails(
      {
        code: 'keys-rejected',
        title: 'The repository rejects the keys',
        says: [/rejects these credentials \(HTTP 401\)\.\n/],
        httpStatus: '401',
        requests: 1,
        written: true,
      },
      { inputs: inputsFor(good) },
    )
  })

  test('keys-swapped: the other way round is accepted', () =>
    fails(
      {
        code: 'keys-swapped',
        title: 'Public and private key are swapped',
        says: [/accepts these keys only the other way round/, /Swap the values of the two secrets/],
        httpStatus: '401',
        requests: 2,
        written: true,
      },
      { inputs: inputsFor({ publicKey: good.privateKey, privateKey: good.publicKey }) },
    ))

  test.each([
    ['access-forbidden', 403, 'The repository forbids access', /gets another address/],
    ['repository-not-found', 404, 'There is no Composer repository at this URL', /`repository-url`/],
    ['repository-not-found', 410, 'There is no Composer repository at this URL', /`repository-url`/],
    ['rate-limited', 429, 'Too many requests to the repository', /limits this account or address/],
    ['repository-unavailable', 500, 'The repository is not available', /down or overloaded/],
    ['repository-unavailable', 503, 'The repository is not available', /down or overloaded/],
    ['repository-unavailable', 408, 'The repository is not available', /down or overloaded/],
    ['unexpected-answer', 400, 'This is not a Composer repository’s answer', /answers 400/],
    ['unexpected-answer', 402, 'The repository asks for a payment', /answers 402/],
  ])('%s: status %i', async (code, status, title, says) => {
    repository.faults.order('/packages.json', { kind: 'status', status })
    const own = new RegExp(`answers ${status}\\b`)
    await fails(
      {
        code,
        title,
        says: [own, says, /Composer would say: The ['"]http:/],
        httpStatus: String(status),
        requests: 1,
        written: true,
      },
      { inputs: inputsFor(good) },
    )
  })

  test('repository-unreachable: nothing listens', () =>
    fails(
      {
        code: 'repository-unreachable',
        title: 'The repository cannot be reached',
        says: [/127\.0\.0\.1:1 refused the connection/, /curl error 7 while downloading/],
        httpStatus: '',
        requests: 0,
        written: true,
      },
      { inputs: inputsFor(good, { 'repository-url': 'http://127.0.0.1:1/' }) },
    ))

  test('repository-unreachable: the connection is closed without an answer', async () => {
    repository.faults.order('/packages.json', { kind: 'close' })
    await fails(
      {
        code: 'repository-unreachable',
        title: 'The repository cannot be reached',
        says: [/closed the connection without an answer/, /curl error 52 .* Empty reply from server/],
        httpStatus: '',
        requests: 1,
        written: true,
      },
      { inputs: inputsFor(good) },
    )
  })

  test('unexpected-answer: a maintenance page', async () => {
    repository.faults.order('/packages.json', { kind: 'html' })
    await fails(
      {
        code: 'unexpected-answer',
        title: 'A web page answers in place of the repository',
        says: [/answers 200 for packages\.json with a web page/, /does not contain valid JSON/],
        httpStatus: '200',
        requests: 1,
        written: true,
      },
      { inputs: inputsFor(good) },
    )
  })

  test('proxy-failed: a variable that holds no proxy', () =>
    fails(
      {
        code: 'proxy-failed',
        title: 'The proxy variable holds no usable URL',
        says: [/The variable http_proxy does not hold the URL of a proxy/, /Unable to use a proxy/],
        httpStatus: '',
        requests: 0,
        written: true,
      },
      { inputs: inputsFor(good), env: { http_proxy: 'http://' } },
    ))

  test('tls-failed: a file of trusted certificates that is not there', () =>
    fails(
      {
        code: 'tls-failed',
        title: 'The configured certificate file cannot be used',
        says: [
          /COMPOSER_CAFILE names \/none\/ca\.pem, which does not exist\./,
          /The configured cafile was not valid or could not be read/,
        ],
        httpStatus: '',
        requests: 0,
        written: true,
      },
      {
        inputs: inputsFor(good, { 'repository-url': 'https://127.0.0.1:1/' }),
        env: { COMPOSER_CAFILE: '/none/ca.pem' },
      },
    ))
})

test('auth-file-invalid: the file stays, its line and column are named, and the keys are asked about all the same', async () => {
  const job = startJob()
  mkdirSync(dirname(job.authFile))
  const broken =
    '{\n  "http-basic": {\n    "example.org": { "username": "somebody", "password": "hush-hush-hush" },\n  }\n}\n'
  writeFileSync(job.authFile, broken)
  const result = await job.main({ inputs: inputsFor(good), secrets: ['hush-hush-hush'] })
  expect(result.exitStatus).toBe(1)
  expect(result.outputs).toMatchObject({
    status: 'problems',
    problem: 'auth-file-invalid',
    'http-status': '200',
    'auth-file': '',
  })
  expect(result.annotations).toHaveLength(1)
  expect(result.annotations[0]?.message).toMatch(
    /auth\.json is not valid JSON: at line 4, column 3, it has an extra comma\./,
  )
  expect(readFileSync(job.authFile, 'utf8')).toBe(broken)
})

test('auth-file-unwritable: no home folder is known', async () => {
  const job = startJob()
  const result = await job.main({ inputs: inputsFor(good), env: { HOME: undefined } })
  expect(result.exitStatus).toBe(1)
  expect(result.outputs.problem).toBe('auth-file-unwritable')
  expect(result.annotations[0]?.message).toMatch(/The HOME or COMPOSER_HOME environment variable must be set/)
})

describe('keys-missing tells why, and what is not knowable it does not claim', () => {
  const bothEmpty = { publicKey: '', privateKey: '' }

  function eventFile(job: Job, payload: unknown): string {
    const path = join(job.temp, 'event.json')
    writeFileSync(path, JSON.stringify(payload))
    return path
  }
  const pullRequest = (head: string | null) => ({
    pull_request: {
      base: { repo: { full_name: 'acme/shop' } },
      head: { repo: head === null ? null : { full_name: head } },
    },
  })

  test.each([
    ['a fork', 'pull_request', pullRequest('somebody/shop'), 'developer', /pull request from a fork/],
    ['a deleted fork', 'pull_request', pullRequest(null), 'developer', /pull request from a fork/],
    [
      'a branch of the repository itself',
      'pull_request',
      pullRequest('acme/shop'),
      'developer',
      /Compare the secrets’ names/,
    ],
    [
      'a fork with pull_request_target',
      'pull_request_target',
      pullRequest('somebody/shop'),
      'developer',
      /Compare the secrets’ names/,
    ],
    ['Dependabot', 'pull_request', pullRequest('acme/shop'), 'dependabot[bot]', /read Dependabot’s secrets only/],
    [
      'Dependabot, started again by a person',
      'push',
      { sender: { login: 'dependabot[bot]' } },
      'developer',
      /Dependabot/,
    ],
    ['an unreadable event', 'push', 'no object', 'developer', /Compare the secrets’ names/],
  ])('%s', async (_, eventName, payload, actor, says) => {
    const job = startJob()
    const env = { GITHUB_EVENT_NAME: eventName, GITHUB_EVENT_PATH: eventFile(job, payload), GITHUB_ACTOR: actor }
    const result = await job.main({ inputs: inputsFor(bothEmpty), env })
    expect(result.annotations).toHaveLength(1)
    expect(result.annotations[0]?.message).toMatch(says)
  })

  test.each([
    ['public-key', { publicKey: '', privateKey: good.privateKey }],
    ['private-key', { publicKey: good.publicKey, privateKey: '' }],
  ])('one empty key is always an error, whatever if-keys-missing says: %s', async (input, keys) => {
    const job = startJob()
    const result = await job.main({ inputs: inputsFor(keys, { 'if-keys-missing': 'ignore' }) })
    expect(result.exitStatus).toBe(1)
    expect(result.outputs.problem).toBe('keys-missing')
    expect(result.annotations[0]?.message).toContain(`\`${input}\` is empty`)
    expect(result.annotations[0]?.message).toContain('The other key arrived')
  })

  test('a lone dollar sign is recognised as what `$${{` leaves', async () => {
    const job = startJob()
    const result = await job.main({ inputs: inputsFor({ publicKey: '$', privateKey: '$' }) })
    expect(result.exitStatus).toBe(1)
    expect(result.outputs.problem).toBe('keys-missing')
    expect(result.annotations[0]?.message).toContain('Write `${{ secrets.NAME }}`, with one dollar sign.')
    expect(existsSync(job.authFile)).toBe(false)
  })

  test.each([
    ['warn', 'warning', 1],
    ['ignore', undefined, 0],
  ])('if-keys-missing: %s writes nothing, asks nothing and skips', async (mode, level, annotations) => {
    const job = startJob()
    const result = await job.main({ inputs: inputsFor(bothEmpty, { 'if-keys-missing': mode }) })
    expect(result.exitStatus).toBe(0)
    expect(result.outputs).toMatchObject({ status: 'skipped', problem: '', 'auth-file': '', 'http-status': '' })
    expect(result.annotations.map(({ name }) => name)).toEqual(level === undefined ? [] : [level])
    expect(JSON.parse(result.outputs.problems ?? '')).toHaveLength(annotations)
    expect(existsSync(dirname(job.authFile))).toBe(false)
    expect(repository.requests).toHaveLength(0)
    const post = await job.post(result)
    expect(post.exitStatus).toBe(0)
    expect(post.stdout).toContain('No credentials to remove')
  })
})

describe('keys-malformed', () => {
  const secretOf = (length: number) => 'k'.repeat(length)

  test.each([
    ['an e-mail address', 'owner@example.org', secretOf(20), /`public-key` holds an e-mail address/],
    ['a MAGEID', 'MAG001234567', secretOf(32), /`public-key` holds a MAGEID/],
    ['a MAGEID with its token', `MAG001234567:${secretOf(40)}`, secretOf(32), /`public-key` holds a MAGEID/],
    [
      'a downloads access token',
      secretOf(31),
      '0123456789'.repeat(4),
      /`private-key` looks like a downloads access token \(40 hexadecimal characters\)/,
    ],
    [
      'a JSON document',
      '{"http-basic":{"repo.magento.com":{"username":"somebody","password":"very-secret"}}}',
      secretOf(32),
      /holds a JSON document[\s\S]*the input `composer-auth`/,
    ],
    [
      'a JSON document without its braces',
      '"http-basic": {"repo.magento.com": {"username": "somebody", "password": "very-secret"}}',
      secretOf(32),
      /holds a JSON document/,
    ],
    [
      'a PEM key',
      secretOf(32),
      '-----BEGIN OPENSSH PRIVATE KEY-----\nvery-secret',
      /`private-key` holds a key in PEM form/,
    ],
    ['a URL', `https://${secretOf(32)}:very-secret@repo.magento.com/`, secretOf(32), /`public-key` holds a URL/],
    [
      'both halves',
      `${'0a'.repeat(16)}:${'1b'.repeat(16)}`,
      secretOf(32),
      /`public-key` holds two keys joined by a colon/,
    ],
    ['a label', secretOf(32), 'private key: very-secret', /`private-key` holds a label in front of the key/],
    ['an assignment', 'MAGENTO_PUBLIC_KEY=very-secret', secretOf(32), /`public-key` holds a label in front of the key/],
    ['a placeholder', '<public-key>', secretOf(32), /`public-key` holds a placeholder from an example/],
    ['a placeholder in words', 'your-public-key', secretOf(32), /`public-key` holds a placeholder from an example/],
    ['a placeholder in brackets', secretOf(32), '[private key]', /`private-key` holds a placeholder from an example/],
    ['a masked copy', secretOf(32), '••••••••••••', /`private-key` holds dots, asterisks or the like/],
    ['asterisks', '***', secretOf(32), /`public-key` holds dots, asterisks or the like/],
    ['a shell variable', secretOf(32), '${MAGENTO_PRIVATE_KEY}', /`private-key` holds the name of a shell variable/],
    [
      'a variable of a Windows shell',
      '%MAGENTO_PUBLIC%',
      secretOf(32),
      /`public-key` holds the name of a shell variable/,
    ],
    ['an expression in a secret', secretOf(32), '${{ secrets.PRIVATE }}', /holds the text of an expression/],
    ['an expression without its dollar sign', '{{ secrets.PUBLIC }}', secretOf(32), /holds the text of an expression/],
    ['an expression without its braces', secretOf(32), 'secrets.PRIVATE', /holds the text of an expression/],
    ['a dollar sign too many', secretOf(32), `$${secretOf(32)}x`, /`private-key` begins with a dollar sign/],
    ['equal halves', secretOf(32), secretOf(32), /`public-key` and `private-key` hold the same value/],
    ['quotation marks', secretOf(32), `"${secretOf(31)}"`, /`private-key` begins or ends with a quotation mark/],
    [
      'typographic quotation marks',
      `„${secretOf(31)}“`,
      secretOf(32),
      /`public-key` begins or ends with a quotation mark/,
    ],
    ['a guillemet', secretOf(32), `«${secretOf(31)}»`, /`private-key` begins or ends with a quotation mark/],
    ...(
      [
        ['a line break', '\n', /has a line break inside/],
        ['a line break of Windows', '\r\n', /has a line break inside/],
        ['a tab', '\t', /has a tab inside/],
        ['a space', ' ', /has a space inside/],
        ['a no-break space', '\u00A0', /has a no-break space \(U\+00A0\) inside/],
        ['a byte order mark', '\uFEFF', /has a byte order mark \(U\+FEFF\) inside/],
        ['a zero-width space', '\u200B', /has a zero-width space \(U\+200B\) inside/],
        ['a zero-width non-joiner', '\u200C', /has a zero-width non-joiner \(U\+200C\) inside/],
        ['a zero-width joiner', '\u200D', /has a zero-width joiner \(U\+200D\) inside/],
        ['a word joiner', '\u2060', /has a word joiner \(U\+2060\) inside/],
        ['a soft hyphen', '\u00AD', /has an invisible character \(U\+00AD\) inside/],
        ['a bell', '\u0007', /has a control character \(U\+0007\) inside/],
        ['an em space', '\u2003', /has an unusual space \(U\+2003\) inside/],
        [
          'several of them',
          '\u00A0\u200B',
          /has a no-break space \(U\+00A0\) and a zero-width space \(U\+200B\) inside/,
        ],
      ] as const
    ).map(
      ([name, between, says]) =>
        [`${name} inside`, secretOf(32), `${secretOf(16)}${between}${secretOf(15)}x`, says] as const,
    ),
  ])('%s is one error with the rejection that it explains', async (_, publicKey, privateKey, says) => {
    const job = startJob()
    const result = await job.main({ inputs: inputsFor({ publicKey, privateKey }), secrets: ['very-secret'] })
    expect(result.exitStatus).toBe(1)
    expect(result.outputs.problem).toBe('keys-malformed')
    expect(result.annotations.map(({ name, properties }) => [name, properties.title])).toEqual([
      ['error', 'This does not look like an access key'],
    ])
    expect(result.annotations[0]?.message).toMatch(says)
    expect(result.annotations[0]?.message).toContain('is rejected (HTTP 401).')
    expect(result.outputs['http-status']).toBe('401')
  })

  test('is a warning when nobody was asked', async () => {
    const job = startJob()
    const inputs = inputsFor({ publicKey: 'owner@example.org', privateKey: secretOf(20) }, { check: 'off' })
    const result = await job.main({ inputs })
    expect(result.exitStatus).toBe(0)
    expect(result.outputs).toMatchObject({ status: 'ready', problem: '', 'http-status': '', 'auth-file': job.authFile })
    expect(result.annotations.map(({ name }) => name)).toEqual(['warning'])
    expect(repository.requests).toHaveLength(0)
  })

  test('white space around a key is removed with a notice that names it, and the keys work', async () => {
    const job = startJob()
    const keys = { publicKey: `\u00A0${good.publicKey}`, privateKey: `${good.privateKey}\n` }
    const inputs = inputsFor(keys, { check: 'access' })
    const result = await job.main({ inputs })
    expect(result.exitStatus).toBe(0)
    expect(result.outputs.status).toBe('ready')
    expect(result.annotations.map(({ name, message }) => [name, message.split('. ', 1)[0]])).toEqual([
      ['notice', 'A no-break space (U+00A0) before or after `public-key` was removed before use'],
      ['notice', 'A line break before or after `private-key` was removed before use'],
    ])
    expect(repository.requests[0]?.credentials).toEqual({ username: good.publicKey, password: good.privateKey })
    const { 'http-basic': basic } = JSON.parse(readFileSync(job.authFile, 'utf8'))
    expect(basic[repository.origin]).toEqual({ username: good.publicKey, password: good.privateKey })
  })

  test('everything that nobody sees around a key is removed and named', async () => {
    const job = startJob()
    const keys = { publicKey: `\uFEFF${good.publicKey}\u200B\u0007`, privateKey: ` \t${good.privateKey}\r\n` }
    const inputs = inputsFor(keys, { check: 'access' })
    const result = await job.main({ inputs })
    expect(result.outputs.status).toBe('ready')
    expect(result.annotations.map(({ name, message }) => [name, message.split('. ', 1)[0]])).toEqual([
      [
        'notice',
        'A byte order mark (U+FEFF), a zero-width space (U+200B) and a control character (U+0007) before or after `public-key` were removed before use',
      ],
      ['notice', 'A space, a tab and a line break before or after `private-key` were removed before use'],
    ])
    expect(repository.requests[0]?.credentials).toEqual({ username: good.publicKey, password: good.privateKey })
  })
})
