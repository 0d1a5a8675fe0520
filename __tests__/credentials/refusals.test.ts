import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Job, type StepOptions, type StepResult, startJob } from '../action/run-action.js'
import { listing } from './folder.js'
import { FIRST, writing } from './keys.js'

/** Somebody who owns nothing here. */
const NOBODY = { uid: 65534, gid: 65534 }

/** Runs main, which must refuse: one error, in words, with everything as it was. */
async function refusal(job: Job, folder = job.home, options: StepOptions = {}): Promise<StepResult> {
  const before = listing(folder)
  const main = await job.main({ inputs: writing(), ...options })
  expect(listing(folder)).toEqual(before)
  expect(main.exitStatus).toBe(1)
  expect(main.annotations.map(({ name }) => name)).toEqual(['error'])
  expect(main.stdout + main.stderr).not.toMatch(/^\s+at /m)
  expect(main.outputs['auth-file']).toBe('')
  // And what the post step finds then is no reason to do or to say anything alarming.
  const post = await job.post(main, { ...options, inputs: {} })
  expect(post.exitStatus).toBe(0)
  expect(listing(folder)).toEqual(before)
  return main
}

async function unwritable(job: Job, reason: RegExp, folder = job.home, options: StepOptions = {}): Promise<void> {
  const main = await refusal(job, folder, options)
  expect(main.outputs.problem).toBe('auth-file-unwritable')
  expect(main.annotations[0]?.message).toMatch(reason)
  expect(main.annotations[0]?.message).toMatch(/, so the credentials were not written(?: there)?\./)
}

function homeOf(job: Job): string {
  mkdirSync(dirname(job.authFile), { recursive: true })
  return dirname(job.authFile)
}

describe('an auth.json that is no regular file is left alone', () => {
  test('a link to a file', async () => {
    const job = startJob()
    writeFileSync(join(homeOf(job), 'real.json'), '{}')
    symlinkSync('real.json', job.authFile)
    await unwritable(job, /auth\.json is a symbolic link/)
  })

  test('a link to nowhere, which is not created', async () => {
    const job = startJob()
    homeOf(job)
    symlinkSync('nowhere.json', job.authFile)
    await unwritable(job, /auth\.json is a symbolic link/)
  })

  test('a folder', async () => {
    const job = startJob()
    mkdirSync(join(homeOf(job), 'auth.json'))
    await unwritable(job, /auth\.json is a directory/)
  })

  test('a pipe, which nobody waits for', async () => {
    const job = startJob()
    homeOf(job)
    execFileSync('mkfifo', [job.authFile])
    await unwritable(job, /auth\.json is neither a file nor a folder/)
  }, 20_000)

  test('a file of 300 KiB', async () => {
    const job = startJob()
    homeOf(job)
    writeFileSync(job.authFile, `{"x": "${'y'.repeat(300 * 1024)}"}`)
    await unwritable(job, /auth\.json is larger than what this step edits \(256 KiB\)/)
  })

  test('a file that would be too long to be read again with all that is to be added', async () => {
    const job = startJob()
    homeOf(job)
    // An indentation of eight, which the entries get too.
    const long = `                "${'y'.repeat(32_000)}",\n`.repeat(8)
    writeFileSync(job.authFile, `{\n        "x": [\n${long}                ""\n        ]\n}\n`)
    const added = Array.from({ length: 9500 }, (_, index) => `"a${index}":"t"`)
    const inputs = { ...writing(), 'composer-auth': `{"bearer":{${added.join(',')}}}` }
    await unwritable(job, /auth\.json is larger than what this step edits/, job.home, { inputs })
  })
})

describe('a home that is no folder is left alone', () => {
  test('a file', async () => {
    const job = startJob()
    writeFileSync(join(job.home, '.config'), 'x')
    writeFileSync(join(job.home, '.composer'), 'x')
    await unwritable(job, /\/\.(?:config|composer) is not a folder, but has to be one/)
  })

  test('a file in the middle of its path', async () => {
    const job = startJob()
    writeFileSync(join(job.home, 'file'), 'x')
    const env = { COMPOSER_HOME: join(job.home, 'file', 'sub') }
    await unwritable(job, /\/file is not a folder, but has to be one/, job.home, { env })
  })

  test('a link to nowhere', async () => {
    const job = startJob()
    symlinkSync('nowhere', join(job.home, '.composer'))
    await unwritable(job, /\/\.composer is not a folder, but has to be one/)
  })

  test('none at all', async () => {
    const job = startJob()
    await unwritable(job, /no place for auth\.json/, job.home, { env: { HOME: '' } })
  })
})

const asRoot = process.getuid?.() === 0 ? describe : describe.skip
// The tests run as root here and the step as somebody else: root may write anywhere.
asRoot('what the user of the job may not write is left alone', () => {
  /** A job that belongs to nobody, so that only what a test takes away is missing. */
  function jobOfNobody(): Job {
    const job = startJob()
    for (const folder of [job.root, job.home, job.workspace, job.temp, homeOf(job)]) {
      chownSync(folder, NOBODY.uid, NOBODY.gid)
    }
    return job
  }

  test('a folder that may be read only', async () => {
    const job = jobOfNobody()
    writeFileSync(job.authFile, '{}')
    chmodSync(dirname(job.authFile), 0o555)
    await unwritable(job, /cannot be read or written by this job’s user \(EACCES\)/, job.home, NOBODY)
  })

  test('a folder that may not be searched', async () => {
    const job = jobOfNobody()
    writeFileSync(job.authFile, '{}')
    chmodSync(dirname(job.authFile), 0o600)
    await unwritable(job, /cannot be read or written by this job’s user \(EACCES\)/, job.home, NOBODY)
  })

  test('a file that may not be read', async () => {
    const job = jobOfNobody()
    writeFileSync(job.authFile, '{}', { mode: 0o600 })
    await unwritable(job, /cannot be read or written by this job’s user \(EACCES\)/, job.home, NOBODY)
  })

  test('a home in which no folder may be created', async () => {
    const job = jobOfNobody()
    rmSync(dirname(job.authFile), { recursive: true })
    chmodSync(job.home, 0o555)
    await unwritable(job, /cannot be read or written by this job’s user \(EACCES\)/, job.home, NOBODY)
  })

  test('nothing is missing otherwise: the same job may write', async () => {
    const job = jobOfNobody()
    const main = await job.main({ inputs: writing(), ...NOBODY })
    expect(main.exitStatus).toBe(0)
    expect((await job.post(main, NOBODY)).exitStatus).toBe(0)
    expect(existsSync(job.authFile)).toBe(false)
  })

  test('a file that belongs to root in a folder of the job is replaced, and has its bytes and mode again after it', async () => {
    const job = jobOfNobody()
    writeFileSync(job.authFile, '{ }', { mode: 0o644 })
    const main = await job.main({ inputs: writing(), ...NOBODY })
    expect(main.exitStatus).toBe(0)
    await job.post(main, NOBODY)
    expect(listing(dirname(job.authFile))).toEqual(['100644 65534:65534 auth.json { }'])
  })
})

/** Whether this machine lets the tests mount; a container seldom does. */
const mayMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})()
const withMounts = mayMount ? describe : describe.skip

withMounts('a disk that takes nothing is left alone', () => {
  const mounted: string[] = []
  afterEach(() => {
    for (const folder of mounted.splice(0).toReversed()) execFileSync('umount', [folder])
  })
  function mount(folder: string, ...options: string[]): void {
    execFileSync('mount', [...options, folder])
    mounted.push(folder)
  }

  // A tmpfs counts pages: the file below takes all of them. Folders need none, files do.
  test.each([
    ['without an auth.json', undefined],
    ['with one', '{"bearer": {"b.example": "t"}}\n'],
  ])('a full one %s', async (_, authJson) => {
    const job = startJob()
    mount(homeOf(job), '-t', 'tmpfs', '-o', 'size=64k', 'none')
    if (authJson !== undefined) writeFileSync(job.authFile, authJson)
    expect(() => writeFileSync(join(dirname(job.authFile), 'filler'), Buffer.alloc(1024 * 1024))).toThrow(/ENOSPC/)
    await unwritable(job, /the disk is full or a quota is reached \(ENOSPC\)/)
  })

  // Room for one small file and no more, then for two and so on: each time another one of the files does not fit.
  test.each([1, 2, 3, 4])('one with room for %i files of a page', async (pages) => {
    const job = startJob()
    mount(homeOf(job), '-t', 'tmpfs', '-o', 'size=64k', 'none')
    const authJson = `{"bearer": {"b.example": "${'t'.repeat(5000)}"}}\n`
    writeFileSync(job.authFile, authJson)
    expect(() => writeFileSync(join(dirname(job.authFile), 'filler'), Buffer.alloc(1024 * 1024))).toThrow(/ENOSPC/)
    execFileSync('truncate', ['-s', `-${pages * 4096}`, join(dirname(job.authFile), 'filler')])
    await unwritable(job, /the disk is full or a quota is reached \(ENOSPC\)/)
  })

  test('one without room for another name', async () => {
    const job = startJob()
    mount(homeOf(job), '-t', 'tmpfs', '-o', 'nr_inodes=2', 'none')
    writeFileSync(job.authFile, '{}')
    await unwritable(job, /the disk is full or a quota is reached \(ENOSPC\)/)
  })

  test('one that fills up during the job gives the credentials up all the same where there was no auth.json', async () => {
    const job = startJob()
    mount(homeOf(job), '-t', 'tmpfs', '-o', 'size=64k', 'none')
    const main = await job.main({ inputs: writing() })
    expect(main.exitStatus).toBe(0)
    const filler = join(dirname(job.authFile), 'filler')
    expect(() => writeFileSync(filler, Buffer.alloc(1024 * 1024))).toThrow(/ENOSPC/)
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(readdirSync(dirname(job.authFile))).toEqual(['filler'])
  })

  test('one that is mounted read-only', async () => {
    const job = startJob()
    mount(homeOf(job), '-t', 'tmpfs', 'none')
    writeFileSync(job.authFile, '{}')
    execFileSync('mount', ['-o', 'remount,ro', dirname(job.authFile)])
    await unwritable(job, /mounted read-only \(EROFS\)/)
  })

  test('an auth.json that is mounted by itself, as into a container', async () => {
    const job = startJob()
    writeFileSync(join(job.home, 'host-auth.json'), '{}')
    writeFileSync(join(homeOf(job), 'auth.json'), '')
    mount(job.authFile, '--bind', join(job.home, 'host-auth.json'))
    await unwritable(job, /cannot be replaced, as a file that is mounted into a container cannot \(EBUSY\)/)
  })
})

/** Whether files can be made immutable here. */
const mayFreeze = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'frozen-'))
  try {
    execFileSync('chattr', ['+i', folder], { stdio: 'ignore' })
    execFileSync('chattr', ['-i', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})()
const withImmutableFiles = mayFreeze ? test : test.skip

withImmutableFiles.each([
  ['file', (job: Job) => job.authFile],
  ['folder', (job: Job) => dirname(job.authFile)],
] as const)('an immutable %s is left alone', async (_, frozen) => {
  const job = startJob()
  writeFileSync(join(homeOf(job), 'auth.json'), '{}')
  execFileSync('chattr', ['+i', frozen(job)])
  try {
    await unwritable(job, /cannot be read or written by this job’s user \(EPERM\)/)
  } finally {
    execFileSync('chattr', ['-i', frozen(job)])
  }
})

describe('an auth.json that Composer would fail on is left alone, and nothing of it is shown', () => {
  /** Stands in every file of this table, where a parser could quote it. */
  const CONTENT = 'c0ntentThatNobodyMaySee'
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
  const ENTRY = `{"username": "${CONTENT}", "password": "${CONTENT}"}`

  test.each<{ title: string; file: string | Buffer; place: [number, number] | undefined; says: RegExp }>([
    { title: 'empty', file: '', place: undefined, says: /is empty/ },
    { title: 'white space', file: ' \n\t\r\n ', place: undefined, says: /is empty/ },
    {
      title: 'a comma too many in the object',
      file: `{\n  "a": "${CONTENT}",\n}\n`,
      place: [3, 1],
      says: /an extra comma/,
    },
    {
      title: 'a comma too many in an entry',
      file: `{"http-basic": {"h": {"username": "${CONTENT}",}}}`,
      place: [1, 61],
      says: /an extra comma/,
    },
    { title: 'a missing comma', file: `{\n  "a": "${CONTENT}"\n  "b": 1\n}`, place: [3, 3], says: /is not valid JSON/ },
    { title: 'a missing colon', file: `{"${CONTENT}" 1}`, place: [1, 28], says: /is not valid JSON/ },
    { title: 'a missing brace', file: `{"a": "${CONTENT}"`, place: [1, 32], says: /is not valid JSON/ },
    { title: 'a brace too many', file: `{"a": "${CONTENT}"}}`, place: [1, 33], says: /is not valid JSON/ },
    { title: 'single quotes', file: `{\r\n  '${CONTENT}': 1\r\n}`, place: [2, 3], says: /single quotes/ },
    { title: 'no quotes', file: `{\n  ${CONTENT}: 1\n}`, place: [2, 3], says: /is not valid JSON/ },
    { title: 'a comment', file: `{\n  // ${CONTENT}\n  "a": 1\n}`, place: [2, 3], says: /is not valid JSON/ },
    { title: 'a broken escape', file: `{"a": "${CONTENT}\\x"}`, place: [1, 7], says: /is not valid JSON/ },
    { title: 'a line break in a string', file: `{"a": "${CONTENT}\n"}`, place: [1, 7], says: /is not valid JSON/ },
    { title: 'a string without end', file: `{"a": "${CONTENT}`, place: [1, 7], says: /is not valid JSON/ },
    { title: 'text', file: `${CONTENT}\n`, place: [1, 1], says: /is not valid JSON/ },
    {
      title: 'merge conflict',
      file: `{\n<<<<<<< HEAD\n"a": "${CONTENT}"\n}`,
      place: [2, 1],
      says: /is not valid JSON/,
    },
    { title: 'two documents', file: `{}\n{"a": "${CONTENT}"}\n`, place: [2, 1], says: /is not valid JSON/ },
    {
      title: 'an unexpanded shell variable',
      file: '{"http-basic": ${MAGENTO_AUTH}}',
      place: [1, 16],
      says: /is not valid JSON/,
    },
    { title: 'a byte order mark', file: `\uFEFF{"a": "${CONTENT}"}`, place: undefined, says: /byte order mark/ },
    { title: 'UTF-16', file: utf16(`{"a": "${CONTENT}"}`), place: undefined, says: /is not UTF-8 text/ },
    {
      title: 'Latin-1',
      file: Buffer.from(`{"a": "${CONTENT}é"}`, 'latin1'),
      place: undefined,
      says: /is not UTF-8 text/,
    },
    {
      title: 'half a surrogate pair',
      file: `{"a": "${CONTENT}\\ud83d"}`,
      place: undefined,
      says: /PHP cannot decode it/,
    },
    {
      title: '600 levels',
      file: `{"${CONTENT}":${'['.repeat(600)}${']'.repeat(600)}}`,
      place: [1, 538],
      says: /nested too deeply/,
    },
    {
      title: '10000 levels',
      file: '[\n'.repeat(10_000) + ']'.repeat(10_000),
      place: [512, 1],
      says: /nested too deeply/,
    },
    { title: '10000 levels without end', file: '{"a":'.repeat(10_000), place: [1, 2556], says: /nested too deeply/ },
    { title: 'a string as the whole', file: `"${CONTENT}"`, place: undefined, says: /does not hold a JSON object/ },
    { title: 'a number as the whole', file: '42', place: undefined, says: /does not hold a JSON object/ },
    { title: 'null as the whole', file: 'null', place: undefined, says: /does not hold a JSON object/ },
    {
      title: 'a string as section',
      file: `{\n  "http-basic": "${CONTENT}"\n}`,
      place: [2, 17],
      says: /section `http-basic` at line \d+, column \d+ that is not an object/,
    },
    {
      title: 'null as section',
      file: '{\n  "bearer": null\n}',
      place: [2, 13],
      says: /section `bearer` at line \d+, column \d+ that is not an object/,
    },
    {
      title: 'a string as entry',
      file: `{"http-basic": {\n "h": "${CONTENT}"}}`,
      place: [2, 7],
      says: /wrong entry in `http-basic` at line \d+, column \d+: it must be /,
    },
    {
      title: 'an entry without password',
      file: `{"http-basic": {\n "h": {"username": "${CONTENT}"}}}`,
      place: [2, 7],
      says: /entry in `http-basic` without `password` at line \d+, column \d+\./,
    },
    {
      title: 'an entry with other names',
      file: `{"http-basic": {"g": ${ENTRY},\n "h": {"user": "${CONTENT}", "pass": "${CONTENT}"}}}`,
      place: [2, 7],
      says: /entry in `http-basic` without `username` at line \d+, column \d+\./,
    },
    {
      title: 'a number as password',
      file: `{"http-basic": {"h": {"username": "${CONTENT}", "password": 1}}}`,
      place: [1, 22],
      says: /wrong entry in `http-basic` at line \d+, column \d+: it must be /,
    },
    {
      title: 'an object as bearer',
      file: `{"bearer": {"h": {"token": "${CONTENT}"}}}`,
      place: [1, 18],
      says: /wrong entry in `bearer` at line \d+, column \d+: it must be /,
    },
    {
      title: 'null as github-oauth',
      file: '{"github-oauth": {"github.com": null}}',
      place: [1, 33],
      says: /wrong entry in `github-oauth` at line \d+, column \d+: it must be /,
    },
    {
      title: 'gitlab-oauth without token',
      file: '{"gitlab-oauth": {"h": {}}}',
      place: [1, 24],
      says: /entry in `gitlab-oauth` without `token` at line \d+, column \d+\./,
    },
    {
      title: 'gitlab-token without user',
      file: `{"gitlab-token": {"h": {"token": "${CONTENT}"}}}`,
      place: [1, 24],
      says: /entry in `gitlab-token` without `username` at line \d+, column \d+\./,
    },
    {
      title: 'bitbucket-oauth without secret',
      file: `{"bitbucket-oauth": {"h": {"consumer-key": "${CONTENT}"}}}`,
      place: [1, 27],
      says: /entry in `bitbucket-oauth` without `consumer-secret` at line \d+, column \d+\./,
    },
  ])('$title', async ({ file, place, says }) => {
    const job = startJob()
    homeOf(job)
    writeFileSync(job.authFile, file)
    const main = await refusal(job, job.home, { inputs: writing(FIRST), secrets: [CONTENT] })
    expect(main.outputs.problem).toBe('auth-file-invalid')
    const message = main.annotations[0]?.message ?? ''
    expect(message).toMatch(says)
    expect(/at line (\d+), column (\d+)/.exec(message)?.slice(1).map(Number)).toEqual(place)
    expect(message).toContain('It was left unchanged, and this step’s credentials were not written there.')
  })
})
