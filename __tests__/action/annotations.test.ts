import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { accounts, createPackage, packages } from '../../testing/catalogue.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { type StepResult, startJob } from './run-action.js'

let repository: Repository
const byVendor = (count: number) => Array.from({ length: count }, (_, index) => `vendor${index + 1}/module`)
beforeAll(async () => {
  const one = byVendor(25).map((name) => createPackage(name, '1.0.0'))
  repository = await startRepository({ packages: [...packages, ...one] })
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

/** Runs the step for a project that requires versions which nobody has: a cause each. */
function unsatisfied(names: readonly string[], more: Record<string, string> = {}): Promise<StepResult> {
  const job = startJob()
  const repositories = [{ type: 'composer', url: repository.url }, { 'packagist.org': false }]
  const require = Object.fromEntries(names.map((name) => [name, '^9.9']))
  writeFileSync(
    join(job.workspace, 'composer.json'),
    JSON.stringify({ require, repositories, config: { 'secure-http': false } }),
  )
  const { publicKey, privateKey } = accounts.openSource
  return job.main({
    inputs: {
      'public-key': publicKey,
      'private-key': privateKey,
      'repository-url': repository.url,
      retries: '0',
      ...more,
    },
  })
}

const TITLE = 'No version visible to these keys matches'

describe('the runner keeps ten annotations of a type', () => {
  test('packages that are withheld for one cause are one annotation', async () => {
    const { annotations, outputs } = await denied(byVendor(12).map((name) => name.replace('vendor', 'other')))
    expect(annotations).toHaveLength(1)
    expect(annotations[0]?.message).toContain('other1/module, other2/module, other3/module and 9 more')
    expect(JSON.parse(outputs['packages-denied'] ?? '')).toHaveLength(12)
  })

  test('ten causes are ten annotations', async () => {
    const { annotations, stdout } = await unsatisfied(byVendor(10))
    expect(annotations.map(({ properties }) => properties.title)).toEqual(Array(10).fill(TITLE))
    expect(stdout).not.toContain('::group::')
  })

  test('of more, the last one counts and names the others, which are in summary and log', async () => {
    const { annotations, outputs, summary, stdout } = await unsatisfied(byVendor(25))
    expect(annotations).toHaveLength(10)
    const last = annotations[9]
    expect(last?.name).toBe('error')
    expect(last?.properties).toEqual({ title: 'Further problems' })
    expect(last?.message).toBe(
      '16 more: see the job summary. GitHub shows ten annotations of a kind.\n' +
        `- ${TITLE} (16 times): ` +
        `${byVendor(25).slice(9, 19).join(', ')} and 6 more`,
    )
    expect(JSON.parse(outputs.problems ?? '')).toHaveLength(25)
    for (const name of byVendor(25)) expect(summary).toContain(name)
    const groups = stdout.split('\n').filter((line) => line.startsWith('::group::'))
    expect(groups).toEqual(Array(16).fill(`::group::Error: ${TITLE}`))
    expect(stdout.match(/^::endgroup::$/gm)).toHaveLength(16)
  })

  test('without a job summary it sends to the log; fail-on-error: false counts warnings', async () => {
    const { annotations } = await unsatisfied(byVendor(12), { 'job-summary': 'false', 'fail-on-error': 'false' })
    expect(annotations.map(({ name }) => name)).toEqual(Array(10).fill('warning'))
    expect(annotations[9]?.message).toMatch(/^3 more: see the log of this step\./)
  })
})

describe('the message of an annotation', () => {
  test('stays short and keeps its link, however long names are; the log has them all', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `acme/${'long-name-'.repeat(24)}${index}`)
    const { annotations, stdout } = await denied(names)
    const message = annotations[0]?.message ?? ''
    expect(message.length).toBeLessThanOrEqual(3500)
    expect(message).toMatch(/… and 9 more [\s\S]*\nMore: docs\/problems\.md#package-denied$/)
    expect(stdout.match(/^ {2}acme\/long-name-.*…$/gm)).toHaveLength(12)
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
