import { describe, expect, test } from '@jest/globals'
import type { JsonValue } from '../../src/composer/json.js'
import { readPackages, readProviders, readRoot } from '../../src/composer/metadata.js'
import type { PackageVersion } from '../../src/composer/version-entry.js'
import { composerClassesAvailable, withComposerClasses } from './real-classes.js'

const testWithClasses = composerClassesAvailable() ? test : test.skip
const SHA = 'a'.repeat(64)

describe('packages.json', () => {
  test('of v1 names lists with their sums, and where package files are', () => {
    const root = readRoot({
      packages: [],
      'providers-url': '/p/%package%$%hash%.json',
      'provider-includes': { 'p/provider-ce$%hash%.json': { sha256: SHA }, 'p/broken.json': {} },
      providers: { 'acme/a': { sha256: SHA } },
    })
    expect(root).toMatchObject({
      metadataUrl: undefined,
      lazyUrl: undefined,
      providersUrl: '/p/%package%$%hash%.json',
      providerIncludes: [
        { path: 'p/provider-ce$%hash%.json', sha256: SHA },
        { path: 'p/broken.json', sha256: '' },
      ],
      listsNames: true,
      holdsPackages: false,
    })
  })

  test('of v2 takes over from everything of v1', () => {
    const root = readRoot({
      packages: {},
      'metadata-url': '/p2/%package%.json',
      'providers-url': '/p/%package%$%hash%.json',
      'providers-lazy-url': '/lazy/%package%.json',
      'provider-includes': { 'p/a.json': { sha256: SHA } },
      providers: { 'acme/a': { sha256: SHA } },
      includes: { 'all.json': { sha1: '0' } },
    })
    expect(root).toMatchObject({
      metadataUrl: '/p2/%package%.json',
      lazyUrl: undefined,
      providersUrl: undefined,
      providerIncludes: [],
      listsNames: false,
      includes: [],
    })
  })

  test.each<[string, JsonValue, string[] | undefined, string[] | undefined]>([
    ['no list', {}, undefined, undefined],
    [
      'empty lists, which are none',
      { 'available-packages': [], 'available-package-patterns': [] },
      undefined,
      undefined,
    ],
    ['names', { 'available-packages': ['Acme/A', 3] }, ['acme/a'], []],
    ['patterns', { 'available-package-patterns': ['acme/*'] }, [], ['acme/*']],
    ['what is no list', { 'available-packages': 'acme/a' }, undefined, undefined],
  ])('of v2 has %s', (_, more, available, availablePatterns) => {
    const root = readRoot({ 'metadata-url': '/p2/%package%.json', ...(more as Record<string, JsonValue>) })
    expect(root).toMatchObject({ available: available && new Set(available), availablePatterns })
  })

  test('with packages inside and files that hold more of them', () => {
    const data = {
      packages: { 'acme/a': { '1.0.0': { name: 'acme/a', version: '1.0.0' } } },
      includes: { 'include/all$ab.json': { sha1: 'ab' }, 'include/none.json': null },
    }
    const root = readRoot(data)
    expect(root.holdsPackages).toBe(true)
    expect(readPackages(data).map(({ name, version }) => [name, version])).toEqual([['acme/a', '1.0.0']])
    expect(root.includes).toEqual(['include/all$ab.json', 'include/none.json'])
  })

  test('that lists names is not looked at for packages', () => {
    const packages = { 'acme/a': { '1': { name: 'acme/a', version: '1' } } }
    const includes = { 'all.json': { sha1: '0' } }
    const root = readRoot({ packages, includes, 'providers-url': '/p/%package%$%hash%.json' })
    expect(root).toMatchObject({ holdsPackages: false, includes: [] })
  })

  test('names mirrors, as a list or an object', () => {
    const mirrors = [
      { 'dist-url': 'https://m.example/%package%', preferred: true },
      { 'dist-url': 'https://n.example' },
      { 'git-url': 'https://o.example' },
    ]
    const read = [
      { url: 'https://m.example/%package%', preferred: true },
      { url: 'https://n.example', preferred: false },
    ]
    expect(readRoot({ mirrors }).mirrors).toEqual(read)
    expect(readRoot({ mirrors: Object.fromEntries(mirrors.entries()) }).mirrors).toEqual(read)
  })

  test.each<[string, JsonValue]>([
    ['a list', []],
    ['an object', {}],
    ['keys of other kinds', { packages: 'x', includes: [], providers: 7, mirrors: 'y', 'metadata-url': '' }],
  ])('that is %s holds nothing', (_, data) => {
    expect(readRoot(data)).toEqual({
      metadataUrl: undefined,
      lazyUrl: undefined,
      available: undefined,
      availablePatterns: undefined,
      providersUrl: undefined,
      providerIncludes: [],
      listsNames: true,
      includes: [],
      holdsPackages: true,
      mirrors: [],
      lists: { filter: undefined, advisoriesUrl: undefined },
    })
  })
})

test('a list of v1 names packages with the sums of their files, in lower case', () => {
  expect([...readProviders({ providers: { 'Acme/A': { sha256: SHA }, 'acme/b': {}, 'acme/c': null } })]).toEqual([
    ['acme/a', SHA],
  ])
  for (const data of [[], {}, { providers: [] }]) expect([...readProviders(data)]).toEqual([])
})

const brief = ({ name, version }: PackageVersion) => `${name} ${version}`

describe('versions', () => {
  test('are read with all that is asked of them', () => {
    const entry = {
      name: 'Acme/A',
      version: '1.0.0',
      version_normalized: '1.0.0.0',
      type: 'magento2-module',
      dist: { type: 'zip', url: 'https://a.example/z', shasum: 'ab', reference: 'cd' },
      require: { php: '*', 'Acme/B': '^1.0' },
      replace: { 'acme/old': 'self.version' },
      provide: { 'Acme/Api': '1.0' },
    }
    expect(readPackages({ packages: { 'acme/a': { '1.0.0': entry } } })).toEqual([
      {
        name: 'acme/a',
        version: '1.0.0',
        versionNormalized: '1.0.0.0',
        type: 'magento2-module',
        dist: { type: 'zip', url: 'https://a.example/z', shasum: 'ab', reference: 'cd', mirrors: [] },
        hasSource: false,
        hasPublishedTime: false,
        aliases: [],
        requires: [
          { name: 'php', constraint: '*' },
          { name: 'acme/b', constraint: '^1.0' },
        ],
        provides: [
          { name: 'acme/old', constraint: 'self.version' },
          { name: 'acme/api', constraint: '1.0' },
        ],
      },
    ])
  })

  test('stand in an object or in a list, and have their name from themselves, else from their key', () => {
    const data = {
      packages: {
        'acme/a': [{ version: '2.0' }, { name: 'acme/other', version: '1.0' }],
        'acme/b': { '1.0': { version: '1.0' } },
      },
    }
    expect(readPackages(data).map(brief)).toEqual(['acme/a 2.0', 'acme/other 1.0', 'acme/b 1.0'])
  })

  test.each<[string, JsonValue]>([
    ['no version', { name: 'acme/a' }],
    ['a version that is no text', { name: 'acme/a', version: 1 }],
    ['a line break in its version', { name: 'acme/a', version: '1.0\n::error::x' }],
    ['a name that is none', { name: 'acme/a\n::error::x', version: '1.0' }],
    ['no form at all', 'acme/a'],
  ])('with %s are passed over', (_, entry) => {
    const data = { packages: { 'acme/a': [entry, { version: '9' }] } }
    expect(readPackages(data).map(brief)).toEqual(['acme/a 9'])
  })

  test.each<[string, JsonValue]>([
    ['no packages', {}],
    ['a list for packages', { packages: [] }],
    ['a text for packages', { packages: 'x' }],
    ['a text for versions', { packages: { 'acme/a': 'x' } }],
  ])('are none with %s', (_, data) => {
    expect(readPackages(data)).toEqual([])
  })
})

/** What a minified file leaves out, and takes back with `__unset`. */
const MINIFIED: JsonValue[] = [
  {
    name: 'acme/a',
    version: '2.0.0',
    version_normalized: '2.0.0.0',
    type: 'magento2-module',
    dist: { type: 'zip', url: 'https://a.example/2' },
    require: { 'acme/b': '^2.0' },
    replace: { 'acme/old': '*' },
  },
  { version: '1.1.0', version_normalized: '1.1.0.0', dist: { type: 'zip', url: 'https://a.example/1.1' } },
  { version: '1.0.0', version_normalized: '1.0.0.0', replace: '__unset', type: '__unset', require: { 'acme/c': '*' } },
  { version: '0.9.0', version_normalized: '0.9.0.0', dist: '__unset' },
]

describe('minified versions', () => {
  const read = readPackages({ minified: 'composer/2.0', packages: { 'acme/a': MINIFIED } })

  test('say what differs from the one before', () => {
    expect(
      read.map(({ version, type, dist, requires, provides }) => [
        version,
        type,
        dist?.url,
        requires[0]?.name,
        provides.length,
      ]),
    ).toEqual([
      ['2.0.0', 'magento2-module', 'https://a.example/2', 'acme/b', 1],
      ['1.1.0', 'magento2-module', 'https://a.example/1.1', 'acme/b', 1],
      ['1.0.0', 'library', 'https://a.example/1.1', 'acme/c', 0],
      ['0.9.0', 'library', undefined, 'acme/c', 0],
    ])
  })

  test('are whole where the file does not say that it is minified', () => {
    const whole = readPackages({ packages: { 'acme/a': MINIFIED } })
    expect(whole.map(({ version, dist }) => [version, dist?.url])).toEqual([
      ['2.0.0', 'https://a.example/2'],
      ['1.1.0', 'https://a.example/1.1'],
      ['1.0.0', undefined],
      ['0.9.0', undefined],
    ])
  })

  testWithClasses('are what Composer makes of them', () => {
    const expanded = withComposerClasses(
      'return ["packages" => ["acme/a" => Composer\\MetadataMinifier\\MetadataMinifier::expand($input)]];',
      MINIFIED,
    )
    expect(read).toEqual(readPackages(expanded as JsonValue))
  })
})

const branch = (version: string, target?: string, more: Record<string, JsonValue> = {}): JsonValue => ({
  version,
  ...(target === undefined ? {} : { extra: { 'branch-alias': { [version]: target } } }),
  ...more,
})
const DEFAULT = { 'default-branch': true }
const BRANCHES: JsonValue[] = [
  ...['2.x-dev', '2.1.x-dev', '2.0-dev', 'v2-dev', '2.*-dev', '1.2.3.4-dev', '2.0', 'foo-dev', 'dev-foo-dev'].map(
    (target) => branch('dev-main', target),
  ),
  ...['1.0-beta-dev', '1.0-beta1-dev', '9999999-dev', '-dev', 'dev', '2.x-DEV'].map((target) =>
    branch('dev-main', target),
  ),
  ...['1.2.x-dev', '1.2-dev', '2.x-dev', '10.x-dev'].map((target) => branch('1.x-dev', target)),
  ...['1.2.x-dev', '1.10.x-dev'].map((target) => branch('1.1-dev', target)),
  branch('1.0.0', '2.x-dev'),
  branch('1.0.0', undefined, DEFAULT),
  branch('DEV-main', undefined, { extra: { 'branch-alias': { 'dev-MAIN': '3.x-dev' } } }),
  branch('dev-main', undefined, { extra: { 'branch-alias': { 'dev-other': '2.x-dev' } } }),
  branch('dev-main', undefined, { extra: { 'branch-alias': [] } }),
  branch('dev-main', undefined, { extra: [] }),
  branch('dev-main'),
  branch('dev-main', undefined, DEFAULT),
  branch('dev-main', '2.x-dev', DEFAULT),
  branch('dev-main', 'foo-dev', DEFAULT),
  branch('1.x-dev', undefined, DEFAULT),
  branch('v1.x-dev', undefined, DEFAULT),
]

testWithClasses('branches have the aliases that Composer gives them', () => {
  const theirs = withComposerClasses(
    `$loader = new Composer\\Package\\Loader\\ArrayLoader();
    return array_map(fn ($entry) => array_filter([$loader->getBranchAlias($entry + ['name' => 'acme/a'])]), $input);`,
    BRANCHES,
  ) as string[][]
  const ours = BRANCHES.map((entry) => readPackages({ packages: { 'acme/a': [entry] } })[0]?.aliases ?? [])
  expect(BRANCHES.map((entry, index) => [entry, ours[index]])).toEqual(
    BRANCHES.map((entry, index) => [entry, theirs[index]]),
  )
  expect(ours.filter((aliases) => aliases.length > 0).length).toBeGreaterThan(8)
})
