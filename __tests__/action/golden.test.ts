import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { grouped } from '../../src/grouped.js'
import { CATALOGUE } from '../../src/problems/catalogue.js'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { type GoldenCase, goldenCases } from './golden-cases.js'
import { type Annotation, type Job, type StepResult, startJob } from './run-action.js'

/**
 * The words of every problem as a person reads them, one file per code. `npm run golden` writes them anew: read the
 * difference aloud before committing it. A new code needs a case in golden-cases.ts.
 */
const FOLDER = '__tests__/action/golden'
const fileOf = (code: string) => `${FOLDER}/${code}.txt`
const cases = grouped(goldenCases, ({ code }) => code)

let repository: Repository
beforeAll(async () => {
  repository = await startRepository()
})
afterEach(() => repository.faults.clear())
afterAll(() => repository.close())

test('every code of the catalogue has a case, and every file a code', () => {
  const codes = Object.keys(CATALOGUE).sort()
  expect([...cases.keys()].sort()).toEqual(codes)
  if (!process.env.WRITE_GOLDEN) expect(readdirSync(FOLDER).sort()).toEqual(codes.map((code) => `${code}.txt`))
})

describe('the words of', () => {
  test.each([...cases.keys()])('%s', async (code) => {
    const texts: string[] = []
    for (const one of cases.get(code) ?? []) {
      repository.faults.clear()
      const job = startJob()
      const result = await one.run(job, repository)
      expect(JSON.parse(result.outputs.problems ?? '[]')).toContainEqual(expect.objectContaining({ code }))
      for (const annotation of result.annotations) expectPlainWords(annotation, result)
      texts.push(written(one, result, job))
    }
    const text = `${texts.join('\n\n')}\n`
    if (process.env.WRITE_GOLDEN) writeFileSync(fileOf(code), text)
    expect(existsSync(fileOf(code)) ? readFileSync(fileOf(code), 'utf8') : '').toBe(text)
  })
})

/** What no message may be, whatever it says. */
function expectPlainWords({ message, properties }: Annotation, { masks }: StepResult): void {
  const lines = message.split('\n')
  // Every part is there and none ends in nothing.
  expect(lines[0]).toMatch(/^\S.*[.”]$/)
  for (const [index, line] of lines.entries()) {
    if (line === 'To fix it:') expect(lines[index + 1]).toMatch(/^1\. \S/)
    else expect(line).toMatch(/^(?!.*(?:: ?|“”|''|"")$)\S/)
  }
  const part = (label: string) => lines.find((line) => line.startsWith(label)) ?? ''
  expect(part('Why: ').length).toBeGreaterThan(40)
  expect(part('Who can: ').length).toBeGreaterThan('Who can: '.length + 8)
  const steps = lines.filter((line) => /^(?:\d+\. |To fix it: )/.test(line))
  expect(steps.length).toBeGreaterThan(0)
  for (const step of steps) expect(step.length).toBeGreaterThan(15)
  // A status alone explains nothing: words stand beside it.
  expect((lines[0] ?? '').replace(/\b(?:HTTP )?\d{3}\b/g, '').split(/\s+/).length).toBeGreaterThan(3)
  expect(part('Why: ')).not.toMatch(/^Why: (?:HTTP )?\d{3}\b/)
  // No raw texts of exceptions, and nothing that a program left out.
  expect(message).not.toMatch(
    /\bundefined\b|\bnull\b|\bNaN\b|\[object|\w*Error:|getaddrinfo|connect E[A-Z]+|\n\s+at |node:internal|\$\{|socket hang up/,
  )
  for (const mask of masks) expect(`${message}${properties.title}`).not.toContain(mask)
  expect(message.length).toBeLessThanOrEqual(3500)
  expect(lines.at(-1)).toMatch(/^More: docs\/problems\.md#[a-z-]+$/)
}

/** The annotations of a run as text, with what changes from run to run replaced. */
function written({ name }: GoldenCase, { annotations, exitStatus }: StepResult, { root }: Job): string {
  const shown = annotations.map(({ name: level, message, properties }) => {
    const { title, file, line, col } = properties
    const place = file === undefined ? '' : `\n@ ${file}${line === undefined ? '' : `:${line}:${col}`}`
    return `[${level}] ${title}${place}\n${message}`
  })
  return [`=== ${name} (exit status ${exitStatus})`, ...shown]
    .join('\n\n')
    .replaceAll(root, 'JOB')
    .replace(/(127\.0\.0\.1|localhost)(:| port )(?!1\b)\d+/g, '$1$2PORT')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'TIME UTC')
    .replace(/Test authority \d+/g, 'Test authority N')
}
