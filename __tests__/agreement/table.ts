import { readFileSync, writeFileSync } from 'node:fs'
import type { Verdicts } from './scenario.js'

/** The lines of Composer for which docs/agreement.md has a column. */
export const COLUMNS = ['2.5', '2.8', '2.10', '2.11'] as const
/** Those that are judged by. No suite of Debian has 2.2: CI on GitHub alone runs it. */
export const LINES = ['2.2', ...COLUMNS] as const
export type Line = (typeof LINES)[number]

const DOCUMENT = 'docs/agreement.md'
const HEAD = '| What | Case |'

/** One scenario, and what was seen of it. */
export interface Row {
  readonly group: string
  readonly name: string
  readonly seen: string
}

/** The line whose column a version of Composer is held against; undefined where the table has none for it. */
function columnOf(version: string): Line | undefined {
  return COLUMNS.find((line) => version.startsWith(`${line}.`))
}

/** The line that a version behaves like: the newest that is not newer, else the oldest. */
export function nearestLine(version: string): Line {
  const minor = (text: string) => Number(text.split('.')[1])
  return LINES.findLast((line) => minor(line) <= minor(version)) ?? LINES[0]
}

/** What Composer did, then what the action said; where the two disagree, what each did. */
export function cell({ action, composer, code, warnings }: Verdicts, agree: boolean): string {
  const said = [code, ...warnings.map((warning) => `(${warning})`)].filter((word) => word !== '').join(' ')
  return (agree ? `${composer} ${said}` : `**${composer}**, the action ${action} ${said}`).trim()
}

/**
 * The document as it stands, and as it should: with these rows, in their order, and in the column of this version what was
 * seen. All other columns stay as they are. A version without a column brings rows alone.
 */
export function documentWith(
  version: string,
  rows: readonly Row[],
): { readonly stands: string; readonly should: string } {
  const stands = readFileSync(DOCUMENT, 'utf8')
  const lines = stands.split('\n').filter((line) => line.startsWith('| '))
  const [head = [], , ...body] = lines.map((line) => line.slice(2, -2).split(' | '))
  const known = new Map(body.map(([group, name, ...cells]) => [`${group}: ${name}`, cells]))
  const own = columnOf(version)
  // The next patch of a line does as this one did, until the cells say otherwise.
  const versions = COLUMNS.map(
    (line, index) => (line === own && process.env.WRITE_AGREEMENT ? version : head[index + 2]) ?? line,
  )
  const table = rows.map(({ group, name, seen }) => {
    const cells = known.get(`${group}: ${name}`) ?? []
    return `| ${[group, name, ...COLUMNS.map((line, index) => (line === own ? seen : (cells[index] ?? '')))].join(' | ')} |`
  })
  return { stands, should: text(versions, table) }
}

export function writeDocument(should: string): void {
  writeFileSync(DOCUMENT, should)
}

function text(versions: readonly string[], table: readonly string[]): string {
  return `<!-- Written by \`npm run agreement\`. -->

# Agreement with Composer

Each cell is one job: the built action ran, then the real Composer of that version in the same job against the same server. It
says what Composer did and the codes with which the action ended, those in brackets as warnings. A test fails when the two disagree, or when
the action blames what Composer does not name; where they are known to disagree, Composer's verdict is bold and the action's follows.

${HEAD} ${versions.join(' | ')} |
| --- | --- | ${versions.map(() => '---').join(' | ')} |
${table.join('\n')}

${table.length} scenarios.
`
}
