import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { composerJsonPath, composerLockPath } from '../../src/composer/config.js'
import { readLock } from '../../src/composer/lock-file.js'
import { readManifest } from '../../src/composer/manifest.js'
import { fileWith, folderWith } from './project-folder.js'

/** What is wrong with a file, and where a person finds it. */
function unreadable(content: string | Uint8Array) {
  const path = fileWith(content)
  const file = readManifest(path)
  if (file?.kind !== 'unreadable') throw new Error(`It was read: ${JSON.stringify(file)}`)
  expect(file.path).toBe(path)
  const { reason, position } = file
  return { reason, at: position && [position.line, position.column] }
}

const GOOD = '{\n    "require": {\n        "acme/a": "1.0"\n    }\n}\n'

describe('a file that Composer could not read says why, and where', () => {
  test.each<[string, string | Uint8Array, string, [number, number] | undefined]>([
    ['a comma too many', '{\n    "require": {\n        "acme/a": "1.0",\n    }\n}', 'trailing-comma', [4, 5]],
    ['a comma too few', '{\n    "name": "acme/shop"\n    "require": {}\n}', 'syntax', [3, 5]],
    ['a bracket too few', '{\n    "require": {\n', 'syntax', [3, 1]],
    ['single quotes', "{\n    'require': {}\n}", 'single-quotes', [2, 5]],
    ['a comment', '{\n    // none of these\n    "require": {}\n}', 'syntax', [2, 5]],
    ['nothing', '', 'empty', [1, 1]],
    ['white space', ' \n\t\n', 'empty', [1, 1]],
    ['a byte order mark', '\uFEFF{}', 'byte-order-mark', [1, 1]],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'not-utf-8', undefined],
    ['half a surrogate pair', '{"name": "\\ud800"}', 'not-decodable', undefined],
    ['a list', '[{}]', 'not-an-object', [1, 1]],
    ['a text', '"acme/shop"', 'not-an-object', [1, 1]],
    ['null', 'null', 'not-an-object', [1, 1]],
  ])('%s', (_, content, reason, at) => {
    expect(unreadable(content)).toEqual({ reason, at })
  })

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('the marks of a conflict, with lines that end in %s', (_, end) => {
    const lines = [
      '{',
      '    "require": {',
      '<<<<<<< HEAD',
      '        "acme/a": "1.0"',
      '||||||| 1a2b3c4',
      '        "acme/a": "0.9"',
      '=======',
      '        "acme/a": "2.0"',
      '>>>>>>> branch',
      '    }',
      '}',
    ]
    expect(unreadable(lines.join(end))).toEqual({ reason: 'conflict', at: [3, 1] })
  })

  test('marks inside a text are none', () => {
    expect(unreadable('{\n    "description": "a\n =======\n b"\n}').reason).toBe('syntax')
    expect(readManifest(fileWith('{"description": "<<<<<<< HEAD"}'))?.kind).toBe('manifest')
  })

  test('nesting as deep as PHP allows, and one level more', () => {
    const nested = (depth: number) => `{"extra":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
    expect(readManifest(fileWith(nested(511)))?.kind).toBe('manifest')
    expect(unreadable(nested(512)).reason).toBe('not-decodable')
  })
})

describe('a file that is none', () => {
  test('is missing', () => {
    expect(readManifest(join(folderWith({}), 'composer.json'))).toBeUndefined()
  })

  test('is a folder', () => {
    const folder = folderWith({})
    mkdirSync(join(folder, 'composer.json'))
    expect(readManifest(join(folder, 'composer.json'))).toBeUndefined()
  })

  test('is a link that leads nowhere; one that leads somewhere counts', () => {
    const folder = folderWith({ 'real.json': GOOD })
    symlinkSync(join(folder, 'nowhere.json'), join(folder, 'dangling.json'))
    symlinkSync(join(folder, 'real.json'), join(folder, 'linked.json'))
    expect(readManifest(join(folder, 'dangling.json'))).toBeUndefined()
    expect(readManifest(join(folder, 'linked.json'))?.kind).toBe('manifest')
  })
})

test('composer.lock is judged in the same way', () => {
  const path = fileWith('{\n    "packages": [\n<<<<<<< HEAD\n    ]\n}', 'composer.lock')
  expect(readLock(path)).toEqual({ kind: 'unreadable', path, reason: 'conflict', position: { line: 3, column: 1 } })
})

/** Source: facts of Composer, `Factory::getComposerFile` and `getLockFile`; which lock is read was seen by running it. */
test.each<[string | undefined, string, string]>([
  [undefined, '/srv/shop/composer.json', '/srv/shop/composer.lock'],
  ['', '/srv/shop/composer.json', '/srv/shop/composer.lock'],
  ['sub/custom.json', '/srv/shop/sub/custom.json', '/srv/shop/sub/custom.lock'],
  ['/elsewhere/other.json', '/elsewhere/other.json', '/elsewhere/other.lock'],
  ['composer', '/srv/shop/composer', '/srv/shop/composer.lock'],
  ['composer.json.dist', '/srv/shop/composer.json.dist', '/srv/shop/composer.json.dist.lock'],
  [' custom.json ', '/srv/shop/custom.json', '/srv/shop/custom.lock'],
])('COMPOSER=%s names %s and %s', (variable, manifest, lock) => {
  const environment = { env: { COMPOSER: variable }, cwd: '/srv/shop' }
  expect(composerJsonPath(environment)).toBe(manifest)
  expect(composerLockPath(environment)).toBe(lock)
})
