import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Account,
  accounts,
  createAccount,
  createPackage,
  versionedPackages,
  packages as world,
} from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { serverCertificate } from '../server/certificates.js'
import {
  byEmptyValue,
  byFolderPattern,
  byGitHubToken,
  bySealedFile,
  byTrueCause,
  TOKEN_HOLDER,
  VENDOR_PACKAGES,
} from './cause-scenarios.js'
import { byNeed, byPlace, bySection } from './credential-scenarios.js'
import { byFolder } from './folder-scenarios.js'
import { agencyToken, byForm, tokenAtGitHub } from './form-scenarios.js'
import { type GitHubApi, startGitHubApi } from './github.js'
import { byPartialUpdate } from './partial-update-scenarios.js'
import type { Manifest, Scenario } from './scenario.js'
import { byTokenOfForge, privateTokenOf } from './token-scenarios.js'
import { byComposerVersion, deniedSourced, fetchesUnseen, job, jobTokenOf, sourced } from './version-scenarios.js'

/** Somebody who has bought everything: who made the locks. */
export const everything = createAccount('everything', {
  entitlements: ['commerce', 'b2b', 'cloud', 'acme/module-paid', 'acme/module-free'],
})

/** The servers that all scenarios share. */
export interface Servers {
  readonly v1: Repository
  readonly v2: Repository
  readonly v2Listed: Repository
  readonly v2Patterns: Repository
  readonly inline: Repository
  readonly includes: Repository
  /** A vendor's private repository, with customers of its own. */
  readonly vendor: Repository
  /** A public mirror of the open-source packages. */
  readonly mirror: Repository
  /** The vendor's packages, for whoever sends a job token in the header that GitLab names. */
  readonly jobTokens: Repository
  /** The same, for whoever sends a token of GitLab's in a header. */
  readonly privateTokens: Repository
  /** The vendor's packages, for everybody to see, with archives at the vendor's own host. */
  readonly published: Repository
  /** Everything, with a token: an agency's mirror. */
  readonly agency: Repository
  /** The vendor's packages over https, with a certificate that nobody trusts unless told to. */
  readonly secure: Repository
  readonly secureCaFile: string
  /** Another vendor's repository, whose user name is the word `token`. */
  readonly tokens: Repository
  /** GitHub's API, which redirects to archives of `v1`. */
  readonly github: GitHubApi
  close(): Promise<void>
}

const vendorCustomer = createAccount('customer of the vendor', { entitlements: ['marketplace'] })
const vendorStranger = createAccount('no customer of the vendor')
const denies = (status: number) =>
  createAccount(`denied with ${status}`, {
    entitlements: ['commerce'],
    archivesDenied: new Map(
      [
        'magento/magento2-ee-base',
        'magento/module-banner',
        'magento/module-customer-balance',
        'magento/module-staging',
      ].map((name) => [name, status]),
    ),
  })
const hiddenButDownloadable = createAccount('sees less than it may fetch', {
  archivesOnly: new Set([
    'magento/magento2-ee-base',
    'magento/module-banner',
    'magento/module-customer-balance',
    'magento/module-staging',
  ]),
})
const customers = {
  ...accounts,
  everything,
  denied401: denies(401),
  denied403: denies(403),
  denied404: denies(404),
  hiddenButDownloadable,
  noPreRelease: createAccount('no pre-release', {
    archivesDenied: new Map([
      ['acme/module-patched 1.3.0-beta1', 404],
      ['acme/module-patched 1.3.0-beta2', 404],
    ]),
  }),
  deniedExtension: createAccount('denied its extension', {
    entitlements: ['acme/module-paid'],
    archivesDenied: new Map([['acme/module-paid', 403]]),
  }),
  deniedSourced,
  fetchesUnseen,
  oldVersionsOnly: createAccount('old versions only', { hidden: new Set(['magento/product-community-edition 2.4.8']) }),
}

export async function startServers(): Promise<Servers> {
  const repository = versionControl()
  const all = [...world, ...versionedPackages, ...forks, AUDIT_PLUGIN, sourced(repository.folder, repository.commit)]
  const shop = { packages: all, accounts: customers }
  const vendorPackages = ['1.0.0', '2.0.0'].map((version) => ({
    name: 'vendor/module-private',
    version,
    type: 'magento2-module',
    edition: 'open-source' as const,
    require: { php: '>=7.4' },
  }))
  const [v1, v2, v2Listed, v2Patterns, inline, includes, vendor, jobTokens, privateTokens, tokens, mirror] =
    await Promise.all([
      startRepository(shop),
      startRepository({ ...shop, protocol: 'v2' }),
      startRepository({ ...shop, protocol: 'v2', listing: 'packages' }),
      startRepository({ ...shop, protocol: 'v2', listing: 'patterns' }),
      startRepository({ ...shop, protocol: 'inline' }),
      startRepository({ ...shop, protocol: 'includes' }),
      startRepository({ packages: vendorPackages, accounts: { vendorCustomer, job, tokenAtGitHub, everything } }),
      startRepository({ packages: vendorPackages, accounts: { vendorCustomer, job }, credentials: jobTokenOf }),
      startRepository({ packages: vendorPackages, accounts: { vendorCustomer }, credentials: privateTokenOf }),
      startRepository({ protocol: 'v2', packages: VENDOR_PACKAGES, accounts: { TOKEN_HOLDER } }),
      startRepository({
        packages: all.filter(({ edition }) => edition === 'open-source'),
        anonymous: true,
        protocol: 'v2',
      }),
    ])
  const certificate = await serverCertificate()
  const [published, agency, secure] = await Promise.all([
    startRepository({
      packages: vendorPackages,
      anonymous: true,
      protocol: 'v2',
      distUrl: (_, own) => own.replace(/^https?:\/\/[^/]*/, vendor.url),
    }),
    startRepository({ packages: all, accounts: { agencyToken, everything }, protocol: 'v2' }),
    startRepository({ packages: vendorPackages, accounts: { vendorCustomer, everything }, tls: certificate.server }),
  ])
  const servers = {
    v1,
    v2,
    v2Listed,
    v2Patterns,
    inline,
    includes,
    vendor,
    jobTokens,
    privateTokens,
    tokens,
    mirror,
    published,
    agency,
    secure,
  }
  const github = await startGitHubApi(v1)
  return {
    ...servers,
    secureCaFile: certificate.caFile,
    github,
    close: async () => {
      rmSync(repository.folder, { recursive: true, force: true })
      await Promise.all([github, ...Object.values(servers)].map((server) => server.close()))
    },
  }
}

/** A git repository on this machine with one commit, which Composer may clone. */
function versionControl(): { readonly folder: string; readonly commit: string } {
  const folder = mkdtempSync(join(tmpdir(), 'version-control-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
  git('init', '--quiet')
  git('commit', '--quiet', '--allow-empty', '--message', 'A module')
  return { folder, commit: git('rev-parse', 'HEAD') }
}

const EDITIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Open Source': { 'magento/product-community-edition': '2.4.8' },
  Commerce: { 'magento/product-enterprise-edition': '2.4.8' },
  B2B: { 'magento/product-enterprise-edition': '2.4.8', 'magento/extension-b2b': '1.5.2' },
  Cloud: { 'magento/magento-cloud-metapackage': '2.4.8' },
  'a bought extension': { 'magento/product-community-edition': '2.4.8', 'acme/module-paid': '^1.0' },
  'a free extension': { 'magento/product-community-edition': '2.4.8', 'acme/module-free': '^1.0' },
}
const CUSTOMERS: Readonly<Record<string, Account>> = {
  'Open Source': accounts.openSource,
  Commerce: accounts.commerce,
  B2B: accounts.b2b,
  Cloud: accounts.cloud,
  buyer: accounts.buyer,
}

const composerRepository = (server: Repository, more: Record<string, unknown> = {}) => ({
  type: 'composer',
  url: server.url,
  ...more,
})
const NO_PACKAGIST = { 'packagist.org': false }

function project(
  require: Readonly<Record<string, string>>,
  repositories: readonly unknown[],
  more: Partial<Manifest> = {},
): Manifest {
  return { require, repositories: [...repositories, NO_PACKAGIST], config: { 'secure-http': false }, ...more }
}

/** Every scenario of the table, in its order. */
export function scenarios(servers: Servers): Scenario[] {
  return [
    ...byEntitlement(servers),
    ...byFault(servers),
    ...byCache(servers),
    ...byVersion(servers),
    ...byProtocol(servers),
    ...byHost(servers),
    ...byFilter(servers),
    ...byPlugin(servers),
    ...byLocalPackage(servers),
    ...byStandIn(servers),
    ...byFile(servers),
    ...byRequest(servers),
    ...byNeed(servers),
    ...byPlace(servers),
    ...bySection(servers),
    ...byComposerVersion(servers),
    ...byForm(servers),
    ...byFolder(servers),
    ...byTokenOfForge(servers),
    ...byPartialUpdate(servers),
    ...byEmptyValue(servers),
    ...byGitHubToken(servers),
    ...byTrueCause(servers),
    ...bySealedFile(servers),
    ...byFolderPattern(servers),
  ]
}

function byEntitlement({ v1 }: Servers): Scenario[] {
  const cases = Object.entries(EDITIONS).flatMap(([edition, require]) =>
    Object.entries(CUSTOMERS).map(([customer, keys]) => ({ edition, require, customer, keys })),
  )
  const without = cases.map(({ edition, require, customer, keys }) => ({
    group: 'entitlement, no lock',
    name: `${edition} with keys of ${customer}`,
    main: v1,
    keys,
    manifest: project(require, [composerRepository(v1)]),
  }))
  const locked = cases.map(({ edition, require, customer, keys }) => ({
    group: 'entitlement, lock',
    name: `${edition} with keys of ${customer}`,
    main: v1,
    keys,
    manifest: project(require, [composerRepository(v1)]),
    lock: {},
  }))
  const commerce = project(EDITIONS.Commerce ?? {}, [composerRepository(v1)])
  const { denied401, denied403, denied404 } = customers
  const archives = (
    [
      ['401', denied401],
      ['403', denied403],
      ['404', denied404],
    ] as const
  ).flatMap(([status, keys]) => [
    {
      group: 'archives',
      name: `the visible archives of Commerce answer ${status}, lock`,
      main: v1,
      keys,
      manifest: commerce,
      lock: {},
    },
  ])
  return [
    ...without,
    ...locked,
    ...archives,
    {
      group: 'archives',
      name: 'invisible and downloadable, lock',
      main: v1,
      keys: hiddenButDownloadable,
      manifest: commerce,
      lock: {},
    },
    { group: 'keys', name: 'disabled, no lock', main: v1, keys: accounts.disabled, manifest: commerce },
    { group: 'keys', name: 'disabled, lock', main: v1, keys: accounts.disabled, manifest: commerce, lock: {} },
    { group: 'keys', name: 'swapped, no lock', main: v1, keys: swapped(accounts.commerce), manifest: commerce },
    { group: 'keys', name: 'swapped, lock', main: v1, keys: swapped(accounts.commerce), manifest: commerce, lock: {} },
    { group: 'keys', name: 'none, no lock', main: v1, keys: { publicKey: '', privateKey: '' }, manifest: commerce },
    {
      group: 'keys',
      name: 'none, lock',
      main: v1,
      keys: { publicKey: '', privateKey: '' },
      manifest: commerce,
      lock: {},
    },
    {
      group: 'keys',
      name: 'none given, COMPOSER_AUTH has some',
      main: v1,
      keys: { publicKey: '', privateKey: '' },
      manifest: commerce,
      composerAuth: { [v1.origin]: accounts.commerce },
    },
  ]
}

function swapped({ publicKey, privateKey }: Account) {
  return { publicKey: privateKey, privateKey: publicKey }
}

function byFault({ v1 }: Servers): Scenario[] {
  const manifest = project(EDITIONS['Open Source'] ?? {}, [composerRepository(v1)])
  const faults = {
    '401': { kind: 'status', status: 401 },
    '403': { kind: 'status', status: 403 },
    '404': { kind: 'status', status: 404 },
    '429': { kind: 'status', status: 429 },
    '503': { kind: 'status', status: 503 },
    'a web page': { kind: 'html' },
    'a closed connection': { kind: 'close' },
    'half an answer': { kind: 'truncate', bytes: 40 },
  } as const
  return Object.entries(faults)
    .flatMap(([what, fault]): Scenario[] => [
      {
        group: 'packages.json fails',
        name: `${what}, no lock`,
        main: v1,
        keys: accounts.openSource,
        manifest,
        fault: () => v1.faults.order('/packages.json', fault),
      },
      {
        group: 'packages.json fails',
        name: `${what}, lock, archives work`,
        main: v1,
        keys: accounts.openSource,
        manifest,
        lock: {},
        fault: () => v1.faults.order('/packages.json', fault),
      },
      ...(['403', '404', '503', 'a closed connection'].includes(what)
        ? [
            {
              group: 'packages.json fails',
              name: `${what}, lock, archives too`,
              main: v1,
              keys: accounts.openSource,
              manifest,
              lock: {},
              fault: () => v1.faults.order(/./, fault),
            },
          ]
        : []),
      ...(['403', '404', '503'].includes(what)
        ? [
            {
              group: 'an include fails',
              name: `${what}, no lock`,
              main: v1,
              keys: accounts.openSource,
              manifest,
              fault: () => v1.faults.order(/^\/p\/provider-/, fault),
            },
          ]
        : []),
    ])
    .concat([
      {
        group: 'an include fails',
        name: 'wrong checksum, no lock',
        main: v1,
        keys: accounts.openSource,
        manifest,
        fault: () => v1.faults.order(/^\/p\/provider-/, { kind: 'corrupt' }),
      },
    ])
}

function byCache({ v1 }: Servers): Scenario[] {
  const manifest = project(EDITIONS.Commerce ?? {}, [composerRepository(v1)])
  const dev = project(EDITIONS['Open Source'] ?? {}, [composerRepository(v1)], {
    'require-dev': { 'acme/module-paid': '^1.0' },
  })
  const exact = project(EDITIONS['Open Source'] ?? {}, [composerRepository(v1)], {
    'require-dev': { 'acme/module-paid': '1.1.0' },
  })
  const unlocked = { group: 'caches and --no-dev', main: v1, keys: customers.deniedExtension, manifest: exact }
  const base = { group: 'caches and --no-dev', main: v1, manifest, lock: {} }
  return [
    { ...base, name: 'unentitled, archives in the file cache', keys: accounts.openSource, warm: 'cache' },
    { ...base, name: 'unentitled, everything in vendor', keys: accounts.openSource, warm: 'vendor' },
    { ...base, name: 'disabled keys, archives in the file cache', keys: accounts.disabled, warm: 'cache' },
    { ...base, name: 'disabled keys, everything in vendor', keys: accounts.disabled, warm: 'vendor' },
    { ...base, name: 'a denied package for development, install', keys: accounts.openSource, manifest: dev },
    {
      ...base,
      name: 'a denied package for development, install --no-dev',
      keys: accounts.openSource,
      manifest: dev,
      command: 'install --no-dev',
    },
    {
      ...base,
      name: 'the same with COMPOSER_NO_DEV',
      keys: accounts.openSource,
      manifest: dev,
      env: { COMPOSER_NO_DEV: '1' },
    },
    { ...base, name: 'update beside a lock, unentitled', keys: accounts.openSource, command: 'update' },
    { ...base, name: 'update beside a lock, entitled', keys: accounts.commerce, command: 'update' },
    {
      ...base,
      name: 'update, denied archives are in vendor',
      keys: customers.denied404,
      command: 'update',
      warm: 'vendor',
    },
    { ...unlocked, name: 'no lock, a denied archive for development' },
    { ...unlocked, name: 'no lock, a denied archive for development, --no-dev', command: 'install --no-dev' },
  ]
}

function byVersion({ v1 }: Servers): Scenario[] {
  const wish = (
    name: string,
    require: Record<string, string>,
    more: Partial<Manifest> = {},
    keys: Account = accounts.openSource,
  ): Scenario => ({
    group: 'versions',
    name,
    main: v1,
    keys,
    manifest: project(require, [composerRepository(v1)], more),
  })
  const product = 'magento/product-community-edition'
  return [
    wish('exact and there', { [product]: '2.4.7-p3' }),
    wish('exact and not there', { [product]: '2.4.9' }),
    wish('tilde', { [product]: '~2.4.7' }),
    wish('caret of another major', { [product]: '^3.0' }),
    wish('either of two', { [product]: '2.3.* || 2.4.*' }),
    wish('range without a version', { [product]: '>=2.4.9 <2.5' }),
    wish('only old versions visible', { [product]: '2.4.8' }, {}, customers.oldVersionsOnly),
    wish('only old versions visible, an old one wanted', { [product]: '2.4.7-p3' }, {}, customers.oldVersionsOnly),
    wish(
      'minimum-stability alpha, prefer-stable, pre-releases cannot be downloaded',
      { 'acme/module-patched': '^1.0' },
      { 'minimum-stability': 'alpha', 'prefer-stable': true },
      customers.noPreRelease,
    ),
    wish('misspelt name', { 'magento/product-comunity-edition': '2.4.8' }),
    wish('a package in require-dev', { [product]: '2.4.8' }, { 'require-dev': { 'acme/module-paid': '^1.0' } }),
    wish(
      'replaced by the project itself',
      { [product]: '2.4.8', 'acme/nowhere': '1.0' },
      { provide: { 'acme/nowhere': '1.0' } },
    ),
    ...versionedPackages
      .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
      .flatMap(({ name }) => [
        wish(`${name}: any stable`, { [name]: '*' }),
        wish(`${name}: any with minimum-stability dev`, { [name]: '*' }, { 'minimum-stability': 'dev' }),
        wish(`${name}: any @beta`, { [name]: '*@beta' }),
        wish(`${name}: dev-main`, { [name]: 'dev-main' }),
        wish(`${name}: ^1.0@dev`, { [name]: '^1.0@dev' }),
      ]),
  ]
}

function byProtocol({ v2, v2Listed, v2Patterns, inline, includes }: Servers): Scenario[] {
  const servers = {
    v2: v2,
    'v2 with a list': v2Listed,
    'v2 with patterns': v2Patterns,
    'inline packages': inline,
    includes,
  }
  return Object.entries(servers).flatMap(([kind, server]) => {
    const manifest = project(EDITIONS.Commerce ?? {}, [composerRepository(server)])
    const base = { group: 'repository kinds', main: server, manifest }
    return [
      { ...base, name: `${kind}, entitled, no lock`, keys: accounts.commerce },
      { ...base, name: `${kind}, unentitled, no lock`, keys: accounts.openSource },
      { ...base, name: `${kind}, entitled, lock`, keys: accounts.commerce, lock: {} },
      { ...base, name: `${kind}, unentitled, lock`, keys: accounts.openSource, lock: {} },
    ]
  })
}

function byHost({ v1, vendor, mirror }: Servers): Scenario[] {
  const require = { ...EDITIONS['Open Source'], 'vendor/module-private': '^1.0' }
  const both = project(require, [composerRepository(v1), composerRepository(vendor)])
  const base = { group: 'other hosts', main: v1, keys: accounts.openSource, manifest: both }
  const customer = { composerAuth: { [vendor.origin]: vendorCustomer } }
  const stranger = { composerAuth: { [vendor.origin]: vendorStranger } }
  const mirrored = project(EDITIONS['Open Source'] ?? {}, [composerRepository(mirror)])
  const commerceElse = project(EDITIONS.Commerce ?? {}, [composerRepository(mirror), composerRepository(v1)])
  return [
    { ...base, name: 'vendor with good credentials, no lock', ...customer },
    { ...base, name: 'vendor with good credentials, lock', ...customer, lock: {} },
    { ...base, name: 'vendor with bad credentials, no lock', ...stranger },
    { ...base, name: 'vendor without credentials, no lock' },
    {
      ...base,
      name: 'vendor named and not needed, without credentials, first in order',
      manifest: project(EDITIONS['Open Source'] ?? {}, [composerRepository(vendor), composerRepository(v1)]),
    },
    { ...base, name: 'public mirror alone, good keys', manifest: mirrored },
    { ...base, name: 'public mirror alone, disabled keys', manifest: mirrored, keys: accounts.disabled },
    {
      ...base,
      name: 'public mirror alone, lock, disabled keys',
      manifest: mirrored,
      keys: accounts.disabled,
      lock: {},
    },
    { ...base, name: 'mirror first, Commerce, entitled', manifest: commerceElse, keys: accounts.commerce },
    { ...base, name: 'mirror first, Commerce, unentitled', manifest: commerceElse },
  ]
}

function byFilter({ v1, mirror }: Servers): Scenario[] {
  const openSource = EDITIONS['Open Source'] ?? {}
  const extension = EDITIONS['a bought extension'] ?? {}
  const base = { group: 'filters', main: v1, keys: accounts.buyer }
  return [
    {
      ...base,
      name: 'only names everything',
      manifest: project(extension, [composerRepository(v1, { only: ['magento/*', 'acme/*'] })]),
    },
    {
      ...base,
      name: 'only leaves the extension out',
      manifest: project(extension, [composerRepository(v1, { only: ['magento/*'] })]),
    },
    {
      ...base,
      name: 'exclude takes the extension out',
      manifest: project(extension, [composerRepository(v1, { exclude: ['acme/*'] })]),
    },
    {
      ...base,
      name: 'canonical repository has only other versions',
      manifest: project({ ...openSource, 'acme/module-paid': '9.0' }, [
        composerRepository(v1),
        { type: 'package', package: { name: 'acme/module-paid', version: '9.0', type: 'metapackage' } },
      ]),
    },
    {
      ...base,
      name: 'the same with canonical: false',
      manifest: project({ ...openSource, 'acme/module-paid': '9.0' }, [
        composerRepository(v1, { canonical: false }),
        { type: 'package', package: { name: 'acme/module-paid', version: '9.0', type: 'metapackage' } },
      ]),
    },
    {
      ...base,
      name: 'an unbought extension from a package repository',
      keys: accounts.openSource,
      manifest: project({ ...openSource, 'acme/module-paid': '1.0' }, [
        composerRepository(v1),
        { type: 'package', package: { name: 'acme/module-paid', version: '1.0', type: 'metapackage' } },
      ]),
    },
    {
      ...base,
      name: 'repositories as an object',
      manifest: { ...project(extension, []), repositories: { magento: composerRepository(v1), ...NO_PACKAGIST } },
    },
    {
      ...base,
      name: 'mirror before, only for magento/*',
      manifest: project(extension, [composerRepository(mirror, { only: ['magento/*'] }), composerRepository(v1)]),
    },
    {
      ...base,
      name: 'a canonical package repository before, with another version',
      manifest: project({ ...openSource, 'acme/module-paid': '^1.0' }, [
        { type: 'package', package: { name: 'acme/module-paid', version: '9.0', type: 'metapackage' } },
        composerRepository(v1),
      ]),
    },
  ]
}

function byLocalPackage({ v1, v2 }: Servers): Scenario[] {
  const openSource = EDITIONS['Open Source'] ?? {}
  const path = { type: 'path', url: 'packages/*' }
  const local = (more: Record<string, unknown>) => ({
    'packages/local/composer.json': JSON.stringify({ name: 'acme/local', version: '1.0.0', ...more }),
  })
  const base = { group: 'local packages and package files', main: v1, keys: accounts.openSource }
  return [
    {
      ...base,
      name: 'a path repository',
      manifest: project({ ...openSource, 'acme/local': '1.0.0' }, [path, composerRepository(v1)]),
      files: local({}),
    },
    {
      ...base,
      name: 'a path repository that stands in for an unbought extension',
      manifest: project({ ...openSource, 'acme/local': '1.0.0', 'acme/module-paid': '*' }, [
        path,
        composerRepository(v1),
      ]),
      files: local({ replace: { 'acme/module-paid': '1.0.0' } }),
    },
    {
      ...base,
      name: 'a path repository without the package',
      manifest: project({ ...openSource, 'acme/other': '1.0.0' }, [path, composerRepository(v1)]),
      files: local({}),
    },
    {
      ...base,
      name: 'a package file of v1 answers 404',
      manifest: project(openSource, [composerRepository(v1)]),
      fault: () => v1.faults.order(/^\/p\/magento\/product-community-edition/, { kind: 'status', status: 404 }),
    },
    {
      ...base,
      name: 'a package file of v2 answers 403',
      main: v2,
      manifest: project(openSource, [composerRepository(v2)]),
      fault: () => v2.faults.order('/p2/magento/product-community-edition.json', { kind: 'status', status: 403 }),
    },
    {
      ...base,
      name: 'a package file of v2 answers 404',
      main: v2,
      manifest: project(openSource, [composerRepository(v2)]),
      fault: () => v2.faults.order('/p2/magento/product-community-edition.json', { kind: 'status', status: 404 }),
    },
  ]
}

/** A distribution of its own, whose packages stand in for others; its product reaches them over one that stands between. */
const forks = [
  createPackage('fork/framework', '3.0.0', {
    replace: {
      'old/framework': '103.0.8',
      'old/same-version': 'self.version',
      'old/range': '^1.0',
      'old/any': '*',
      'acme/module-aged': '3.0.0',
    },
    provide: { 'old/log-implementation': '1.0' },
  }),
  createPackage('fork/middle', '1.0.0', { require: { 'fork/framework': '*' } }),
  createPackage('fork/product', '1.0.0', { type: 'metapackage', require: { 'fork/middle': '1.0.0' } }),
  createPackage('fork/changed', '1.0.0', { require: { 'fork/framework': '^3.0' } }),
  createPackage('fork/changed', '2.0.0'),
  createPackage('fork/paid', '1.0.0', { replace: { 'acme/module-paid': '1.1.0' } }),
  createPackage('fork/paid-product', '1.0.0', { type: 'metapackage', require: { 'fork/paid': '1.0.0' } }),
]

function byStandIn(servers: Servers): Scenario[] {
  const { v1 } = servers
  const kinds = {
    v1,
    v2: servers.v2,
    'v2 with a list': servers.v2Listed,
    'inline packages': servers.inline,
    includes: servers.includes,
  }
  const group = 'stand-ins'
  const base = { group, main: v1, keys: accounts.openSource }
  const wish = (name: string, require: Record<string, string>, more: Partial<Manifest> = {}): Scenario => ({
    ...base,
    name,
    manifest: project(require, [composerRepository(v1)], more),
  })
  const path = { type: 'path', url: 'packages/*' }
  const local = (more: Record<string, unknown>) => ({
    'packages/local/composer.json': JSON.stringify({ name: 'local/package', version: '1.0.0', ...more }),
  })
  const inline = (more: Record<string, unknown>) => ({
    type: 'package',
    package: { name: 'local/package', version: '1.0.0', type: 'metapackage', ...more },
  })
  return [
    ...Object.entries(kinds).flatMap(([kind, main]) =>
      Object.entries({
        'replaced by a requirement': 'fork/framework',
        'replaced two levels further down': 'fork/product',
        'replaced by what nobody requires': 'acme/module-branched',
      }).map(([name, other]) => ({
        group,
        name: `${kind}: ${name}`,
        main,
        keys: accounts.openSource,
        manifest: project({ [other]: '*', 'old/framework': '103.0.*' }, [composerRepository(main)]),
      })),
    ),
    wish('replaced in another version', { 'fork/product': '*', 'old/framework': '104.0.*' }),
    wish('replaced in the version of the stand-in', { 'fork/product': '*', 'old/same-version': '^3.0' }),
    wish('replaced in the version of the stand-in, another wanted', {
      'fork/product': '*',
      'old/same-version': '^2.0',
    }),
    wish('replaced in a range', { 'fork/product': '*', 'old/range': '>=1.5' }),
    wish('replaced in a range, another wanted', { 'fork/product': '*', 'old/range': '>=2.0' }),
    wish('replaced in any version', { 'fork/product': '*', 'old/any': '9.9.9' }),
    wish('provided', { 'fork/product': '*', 'old/log-implementation': '1.0' }),
    wish('replaced further down by an older version alone', { 'fork/changed': '*', 'old/framework': '*' }),
    wish('the same, the newer version wanted', { 'fork/changed': '^2.0', 'old/framework': '*' }),
    wish('there, and the version that is wanted replaced', { 'fork/product': '*', 'acme/module-aged': '3.0.0' }),
    wish(
      'required for development by what is replaced',
      { 'old/framework': '*' },
      {
        'require-dev': { 'fork/product': '*' },
      },
    ),
    {
      ...base,
      name: 'replaced, and the filter of the repository names the stand-in alone',
      manifest: project({ 'fork/product': '*', 'old/framework': '*' }, [composerRepository(v1, { only: ['fork/*'] })]),
    },
    {
      ...base,
      name: 'an archive is denied of a package that is replaced further down',
      keys: customers.deniedExtension,
      manifest: project({ 'fork/paid-product': '*', 'acme/module-paid': '1.1.0' }, [composerRepository(v1)]),
    },
    {
      ...base,
      name: 'a path repository has a package that requires the stand-in',
      manifest: project({ 'local/package': '1.0.0', 'old/framework': '*' }, [path, composerRepository(v1)]),
      files: local({ require: { 'fork/product': '*' } }),
    },
    {
      ...base,
      name: 'a path repository has a stand-in that nobody requires',
      manifest: project({ 'fork/changed': '^2.0', 'old/framework': '*' }, [path, composerRepository(v1)]),
      files: local({ replace: { 'old/framework': '103.0.8' } }),
    },
    {
      ...base,
      name: 'a path repository has a stand-in without a version',
      manifest: project({ 'local/package': '*', 'old/framework': '*' }, [path, composerRepository(v1)], {
        'minimum-stability': 'dev',
      }),
      files: { 'packages/local/composer.json': '{"name":"local/package","replace":{"old/framework":"103.0.8"}}' },
    },
    {
      ...base,
      name: 'a package repository has a package that requires the stand-in',
      manifest: project({ 'local/package': '1.0.0', 'old/framework': '*' }, [
        inline({ require: { 'fork/product': '*' } }),
        composerRepository(v1),
      ]),
    },
    {
      ...base,
      name: 'a package repository has a stand-in that nobody requires',
      manifest: project({ 'fork/changed': '^2.0', 'old/framework': '*' }, [
        inline({ replace: { 'old/framework': '103.0.8' } }),
        composerRepository(v1),
      ]),
    },
  ]
}

/** The plugin is ours, and does what Magento's does: it looks each package up in all repositories before it is installed. */
const AUDIT_PLUGIN = createPackage('magento/composer-dependency-version-audit-plugin', '0.1.6', {
  type: 'composer-plugin',
  require: { 'composer-plugin-api': '^2.0' },
  extra: { class: 'Stand\\In\\Plugin' },
  autoload: { 'psr-4': { 'Stand\\In\\': 'src/' } },
  files: {
    'src/Plugin.php': `<?php
namespace Stand\\In;
use Composer\\{Composer, EventDispatcher\\EventSubscriberInterface, Installer\\PackageEvent, IO\\IOInterface, Plugin\\PluginInterface};
class Plugin implements PluginInterface, EventSubscriberInterface {
    public function activate(Composer $composer, IOInterface $io) {}
    public function deactivate(Composer $composer, IOInterface $io) {}
    public function uninstall(Composer $composer, IOInterface $io) {}
    public static function getSubscribedEvents() { return ['pre-package-install' => 'look']; }
    public function look(PackageEvent $event) {
        foreach ($event->getComposer()->getRepositoryManager()->getRepositories() as $repository) {
            $repository->findPackages($event->getOperation()->getPackage()->getName());
        }
    }
}
`,
  },
})

function byPlugin({ v1 }: Servers): Scenario[] {
  const require = { ...EDITIONS['Open Source'], [AUDIT_PLUGIN.name]: AUDIT_PLUGIN.version }
  const withRules = (rules: unknown) =>
    project(require, [composerRepository(v1)], { config: { 'secure-http': false, 'allow-plugins': rules } })
  const base = {
    group: 'the audit plugin',
    main: v1,
    keys: accounts.openSource,
    lock: {},
    env: { COMPOSER_ALLOW_SUPERUSER: '1' },
  }
  const fault = () => v1.faults.order('/packages.json', { kind: 'status', status: 403 })
  return [
    { ...base, name: 'allowed, packages.json works', manifest: withRules({ 'magento/*': true }) },
    { ...base, name: 'allowed, packages.json answers 403', manifest: withRules({ 'magento/*': true }), fault },
    { ...base, name: 'all plugins allowed, packages.json answers 403', manifest: withRules(true), fault },
    { ...base, name: 'not allowed, packages.json answers 403', manifest: withRules({ 'magento/*': false }), fault },
    {
      ...base,
      name: 'allowed, everything in vendor, packages.json answers 403',
      manifest: withRules(true),
      fault,
      warm: 'vendor',
    },
  ]
}

function byFile({ v1 }: Servers): Scenario[] {
  const manifest = project(EDITIONS['Open Source'] ?? {}, [composerRepository(v1)])
  const base = { group: 'files and URLs', main: v1, keys: accounts.openSource }
  const text = JSON.stringify(manifest, null, 4)
  return [
    { ...base, name: 'composer.json with a comma too many', manifestText: text.replace(/\n}$/, ',\n}') },
    {
      ...base,
      name: 'composer.json in conflict',
      manifestText: `<<<<<<< HEAD\n${text}\n=======\n${text}\n>>>>>>> branch\n`,
    },
    { ...base, name: 'composer.json empty', manifestText: '' },
    {
      ...base,
      name: 'composer.lock in conflict',
      manifest,
      lock: { edit: (lock) => lock.replace('"packages"', '<<<<<<< HEAD\n    "packages"') },
    },
    { ...base, name: 'composer.lock cut off', manifest, lock: { edit: (lock) => lock.slice(0, lock.length / 2) } },
    { ...base, name: 'composer.lock without packages', manifest, lock: { edit: () => '{"content-hash": "0"}' } },
    { ...base, name: 'http repository, secure-http on, no lock', manifest: { ...manifest, config: {} } },
    {
      ...base,
      name: 'repository without a scheme, secure-http on',
      manifest: { ...manifest, config: {}, repositories: [{ type: 'composer', url: v1.origin }, NO_PACKAGIST] },
    },
    {
      ...base,
      name: 'repository without a scheme, secure-http off',
      manifest: { ...manifest, repositories: [{ type: 'composer', url: v1.origin }, NO_PACKAGIST] },
    },
    {
      ...base,
      name: 'an archive without a host',
      manifest,
      lock: { edit: (lock) => lock.replace(`${v1.url}/archives/magento/framework`, '/archives/magento/framework') },
    },
  ]
}

function byRequest({ v1 }: Servers): Scenario[] {
  const ask = (name: string, keys: Account, wanted: string, version?: string): Scenario => ({
    group: 'packages (create-project)',
    name,
    main: v1,
    keys,
    requested: {
      packages: version === undefined ? wanted : `${wanted}:${version}`,
      arguments: [
        'create-project',
        `--repository-url=${v1.url}`,
        '--no-install',
        wanted,
        'shop',
        ...(version === undefined ? [] : [version]),
      ],
    },
  })
  const community = 'magento/project-community-edition'
  const enterprise = 'magento/project-enterprise-edition'
  return [
    ask('Open Source', accounts.openSource, community),
    ask('Open Source, one version', accounts.openSource, community, '2.4.7-p3'),
    ask('Open Source, a version that is not there', accounts.openSource, community, '2.4.99'),
    ask('Commerce, entitled', accounts.commerce, enterprise),
    ask('Commerce, unentitled', accounts.openSource, enterprise),
    ask('misspelt', accounts.openSource, 'magento/project-comunity-edition'),
    ask('disabled keys', accounts.disabled, community),
    ask('Commerce, unentitled, one version', accounts.openSource, enterprise, '2.4.8'),
    ask('pre-releases alone', accounts.openSource, 'acme/module-unreleased'),
    ask('pre-releases alone, one of them', accounts.openSource, 'acme/module-unreleased', '2.0.0-RC1'),
  ]
}
