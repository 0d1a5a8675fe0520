import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { namesIn, readBounded, takeBytes } from '../../src/bounds/bounded-file.js'
import { openDeadline } from '../../src/bounds/deadline.js'
import { pathPackages } from '../../src/check/resolved/path-packages.js'
import { folderWith } from './project-folder.js'

describe('a file that is not ours', () => {
  test('is read to its limit, links followed, and not a byte further', () => {
    const folder = folderWith({ file: 'four' })
    symlinkSync(join(folder, 'file'), join(folder, 'link'))
    expect(readBounded(join(folder, 'link'), 4)).toEqual({ kind: 'bytes', bytes: Buffer.from('four') })
    expect(readBounded(join(folder, 'file'), 3)).toEqual({ kind: 'too-large', limit: 3 })
  })

  test('is no folder, no device and no pipe, which would never end', () => {
    const folder = folderWith({})
    execFileSync('mkfifo', [join(folder, 'pipe')])
    mkdirSync(join(folder, 'folder'))
    for (const path of [join(folder, 'pipe'), join(folder, 'folder'), '/dev/zero', '/dev/stdout']) {
      expect(readBounded(path, 10).kind).toBe('not-a-file')
    }
    expect(readBounded(join(folder, 'nothing'), 10)).toEqual({ kind: 'absent' })
  })

  test('of procfs, which says that it is empty, is read like any other', () => {
    expect(readBounded('/proc/self/status', 1_000_000).kind).toBe('bytes')
    expect(readBounded('/proc/self/status', 10)).toEqual({ kind: 'too-large', limit: 10 })
    expect(takeBytes('/proc/self/status', () => true)).toEqual({ kind: 'part' })
  })

  test('is handed on piece by piece until nobody wants more', () => {
    const folder = folderWith({ file: 'x'.repeat(3_000_000) })
    let length = 0
    const count = (piece: Buffer) => {
      length += piece.length
      return true
    }
    expect(takeBytes(join(folder, 'file'), count)).toEqual({ kind: 'whole' })
    expect(length).toBe(3_000_000)
    expect(takeBytes(join(folder, 'file'), () => false)).toEqual({ kind: 'part' })
  })
})

test('of a folder as many names are read as are wanted', () => {
  const folder = folderWith({ a: '', b: '', c: '' })
  expect(namesIn(folder, 3)).toMatchObject({ complete: true })
  expect(namesIn(folder, 2)?.complete).toBe(false)
  expect(namesIn(join(folder, 'nothing'), 2)).toBeUndefined()
})

test('path packages that could not be looked at in time are unknown, not absent', () => {
  const folder = folderWith({ 'packages/a/composer.json': '{"name":"acme/a","version":"1.0"}' })
  const pattern = join(folder, 'packages/*')
  expect(pathPackages(openDeadline(60_000))(pattern)).toEqual(new Map([['acme/a', expect.anything()]]))
  expect(pathPackages(openDeadline(0))(pattern)).toBeUndefined()
})
