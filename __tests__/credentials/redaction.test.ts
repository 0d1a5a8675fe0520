import { describe, expect, test } from '@jest/globals'
import { secretsInUrl, shownUrl } from '../../src/composer/shown-url.js'
import { redactionOf } from '../../src/text/redaction.js'
import { flattened } from '../../src/text/server-text.js'

const redaction = (...values: string[]) => redactionOf({ pairs: [], values })

describe('what is redacted', () => {
  test.each([
    [
      'the longer of two, one of which is in the other',
      ['secret-of-a', 'secret-of-a-shop'],
      'x secret-of-a-shop y',
      'x *** y',
    ],
    ['two that overlap', ['abcdefghij', 'hijklmnopq'], 'x abcdefghijklmnopq y', 'x *** y'],
    ['one that begins inside of another’s beginning', ['aaaaaaaab', 'aaaaaaab!'], 'aaaaaaaaaab!', 'aa***'],
    ['capitals and small letters', ['Secret-Of-A'], 'sECRET-oF-a', '***'],
    ['every line', ['of-the-first\nof-the-second'], 'of-the-second, of-the-first', '***, ***'],
    ['characters outside of ASCII', ['schlüssel'], 'der schlüssel, 🔑', 'der ***, 🔑'],
    ['an escaped escape', ['pass word'], 'pass%2520word pass\\u0020word', '*** ***'],
    ['what HTML escapes', ['p&ss"w<r\'d'], 'a p&amp;ss&quot;w&lt;r&#39;d, p&#x26;ss&#34;w&LT;r&apos;d', 'a ***, ***'],
    ['what a slash escapes', ['pass"wo\'rd'], 'a pass\\"wo\\\'rd', 'a ***'],
    ['what being made one line changes', ['pass::word', 'two  spaces'], flattened('pass::word two  spaces'), '*** ***'],
    ['what is short, by itself alone', ['ab1'], 'ab1 cab1 ab12 -ab1- %20ab1 ab1é', '*** cab1 ab12 -***- %20*** ab1é'],
  ])('%s', (_, secrets, text, expected) => {
    expect(redaction(...secrets).server(text)).toBe(expected)
  })

  test('of a project’s own words not what is short, and no user name', () => {
    const { project, server } = redactionOf({ pairs: [{ username: 'acme-shop', password: 'acme' }], values: [] })
    expect(project('acme/module of acme-shop')).toBe('acme/module of acme-shop')
    expect(server('acme/module of acme-shop')).toBe('***/module of ***')
  })
})

test('thousands of secrets that begin alike are looked for in one pass', () => {
  const values = Array.from({ length: 2000 }, (_, index) => `${'a'.repeat(70 + (index % 50))}${index}`)
  const { server } = redaction(...values)
  const text = 'a'.repeat(4 * 1024 * 1024)
  const started = performance.now()
  expect(server(`${text}7`)).toBe(`${text.slice(77)}***`)
  expect(performance.now() - started).toBeLessThan(8000)
})

test('of what is long its beginning is enough, and it is taken out to its end', () => {
  const secret = Array.from({ length: 60 }, (_, index) => `part${index}`).join('-')
  expect(redaction(secret).server(`before ${secret} after`)).toBe('before *** after')
  expect(redaction(secret, 'part59 and more').server(`${secret} and more, and after`)).toBe('***, and after')
  expect(redaction(secret).server(`before ${secret.slice(0, 250)}`)).toBe('before ***')
})

test('where there are more than can be looked for, nothing of others’ words is shown', () => {
  const values = Array.from({ length: 3000 }, (_, index) => `${index}${'x'.repeat(1000)}`)
  expect(redaction(...values).server('anything')).toBe('***')
  const short = Array.from({ length: 40_000 }, (_, index) => index.toString(36))
  expect(redaction(...short).server('any thing')).toBe('***')
})

describe('a URL as it is shown', () => {
  test.each([
    ['https://repo.example.org/a/packages.json', 'https://repo.example.org/a/packages.json'],
    ['http://127.0.0.1:8080/a', 'http://127.0.0.1:8080/a'],
    ['http://[::1]:8080/a', 'http://[::1]:8080/a'],
    ['https://repo.example.org/@scope/a', 'https://repo.example.org/@scope/a'],
    ['https://repo.example.org/~a@b/c', 'https://repo.example.org/~a@b/c'],
    ['https://u:p@repo.example.org:8080/a?b=c#d', 'https://repo.example.org:8080/a?…'],
    ['https://repo.example.org/a?email=a@b.example', 'https://repo.example.org/a?…'],
    ['git@github.example.org:acme/x.git', 'github.example.org:acme/x.git'],
    ['u:t@h/x', 'h/x'],
    ['//u:t@h/', '//h/'],
    ['http:///u:t@h/', 'http://h/'],
    ['https:\\\\u:t@h\\x', 'https://h/x'],
    ['https:u:t@h/x', 'h/x'],
    ['https:/u:t/@h/x', 'https://h/x'],
    ['C:\\packages\\a', 'C:/packages/a'],
    ['https://u:a/b@h/x', 'https://h/x'],
    ['https://u:a#b@h/x', 'https://h/x'],
    ['https://u:a?b@h/x', 'https://h/x'],
    ['https://u:a@b/c@h/x', 'https://b/…'],
    ['https://u:a/@h/x', 'https://h/x'],
    ['https://u@b.example:a/@h/x', 'https://h/x'],
    ['https:\\\\u:a\\@h\\x', 'https://h/x'],
    ['https://repo.example.org:8080/@scope/a', 'https://repo.example.org:8080/@scope/a'],
    ['https://u:1/b@h/x', 'https://u/…'],
    ['/dist/a.zip', '/dist/a.zip'],
    ['', ''],
  ])('%s', (written, shown) => {
    expect(shownUrl(written)).toBe(shown)
    expect(shownUrl(shown)).toBe(shown)
  })

  test('and what of it is secret', () => {
    expect(secretsInUrl('https://u:a%2Fb@h/x?token=t1&x=t%322#z')).toEqual(['a%2Fb', 'a/b', 't1', 't%322', 't22'])
    expect(secretsInUrl('https://u:a/b@h/x')).toEqual(['a/b'])
    expect(secretsInUrl('https://u:ab/@h/x')).toEqual(['ab/'])
    expect(secretsInUrl('https://0123456789abcdef@h/x')).toEqual(['0123456789abcdef'])
    expect(secretsInUrl('git@h:a/b.git')).toEqual([])
  })
})
