import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { realComposer } from '../testing/composer.js'
import { run, type Verdicts } from './scenario.js'
import { everything, scenarios, startServers } from './scenarios.js'

/**
 * The promise that ranks above all others: the action says that Composer will fail exactly when Composer fails, and names
 * what Composer names. `npm run agreement` prints the table and keeps it in docs/agreement.md.
 */
const version = await realComposer()
const servers = await startServers()
const all = scenarios(servers)
const rows: string[] = []
const DOCUMENT = 'docs/agreement.md'

afterEach(() => {
  for (const server of Object.values(servers)) if (typeof server === 'object') server.faults.clear()
})
afterAll(() => servers.close())

test('there are at least 80 scenarios, each with a name of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(80)
  expect(new Set(all.map(({ group, name }) => `${group}: ${name}`)).size).toBe(all.length)
})

const describeWithComposer = version === null ? describe.skip : describe
describeWithComposer(`the action and Composer ${version}`, () => {
  test.each(all.map((scenario) => [`${scenario.group}: ${scenario.name}`, scenario] as const))(
    '%s',
    async (_, scenario) => {
      const verdicts = await run(scenario, everything)
      rows.push(row(scenario.group, scenario.name, verdicts))
      const told = `${verdicts.step.stdout}\n${verdicts.output}`
      expect({ action: verdicts.action, told }).toEqual({ action: verdicts.composer, told })
      if (verdicts.composer === 'fails')
        expect({ sameCulprit: verdicts.sameCulprit, told }).toEqual({ sameCulprit: true, told })
      // What is asked for by name fails in Composer's own words, which people search for.
      if (scenario.requested !== undefined && /^(?:package-denied|version-unavailable)$/.test(verdicts.code))
        expect(verdicts.output).toContain(
          /^Composer says: (.*)$/m.exec(verdicts.step.annotations[0]?.message ?? '')?.[1],
        )
    },
  )

  test(`${DOCUMENT} shows what was seen`, () => {
    const text = table()
    if (process.env.WRITE_AGREEMENT) {
      writeFileSync(DOCUMENT, text)
      process.stdout.write(text)
    }
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(text)
  })
})

function row(group: string, name: string, { action, code, warnings, composer }: Verdicts): string {
  const said = [code, ...warnings.map((warning) => `(${warning})`)].filter((word) => word !== '').join(' ')
  return `| ${group} | ${name} | ${composer} | ${action} | ${said} |`
}

function table(): string {
  return `<!-- Written by \`npm run agreement\`. -->

# Agreement with Composer

Each line is one job: the built action ran, then the real Composer ${version} in the same job against the same server. Codes in
brackets are warnings. A test fails when the two disagree, or when the action blames what Composer does not name.

| What | Case | Composer | Action | Says |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

${rows.length} scenarios.
`
}
