import { expect, test } from '@jest/globals'
import { matchingPaths } from '../../src/check/resolved/folder-patterns.js'

const TREE: Readonly<Record<string, readonly string[]>> = {
  '/shop': ['a', 'b', '.git'],
  '/shop/a': ['one', 'two'],
  '/shop/b': ['one', 'three'],
}
const namesIn = (folder: string) => TREE[folder] ?? []

test.each([
  ['/shop/*', ['/shop/a', '/shop/b']],
  ['/shop/*/one', ['/shop/a/one', '/shop/b/one']],
  ['/shop/*/t*', ['/shop/a/two', '/shop/b/three']],
  ['/shop/?/t?o', ['/shop/a/two']],
  ['/shop/{a,b}/o*e', ['/shop/a/one', '/shop/b/one']],
  ['/shop/{a,{b,a}}', ['/shop/a', '/shop/b']],
  ['/shop/.*', ['/shop/.git']],
  ['/shop/there', ['/shop/there']],
  ['/elsewhere/*', []],
])('%s', (pattern, paths) => {
  expect(matchingPaths(pattern, namesIn)?.toSorted()).toEqual(paths)
})

test('what cannot be told, or comes to too much, is not', () => {
  expect(matchingPaths('/shop/[ab]', namesIn)).toBeUndefined()
  expect(matchingPaths('/shop/*/*', (folder) => (folder === '/shop/b' ? undefined : namesIn(folder)))).toBeUndefined()
  expect(matchingPaths('{a,b}'.repeat(50), namesIn)).toBeUndefined()
  expect(matchingPaths(`/${'a'.repeat(2000)}`, namesIn)).toBeUndefined()
})
