import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { writing } from './keys.js'

/** What a pull request may put into the checkout, to have something started or the runner told something by this step. */

/** What this step prints as commands, whoever wrote the checkout. */
const OWN_COMMANDS = ['add-mask', 'debug', 'error', 'warning', 'notice', 'group', 'endgroup']

const unreachable = writing(undefined, { check: 'full', 'repository-url': 'http://127.0.0.1:1/', retries: '0' })

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org']
  return execFileSync('git', [...identity, '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
}

/**
 * Files which git takes for a repository, with a partial clone's gap in its index: whoever lists it has git get the rest,
 * by a command that its configuration names.
 */
function plantRepository(job: Job, config: (folder: string) => string): { folder: string; trace: string } {
  const source = join(job.root, 'source')
  mkdirSync(join(source, 'inside'), { recursive: true })
  git(source, 'init', '--quiet')
  writeFileSync(join(source, 'inside', 'file'), 'x')
  git(source, 'add', '.')
  git(source, 'commit', '--quiet', '--message', 'x')
  git(source, 'sparse-checkout', 'init', '--cone', '--sparse-index')
  const tree = git(source, 'rev-parse', 'HEAD:inside')

  const folder = join(job.workspace, 'var', 'composer_home')
  cpSync(join(source, '.git'), folder, { recursive: true })
  rmSync(join(folder, 'objects', tree.slice(0, 2), tree.slice(2)))
  const trace = join(job.root, 'started')
  writeFileSync(join(folder, 'command.sh'), `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 })
  writeFileSync(join(folder, 'config'), config(folder))
  return { folder, trace }
}

test('a repository that lies in the checkout has git start nothing', async () => {
  const job = startJob()
  git(job.workspace, 'init', '--quiet')
  const { folder, trace } = plantRepository(
    job,
    (path) => `[core]
  repositoryformatversion = 1
  worktree = ${path}
  sparseCheckout = true
  sparseCheckoutCone = true
[index]
  sparse = true
[extensions]
  partialClone = other
[remote "other"]
  promisor = true
  url = .
  uploadpack = ${path}/command.sh
`,
  )
  // So it works where nobody takes care.
  expect(() => git(folder, 'ls-files', '--error-unmatch', 'auth.json')).toThrow()
  expect(existsSync(trace)).toBe(true)
  rmSync(trace)

  const main = await job.main({ inputs: { ...unreachable, 'auth-location': 'magento' } })
  expect(existsSync(trace)).toBe(false)
  expect(main.outputs['auth-file']).toBe(join(folder, 'auth.json'))
})

/** As `plantRepository`, with a gap in what git looks up for a list of branches. */
test('a module under git, whose version is guessed, has git start nothing', async () => {
  const job = startJob()
  const module = join(job.workspace, 'modules', 'local')
  mkdirSync(module, { recursive: true })
  git(module, 'init', '--quiet')
  writeFileSync(join(module, 'composer.json'), '{"name": "acme/local"}')
  git(module, 'add', '.')
  git(module, 'commit', '--quiet', '--message', 'x')
  const commit = git(module, 'rev-parse', 'HEAD')
  const trace = join(job.root, 'started')
  const command = join(job.workspace, 'command.sh')
  writeFileSync(command, `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 })
  rmSync(join(module, '.git', 'objects', commit.slice(0, 2), commit.slice(2)))
  const settings = `[core]
  repositoryformatversion = 1
  fsmonitor = ${command}
  pager = ${command}
[extensions]
  partialClone = other
[remote "other"]
  promisor = true
  url = .
  uploadpack = ${command}
`
  writeFileSync(join(module, '.git', 'config'), settings)
  // So it works where nobody takes care.
  git(module, 'branch', '-a', '-v')
  expect(existsSync(trace)).toBe(true)
  rmSync(trace)

  const repositories = [{ type: 'path', url: 'modules/*' }, { 'packagist.org': false }]
  const manifest = { require: { 'acme/local': '^1.0' }, repositories }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  const { outputs } = await job.main({ inputs: unreachable })
  // It was asked, for the name of the branch.
  expect(outputs.problem).toBe('version-unavailable')
  expect(existsSync(trace)).toBe(false)
})

test('a composer.json that is a link into a folder with a line break tells the runner nothing', async () => {
  const job = startJob()
  const folder = 'x\n::stop-commands::y'
  mkdirSync(join(job.workspace, folder))
  writeFileSync(join(job.workspace, folder, 'composer.json'), '{}')
  symlinkSync(join(folder, 'composer.json'), join(job.workspace, 'composer.json'))
  const main = await job.main({ inputs: writing(undefined, { 'auth-location': 'project' }) })
  const post = await job.post(main)
  expect(main.outputs['auth-file']).toBe(join(job.workspace, folder, 'auth.json'))
  for (const { commands } of [main, post]) {
    expect(commands.filter(({ name }) => !OWN_COMMANDS.includes(name))).toEqual([])
  }
})

test('a repository that is named like a command tells the runner nothing', async () => {
  const job = startJob()
  const url = '::stop-commands::x'
  const manifest = { repositories: [{ type: 'composer', url }], config: { 'gitlab-token': { [url]: 'a-token' } } }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  const { commands, stdout } = await job.main({ inputs: unreachable })
  expect(stdout).toContain('was not checked')
  expect(commands.filter(({ name }) => !OWN_COMMANDS.includes(name))).toEqual([])
})
