import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { manifestFor } from '../../testing/lock.mjs'
import { type Job, startJob } from '../action/run-action.js'
import { inputsFor } from '../action/step-inputs.js'
import { listing } from '../credentials/folder.js'
import { FIRST } from '../credentials/keys.js'
import { repository } from '../server/access-step.js'
import { expectQuiet, filesOf, folderIn, writingTo } from './jobs.js'

/** A project two folders below the workspace. */
function projectIn(job: Job, ...names: string[]): string {
  const project = folderIn(job.workspace, ...names)
  writeFileSync(join(project, 'composer.json'), '{}')
  return project
}

const swappedCase = (text: string) =>
  [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join('')

describe('the working directory may be written', () => {
  test.each<[string, (project: string) => string]>([
    ['with backslashes', () => 'src\\shop'],
    ['with slashes', () => 'src/shop'],
    ['with both, and one at its end', () => '.\\src/shop\\'],
    ['with a drive', (project) => project],
    ['with a drive and slashes', (project) => project.replaceAll('\\', '/')],
    ['with a drive in another case', (project) => project.replace(/^./, (drive) => swappedCase(drive))],
    ['from the root of the drive', (project) => project.slice(2)],
  ])('%s', async (_, written) => {
    const job = startJob()
    const project = projectIn(job, 'src', 'shop')
    const before = listing(job.root)
    const main = await job.main({ inputs: writingTo('project, magento', { 'working-directory': written(project) }) })
    const files = Object.values(filesOf(job, project)).slice(1)
    expect(main.outputs['auth-file']?.toLowerCase().split('\n')).toEqual(files.map((file) => file.toLowerCase()))
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain(FIRST.password)
    expectQuiet(main, await job.post(main))
    expect(listing(job.root)).toEqual(before)
  })
})

describe('variables of Composer may name paths', () => {
  test.each<[string, (folder: string) => string]>([
    ['COMPOSER with a drive', (folder) => join(folder, 'other.json')],
    ['COMPOSER with a drive and slashes', (folder) => join(folder, 'other.json').replaceAll('\\', '/')],
    ['COMPOSER from the project', () => '..\\elsewhere\\other.json'],
  ])('%s', async (_, written) => {
    const job = startJob()
    projectIn(job, 'shop')
    const elsewhere = folderIn(job.workspace, 'elsewhere')
    const COMPOSER = written(elsewhere)
    writeFileSync(join(elsewhere, 'other.json'), '{}')
    const inputs = writingTo('project', { 'working-directory': 'shop' })
    const main = await job.main({ inputs, env: { COMPOSER } })
    expect(main.outputs['auth-file']).toBe(join(elsewhere, 'auth.json'))
    expectQuiet(main, await job.post(main))
    expect(existsSync(join(elsewhere, 'auth.json'))).toBe(false)
  })

  test.each<[string, (job: Job) => Record<string, string>, (job: Job) => string]>([
    ['COMPOSER_HOME', ({ root }) => ({ COMPOSER_HOME: `${root}\\own` }), ({ root }) => `${root}\\own`],
    [
      'COMPOSER_HOME with slashes',
      ({ root }) => ({ COMPOSER_HOME: slashes(`${root}/own`) }),
      ({ root }) => `${root}\\own`,
    ],
    ['COMPOSER_HOME with ~/', () => ({ COMPOSER_HOME: '~/own' }), ({ home }) => `${home}\\own`],
    // Composer takes a backslash there for a part of the name.
    ['COMPOSER_HOME with ~\\', () => ({ COMPOSER_HOME: '~\\own' }), ({ workspace }) => `${workspace}\\~\\own`],
    ['COMPOSER_HOME with a variable', () => ({ COMPOSER_HOME: '%USERPROFILE%\\own' }), ({ home }) => `${home}\\own`],
    [
      'the shell of git: HOME, with MSYSTEM, changes nothing',
      ({ home }) => ({ MSYSTEM: 'MINGW64', HOME: slashes(home).replace(/^(.):/, '/$1') }),
      ({ home }) => `${home}\\AppData\\Roaming\\Composer`,
    ],
  ])('%s', async (_, env, home) => {
    const job = startJob()
    const before = listing(job.root)
    const main = await job.main({ inputs: writingTo('global'), env: env(job) })
    expect(main.outputs['auth-file']).toBe(join(home(job), 'auth.json'))
    expectQuiet(main, await job.post(main))
    expect(listing(job.root)).toEqual(before)
  })
})

const slashes = (path: string) => path.replaceAll('\\', '/')

describe('annotations', () => {
  test.each([
    ['as on disk', 'Src/Shop'],
    ['with backslashes', 'Src\\Shop'],
    ['in another case', 'src\\sHOP'],
  ])(
    'stand on paths from the workspace, with slashes, as on disk, where the working directory is written %s',
    async (_, directory) => {
      const server = await repository()
      const job = startJob()
      const project = folderIn(job.workspace, 'Src', 'Shop')
      const manifest = manifestFor({ baseUrl: server.url, require: { 'magento/product-enterprise-edition': '*' } })
      writeFileSync(join(project, 'composer.json'), JSON.stringify(manifest, null, 4))
      const inputs = inputsFor(server.url, accounts.openSource, { 'working-directory': directory })
      const { annotations, outputs } = await job.main({ inputs })
      expect(annotations.map(({ properties }) => properties.file)).toEqual(['Src/Shop/composer.json'])
      expect(Number(annotations[0]?.properties.line)).toBeGreaterThan(1)
      expect(JSON.parse(outputs.problems ?? '')[0]).toMatchObject({
        code: 'package-denied',
        file: 'Src/Shop/composer.json',
      })
    },
  )

  test('name a file of the project with slashes in their words', async () => {
    const job = startJob()
    const project = projectIn(job, 'src', 'shop')
    mkdirSync(join(project, 'auth.json'))
    const inputs = writingTo('project', { 'working-directory': 'src\\shop' })
    const { annotations, exitStatus } = await job.main({ inputs })
    expect(exitStatus).toBe(1)
    expect(annotations[0]?.message).toMatch(/^src\/shop\/auth\.json is a directory/)
  })
})

test('two spellings of one project are one file with one record', async () => {
  const job = startJob()
  const project = projectIn(job, 'Src', 'Shop')
  const before = listing(job.root)
  const spellings = ['Src/Shop', 'sRC\\sHOP', '.\\src\\shop\\', swappedCase(project)]
  const mains = []
  for (const directory of spellings) {
    mains.push(await job.main({ inputs: writingTo('project', { 'working-directory': directory }) }))
  }
  const records = readdirSync(job.temp).filter((name) => name.startsWith('magento-composer-auth-'))
  expect(records).toHaveLength(1)
  // The first leaves first: with a record of its own it would take the file away from the others.
  const [first, ...others] = mains
  if (first === undefined) throw new Error('There are four.')
  expectQuiet(first, await job.post(first))
  expect(readFileSync(join(project, 'auth.json'), 'utf8')).toContain(FIRST.password)
  for (const main of others) expectQuiet(main, await job.post(main))
  expect(listing(job.root)).toEqual(before)
})
