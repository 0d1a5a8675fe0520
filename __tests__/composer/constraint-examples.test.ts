import { describe, expect, test } from '@jest/globals'
import { parseConstraint, satisfies } from '../../src/composer/versions/constraint.js'
import { extractStability } from '../../src/composer/versions/stability.js'
import { normalizeVersion } from '../../src/composer/versions/version.js'

/** Examples to read. What proves the rules is constraint.test.ts, where Composer's own classes answer. */
describe('a constraint', () => {
  const table: readonly (readonly [constraint: string, matching: string, other: string])[] = [
    ['2.4.8', '2.4.8', '2.4.8-p3'],
    ['2.4.8-p3', '2.4.8-patch3', '2.4.8'],
    ['~2.4.6-p1', '2.4.8', '2.4.6'],
    ['103.0.*', '103.0.8-p2', '103.1.0'],
    ['>=2.4.4 <2.4.8', '2.4.7-p5', '2.4.8'],
    ['^1.0 || ^2.0', '2.9.1', '3.0.0'],
    ['2.4.*@beta', '2.4.8-beta1', '2.5.0'],
    ['1.0 - 1.2', '1.2.9', '1.3.0'],
    ['!=1.0', '1.1', '1.0.0'],
    ['*.*', '0.0.1-dev', 'dev-develop'],
    ['dev-develop', 'dev-develop', '2.4.8'],
    ['100.4.x-dev', '100.4.x-dev', '100.4.0'],
    ['dev-fix as 1.0.x-dev', 'dev-fix', '1.0.x-dev'],
  ]
  test.each(table)('%s takes "%s" and not "%s"', (text, matching, other) => {
    expect(meets(matching, text)).toBe(true)
    expect(meets(other, text)).toBe(false)
  })

  test('"*" takes everything', () => {
    expect(meets('dev-develop', '*')).toBe(true)
    expect(meets('2.4.8-alpha1', '*')).toBe(true)
  })

  test.each(['', '2.4-develop', 'x.y', '~>1.0', '1.0 ||', '^foo', '>=', '1.0 - ', '2.4.8 ok'])(
    '"%s" is refused',
    (text) => {
      expect(parseConstraint(text)).toBeUndefined()
    },
  )
})

test.each([
  ['2.4.*@beta', 'stable', 'beta'],
  ['2.4.8', 'stable', undefined],
  ['>=1.0-beta1', 'stable', 'beta'],
  ['>=1.0-beta1', 'alpha', undefined],
  ['^1.0@RC || dev-main', 'stable', 'RC'],
  ['dev-main as 1.0.0', 'stable', 'dev'],
] as const)('the requirement %s allows, beside %s, %s', (constraint, minimum, allowed) => {
  expect(extractStability(constraint, minimum)).toBe(allowed)
})

function meets(version: string, text: string): boolean {
  const [normalized, constraint] = [normalizeVersion(version), parseConstraint(text)]
  if (normalized === undefined || constraint === undefined) throw new Error(`"${version}" or "${text}" is refused`)
  return satisfies(normalized, constraint)
}
