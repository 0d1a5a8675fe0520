import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, parse } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { startJob } from '../action/run-action.js'
import { listing } from '../credentials/folder.js'
import { FIRST } from '../credentials/keys.js'
import { downloader, downloadService, forDownloads } from '../downloads/download-service.js'
import { EVERYWHERE, expectQuiet, filesOf, folderIn, startDifficultJob, writingTo } from './jobs.js'

describe('main and post leave a machine as it was, with credentials', () => {
  test.each(['global', 'project', 'magento'] as const)('in the place %s', async (place) => {
    const job = startJob()
    writeFileSync(join(job.workspace, 'composer.json'), '{}')
    const before = listing(job.root)
    const main = await job.main({ inputs: writingTo(place) })
    const file = filesOf(job)[place]
    expect(main.outputs['auth-file']).toBe(file)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ 'http-basic': { 'repo.magento.com': FIRST } })
    const post = await job.post(main)
    expectQuiet(main, post)
    expect(post.stdout).toContain('is gone again')
    expect(listing(job.root)).toEqual(before)
  })

  test('in the variable COMPOSER_AUTH', async () => {
    const job = startJob()
    const before = listing(job.root)
    const old = '{"bearer": {"ü.example": "token of somebody"}}'
    const main = await job.main({ inputs: writingTo('env'), env: { COMPOSER_AUTH: old } })
    const exported = main.exported.COMPOSER_AUTH ?? ''
    expect(JSON.parse(exported)).toEqual({ ...JSON.parse(old), 'http-basic': { 'repo.magento.com': FIRST } })
    const post = await job.post(main, { env: { COMPOSER_AUTH: exported } })
    expectQuiet(main, post)
    expect(post.exported.COMPOSER_AUTH).toBe(old)
    expect(listing(job.root)).toEqual(before)
  })

  test('in the netrc file for downloads', async () => {
    const service = await downloadService()
    const job = startDifficultJob()
    const before = listing(job.root)
    const main = await forDownloads(job, service)
    const file = main.outputs['netrc-file'] ?? ''
    expect(dirname(file)).toBe(job.temp)
    expect(readFileSync(file, 'utf8')).toContain(downloader.token)
    const post = await job.post(main)
    expectQuiet(main, post)
    expect(post.stdout).toContain('is gone again')
    expect(listing(job.root)).toEqual(before)
  })

  test('in every place, by names with spaces, umlauts, `&`, `%` and brackets', async () => {
    const job = startDifficultJob()
    writeFileSync(join(job.workspace, 'composer.json'), '{}')
    const before = listing(job.root)
    const main = await job.main({ inputs: writingTo(EVERYWHERE) })
    const files = Object.values(filesOf(job))
    expect(main.outputs['auth-file']?.split('\n')).toEqual(files)
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain(FIRST.password)
    const post = await job.post(main, { env: { COMPOSER_AUTH: main.exported.COMPOSER_AUTH } })
    expectQuiet(main, post)
    expect(post.stdout.match(/is gone again/g)).toHaveLength(3)
    expect(listing(job.root)).toEqual(before)
  })

  test('in every place, by paths of more than 300 characters', async () => {
    const job = startJob()
    const names = Array.from({ length: 8 }, (_, index) => `${index}`.repeat(40))
    const project = folderIn(job.workspace, ...names)
    writeFileSync(join(project, 'composer.json'), '{}')
    const home = folderIn(job.home, ...names)
    const before = listing(job.root)
    const main = await job.main({
      inputs: writingTo(EVERYWHERE, { 'working-directory': names.join('/') }),
      env: { COMPOSER_HOME: home },
    })
    const files = [join(home, 'auth.json'), ...Object.values(filesOf(job, project)).slice(1)]
    expect(main.outputs['auth-file']?.split('\n')).toEqual(files)
    for (const file of files) {
      expect(file.length).toBeGreaterThan(300)
      expect(readFileSync(file, 'utf8')).toContain(FIRST.password)
    }
    expectQuiet(main, await job.post(main, { env: { COMPOSER_AUTH: main.exported.COMPOSER_AUTH } }))
    expect(listing(job.root)).toEqual(before)
  })

  const folders: string[] = []
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  test('on another drive than the checkout', async () => {
    const other = mkdtempSync(join(process.env.OTHER_DRIVE ?? '', 'home-'))
    folders.push(other)
    expect(parse(other).root).not.toBe(parse(tmpdir()).root)
    const job = startJob()
    const before = listing(other)
    const main = await job.main({ inputs: writingTo('global'), env: { APPDATA: other } })
    const file = join(other, 'Composer', 'auth.json')
    expect(main.outputs['auth-file']).toBe(file)
    // Beside the file and not where records of a work tree lie, which another drive is not.
    expect(existsSync(`${file}.magento-composer-auth`)).toBe(true)
    expectQuiet(main, await job.post(main))
    expect(listing(other)).toEqual(before)
  })
})

describe('an auth.json comes back byte for byte', () => {
  test.each([
    ['with line ends of Windows', '{\r\n    "bearer": {\r\n        "a.example": "x"\r\n    }\r\n}\r\n'],
    ['with tabs', '{\n\t"bearer": {\n\t\t"a.example": "x"\n\t}\n}\n'],
    ['that is an empty array, as PHP writes an empty object', '[]'],
    ['with an old entry', '{"http-basic": {"repo.magento.com": {"username": "ö", "password": "old"}}}'],
    ['with umlauts and without a newline at its end', '{"bearer":{"ä.example":"ß"}}'],
  ])('%s', async (_, text) => {
    const job = startJob()
    mkdirSync(dirname(job.authFile), { recursive: true })
    writeFileSync(job.authFile, text)
    const main = await job.main({ inputs: writingTo('global') })
    const during = readFileSync(job.authFile, 'utf8')
    expect(JSON.parse(during)['http-basic']['repo.magento.com']).toEqual(FIRST)
    // The file's own line ends, and not those of the system.
    expect(/\r/.test(during)).toBe(/\r/.test(text))
    expectQuiet(main, await job.post(main))
    expect(readFileSync(job.authFile, 'utf8')).toBe(text)
  })
})
