import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, writing } from './keys.js'

const NOBODY = { uid: 65534, gid: 65534 }

describe('the post step without anything to do', () => {
  test('ends well and says so where main saved nothing', async () => {
    const job = startJob()
    const post = await job.post({ state: {} })
    expect(post.exitStatus).toBe(0)
    expect(post.annotations).toEqual([])
    expect(post.stdout).toMatch(/^No credentials to remove/m)
  })

  test.each([
    ['no JSON', 'x'],
    ['another form', '{"id": 1}'],
    ['nothing', ''],
    ['null', 'null'],
  ])('ends well and says so where the state is %s', async (_, credentials) => {
    const post = await startJob().post({ state: { credentials, lease_0: credentials } })
    expect(post.exitStatus).toBe(0)
    expect(post.stdout).toMatch(/^No credentials to remove/m)
  })

  test('ends well and says so where everything is gone', async () => {
    const job = startJob()
    const main = await job.main({ inputs: writing() })
    rmSync(dirname(job.authFile), { recursive: true })
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(post.annotations).toEqual([])
    expect(post.stdout).toMatch(/nothing to remove/)
    expect(listing(job.home)).toEqual([])
  })

  test('says that the file is gone again, or what it was', async () => {
    const job = startJob()
    expect((await job.post(await job.main({ inputs: writing() }))).stdout).toMatch(/auth\.json is gone again/)
    mkdirSync(dirname(job.authFile))
    writeFileSync(job.authFile, '{}')
    expect((await job.post(await job.main({ inputs: writing() }))).stdout).toMatch(/is again what it was/)
  })
})

/** Each finds our keys in the file and makes them hard to get out. */
const OBSTACLES: readonly { title: string; set(job: Job): void; warns: boolean; asNobody?: boolean }[] = [
  {
    title: 'auth.json is a folder now',
    set: ({ authFile }) => {
      rmSync(authFile)
      mkdirSync(authFile)
    },
    warns: true,
  },
  {
    title: 'auth.json is a link now',
    set: ({ authFile }) => {
      renameSync(authFile, `${authFile}.moved`)
      symlinkSync('auth.json.moved', authFile)
    },
    warns: true,
  },
  {
    title: 'the folder is a file now',
    set: ({ authFile }) => {
      rmSync(dirname(authFile), { recursive: true })
      writeFileSync(dirname(authFile), '')
    },
    warns: false,
  },
  {
    title: 'the folder may not be written any more',
    set: ({ authFile }) => chmodSync(dirname(authFile), 0o555),
    warns: true,
    asNobody: true,
  },
  {
    title: 'the folder may not be searched any more',
    set: ({ authFile }) => chmodSync(dirname(authFile), 0o000),
    warns: true,
    asNobody: true,
  },
  {
    title: 'the record is a folder',
    set: ({ authFile }) => {
      rmSync(`${authFile}.magento-composer-auth`)
      mkdirSync(`${authFile}.magento-composer-auth`)
    },
    warns: true,
  },
  {
    title: 'the record may not be read',
    set: ({ authFile }) => {
      chownSync(`${authFile}.magento-composer-auth`, 0, 0)
      chmodSync(`${authFile}.magento-composer-auth`, 0o600)
    },
    warns: true,
    asNobody: true,
  },
]

describe('the post step never fails the job', () => {
  const isRoot = process.getuid?.() === 0
  test.each(OBSTACLES.filter(({ asNobody }) => isRoot || !asNobody))('$title', async ({ set, warns, asNobody }) => {
    const job = startJob()
    mkdirSync(dirname(job.authFile))
    if (asNobody) for (const folder of [job.root, job.home, dirname(job.authFile)]) chownSync(folder, 65534, 65534)
    const as = asNobody ? NOBODY : {}
    const main = await job.main({ inputs: writing(), ...as })
    expect(main.exitStatus).toBe(0)
    set(job)
    const post = await job.post(main, as)
    expect(post.exitStatus).toBe(0)
    expect(post.annotations.map(({ name }) => name)).toEqual(warns ? ['warning'] : [])
    // A sentence for people, not our stack.
    expect(post.stdout + post.stderr).not.toMatch(/defect|^\s+at /m)
  })

  test('a lock that another process was killed with holds it up for half a minute at most', async () => {
    const job = startJob()
    const main = await job.main({ inputs: writing() })
    const lock = `${job.authFile}.magento-composer-auth.lock`
    mkdirSync(lock)
    // Taken 26 seconds ago: what is left to wait are four.
    const taken = new Date(Date.now() - 26_000)
    utimesSync(lock, taken, taken)
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(post.milliseconds).toBeGreaterThan(2_000)
    expect(listing(job.home)).toEqual([])
  }, 60_000)

  test('a lock that its own main was killed with does not hold it up', async () => {
    const job = startJob()
    const main = await job.main({ inputs: writing() })
    const lock = `${job.authFile}.magento-composer-auth.lock`
    mkdirSync(lock)
    writeFileSync(join(lock, 'owner'), JSON.parse(main.state.credentials ?? '').lease.id)
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(post.milliseconds).toBeLessThan(5_000)
    expect(listing(job.home)).toEqual([])
  })

  test('the guard of a process that was killed while it took a lock over goes as well', async () => {
    const job = startJob()
    const main = await job.main({ inputs: writing() })
    mkdirSync(`${job.authFile}.magento-composer-auth.lock.takeover`)
    await job.post(main)
    expect(listing(job.home)).toEqual([])
  })
})

describe('what main hands to the post step', () => {
  test('holds no key, and the key cannot be tried out on it without the salt', async () => {
    const job = startJob()
    const main = await job.main({ inputs: writing() })
    const { lease, files } = JSON.parse(main.state.credentials ?? '')
    expect(Object.keys(lease).sort()).toEqual(['count', 'fingerprints', 'hosts', 'id', 'salt'])
    const sidecar = `${job.authFile}.magento-composer-auth`
    expect(files).toEqual([{ path: job.authFile, sidecar, stood: ['nothing'] }])
    const again = await job.main({ inputs: writing() })
    expect(lease.fingerprints).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)])
    expect(JSON.parse(again.state.credentials ?? '').lease.fingerprints).not.toEqual(lease.fingerprints)
    expect(readFileSync(job.authFile, 'utf8')).toContain(FIRST.password)
    await job.post(again)
    await job.post(main)
    expect(existsSync(job.authFile)).toBe(false)
  })
})

test('a file that another program put in the place of ours keeps its mode', async () => {
  const job = startJob()
  mkdirSync(dirname(job.authFile))
  writeFileSync(job.authFile, '{}', { mode: 0o644 })
  const main = await job.main({ inputs: writing() })
  rmSync(job.authFile)
  const others = '{"bearer":{"example.org":"a-token-of-somebody"}}'
  writeFileSync(job.authFile, others, { mode: 0o600 })
  const { stdout } = await job.post(main)
  expect(stdout).toContain('left as it is')
  expect(readFileSync(job.authFile, 'utf8')).toBe(others)
  expect(statSync(job.authFile).mode & 0o777).toBe(0o600)
})
