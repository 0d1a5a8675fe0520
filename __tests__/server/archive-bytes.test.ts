import { describe, expect, test } from '@jest/globals'
import { notArchive } from '../../src/server/archive-bytes.js'

/** What the first bytes of an archive tell. A dist of each type, and what servers send in its place. */
const bytes = (text: string) => Buffer.from(text, 'latin1')
const padded = (text: string) => Buffer.concat([bytes(text), Buffer.alloc(512)]).subarray(0, 512)
const tar = Buffer.concat([padded('module/a.php').subarray(0, 257), bytes('ustar\0'), Buffer.alloc(249)])

const looksLike = (type: string, body: Buffer, complete = false) => notArchive({ body, complete }, type)?.looksLike

describe('an archive', () => {
  test.each([
    ['zip', padded('PK\x03\x04')],
    ['tar', tar],
    ['tar', padded('\x1f\x8b')],
    ['tar', padded('BZh9')],
    ['gzip', padded('\x1f\x8b')],
    ['xz', padded('\xfd7zXZ\0')],
    ['rar', padded('Rar!\x1a\x07')],
    // A program that unpacks itself, and an old tar, which names no format.
    ['zip', padded('MZ\x90')],
    ['tar', padded('module/a.php')],
    // Anything is a file, and a phar begins as the program that it is.
    ['file', padded('<html>')],
    ['phar', bytes('<?php __HALT_COMPILER();')],
  ])('of type %s is one', (type, body) => {
    expect(looksLike(type, body)).toBeUndefined()
  })

  test('that is nothing, a page, an error or another format is none', () => {
    const text = 'Your licence has expired. '.repeat(20)
    expect(looksLike('zip', Buffer.alloc(0), true)).toBe('empty')
    expect(looksLike('zip', bytes(`\n<!doctype html>${text}`))).toBe('html')
    expect(looksLike('tar', bytes(`{"error": "${text}"}`))).toBe('json')
    expect(looksLike('zip', bytes('gone'), true)).toBe('text')
    expect(looksLike('zip', padded('\x1f\x8b'))).toBe('other-format')
    expect(looksLike('gzip', padded('PK\x03\x04'))).toBe('other-format')
    expect(looksLike('zip', bytes('PK\x03\x04'), true)).toBe('cut')
  })

  test('of which too little has come is not judged', () => {
    expect(looksLike('zip', Buffer.alloc(0))).toBeUndefined()
    expect(looksLike('zip', bytes('PK'), true)).toBeUndefined()
    expect(looksLike('tar', bytes('P'), true)).toBeUndefined()
    expect(looksLike('zip', bytes('OK'), true)).toBe('text')
    expect(looksLike('zip', bytes('PK'))).toBeUndefined()
    expect(looksLike('tar', bytes('module/a.php'))).toBeUndefined()
  })
})
