import { type Account, accounts, createAccount, createPackage } from '../../testing/catalogue.mjs'
import type { Fault } from '../../testing/faults.mjs'
import type { Repository } from '../../testing/repository.mjs'
import type { Manifest, Scenario } from './scenario.js'

const GOOD = accounts.openSource
const BAD = accounts.disabled
const NONE = { publicKey: '', privateKey: '' }
const REQUIRE = { 'magento/product-community-edition': '2.4.8' }

/** May see everything of Open Source, and gets no archive of the package that version control has too. */
export const deniedSourced = createAccount('denied an archive that has a source', {
  archivesDenied: new Map([['acme/module-sourced', 404]]),
})

/** May fetch an extension that it does not see. */
export const fetchesUnseen = createAccount('fetches an extension unseen', {
  archivesOnly: new Set(['acme/module-paid']),
})

/** A package that a git repository holds too. */
export const sourced = (url: string, reference: string) =>
  createPackage('acme/module-sourced', '1.0.0', { source: { type: 'git', url, reference } })

interface Servers {
  readonly v1: Repository
  readonly v2: Repository
  readonly vendor: Repository
  readonly mirror: Repository
  /** The vendor's packages, for whoever sends a job token in the header that GitLab names. */
  readonly jobTokens: Repository
}

const composerRepository = ({ url }: { readonly url: string }, more: Record<string, unknown> = {}) => ({
  type: 'composer',
  url,
  ...more,
})

function project(
  repositories: readonly unknown[],
  config: Record<string, unknown> = {},
  require: Readonly<Record<string, string>> = REQUIRE,
): Manifest {
  return {
    require,
    repositories: [...repositories, { 'packagist.org': false }],
    config: { 'secure-http': false, ...config },
  }
}

const pair = ({ publicKey, privateKey }: Account) => ({ username: publicKey, password: privateKey })
const header = ({ publicKey, privateKey }: Account) =>
  `Authorization: Basic ${Buffer.from(`${publicKey}:${privateKey}`).toString('base64')}`
const inUrl = (url: string, { publicKey, privateKey }: Account) => url.replace('://', `://${publicKey}:${privateKey}@`)
const answers = (body: string): Fault => ({ kind: 'status', status: 200, body })

/** What one version of Composer does otherwise than another. */
export function byComposerVersion(servers: Servers): Scenario[] {
  return [
    ...byConflict(servers),
    ...byHeader(servers),
    ...bySource(servers),
    ...byRootOnInstall(servers),
    ...byPolicy(servers),
    ...byWait(servers),
    ...byVersionLine(servers),
    ...byArchiveBody(servers),
    ...byIgnoredLock(servers),
    ...byAudit(servers),
    ...byAdvertisedList(servers),
    ...byJobToken(servers),
    ...byUrl(servers),
    ...byCooldown(servers),
  ]
}

function byConflict({ v1 }: Servers): Scenario[] {
  const inConflict = (lock: string) =>
    lock.replace(/^ {4}"content-hash": .*\n/m, (line) => {
      const theirs = line.replace(/[0-9a-f]{32}/, '0'.repeat(32))
      return `<<<<<<< HEAD\n${line}=======\n${theirs}>>>>>>> theirs\n`
    })
  return [
    {
      group: 'lock files by version',
      name: 'content-hash alone in conflict',
      main: v1,
      keys: GOOD,
      manifest: project([composerRepository(v1)]),
      lock: { edit: inConflict },
    },
    {
      group: 'lock files by version',
      name: 'content-hash alone in conflict, update',
      main: v1,
      keys: GOOD,
      manifest: project([composerRepository(v1)]),
      lock: { edit: inConflict },
      command: 'update',
    },
  ]
}

function byHeader({ v1, vendor }: Servers): Scenario[] {
  const group = 'headers by version'
  const optioned = project([composerRepository(v1, { options: { http: { header: [header(GOOD)] } } })])
  const withoutOptions = (lock: string) => {
    const { packages, ...rest } = JSON.parse(lock)
    const stripped = packages.map((locked: Record<string, unknown>) => ({ ...locked, 'transport-options': undefined }))
    return JSON.stringify({ ...rest, packages: stripped }, null, 4)
  }
  const base = { group, main: v1, manifest: optioned }
  const both = project(
    [composerRepository(v1), composerRepository(vendor)],
    {},
    { ...REQUIRE, 'vendor/module-private': '*' },
  )
  const twoPlaces = (inHome: Record<string, string[]>, inProject: Record<string, string[]>): Partial<Scenario> => ({
    inputs: { 'composer-auth': JSON.stringify({ 'custom-headers': inHome }) },
    later: { 'workspace/auth.json': { 'custom-headers': inProject } },
  })
  const customer = createAccount('customer of the vendor')
  return [
    { ...base, name: 'no keys, a header among the options, lock', keys: NONE, lock: {} },
    {
      ...base,
      name: 'no keys, a header among the options, lock without transport-options',
      keys: NONE,
      lock: { edit: withoutOptions },
    },
    {
      ...base,
      name: 'bad keys, a header among the options, lock without transport-options',
      keys: BAD,
      lock: { edit: withoutOptions },
    },
    {
      group,
      name: 'headers for the repository in the home, for the vendor in the project',
      main: v1,
      keys: NONE,
      manifest: both,
      ...twoPlaces({ [v1.origin]: [header(GOOD)] }, { [vendor.origin]: [header(customer)] }),
    },
    {
      group,
      name: 'good keys, bad headers in config.json of the home, headers for another host in the project',
      main: v1,
      keys: GOOD,
      manifest: project([composerRepository(v1)]),
      later: {
        'home/.composer/config.json': { config: { 'custom-headers': { [v1.origin]: [header(BAD)] } } },
        'workspace/auth.json': { 'custom-headers': { [vendor.origin]: [header(customer)] } },
      },
    },
  ]
}

function bySource({ v1 }: Servers): Scenario[] {
  const base = { group: 'an archive is denied, and version control has the package', main: v1, keys: deniedSourced }
  const wish = (config: Record<string, unknown> = {}) =>
    project([composerRepository(v1)], config, { 'acme/module-sourced': '1.0.0' })
  return [
    { ...base, name: 'no lock', manifest: wish() },
    { ...base, name: 'lock', manifest: wish(), lock: {} },
    { ...base, name: 'source-fallback on, no lock', manifest: wish({ 'source-fallback': true }) },
    { ...base, name: 'source-fallback on, lock', manifest: wish({ 'source-fallback': true }), lock: {} },
    { ...base, name: 'source-fallback off, lock', manifest: wish({ 'source-fallback': false }), lock: {} },
    { ...base, name: 'preferred-install source, lock', manifest: wish({ 'preferred-install': 'source' }), lock: {} },
  ]
}

/** A lock, and a second repository from which nothing is locked. */
function byRootOnInstall({ v1, mirror }: Servers): Scenario[] {
  const bodies = {
    'a web page': { kind: 'html' },
    null: answers('null'),
    nothing: answers(''),
    'a list': answers('[]'),
    true: answers('true'),
    'a number': answers('5'),
    'a text': answers('"not found"'),
    'a 403': { kind: 'status', status: 403 },
  } as const satisfies Record<string, Fault>
  const base = { group: 'lock, packages.json of a second repository', main: v1, keys: GOOD, lock: {} }
  const both = (more = {}) => project([composerRepository(v1), composerRepository(mirror, more)])
  return [
    ...Object.entries(bodies).map(([what, fault]) => ({
      ...base,
      name: what,
      manifest: both(),
      fault: () => mirror.faults.order('/packages.json', fault),
    })),
    ...(['true', '5', '"not found"'] as const).map((body) => ({
      group: 'packages.json of a second repository',
      main: v1,
      keys: GOOD,
      name: body,
      manifest: both(),
      fault: () => mirror.faults.order('/packages.json', answers(body)),
    })),
    {
      ...base,
      name: 'a web page, filter: false',
      manifest: both({ filter: false }),
      fault: () => mirror.faults.order('/packages.json', { kind: 'html' }),
    },
    {
      ...base,
      name: 'a web page, and only lets nothing through',
      manifest: both({ only: ['nobody/*'] }),
      fault: () => mirror.faults.order('/packages.json', { kind: 'html' }),
    },
    {
      ...base,
      name: 'a 401 without credentials, ignore-unreachable: false',
      manifest: project([composerRepository(v1), composerRepository(mirror)], {
        policy: { 'ignore-unreachable': false },
      }),
      fault: () => mirror.faults.order('/packages.json', { kind: 'status', status: 401 }),
    },
  ]
}

function byPolicy({ v1 }: Servers): Scenario[] {
  const root = (fault: Fault) => ({ fault: () => v1.faults.order('/packages.json', fault) })
  const base = { main: v1, keys: GOOD, lock: {} }
  const unreachable = { ...base, group: 'lock, packages.json fails, by policy' }
  const webPage = { ...base, group: 'lock, packages.json is a web page, by policy', ...root({ kind: 'html' }) }
  const wish = (config: Record<string, unknown> = {}) => project([composerRepository(v1)], config)
  const inHome = (config: Record<string, unknown>) => ({ 'home/.composer/config.json': { config } })
  const off: Readonly<Record<string, Partial<Scenario>>> = {
    'policy: false': { manifest: wish({ policy: false }) },
    'policy.malware: false': { manifest: wish({ policy: { malware: false } }) },
    'policy.malware.block: false': { manifest: wish({ policy: { malware: { block: false } } }) },
    'block-scope: update': { manifest: wish({ policy: { malware: { 'block-scope': 'update' } } }) },
    'block-scope: install': { manifest: wish({ policy: { malware: { 'block-scope': 'install' } } }) },
    'COMPOSER_POLICY=0': { env: { COMPOSER_POLICY: '0' } },
    'COMPOSER_POLICY_MALWARE_BLOCK=0': { env: { COMPOSER_POLICY_MALWARE_BLOCK: '0' } },
    'COMPOSER_NO_BLOCKING=1': { env: { COMPOSER_NO_BLOCKING: '1' } },
    'COMPOSER_NO_SECURITY_BLOCKING=1': { env: { COMPOSER_NO_SECURITY_BLOCKING: '1' } },
    'policy.malware: false, another list on': { manifest: wish({ policy: { malware: false, ours: true } }) },
    'policy.malware: false, another list on install': {
      manifest: wish({ policy: { malware: false, ours: { 'block-scope': 'install' } } }),
    },
    'policy: false, COMPOSER_POLICY=1': { manifest: wish({ policy: false }), env: { COMPOSER_POLICY: '1' } },
    'policy: false, COMPOSER_POLICY_MALWARE_BLOCK=1': {
      manifest: wish({ policy: false }),
      env: { COMPOSER_POLICY_MALWARE_BLOCK: '1' },
    },
    'policy.malware: false, COMPOSER_POLICY_MALWARE_BLOCK=1': {
      manifest: wish({ policy: { malware: false } }),
      env: { COMPOSER_POLICY_MALWARE_BLOCK: '1' },
    },
    'policy: false in the home': { later: inHome({ policy: false }) },
    'policy: false in the home, {} in the project': {
      manifest: wish({ policy: {} }),
      later: inHome({ policy: false }),
    },
    'policy.malware: false in the home, block-scope in the project': {
      manifest: wish({ policy: { malware: { 'block-scope': 'all' } } }),
      later: inHome({ policy: { malware: false } }),
    },
  }
  return [
    ...[403, 404, 503].map((status) => ({
      ...unreachable,
      name: `${status}, ignore-unreachable: false`,
      manifest: wish({ policy: { 'ignore-unreachable': false } }),
      ...root({ kind: 'status', status }),
    })),
    ...(
      [
        ['ignore-unreachable without install', { policy: { 'ignore-unreachable': ['update', 'audit'] } }],
        ['ignore-unreachable with install', { policy: { 'ignore-unreachable': ['install'] } }],
        ['audit.ignore-unreachable: true', { audit: { 'ignore-unreachable': true } }],
        ['audit.ignore-unreachable: false', { audit: { 'ignore-unreachable': false } }],
      ] as const
    ).map(([name, config]) => ({
      ...unreachable,
      name: `403, ${name}`,
      manifest: wish(config),
      ...root({ kind: 'status', status: 403 }),
    })),
    ...Object.entries(off).map(([name, part]) => ({ ...webPage, manifest: wish(), ...part, name })),
  ]
}

function byWait({ v1 }: Servers): Scenario[] {
  const base = { group: 'Retry-After', main: v1, keys: GOOD, manifest: project([composerRepository(v1)]) }
  return [429, 503].flatMap((status) => {
    const name = `${status} for a moment`
    const ordered = (headers: Record<string, string>) => () =>
      v1.faults.order('/packages.json', { kind: 'status', status, headers }, { lasts: 1_500 })
    return [
      { ...base, name: `${name}, Retry-After: 2`, fault: ordered({ 'retry-after': '2' }) },
      { ...base, name: `${name}, Retry-After: 61`, fault: ordered({ 'retry-after': '61' }) },
    ]
  })
}

function byVersionLine({ v1 }: Servers): Scenario[] {
  const basic = (who: Account) => ({ 'http-basic': { [v1.origin]: pair(who) } })
  const base = { group: 'a composer that prints no word "version"', main: v1, keys: GOOD, tersely: true }
  return [
    {
      ...base,
      name: 'packages.json is a web page, lock',
      manifest: project([composerRepository(v1)]),
      lock: {},
      fault: () => v1.faults.order('/packages.json', { kind: 'html' }),
    },
    ...(
      [
        ['good keys in COMPOSER_AUTH, bad ones in the project', GOOD, BAD],
        ['bad keys in COMPOSER_AUTH, good ones in the project', BAD, GOOD],
      ] as const
    ).map(([name, inVariable, inProject]) => ({
      ...base,
      name,
      manifest: project([composerRepository(v1)]),
      composerAuth: { [v1.origin]: inVariable },
      later: { 'workspace/auth.json': basic(inProject) },
    })),
  ]
}

function byArchiveBody({ v1 }: Servers): Scenario[] {
  const base = { group: 'an archive answers 200', main: v1, keys: GOOD, manifest: project([composerRepository(v1)]) }
  const served = (fault: Fault) => () => v1.faults.order(/^\/archives\//, fault)
  const asZip = (body: string) => served({ kind: 'status', status: 200, body, contentType: 'application/zip' })
  const withoutSums = { edit: (lock: string) => lock.replace(/,\n\s*"shasum": "[0-9a-f]*"/g, '') }
  return [
    { ...base, name: 'with a web page, no lock', fault: served({ kind: 'html' }) },
    { ...base, name: 'with a web page, lock', lock: {}, fault: served({ kind: 'html' }) },
    { ...base, name: 'with a web page, lock without checksums', lock: withoutSums, fault: served({ kind: 'html' }) },
    { ...base, name: 'and ends early, lock', lock: {}, fault: served({ kind: 'truncate', bytes: 60 }) },
    { ...base, name: 'with a part of it, lock without checksums', lock: withoutSums, fault: asZip('PK\u0003\u0004') },
    { ...base, name: 'with nothing, lock', lock: {}, fault: asZip('') },
  ]
}

function byIgnoredLock({ v1 }: Servers): Scenario[] {
  const manifest = project([composerRepository(v1)])
  const manifestText = JSON.stringify(project([composerRepository(v1)], { lock: false }), null, 4)
  const base = { group: 'config.lock: false beside a lock', main: v1, keys: GOOD, manifest, manifestText, lock: {} }
  return [
    { ...base, name: 'everything works' },
    {
      ...base,
      name: 'packages.json answers 403',
      fault: () => v1.faults.order('/packages.json', { kind: 'status', status: 403 }),
    },
    {
      ...base,
      name: 'what is required now is denied, and the lock has it not',
      manifestText: JSON.stringify(
        project([composerRepository(v1)], { lock: false }, { ...REQUIRE, 'acme/module-paid': '*' }),
        null,
        4,
      ),
    },
  ]
}

/** No lock, and a second repository from which nothing is needed: it is read by the audit of an update at the latest. */
function byAudit({ v1, mirror }: Servers): Scenario[] {
  const base = { group: 'no lock, packages.json of a second repository', main: v1, keys: GOOD }
  const both = project([composerRepository(v1), composerRepository(mirror)])
  const filtered = project([composerRepository(v1), composerRepository(mirror, { only: ['nobody/*'] })])
  const withPolicy = (policy: unknown) => project([composerRepository(v1), composerRepository(mirror)], { policy })
  const faults = { 'a web page': { kind: 'html' }, 'a 403': { kind: 'status', status: 403 } } as const satisfies Record<
    string,
    Fault
  >
  return Object.entries(faults).flatMap(([what, fault]): Scenario[] => {
    const met = { ...base, manifest: both, fault: () => mirror.faults.order('/packages.json', fault) }
    return [
      { ...met, name: `${what}, install` },
      { ...met, name: `${what}, update`, command: 'update' },
      { ...met, name: `${what}, update, COMPOSER_NO_AUDIT`, command: 'update', env: { COMPOSER_NO_AUDIT: '1' } },
      { ...met, name: `${what}, update, and only lets nothing through`, command: 'update', manifest: filtered },
      { ...met, name: `${what}, install, nothing blocks`, manifest: withPolicy({ malware: false, advisories: false }) },
      {
        ...met,
        name: `${what}, update, nothing blocks`,
        command: 'update',
        manifest: withPolicy({ malware: false, advisories: false }),
      },
      { ...met, name: `${what}, install, policy: false`, manifest: withPolicy(false) },
      { ...met, name: `${what}, install, COMPOSER_NO_BLOCKING`, env: { COMPOSER_NO_BLOCKING: '1' } },
      {
        ...met,
        name: `${what}, install, ignore-unreachable: false`,
        manifest: withPolicy({ 'ignore-unreachable': false }),
      },
      {
        ...met,
        name: `${what}, install, audit.block-insecure: false`,
        manifest: project([composerRepository(v1), composerRepository(mirror)], { audit: { 'block-insecure': false } }),
      },
    ]
  })
}

/** The root names a further URL, which answers with a web page. */
function byAdvertisedList({ v2 }: Servers): Scenario[] {
  const list = 'https://packages.example/list'
  const group = 'packages.json advertises a list that is a web page'
  const advertised = (more: Record<string, unknown>) => () => {
    const root = { packages: [], 'metadata-url': '/p2/%package%.json', ...more }
    v2.faults.order('/packages.json', answers(JSON.stringify(root)))
    v2.faults.order('/list', { kind: 'html' })
  }
  const url = list.replace('https://packages.example', v2.url)
  const lists = { malware: { enabled: true } }
  const kinds = {
    'filter, summary-url': { filter: { metadata: true, lists, 'summary-url': url } },
    'filter, api-url': { filter: { metadata: true, lists, 'api-url': url } },
    'security-advisories': { 'security-advisories': { metadata: false, 'api-url': url } },
  }
  return Object.entries(kinds).flatMap(([what, more]): Scenario[] => {
    const base = { group, main: v2, keys: GOOD, manifest: project([composerRepository(v2)]), fault: advertised(more) }
    return [
      { ...base, name: `${what}, install without a lock` },
      { ...base, name: `${what}, update`, command: 'update' },
      { ...base, name: `${what}, lock`, lock: {} },
    ]
  })
}

/** A job of GitLab, by the user and password that its token stands for. */
export const job = { ...createAccount('job of GitLab'), publicKey: 'gitlab-ci-token' }

/** Whoever sends a job token as GitLab documents it. */
export function jobTokenOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const token = headers['job-token']
  return typeof token === 'string' ? { username: job.publicKey, password: token } : null
}

function byJobToken({ v1, vendor, jobTokens }: Servers): Scenario[] {
  const require = { ...REQUIRE, 'vendor/module-private': '*' }
  const base = { group: 'the job token of GitLab', main: v1, keys: GOOD }
  const at = (server: Repository, given: unknown, config: Record<string, unknown> = {}): Partial<Scenario> => ({
    manifest: project([composerRepository(v1), composerRepository(server)], config, require),
    inputs: { 'composer-auth': JSON.stringify(given) },
  })
  const { publicKey: username, privateKey: token } = job
  return Object.entries({ header: jobTokens, 'user and password': vendor }).flatMap(([wanted, server]) => {
    const basic = { 'http-basic': { [server.origin]: { username, password: token } } }
    return [
      // With a token Composer counts the host among gitlab-domains by itself.
      {
        ...base,
        name: `${wanted} wanted, gitlab-token`,
        ...at(server, { 'gitlab-token': { [server.origin]: { username, token } } }),
      },
      { ...base, name: `${wanted} wanted, http-basic`, ...at(server, basic) },
      {
        ...base,
        name: `${wanted} wanted, http-basic, gitlab-domains has the host`,
        ...at(server, basic, { 'gitlab-domains': [server.origin] }),
      },
    ]
  })
}

/** Two repositories at one host, each with credentials of its own in its URL. */
function byUrl({ v1 }: Servers): Scenario[] {
  const paid = { ...REQUIRE, 'acme/module-paid': '*' }
  const first = (who: Account) => composerRepository({ url: inUrl(v1.url, who) })
  const second = (who: Account) => composerRepository({ url: `${inUrl(v1.url, who)}/packages.json` })
  const base = { group: 'credentials in the URLs of two repositories at one host', main: v1, keys: NONE }
  return [
    {
      ...base,
      name: 'the second alone shows an extension',
      manifest: project([first(GOOD), second(accounts.buyer)], {}, paid),
    },
    {
      ...base,
      name: 'the second alone shows an extension, and the first may fetch it',
      manifest: project([first(fetchesUnseen), second(accounts.buyer)], {}, paid),
    },
    {
      ...base,
      name: 'the first alone shows an extension',
      manifest: project([first(accounts.buyer), second(GOOD)], {}, paid),
    },
    {
      ...base,
      name: 'the second is refused, and nothing of it is needed',
      manifest: project([first(GOOD), second(BAD)]),
    },
    { ...base, name: 'the first is refused', manifest: project([first(BAD), second(GOOD)]) },
  ]
}

function byCooldown({ v1 }: Servers): Scenario[] {
  const base = { group: 'cooldown', main: v1, keys: GOOD, warnedOf: 'published-time-missing' }
  const config = { policy: { cooldown: { period: '7 days' } } }
  const manifest = project([composerRepository(v1)], config)
  const exempt = project([composerRepository(v1, { 'require-published-time': false })], config)
  return [
    { ...base, name: 'policy.cooldown.period, no lock', manifest },
    {
      ...base,
      name: 'policy.cooldown.period, lock',
      manifest: project([composerRepository(v1)]),
      manifestText: JSON.stringify(manifest, null, 4),
      lock: {},
    },
    { ...base, name: 'policy.cooldown.period, the repository exempt, no lock', manifest: exempt },
    {
      ...base,
      name: 'COMPOSER_POLICY_COOLDOWN_PERIOD, no lock',
      manifest: project([composerRepository(v1)]),
      env: { COMPOSER_POLICY_COOLDOWN_PERIOD: '7 days' },
    },
    {
      ...base,
      name: 'COMPOSER_POLICY_COOLDOWN_PERIOD, create-project',
      env: { COMPOSER_POLICY_COOLDOWN_PERIOD: '7 days' },
      requested: {
        packages: 'magento/project-community-edition',
        arguments: ['create-project', `--repository-url=${v1.url}`, 'magento/project-community-edition', 'shop'],
      },
    },
  ]
}
