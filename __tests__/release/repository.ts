import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach } from '@jest/globals'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A git repository of its own, with a bare one as its `origin`. */
export interface Repository {
  readonly root: string
  /** What git printed, without the last line break. */
  git(...args: string[]): string
  /** Writes files and commits them. */
  commit(files: Readonly<Record<string, string>>): void
  read(file: string): string
  /** Runs a script of this project in it. */
  run(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string }
}

// Nothing of whoever runs the tests: no signing, no hooks, no other name for the branch.
const GIT_ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
}

/** Starts a repository with these files in its first commit; it is removed after the test. */
export function startRepository(files: Readonly<Record<string, string>>): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'release-'))
  folders.push(folder)
  const root = join(folder, 'work')
  execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')], { env: GIT_ENV })
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', root], { env: GIT_ENV })
  const repository: Repository = {
    root,
    git: (...args) => execFileSync('git', args, { cwd: root, env: GIT_ENV, encoding: 'utf8' }).trim(),
    commit(changed) {
      for (const [file, text] of Object.entries(changed)) {
        mkdirSync(dirname(join(root, file)), { recursive: true })
        writeFileSync(join(root, file), text)
      }
      repository.git('add', '--all')
      repository.git('commit', '--quiet', '--message', 'A change')
    },
    read: (file) => readFileSync(join(root, file), 'utf8'),
    run(script, ...args) {
      const program = script.endsWith('.mjs') ? process.execPath : 'bash'
      const { status, stdout, stderr } = spawnSync(program, [resolve(script), ...args], {
        cwd: root,
        env: GIT_ENV,
        encoding: 'utf8',
      })
      return { status, stdout, stderr }
    },
  }
  repository.git('remote', 'add', 'origin', join(folder, 'origin.git'))
  repository.commit(files)
  return repository
}
