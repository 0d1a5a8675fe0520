import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type CataloguePackage, createAccount, createPackage } from '../../testing/catalogue.mjs'
import { lockFor } from '../../testing/lock.mjs'
import { startJob } from '../action/run-action.js'
import { proxy, repository } from '../server/access-step.js'
import { type ServerCertificate, serverCertificate } from '../server/certificates.js'

/**
 * The forms in which real shops and modules name their repositories, rebuilt with packages of our own under the real names
 * of hosts, which a proxy leads to this machine. Whoever is entitled to everything must hear no error.
 */
const HOSTS = [
  ...['repo.magento.com', 'repo.packagist.org', 'packagist.org', 'mirror.example.net', 'themes.repo.packagist.com'],
  ...['repo.packagist.com', 'packages.vendor.example', 'repo.vendor.example'],
] as const
type Host = (typeof HOSTS)[number]

const owner = createAccount('owner', { entitlements: ['commerce', 'b2b', 'cloud', 'acme/bought'] })
const stranger = createAccount('stranger')
const disabled = { ...createAccount('disabled'), disabled: true }
const customer = createAccount('customer of vendors')

const adobe: CataloguePackage[] = [
  createPackage('magento/product-community-edition', '2.4.8', {
    type: 'metapackage',
    require: { 'magento/framework': '103.0.8', 'magento/module-store': '101.1.8' },
  }),
  ...['2.4.8', '2.4.8-p2', '2.4.9-alpha1'].map((version) =>
    createPackage('magento/magento-cloud-metapackage', version, { type: 'metapackage', edition: 'cloud' }),
  ),
  createPackage('magento/ece-tools', '2002.2.1', { edition: 'cloud' }),
  createPackage('magento/extension-b2b', '1.5.2', { type: 'metapackage', edition: 'b2b' }),
  createPackage('magento/framework', '103.0.8', { type: 'magento2-library' }),
  createPackage('magento/module-store', '101.1.8'),
  createPackage('magento/composer-root-update-plugin', '2.0.4', { type: 'library' }),
  createPackage('acme/bought', '3.1.0', { edition: 'marketplace' }),
]
const vendors: CataloguePackage[] = [
  createPackage('vendor/rules', '2.12.3', { type: 'metapackage' }),
  createPackage('vendor/module', '1.4.0'),
]
const themes: CataloguePackage[] = [createPackage('themes/default', '1.4.0', { type: 'magento2-theme' })]
const open: CataloguePackage[] = [createPackage('symfony/console', '6.4.0', { type: 'library' })]
const mirrored = adobe.filter(({ edition }) => edition === 'open-source')

/** Where Private Packagist has the archives of everything. */
const DISTS = {
  url: 'https://repo.packagist.com/agency/shop/dists/%package%/%version%/r%reference%.%type%',
  preferred: true,
}

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate({ names: HOSTS })
})

interface Case {
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly lock?: string
  readonly keys?: typeof owner
  /** Hosts for which COMPOSER_AUTH holds the vendors' credentials. */
  readonly known?: readonly Host[]
  readonly packages?: string
}

/** Runs the step in the world of these hosts. */
async function runWith({ manifest, lock, keys = owner, known = [], packages = '' }: Case) {
  const tls = certificate.server
  const vendor = { tls, accounts: { customer } }
  const servers = {
    'repo.magento.com': await repository({
      tls,
      publicUrl: 'https://repo.magento.com',
      packages: adobe,
      accounts: { owner, stranger, disabled },
    }),
    'repo.packagist.org': await repository({
      tls,
      publicUrl: 'https://repo.packagist.org',
      protocol: 'v2',
      anonymous: true,
      packages: open,
    }),
    'mirror.example.net': await repository({
      tls,
      publicUrl: 'https://mirror.example.net',
      protocol: 'v2',
      anonymous: true,
      packages: [...mirrored, ...open],
    }),
    'themes.repo.packagist.com': await repository({
      ...vendor,
      publicUrl: 'https://themes.repo.packagist.com/some-shop',
      protocol: 'v2',
      packages: themes,
    }),
    'repo.packagist.com': await repository({
      ...vendor,
      publicUrl: 'https://repo.packagist.com/agency/shop',
      protocol: 'v2',
      packages: [...adobe, ...vendors, ...themes, ...open],
      mirrors: [DISTS],
    }),
    'packages.vendor.example': await repository({
      ...vendor,
      publicUrl: 'https://packages.vendor.example',
      packages: vendors,
    }),
    'repo.vendor.example': await repository({
      ...vendor,
      publicUrl: 'https://repo.vendor.example/repositories/a-token-of-a-customer',
      packages: vendors,
    }),
  }
  const at = Object.fromEntries(Object.entries(servers).map(([name, { host, port }]) => [name, { host, port }]))
  const way = await proxy({ resolve: at })
  const job = startJob()
  if (manifest !== undefined) writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest, null, 4))
  if (lock !== undefined) writeFileSync(join(job.workspace, 'composer.lock'), lock)
  const { publicKey: username, privateKey: password } = customer
  const auth = { 'http-basic': Object.fromEntries(known.map((host) => [host, { username, password }])) }
  const { outputs, stdout, summary } = await job.main({
    inputs: { 'public-key': keys.publicKey, 'private-key': keys.privateKey, packages, retries: '0' },
    env: {
      https_proxy: way.url,
      COMPOSER_CAFILE: certificate.caFile,
      ...(known.length === 0 ? {} : { COMPOSER_AUTH: JSON.stringify(auth) }),
    },
  })
  const problems: { severity: string; code: string; host: string; packages: string[] }[] = JSON.parse(
    outputs.problems ?? '',
  )
  return {
    said: problems.map(({ severity, code, host, packages: names }) => [severity, code, host, ...names].join(' ')),
    log: stdout,
    summary,
    asked: (host: keyof typeof servers) => servers[host].requests.map(({ path }) => path),
    /** Names that nobody should have asked for. */
    unresolved: way.requests.filter(({ status }) => status !== 200).map(({ target }) => target),
  }
}

const ADOBE = { type: 'composer', url: 'https://repo.magento.com/' }
const VENDOR = { type: 'composer', url: 'https://packages.vendor.example/' }
const THEMES = { type: 'composer', url: 'https://themes.repo.packagist.com/some-shop/' }
const MIRROR = { type: 'composer', url: 'https://mirror.example.net/' }
const AGENCY = { type: 'composer', url: 'https://repo.packagist.com/agency/shop/' }
const COMMUNITY = { 'magento/product-community-edition': '2.4.8' }
const CLOUD = { 'magento/magento-cloud-metapackage': '>=2.4.8 <2.4.9' }

describe('composer.json of those who are entitled to all of it', () => {
  test.each<[string, Case]>([
    [
      'what create-project leaves: a list of one',
      {
        manifest: { require: { ...COMMUNITY, 'magento/composer-root-update-plugin': '^2.0.4' }, repositories: [ADOBE] },
      },
    ],
    [
      'the Cloud template: an object, no slash at the end, pre-releases allowed',
      {
        manifest: {
          require: CLOUD,
          repositories: { repo: { type: 'composer', url: 'https://repo.magento.com' } },
          'minimum-stability': 'alpha',
          'prefer-stable': true,
        },
      },
    ],
    [
      'three private hosts, one under a number',
      {
        manifest: {
          require: { ...COMMUNITY, 'themes/default': '^1.4', 'vendor/rules': '^2.12', 'symfony/console': '^6.4' },
          repositories: { themes: THEMES, '0': ADOBE, vendor_packages: VENDOR },
        },
        known: ['themes.repo.packagist.com', 'packages.vendor.example'],
      },
    ],
    [
      'one private repository that mirrors everything, and no packagist.org',
      {
        manifest: {
          require: { ...COMMUNITY, 'themes/default': '^1.4', 'symfony/console': '^6.4' },
          repositories: { 'packagist.org': false, agency: AGENCY },
          'minimum-stability': 'dev',
          'prefer-stable': true,
        },
        known: ['repo.packagist.com'],
      },
    ],
    [
      'credentials and a token in URLs',
      {
        manifest: {
          require: { ...CLOUD, 'vendor/module': '^1.4' },
          repositories: {
            vendor: {
              type: 'composer',
              url: `https://${customer.publicKey}:${customer.privateKey}@repo.vendor.example/repositories/a-token-of-a-customer`,
            },
            repo: ADOBE,
          },
        },
      },
    ],
    [
      'canonical: false, and an extension that only the Marketplace has',
      {
        manifest: {
          require: { ...CLOUD, 'acme/bought': '*', 'vendor/module': '1.4.0' },
          repositories: { repo: { ...ADOBE, canonical: false }, vendor: VENDOR },
        },
        known: ['packages.vendor.example'],
      },
    ],
    [
      'a mirror beside it',
      { manifest: { type: 'magento2-module', require: { 'magento/framework': '*' }, repositories: [ADOBE, MIRROR] } },
    ],
    [
      'a mirror alone',
      { manifest: { type: 'magento2-module', require: { 'magento/framework': '*' }, repositories: { '0': MIRROR } } },
    ],
    [
      'the name of the host as the key',
      {
        manifest: {
          require: { 'magento/ece-tools': '^2002.2' },
          repositories: { 'repo.magento.com': ADOBE },
        },
      },
    ],
  ])('%s', async (_, input) => {
    const { said, unresolved } = await runWith(input)
    expect(said).toEqual([])
    expect(unresolved).toEqual([])
  })
})

test('a repository of a public forge is not asked, and what its filter gives to it is a line of the log and the summary', async () => {
  const { said, unresolved, log, summary } = await runWith({
    manifest: {
      require: { ...CLOUD, 'magento/extension-b2b': '^1.2', 'forge/cdn': '^1.2', 'symfony/console': '^6.4' },
      repositories: {
        repo: { type: 'composer', url: 'https://repo.magento.com' },
        cdn: { type: 'git', url: 'https://github.com/forge/cdn.git', only: ['forge/*'] },
      },
    },
  })
  expect([said, unresolved]).toEqual([[], []])
  expect(log).toContain(
    'forge/cdn was not checked: it may come from version control or a folder that composer.json names.',
  )
  expect(summary).toMatch(/Not checked \| .*forge\/cdn.*may come from version control/)
  expect(log).toContain('3 packages checked.')
})

test('repositories under version control are asked nothing, and what only they can have is no warning', async () => {
  const ssh = (name: string) => ({ type: 'vcs', url: `git@github.com:agency/${name}.git` })
  const { said, unresolved, log } = await runWith({
    manifest: {
      require: { ...CLOUD, 'agency/contact': '^1.0', 'agency/cds': '^3.0' },
      repositories: {
        '0': { type: 'composer', url: 'https://repo.magento.com', canonical: false },
        contact: ssh('contact'),
        cds: { type: 'git', url: 'git@github.com:agency/cds.git' },
        gitlab: { type: 'vcs', url: 'https://gitlab.agency.example/shop/module.git' },
        github: { type: 'github', url: 'git@github.com:agency/other.git' },
      },
    },
  })
  expect([said, unresolved]).toEqual([[], []])
  expect(log).toContain('agency/contact and agency/cds were not checked')
})

test('an edition of Adobe that the keys do not see is a warning, though a repository under version control might have it', async () => {
  const { said, log } = await runWith({
    manifest: {
      require: { 'magento/extension-b2b': '^1.2', 'agency/contact': '^1.0' },
      repositories: [ADOBE, { type: 'vcs', url: 'git@github.com:agency/contact.git' }],
    },
    keys: stranger,
  })
  expect(said).toEqual(['warning package-denied repo.magento.com magento/extension-b2b'])
  expect(log).toContain('agency/contact was not checked')
})

test('vendors without credentials are named, the one that is needed as an error', async () => {
  const { said } = await runWith({
    manifest: {
      require: { ...COMMUNITY, 'themes/default': '^1.4' },
      repositories: { themes: THEMES, '0': ADOBE, vendor_packages: VENDOR },
    },
    known: ['packages.vendor.example'],
  })
  expect(said).toEqual(['error credentials-missing themes.repo.packagist.com'])
})

test.each<[string, NonNullable<Case['manifest']>]>([
  ['a mirror alone', { require: { 'magento/framework': '*' }, repositories: [MIRROR] }],
  [
    'one private repository that mirrors everything',
    { require: COMMUNITY, repositories: { 'packagist.org': false, agency: AGENCY } },
  ],
])('%s needs no keys of Adobe: disabled ones are a warning', async (_, manifest) => {
  const { said } = await runWith({ manifest, keys: disabled, known: ['repo.packagist.com'] })
  expect(said).toEqual(['warning keys-rejected repo.magento.com'])
})

/** A lock as it comes from several repositories: each package with the archive of its own. */
function lockOf(
  packages: readonly CataloguePackage[],
  options: Partial<Omit<Parameters<typeof lockFor>[1], 'baseUrl'>> = {},
) {
  return lockFor(packages, { baseUrl: 'https://repo.magento.com', metapackages: 'with-dist', ...options })
}

const FORGE = 'https://api.github.com/repos/symfony/console/zipball/abc'

describe('composer.lock of those who are entitled to all of it', () => {
  const cloud = adobe.filter(
    ({ name, version }) => /cloud-metapackage|ece-tools|framework/.test(name) && version !== '2.4.9-alpha1',
  )
  const shop = adobe.filter(({ name }) => /product-community|framework|module-store/.test(name))
  const shopManifest = { require: COMMUNITY, repositories: [ADOBE] }

  test('of Cloud, with a package of a public forge, which is not asked', async () => {
    const lock = lockOf([...cloud.slice(1), ...open], {
      distUrl: ({ name }, own) => (name === 'symfony/console' ? FORGE : own),
    })
    const { said, asked, unresolved } = await runWith({
      manifest: { require: CLOUD, repositories: { repo: ADOBE } },
      lock,
    })
    expect([said, unresolved]).toEqual([[], []])
    expect(asked('repo.magento.com').filter((path) => path.includes('metapackage'))).toEqual([])
    expect(asked('repo.magento.com').filter((path) => path.startsWith('/archives/')).length).toBeGreaterThan(0)
  })

  test('with a metapackage whose archive has no host, as some vendors write it', async () => {
    const lock = lockOf([...shop, ...vendors.slice(0, 1)], {
      distUrl: ({ name }, own) => (name === 'vendor/rules' ? '/modules/Vendor_Rules_v2.12.3.zip' : own),
    })
    const { said, unresolved } = await runWith({ manifest: shopManifest, lock })
    expect([said, unresolved]).toEqual([[], []])
  })

  test('with preferred mirrors, which answer for everything', async () => {
    const lock = lockOf(shop, {
      shasum: 'none',
      mirrors: [DISTS],
    })
    const { said, asked } = await runWith({
      manifest: { require: COMMUNITY, repositories: { 'packagist.org': false, agency: AGENCY } },
      lock,
      known: ['repo.packagist.com'],
      keys: disabled,
    })
    expect(said).toEqual([])
    expect(asked('repo.magento.com')).toEqual([])
    expect(asked('repo.packagist.com').filter((path) => path.includes('/dists/')).length).toBeGreaterThan(0)
  })

  test('with preferred mirrors whose token is missing, while the keys fetch everything from its own address', async () => {
    const lock = lockOf(shop, { shasum: 'none', mirrors: [DISTS] })
    const { said, asked } = await runWith({
      manifest: { require: COMMUNITY, repositories: { 'packagist.org': false, agency: AGENCY } },
      lock,
    })
    const names = shop.flatMap(({ name, type }) => (type === 'metapackage' ? [] : [name]))
    expect(said).toEqual([`warning credentials-missing repo.packagist.com ${names.join(' ')}`])
    expect(asked('repo.packagist.com')).toHaveLength(1)
  })

  test('of a module, with a package for development', async () => {
    const lock = lockOf(shop.slice(1, 2), { dev: shop.slice(2) })
    const { said } = await runWith({ manifest: { require: { 'magento/framework': '*' }, repositories: [ADOBE] }, lock })
    expect(said).toEqual([])
  })

  test('with a public mirror of packagist.org for the rest, which nobody names: it is asked for one archive', async () => {
    const lock = lockOf([...shop, ...open], {
      distUrl: ({ name }, own) =>
        name === 'symfony/console' ? own.replace('repo.magento.com', 'mirror.example.net') : own,
    })
    const { said, asked, unresolved } = await runWith({ manifest: shopManifest, lock })
    expect([said, unresolved]).toEqual([[], []])
    expect(asked('mirror.example.net')).toEqual(['/archives/symfony/console/symfony-console-6.4.0.0.zip'])
  })

  test('with preferred mirrors of a public forge, whose own archives nobody asks for', async () => {
    const lock = lockOf([...shop, ...open], {
      distUrl: ({ name }, own) => (name === 'symfony/console' ? FORGE : own),
      amend: ({ name }) => {
        const mirror = {
          url: 'https://mirror.example.net/dists/%package%/%version%/r%reference%.%type%',
          preferred: true,
        }
        const dist = { type: 'zip', url: FORGE, reference: '', shasum: '', mirrors: [mirror] }
        return name === 'symfony/console' ? { dist } : {}
      },
    })
    const { said, asked, unresolved } = await runWith({ manifest: shopManifest, lock })
    expect([said, unresolved]).toEqual([[], []])
    expect(asked('mirror.example.net')).toHaveLength(1)
  })

  test('of a mirror alone, whose metapackages still name repo.magento.com, asks that host for nothing', async () => {
    const lock = lockOf(shop, {
      distUrl: ({ type }, own) =>
        type === 'metapackage' ? own : own.replace('repo.magento.com', 'mirror.example.net'),
    })
    expect(lock).toContain('https://repo.magento.com/archives/')
    const { said, asked } = await runWith({
      manifest: { require: COMMUNITY, repositories: [MIRROR] },
      lock,
      keys: disabled,
    })
    expect(said).toEqual([])
    expect(asked('repo.magento.com')).toEqual([])
    expect(asked('mirror.example.net').length).toBeGreaterThan(0)
  })
})

describe('the same without the entitlement', () => {
  test('names what of the Cloud template cannot be fetched', async () => {
    const manifest = { require: CLOUD, repositories: { repo: ADOBE } }
    const { said } = await runWith({ manifest, keys: stranger })
    expect(said).toEqual(['error package-denied repo.magento.com magento/magento-cloud-metapackage'])
  })

  test('names the extension that was never ordered, whatever else has a repository of its own', async () => {
    const { said } = await runWith({
      manifest: {
        require: { ...COMMUNITY, 'acme/bought': '*', 'vendor/module': '1.4.0' },
        repositories: { repo: { ...ADOBE, canonical: false }, vendor: VENDOR },
      },
      keys: stranger,
      known: ['packages.vendor.example'],
    })
    expect(said).toEqual(['error package-denied repo.magento.com acme/bought'])
  })

  test('names what neither a preferred mirror gives, whose token is missing, nor the keys', async () => {
    const lock = lockOf(
      adobe.filter(({ name }) => /ece-tools|framework/.test(name)),
      { shasum: 'none', mirrors: [DISTS] },
    )
    const manifest = { require: CLOUD, repositories: { 'packagist.org': false, agency: AGENCY } }
    const { said } = await runWith({ manifest, lock, keys: stranger })
    expect(said).toEqual([
      'error credentials-missing repo.packagist.com magento/ece-tools',
      'error package-denied repo.magento.com magento/ece-tools',
    ])
  })

  test('names what of a lock cannot be downloaded', async () => {
    const lock = lockOf(adobe.filter(({ name }) => /ece-tools|framework/.test(name)))
    const manifest = { require: CLOUD, repositories: { repo: ADOBE } }
    const { said } = await runWith({ manifest, lock, keys: stranger })
    expect(said).toEqual(['error package-denied repo.magento.com magento/ece-tools'])
  })
})
