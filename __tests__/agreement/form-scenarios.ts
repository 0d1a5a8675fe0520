import { accounts, createAccount } from '../../testing/catalogue.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { Manifest, Scenario } from './scenario.js'
import { composerRepository, edited, GOOD, project, REQUIRE } from './shop.js'

/**
 * The forms in which real shops name sources, mirrors and credentials, rebuilt from public reports: each was once judged wrongly.
 */
export function byForm(servers: Servers): Scenario[] {
  return [
    ...byArchiveHost(servers),
    ...byMirror(servers),
    ...bySourceOfVendor(servers),
    ...byToken(servers),
    ...byProtocolForm(servers),
    ...byOption(servers),
    ...byHttpArchive(servers),
    ...byDomain(servers),
  ]
}

interface Servers {
  readonly v1: Repository
  readonly vendor: Repository
  /** The vendor's packages, for everybody to see, with archives at the vendor's own host. */
  readonly published: Repository
  /** Everything, with a token: an agency's mirror. */
  readonly agency: Repository
  /** The vendor's packages over https, with a certificate that nobody trusts unless told to. */
  readonly secure: Repository
  readonly secureCaFile: string
}

const PRIVATE = { 'vendor/module-private': '1.0.0' }
const stranger = createAccount('no customer of the vendor')
/** Who holds a token for a host that Composer takes for a GitHub. */
export const tokenAtGitHub = {
  ...createAccount('token at a GitHub of its own'),
  publicKey: 'ghp_AbcdEf0123456789AbcdEf0123456789AbcD',
  privateKey: 'x-oauth-basic',
}
export const agencyToken = createAccount('token of an agency', { entitlements: ['commerce'] })

/** The same machine under its other name, which is another host to Composer. */
const otherName = (url: string) => url.replace('127.0.0.1', 'localhost')

function byArchiveHost({ v1, vendor, published }: Servers): Scenario[] {
  const archive = `${vendor.url}/archives/vendor/module-private/vendor-module-private-1.0.0.0.zip`
  const inline = { name: 'vendor/module-private', version: '1.0.0', dist: { type: 'zip', url: archive } }
  const ways = {
    'a package repository': project({ ...REQUIRE, ...PRIVATE }, [
      composerRepository(v1),
      { type: 'package', package: inline },
    ]),
    'public metadata': project({ ...REQUIRE, ...PRIVATE }, [composerRepository(v1), composerRepository(published)]),
  }
  const held = (who: typeof stranger) => ({
    inputs: {
      'composer-auth': JSON.stringify({
        'http-basic': { [vendor.origin]: { username: who.publicKey, password: who.privateKey } },
      }),
    },
  })
  const base = { group: 'archives at a host that is no repository', main: v1, keys: GOOD }
  const customer = createAccount('customer of the vendor')
  const manifest = ways['public metadata']
  const faults = {
    'that does not have it': { kind: 'status', status: 404 },
    'that is out of order': { kind: 'status', status: 503 },
    'that gives a login page': { kind: 'html' },
    'that ends the connection': { kind: 'close' },
  } as const
  return [
    ...Object.entries(ways).flatMap(([way, manifest]) =>
      [{}, { lock: {} }].flatMap((lock): Scenario[] => {
        const name = `${way}${'lock' in lock ? ', lock' : ''}`
        return [
          { ...base, ...lock, name: `${name}, with credentials`, manifest, ...held(customer) },
          { ...base, ...lock, name: `${name}, without`, manifest },
          { ...base, ...lock, name: `${name}, with wrong ones`, manifest, ...held(stranger) },
        ]
      }),
    ),
    {
      ...base,
      name: 'composer.lock spells the host otherwise than composer.json',
      manifest: project(REQUIRE, [composerRepository(v1)]),
      lock: edited(v1.url, otherName(v1.url)),
    },
    ...Object.entries(faults).flatMap(([what, fault]): Scenario[] => {
      const met = { ...base, manifest, fault: () => vendor.faults.order(/^\/archives\//, fault) }
      return [
        { ...met, name: what },
        { ...met, name: `${what}, lock`, lock: {} },
      ]
    }),
  ]
}

function byMirror({ v1, agency }: Servers): Scenario[] {
  const dists = `${agency.url}/dists/%package%/%version%/r%reference%.%type%`
  const mirrored = {
    edit: (text: string) => {
      const lock = JSON.parse(text.replaceAll(agency.url, v1.url))
      const mirrors = [{ url: dists, preferred: true }]
      const packages = lock.packages.map(({ dist, ...locked }: Record<string, unknown>) => ({
        ...locked,
        ...(dist === undefined ? {} : { dist: { ...dist, shasum: '', mirrors } }),
      }))
      return JSON.stringify({ ...lock, packages }, null, 4)
    },
  }
  const manifest = project({ 'magento/product-enterprise-edition': '2.4.8' }, [
    composerRepository(v1),
    composerRepository(agency),
  ])
  const token = (password: string) => ({
    'composer-auth': JSON.stringify({
      'http-basic': { [agency.origin]: { username: agencyToken.publicKey, password } },
    }),
  })
  const base = { group: 'a lock with preferred mirrors', main: v1, manifest, lock: mirrored }
  return [
    {
      ...base,
      name: 'a token, keys that fetch nothing',
      keys: accounts.disabled,
      inputs: token(agencyToken.privateKey),
    },
    { ...base, name: 'no token, keys that fetch everything', keys: accounts.commerce },
    { ...base, name: 'no token, keys that fetch a part', keys: GOOD },
    { ...base, name: 'no token, keys that fetch nothing', keys: accounts.disabled },
    { ...base, name: 'a wrong token, keys that fetch everything', keys: accounts.commerce, inputs: token('wrong') },
    { ...base, name: 'a wrong token, keys that fetch a part', keys: GOOD, inputs: token('wrong') },
    {
      ...base,
      name: 'no token, the mirror is out of order, keys that fetch a part',
      keys: GOOD,
      fault: () => agency.faults.order(/^\/dists\//, { kind: 'status', status: 400 }),
    },
    {
      ...base,
      name: 'no token, the mirror is out of order, keys that fetch everything',
      keys: accounts.commerce,
      fault: () => agency.faults.order(/^\/dists\//, { kind: 'status', status: 400 }),
    },
  ]
}

/** The whole repository refuses, and version control has the package. */
function bySourceOfVendor({ v1 }: Servers): Scenario[] {
  const base = { group: 'keys are refused, and version control has the package', main: v1, lock: {} }
  const manifest = project({ 'acme/module-sourced': '1.0.0' }, [composerRepository(v1)])
  const more = project({ ...REQUIRE, 'acme/module-sourced': '1.0.0' }, [composerRepository(v1)])
  const none = { publicKey: '', privateKey: '' }
  return [
    { ...base, name: 'disabled keys', keys: accounts.disabled, manifest },
    { ...base, name: 'no keys', keys: none, manifest },
    { ...base, name: 'disabled keys, and it has not everything', keys: accounts.disabled, manifest: more },
    { ...base, name: 'no keys, and it has not everything', keys: none, manifest: more },
    {
      ...base,
      name: 'the host does not answer',
      keys: GOOD,
      manifest,
      fault: () => v1.faults.order(/./, { kind: 'close' }),
    },
    {
      ...base,
      name: 'the host does not answer, source-fallback on',
      keys: GOOD,
      manifest: project({ 'acme/module-sourced': '1.0.0' }, [composerRepository(v1)], { 'source-fallback': true }),
      fault: () => v1.faults.order(/./, { kind: 'close' }),
    },
  ]
}

/** Composer stops at tokens for GitHub in which there is something odd, whether or not it needs GitHub. */
function byToken({ v1 }: Servers): Scenario[] {
  const base = {
    group: 'a token for GitHub',
    main: v1,
    keys: GOOD,
    manifest: project(REQUIRE, [composerRepository(v1)]),
  }
  const tokens = {
    'an old one': 'ghp_AbcdEf0123456789AbcdEf0123456789AbcD',
    'one with a hyphen': 'ghs_123456_eyJhbGciOi-JSUzI1NiJ9',
    'an empty one': '',
    'one with quotes around it': '"ghp_AbcdEf0123456789"',
    'one with a line feed behind it': 'ghp_AbcdEf0123456789\n',
  }
  const oauth = (token: string) => ({ 'github-oauth': { 'github.com': token } })
  return [
    ...Object.entries(tokens).map(([name, token]) => ({
      ...base,
      name: `${name}, in the home`,
      later: { 'home/.composer/auth.json': oauth(token) },
    })),
    ...(['one with a hyphen', 'an empty one'] as const).flatMap((name): Scenario[] => [
      { ...base, name: `${name}, in composer-auth`, inputs: { 'composer-auth': JSON.stringify(oauth(tokens[name])) } },
      { ...base, name: `${name}, in COMPOSER_AUTH`, env: { COMPOSER_AUTH: JSON.stringify(oauth(tokens[name])) } },
      { ...base, name: `${name}, in the project`, later: { 'workspace/auth.json': oauth(tokens[name]) } },
    ]),
    {
      ...base,
      name: 'an empty one in the home, a good one in the project',
      later: { 'home/.composer/auth.json': oauth(''), 'workspace/auth.json': oauth(tokens['an old one']) },
    },
    {
      ...base,
      name: 'a good one in the project, an empty one in COMPOSER_AUTH',
      env: { COMPOSER_AUTH: JSON.stringify(oauth('')) },
      later: { 'workspace/auth.json': oauth(tokens['an old one']) },
    },
  ]
}

/** How Nexus and old mirrors speak the first protocol. */
function byProtocolForm({ v1, vendor }: Servers): Scenario[] {
  const body = (value: unknown) => ({ kind: 'status', status: 200, body: JSON.stringify(value) }) as const
  const release = { name: 'vendor/module-private', version: '1.0.0', type: 'metapackage', uid: 7 }
  const file = body({ packages: { [release.name]: { [release.version]: release } } })
  const { uid: _, ...withoutUid } = release
  const lacking = body({ packages: { [release.name]: { [release.version]: withoutUid } } })
  const providers = { [release.name]: { sha256: null } }
  const roots = {
    'providers with sha256 null': { providers, 'providers-url': '/p/%package%.json' },
    'providers-lazy-url': { 'providers-lazy-url': '/p/%package%.json' },
  }
  const manifest = project({ ...REQUIRE, ...PRIVATE }, [composerRepository(v1), composerRepository(vendor)])
  return Object.entries(roots).flatMap(([name, root]): Scenario[] => {
    const base = { group: 'forms of the first protocol', main: v1, keys: GOOD, manifest }
    const serve = () => vendor.faults.order('/packages.json', body({ packages: [], ...root }))
    return [
      {
        ...base,
        name,
        fault: () => {
          serve()
          vendor.faults.order('/p/vendor/module-private.json', file)
        },
      },
      {
        ...base,
        name: `${name}, the package's file has no uid`,
        fault: () => {
          serve()
          vendor.faults.order('/p/vendor/module-private.json', lacking)
        },
      },
      {
        ...base,
        name: `${name}, the package's file answers 404`,
        fault: () => {
          serve()
          vendor.faults.order('/p/vendor/module-private.json', { kind: 'status', status: 404 })
        },
      },
    ]
  })
}

/** `options` of a repository that change what TLS accepts; a lock has them as `transport-options`. */
function byOption({ v1, secure, secureCaFile }: Servers): Scenario[] {
  const trusting = { verify_peer: false, verify_peer_name: false, allow_self_signed: true }
  const manifest = (ssl?: Record<string, unknown>) =>
    project({ ...REQUIRE, ...PRIVATE }, [
      composerRepository(v1),
      composerRepository(secure, ssl === undefined ? {} : { options: { ssl } }),
    ])
  const base = {
    group: 'options that change what TLS accepts',
    main: v1,
    keys: GOOD,
    composerAuth: { [secure.origin]: createAccount('customer of the vendor') },
  }
  return [
    { ...base, name: 'none', manifest: manifest() },
    { ...base, name: 'verify_peer: false', manifest: manifest(trusting) },
    { ...base, name: 'verify_peer: false, lock', manifest: manifest(trusting), lock: {} },
    { ...base, name: 'cafile', manifest: manifest({ cafile: secureCaFile }) },
    { ...base, name: 'cafile, lock', manifest: manifest({ cafile: secureCaFile }), lock: {} },
  ]
}

/** Composer refuses http, whatever names an archive there, and takes its next address. */
function byHttpArchive({ v1, secure, secureCaFile }: Servers): Scenario[] {
  const archive = '/archives/vendor/module-private/vendor-module-private-1.0.0.0.zip'
  const inline = (version: string, origin: string) => ({
    name: 'acme/licensed',
    version,
    dist: { type: 'zip', url: `${origin}${archive}` },
  })
  const manifest = (constraint: string, ...packages: readonly unknown[]): Manifest => ({
    require: { ...PRIVATE, 'acme/licensed': constraint },
    repositories: [composerRepository(secure), { type: 'package', package: packages }, { 'packagist.org': false }],
  })
  const customer = createAccount('customer of the vendor')
  const base = {
    group: 'an archive over http',
    main: secure,
    keys: customer,
    env: { COMPOSER_CAFILE: secureCaFile },
  }
  const mirrored = (url: string, preferred: boolean) => ({
    edit: (lock: string) =>
      lock.replace(
        /^( *)"dist": \{\n( *)"type": "zip",\n/m,
        `$&$2"mirrors": ${JSON.stringify([{ url, preferred }])},\n`,
      ),
  })
  const all = manifest('1.0.0', inline('1.0.0', secure.url))
  return [
    { ...base, name: 'no lock', manifest: manifest('1.0.0', inline('1.0.0', v1.url)) },
    { ...base, name: 'no lock, https', manifest: all },
    {
      ...base,
      name: 'no lock, of two versions',
      manifest: manifest('*', inline('1.0.0', v1.url), inline('1.1.0', v1.url)),
    },
    { ...base, name: 'lock', manifest: all, lock: { edit: (lock: string) => lock.replace(secure.url, v1.url) } },
    { ...base, name: 'lock, a preferred mirror', manifest: all, lock: mirrored(`${v1.url}/%package%.zip`, true) },
    { ...base, name: 'lock, a mirror behind it', manifest: all, lock: mirrored(`${v1.url}/%package%.zip`, false) },
  ]
}

/** Hosts that Composer takes for a GitHub or a GitLab, and looks credentials up for in a way of its own. */
function byDomain({ v1, vendor, published }: Servers): Scenario[] {
  const customer = createAccount('customer of the vendor')
  const basic = (host: string, who: typeof customer) => ({
    'http-basic': { [host]: { username: who.publicKey, password: who.privateKey } },
  })
  const manifest = (config: Record<string, unknown> = {}) =>
    project({ ...REQUIRE, ...PRIVATE }, [composerRepository(v1), composerRepository(vendor)], config)
  const base = { group: 'hosts like GitHub and GitLab', main: v1, keys: GOOD }
  const given = (auth: unknown) => ({ inputs: { 'composer-auth': JSON.stringify(auth) } })
  const path = `${vendor.origin}/git`
  const atPath = manifest({ 'gitlab-domains': ['gitlab.com', path] })
  const token = (text: string) => ({ 'github-oauth': { [vendor.origin]: text } })
  const cases: Readonly<Record<string, Partial<Scenario> & { readonly manifest: Manifest }>> = {
    'github-oauth': { manifest: manifest(), ...given(token(tokenAtGitHub.publicKey)) },
    'github-oauth, github-domains has the host': {
      manifest: manifest({ 'github-domains': ['github.com', vendor.origin] }),
      ...given(token(tokenAtGitHub.publicKey)),
    },
    'github-oauth, a wrong one': { manifest: manifest(), ...given(token('wrong')) },
    'github-oauth, and http-basic for the same host': {
      manifest: manifest(),
      ...given({ ...token('wrong'), ...basic(vendor.origin, customer) }),
    },
    'gitlab-domains with a path, credentials for the path': { manifest: atPath, ...given(basic(path, customer)) },
    'gitlab-domains with a path, credentials for the host': {
      manifest: atPath,
      ...given(basic(vendor.origin, customer)),
    },
    'gitlab-domains with a path, wrong credentials for the host': {
      manifest: atPath,
      ...given({
        'http-basic': { ...basic(vendor.origin, stranger)['http-basic'], ...basic(path, customer)['http-basic'] },
      }),
    },
    'gitlab-domains with the host and with a path, credentials for the host': {
      manifest: manifest({ 'gitlab-domains': [path, vendor.origin] }),
      ...given(basic(vendor.origin, customer)),
    },
  }
  return Object.entries(cases).flatMap(([name, one]): Scenario[] => [
    { ...base, ...one, name },
    {
      ...base,
      ...one,
      name: `${name}, lock`,
      // Made from what everybody may see, with the same archives.
      manifest: project({ ...REQUIRE, ...PRIVATE }, [composerRepository(v1), composerRepository(published)]),
      manifestText: JSON.stringify(one.manifest, null, 4),
      lock: {},
    },
  ])
}
