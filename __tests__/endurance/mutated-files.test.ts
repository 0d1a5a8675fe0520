import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Job, type StepOptions, type StepResult, startJob } from '../action/run-action.js'
import { listing } from '../credentials/folder.js'
import { FIRST, writing } from '../credentials/keys.js'
import { composer, createWorkspace, realComposer } from '../testing/composer.js'
import { type MutatedFile, mutatedFile } from './mutated-file.js'
import { forEachRound, numbersFrom, Random, rounds } from './random.js'

const FILES = rounds({ few: 200, all: 1000 })
const FILES_PER_TEST = 100
const HOST = 'repo.magento.com'
const NOBODY = { uid: 65534, gid: 65534 }

/** A job in whose home something stands in the way of an auth.json, or an auth.json. */
interface Standing {
  readonly options: StepOptions
  /** Undoes what the removal of a temporary folder does not. */
  readonly undo?: () => void
}

interface Kind {
  readonly name: string
  readonly place: (job: Job, file: MutatedFile, random: Random) => Standing
}

const AS_FILE: Kind = {
  name: 'a file',
  place: (job, { bytes }, random) => {
    writeFileSync(job.authFile, bytes)
    chmodSync(job.authFile, random.oneOf([0o600, 0o644, 0o640, 0o666, 0o400, 0o755]))
    return { options: {} }
  },
}

/** Each is refused, whatever the contents. */
const IN_THE_WAY: readonly Kind[] = [
  {
    name: 'a directory',
    place: (job, { bytes, marker }) => {
      mkdirSync(job.authFile)
      writeFileSync(join(job.authFile, marker), bytes)
      return { options: {} }
    },
  },
  {
    name: 'a link to nowhere',
    place: (job, { marker }) => {
      symlinkSync(`${marker}.json`, job.authFile)
      return { options: {} }
    },
  },
  {
    name: 'a link to a file',
    place: (job, { bytes }) => {
      writeFileSync(join(job.home, 'real.json'), bytes)
      symlinkSync('../real.json', job.authFile)
      return { options: {} }
    },
  },
  {
    name: 'a link to a directory',
    place: (job) => {
      mkdirSync(join(job.home, 'real'))
      symlinkSync('../real', job.authFile)
      return { options: {} }
    },
  },
  {
    name: 'a link to itself',
    place: (job) => {
      symlinkSync('auth.json', job.authFile)
      return { options: {} }
    },
  },
]

const FIFO: Kind = {
  name: 'a pipe',
  place: (job) => {
    execFileSync('mkfifo', [job.authFile])
    return { options: {} }
  },
}

/** A folder with a file in it, of which the user of the step may do less than all. */
const permission = (name: string, folderMode: number, fileMode: number): Kind => ({
  name,
  place: (job, { bytes }) => {
    for (const folder of [job.root, job.home, job.workspace, job.temp, dirname(job.authFile)]) {
      chownSync(folder, NOBODY.uid, NOBODY.gid)
    }
    writeFileSync(job.authFile, bytes)
    chmodSync(job.authFile, fileMode)
    chmodSync(dirname(job.authFile), folderMode)
    return { options: NOBODY }
  },
})

const AS_ANOTHER: readonly Kind[] =
  process.getuid?.() === 0
    ? [
        permission('a file that may not be read', 0o755, 0o600),
        permission('a folder that may not be written to', 0o555, 0o644),
        permission('a folder that may not be searched', 0o600, 0o644),
      ]
    : []

const FULL_DISK: Kind = {
  name: 'a full disk',
  place: (job, { bytes }) => {
    const folder = dirname(job.authFile)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', folder])
    writeFileSync(job.authFile, bytes)
    try {
      writeFileSync(join(folder, 'filler'), Buffer.alloc(8 * 1024 * 1024))
    } catch {
      // Full: as it is to be.
    }
    return { options: {}, undo: () => execFileSync('umount', [folder]) }
  },
}

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

const KINDS: readonly Kind[] = [
  ...IN_THE_WAY,
  ...(process.platform === 'win32' ? [] : [FIFO]),
  ...AS_ANOTHER,
  ...(mayMount ? [FULL_DISK] : []),
]

/** The step must refuse: in words, nothing changed, nothing left, nothing of the file shown. */
function expectRefusal(main: StepResult): void {
  expect(main.exitStatus).toBe(1)
  expect(main.outputs.problem).toMatch(/^auth-file-(invalid|unwritable)$/)
  expect(main.outputs['auth-file']).toBe('')
  expect(main.annotations[0]?.name).toBe('error')
  // Composer may read a file that cannot be written to, through a link too: what it fails on, or other keys for the host.
  const codes: string[] = JSON.parse(main.outputs.problems ?? '[]').map(({ code }: { code: string }) => code)
  expect(codes.filter((code) => !/^(auth-file-(invalid|unwritable)|credentials-overridden)$/.test(code))).toEqual([])
}

/** No stack trace, and no piece of the marker. */
function expectNothingShown({ stdout, stderr, files }: StepResult, marker: string): void {
  expect(stdout + stderr).not.toMatch(/^\s+at |\bat .*\.js:\d+/m)
  expect(stderr).toBe('')
  // A mask is how the runner learns what to hide: it never shows that line.
  const printed = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const shown = [...printed, stderr, ...Object.values(files)].join('\n')
  const pieces = numbersFrom(0, marker.length - 9).map((at) => marker.slice(at, at + 10))
  expect(pieces.filter((piece) => shown.includes(piece))).toEqual([])
}

/** The file holds everything that it held, and the keys. */
function expectMerged(before: Buffer, after: Buffer): void {
  const held = JSON.parse(before.toString())
  const expected = Array.isArray(held) ? {} : held
  const basic = Object.hasOwn(expected, 'http-basic') ? expected['http-basic'] : {}
  expected['http-basic'] = { ...(Array.isArray(basic) ? {} : basic), [HOST]: FIRST }
  // Not `toEqual`, which passes over what is named __proto__.
  expect(isDeepStrictEqual(JSON.parse(after.toString()), expected)).toBe(true)
}

const verdicts = { accepted: 0, refused: 0 }

async function round(number: number): Promise<void> {
  const random = new Random(`place of file ${number}`)
  const file = mutatedFile(number, HOST)
  const kind = random.chance(0.1) ? random.oneOf(KINDS) : AS_FILE
  const job = startJob()
  mkdirSync(dirname(job.authFile))
  const { options, undo } = kind.place(job, file, random)
  try {
    const before = listing(job.root)
    const main = await job.main({ ...options, inputs: writing(), secrets: [file.marker] })
    expectNothingShown(main, file.marker)
    if (kind !== AS_FILE || main.exitStatus !== 0) {
      expectRefusal(main)
      expect(isDeepStrictEqual(listing(job.root), before)).toBe(true)
      verdicts.refused++
      return
    }
    // A token for GitHub that has become empty, or odd, stops Composer in some versions; that is for others to test.
    const told = main.annotations.filter(({ properties }) => !/token for GitHub$/.test(properties.title ?? ''))
    expect(told).toEqual([])
    expectMerged(file.bytes, readFileSync(job.authFile))
    const post = await job.post(main, options)
    expectNothingShown(post, file.marker)
    expect(post.exitStatus).toBe(0)
    expect(isDeepStrictEqual(listing(job.root), before)).toBe(true)
    verdicts.accepted++
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(`${kind.name}; ${file.how}: ${message}`, { cause: error })
  } finally {
    undo?.()
  }
}

describe('an auth.json in any state is refused and left alone, or merged and given back byte for byte', () => {
  test.each(numbersFrom(0, FILES / FILES_PER_TEST).map((part) => part * FILES_PER_TEST))(
    'from file %i on',
    (first) => forEachRound(numbersFrom(first, FILES_PER_TEST), round),
    300_000,
  )

  test('and both came about', () => {
    expect(verdicts.accepted).toBeGreaterThan(FILES / 5)
    expect(verdicts.refused).toBeGreaterThan(FILES / 5)
  })
})

const version = await realComposer()
const withComposer = version === null ? describe.skip : describe

withComposer(`the verdict is that of Composer ${version}`, () => {
  const SAMPLE = 60
  /** Composer's linter takes minutes to say what is wrong with a larger file. Bytes. */
  const LARGEST = 20_000
  let server: Server
  let host: string
  /** The `Authorization` of each request by the first part of its path, which names the run. */
  const seen = new Map<string, string | undefined>()
  beforeAll(async () => {
    server = createServer((request, response) => {
      const run = request.url?.split('/')[1] ?? ''
      if (!seen.has(run)) seen.set(run, request.headers.authorization)
      response.setHeader('content-type', 'application/json').end('{"packages": {}}')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((done) => server.close(done)))

  /** What the real Composer does with a file as its global auth.json. */
  async function judge(bytes: Buffer, run: string) {
    const workspace = await createWorkspace()
    try {
      writeFileSync(join(workspace.home, 'auth.json'), bytes)
      const cwd = join(workspace.root, 'project')
      mkdirSync(cwd)
      const repositories = [{ 'packagist.org': false }, { type: 'composer', url: `http://${host}/${run}` }]
      // Something must be looked for, or Composer asks no repository; that it is not found is exit status 2.
      const manifest = { repositories, config: { 'secure-http': false }, require: { 'a/b': '*' } }
      writeFileSync(join(cwd, 'composer.json'), JSON.stringify(manifest))
      const { exitCode, output } = await composer(['update', '--no-plugins'], { cwd, env: workspace.env })
      return { reads: exitCode === 2 && seen.has(run), authorization: seen.get(run), output }
    } finally {
      await workspace.remove()
    }
  }

  test(`of ${SAMPLE} files`, async () => {
    const small = numbersFrom(FILES, 2 * SAMPLE).filter((number) => mutatedFile(number, host).bytes.length < LARGEST)
    const sample = small.slice(0, SAMPLE)
    expect(sample.length).toBe(SAMPLE)
    await forEachRound(sample, async (number) => {
      const file = mutatedFile(number, host)
      const job = startJob()
      mkdirSync(dirname(job.authFile))
      writeFileSync(job.authFile, file.bytes)
      const inputs = writing(FIRST, { 'repository-url': `http://${host}/` })
      const main = await job.main({ inputs, secrets: [file.marker] })
      const found = await judge(file.bytes, `found-${number}`)
      const says = JSON.stringify({ how: file.how, problem: main.outputs.problem, composer: found.output })
      if (main.exitStatus !== 0) {
        expect(main.outputs.problem).toBe('auth-file-invalid')
        // Composer fails, or takes the file for nothing, as it would with our keys in it too.
        const nothing = found.output.includes('NULL value found') || isBareValue(file.bytes)
        if (found.reads && !nothing) throw new Error(`refused, and Composer reads it: ${says}`)
        return
      }
      // Which characters a GitHub token may have depends on Composer's version.
      if (/github oauth token .* contains invalid characters/i.test(found.output)) return
      if (!found.reads) throw new Error(`accepted, and Composer fails: ${says}`)
      const merged = await judge(readFileSync(job.authFile), `merged-${number}`)
      const pair = Buffer.from(`${FIRST.username}:${FIRST.password}`).toString('base64')
      expect({ reads: merged.reads, authorization: merged.authorization, says }).toEqual({
        reads: true,
        authorization: `Basic ${pair}`,
        says,
      })
    })
  }, 300_000)
})

/** A JSON text that is neither an object nor a list: Composer passes over it, and there is nothing to merge into. */
function isBareValue(bytes: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value !== 'object' || value === null
  } catch {
    return false
  }
}
