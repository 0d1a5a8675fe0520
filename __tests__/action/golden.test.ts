import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { grouped } from '../../src/collections/grouped.js'
import { CATALOGUE } from '../../src/problems/catalogue.js'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { outerAddress } from '../server/access-step.js'
import type { GoldenCase } from './golden-case.js'
import { goldenCases } from './golden-cases.js'
import { expectPersonForEachStep } from './persons.js'
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
    const runs: { readonly one: GoldenCase; readonly result: StepResult; readonly text: string }[] = []
    for (const one of cases.get(code) ?? []) {
      repository.faults.clear()
      const job = startJob()
      const result = await one.run(job, repository)
      runs.push({ one, result, text: written(one, result, job) })
    }
    const text = `${runs.map((run) => run.text).join('\n\n')}\n`
    if (process.env.WRITE_GOLDEN) writeFileSync(fileOf(code), text)
    for (const { one, result } of runs) {
      const codes = JSON.parse(result.outputs.problems ?? '[]').map((problem: { code: string }) => problem.code)
      expect({ run: one.name, codes }).toEqual({ run: one.name, codes: expect.arrayContaining([code]) })
      for (const annotation of result.annotations) expectPlainWords(annotation, result)
    }
    expect(existsSync(fileOf(code)) ? readFileSync(fileOf(code), 'utf8') : '').toBe(text)
  })
})

/** Characters in a line of GitHub's annotation box. */
const LINE = 110
/** GitHub folds what comes after so many lines. */
const UNFOLDED = 3
/** Characters without Composer's words and the link: what people still read to its end. */
const READABLE = 700

/** What every message must be, whatever it says: cause, steps, who, Composer's words, link, in this order and short. */
function expectPlainWords({ message, properties }: Annotation, { masks }: StepResult): void {
  expectPersonForEachStep(message)
  // A notice that nothing else goes with.
  if (properties.title === 'No composer.json, so no project was checked') return
  const lines = message.split('\n')
  const kinds = lines
    .map((line) => /^(?:Fix|Who|Composer would say|More|\d(?=\. ))/.exec(line)?.[0] ?? 'cause')
    .join(' ')
  expect(kinds).toMatch(/^cause (?:Fix|1 2(?: 3)?) Who (?:Composer would say )?More$/)
  // The first step is seen without unfolding.
  const [cause = ''] = lines
  expect(Math.ceil(cause.length / LINE)).toBeLessThan(UNFOLDED)
  expect(message.replace(/\n(?:Composer would say|More): .*/g, '').length).toBeLessThanOrEqual(READABLE)
  // Every part is whole, and none ends in nothing.
  expect(cause).toMatch(/^\S.*[.”…]$/)
  for (const line of lines) expect(line).toMatch(/^(?!.*(?:: ?|“”|''|"")$)\S.{10,}/)
  // A status alone explains nothing: words stand beside it.
  expect(cause.replace(/\b(?:HTTP )?\d{3}\b/g, '').split(/\s+/).length).toBeGreaterThan(4)
  // No raw texts of exceptions, and nothing that a program left out.
  expect(message).not.toMatch(
    /\bundefined\b|\bnull\b|\bNaN\b|\[object|\w*Error:|getaddrinfo|connect E[A-Z]+|\n\s+at |node:internal|\$\{\w+\}|socket hang up| {2}/,
  )
  for (const mask of masks) expect(`${message}${properties.title}`).not.toContain(mask)
  expect(lines.at(-1)).toMatch(/^More: (?:https:\/\/github\.com\/\S+\/)?docs\/problems\.md#[a-z-]+$/)
}

/** A server of this machine; port 1 is nobody's. */
const PORTS = /(127\.0\.0\.1|localhost)(:| port )(?!1\b)(\d+)/g

/** The annotations of a run as text, with what changes from run to run replaced. */
function written({ name }: GoldenCase, { annotations, exitStatus }: StepResult, { root }: Job): string {
  const shown = annotations.map(({ name: level, message, properties }) => {
    const { title, file, line, col } = properties
    const place = file === undefined ? '' : `\n@ ${file}${line === undefined ? '' : `:${line}:${col}`}`
    return `[${level}] ${title}${place}\n${message}`
  })
  const text = [`=== ${name} (exit status ${exitStatus})`, ...shown].join('\n\n')
  // Of several servers it must be seen which one is named.
  const seen = new Set([...text.matchAll(PORTS)].map(([, , , port = '']) => port))
  const ports = new Map([...seen].map((port, index) => [port, `PORT${index + 1}`]))
  return (
    text
      .replaceAll(root, 'JOB')
      .replace(new RegExp(`${outerAddress()}:\\d+`, 'g'), 'OUTER:PORT')
      .replace(PORTS, (_, host, between, port) => `${host}${between}${ports.size > 1 ? ports.get(port) : 'PORT'}`)
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'TIME UTC')
      .replace(/magento-composer-auth-[0-9a-f-]{36}/g, 'magento-composer-auth-ID')
      .replace(/Test authority \d+/g, 'Test authority N')
      // Of a text with the port in it.
      .replace(/(%24)[0-9a-f]{6,64}/g, '$1SUM')
  )
}
