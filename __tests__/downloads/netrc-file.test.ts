import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startJob } from '../action/run-action.js'
import { formsOf } from '../action/secret-forms.js'
import { killedAt, MODES } from '../credentials/killed.js'
import { KEYS, repository } from '../server/access-step.js'
import { argumentsDuring, curl, downloader, downloadService, forDownloads } from './download-service.js'

const { mageId, token } = downloader

describe('a netrc file', () => {
  test('lets curl download with the token in nobody’s arguments, and is gone after the job', async () => {
    const service = await downloadService({ files: { 'patch.zip': Buffer.from('a patch') } })
    const composer = await repository()
    service.faults.order('/products/downloads/file/patch.zip', { kind: 'delay', ms: 500 })
    const job = startJob()
    let file = ''
    const seen = await argumentsDuring(async () => {
      const main = await forDownloads(job, service, { inputs: { 'repository-url': composer.url } })
      file = main.outputs['netrc-file'] ?? ''
      expect(main).toMatchObject({ exitStatus: 0, stderr: '', annotations: [] })
      expect(main.outputs).toMatchObject({ status: 'ready', problem: '', problems: '[]', 'auth-file': '' })
      expect(readdirSync(job.temp).map((name) => join(job.temp, name))).toEqual([file])
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(main.state).toEqual({ netrc: file })
      expect(main.masks).toEqual(
        expect.arrayContaining([token, mageId, Buffer.from(`${mageId}:${token}`).toString('base64')]),
      )
      // Nothing of Composer's: no key was given.
      expect(readdirSync(job.home)).toEqual([])
      expect(composer.requests).toEqual([])
      expect(service.requests).toMatchObject([
        { path: '/products/downloads/info/help', credentials: { username: mageId, password: token }, status: 200 },
      ])
      expect(main.summary).toMatch(/^### ✅ The download token works$/m)

      expect(await curl(file, `${service.url}file/patch.zip`)).toBe('a patch')
      const post = await job.post(main)
      expect(post).toMatchObject({ exitStatus: 0, annotations: [] })
      expect(post.stdout).toContain(`${file} is gone again.`)
      expect(readdirSync(job.temp)).toEqual([])
    })
    const all = [...seen].join('\n')
    expect(all).toContain(`--netrc-file\0${file}\0`)
    for (const form of formsOf(token)) expect(all).not.toContain(form)
  })

  test('is one for each use, goes with its own, and leaves Composer’s credentials alone', async () => {
    const [service, other] = [await downloadService(), await downloadService({ token: 'f'.repeat(40) })]
    const composer = await repository()
    const job = startJob()
    const keys = { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey, 'repository-url': composer.url }
    const [first, second] = [
      await forDownloads(job, service, { inputs: keys }),
      await forDownloads(job, other, { inputs: { 'download-token': 'f'.repeat(40) } }),
    ]
    const files = [first, second].map(({ outputs }) => outputs['netrc-file'] ?? '')
    expect([first.outputs.status, second.outputs.status]).toEqual(['ready', 'ready'])
    expect(first.outputs['auth-file']).toBe(job.authFile)
    expect(composer.requests.length).toBeGreaterThan(0)
    expect(new Set(files).size).toBe(2)

    await job.post(second)
    expect(files.map((file) => existsSync(file))).toEqual([true, false])
    expect(existsSync(job.authFile)).toBe(true)
    expect(await curl(files[0] ?? '', `${service.url}file/patch.zip`)).toBe('a patch')
    await job.post(first)
    expect(readdirSync(job.temp)).toEqual([])
    expect(existsSync(job.authFile)).toBe(false)
  })

  test('stays with `cleanup: false`', async () => {
    const job = startJob()
    const inputs = { check: 'off', cleanup: 'false' }
    const main = await forDownloads(job, { url: 'https://127.0.0.1:1/' }, { inputs })
    await job.post(main)
    expect(main.state).toEqual({})
    expect(existsSync(main.outputs['netrc-file'] ?? '')).toBe(true)
  })

  test('says whatever the values are, as curl reads it', async () => {
    for (const odd of [`#${token}`, `"${token}\\`, `${token} with "quotes" and \\`, `${token}\tü`, `${token}\n2`]) {
      const service = await downloadService({ token: odd })
      const job = startJob()
      const main = await forDownloads(job, service, { inputs: { 'download-token': odd, 'job-summary': 'false' } })
      expect([odd, main.outputs.status]).toEqual([odd, 'ready'])
      const file = main.outputs['netrc-file'] ?? ''
      expect([odd, await curl(file, `${service.url}file/patch.zip`)]).toEqual([odd, 'a patch'])
    }
  })

  test('that cannot be written is an error that names the folder', async () => {
    const service = await downloadService()
    const job = startJob()
    const main = await forDownloads(job, service, { env: { RUNNER_TEMP: join(job.root, 'missing') } })
    expect(main.outputs).toMatchObject({ status: 'problems', problem: 'auth-file-unwritable', 'netrc-file': '' })
    expect(main.annotations.map(({ properties }) => properties.title)).toEqual([
      'The netrc file for downloads cannot be written',
    ])
    expect(main.annotations[0]?.message).toContain('RUNNER_TEMP')
    expect((await job.post(main)).annotations).toEqual([])
  })

  test('is removed by what this step announced alone: no other file, whatever a state says', async () => {
    const job = startJob()
    for (const path of [join(job.temp, 'notes.netrc'), `${job.home}/.netrc`]) {
      writeFileSync(path, 'somebody’s')
      const post = await job.post({ state: { netrc: path } })
      expect(post.exitStatus).toBe(0)
      expect(readFileSync(path, 'utf8')).toBe('somebody’s')
    }
  })

  test('whose place something else has taken is left to a person, with a warning', async () => {
    const job = startJob()
    const path = join(job.temp, `magento-composer-auth-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}.netrc`)
    mkdirSync(path)
    const post = await job.post({ state: { netrc: path } })
    expect(post).toMatchObject({
      exitStatus: 0,
      annotations: [{ name: 'warning', properties: { title: 'The credentials for downloads could not be removed' } }],
    })
  })
})

/** Fewer changes of the file system than writing a netrc file makes: then nothing was killed. */
const FEW = 6

describe.each(MODES)('main killed %s each of its changes', (when) => {
  test('leaves no token behind its post step', async () => {
    for (let n = 1; ; n++) {
      const job = startJob()
      const inputs = { check: 'off', 'job-summary': 'false' }
      const killed = await forDownloads(job, { url: 'https://127.0.0.1:1/' }, { inputs, ...killedAt(n, when) })
      const post = await job.post(killed)
      expect([n, post.exitStatus, post.annotations, readdirSync(job.temp)]).toEqual([n, 0, [], []])
      if (killed.signal !== null) continue
      expect(n).toBeGreaterThan(FEW)
      return
    }
  }, 120_000)
})
