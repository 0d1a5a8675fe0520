import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, SECOND, writing } from './keys.js'

/** What other steps of the job do to state, variables and folders between main and its post step. */

const HOST = 'repo.magento.com'
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const at = (locations: string) => writing(FIRST, { 'auth-location': locations, 'job-summary': 'false' })
const THEIRS = { username: 'their', password: 'own' }

/** Empties the runner's temporary folder, as a step does that needs space. */
function emptyTemporary(job: Job): void {
  rmSync(job.temp, { recursive: true })
  mkdirSync(job.temp)
}

describe('state that another step set', () => {
  const victim = '{"http-basic":{"a.example":{"username":"u","password":"p of somebody"}}}'

  test('by the names of single places, or by the name of all with made-up files, changes no file', async () => {
    const job = startJob()
    mkdirSync(dirname(job.authFile))
    writeFileSync(job.authFile, victim, { mode: 0o644 })
    const readme = join(job.workspace, 'README.md')
    writeFileSync(readme, victim)
    const id = randomUUID()
    const salt = 'a'.repeat(32)
    const owner = { id, since: Date.now(), leaving: false, entries: [{ path: ['bearer', 'x.example'], value: 'x' }] }
    const record = {
      format: 1,
      first: { kind: 'bytes', bytes: Buffer.from('{"bearer":{}}').toString('base64'), mode: 0o777, uid: 0, gid: 0 },
      ...{ found: [], known: [createHash('sha256').update(victim).digest('hex')], folders: [], owners: [owner] },
    }
    const sidecars = [join(job.workspace, 'record'), join(job.workspace, 'auth.json.magento-composer-auth')]
    for (const sidecar of sidecars) writeFileSync(sidecar, JSON.stringify(record), { mode: 0o600 })
    const kept = join(job.workspace, 'kept')
    writeFileSync(kept, 'a file of the job')
    const before = listing(job.root)

    const lease = { id, salt, fingerprints: ['0'.repeat(16)], count: 1, hosts: HOST }
    const old = { id, salt, entries: [{ path: ['bearer', 'x.example'], fingerprint: '0' }] }
    const hash = (text: string) => createHash('sha256').update(`${salt}\0${text}`).digest('hex')
    const variable = { saved: kept, found: '0', exported: hash('{}'), stood: [] }
    for (const path of [job.authFile, readme]) {
      for (const sidecar of sidecars) {
        const file = { path, sidecar, stood: ['another'] }
        const post = await job.post(
          {
            state: {
              ...{
                lease_0: JSON.stringify({ ...old, path, sidecar }),
                lease_1: JSON.stringify({ ...old, path, sidecar }),
              },
              environment: JSON.stringify({ ...old, ...variable }),
              credentials: JSON.stringify({ lease, files: [file, file, file, file, file], variable }),
            },
          },
          { env: { COMPOSER_AUTH: '{}' } },
        )
        expect(post.exitStatus).toBe(0)
        expect(post.exported).toEqual({})
        expect(listing(job.root)).toEqual(before)
      }
    }
  }, 60_000)

  test('beside what main saved changes nothing of what the post step does', async () => {
    const job = startJob()
    const main = await job.main({ inputs: at('global') })
    const victimFile = join(job.workspace, 'auth.json')
    writeFileSync(victimFile, victim)
    const { lease } = JSON.parse(main.state.credentials ?? '')
    const forged = { ...lease, path: victimFile, sidecar: `${job.authFile}.magento-composer-auth`, entries: [] }
    const post = await job.post({
      state: { ...main.state, lease_0: JSON.stringify(forged), lease_1: JSON.stringify(forged) },
    })
    expect(post.annotations).toEqual([])
    expect(readFileSync(victimFile, 'utf8')).toBe(victim)
    expect(listing(job.home)).toEqual([])
  })
})

test('of thousands of credentials a state comes out that the system can start the post step with', async () => {
  const job = startJob()
  const count = 1200
  const bearer = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`h${index}.example`, `token-number-${index}`]),
  )
  const document = JSON.stringify({ bearer })
  // As large as it may be: the input is one variable too.
  expect(document.length).toBeLessThan(128 * 1024)
  const inputs = { ...at('global, project, magento, env'), 'composer-auth': document }
  const before = listing(job.root)
  const main = await job.main({ inputs })
  expect(main.exitStatus).toBe(0)
  expect(Object.keys(read(job.authFile).bearer)).toHaveLength(count)
  expect(main.state.credentials?.length).toBeLessThan(100 * 1024)
  const post = await job.post(main, { env: main.exported })
  expect(post.annotations).toEqual([])
  expect(post.exported).toEqual({ COMPOSER_AUTH: '' })
  expect(listing(job.root)).toEqual(before)
}, 120_000)

describe('an emptied temporary folder of the runner', () => {
  const held = { bearer: { 'a.example': 'token of somebody' }, 'http-basic': { 'b.example': THEIRS } }

  test('takes no entry of others out of COMPOSER_AUTH, and nothing of ours stays in there', async () => {
    const job = startJob()
    const text = JSON.stringify(held, null, 2)
    const main = await job.main({ inputs: at('env'), env: { COMPOSER_AUTH: text } })
    emptyTemporary(job)
    const post = await job.post(main, { env: main.exported })
    expect(JSON.parse(post.exported.COMPOSER_AUTH ?? '')).toEqual(held)
    expect(post.annotations).toEqual([])
    expect(post.stdout).toContain('only what this step put there was taken out')
  })

  test('an entry that ours replaced is named as lost, in the variable and in the project’s file', async () => {
    const job = startJob()
    const theirs = { ...held, 'http-basic': { ...held['http-basic'], [HOST]: SECOND } }
    const path = join(job.workspace, 'auth.json')
    writeFileSync(path, JSON.stringify(theirs))
    const env = { COMPOSER_AUTH: JSON.stringify(theirs) }
    const main = await job.main({ inputs: at('project, env'), env, secrets: [SECOND.password] })
    emptyTemporary(job)
    const post = await job.post(main, { env: main.exported })
    expect(post.annotations.map(({ name, message }) => [name, /could not be put back/.test(message)])).toEqual([
      ['warning', true],
      ['warning', true],
    ])
    expect(read(path)).toEqual(held)
    expect(JSON.parse(post.exported.COMPOSER_AUTH ?? '')).toEqual(held)
  })

  test('keys that were there before this step stay, in the variable and in the project’s file', async () => {
    const job = startJob()
    const theirs = { ...held, 'http-basic': { [HOST]: FIRST } }
    const path = join(job.workspace, 'auth.json')
    writeFileSync(path, JSON.stringify(theirs))
    const main = await job.main({ inputs: at('project, env'), env: { COMPOSER_AUTH: JSON.stringify(theirs, null, 1) } })
    emptyTemporary(job)
    const post = await job.post(main, { env: main.exported })
    expect(post.annotations).toEqual([])
    expect(read(path)).toEqual(theirs)
    expect(JSON.parse(post.exported.COMPOSER_AUTH ?? JSON.stringify(theirs))).toEqual(theirs)
  })

  test('a file in its place: the key goes all the same', async () => {
    const job = startJob()
    const main = await job.main({ inputs: at('project') })
    rmSync(job.temp, { recursive: true })
    writeFileSync(job.temp, '')
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(read(join(job.workspace, 'auth.json'))).toEqual({ 'http-basic': {} })
  })
})

describe('each place is cleaned whatever becomes of the others', () => {
  const withoutCommandFile = (how: string): { nodeOptions: string[] } => ({
    nodeOptions: ['--import', `data:text/javascript,import fs from 'node:fs';const f=process.env.GITHUB_ENV;${how}`],
  })
  const GITHUB_ENV: readonly [string, string][] = [
    ['is missing', 'fs.unlinkSync(f)'],
    ['is a folder', 'fs.unlinkSync(f);fs.mkdirSync(f)'],
    ['lies on a full disk', "process.env.GITHUB_ENV='/dev/full'"],
  ]

  test.each(GITHUB_ENV)('GITHUB_ENV %s', async (_, how) => {
    const job = startJob()
    const main = await job.main({ inputs: at('global, project, env'), env: { COMPOSER_AUTH: '{"bearer":{"a":"b"}}' } })
    const preload = withoutCommandFile(
      // The harness reads the file when the step has ended.
      `${how};process.on('exit',()=>{fs.rmSync(f,{recursive:true,force:true});fs.writeFileSync(f,'')})`,
    )
    const post = await job.post(main, { ...preload, env: main.exported })
    expect(post.exitStatus).toBe(0)
    expect(listing(job.home)).toEqual([])
    expect(listing(job.workspace)).toEqual([])
    expect(listing(job.temp)).toEqual([])
    expect(
      post.annotations.map(({ name, message }) => [name, message.includes('COMPOSER_AUTH could not be emptied')]),
    ).toEqual([['warning', true]])
  })

  test('one record that is a folder, one file that is no JSON any more: the third is as it was', async () => {
    const job = startJob()
    const main = await job.main({ inputs: at('global, project, magento, env') })
    const record = `${job.authFile}.magento-composer-auth`
    rmSync(record)
    mkdirSync(record)
    writeFileSync(join(job.workspace, 'auth.json'), 'garbage')
    const post = await job.post(main, { env: main.exported })
    expect(post.exitStatus).toBe(0)
    // The key is out of the file whose record cannot be read, too.
    expect(read(job.authFile)).toEqual({ 'http-basic': {} })
    expect(listing(join(job.workspace)).map((line) => line.split(' ')[2])).toEqual(['auth.json'])
    expect(post.exported).toEqual({ COMPOSER_AUTH: '' })
    expect(post.annotations.map(({ message }) => message.split(/[ ,]/)[0])).toEqual([record, 'Another'])
  })

  test('what main was refused is not said to be there still', async () => {
    const job = startJob()
    mkdirSync(job.authFile, { recursive: true })
    const main = await job.main({
      inputs: at('global, project, env'),
      ...withoutCommandFile("process.env.GITHUB_ENV='/dev/full'"),
    })
    expect(main.outputs['auth-file']).toBe(join(job.workspace, 'auth.json'))
    const post: StepResult = await job.post(main)
    expect(post.annotations).toEqual([])
    expect(post.stdout).toContain('is gone again')
    expect(post.stdout).not.toContain(job.authFile)
    expect(statSync(job.authFile).isDirectory()).toBe(true)
    expect(listing(job.temp)).toEqual([])
  })
})

describe('an auth.json to which another step added', () => {
  const grown = async (entries: number) => {
    const job = startJob()
    const main = await job.main({ inputs: at('global') })
    const file = read(job.authFile)
    const added = Array.from({ length: entries }, (_, index) => [`h${index}.example`, THEIRS])
    Object.assign(file['http-basic'], Object.fromEntries(added))
    writeFileSync(job.authFile, JSON.stringify(file))
    return { job, post: await job.post(main, { killAfter: 20_000 }) }
  }

  test('thousands of entries on one line keeps them, and loses ours', async () => {
    const { job, post } = await grown(8000)
    expect(post.exitStatus).toBe(0)
    expect(post.annotations).toEqual([])
    const left = read(job.authFile)['http-basic']
    expect([Object.keys(left).length, left[HOST]]).toEqual([8000, undefined])
  })

  test('more than Composer’s files have here is left, and named', async () => {
    const { job, post } = await grown(100_000)
    expect(post.exitStatus).toBe(0)
    expect(post.annotations.map(({ message }) => message)).toEqual([expect.stringContaining(job.authFile)])
  })
})
