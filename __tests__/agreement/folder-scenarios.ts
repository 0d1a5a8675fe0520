import type { Repository } from '../../testing/repository.mjs'
import type { Manifest, Scenario } from './scenario.js'
import { composerRepository, GOOD, project, REQUIRE } from './shop.js'

/** Modules in folders of the project, and what version Composer takes them for. */
export function byFolder(servers: Servers): Scenario[] {
  return [...byMissingFolder(servers), ...byVersionOfFolder(servers), ...byGuessedVersion(servers)]
}

interface Servers {
  readonly v1: Repository
}

function byMissingFolder({ v1 }: Servers): Scenario[] {
  const shop = (url: string) =>
    project({ ...REQUIRE, 'acme/local': '*' }, [{ type: 'path', url }, composerRepository(v1)])
  const filtered = project(REQUIRE, [{ type: 'path', url: 'missing', only: ['acme/other'] }, composerRepository(v1)])
  const local = JSON.stringify({ name: 'acme/local', version: '1.0.0' })
  const base = { group: 'folders of path repositories', main: v1, keys: GOOD }
  const there = { ...base, files: { 'modules/local/composer.json': local } }
  const urls = ['missing', 'missing/*', './missing/', 'modules/none', 'missing/*/*', 'modules/loc?l/none']
  return [
    ...urls.map((url) => ({ ...there, name: `${url} is missing`, manifest: shop(url) })),
    { ...there, name: 'modules/* is there', manifest: shop('modules/*') },
    { ...there, name: 'modules/none* has nothing in a folder that is there', manifest: shop('modules/none*') },
    { ...there, name: '{missing,none} is taken for empty', manifest: shop('{missing,none}') },
    { ...there, name: 'a missing one that is asked for nothing', manifest: missingBehind(v1) },
    {
      ...there,
      name: 'a missing one that has another name alone',
      manifest: filtered,
    },
    { ...there, name: 'a missing one, lock', manifest: missingBehind(v1), lock: {} },
  ]
}

/** A missing folder behind repositories that have all that is required. */
function missingBehind(v1: Repository): Manifest {
  return project({ ...REQUIRE, 'acme/local': '*' }, [
    { type: 'path', url: 'modules/*' },
    composerRepository(v1),
    { type: 'path', url: 'missing' },
  ])
}

function byVersionOfFolder({ v1 }: Servers): Scenario[] {
  const shop = (constraint: string, versions: Record<string, string>) =>
    project({ ...REQUIRE, 'acme/local': constraint }, [
      { type: 'path', url: 'modules/*', options: { versions } },
      composerRepository(v1),
    ])
  const files = (more: Record<string, string>, name = 'acme/local') => ({
    'modules/local/composer.json': JSON.stringify({ name, ...more }),
  })
  const base = { group: 'options.versions of path repositories', main: v1, keys: GOOD, files: files({}) }
  const given = { 'acme/local': '2.1.0' }
  return [
    { ...base, name: 'the version that is wanted', manifest: shop('^2.0', given) },
    { ...base, name: 'another version', manifest: shop('^3.0', given) },
    { ...base, name: 'for another package', manifest: shop('@dev', { 'acme/other': '2.1.0' }) },
    { ...base, name: 'against its own, as wanted', files: files({ version: '1.0.0' }), manifest: shop('^2.0', given) },
    {
      ...base,
      name: 'against its own, which is wanted',
      files: files({ version: '1.0.0' }),
      manifest: shop('^1.0', given),
    },
    {
      ...base,
      name: 'in another case than the package, which has the wanted one',
      files: files({ version: '1.0.0' }, 'Acme/Local'),
      manifest: shop('^1.0', given),
    },
  ]
}

const git = (...args: string[]) => args
const COMMIT = [git('add', '--all'), git('commit', '--quiet', '--message', 'All of it')]
/** The workspace under git, on a branch. */
const on = (branch: string) => [git('init', '--quiet', `--initial-branch=${branch}`), ...COMMIT]

/** A module that names no version: Composer takes the branch of git for one, or a tag, and dev-main without git. */
function byGuessedVersion({ v1 }: Servers): Scenario[] {
  const alias = { extra: { 'branch-alias': { 'dev-main': '1.0.x-dev' } } }
  const scenario = (name: string, constraint: string, more: Partial<Scenario> = {}, module = {}): Scenario => ({
    group: 'versions of modules that name none',
    name: `${name}, ${constraint}`,
    main: v1,
    keys: GOOD,
    manifest: project({ ...REQUIRE, 'acme/local': constraint }, [
      { type: 'path', url: 'modules/*' },
      composerRepository(v1),
    ]),
    files: { 'modules/local/composer.json': JSON.stringify({ name: 'acme/local', ...module }) },
    ...more,
  })
  const feature = { git: [...on('main'), git('switch', '--quiet', '--create', 'feature/x')] }
  const detached = { git: [...on('main'), git('switch', '--quiet', '--detach')] }
  const tagged = { git: [...detached.git, git('tag', 'v1.2.0')] }
  const rootVersion = (version: string) => ({ git: on('main'), env: { COMPOSER_ROOT_VERSION: version } })
  return [
    ...['^1.0', '*', '@dev', 'dev-main', 'dev-master'].map((constraint) => scenario('without git', constraint)),
    scenario('without git, an alias', '^1.0', {}, alias),
    scenario('without git, an alias', '^1.0@dev', {}, alias),
    scenario('without git, an alias', '^2.0@dev', {}, alias),
    ...['^1.0', '@dev', 'dev-main', 'dev-other'].map((constraint) =>
      scenario('on main', constraint, { git: on('main') }),
    ),
    ...['1.0.x-dev', '^1.0@dev', 'dev-main', 'dev-1.0'].map((constraint) =>
      scenario('on 1.0', constraint, { git: on('1.0') }),
    ),
    ...['dev-feature/x', 'dev-main', '^1.0', 'dev-other'].map((constraint) =>
      scenario('on a feature branch', constraint, feature),
    ),
    ...['dev-main', '@dev', '^1.0'].map((constraint) => scenario('on no branch', constraint, detached)),
    ...['^1.0', '^2.0', '@dev', 'dev-main'].map((constraint) => scenario('at a tag, on no branch', constraint, tagged)),
    scenario('at a tag, on main', '^1.0', { git: [...on('main'), git('tag', 'v1.2.0')] }),
    scenario('COMPOSER_ROOT_VERSION 1.5.0', '^1.0', rootVersion('1.5.0')),
    scenario('COMPOSER_ROOT_VERSION 2.0.0', '^1.0', rootVersion('2.0.0')),
    scenario('COMPOSER_ROOT_VERSION 1.5.0 without git', '^1.0', { env: { COMPOSER_ROOT_VERSION: '1.5.0' } }),
    scenario('nothing is committed', '^1.0', { git: [git('init', '--quiet')] }),
    scenario('nothing is committed', 'dev-main', { git: [git('init', '--quiet', '--initial-branch=trunk')] }),
    scenario('on feature, which counts by its own name', 'dev-main', {
      git: [...on('main'), git('switch', '--quiet', '--create', 'feature')],
      files: {
        'modules/local/composer.json': JSON.stringify({ name: 'acme/local', 'non-feature-branches': ['feature'] }),
      },
    }),
  ]
}
