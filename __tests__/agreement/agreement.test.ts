import { readFileSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { realComposer } from '../testing/composer.js'
import { KNOWN_DISAGREEMENTS, knownDisagreement } from './known-disagreements.js'
import { run, type Scenario, type Verdicts } from './scenario.js'
import { everything, scenarios, startServers } from './scenarios.js'
import { COLUMNS, cell, documentWith, nearestLine, type Row, writeDocument } from './table.js'

/**
 * The promise that ranks above all others: the action says that Composer will fail exactly when Composer fails, and names
 * what Composer names. The judge is the Composer on the PATH. `npm run agreement` asks each that people run, and keeps what was seen in
 * docs/agreement.md.
 */
const version = await realComposer()
const servers = await startServers()
const all = scenarios(servers)
const rows: Row[] = []
const nameOf = ({ group, name }: Scenario) => `${group}: ${name}`

afterEach(() => {
  for (const server of Object.values(servers))
    if (typeof server === 'object' && 'faults' in server) server.faults.clear()
})
afterAll(() => servers.close())

test('there are at least 80 scenarios, each with a name of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(80)
  expect(new Set(all.map(nameOf)).size).toBe(all.length)
})

test('every known disagreement is about scenarios that are there', () => {
  const names = new Set(all.map(nameOf))
  const known = KNOWN_DISAGREEMENTS.flatMap(({ group, scenarios }) =>
    Object.keys(scenarios).map((name) => `${group}: ${name}`),
  )
  expect(known.filter((name) => !names.has(name))).toEqual([])
})

test('the table has a column for each Composer that is set up, and for one that is the machine’s own', () => {
  const [, lines = ''] = /^LINES=\((.*)\)$/m.exec(readFileSync('scripts/composers.sh', 'utf8')) ?? []
  expect(COLUMNS.slice(1)).toEqual(lines.split(' '))
})

const describeWithComposer = version === null ? describe.skip : describe
describeWithComposer(`the action and Composer ${version}`, () => {
  test.each(all.map((scenario) => [nameOf(scenario), scenario] as const))('%s', async (_, scenario) => {
    const verdicts = await run(scenario, everything)
    const agreed = agreement(scenario, verdicts)
    const agree = Object.values(agreed).every((one) => one)
    const { group } = scenario
    rows.push({ group, name: scenario.name, seen: cell(verdicts, agree) })
    const told = `${verdicts.step.stdout}\n${verdicts.output}`
    const known = version === null ? undefined : knownDisagreement(scenario, nearestLine(version))
    if (known === undefined) expect({ ...agreed, told }).toEqual({ ...AGREED, told })
    else expect({ agree, known, told }).toEqual({ agree: false, known, told })
  })

  test('docs/agreement.md shows what was seen', () => {
    const { stands, should } = documentWith(version ?? '', rows)
    if (process.env.WRITE_AGREEMENT) writeDocument(should)
    else expect(stands).toBe(should)
  })
})

/** What the two may agree in. */
interface Agreement {
  readonly onTheVerdict: boolean
  readonly onTheCulprit: boolean
  /** What is asked for by name, or updated alone, or is wrong in a file, fails in Composer's own words, which people search for. */
  readonly inWords: boolean
}
const AGREED: Agreement = { onTheVerdict: true, onTheCulprit: true, inWords: true }

function agreement(
  { requested, command, warnedOf }: Scenario,
  { action, composer, code, warnings, sameCulprit, step, output }: Verdicts,
): Agreement {
  const quoted = /^Composer would say: (.*)$/m.exec(step.annotations[0]?.message ?? '')?.[1]
  const quotes =
    code === 'auth-file-invalid' || code === 'manifest-invalid'
      ? composer === 'fails' && quoted !== undefined
      : (requested !== undefined || (quoted !== undefined && command?.startsWith('update '))) &&
        /^(?:package-denied|version-unavailable)$/.test(code)
  const warns = warnedOf !== undefined && warnings.includes(warnedOf)
  return {
    // Where Composer does not fail there is nothing to warn of either.
    onTheVerdict:
      warnedOf === undefined ? action === composer : action === 'passes' && warns === (composer === 'fails'),
    onTheCulprit: composer === 'passes' || sameCulprit || warns,
    inWords: !quotes || (quoted !== undefined && output.includes(quoted)),
  }
}
