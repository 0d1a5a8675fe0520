import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { accounts, packages } from '../../testing/catalogue.mjs'
import type { Fault } from '../../testing/faults.mjs'
import { closureOf, lockFor, manifestFor } from '../../testing/lock.mjs'
import { startRepository } from '../../testing/repository.mjs'
import { composer, createWorkspace, realComposer } from '../testing/composer.js'

/**
 * Why this action registers no problem matcher for what its check cannot foresee. Where GITHUB_ACTIONS is set, Composer
 * writes each failure as a command `::error ::` of its own, and the runner takes commands before it looks at matchers
 * (`OutputManager.cs`). What is left for a matcher is the line below, which newer Composers write besides the command,
 * and older ones also where they then succeed.
 */
const version = await realComposer()
const repository = await startRepository()
afterEach(() => repository.faults.clear())
afterAll(() => repository.close())

const REQUIRE = { 'magento/product-community-edition': '2.4.8' }
const PACKAGES = closureOf(packages, REQUIRE)
const MANIFEST = JSON.stringify(manifestFor({ baseUrl: repository.url, require: REQUIRE }))
const MATCHER =
  /Failed to download \S+ from dist: The ['"]https?:\/\/[^'"]+['"] (?:URL|file) (?:required authentication|could not be (?:accessed|downloaded)) \(HTTP(?:\/[\d.]+)? (?:401|403|404)/

/** `composer install` as in a job, of a project whose lock is as given. */
async function install(lock: string | undefined) {
  const workspace = await createWorkspace()
  try {
    writeFileSync(join(workspace.root, 'composer.json'), MANIFEST)
    if (lock !== undefined) writeFileSync(join(workspace.root, 'composer.lock'), lock)
    const { publicKey: username, privateKey: password } = accounts.openSource
    const auth = { 'http-basic': { [repository.origin]: { username, password } } }
    const env = { ...workspace.env, GITHUB_ACTIONS: 'true', COMPOSER_AUTH: JSON.stringify(auth) }
    const { exitCode, output } = await composer(['install', '--no-progress'], { cwd: workspace.root, env })
    const lines = output.split('\n')
    return {
      passes: exitCode === 0,
      annotations: lines.filter((line) => line.startsWith('::error')),
      matched: lines.filter((line) => MATCHER.test(line)),
      output,
    }
  } finally {
    await workspace.remove()
  }
}

const LOCK = lockFor(PACKAGES, { baseUrl: repository.url, manifest: MANIFEST })
const FRAMEWORK = '/archives/magento/framework/magento-framework-103.0.8.0.zip'
const status = (code: number): Fault => ({ kind: 'status', status: code })

const describeWithComposer = version === null ? describe.skip : describe
describeWithComposer('Composer annotates its failures itself', () => {
  test.each([
    ['packages.json answers 401', '/packages.json', status(401), 'URL required authentication (HTTP 401)'],
    ['packages.json answers 404', '/packages.json', status(404), 'file could not be downloaded (HTTP/1.1 404'],
    ['an archive answers 401', FRAMEWORK, status(401), 'URL required authentication (HTTP 401)'],
    ['an archive answers 403', FRAMEWORK, status(403), 'URL could not be accessed (HTTP 403)'],
    ['an archive answers 404', FRAMEWORK, status(404), 'file could not be downloaded (HTTP/1.1 404'],
    ['an archive breaks off', FRAMEWORK, { kind: 'truncate', bytes: 20 } as Fault, 'curl error 18 while downloading'],
  ])('once, with the URL: %s', async (_, path, fault, words) => {
    repository.faults.order(path, fault)
    const { passes, annotations, output } = await install(path === FRAMEWORK ? LOCK : undefined)
    expect({ passes, output }).toEqual({ passes: false, output })
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).toContain(words)
    expect(annotations[0]).toContain(`${repository.origin}${path}`)
  })

  test('and none where it goes on, although a matcher would find a line', async () => {
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
      const { passes, annotations, matched, output } = await install(lock)

      const fallsBack = Number(version?.split('.')[1]) < 10
      expect({ passes, output }).toEqual({ passes: fallsBack, output })
      expect(annotations).toHaveLength(fallsBack ? 0 : 1)
      expect(matched).toHaveLength(1)
    } finally {
      await source.remove()
    }
  })
})
