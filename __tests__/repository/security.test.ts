import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const DOCUMENT = 'docs/security.md'

/** The tables of which each row names its tests, by the text of their first column. */
const rows = readFileSync(DOCUMENT, 'utf8')
  .split(/\n(?=\n)/)
  .map((block) => block.trim().split('\n'))
  .filter(([head = '']) => head.endsWith('| Tests |'))
  .flatMap(([, , ...lines]) => lines.map((line) => line.split(' | ')))
  .map((cells) => [cells[0]?.replace(/^\| /, '') ?? '', cells.at(-1)?.replace(/ \|$/, '') ?? ''] as const)

describe(`every row of ${DOCUMENT} names tests that exist`, () => {
  test('there are such rows', () => {
    expect(rows.length).toBeGreaterThan(60)
  })

  test.each(rows)('%s', (_, tests) => {
    for (const part of tests.split(/; (?=\[)/)) {
      const [, link = '', list = ''] = /^\[[^\]]+\]\((\S+)\): “(.+)”$/.exec(part) ?? []
      expect([part, link !== '' && existsSync(join('docs', link))]).toEqual([part, true])
      const code = readFileSync(join('docs', link), 'utf8')
      for (const title of list.split('”, “')) expect([title, hasTitle(code, title)]).toEqual([title, true])
    }
  })
})

/** Whether a text ends, or is the whole of, one of the strings that name a test. */
function hasTitle(code: string, title: string): boolean {
  const escaped = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('`', '\\\\?`')
  return new RegExp(`(?:'|\`(?:[^\`\n]*: )?)${escaped}['\`]`).test(code)
}
