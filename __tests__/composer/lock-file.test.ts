import { describe, expect, test } from '@jest/globals'
import { type Dist, distUrls, readLock } from '../../src/composer/lock-file.js'
import { fileWith } from './project-folder.js'
import { composerClassesAvailable, withComposerClasses } from './real-classes.js'

function read(text: string) {
  const lock = readLock(fileWith(text, 'composer.lock'))
  if (lock?.kind !== 'lock') throw new Error(`It was not read: ${JSON.stringify(lock)}`)
  return { ...lock, packages: lock.packages.map(({ position, ...rest }) => ({ ...rest, position: position() })) }
}

test('packages and packages-dev are read, each at the line of its name', () => {
  const { packages } = read(`{
    "content-hash": "0",
    "packages": [
        {
            "name": "magento/framework",
            "version": "103.0.8",
            "dist": {
                "type": "zip",
                "url": "https://repo.magento.com/archives/magento/framework/magento-framework-103.0.8.0.zip",
                "shasum": "0123"
            },
            "require": {"php": "*"},
            "type": "magento2-library"
        },
        {"version": "1.0.0", "name": "Acme/Module"}
    ],
    "packages-dev": [
        {"name": "phpunit/phpunit", "version": "9.6.0", "source": {"type": "git", "url": "x", "reference": "abc"}}
    ]
}`)
  expect(packages).toEqual([
    {
      name: 'magento/framework',
      version: '103.0.8',
      type: 'magento2-library',
      dev: false,
      dist: {
        type: 'zip',
        url: 'https://repo.magento.com/archives/magento/framework/magento-framework-103.0.8.0.zip',
        shasum: '0123',
        reference: '',
        mirrors: [],
      },
      hasSource: false,
      sourceReference: '',
      hasOwnCredentials: false,
      hasOptions: false,
      requires: [{ name: 'php', constraint: '*' }],
      provides: [],
      position: { line: 5, column: 13 },
    },
    {
      name: 'acme/module',
      version: '1.0.0',
      type: 'library',
      dev: false,
      dist: undefined,
      hasSource: false,
      sourceReference: '',
      hasOwnCredentials: false,
      hasOptions: false,
      requires: [],
      provides: [],
      position: { line: 15, column: 30 },
    },
    {
      name: 'phpunit/phpunit',
      version: '9.6.0',
      type: 'library',
      dev: true,
      dist: undefined,
      hasSource: true,
      sourceReference: 'abc',
      hasOwnCredentials: false,
      hasOptions: false,
      requires: [],
      provides: [],
      position: { line: 18, column: 10 },
    },
  ])
})

/** Source of the rule: `Locker::isLocked`; that `install` then resolves was seen by running it. */
test.each(['{}', '{"content-hash": "0", "packages-dev": []}', '{"packages": null}', '{"packages": "x"}'])(
  '%s counts as no lock',
  (text) => {
    expect(readLock(fileWith(text, 'composer.lock'))).toBeUndefined()
  },
)

test.each([
  ['nothing for development', '{"packages": [], "packages-dev": null}'],
  ['without packages-dev', '{"packages": []}'],
  [
    'by an old Composer, with lists for empty maps',
    '{"packages": [], "packages-dev": [], "aliases": [], "stability-flags": [], "platform": [], "platform-dev": []}',
  ],
  ['aliases, which are no packages', '{"packages": [], "aliases": [{"package": "acme/a", "version": "dev-main"}]}'],
])('a lock with %s has none', (_, text) => {
  expect(read(text).packages).toEqual([])
})

test.each<[string, unknown]>([
  ['no name', { version: '1' }],
  ['no version', { name: 'acme/a' }],
  ['a version that is no text', { name: 'acme/a', version: 1 }],
  ['a name that is none', { name: 'acme/a\n::error::x', version: '1' }],
  ['a line break in its version', { name: 'acme/a', version: '1\n::error::x' }],
  ['no form at all', 'acme/a'],
])('a package with %s is passed over, and the next one stands where it stands', (_, entry) => {
  const text = `{"packages": [${JSON.stringify(entry)},\n{"name": "acme/b", "version": "1"}]}`
  expect(read(text).packages.map(({ name, position }) => [name, position])).toEqual([
    ['acme/b', { line: 2, column: 2 }],
  ])
})

test('a metapackage says so, with or without an archive', () => {
  const { packages } = read(
    JSON.stringify({
      packages: [
        { name: 'magento/product', version: '2.4.8', type: 'metapackage' },
        {
          name: 'magento/other',
          version: '2.4.8',
          type: 'metapackage',
          dist: { type: 'zip', url: 'https://a.example/z' },
        },
      ],
    }),
  )
  expect(packages.map(({ type, dist }) => [type, dist?.url])).toEqual([
    ['metapackage', undefined],
    ['metapackage', 'https://a.example/z'],
  ])
})

const distOfLocked = (dist: unknown) =>
  read(JSON.stringify({ packages: [{ name: 'a/b', version: '1', dist }] })).packages[0]

test.each<[string, unknown]>([
  ['null', null],
  ['a list', []],
  ['no address', { type: 'zip' }],
  ['an empty address', { type: 'zip', url: '' }],
  ['no type', { url: 'https://a.example/z' }],
  ['an address of thousands of characters', { type: 'zip', url: `https://a.example/${'z'.repeat(8192)}` }],
])('an archive that is %s is none', (_, dist) => {
  expect(distOfLocked(dist)).toMatchObject({ name: 'a/b', dist: undefined })
})

test('mirrors are read with what is preferred among them', () => {
  const mirrors = [
    { url: 'https://m.example/%package%', preferred: true },
    { url: 'https://n.example', preferred: false },
    { url: 'https://o.example' },
    { preferred: true },
    'https://p.example',
  ]
  expect(distOfLocked({ type: 'zip', url: 'https://a.example/z', reference: null, mirrors })?.dist).toEqual({
    type: 'zip',
    url: 'https://a.example/z',
    shasum: '',
    reference: '',
    mirrors: [
      { url: 'https://m.example/%package%', preferred: true },
      { url: 'https://n.example', preferred: false },
      { url: 'https://o.example', preferred: false },
    ],
  })
})

const TEMPLATE = 'https://m.example/dists/%package%/%version%/%prettyVersion%/r%reference%.%type%'
const withMirrors = (url: string, reference: string, ...mirrors: Dist['mirrors']): Dist => ({
  type: 'zip',
  url,
  shasum: '',
  reference,
  mirrors,
})
const preferred = (url: string) => ({ url, preferred: true })
const other = (url: string) => ({ url, preferred: false })

describe('the addresses that Composer tries', () => {
  test.each<[string, Dist, string[]]>([
    ['are the one of the package', withMirrors('https://a.example/z', ''), ['https://a.example/z']],
    [
      'are preferred mirrors first',
      withMirrors('https://a.example/z', 'abc', preferred(TEMPLATE)),
      ['https://m.example/dists/acme/module/1.0.0.0/v1.0/rabc.zip', 'https://a.example/z'],
    ],
    [
      'are other mirrors last',
      withMirrors('https://a.example/z', '', other('https://m.example/z')),
      ['https://a.example/z', 'https://m.example/z'],
    ],
    [
      'are the last preferred mirror before the first',
      withMirrors('https://a.example/z', '', preferred('https://m.example/1'), preferred('https://m.example/2')),
      ['https://m.example/2', 'https://m.example/1', 'https://a.example/z'],
    ],
    [
      'are each one once',
      withMirrors('https://a.example/z', '', preferred('https://a.example/z'), other('https://a.example/z')),
      ['https://a.example/z'],
    ],
  ])('%s', (_, dist, urls) => {
    expect(distUrls(dist, 'acme/module', () => '1.0.0.0', 'v1.0')).toEqual(urls)
  })
})

const dists: Dist[] = ['abc', 'ABC', '', '$&', '%reference%', 'feature/x'].flatMap((reference) => [
  withMirrors('https://a.example/z', reference, preferred(TEMPLATE), other(TEMPLATE.replace('m.', 'n.'))),
  withMirrors('https://a.example/%package%/%reference%', reference, other('https://m.example/$1'), preferred(TEMPLATE)),
  withMirrors('https://a.example/%prettyVersion%', reference, preferred('https://a.example/%prettyVersion%')),
  withMirrors('/archives/%package%.zip', reference, preferred('https://m.example/1'), preferred('https://m.example/2')),
])
const versions = [
  ['1.0.0.0', 'v1.0'],
  ['dev-feature/x', 'dev-feature/x'],
] as const

const testWithClasses = composerClassesAvailable() ? test : test.skip
testWithClasses("Composer's classes name the same addresses in the same order", () => {
  const questions = dists.flatMap((dist) => versions.map(([version, pretty]) => ({ dist, version, pretty })))
  const theirs = withComposerClasses(
    `return array_map(function ($of) {
      $package = new Composer\\Package\\Package('acme/module', $of['version'], $of['pretty']);
      $package->setDistType('zip');
      $package->setDistUrl($of['dist']['url']);
      $package->setDistReference($of['dist']['reference']);
      $package->setDistMirrors($of['dist']['mirrors']);
      return $package->getDistUrls();
    }, $input);`,
    questions,
  )
  expect(questions.map(({ dist, version, pretty }) => distUrls(dist, 'acme/module', () => version, pretty))).toEqual(
    theirs,
  )
})
