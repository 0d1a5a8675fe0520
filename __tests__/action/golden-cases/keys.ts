import type { KeyShape } from '../../../src/problems/key-shape-words.js'
import { accounts } from '../../../testing/catalogue.mjs'
import { webServer } from '../../server/access-step.js'
import {
  atAdobe,
  type GoldenCase,
  manifest,
  NO_KEYS,
  type Options,
  own,
  plain,
  says,
  status,
  step,
} from '../golden-case.js'
import { CI, FROM_FORK, STEP, workflowWith, writeFiles } from '../in-workflow.js'

const { openSource, disabled } = accounts
const swapped = { publicKey: openSource.privateKey, privateKey: openSource.publicKey }

const NAMED = ['public-key: ${{ secrets.MAGENTO_PUBLIC_KEY }}', 'private-key: ${{ secrets.MAGENTO_PRIVATE_KEY }}']
const COMPOSER_AUTH = ['composer-auth: ${{ secrets.COMPOSER_AUTH }}']
const authFor = (host: string, { publicKey, privateKey }: typeof swapped) =>
  JSON.stringify({ 'http-basic': { [host]: { username: publicKey, password: privateKey } } })
const adobeAuth = (keys: typeof swapped) => authFor('repo.magento.com', keys)

/** An input that cannot be read, on its line. */
function unreadable(name: string, input: string, value: string): GoldenCase {
  return plain('input-invalid', name, { inputs: { [input]: value }, workflow: [...NAMED, `${input}: a value`] })
}

/** No key arrives. */
function missing(name: string, options: Options = {}): GoldenCase {
  return plain('keys-missing', name, { keys: NO_KEYS, ...options })
}

/** Entries of `composer-auth` that the workflow puts together from secrets which are empty. */
function emptied(name: string, pair: Readonly<Record<string, string>>, options: Options = {}): GoldenCase {
  const template = ['{"http-basic": {', '"repo.magento.com": {', ...SECRETS_OF_PAIR, '}}}'].map((line) => `  ${line}`)
  return atAdobe('keys-missing', name, {
    keys: NO_KEYS,
    inputs: { 'composer-auth': JSON.stringify({ 'http-basic': { 'repo.magento.com': pair } }) },
    workflow: ['composer-auth: |', ...template],
    ...options,
  })
}

const SECRETS_OF_PAIR = [
  '"username": ${{ toJSON(secrets.MAGENTO_PUBLIC_KEY) }},',
  '"password": ${{ toJSON(secrets.MAGENTO_PRIVATE_KEY) }}',
]

const calling = (job: readonly string[]) =>
  own('keys-missing', `a reusable workflow, ${job.length === 1 ? 'no secrets' : 'one secret'} passed`, (run) => {
    const caller = ['name: CI', 'on: push', 'jobs:', '  call:', ...job.map((line) => `    ${line}`), '']
    writeFiles(run, {
      [CI]: caller.join('\n'),
      '.github/workflows/shop.yml': workflowWith(NAMED, [], 'workflow_call'),
    })
    return step(run, 'https://repo.magento.com/', { keys: NO_KEYS, env: STEP })
  })

const LONG = 'k'.repeat(32)
const hex = (digit: string, length = 32) => digit.repeat(length)

/** What is in a key's place, by what gives it away; nobody is asked. */
const SHAPES: readonly (readonly [KeyShape, publicKey: string, privateKey: string])[] = [
  ['mage-id', 'MAG001234567', LONG],
  ['download-token', hex('a'), hex('b', 40)],
  ['json', '{"http-basic": {}}', LONG],
  ['pem', hex('a'), '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['url', 'https://repo.magento.com/', LONG],
  ['pair', `${hex('a')}:${hex('b')}`, LONG],
  ['labelled', 'Public key: 0a1b', LONG],
  ['placeholder', 'your-public-key', LONG],
  ['masked', hex('a'), '••••••••••••'],
  ['expression', hex('a'), 'secrets.MAGENTO_PRIVATE_KEY'],
  ['dollar', hex('a'), `$${hex('c')}-`],
  ['variable', hex('a'), '${MAGENTO_PRIVATE_KEY}'],
  ['equal-halves', hex('a'), hex('a')],
  ['quotes', hex('a'), `"${hex('b')}"`],
  ['inner-white-space', hex('a'), `${hex('b', 16)}\n${hex('c', 15)}`],
  ['surrounding-white-space', `${hex('a')}\n`, hex('b')],
]

export const keyCases: readonly GoldenCase[] = [
  unreadable('a number that is none', 'timeout', 'soon'),
  unreadable('a word that is none of its own', 'check', 'everything'),
  unreadable('a folder that is not there', 'working-directory', 'shop'),
  unreadable('a URL over http', 'repository-url', 'http://repo.example.com/'),
  unreadable('no name of a package', 'packages', 'Magento Framework'),
  unreadable('no name of a package in a list', 'packages', 'magento/framework\n\nMagento Framework'),
  unreadable('no JSON', 'composer-auth', 'token'),
  unreadable(
    'a quotation mark inside a secret',
    'composer-auth',
    '{"http-basic": {"repo.example.com": {"username": "shop", "password": "12"34"}}}\n',
  ),
  unreadable(
    'a section that does not exist',
    'composer-auth',
    '{"httpbasic": {"repo.example.com": {"password": "x"}}}',
  ),

  missing('nothing is known of the workflow'),
  missing('the secrets have names', { workflow: NAMED }),
  missing('the secrets of an environment', { workflow: NAMED, job: ['environment: production'] }),
  missing('one half', { keys: { ...NO_KEYS, publicKey: openSource.publicKey } }),
  missing('one half, whose secret has a name', {
    keys: { ...NO_KEYS, publicKey: openSource.publicKey },
    workflow: NAMED,
  }),
  missing('a lone dollar sign', {
    keys: { publicKey: '$', privateKey: '$' },
    workflow: NAMED.map((line) => line.replace('${{', () => '$${{')),
  }),
  missing('a name that is no input', { workflow: ['username: ${{ secrets.A }}', 'password: ${{ secrets.B }}'] }),
  missing('the step sets nothing', { workflow: ['check: full'] }),
  missing('variables in place of secrets', {
    workflow: ['public-key: ${{ vars.MAGENTO_PUBLIC_KEY }}', 'private-key: ${{ vars.MAGENTO_PRIVATE_KEY }}'],
  }),
  missing('variables of the environment', {
    workflow: ['public-key: ${{ env.PUBLIC }}', 'private-key: ${{ env.PRIVATE }}'],
  }),
  missing('outputs of another step', {
    workflow: ['public-key: ${{ steps.vault.outputs.public }}', 'private-key: ${{ steps.vault.outputs.private }}'],
  }),
  missing('outputs of another job', {
    workflow: ['public-key: ${{ needs.keys.outputs.public }}', 'private-key: ${{ needs.keys.outputs.private }}'],
  }),
  missing('a Dependabot run', { workflow: NAMED, env: { GITHUB_ACTOR: 'dependabot[bot]' } }),
  missing('a pull request from a fork', {
    workflow: NAMED,
    event: FROM_FORK,
    env: { GITHUB_EVENT_NAME: 'pull_request' },
  }),
  missing('in a fork', { workflow: NAMED, event: { repository: { fork: true } } }),
  missing('a pull request from a fork, with if-keys-missing: warn', {
    inputs: { 'if-keys-missing': 'warn' },
    event: FROM_FORK,
    env: { GITHUB_EVENT_NAME: 'pull_request' },
  }),
  missing('of a step for downloads alone', {
    inputs: { check: 'off' },
    workflow: ['mage-id: ${{ secrets.MAGE_ID }}', 'download-token: ${{ secrets.DOWNLOADS }}'],
  }),
  missing('the download token, in a pull request from a fork', {
    inputs: { check: 'off', 'mage-id': 'MAG001234567' },
    workflow: ['mage-id: MAG001234567', 'download-token: ${{ secrets.DOWNLOADS }}'],
    event: FROM_FORK,
    env: { GITHUB_EVENT_NAME: 'pull_request' },
  }),
  missing('the download token, of a repository’s own run', {
    inputs: { check: 'off', 'mage-id': 'MAG001234567' },
    workflow: ['mage-id: MAG001234567', 'download-token: ${{ secrets.DOWNLOADS }}'],
  }),
  calling(['uses: ./.github/workflows/shop.yml']),
  calling([
    'uses: ./.github/workflows/shop.yml',
    'secrets:',
    '  MAGENTO_PUBLIC_KEY: ${{ secrets.MAGENTO_PUBLIC_KEY }}',
  ]),
  missing('composer-auth is for another host', {
    inputs: { 'composer-auth': authFor('repo.example.com', openSource) },
  }),
  emptied('half of the keys is empty in composer-auth', { username: openSource.publicKey, password: '' }),
  emptied('both keys are empty in composer-auth', { username: '', password: '' }),
  emptied(
    'both keys are empty in composer-auth, in a fork',
    { username: '', password: '' },
    { event: FROM_FORK, env: { GITHUB_EVENT_NAME: 'pull_request' } },
  ),
  missing('an empty entry of composer-auth that nothing needs', {
    keys: openSource,
    inputs: { 'composer-auth': '{"bearer": {"repo.example.com": ""}}' },
  }),

  plain('keys-malformed', 'an e-mail address, which is rejected', {
    keys: { publicKey: 'owner@example.org', privateKey: 'a-password-of-somebody' },
  }),
  atAdobe('keys-malformed', 'an e-mail address, which is rejected', {
    keys: { publicKey: 'owner@example.org', privateKey: 'a-password-of-somebody' },
    workflow: NAMED,
  }),
  atAdobe('keys-malformed', 'too short, and rejected', {
    keys: { publicKey: openSource.publicKey, privateKey: openSource.privateKey.slice(1) },
    workflow: NAMED,
  }),
  atAdobe('keys-malformed', 'an e-mail address in composer-auth', {
    keys: NO_KEYS,
    inputs: { 'composer-auth': adobeAuth({ publicKey: 'owner@example.org', privateKey: 'a-password-of-somebody' }) },
    workflow: COMPOSER_AUTH,
  }),
  ...SHAPES.map(([shape, publicKey, privateKey]) =>
    plain(
      'keys-malformed',
      `${shape}, nobody was asked`,
      { keys: { publicKey, privateKey }, inputs: { check: 'off' } },
      'https://repo.magento.com/',
    ),
  ),
  own('keys-malformed', 'a vendor’s password in composer-auth', async (job, repository) => {
    const { host } = new URL(repository.url)
    const keys = { publicKey: 'token', privateKey: '${HYVA_TOKEN}' }
    const files = { 'composer.json': manifest({ 'magento/framework': '*' }) }
    const inputs = { 'repository-url': 'https://repo.magento.com/', 'composer-auth': authFor(host, keys) }
    const workflow = [...NAMED, 'composer-auth: ${{ secrets.COMPOSER_AUTH }}']
    return step(job, repository.url, { files, inputs, workflow })
  }),
  own('keys-malformed', 'a placeholder in the project’s auth.json', async (job, repository) => {
    const { host } = new URL(repository.url)
    const keys = { publicKey: '<public-key>', privateKey: '<private-key>' }
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }),
      'auth.json': JSON.stringify(JSON.parse(authFor(host, keys)), null, 4),
    }
    return step(job, repository.url, { files, inputs: { 'repository-url': 'https://repo.magento.com/' } })
  }),

  plain('keys-not-received', 'the server’s words', {
    fault: says(401, "You haven't provided your Magento authentication keys."),
  }),
  atAdobe('keys-not-received', 'through a proxy', {
    fault: says(401, "You haven't provided your Magento authentication keys."),
  }),
  own('keys-not-received', 'a redirect to another host', async (job, repository) => {
    const { url } = await webServer((_, response) =>
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end(JSON.stringify({ warning: "You haven't provided your Magento authentication keys." })),
    )
    repository.faults.order('/packages.json', { kind: 'redirect', location: `${url}/packages.json` })
    return step(job, repository.url)
  }),

  plain('keys-rejected', 'disabled keys', { keys: disabled }),
  atAdobe('keys-rejected', 'disabled keys', { keys: disabled }),
  atAdobe('keys-rejected', 'whose secrets have names', { keys: disabled, workflow: NAMED }),
  atAdobe('keys-rejected', 'from composer-auth', {
    keys: NO_KEYS,
    inputs: { 'composer-auth': adobeAuth(disabled) },
    workflow: COMPOSER_AUTH,
  }),
  own('keys-rejected', 'a vendor’s, from the project’s auth.json', async (job, repository) => {
    const { origin } = new URL(repository.url)
    const files = {
      'composer.json': manifest({ 'magento/framework': '*' }),
      'auth.json': JSON.stringify(JSON.parse(authFor(origin.slice(7), disabled)), null, 4),
    }
    const inputs = { 'repository-url': 'https://repo.magento.com/' }
    return step(job, repository.url, { files, inputs })
  }),
  plain('keys-rejected', 'in the repository’s own words', {
    fault: says(401, 'Your subscription has ended.'),
    workflow: NAMED,
  }),

  plain('keys-swapped', 'the other way round', { keys: swapped }),
  atAdobe('keys-swapped', 'whose secrets have names', { keys: swapped, workflow: NAMED }),
  atAdobe('keys-swapped', 'in composer-auth', {
    keys: NO_KEYS,
    inputs: { 'composer-auth': adobeAuth(swapped) },
    workflow: COMPOSER_AUTH,
  }),

  plain('access-forbidden', 'another host', { fault: status(403, { 'x-request-id': 'a1b2c3', 'cf-ray': '8f00-AMS' }) }),
  plain('access-forbidden', 'another host, on a hosted runner', {
    fault: status(403),
    env: { RUNNER_ENVIRONMENT: 'github-hosted' },
  }),
  plain('access-forbidden', 'another host, on a self-hosted runner', {
    fault: status(403),
    env: { RUNNER_ENVIRONMENT: 'self-hosted' },
  }),
  ...[undefined, 'github-hosted', 'self-hosted'].map((site) =>
    atAdobe('access-forbidden', `a firewall’s page${site === undefined ? '' : `, ${site}`}`, {
      fault: { kind: 'status', status: 403, body: '<html>', contentType: 'text/html' },
      env: { RUNNER_ENVIRONMENT: site },
    }),
  ),
  atAdobe('access-forbidden', 'in the repository’s own words', { fault: says(403, 'Your account is suspended.') }),
]
