import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { trustedPath } from '../../src/tools/program.js'
import { type Job, startJob } from '../action/run-action.js'
import { askAccess, proxy, repository, verdict } from '../server/access-step.js'
import { type ServerCertificate, serverCertificate } from '../server/certificates.js'

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

/** A folder with programs in it. */
function programs(folder: string, scripts: Record<string, string>): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, script] of Object.entries(scripts)) writeFileSync(join(folder, name), script, { mode: 0o755 })
  return folder
}

const composerOf = (version: string) => `#!/bin/sh\necho "Composer version ${version} 2024-01-01 00:00:00"\n`

/** Asks where the installed version of Composer decides whether a proxy is used, as it does before 2.8. */
async function askedThroughProxy(job: Job, path: string, inputs: Record<string, string> = {}) {
  const server = await repository({ tls: certificate.server })
  const way = await proxy()
  const env = { PATH: path, http_proxy: way.url, COMPOSER_CAFILE: certificate.caFile }
  const step = await askAccess(server.url, { job, env, inputs })
  return { step, verdict: verdict(step), proxied: way.requests.length > 0 }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // Ended already, and only not yet noticed by its parent.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Those of some processes that go on. What is killed is there until its turn on the processor comes, for the last time. */
async function goingOn(pids: readonly number[]): Promise<number[]> {
  for (let glances = 0; glances < 100 && pids.some(isAlive); glances++) await sleep(20)
  return pids.filter(isAlive)
}

describe('programs inside the checkout', () => {
  test('are never started, by whatever entry of PATH they would be found', async () => {
    const job = startJob()
    const started = join(job.root, 'started')
    const planted = `#!/bin/sh\necho "$0" >> ${started}\nexit 1\n`
    const tools = programs(join(job.workspace, 'tools'), { git: planted, composer: planted, php: planted })
    programs(job.workspace, { git: planted, composer: planted })
    const linked = join(job.root, 'linked')
    symlinkSync(tools, linked)
    const links = join(job.root, 'links')
    mkdirSync(links)
    for (const name of ['git', 'composer']) symlinkSync(join(tools, name), join(links, name))
    const real = programs(join(job.root, 'bin'), { composer: composerOf('2.5.5') })

    execFileSync('git', ['init', '--quiet'], { cwd: job.workspace })
    writeFileSync(join(job.workspace, 'composer.json'), '{}')
    const path = [tools, '.', '', 'tools', '../workspace/tools', linked, links, real, '/usr/bin', '/bin'].join(
      delimiter,
    )
    const run = await askedThroughProxy(job, path, { 'auth-location': 'project' })
    // The ones outside are found behind them.
    expect(run).toMatchObject({ verdict: 'ready', proxied: true })
    expect(run.step.outputs.problems).toContain('auth-file-exposed')
    expect(existsSync(started)).toBe(false)
  })

  test('are not started by a script outside of it either, as its interpreter', async () => {
    const job = startJob()
    const started = join(job.root, 'started')
    const tools = programs(join(job.workspace, 'tools'), { php: `#!/bin/sh\ntouch ${started}\n` })
    const bin = programs(join(job.root, 'bin'), {
      composer: '#!/usr/bin/env php\n',
      php: composerOf('2.5.5'),
    })
    const run = await askedThroughProxy(job, [tools, bin, '/usr/bin', '/bin'].join(delimiter))
    expect(run).toMatchObject({ verdict: 'ready', proxied: true })
    expect(existsSync(started)).toBe(false)
  })
})

test('on Windows neither the current folder nor one of the current drive, nor the checkout in another case', () => {
  const env = {
    PATH: '.;;tools;\\tools;C:tools;D:\\A\\Shop\\bin;d:\\a\\shop;"C:\\Program Files\\Git\\cmd";D:\\a\\shop-tools;\\\\server\\tools',
    GITHUB_WORKSPACE: 'd:\\a\\shop',
  }
  expect(trustedPath({ env, platform: 'win32', cwd: 'D:\\a\\shop' })).toEqual([
    'C:\\Program Files\\Git\\cmd',
    'D:\\a\\shop-tools',
    '\\\\server\\tools',
  ])
})

describe('a tool is ended with everything that it started', () => {
  const pidsIn = (file: string) => readFileSync(file, 'utf8').trim().split('\n').map(Number)

  test('when it hangs, and prints without end', async () => {
    const job = startJob()
    const pids = join(job.root, 'pids')
    const bin = programs(join(job.root, 'bin'), {
      composer: `#!/bin/sh\n/bin/sleep 300 &\necho $! > ${pids}\necho $$ >> ${pids}\n/usr/bin/yes\n`,
    })
    const run = await askedThroughProxy(job, bin)
    expect(run).toMatchObject({ verdict: 'ready', proxied: false })
    expect(run.step.milliseconds).toBeLessThan(30_000)
    expect(await goingOn(pidsIn(pids))).toEqual([])
  })

  test('when it leaves something behind that holds its output open', async () => {
    const job = startJob()
    const pids = join(job.root, 'pids')
    const bin = programs(join(job.root, 'bin'), {
      composer: `${composerOf('2.5.5')}/bin/sleep 300 &\necho $! > ${pids}\n`,
    })
    const run = await askedThroughProxy(job, bin)
    expect(run).toMatchObject({ verdict: 'ready', proxied: true })
    expect(run.step.milliseconds).toBeLessThan(12_000)
    expect(await goingOn(pidsIn(pids))).toEqual([])
  })

  test('when the step is ended meanwhile, as when the job is cancelled', async () => {
    const job = startJob()
    const pids = join(job.root, 'pids')
    const bin = programs(join(job.root, 'bin'), {
      composer: `#!/bin/sh\necho $$ > ${pids}\nkill -TERM $PPID\nexec /bin/sleep 300\n`,
    })
    const server = await repository({ tls: certificate.server })
    const env = { PATH: bin, http_proxy: 'http://127.0.0.1:9', COMPOSER_CAFILE: certificate.caFile }
    const step = await askAccess(server.url, { job, env })
    expect(step.signal).toBe('SIGTERM')
    expect(await goingOn(pidsIn(pids))).toEqual([])
  })
})

test('a tool sees none of the job’s secrets', async () => {
  const job = startJob()
  const seen = join(job.root, 'seen')
  const bin = programs(join(job.root, 'bin'), { composer: `#!/bin/sh\n/usr/bin/env > ${seen}\n` })
  const hidden = {
    GITHUB_TOKEN: 'secret-token-of-the-job',
    DEPLOY_SSH_KEY: 'secret-key-of-the-job',
    DB_PASSWORD: 'secret-password-of-the-job',
    https_proxy: '',
  }
  const server = await repository({ tls: certificate.server })
  const env = { PATH: bin, http_proxy: 'http://127.0.0.1:9', COMPOSER_CAFILE: certificate.caFile, ...hidden }
  await askAccess(server.url, { job, env, secrets: ['secret-token-of-the-job'] })
  const variables = readFileSync(seen, 'utf8')
  expect(variables).toContain('COMPOSER_HOME=')
  expect(variables).not.toMatch(/of-the-job|INPUT_|http_proxy/)
})
