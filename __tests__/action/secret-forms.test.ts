import { expect, test } from '@jest/globals'
import { formsOf } from './secret-forms.js'

const secret = '0123456789abcdef0123456789abcdef'

test.each([0, 1, 2, 3, 32])('a secret is recognised in base64 behind %i other bytes', (before) => {
  const text = Buffer.from(`${'p'.repeat(before)}${secret}:tail`).toString('base64')
  expect(formsOf(secret).some((form) => text.includes(form))).toBe(true)
})

test('a secret is recognised as it stands, percent-encoded and in JSON', () => {
  for (const text of ['x a"b/c x', 'x=a%22b%2Fc', '{"x":"a\\"b/c"}']) {
    expect(formsOf('a"b/c').some((form) => text.includes(form))).toBe(true)
  }
})

test('another text is not taken for it', () => {
  expect(formsOf(secret).some((form) => Buffer.from('f'.repeat(64)).toString('base64').includes(form))).toBe(false)
})
