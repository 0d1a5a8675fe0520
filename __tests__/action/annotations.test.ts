import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { type StepResult, startJob } from './run-action.js'

let repository: Repository
beforeAll(async () => {
  repository = await startRepository()
})
afterAll(() => repository.close())

/** Runs the step for a lock with packages that nobody has. */
function denied(names: readonly string[], more: Record<string, string> = {}): Promise<StepResult> {
  const job = startJob()
  const shop = join(job.workspace, 'shops', 'one')
  mkdirSync(shop, { recursive: true })
  const repositories = [{ type: 'composer', url: repository.url }]
  const locked = names.map((name) => ({
    name,
    version: '1.0.0',
    dist: { type: 'zip', url: `${repository.url}/archives/${name}.zip` },
  }))
  writeFileSync(join(shop, 'composer.json'), JSON.stringify({ repositories, config: { 'secure-http': false } }))
  writeFileSync(join(shop, 'composer.lock'), JSON.stringify({ packages: locked, 'packages-dev': [] }, null, 1))
  const { publicKey, privateKey } = accounts.openSource
  return job.main({
    inputs: {
      'public-key': publicKey,
      'private-key': privateKey,
      'repository-url': repository.url,
      'working-directory': 'shops/one',
      retries: '0',
      ...more,
    },
  })
}

const byVendor = (count: number) => Array.from({ length: count }, (_, index) => `vendor${index + 1}/module`)

describe('the runner keeps ten annotations of a type', () => {
  test('ten causes are ten annotations', async () => {
    const { annotations, stdout } = await denied(byVendor(10))
    expect(annotations.map(({ properties }) => properties.title)).toEqual(
      Array(10).fill('A package that is needed cannot be fetched'),
    )
    expect(stdout).not.toContain('::group::')
  })

  test('of more, the last one counts and names the others, which are in summary and log', async () => {
    const { annotations, outputs, summary, stdout } = await denied(byVendor(25))
    expect(annotations).toHaveLength(10)
    const last = annotations[9]
    expect(last?.name).toBe('error')
    expect(last?.properties).toEqual({ title: 'Further problems' })
    expect(last?.message).toBe(
      '16 more: see the job summary. GitHub shows ten annotations of a kind.\n' +
        '- A package that is needed cannot be fetched (16 times): ' +
        `${byVendor(25).slice(9, 19).join(', ')} and 6 more`,
    )
    expect(JSON.parse(outputs.problems ?? '')).toHaveLength(25)
    for (const name of byVendor(25)) expect(summary).toContain(name)
    const groups = stdout.split('\n').filter((line) => line.startsWith('::group::'))
    expect(groups).toEqual(Array(16).fill('::group::Error: A package that is needed cannot be fetched'))
    expect(stdout.match(/^::endgroup::$/gm)).toHaveLength(16)
  })

  test('without a job summary it sends to the log; fail-on-error: false counts warnings', async () => {
    const { annotations } = await denied(byVendor(12), { 'job-summary': 'false', 'fail-on-error': 'false' })
    expect(annotations.map(({ name }) => name)).toEqual(Array(10).fill('warning'))
    expect(annotations[9]?.message).toMatch(/^3 more: see the log of this step\./)
  })
})

describe('the message of an annotation', () => {
  test('is cut where a line, a sentence or a word ends, and keeps its link', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `acme/${'long-name-'.repeat(24)}${index}`)
    const { annotations, stdout } = await denied(names)
    const [annotation] = annotations
    const message = annotation?.message ?? ''
    expect(message.length).toBeLessThanOrEqual(3500)
    expect(message).toMatch(/\nShortened: the job summary has the rest\.\nMore: docs\/problems\.md#package-denied$/)
    const kept = message.split('\nShortened: ')[0] ?? ''
    // What stands there stands whole in the log.
    const [, whole = ''] = /::group::[^\n]*\n(.*?)\n::endgroup::/s.exec(stdout) ?? []
    const compared = kept.replace(/ …$/, '')
    expect(whole.startsWith(compared)).toBe(true)
    expect(whole.slice(compared.length)).toMatch(/^\s/)
  })

  test('names its file from the workspace on, with slashes', async () => {
    const { annotations } = await denied(['acme/module'])
    expect(annotations[0]?.properties).toMatchObject({ file: 'shops/one/composer.lock', line: '4' })
  })
})

test('all packages of a problem that names ten are in the log, folded', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `acme/module-${index}`)
  const { stdout, annotations } = await denied(names)
  expect(annotations).toHaveLength(1)
  const [, title, list = ''] = /^::group::([^\n]*)\n(.*?)\n::endgroup::$/ms.exec(stdout) ?? []
  expect(title).toBe('Error: A package that is needed cannot be fetched: all 40 packages')
  expect(list.split('\n').map((line) => line.trim())).toEqual(names)
})
