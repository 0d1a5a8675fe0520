import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Job, NODE } from '../action/run-action.js'
import { askAccess, problems, proxy, repository, verdict } from '../server/access-step.js'
import { type ServerCertificate, serverCertificate } from '../server/certificates.js'
import { folderIn, startDifficultJob } from './jobs.js'

const SYSTEM = join(process.env.SystemRoot ?? '', 'System32')

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

/** A batch file in a folder. */
function batchFile(folder: string, name: string, ...lines: readonly string[]): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), ['@echo off', ...lines, ''].join('\r\n'))
  return folder
}

const saysVersion = (version: string) => `echo Composer version ${version} 2024-01-01 00:00:00`

/** Asks where the installed Composer decides whether a proxy is used: before 2.8 `http_proxy` counts for https too. */
async function askedThroughProxy(job: Job, path: readonly string[], env: Record<string, string> = {}) {
  writeFileSync(join(job.workspace, 'composer.json'), '{"repositories": [{"packagist.org": false}]}')
  const server = await repository({ tls: certificate.server })
  const way = await proxy()
  const step = await askAccess(server.url, {
    job,
    env: { PATH: path.join(';'), http_proxy: way.url, COMPOSER_CAFILE: certificate.caFile, ...env },
    inputs: { 'auth-location': 'project' },
  })
  return { step, verdict: verdict(step), proxied: way.requests.length > 0 }
}

describe('composer.bat', () => {
  test('is found by PATHEXT and started, in a folder with spaces', async () => {
    const job = startDifficultJob()
    const bin = batchFile(join(job.root, 'Program Files', 'Composer'), 'composer.bat', saysVersion('2.5.5'))
    expect(await askedThroughProxy(job, [bin, SYSTEM])).toMatchObject({ verdict: 'ready', proxied: true })
    expect(await askedThroughProxy(job, [bin, SYSTEM], { PATHEXT: '.COM;.EXE' })).toMatchObject({
      verdict: 'ready',
      proxied: false,
    })
  })

  test('that does not answer in time is ended, and decides nothing', async () => {
    const job = startDifficultJob()
    const pid = join(job.root, 'pid')
    const script = join(job.root, 'hang.cjs')
    writeFileSync(
      script,
      `require('fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setTimeout(() => {}, 600_000)`,
    )
    const bin = batchFile(join(job.root, 'bin'), 'composer.bat', `"${NODE}" -r "${script}" -e 0`)
    const { step, ...rest } = await askedThroughProxy(job, [bin, SYSTEM])
    expect(rest).toEqual({ verdict: 'ready', proxied: false })
    expect(step.annotations).toEqual([])
    expect(isAlive(Number(readFileSync(pid, 'utf8')))).toBe(false)
    expect(readdirSync(job.temp).filter((name) => name.startsWith('composer-version-'))).toEqual([])
  })

  test('that leaves a program behind in its folder, which cannot be removed then, counts all the same', async () => {
    const job = startDifficultJob()
    const pid = join(job.root, 'pid')
    const script = join(job.root, 'leave.cjs')
    const child = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600000)'], { detached: true, stdio: 'ignore' })`
    writeFileSync(
      script,
      `const child = ${child}; require('fs').writeFileSync(${JSON.stringify(pid)}, String(child.pid)); child.unref()`,
    )
    const bin = batchFile(join(job.root, 'bin'), 'composer.bat', `"${NODE}" -r "${script}" -e 0`, saysVersion('2.5.5'))
    const { step, ...rest } = await askedThroughProxy(job, [bin, SYSTEM])
    process.kill(Number(readFileSync(pid, 'utf8')))
    expect(rest).toEqual({ verdict: 'ready', proxied: true })
    expect(step.annotations).toEqual([])
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A git.exe, which is Node under another name: a file tells that it was started. */
function plantedGit(job: Job, folder: string): { folder: string; started: string; env: Record<string, string> } {
  const started = join(job.root, 'started')
  const trace = join(job.root, 'trace.cjs')
  const name = `require('path').basename(process.execPath)`
  writeFileSync(trace, `if (${name} === 'git.exe') require('fs').appendFileSync(${JSON.stringify(started)}, 'x')`)
  mkdirSync(folder, { recursive: true })
  copyFileSync(NODE, join(folder, 'git.exe'))
  // In quotes, and twice as many backslashes, as Node reads the variable.
  return { folder, started, env: { NODE_OPTIONS: `--require "${trace.replaceAll('\\', '\\\\')}"` } }
}

describe('git.exe', () => {
  test('outside the workspace is started, for a file that git could take along', async () => {
    const job = startDifficultJob()
    folderIn(job.workspace, '.git')
    const { folder, started, env } = plantedGit(job, join(job.root, 'Program Files', 'Git'))
    const run = await askedThroughProxy(job, [folder, SYSTEM], env)
    expect(run.verdict).toBe('ready')
    expect(existsSync(started)).toBe(true)
  })

  test('and composer.bat of the workspace are not, by whatever entry of PATH', async () => {
    const job = startDifficultJob()
    folderIn(job.workspace, '.git')
    const { folder, started, env } = plantedGit(job, join(job.workspace, 'tools'))
    copyFileSync(NODE, join(job.workspace, 'git.exe'))
    for (const place of [folder, job.workspace]) batchFile(place, 'composer.bat', `echo x>>"${started}"`)
    const path = [folder, '.', '', 'tools', folder.toUpperCase(), folder.replaceAll('\\', '/'), `"${folder}"`, SYSTEM]
    const run = await askedThroughProxy(job, path, env)
    expect(run).toMatchObject({ verdict: 'ready', proxied: false })
    expect(existsSync(started)).toBe(false)
  })

  test('that is nowhere is no problem', async () => {
    const job = startDifficultJob()
    folderIn(job.workspace, '.git')
    const run = await askedThroughProxy(job, [SYSTEM])
    expect(run.verdict).toBe('ready')
    expect(problems(run.step)).toEqual([])
  })
})
