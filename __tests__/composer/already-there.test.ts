import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openDeadline } from '../../src/bounds/deadline.js'
import { alreadyThere } from '../../src/composer/already-there.js'
import type { ConfigSource } from '../../src/composer/config.js'
import type { LockedPackage } from '../../src/composer/lock-file.js'
import { folderWith } from './project-folder.js'

/**
 * What Composer has already. That it then downloads nothing is shown by the real Composer in __tests__/agreement (caches);
 * here are the forms in which it can stand there.
 */
const URL = 'https://repo.magento.com/archives/acme/module/acme-module-1.0.0.0.zip'
const BYTES = 'the bytes of an archive'
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

const locked = (more: Partial<LockedPackage> = {}, shasum = ''): LockedPackage => ({
  name: 'acme/module',
  version: '1.0.0',
  type: 'magento2-module',
  dev: false,
  dist: { type: 'zip', url: URL, shasum, reference: '', mirrors: [] },
  hasSource: false,
  requires: [],
  provides: [],
  hasOwnCredentials: false,
  hasOptions: false,
  sourceReference: '',
  position: () => ({ line: 1, column: 1 }),
  ...more,
})

interface Place {
  readonly env?: Readonly<Record<string, string>>
  readonly settings?: Readonly<Record<string, string>>
  readonly home?: string
  readonly platform?: NodeJS.Platform
}

function ask(cwd: string, { env = {}, settings = {}, home, platform = 'linux' }: Place = {}) {
  const sources: ConfigSource[] = [
    { place: 'manifest', name: 'composer.json', config: settings, text: '', invalid: undefined },
  ]
  const isDirectory = (path: string) => path.startsWith(cwd) && path.endsWith('/cache')
  return alreadyThere({ env, platform, cwd, isDirectory }, home, sources, openDeadline(60_000))
}

const installed = (...entries: unknown[]) => JSON.stringify({ packages: entries, dev: true })
const ENTRY = { name: 'acme/module', version: '1.0.0', 'install-path': '../acme/module' }
const MODULE = 'vendor/acme/module/composer.json'
const LIST = 'vendor/composer/installed.json'

describe('the vendor folder', () => {
  test('of Composer 2 says where a package is', () => {
    const folder = folderWith({ [LIST]: installed(ENTRY), [MODULE]: '{}' })
    expect(ask(folder)(locked(), [URL])).toBe('vendor')
  })

  test('of Composer 1 holds a bare list, and each package under its name', () => {
    const { 'install-path': _, ...entry } = ENTRY
    const list = JSON.stringify([entry])
    expect(ask(folderWith({ [LIST]: list, [MODULE]: '{}' }))(locked(), [URL])).toBe('vendor')
    expect(ask(folderWith({ [LIST]: list }))(locked(), [URL])).toBeUndefined()
  })

  test.each<[string, unknown, Partial<LockedPackage>]>([
    ['another version', { ...ENTRY, version: '1.0.1' }, {}],
    ['another name', { ...ENTRY, name: 'acme/other' }, {}],
    ['another commit of the archive', { ...ENTRY, dist: { reference: 'aaa' } }, {}],
    [
      'another commit of the source',
      { ...ENTRY, source: { reference: 'aaa' } },
      { hasSource: true, sourceReference: 'b' },
    ],
    ['no version', { ...ENTRY, version: 1 }, {}],
  ])('with %s has not what is locked', (_, entry, more) => {
    const folder = folderWith({ [LIST]: installed(entry), [MODULE]: '{}' })
    expect(ask(folder)(locked(more), [URL])).toBeUndefined()
  })

  test('with the same commits has it', () => {
    const entry = { ...ENTRY, name: 'Acme/Module', dist: { reference: 'd' }, source: { reference: 's' } }
    const folder = folderWith({ [LIST]: installed(entry), [MODULE]: '{}' })
    const dist = { type: 'zip', url: URL, shasum: '', reference: 'd', mirrors: [] }
    expect(ask(folder)(locked({ dist, hasSource: true, sourceReference: 's' }), [URL])).toBe('vendor')
  })

  test('whose folder of the package is gone has it no more', () => {
    const folder = folderWith({ [LIST]: installed(ENTRY), [MODULE]: '{}' })
    rmSync(join(folder, 'vendor/acme'), { recursive: true })
    expect(ask(folder)(locked(), [URL])).toBeUndefined()
  })

  test('that links to the package has it, unless the link leads nowhere', () => {
    const folder = folderWith({ [LIST]: installed(ENTRY), 'packages/module/composer.json': '{}' })
    mkdirSync(join(folder, 'vendor/acme'), { recursive: true })
    symlinkSync(join(folder, 'packages/module'), join(folder, 'vendor/acme/module'))
    expect(ask(folder)(locked(), [URL])).toBe('vendor')
    rmSync(join(folder, 'packages'), { recursive: true })
    expect(ask(folder)(locked(), [URL])).toBeUndefined()
  })

  test('has a metapackage without a folder', () => {
    const folder = folderWith({ [LIST]: installed({ ...ENTRY, 'install-path': null }) })
    expect(ask(folder)(locked({ type: 'metapackage' }), [])).toBe('vendor')
  })

  test('can be another one, by setting and before that by variable', () => {
    const folder = folderWith({
      'lib/composer/installed.json': installed(ENTRY),
      'lib/acme/module/composer.json': '{}',
    })
    expect(ask(folder)(locked(), [URL])).toBeUndefined()
    expect(ask(folder, { settings: { 'vendor-dir': 'lib/' } })(locked(), [URL])).toBe('vendor')
    const env = { COMPOSER_VENDOR_DIR: 'lib' }
    expect(ask(folder, { env, settings: { 'vendor-dir': 'nowhere' } })(locked(), [URL])).toBe('vendor')
  })

  test.each(['', '{', 'null', '"x"', '{"packages": {}}', '[null, 1, "acme/module"]'])(
    'whose list is %j has nothing',
    (list) => {
      expect(ask(folderWith({ [LIST]: list, [MODULE]: '{}' }))(locked(), [URL])).toBeUndefined()
    },
  )
})

describe('the file cache', () => {
  const file = `acme/module/${sha1(URL)}.zip`
  const env = (folder: string) => ({ COMPOSER_CACHE_DIR: join(folder, 'cache') })

  test('has an archive under the address it came from', () => {
    const folder = folderWith({ [`cache/files/${file}`]: BYTES })
    const has = ask(folder, { env: env(folder) })
    expect(has(locked(), [URL])).toBe('cache')
    expect(has(locked(), ['https://mirror.example/z', URL])).toBe('cache')
    expect(has(locked(), ['https://mirror.example/z'])).toBeUndefined()
    expect(has(locked({ name: 'acme/other' }), [URL])).toBeUndefined()
    expect(has(locked({ dist: undefined }), [URL])).toBeUndefined()
  })

  test('counts with the checksum of the lock, and without one in any case', () => {
    const folder = folderWith({ [`cache/files/${file}`]: BYTES })
    const has = ask(folder, { env: env(folder) })
    expect(has(locked({}, sha1(BYTES)), [URL])).toBe('cache')
    expect(has(locked({}, sha1('other bytes')), [URL])).toBeUndefined()
  })

  test('spells a type that is no file name with dashes, and is never left', () => {
    const folder = folderWith({
      [`cache/files/acme/module/${sha1(URL)}.x-tar`]: BYTES,
      'cache/secret': BYTES,
    })
    const has = ask(folder, { env: env(folder) })
    const withType = (type: string) => locked({ dist: { type, url: URL, shasum: '', reference: '', mirrors: [] } })
    expect(has(withType('x tar'), [URL])).toBe('cache')
    mkdirSync(join(folder, `cache/files/acme/module/${sha1(URL)}.x`), { recursive: true })
    expect(has(withType('x/../../../../secret'), [URL])).toBeUndefined()
  })

  test.each<[string, string, (folder: string) => Place]>([
    ['cache-files-dir', 'elsewhere', () => ({ settings: { 'cache-files-dir': 'elsewhere' } })],
    ['COMPOSER_CACHE_FILES_DIR', 'elsewhere', (f) => ({ env: { COMPOSER_CACHE_FILES_DIR: join(f, 'elsewhere') } })],
    ['cache-dir', 'c/files', () => ({ settings: { 'cache-dir': 'c' } })],
    ['COMPOSER_HOME', 'h/cache/files', (f) => ({ env: { COMPOSER_HOME: join(f, 'h') }, home: join(f, 'h') })],
    ['~/.composer with a cache', '.composer/cache/files', (f) => ({ env: { HOME: f }, home: join(f, '.composer') })],
    [
      'XDG_CACHE_HOME',
      'x/composer/files',
      (f) => ({
        env: { HOME: join(f, 'nobody'), XDG_CACHE_HOME: join(f, 'x') },
        home: join(f, 'nobody/.config/composer'),
      }),
    ],
    [
      'any variable XDG_',
      '.cache/composer/files',
      (f) => ({ env: { HOME: f, XDG_RUNTIME_DIR: '/run' }, home: join(f, '.config/composer') }),
    ],
    [
      'macOS',
      'Library/Caches/composer/files',
      (f) => ({ env: { HOME: f }, home: join(f, '.composer'), platform: 'darwin' }),
    ],
  ])('is where Composer has it by %s', (_, path, place) => {
    const folder = folderWith({ [`${path}/${file}`]: BYTES })
    expect(ask(folder, place(folder))(locked(), [URL])).toBe('cache')
  })
})

test('the vendor folder comes before the cache', () => {
  const folder = folderWith({
    [LIST]: installed(ENTRY),
    [MODULE]: '{}',
    [`cache/files/acme/module/${sha1(URL)}.zip`]: BYTES,
  })
  expect(ask(folder, { env: { COMPOSER_CACHE_DIR: join(folder, 'cache') } })(locked(), [URL])).toBe('vendor')
})
