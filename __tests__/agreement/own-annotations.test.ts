import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { accounts, packages } from '../../testing/catalogue.mjs'
import type { Fault } from '../../testing/faults.mjs'
import { closureOf, lockFor, manifestFor } from '../../testing/lock.mjs'
import { startRepository } from '../../testing/repository.mjs'
import { declaredInputs } from '../../testing/runner.mjs'
import { matchedIn, registered } from '../action/registered-matcher.js'
import { type Job, startJob } from '../action/run-action.js'
import { inputsFor } from '../action/step-inputs.js'
import { composer, createWorkspace, realComposer } from '../testing/composer.js'

/**
 * Why `problem-matcher` is off by default, counted. Where GITHUB_ACTIONS is set, Composer writes each failure as a command
 * `::error ::` of its own, and the runner takes commands before it looks at matchers (`OutputManager.cs`). What is left for a
 * matcher says the same again, or stands where Composer goes on.
 */
const version = await realComposer()
const minor = Number(version?.split('.')[1])
const repository = await startRepository()
afterEach(() => repository.faults.clear())
afterAll(() => repository.close())

const REQUIRE = { 'magento/product-community-edition': '2.4.8' }
const PACKAGES = closureOf(packages, REQUIRE)
const MANIFEST = JSON.stringify(manifestFor({ baseUrl: repository.url, require: REQUIRE }))
const LOCK = lockFor(PACKAGES, { baseUrl: repository.url, manifest: MANIFEST })
const FRAMEWORK = '/archives/magento/framework/magento-framework-103.0.8.0.zip'
const INPUTS = inputsFor(repository.url, accounts.openSource, { 'problem-matcher': 'true', 'job-summary': 'false' })
/** Wide enough for every message; a runner's log is 80. */
const WIDE = '1000'

interface Settings {
  readonly lock: string | undefined
  readonly columns?: string
  /** As in `docker build`: without the runner's variables, and with something in front of each line. */
  readonly inBuild?: boolean
  readonly check?: 'full' | 'off'
}

/** Runs this action, with a problem matcher, in a job with the project. */
async function stepIn(job: Job, lock: string | undefined, check: 'full' | 'off') {
  writeFileSync(join(job.workspace, 'composer.json'), MANIFEST)
  if (lock !== undefined) writeFileSync(join(job.workspace, 'composer.lock'), lock)
  return job.main({ inputs: { ...INPUTS, check } })
}

/** This action and then `composer install`: what becomes an annotation of what Composer prints. */
async function install({ lock, columns = '80', inBuild = false, check = 'off' }: Settings) {
  const job = startJob()
  const main = await stepIn(job, lock, check)
  const workspace = await createWorkspace()
  try {
    const env = {
      ...workspace.env,
      ...(inBuild ? {} : { GITHUB_ACTIONS: 'true' }),
      COMPOSER_HOME: join(job.home, '.composer'),
      COLUMNS: columns,
    }
    const ran = await composer(['install', '--no-progress'], { cwd: job.workspace, env })
    const output = inBuild ? ran.output.replace(/^/gm, '#8 12.34 ') : ran.output
    return {
      step: main.outputs.status,
      passes: ran.exitCode === 0,
      annotations: output.split('\n').filter((line) => line.startsWith('::error')),
      matched: matchedIn(output, registered(main)),
      output,
    }
  } finally {
    await workspace.remove()
  }
}

const status = (code: number): Fault => ({ kind: 'status', status: code })

/** A failure with the words that Composer has for it. */
const FAILURES: readonly (readonly [string, string, Fault, string])[] = [
  ['packages.json answers 401', '/packages.json', status(401), 'URL required authentication (HTTP 401)'],
  ['packages.json answers 403', '/packages.json', status(403), 'URL could not be accessed (HTTP 403)'],
  ['packages.json answers 404', '/packages.json', status(404), 'file could not be downloaded (HTTP/1.1 404'],
  ['an archive answers 401', FRAMEWORK, status(401), 'URL required authentication (HTTP 401)'],
  ['an archive answers 403', FRAMEWORK, status(403), 'URL could not be accessed (HTTP 403)'],
  ['an archive answers 404', FRAMEWORK, status(404), 'file could not be downloaded (HTTP/1.1 404'],
  ['an archive breaks off', FRAMEWORK, { kind: 'truncate', bytes: 20 }, 'curl error 18 while downloading'],
]

const describeWithComposer = version === null ? describe.skip : describe
describeWithComposer('Composer annotates its failures itself', () => {
  test.each(FAILURES)('once, with the URL, and a matcher at most says it again: %s', async (_, path, fault, words) => {
    repository.faults.order(path, fault)
    const ofArchive = path === FRAMEWORK
    const { passes, annotations, matched, output } = await install({ lock: ofArchive ? LOCK : undefined })
    expect({ passes, output }).toEqual({ passes: false, output })
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).toContain(words)
    expect(annotations[0]).toContain(`${repository.origin}${path}`)
    expect(matched).toHaveLength(ofArchive && minor >= 11 ? 1 : 0)
    for (const message of matched) expect(message).toContain(words)
  })

  test('also what the check could not foresee: an archive that it did not ask for', async () => {
    const before = repository.requests.length
    await stepIn(startJob(), LOCK, 'full')
    const asked = new Set(repository.requests.slice(before).map(({ path }) => path))
    const locked: { dist?: { url: string } }[] = JSON.parse(LOCK).packages
    const archives = locked.flatMap(({ dist }) => (dist === undefined ? [] : new URL(dist.url).pathname))
    const unasked = archives.find((path) => !asked.has(path)) ?? ''
    repository.faults.order(unasked, status(404))
    const { step, passes, annotations, matched } = await install({ lock: LOCK, check: 'full' })
    expect([step, passes, annotations.length, matched.length]).toEqual(['ready', false, 1, minor >= 11 ? 1 : 0])
    expect(annotations[0]).toContain(unasked)
  })

  test('and neither says anything where nothing fails', async () => {
    const { passes, annotations, matched } = await install({ lock: LOCK, columns: WIDE })
    expect([passes, annotations, matched]).toEqual([true, [], []])
  })

  test('and says nothing where it goes on, although a matcher finds a line', async () => {
    const source = await createWorkspace()
    try {
      // The same package from git: what Composer turns to before 2.10 when the archive cannot be had.
      const project = join(source.root, 'framework')
      mkdirSync(project)
      writeFileSync(join(project, 'composer.json'), '{"name": "magento/framework", "type": "magento2-library"}')
      const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: project, env })
      git('init', '--quiet')
      git('add', '.')
      git('commit', '--quiet', '--message', 'A')
      const reference = git('rev-parse', 'HEAD').toString().trim()
      const amend = ({ name }: { name: string }) =>
        name === 'magento/framework' ? { source: { type: 'git', url: project, reference } } : {}
      repository.faults.order(FRAMEWORK, status(404))

      const lock = lockFor(PACKAGES, { baseUrl: repository.url, manifest: MANIFEST, amend })
      const { passes, annotations, matched, output } = await install({ lock })

      const fallsBack = minor < 10
      expect({ passes, output }).toEqual({ passes: fallsBack, output })
      expect(annotations).toHaveLength(fallsBack ? 0 : 1)
      expect(matched).toHaveLength(1)
    } finally {
      await source.remove()
    }
  })
})

test('so the matcher is for those who turn it on', () => {
  expect(declaredInputs()['problem-matcher']).toBe('false')
})

describeWithComposer(
  'In a build, a matcher finds what Composer does not annotate, if its lines are wide enough',
  () => {
    test.each(FAILURES)('%s', async (_, path, fault, words) => {
      repository.faults.order(path, fault)
      const ofArchive = path === FRAMEWORK
      const lock = ofArchive ? LOCK : undefined
      const { passes, annotations, matched } = await install({ lock, columns: WIDE, inBuild: true })
      expect([passes, annotations, matched.length]).toEqual([false, [], ofArchive && minor >= 11 ? 2 : 1])
      for (const message of matched) {
        expect(message).toContain(words)
        expect(message).toContain(`${repository.origin}${path}`)
        expect(message).not.toMatch(/^#|\s$/)
      }
    })
  },
)
