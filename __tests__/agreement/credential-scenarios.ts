import { type Account, accounts, createAccount } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { Scenario } from './scenario.js'

const GOOD = accounts.openSource
const BAD = accounts.disabled
const REQUIRE = { 'magento/product-community-edition': '2.4.8' }

/** Without any keys: does Composer need them? */
export function byNeed({ v1, mirror }: { readonly v1: Repository; readonly mirror: Repository }): Scenario[] {
  const manifest = (require: Readonly<Record<string, string>>, ...repositories: readonly Repository[]) => ({
    require,
    repositories: [...repositories.map(({ url }) => ({ type: 'composer', url })), { 'packagist.org': false }],
    config: { 'secure-http': false },
  })
  const base = { group: 'no keys', main: v1, keys: { publicKey: '', privateKey: '' } }
  const framework = { 'magento/framework': '*' }
  const extension = { ...framework, 'acme/module-free': '^1.0' }
  return [
    { ...base, name: 'a mirror before the repository has everything', manifest: manifest(framework, mirror, v1) },
    { ...base, name: 'a mirror before it has everything, lock', manifest: manifest(framework, mirror, v1), lock: {} },
    { ...base, name: 'a mirror after it has everything', manifest: manifest(framework, v1, mirror) },
    { ...base, name: 'a mirror before it does not have an extension', manifest: manifest(extension, mirror, v1) },
    {
      ...base,
      name: 'a mirror before it does not have an extension, lock',
      manifest: manifest(extension, mirror, v1),
      lock: {},
    },
    { ...base, name: 'the mirror alone', manifest: manifest(framework, mirror) },
    { ...base, name: 'the keys are for a mirror that wants none', main: mirror, manifest: manifest(framework, mirror) },
    {
      ...base,
      name: 'the keys are for a mirror that wants none, lock',
      main: mirror,
      manifest: manifest(framework, mirror),
      lock: {},
    },
    {
      ...base,
      name: 'the repository forbids everybody',
      manifest: manifest(framework, v1),
      fault: () => v1.faults.order('/packages.json', { kind: 'status', status: 403 }),
    },
    {
      ...base,
      name: 'the repository is out of order',
      manifest: manifest(framework, v1),
      fault: () => v1.faults.order('/packages.json', { kind: 'status', status: 503 }),
    },
  ]
}

/** What the step is given, and other credentials for the same host in one more place: whose are judged, and do they work? */
export function byPlace({ v1 }: { readonly v1: Repository }): Scenario[] {
  const pair = ({ publicKey, privateKey }: Account) => ({ username: publicKey, password: privateKey })
  const basic = (account: Account) => ({ 'http-basic': { [v1.origin]: pair(account) } })
  const manifest = (url: string, config: Readonly<Record<string, unknown>>) => ({
    require: REQUIRE,
    repositories: [{ type: 'composer', url }, { 'packagist.org': false }],
    config: { 'secure-http': false, ...config },
  })
  const inUrl = ({ publicKey, privateKey }: Account) => v1.url.replace('://', `://${publicKey}:${privateKey}@`)

  /** The other place, as a part of a scenario. */
  const PLACES: Readonly<Record<string, (other: Account) => Partial<Scenario>>> = {
    COMPOSER_AUTH: (other) => ({ composerAuth: { [v1.origin]: other } }),
    'the project’s auth.json': (other) => ({ later: { 'workspace/auth.json': basic(other) } }),
    'config of composer.json': (other) => ({ manifestText: JSON.stringify(manifest(v1.url, basic(other)), null, 4) }),
    'the URL in composer.json': (other) => ({ manifestText: JSON.stringify(manifest(inUrl(other), {}), null, 4) }),
    'config.json of the home': (other) => ({ later: { 'home/.composer/config.json': { config: basic(other) } } }),
    'bearer in auth.json of the home': (other) => ({
      later: { 'home/.composer/auth.json': { bearer: { [v1.origin]: other.privateKey } } },
    }),
  }
  const base = { group: 'credentials in two places', main: v1, manifest: manifest(v1.url, {}) }
  const beside = (place: string, given: Account, other: Account) => ({
    ...base,
    ...PLACES[place]?.(other),
    keys: given,
    name: `${given === GOOD ? 'good' : 'bad'} keys, ${other === GOOD ? 'good' : 'bad'} ones in ${place}`,
  })
  const cases = Object.keys(PLACES).flatMap((place) => [beside(place, GOOD, BAD), beside(place, BAD, GOOD)])
  const located = ['project', 'env'].flatMap((location) =>
    ['COMPOSER_AUTH', 'the project’s auth.json'].flatMap((place) =>
      [beside(place, GOOD, BAD), beside(place, BAD, GOOD)].map((scenario) => ({
        ...scenario,
        name: `${scenario.name}, auth-location ${location}`,
        inputs: { 'auth-location': location },
      })),
    ),
  )
  return [
    ...cases.map((scenario) => ({ ...scenario, name: `${scenario.name}, no lock` })),
    ...cases.map((scenario) => ({ ...scenario, name: `${scenario.name}, lock`, lock: {} })),
    ...located,
    {
      ...base,
      name: 'keys in composer-auth',
      keys: { publicKey: '', privateKey: '' },
      inputs: { 'composer-auth': JSON.stringify(basic(GOOD)) },
    },
    {
      ...base,
      name: 'bad keys in composer-auth',
      keys: { publicKey: '', privateKey: '' },
      inputs: { 'composer-auth': JSON.stringify(basic(BAD)) },
    },
    {
      ...base,
      name: 'good keys beside bad ones in composer-auth',
      keys: GOOD,
      inputs: { 'composer-auth': JSON.stringify({ ...basic(BAD), bearer: { [v1.origin]: 'x' } }) },
    },
    {
      ...base,
      name: 'no keys, good ones in the project’s auth.json',
      keys: { publicKey: '', privateKey: '' },
      ...PLACES['the project’s auth.json']?.(GOOD),
    },
    {
      ...base,
      name: 'no keys, bad ones in the project’s auth.json',
      keys: { publicKey: '', privateKey: '' },
      ...PLACES['the project’s auth.json']?.(BAD),
    },
    ...(
      [
        ['no JSON', '{"http-basic": {'],
        ['in single quotes', `'${JSON.stringify(basic(GOOD))}'`],
        ['an entry without a password', JSON.stringify({ 'http-basic': { [v1.origin]: { username: 'x' } } })],
        ['a list', `[${JSON.stringify(basic(GOOD))}]`],
        ['a bare text', '"token"'],
        ['an empty list', '[]'],
      ] as const
    ).map(([what, text]) => ({
      ...base,
      name: `COMPOSER_AUTH is ${what}`,
      keys: GOOD,
      env: { COMPOSER_AUTH: text },
    })),
    ...(
      [
        ['no JSON', '{"http-basic": {'],
        ['nothing', ''],
        ['a list', `[${JSON.stringify(basic(GOOD))}]`],
        ['a number', '42'],
        ['a broken entry for another host', '{"http-basic": {"other.example": "user:password"}}'],
      ] as const
    ).map(([what, text]) => ({
      ...base,
      name: `the project’s auth.json holds ${what}`,
      keys: GOOD,
      files: { 'auth.json': text },
    })),
  ]
}

const NONE = { publicKey: '', privateKey: '' }
/** A customer of the vendor's repository. */
const CUSTOMER = createAccount('customer of the vendor')

/** Credentials of other kinds than a pair: what does Composer make of them, and is that judged? */
export function bySection({ v1, vendor }: { readonly v1: Repository; readonly vendor: Repository }): Scenario[] {
  const pair = ({ publicKey, privateKey }: Account) => ({ username: publicKey, password: privateKey })
  const asGitLab = ({ publicKey, privateKey }: Account) => ({ username: publicKey, token: privateKey })
  const header = ({ publicKey, privateKey }: Account) =>
    `Authorization: Basic ${Buffer.from(`${publicKey}:${privateKey}`).toString('base64')}`
  const project = (require: Readonly<Record<string, string>>, repositories: readonly unknown[]) => ({
    require,
    repositories: [...repositories, { 'packagist.org': false }],
    config: { 'secure-http': false },
  })
  const main = { type: 'composer', url: v1.url }
  const vendors = { type: 'composer', url: vendor.url }
  const inUrl = ({ publicKey, privateKey }: Account) => v1.url.replace('://', `://${publicKey}:${privateKey}@`)
  /** The same repository in another spelling, with credentials. */
  const asked = (who: Account) => ({ ...main, url: `${inUrl(who)}/` })
  const shop = project(REQUIRE, [main])
  const both = project({ ...REQUIRE, 'vendor/module-private': '1.0.0' }, [main, vendors])
  const base = { group: 'credentials of other kinds', main: v1, keys: GOOD, manifest: shop }
  const given = (document: unknown) => ({ inputs: { 'composer-auth': JSON.stringify(document) } })
  const inProject = (document: unknown) => ({ later: { 'workspace/auth.json': document } })
  /** What somebody who has bought everything locked; Composer itself finds those credentials nowhere afterwards. */
  const locked = (scenario: Scenario): Scenario => ({
    ...scenario,
    name: `${scenario.name}, lock`,
    lock: {},
    composerAuth: { [vendor.origin]: CUSTOMER },
    env: { COMPOSER_AUTH: '{}' },
  })
  const forVendor: Scenario[] = [
    {
      ...base,
      name: 'a GitLab user and token for the vendor',
      manifest: both,
      ...given({ 'gitlab-token': { [vendor.origin]: asGitLab(CUSTOMER) } }),
    },
    {
      ...base,
      name: 'a bad GitLab user and token for the vendor',
      manifest: both,
      ...given({ 'gitlab-token': { [vendor.origin]: asGitLab(BAD) } }),
    },
    {
      ...base,
      name: 'a GitLab OAuth token for the vendor',
      manifest: both,
      ...given({ 'gitlab-oauth': { [vendor.origin]: CUSTOMER.privateKey } }),
    },
    {
      ...base,
      name: 'headers for the vendor, which only newer versions read',
      manifest: both,
      ...given({ 'custom-headers': { [vendor.origin]: [header(CUSTOMER)] } }),
    },
  ]
  return [
    {
      ...base,
      name: 'no keys, a GitLab user and token',
      keys: NONE,
      ...given({ 'gitlab-token': { [v1.origin]: asGitLab(GOOD) } }),
    },
    {
      ...base,
      name: 'no keys, a bad GitLab user and token in the project’s auth.json',
      keys: NONE,
      ...inProject({ 'gitlab-token': { [v1.origin]: asGitLab(BAD) } }),
    },
    {
      ...base,
      name: 'no keys, headers, which only newer versions read',
      keys: NONE,
      ...given({ 'custom-headers': { [v1.origin]: [header(GOOD)] } }),
    },
    {
      ...base,
      name: 'bad keys, and a good GitLab user and token, which Composer tries when it is refused',
      keys: BAD,
      ...inProject({ 'gitlab-token': { [v1.origin]: asGitLab(GOOD) } }),
    },
    {
      ...base,
      name: 'no keys, a header among the options of the repository',
      keys: NONE,
      manifest: project(REQUIRE, [{ ...main, options: { http: { header: [header(GOOD)] } } }]),
    },
    {
      ...base,
      name: 'headers for the vendor beside a good pair in the project’s auth.json',
      manifest: both,
      ...given({ 'custom-headers': { [vendor.origin]: [header(BAD)] } }),
      ...inProject({ 'http-basic': { [vendor.origin]: pair(CUSTOMER) } }),
    },
    {
      ...base,
      name: 'other keys win for a host that the project does not name, and the vendor lacks a package',
      manifest: project({ 'vendor/module-private': '1.0.0', 'vendor/module-other': '*' }, [vendors]),
      composerAuth: { [v1.origin]: GOOD, [vendor.origin]: CUSTOMER },
      keys: BAD,
    },
    ...(
      [
        ['bad keys, good ones in the URL of the second of two repositories at the host', BAD, [main, asked(GOOD)]],
        ['good keys, bad ones in the URL of the second of two repositories at the host', GOOD, [main, asked(BAD)]],
        ['bad keys, two repositories at the host, good ones in the URL of the first', BAD, [asked(GOOD), asked(BAD)]],
      ] as const
    ).map(([name, keys, repositories]) => ({ ...base, name, keys, manifest: project(REQUIRE, repositories) })),
    {
      ...base,
      name: 'bad keys, a header among the options of the repository, lock',
      keys: BAD,
      manifest: project(REQUIRE, [{ ...main, options: { http: { header: [header(GOOD)] } } }]),
      lock: {},
    },
    {
      ...base,
      name: 'bad keys, an option without credentials, no lock',
      keys: BAD,
      manifest: project(REQUIRE, [{ ...main, options: { http: { timeout: 20 } } }]),
    },
    {
      ...base,
      name: 'good keys, an option without credentials, no lock',
      keys: GOOD,
      manifest: project(REQUIRE, [{ ...main, options: { http: { timeout: 20 } } }]),
    },
    {
      ...base,
      name: 'bad keys, an option without credentials, lock',
      keys: BAD,
      manifest: project(REQUIRE, [{ ...main, options: { http: { timeout: 20 } } }]),
      lock: {},
    },
    {
      ...base,
      name: 'no keys, good ones in the URLs of the lock',
      keys: NONE,
      lock: { edit: (lock) => lock.replaceAll(`"url": "${v1.url}/archives`, `"url": "${inUrl(GOOD)}/archives`) },
    },
    { ...base, name: 'no keys, and nothing is required', keys: NONE, manifest: project({}, [main]) },
    {
      ...base,
      name: 'no keys, and the filter of the repository lets nothing through that is required',
      keys: NONE,
      manifest: project({ 'vendor/module-private': '1.0.0' }, [{ ...main, only: ['magento/*'] }, vendors]),
      composerAuth: { [vendor.origin]: CUSTOMER },
    },
    {
      ...base,
      name: 'a password that is null in the project’s auth.json',
      ...inProject({ 'http-basic': { [v1.origin]: { username: GOOD.publicKey, password: null } } }),
    },
    { ...base, name: 'COMPOSER_AUTH is null', env: { COMPOSER_AUTH: 'null' } },
    ...(
      [
        ['an entry as a text', { 'http-basic': { 'other.example': 'user:password' } }],
        ['a section as a text', { 'http-basic': 'user:password' }],
        ['a token as a list', { bearer: { 'other.example': ['token'] } }],
      ] as const
    ).flatMap(([what, config]) => [
      {
        ...base,
        name: `config of composer.json holds ${what}`,
        manifestText: JSON.stringify({ ...shop, config: { 'secure-http': false, ...config } }, null, 4),
      },
      { ...base, name: `config.json of the home holds ${what}`, later: { 'home/.composer/config.json': { config } } },
    ]),
    ...forVendor,
    ...forVendor.map(locked),
  ]
}
