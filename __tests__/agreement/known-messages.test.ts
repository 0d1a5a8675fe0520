import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { realComposer } from '../testing/composer.js'
import { type KnownMessage, knownMessages } from './known-messages.js'
import { run } from './scenario.js'
import { everything, startServers } from './scenarios.js'

/**
 * What users find when they search, and the code by which this action names its cause beforehand. The real Composer prints
 * the message after the action has run in the same job. `npm run messages` writes docs/messages.md.
 */
const version = await realComposer()
const servers = await startServers()
const all = knownMessages(servers)
const DOCUMENT = 'docs/messages.md'

afterEach(() => servers.v1.faults.clear())
afterAll(() => servers.close())

const describeWithComposer = version === null ? describe.skip : describe
describeWithComposer('the action names the cause of what Composer then prints', () => {
  test.each(all.map((known) => [known.message, known] as const))('%s', async (_, { outcome }) => {
    if (outcome.kind === 'not reproduced') return expect(outcome.why).toMatch(/\.$/)
    const { step, output, composer } = await run(outcome.scenario, everything)
    const told = `${step.stdout}\n${output}`
    for (const words of outcome.composer) expect(output.replace(/\s+/g, ' ')).toMatch(words)
    expect({ composer, told }).toEqual({ composer: outcome.composerPasses ? 'passes' : 'fails', told })
    expect({ code: step.outputs.problem, told }).toEqual({ code: outcome.code ?? '', told })
  })
})

test(`${DOCUMENT} lists them`, () => {
  const text = table(all)
  if (process.env.WRITE_MESSAGES) writeFileSync(DOCUMENT, text)
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(text)
})

function table(messages: readonly KnownMessage[]): string {
  const rows = messages.map(({ message, cause, outcome }, index) => {
    const code = outcome.code === undefined ? '–' : `[\`${outcome.code}\`](problems.md#${outcome.code})`
    const seen = outcome.kind === 'reproduced' ? ['yes', outcome.note].filter(Boolean).join('. ') : `no. ${outcome.why}`
    return `| ${index + 1} | ${escaped(message)} | ${cause} | ${code} | ${escaped(seen)} |`
  })
  const count = messages.filter(({ outcome }) => outcome.kind === 'reproduced').length
  return `<!-- Written by \`npm run messages\`. -->

# Messages that Composer prints

Messages that people search for when Composer fails on a Magento project, with the cause, and the code under which this action reports
that cause before Composer runs. \`–\` means that the action does not look for it. “Reproduced” means that in a test the real Composer prints the
message after the built action has named its code in the same job (over HTTP/1.1, while repo.magento.com speaks HTTP/2).
${count} of ${messages.length} are reproduced.

| | Message | Cause | Code | Reproduced |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function escaped(text: string): string {
  return text.replace(/[|<>*_]/g, (character) => `\\${character}`)
}
