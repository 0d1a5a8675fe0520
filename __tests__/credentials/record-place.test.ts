import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, writing } from './keys.js'

const HOST = 'repo.magento.com'
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const names = (folder: string) => listing(folder).map((line) => line.split(' ')[2])
const at = (location: string, pair: { username: string; password: string } = FIRST) =>
  writing(pair, { 'auth-location': location })

/** The folder that all jobs of this user share, in this job's system's temporary folder. */
function sharedFolder(job: Job): { env: Record<string, string>; path: string } {
  const path = join(job.root, 'system')
  mkdirSync(path)
  return { env: { TMPDIR: path }, path: join(path, `magento-composer-auth-${process.getuid?.()}`) }
}

describe('the record never lies in a work tree', () => {
  test('Composer’s home in the checkout: nothing but auth.json, and all of it gone after the job', async () => {
    const job = startJob()
    const home = join(job.workspace, 'sub', '.composer')
    const env = { COMPOSER_HOME: home }
    const main = await job.main({ inputs: at('global'), env })
    expect(names(home)).toEqual(['auth.json'])
    expect(read(join(home, 'auth.json'))['http-basic'][HOST]).toEqual(FIRST)
    expect(names(job.temp)).toEqual([expect.stringMatching(/^magento-composer-auth-/)])
    await job.post(main, { env })
    expect(listing(job.workspace)).toEqual([])
    expect(listing(job.temp)).toEqual([])
  })

  test('Composer’s home in the checkout, by a path with a link', async () => {
    const job = startJob()
    mkdirSync(join(job.workspace, '.composer'))
    symlinkSync(join(job.workspace, '.composer'), join(job.root, 'link'))
    const env = { COMPOSER_HOME: join(job.root, 'link') }
    const main = await job.main({ inputs: at('global'), env })
    expect(names(job.workspace)).toEqual(['.composer', '.composer/auth.json'])
    await job.post(main, { env })
    expect(names(job.workspace)).toEqual(['.composer'])
  })

  test.each(['folder', 'file'])(
    'a home under git, whose .git is a %s: two jobs with a temporary folder each know of each other',
    async (kind) => {
      const job = startJob()
      const shared = sharedFolder(job)
      if (kind === 'folder') mkdirSync(join(job.home, '.git'))
      else writeFileSync(join(job.home, '.git'), 'gitdir: elsewhere\n')
      const before = listing(job.home)
      const other = { ...shared.env, RUNNER_TEMP: join(job.root, 'temp-2'), GITHUB_WORKSPACE: join(job.root, 'work-2') }
      mkdirSync(other.GITHUB_WORKSPACE)
      const first = await job.main({ inputs: at('global'), env: shared.env })
      const second = await job.main({ inputs: at('global', SECOND), env: other })
      expect(names(dirname(job.authFile))).toEqual(['auth.json'])
      expect(statSync(shared.path).mode & 0o777).toBe(0o700)
      // The older leaves first: the younger keeps its keys, and gives back what was there before both.
      await job.post(first, { env: shared.env })
      expect(read(job.authFile)['http-basic'][HOST]).toEqual(SECOND)
      await job.post(second, { env: other })
      expect(listing(job.home)).toEqual(before)
      expect(listing(shared.path)).toEqual([])
    },
  )

  test('a temporary folder of the runner that lies in a work tree itself is not used', async () => {
    const job = startJob()
    const shared = sharedFolder(job)
    mkdirSync(join(job.workspace, '_temp'))
    const env = { ...shared.env, RUNNER_TEMP: join(job.workspace, '_temp') }
    const held = JSON.stringify({ bearer: { 'a.example': 'token of somebody' } })
    const main = await job.main({ inputs: at('project, env'), env: { ...env, COMPOSER_AUTH: held } })
    expect(names(job.workspace)).toEqual(['_temp', 'auth.json'])
    expect(listing(shared.path).every((line) => line.startsWith('100600'))).toBe(true)
    const post = await job.post(main, { env: { ...env, ...main.exported } })
    expect(post.exported).toEqual({ COMPOSER_AUTH: held })
    expect(names(job.workspace)).toEqual(['_temp'])
    expect(listing(shared.path)).toEqual([])
  })

  test('a home under git, and a system’s temporary folder that TMPDIR puts into the checkout', async () => {
    const job = startJob()
    mkdirSync(join(job.home, '.git'))
    mkdirSync(join(job.workspace, 'tmp'))
    const env = { TMPDIR: join(job.workspace, 'tmp') }
    const main = await job.main({ inputs: at('global'), env })
    expect(read(job.authFile)['http-basic'][HOST]).toEqual(FIRST)
    expect(names(job.workspace)).toEqual(['tmp'])
    expect(names(dirname(job.authFile))).toEqual(['auth.json'])
    await job.post(main, { env })
    expect(existsSync(job.authFile)).toBe(false)
  })

  test.each([
    ['open to others', (path: string) => mkdirSync(path)],
    ['a link', (path: string) => symlinkSync(dirname(path), path)],
  ])('a shared folder that others may have planted, %s, is refused', async (_, plant) => {
    const job = startJob()
    const shared = sharedFolder(job)
    mkdirSync(join(job.home, '.git'))
    plant(shared.path)
    const before = listing(job.root)
    const main = await job.main({ inputs: at('global'), env: shared.env })
    expect(main.outputs.problem).toBe('auth-file-unwritable')
    expect(main.annotations[0]?.message).toContain(`${shared.path} belongs to another user, or other users can read`)
    expect(listing(job.root)).toEqual(before)
  })
})

describe('a record that comes with the checkout', () => {
  /** Everything in it would do harm: it would never end, and have a file of root’s with any mode. */
  const planted = JSON.stringify({
    format: 1,
    first: { kind: 'bytes', bytes: Buffer.from('{"bearer":{}}').toString('base64'), mode: 0o4777, uid: 0, gid: 0 },
    found: [{ path: ['http-basic', HOST], value: { username: 'a', password: 'of the commit' } }],
    known: [],
    owners: [{ id: 'x', since: 9e15, leaving: false, entries: [{ path: ['bearer', 'x.example'], value: 'x' }] }],
    folders: ['/tmp'],
  })

  test.each(['global', 'project', 'magento'])('%s: is never read, whatever its mode', async (location) => {
    const job = startJob()
    const folder = location === 'magento' ? join(job.workspace, 'var', 'composer_home') : job.workspace
    const env = { COMPOSER_HOME: job.workspace }
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'auth.json.magento-composer-auth'), planted, { mode: 0o600 })
    const before = listing(job.root)
    const main = await job.main({ inputs: at(location), env })
    expect(main.exitStatus).toBe(0)
    expect(read(join(folder, 'auth.json'))).toEqual({ 'http-basic': { [HOST]: FIRST } })
    await job.post(main, { env })
    expect(listing(job.root)).toEqual(before)
  })

  test('outside of a checkout: one that others may change is refused, and left for whose it is', async () => {
    const job = startJob()
    const first = await job.main({ inputs: writing() })
    const record = `${job.authFile}.magento-composer-auth`
    chmodSync(record, 0o666)
    const before = listing(job.home)
    const second = await job.main({ inputs: writing(SECOND) })
    expect(second.outputs.problem).toBe('auth-file-unwritable')
    expect(second.annotations[0]?.message).toContain(`${record} belongs to another user, or other users can`)
    expect(listing(job.home)).toEqual(before)
    // Its own use knows it by what only that use can have written.
    expect((await job.post(second)).stdout).toContain('No credentials to remove')
    await job.post(first)
    expect(listing(job.home)).toEqual([])
  })

  test.each([
    ['a mode beyond permissions', { mode: 0o4755 }],
    ['a user that is none', { uid: -1 }],
    ['a mode in words', { mode: 'rwx' }],
  ])('outside of a checkout: one with %s is no record', async (_, wrong) => {
    const job = startJob()
    mkdirSync(dirname(job.authFile))
    writeFileSync(job.authFile, '{}', { mode: 0o644 })
    const record = `${job.authFile}.magento-composer-auth`
    const first = await job.main({ inputs: writing() })
    const text = read(record)
    writeFileSync(record, JSON.stringify({ ...text, first: { ...text.first, ...wrong } }))
    const post = await job.post(first)
    expect(post.stdout).toContain('the record of what stood in')
    expect(read(job.authFile)).toEqual({ 'http-basic': {} })
    expect(statSync(job.authFile).mode & 0o7777).toBe(0o600)
  })
})

describe('a link in the checkout that leads out of it', () => {
  const cases: readonly { title: string; location: string; link(job: Job, out: string): void }[] = [
    {
      title: 'var',
      location: 'magento',
      link: ({ workspace }, out) => symlinkSync(out, join(workspace, 'var')),
    },
    {
      title: 'composer.json',
      location: 'project',
      link: ({ workspace }, out) => {
        writeFileSync(join(out, 'composer.json'), '{}')
        symlinkSync(join(out, 'composer.json'), join(workspace, 'composer.json'))
      },
    },
    {
      title: 'the project’s folder',
      location: 'project',
      link: ({ workspace }, out) => symlinkSync(out, join(workspace, 'shop')),
    },
    {
      title: 'Composer’s home',
      location: 'global',
      link: ({ workspace }, out) => symlinkSync(out, join(workspace, '.composer')),
    },
  ]

  test.each(cases)('$title: no key goes there, and the other places are written', async ({ title, location, link }) => {
    const job = startJob()
    const out = join(job.root, 'out')
    mkdirSync(out)
    link(job, out)
    const before = listing(out)
    const inputs = {
      ...at(`env, ${location}`),
      ...(title === 'the project’s folder' ? { 'working-directory': 'shop' } : {}),
    }
    const env = { COMPOSER_HOME: join(job.workspace, '.composer') }
    const main = await job.main({ inputs, env })
    expect(main.outputs.problem).toBe('auth-file-unwritable')
    expect(main.annotations[0]?.message).toContain('links in the checkout lead there')
    expect(listing(out)).toEqual(before)
    expect(main.exported.COMPOSER_AUTH).toContain(FIRST.password)
    await job.post(main, { env: { ...env, ...main.exported } })
    expect(listing(out)).toEqual(before)
  })

  test('a folder that the workflow itself names, outside of the checkout, is written to', async () => {
    const job = startJob()
    const out = join(job.root, 'out')
    mkdirSync(out)
    const main = await job.main({ inputs: { ...at('project'), 'working-directory': out } })
    expect(read(join(out, 'auth.json'))['http-basic'][HOST]).toEqual(FIRST)
    await job.post(main)
    expect(existsSync(join(out, 'auth.json'))).toBe(false)
  })
})
