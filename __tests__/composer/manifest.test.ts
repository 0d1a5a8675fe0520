import { describe, expect, test } from '@jest/globals'
import { type Manifest, type RepositoryEntry, readManifest } from '../../src/composer/manifest.js'
import { isPackageName, isPlatformPackage } from '../../src/composer/package-name.js'
import { fileWith } from './project-folder.js'

function read(text: string): Manifest {
  const manifest = readManifest(fileWith(text))
  if (manifest?.kind !== 'manifest') throw new Error(`It was not read: ${JSON.stringify(manifest)}`)
  return manifest
}

describe('requirements', () => {
  test('have the line and the column of their names', () => {
    const { requirements } = read(`{
    "name": "acme/shop",
    "require": {
        "php": "~8.3.0",
        "magento/product-community-edition": "2.4.8", "Acme/Module": "^1.0"
    },
    "require-dev": { "phpunit/phpunit": "*" }
}`)
    expect(requirements).toEqual([
      {
        name: 'magento/product-community-edition',
        constraint: '2.4.8',
        dev: false,
        position: { line: 5, column: 9 },
      },
      { name: 'acme/module', constraint: '^1.0', dev: false, position: { line: 5, column: 55 } },
      { name: 'phpunit/phpunit', constraint: '*', dev: true, position: { line: 7, column: 22 } },
    ])
  })

  test('of the same name in both sections stand each where it is', () => {
    const { requirements } = read('{\n"require-dev": {"acme/a": "1"},\n"require": {"acme/a": "2"}\n}')
    expect(requirements.map(({ dev, constraint, position }) => [dev, constraint, position.line])).toEqual([
      [false, '2', 3],
      [true, '1', 2],
    ])
  })

  test('in objects further inside are none', () => {
    const { requirements } = read('{"extra": {"require": {"acme/a": "1"}}, "require": {"acme/b": "1"}}')
    expect(requirements.map(({ name, position }) => [name, position.column])).toEqual([['acme/b', 53]])
  })

  test.each(['[]', '[{"acme/a": "1"}]', '"acme/a"', 'null', '{"acme/a": 1}', '{"acme/a": ["1"]}', '{"acme/a": null}'])(
    'written as %s are none',
    (text) => {
      expect(read(`{"require": ${text}}`).requirements).toEqual([])
    },
  )

  test('with line breaks and other controls in the constraint have spaces there', () => {
    const [requirement] = read('{"require": {"acme/a": " ^1.0\\n::error::x\\u202e ||\\t2 "}}').requirements
    expect(requirement?.constraint).toBe('^1.0 ::error::x || 2')
  })

  test('with a constraint of many characters have one that cannot be read', () => {
    expect(read(`{"require": {"acme/a": "${'1'.repeat(4097)}"}}`).requirements[0]?.constraint).toBe('')
  })
})

describe('names', () => {
  test.each([
    ...['php', 'PHP', 'php-64bit', 'php-zts', 'hhvm', 'ext-json', 'ext-zend-opcache', 'ext-pdo_mysql', 'lib-openssl'],
    ...['lib-icu-uc', 'composer', 'composer-plugin-api', 'composer-runtime-api'],
  ])('%s is of the platform', (name) => {
    expect(isPlatformPackage(name)).toBe(true)
    expect(read(`{"require": {"${name}": "*"}}`).requirements).toEqual([])
  })

  test.each(['acme/php', 'php/ext-json', 'phpunit/phpunit', 'ext-acme/module', 'composer/composer'])(
    '%s is a package',
    (name) => {
      expect(isPlatformPackage(name)).toBe(false)
      expect(read(`{"require": {"${name}": "*"}}`).requirements.map((one) => one.name)).toEqual([name])
    },
  )

  test.each([...['acme/module_x', 'a/b', '1/2', 'acme.shop/module--x', 'Acme/Module', `acme/${'x'.repeat(250)}`]])(
    '%s can be one',
    (name) => {
      expect(isPackageName(name)).toBe(true)
    },
  )

  test.each([
    ...['acme', 'acme/', '/module', 'acme/a/b', '../etc/passwd', 'acme/../x', 'acme/-x', 'acme/x-', 'acme/a b', ''],
    ...[
      'acme/x\n',
      '\nacme/x',
      'acme/x\u0000',
      'acme/<b>',
      'acme/`x`',
      '::error::/x',
      'acme/xé',
      `acme/${'x'.repeat(251)}`,
    ],
  ])('%j can be none, and is no requirement', (name) => {
    expect(isPackageName(name)).toBe(false)
    expect(read(JSON.stringify({ require: { [name]: '*' } })).requirements).toEqual([])
  })
})

/** What tells an entry from its neighbours. */
const brief = ({ key, type, url, position }: RepositoryEntry) => ({ key, type, url, line: position.line })

describe('repositories', () => {
  test('as a list have no names, and stand where their objects begin', () => {
    const { repositories, disabled } = read(`{
    "repositories": [
        {"type": "composer", "url": "https://a.example"},
        {
            "type": "vcs",
            "url": "git@github.com:acme/module.git"
        },
        {"packagist.org": false}
    ]
}`)
    expect(repositories.map(brief)).toEqual([
      { key: undefined, type: 'composer', url: 'https://a.example', line: 3 },
      { key: undefined, type: 'vcs', url: 'git@github.com:acme/module.git', line: 4 },
    ])
    expect(repositories.map(({ position }) => position.column)).toEqual([9, 9])
    expect(disabled).toEqual(['packagist.org'])
  })

  test('as an object have its keys for names and stand where these do', () => {
    const { repositories } = read(`{
    "repositories": {
        "repo": {"type": "composer", "url": "https://a.example"},
        "repo.magento.com": {"type": "composer", "url": "https://repo.magento.com"}
    }
}`)
    expect(repositories.map(brief)).toEqual([
      { key: 'repo', type: 'composer', url: 'https://a.example', line: 3 },
      { key: 'repo.magento.com', type: 'composer', url: 'https://repo.magento.com', line: 4 },
    ])
  })

  test('with keys that are numbers have no names, and keep the order of the file', () => {
    const { repositories } = read(`{
    "repositories": {
        "private": {"type": "composer", "url": "https://first.example"},
        "10": {"type": "composer", "url": "https://second.example"},
        "0": {"type": "composer", "url": "https://third.example"},
        "007": {"type": "composer", "url": "https://fourth.example"}
    }
}`)
    expect(repositories.map(brief)).toEqual([
      { key: 'private', type: 'composer', url: 'https://first.example', line: 3 },
      { key: undefined, type: 'composer', url: 'https://second.example', line: 4 },
      { key: undefined, type: 'composer', url: 'https://third.example', line: 5 },
      { key: '007', type: 'composer', url: 'https://fourth.example', line: 6 },
    ])
  })

  test('have filters and may be not canonical', () => {
    const { repositories } = read(
      JSON.stringify({
        repositories: [
          { type: 'composer', url: 'https://a.example', only: ['acme/*', 7], canonical: false },
          { type: 'composer', url: 'https://b.example', exclude: ['magento/*'] },
          { type: 'composer', url: 'https://c.example', only: [], exclude: [] },
          { type: 'composer', url: 'https://d.example', canonical: true, options: { http: { header: ['x: y'] } } },
          { type: 'composer', url: 'https://e.example', options: [] },
        ],
      }),
    )
    expect(
      repositories.map(({ only, exclude, canonical, hasOptions }) => ({ only, exclude, canonical, hasOptions })),
    ).toEqual([
      { only: ['acme/*'], exclude: [], canonical: false, hasOptions: false },
      { only: [], exclude: ['magento/*'], canonical: true, hasOptions: false },
      // A list without names lets none through.
      { only: [''], exclude: [], canonical: true, hasOptions: false },
      { only: [], exclude: [], canonical: true, hasOptions: true },
      { only: [], exclude: [], canonical: true, hasOptions: false },
    ])
  })

  test.each([
    ['in a list', '[{"packagist.org": false}]'],
    ['in a list, by its old name', '[{"packagist": false}]'],
    ['in an object', '{"packagist.org": false}'],
    ['in an object, by its old name', '{"packagist": false}'],
    ['in an object whose key is a number', '{"0": {"packagist.org": false}}'],
  ])('switch packagist.org off %s', (_, text) => {
    const { repositories, disabled } = read(`{"repositories": ${text}}`)
    expect({ repositories, disabled }).toEqual({ repositories: [], disabled: ['packagist.org'] })
  })

  test('replaced by one of the same name keep that name, the old spelling too', () => {
    const { repositories } = read('{"repositories": {"packagist": {"type": "composer", "url": "https://m.example"}}}')
    expect(repositories.map(({ key }) => key)).toEqual(['packagist.org'])
  })

  test('of the type package hold packages, one or several', () => {
    const one = { name: 'Acme/A', version: '1.0', require: { 'Acme/B': '^2' }, replace: { 'acme/old': 'self.version' } }
    const { repositories } = read(
      JSON.stringify({
        repositories: [
          { type: 'package', package: one },
          {
            type: 'package',
            package: [one, { version: '1' }, { name: 'acme/c' }, { name: 'acme/d', version: '1\n2' }],
          },
        ],
      }),
    )
    const read1 = {
      name: 'acme/a',
      version: '1.0',
      type: 'library',
      dist: undefined,
      hasSource: false,
      requires: [{ name: 'acme/b', constraint: '^2' }],
      provides: [{ name: 'acme/old', constraint: 'self.version' }],
    }
    expect(repositories.map(({ inline }) => inline)).toEqual([
      [read1],
      [read1, { ...read1, name: 'acme/c', version: '', requires: [], provides: [] }],
    ])
  })

  test('have URLs without white space, and none that no server would take', () => {
    const urls = ['https://a.example/x y\nz', `https://a.example/${'x'.repeat(8192)}`, 7]
    const { repositories } = read(JSON.stringify({ repositories: urls.map((url) => ({ type: 'composer', url })) }))
    expect(repositories.map(({ url }) => url)).toEqual(['https://a.example/x%20y%0Az', '', ''])
  })

  test.each(['null', '"https://a.example"', '7', '[]', '{}', '[null, true, "x", []]'])(
    'written as %s are none',
    (text) => {
      const { repositories, disabled } = read(`{"repositories": ${text}}`)
      expect({ repositories, disabled }).toEqual({ repositories: [], disabled: [] })
    },
  )
})

describe('the rest', () => {
  test.each([
    ['{}', 'stable'],
    ['{"minimum-stability": "alpha"}', 'alpha'],
    ['{"minimum-stability": 3}', 'stable'],
  ])('%s has the minimum stability %s', (text, stability) => {
    expect(read(text).minimumStability).toBe(stability)
  })

  test('what the project stands in for are the names in replace and provide', () => {
    const { provides } = read('{"replace": {"Acme/A": "*"}, "provide": {"acme/b": "1.0"}, "conflict": {"acme/c": "*"}}')
    expect(provides).toEqual(['acme/a', 'acme/b'])
  })
})
