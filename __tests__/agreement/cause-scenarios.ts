import { accounts, createAccount, createPackage } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { GitHubApi } from './github.js'
import type { Scenario } from './scenario.js'
import { deniedSourced } from './version-scenarios.js'

const GOOD = accounts.openSource
const NO_KEYS = { publicKey: '', privateKey: '' }
const REQUIRE = { 'magento/product-community-edition': '2.4.8' }

/** The one customer of the vendor below, whose user name is the word that Private Packagist takes. */
export const TOKEN_HOLDER = { ...createAccount('holder of a token'), publicKey: 'token' }
export const VENDOR_PACKAGES = [createPackage('team/module-a', '1.0.0'), createPackage('team/module-b', '1.0.0')]

/** Values that come empty, as secrets do in runs of forks: does Composer do without them, and what is named? */
export function byEmptyValue({ v1, tokens }: { readonly v1: Repository; readonly tokens: Repository }): Scenario[] {
  const shop = (require: Readonly<Record<string, string>>, ...repositories: readonly Repository[]) => ({
    require,
    repositories: [...repositories.map(({ url }) => ({ type: 'composer', url })), { 'packagist.org': false }],
    config: { 'secure-http': false },
  })
  const both = shop({ ...REQUIRE, 'team/module-a': '^1.0' }, v1, tokens)
  const base = { group: 'empty values', main: v1, keys: GOOD, manifest: both }
  const given = (document: unknown) => ({ inputs: { 'composer-auth': JSON.stringify(document) } })
  const basic = (host: string, username: string | null, password: string | null) => ({
    'http-basic': { [host]: { username, password } },
  })
  return [
    { ...base, name: 'the password for a vendor', ...given(basic(tokens.origin, 'token', '')) },
    { ...base, name: 'the password for a vendor, as null', ...given(basic(tokens.origin, 'token', null)) },
    { ...base, name: 'both halves for a vendor', ...given(basic(tokens.origin, '', '')) },
    { ...base, name: 'both halves for a vendor, as null', ...given(basic(tokens.origin, null, null)) },
    { ...base, name: 'a bearer token for a vendor', ...given({ bearer: { [tokens.origin]: '' } }) },
    {
      ...base,
      name: 'both halves for a vendor that nothing needs',
      manifest: shop(REQUIRE, v1),
      ...given(basic(tokens.origin, '', '')),
    },
    {
      ...base,
      name: 'both halves for a vendor, which COMPOSER_AUTH has',
      composerAuth: { [tokens.origin]: TOKEN_HOLDER },
      ...given(basic(tokens.origin, '', '')),
    },
    {
      ...base,
      name: 'a token for GitHub',
      manifest: shop(REQUIRE, v1),
      ...given({ 'github-oauth': { 'github.com': '' } }),
    },
    {
      ...base,
      name: 'both keys, in composer-auth',
      keys: NO_KEYS,
      manifest: shop(REQUIRE, v1),
      ...given(basic(v1.origin, '', '')),
    },
    {
      ...base,
      name: 'the private key, in composer-auth',
      keys: NO_KEYS,
      manifest: shop(REQUIRE, v1),
      ...given(basic(v1.origin, GOOD.publicKey, '')),
    },
    {
      ...base,
      name: 'both keys, in COMPOSER_AUTH',
      keys: NO_KEYS,
      manifest: shop(REQUIRE, v1),
      env: { COMPOSER_AUTH: JSON.stringify(basic(v1.origin, '', '')) },
    },
  ]
}

/** A lock with an archive at GitHub's API: does Composer get it with the token that it holds, or clone the package? */
export function byGitHubToken({ v1, github }: { readonly v1: Repository; readonly github: GitHubApi }): Scenario[] {
  const shop = (name: string) => ({
    require: { [name]: '*' },
    repositories: [{ type: 'composer', url: v1.url }, { 'packagist.org': false }],
    config: { 'secure-http': false },
  })
  const atGitHub = (text: string) =>
    text.replaceAll(`"${v1.url.replace(/\/$/, '')}/archives/`, '"https://api.github.com/archives/')
  const base = { group: 'a token for GitHub', main: v1, env: github.env, lock: { edit: atGitHub } }
  const given = (token: string) => ({
    inputs: { 'composer-auth': JSON.stringify({ 'github-oauth': { 'github.com': token } }) },
  })
  const old = 'ghp_543210JIHGFEDCBAjihgfedcba9876543210'
  const sourced = { ...base, keys: deniedSourced, manifest: shop('acme/module-sourced') }
  const plain = { ...base, keys: GOOD, manifest: shop('magento/framework') }
  return [
    { ...plain, name: 'that is good', ...given(github.token) },
    { ...plain, name: 'that is rejected', ...given(old) },
    { ...sourced, name: 'that is rejected, and version control has the package', ...given(old) },
  ]
}

/** Statuses that a server gives for another reason than the usual one, and entries that miss their host by a letter. */
export function byTrueCause({ v1, tokens }: { readonly v1: Repository; readonly tokens: Repository }): Scenario[] {
  const shop = (...repositories: readonly Repository[]) => ({
    require: { 'magento/framework': '*', 'team/module-a': '*' },
    repositories: [...repositories.map(({ url }) => ({ type: 'composer', url })), { 'packagist.org': false }],
    config: { 'secure-http': false },
  })
  const base = { group: 'another cause than the usual one', main: v1, keys: GOOD, manifest: shop(tokens, v1) }
  const keyed = (origin: string) => ({
    inputs: {
      'composer-auth': JSON.stringify({
        'http-basic': { [origin]: { username: TOKEN_HOLDER.publicKey, password: TOKEN_HOLDER.privateKey } },
      }),
    },
  })
  const given = keyed(tokens.origin)
  const refuses = (status: number) => () =>
    tokens.faults.order(/^\/p2\/magento/, { kind: 'status', status, body: '{"warning": "No access to this package"}' })
  return [
    ...[401, 403].flatMap((status) => [
      { ...base, ...given, name: `${status} for one package, asked first`, fault: refuses(status) },
      {
        ...base,
        ...given,
        name: `${status} for one package, which a repository before has`,
        manifest: shop(v1, tokens),
        fault: refuses(status),
      },
    ]),
    {
      ...base,
      ...given,
      name: '404 for packages.json, as GitLab answers to strangers',
      fault: () => tokens.faults.order('/packages.json', { kind: 'status', status: 404, body: '{"message": "404"}' }),
    },
    ...[`http://${tokens.origin}/`, `${tokens.origin}/path`, `${tokens.origin}/`, tokens.origin.replace(/:.*/, '')].map(
      (key, index) => ({ ...base, ...keyed(key), name: `an entry that misses its host: ${MISSES[index]}` }),
    ),
  ]
}

const MISSES = ['a URL', 'a path', 'a slash', 'no port']

/** An auth.json beside composer.json that is in the repository in another form than Composer reads. */
export function bySealedFile({ v1 }: { readonly v1: Repository }): Scenario[] {
  const manifest = {
    require: REQUIRE,
    repositories: [{ type: 'composer', url: v1.url }, { 'packagist.org': false }],
    config: { 'secure-http': false },
  }
  const base = { group: 'an auth.json that is not there in plain text', main: v1, keys: GOOD, manifest }
  const placeholders = { 'http-basic': { [v1.origin]: { username: '<public-key>', password: '<private-key>' } } }
  return [
    { ...base, name: 'git-crypt', files: { 'auth.json': '\0GITCRYPT\0\u0001\u0002\u0003' } },
    {
      ...base,
      name: 'Git LFS',
      files: { 'auth.json': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 10\n' },
    },
    { ...base, name: 'Ansible Vault', files: { 'auth.json': '$ANSIBLE_VAULT;1.1;AES256\n3632\n' } },
    { ...base, name: 'placeholders', files: { 'auth.json': JSON.stringify(placeholders) } },
  ]
}

/** Folders of this machine as path repositories name them. */
export function byFolderPattern({ v1 }: { readonly v1: Repository }): Scenario[] {
  const files = {
    'app/code/Acme/Loyalty/composer.json': '{"name": "acme/module-loyalty", "type": "magento2-module"}',
    'app/code/Acme/Search/composer.json': '{"name": "acme/module-search", "version": "1.2.0"}',
    'app/code/.hidden/Gone/composer.json': '{"name": "acme/module-hidden", "version": "1.0.0"}',
    'packages/acme-theme/composer.json': '{"name": "acme/theme", "version": "1.0.0"}',
  }
  const scenario = (name: string, url: string, require: Readonly<Record<string, string>>): Scenario => ({
    group: 'a pattern of folders',
    name,
    main: v1,
    keys: GOOD,
    files,
    manifest: {
      require: { 'magento/framework': '*', ...require },
      repositories: [{ type: 'path', url }, { type: 'composer', url: v1.url }, { 'packagist.org': false }],
      config: { 'secure-http': false },
    },
  })
  return [
    scenario('two levels', 'app/code/*/*', { 'acme/module-search': '^1.0' }),
    scenario('two levels, a module without version', 'app/code/*/*', { 'acme/module-loyalty': '*@dev' }),
    scenario('two levels, no such version', 'app/code/*/*', { 'acme/module-search': '^2.0' }),
    scenario('two levels, no such package', 'app/code/*/*', { 'acme/module-other': '*' }),
    scenario('braces', '{app/code/*/*,packages/*}', { 'acme/module-search': '^1.0', 'acme/theme': '*' }),
    scenario('one character', 'packages/acme?theme', { 'acme/theme': '*' }),
    scenario('two asterisks are one', 'app/**/*', { 'acme/module-search': '^1.0' }),
    scenario('a folder with a dot', 'app/code/*/*', { 'acme/module-hidden': '*' }),
  ]
}
