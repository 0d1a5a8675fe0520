import { describe, expect, test } from '@jest/globals'
import { type Manifest, readManifest } from '../../src/composer/manifest.js'
import { enabledRepositories, mayServe, nameMatches, repositoryUrl } from '../../src/composer/repositories.js'
import { fileWith } from './project-folder.js'
import { composerClassesAvailable, withComposerClasses } from './real-classes.js'

const describeWithClasses = composerClassesAvailable() ? describe : describe.skip

function manifestOf(repositories: string): Manifest {
  const manifest = readManifest(fileWith(`{"repositories": ${repositories}}`))
  if (manifest?.kind !== 'manifest') throw new Error('It was not read')
  return manifest
}

const at = (host: string) => `{"type": "composer", "url": "https://${host}.example"}`

/** `repositories` of a project and of the home's config.json. As text: an object of JavaScript loses the order of numbers. */
const CASES: readonly (readonly [what: string, project: string, home: string])[] = [
  ['none', '{}', '{}'],
  ['a list', `[${at('a')}, ${at('b')}]`, '[]'],
  ['an object', `{"b": ${at('b')}, "a": ${at('a')}}`, '[]'],
  ['keys that are numbers', `{"x": ${at('x')}, "10": ${at('ten')}, "0": ${at('zero')}, "-1": ${at('minus')}}`, '[]'],
  ['those of the home behind', `[${at('a')}]`, `[${at('home')}]`],
  [
    'a name of the home taken over',
    `{"shop": ${at('a')}, "b": ${at('b')}}`,
    `{"shop": ${at('home')}, "c": ${at('c')}}`,
  ],
  ['a name of the home switched off', `{"shop": false, "b": ${at('b')}}`, `{"shop": ${at('home')}, "c": ${at('c')}}`],
  ['a name of the home switched off in a list', `[{"shop": false}, ${at('b')}]`, `{"shop": ${at('home')}}`],
  ['packagist.org switched off', `[${at('a')}, {"packagist.org": false}]`, '[]'],
  ['packagist.org switched off by its old name', `{"packagist": false, "a": ${at('a')}}`, '[]'],
  ['packagist.org switched off by the home', `[${at('a')}]`, '{"packagist.org": false}'],
  ['packagist.org taken over', `{"packagist.org": ${at('mirror')}, "a": ${at('a')}}`, '[]'],
  ['packagist.org taken over by its old name', `{"packagist": ${at('mirror')}, "a": ${at('a')}}`, '[]'],
  ['packagist.org named by hand', '[{"type": "composer", "url": "https://repo.packagist.org"}]', '[]'],
  [
    'packagist.org named by hand behind another',
    `[${at('a')}, {"type": "composer", "url": "https://packagist.org/"}]`,
    '[]',
  ],
  ['an old name of packagist.org', '[{"type": "composer", "url": "http://packages.packagist.org"}]', '[]'],
  [
    'a private Packagist, which is another host',
    '[{"type": "composer", "url": "https://repo.packagist.com/acme/"}]',
    '[]',
  ],
  ['a host that ends alike', '[{"type": "composer", "url": "https://notpackagist.org"}]', '[]'],
  ['a name in a list that is not known', `[{"nothing": false}, ${at('a')}]`, '[]'],
  ['the same repository twice', `[${at('a')}, ${at('a')}]`, `[${at('a')}]`],
  ['other types between', `[${at('a')}, {"type": "vcs", "url": "https://git.example/x"}, ${at('b')}]`, '[]'],
]

describeWithClasses("Composer's classes agree on the repositories and their order", () => {
  const order = withComposerClasses(
    `return array_map(function ($case) {
      $config = new Composer\\Config(false);
      $config->merge(['repositories' => json_decode($case[2], true)]);
      $config->merge(['repositories' => json_decode($case[1], true)]);
      return array_map(fn ($entry) => preg_replace('{^https\\?}', 'https', $entry['url'] ?? ''), array_values($config->getRepositories()));
    }, $input);`,
    CASES,
  ) as string[][]

  test.each(CASES.map(([what, project, home], index) => [what, project, home, order[index]] as const))(
    '%s',
    (_, project, home, theirs) => {
      const ours = enabledRepositories(manifestOf(project), manifestOf(home)).map(({ entry }) => entry.url)
      expect(ours).toEqual(theirs)
    },
  )
})

test('who named a repository is known', () => {
  const enabled = enabledRepositories(manifestOf(`[${at('a')}]`), manifestOf(`[${at('home')}]`))
  expect(enabled.map(({ named }) => named)).toEqual(['project', 'home', 'default'])
})

describeWithClasses("Composer's classes agree on filters", () => {
  const NAMES = ['magento/framework', 'magento/module-a', 'acme/magento', 'Acme/X', 'acme/x.y']
  const FILTERS = [
    {},
    { only: ['magento/*'] },
    { only: ['magento/framework'] },
    { only: ['*/magento'] },
    { only: ['MAGENTO/*'] },
    { only: ['magento/'] },
    { only: ['magento'] },
    { only: [] },
    { only: ['acme/x.y', 'm*t*/f*k'] },
    { exclude: ['magento/*'] },
    { exclude: ['acme/x', '*x.*'] },
    { exclude: [] },
    { exclude: ['magento/module-?'] },
  ]
  const theirs = withComposerClasses(
    `return array_map(function ($filter) use ($input) {
      $repository = new Composer\\Repository\\FilterRepository(new Composer\\Repository\\ArrayRepository(
        array_map(fn ($name) => new Composer\\Package\\Package($name, '1.0.0.0', '1.0.0'), $input['names'])), $filter);
      return array_map(fn ($name) => $repository->findPackages($name) !== [], $input['names']);
    }, $input['filters']);`,
    { names: NAMES, filters: FILTERS },
  ) as boolean[][]

  test.each(FILTERS.map((filter, index) => [JSON.stringify(filter), theirs[index]] as const))(
    '%s',
    (filter, served) => {
      const [entry] = manifestOf(
        `[${JSON.stringify({ type: 'composer', url: 'https://a.example', ...JSON.parse(filter) })}]`,
      ).repositories
      if (entry === undefined) throw new Error('There is no repository')
      expect(NAMES.map((name) => mayServe(entry, name.toLowerCase()))).toEqual(served)
    },
  )
})

test.each([
  ['*', 'acme/a', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*a*b', 'xaxb', true],
  ['*a*b', 'xbxa', false],
  ['', 'acme/a', false],
])('the pattern %j and the name %s', (pattern, name, matches) => {
  expect(nameMatches(pattern, name)).toBe(matches)
})

test.each([
  ['https://repo.magento.com/', 'https://repo.magento.com'],
  ['https://repo.magento.com//', 'https://repo.magento.com'],
  ['https?://repo.example', 'https://repo.example'],
  ['repo.magento.com', 'http://repo.magento.com'],
  ['http://repo.example/path/', 'http://repo.example/path'],
  ['https://[', undefined],
])('%s is asked for as %s', (text, url) => {
  expect(repositoryUrl(text)).toBe(url)
})
