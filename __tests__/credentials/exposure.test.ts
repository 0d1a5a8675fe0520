import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { startRepository } from '../../testing/repository.mjs'
import { type Job, startJob } from '../action/run-action.js'
import { inputsFor } from '../action/step-inputs.js'

let repository: Awaited<ReturnType<typeof startRepository>>
beforeAll(async () => {
  repository = await startRepository()
})
afterAll(() => repository.close())

const git = (folder: string, ...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'protocol.file.allow=always', '-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args],
    {
      cwd: folder,
      stdio: 'pipe',
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    },
  )

/** A project in a git work tree. */
function checkout(job: Job, folder = job.workspace): string {
  mkdirSync(folder, { recursive: true })
  git(folder, 'init', '--quiet')
  writeFileSync(join(folder, 'composer.json'), '{"repositories": [{"packagist.org": false}]}')
  git(folder, 'add', '.')
  git(folder, 'commit', '--quiet', '-m', 'first')
  return folder
}

async function codesOf(job: Job, inputs: Record<string, string> = {}, env: Record<string, string | undefined> = {}) {
  const result = await job.main({
    inputs: inputsFor(repository.url, accounts.openSource, inputs),
    env,
  })
  const problems: { code: string; severity: string; file: string | null; message: string }[] = JSON.parse(
    result.outputs.problems ?? '[]',
  )
  return problems.filter(({ code }) => code === 'auth-file-exposed')
}

describe('auth-file-exposed', () => {
  test('a written file that git does not ignore: a warning on the file', async () => {
    const job = startJob()
    checkout(job)
    const found = await codesOf(job, { 'auth-location': 'project' })
    expect(found).toMatchObject([{ severity: 'warning', file: 'auth.json' }])
    expect(found[0]?.message).toContain('is not ignored')
    expect(found[0]?.message).toContain('Add `/auth.json` to .gitignore.')
  })

  test('one that .gitignore names is none', async () => {
    const job = startJob()
    checkout(job)
    writeFileSync(join(job.workspace, '.gitignore'), '/auth.json\n/var/\n')
    expect(await codesOf(job, { 'auth-location': 'project, magento' })).toEqual([])
  })

  test('each of several files by itself', async () => {
    const job = startJob()
    checkout(job)
    writeFileSync(join(job.workspace, '.gitignore'), '/auth.json\n')
    expect(await codesOf(job, { 'auth-location': 'project, magento' })).toMatchObject([
      { file: 'var/composer_home/auth.json' },
    ])
  })

  test('a tracked one, although .gitignore names it, and although it is not ours', async () => {
    const job = startJob()
    checkout(job)
    writeFileSync(join(job.workspace, 'auth.json'), '{"bearer": {"repo.example.com": "hush-hush-hush"}}')
    git(job.workspace, 'add', 'auth.json')
    writeFileSync(join(job.workspace, '.gitignore'), '/auth.json\n')
    const found = await codesOf(job)
    expect(found).toMatchObject([{ severity: 'warning', file: 'auth.json' }])
    expect(found[0]?.message).toContain('is tracked by git')
  })

  test.each([
    '{"http-basic": {}}',
    '[]',
    '{"http-basic": {"repo.magento.com": {"username": "", "password": ""}}, "gitlab-domains": ["gitlab.com"]}',
  ])('one of the project’s without a secret in it is none: %s', async (text) => {
    const job = startJob()
    checkout(job)
    writeFileSync(join(job.workspace, 'auth.json'), text)
    git(job.workspace, 'add', 'auth.json')
    expect(await codesOf(job)).toEqual([])
  })

  test('the line for .gitignore starts at the root of the work tree, and git then ignores the file', async () => {
    const job = startJob()
    checkout(job)
    const folder = 'shops/[one]'
    mkdirSync(join(job.workspace, folder), { recursive: true })
    writeFileSync(join(job.workspace, folder, 'composer.json'), '{}')
    const inputs = { 'auth-location': 'project', 'working-directory': folder }
    const [, line = ''] = /Add `([^`]+)` to \.gitignore/.exec((await codesOf(job, inputs))[0]?.message ?? '') ?? []
    expect(line).toBe('/shops/\\[one]/auth.json')
    writeFileSync(join(job.workspace, '.gitignore'), `${line}\n`)
    expect(await codesOf(job, inputs)).toEqual([])
  })

  test('the home outside of any work tree is none', async () => {
    const job = startJob()
    checkout(job)
    expect(await codesOf(job)).toEqual([])
  })

  test('a home inside the work tree is one', async () => {
    const job = startJob()
    checkout(job)
    expect(await codesOf(job, {}, { COMPOSER_HOME: join(job.workspace, '.composer') })).toMatchObject([
      { file: '.composer/auth.json' },
    ])
  })

  test('in a submodule the submodule decides', async () => {
    const job = startJob()
    const module = checkout(job, join(job.root, 'module'))
    checkout(job)
    git(job.workspace, 'submodule', '--quiet', 'add', module, 'sub')
    writeFileSync(join(job.workspace, '.gitignore'), 'auth.json\n')
    const sub = { 'auth-location': 'project', 'working-directory': 'sub' }
    expect(await codesOf(job, sub)).toMatchObject([{ file: 'sub/auth.json' }])
    writeFileSync(join(job.workspace, 'sub', '.gitignore'), 'auth.json\n')
    expect(await codesOf(job, sub)).toEqual([])
  })

  test('in a linked work tree', async () => {
    const job = startJob()
    const first = checkout(job, join(job.root, 'first'))
    git(first, 'worktree', 'add', '--quiet', join(job.workspace, 'linked'))
    const linked = { 'auth-location': 'project', 'working-directory': 'linked' }
    expect(await codesOf(job, linked)).toMatchObject([{ file: 'linked/auth.json' }])
    writeFileSync(join(job.workspace, 'linked', '.gitignore'), 'auth.json\n')
    expect(await codesOf(job, linked)).toEqual([])
  })

  test('below what looks like a bare repository, whose folders are named like patterns', async () => {
    const job = startJob()
    checkout(job)
    const bare = join(job.workspace, 'b[a]re')
    for (const folder of ['objects', 'refs', 'project']) mkdirSync(join(bare, folder), { recursive: true })
    writeFileSync(join(bare, 'HEAD'), 'ref: refs/heads/main\n')
    writeFileSync(join(bare, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n')
    writeFileSync(join(bare, 'project', 'composer.json'), '{}')
    const below = { 'auth-location': 'project', 'working-directory': 'b[a]re/project' }
    expect(await codesOf(job, below)).toMatchObject([{ file: 'b[a]re/project/auth.json' }])
    writeFileSync(join(job.workspace, '.gitignore'), 'auth.json\n')
    expect(await codesOf(job, below)).toEqual([])
    git(job.workspace, 'add', '--force', 'b[[]a]re/project/auth.json')
    const found = await codesOf(job, below)
    expect(found[0]?.message).toContain('is tracked by git')
  })

  // Only root may give a checkout away.
  const asRoot = process.getuid?.() === 0 ? test : test.skip
  asRoot('a checkout that belongs to somebody else, as in a container', async () => {
    const job = startJob()
    checkout(job)
    execFileSync('chown', ['-R', '12345', join(job.workspace, '.git'), job.workspace])
    expect(await codesOf(job, { 'auth-location': 'project' })).toMatchObject([{ file: 'auth.json' }])
  })

  test('without git nothing is said', async () => {
    const job = startJob()
    checkout(job)
    mkdirSync(join(job.root, 'bin'))
    expect(await codesOf(job, { 'auth-location': 'project' }, { PATH: join(job.root, 'bin') })).toEqual([])
  })

  test('what a repository’s configuration would start is not started', async () => {
    const job = startJob()
    checkout(job)
    const trace = join(job.root, 'started')
    const hook = join(job.root, 'hook.sh')
    writeFileSync(hook, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 })
    git(job.workspace, 'config', 'core.fsmonitor', hook)
    git(job.workspace, 'config', 'core.hooksPath', job.root)
    expect(await codesOf(job, { 'auth-location': 'project' })).toHaveLength(1)
    expect(existsSync(trace)).toBe(false)
  })

  test('with check: off no tool is run', async () => {
    const job = startJob()
    checkout(job)
    const trace = join(job.root, 'started')
    mkdirSync(join(job.root, 'bin'))
    for (const tool of ['git', 'composer'])
      writeFileSync(join(job.root, 'bin', tool), `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 })
    await codesOf(job, { 'auth-location': 'project', check: 'off' }, { PATH: join(job.root, 'bin') })
    expect(existsSync(trace)).toBe(false)
    await codesOf(job, { 'auth-location': 'project' }, { PATH: `${join(job.root, 'bin')}:/usr/bin:/bin` })
    expect(existsSync(trace)).toBe(true)
  })
})
