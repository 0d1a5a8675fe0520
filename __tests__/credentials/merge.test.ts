import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { listing, modeOf } from './folder.js'
import { FIRST, writing } from './keys.js'

const PUBLIC = FIRST.username
const PRIVATE = FIRST.password
const HOST = 'repo.magento.com'

/** A job whose Composer home holds this auth.json. */
function jobWith(authJson: string | Buffer): Job {
  const job = startJob()
  mkdirSync(dirname(job.authFile))
  writeFileSync(job.authFile, authJson, { mode: 0o600 })
  return job
}

async function written(job: Job, inputs = writing()): Promise<StepResult> {
  const main = await job.main({ inputs })
  expect(main.annotations).toEqual([])
  expect(main.exitStatus).toBe(0)
  return main
}

/** An entry of `http-basic` as an editor lays it out; the host and the values are JSON's own spelling. */
const laidOut = (host: string, username: string, password: string, indent: string, eol: string) =>
  [
    `"${host}": {`,
    `${indent.repeat(3)}"username": "${username}",`,
    `${indent.repeat(3)}"password": "${password}"`,
    `${indent.repeat(2)}}`,
  ].join(eol)
const entry = (indent: string, eol = '\n') => laidOut(HOST, PUBLIC, PRIVATE, indent, eol)
const other = (host: string, indent: string, eol = '\n') => laidOut(host, 'u', 'p', indent, eol)

describe('a new auth.json', () => {
  test('holds the one entry, in the form that Composer gives it', async () => {
    const job = startJob()
    await written(job)
    expect(readFileSync(job.authFile, 'utf8')).toBe(`{\n    "http-basic": {\n        ${entry('    ')}\n    }\n}\n`)
  })

  test('is for its owner alone even where the umask lets everybody in', async () => {
    const job = startJob()
    const main = await job.main({
      inputs: writing(),
      nodeOptions: ['--import', 'data:text/javascript,process.umask(0)'],
    })
    expect(main.exitStatus).toBe(0)
    expect(modeOf(job.authFile)).toBe(0o600)
    expect(modeOf(`${job.authFile}.magento-composer-auth`)).toBe(0o600)
  })

  test('is gone after the job, with every folder that was created for it', async () => {
    const job = startJob()
    const env = { COMPOSER_HOME: join(job.home, 'a', 'b', 'c') }
    const before = listing(job.home)
    const main = await job.main({ inputs: writing(), env })
    expect(existsSync(join(env.COMPOSER_HOME, 'auth.json'))).toBe(true)
    const post = await job.post(main, { env })
    expect(post.exitStatus).toBe(0)
    expect(listing(job.home)).toEqual(before)
  })

  test('goes alone where another step put something into the created folder', async () => {
    const job = startJob()
    const main = await written(job)
    writeFileSync(join(dirname(job.authFile), 'config.json'), '{}')
    await job.post(main)
    expect(listing(dirname(job.authFile)).map((line) => line.split(' ')[2])).toEqual(['config.json'])
  })
})

describe('an existing auth.json', () => {
  const OTHER = '"other.example": { "username": "somebody", "password": "something" }'
  test.each<{ title: string; before: string; after: string }>([
    {
      title: 'two spaces stay two spaces',
      before: `{\n  "http-basic": {\n    ${other('a.example', '  ')}\n  }\n}\n`,
      after: `{\n  "http-basic": {\n    ${other('a.example', '  ')},\n    ${entry('  ')}\n  }\n}\n`,
    },
    {
      title: 'four spaces stay four spaces',
      before: '{\n    "bearer": {\n        "b.example": "token"\n    },\n    "http-basic": {}\n}\n',
      after: `{\n    "bearer": {\n        "b.example": "token"\n    },\n    "http-basic": {\n        ${entry('    ')}\n    }\n}\n`,
    },
    {
      title: 'tabs stay tabs',
      before: `{\n\t"http-basic": {\n\t\t${other('a.example', '\t')}\n\t}\n}\n`,
      after: `{\n\t"http-basic": {\n\t\t${other('a.example', '\t')},\n\t\t${entry('\t')}\n\t}\n}\n`,
    },
    {
      title: 'line ends of Windows stay',
      before: `{\r\n  "http-basic": {\r\n    ${other('a.example', '  ', '\r\n')}\r\n  }\r\n}\r\n`,
      after: `{\r\n  "http-basic": {\r\n    ${other('a.example', '  ', '\r\n')},\r\n    ${entry('  ', '\r\n')}\r\n  }\r\n}\r\n`,
    },
    {
      title: 'a missing newline at the end stays missing',
      before: `{\n  "http-basic": {\n    ${other('a.example', '  ')}\n  }\n}`,
      after: `{\n  "http-basic": {\n    ${other('a.example', '  ')},\n    ${entry('  ')}\n  }\n}`,
    },
    {
      title: 'an entry for the host is replaced where it stands',
      before: `{\n  "http-basic": {\n    ${other(HOST, '  ')},\n    ${OTHER}\n  }\n}\n`,
      after: `{\n  "http-basic": {\n    ${entry('  ')},\n    ${OTHER}\n  }\n}\n`,
    },
    {
      title: 'sections that are not judged stay, with their order and spacing',
      before:
        '{\n  "zzz" : [1,  2],\n  "custom-headers": {"x.example": ["A: b"]},\n  "aaa":null,\n  "http-basic": {\n  }\n}\n',
      after: `{\n  "zzz" : [1,  2],\n  "custom-headers": {"x.example": ["A: b"]},\n  "aaa":null,\n  "http-basic": {\n    ${entry('  ')}\n  }\n}\n`,
    },
    {
      title: 'letters beyond ASCII and escapes stay as they are spelt',
      before: `{\n  "note": "Gr\\u00fc\\u00dfe \\/ Grüße 😀",\n  "http-basic": {\n    ${laidOut('ä.example', 'ü\\/', '\\ud83d\\ude00', '  ', '\n')}\n  }\n}\n`,
      after: `{\n  "note": "Gr\\u00fc\\u00dfe \\/ Grüße 😀",\n  "http-basic": {\n    ${laidOut('ä.example', 'ü\\/', '\\ud83d\\ude00', '  ', '\n')},\n    ${entry('  ')}\n  }\n}\n`,
    },
    {
      title: 'keys that mean something to JavaScript stay ordinary keys',
      before: `{\n  "__proto__": {"x": 1},\n  "constructor": "c",\n  "http-basic": {\n    ${other('__proto__', '  ')},\n    ${other('toString', '  ')}\n  }\n}\n`,
      after: `{\n  "__proto__": {"x": 1},\n  "constructor": "c",\n  "http-basic": {\n    ${other('__proto__', '  ')},\n    ${other('toString', '  ')},\n    ${entry('  ')}\n  }\n}\n`,
    },
    {
      title: 'hosts that look like addresses or numbers keep their place',
      before: `{\n  "http-basic": {\n    ${other('b.example', '  ')},\n    ${other('127.0.0.1', '  ')},\n    ${other('9.0.0.1:80', '  ')},\n    ${other('010', '  ')}\n  }\n}\n`,
      after: `{\n  "http-basic": {\n    ${other('b.example', '  ')},\n    ${other('127.0.0.1', '  ')},\n    ${other('9.0.0.1:80', '  ')},\n    ${other('010', '  ')},\n    ${entry('  ')}\n  }\n}\n`,
    },
  ])('$title, and every byte is back after the job', async ({ before, after }) => {
    const job = jobWith(before)
    const listed = listing(job.home)
    const main = await written(job)
    expect(readFileSync(job.authFile, 'utf8')).toBe(after)
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(post.annotations).toEqual([])
    expect(listing(job.home)).toEqual(listed)
  })

  test.each<{ title: string; before: string; after: unknown }>([
    { title: 'on one line', before: '{"bearer":{"b.example":"t"}}', after: { bearer: { 'b.example': 't' } } },
    {
      title: 'on one line with a section',
      before: '{"http-basic":{"a.example":{"username":"u","password":"p"}}}',
      after: { 'http-basic': { 'a.example': { username: 'u', password: 'p' } } },
    },
    { title: 'that is an empty array, as PHP writes an empty object', before: '[]', after: {} },
    { title: 'that is an empty array among white space', before: ' \n[ ]\n', after: {} },
    { title: 'whose section is an empty array', before: '{"http-basic": [], "bearer": []}\n', after: { bearer: [] } },
    { title: 'that is an empty object', before: '{}', after: {} },
    { title: 'whose section stands twice', before: `{"http-basic": {${OTHER}}, "http-basic": {}}`, after: {} },
    {
      title: 'whose entry for the host stands twice',
      before: `{\n  "http-basic": {\n    "${HOST}": {"username": "a", "password": "b"},\n    ${OTHER},\n    "${HOST}": {"username": "c", "password": "d"}\n  }\n}\n`,
      after: { 'http-basic': { 'other.example': { username: 'somebody', password: 'something' } } },
    },
    {
      title: 'whose section stands twice, the last time without the host',
      before: `{"http-basic": {"${HOST}": {"username": "a", "password": "b"}}, "x": 1, "http-basic": {${OTHER}}}`,
      after: { x: 1, 'http-basic': { 'other.example': { username: 'somebody', password: 'something' } } },
    },
  ])('$title takes the entry, and every byte is back after the job', async ({ before, after }) => {
    const job = jobWith(before)
    const listed = listing(job.home)
    const main = await written(job)
    const now = JSON.parse(readFileSync(job.authFile, 'utf8'))
    const expected = after as { 'http-basic'?: object }
    expect(now).toEqual({
      ...expected,
      'http-basic': { ...expected['http-basic'], [HOST]: { username: PUBLIC, password: PRIVATE } },
    })
    await job.post(main)
    expect(listing(job.home)).toEqual(listed)
  })

  test('is closed to others while our keys are in it, and opened again after the job', async () => {
    const job = jobWith('{}\n')
    chmodSync(job.authFile, 0o644)
    const main = await written(job)
    expect(modeOf(job.authFile)).toBe(0o600)
    await job.post(main)
    expect(modeOf(job.authFile)).toBe(0o644)
  })

  test('is closed to others also where the same keys stood in it before', async () => {
    const same = `{"http-basic":{"${HOST}":{"username":"${PUBLIC}","password":"${PRIVATE}"}}}`
    const job = jobWith(same)
    chmodSync(job.authFile, 0o664)
    const before = listing(job.home)
    const main = await written(job)
    expect(modeOf(job.authFile)).toBe(0o600)
    expect(readFileSync(job.authFile, 'utf8')).toBe(same)
    await job.post(main)
    expect(listing(job.home)).toEqual(before)
  })

  test('gets its mode back also when another step wrote to it in between', async () => {
    const job = jobWith('{"http-basic": {}}\n')
    chmodSync(job.authFile, 0o640)
    const main = await written(job)
    const { 'http-basic': section } = JSON.parse(readFileSync(job.authFile, 'utf8'))
    writeFileSync(job.authFile, JSON.stringify({ 'http-basic': section, bearer: { 'b.example': 't' } }))
    await job.post(main)
    expect(modeOf(job.authFile)).toBe(0o640)
    expect(JSON.parse(readFileSync(job.authFile, 'utf8'))).toEqual({ 'http-basic': {}, bearer: { 'b.example': 't' } })
  })

  // Only root may give a file to somebody else.
  const asRoot = process.getuid?.() === 0 ? test : test.skip
  asRoot('belongs to its owner during and after the job', async () => {
    const job = jobWith('{}\n')
    chownSync(job.authFile, 4321, 1234)
    const main = await written(job)
    expect(lstatSync(job.authFile)).toMatchObject({ uid: 4321, gid: 1234 })
    await job.post(main)
    expect(lstatSync(job.authFile)).toMatchObject({ uid: 4321, gid: 1234 })
    expect(readFileSync(job.authFile, 'utf8')).toBe('{}\n')
  })

  test('is found through a linked home folder', async () => {
    const job = startJob()
    const real = join(job.root, 'elsewhere')
    mkdirSync(real)
    writeFileSync(join(real, 'auth.json'), '{"bearer":{}}', { mode: 0o600 })
    symlinkSync(real, dirname(job.authFile))
    const before = listing(job.root)
    const main = await written(job)
    expect(readFileSync(join(real, 'auth.json'), 'utf8')).toContain(PRIVATE)
    await job.post(main)
    // The runner's files of each step lie in the job's folder too.
    expect(listing(job.root).filter((line) => !line.includes('file-commands'))).toEqual(before)
  })
})

describe('the home folder', () => {
  test('holds nothing but auth.json after the job', async () => {
    const job = jobWith('{}')
    await job.post(await written(job))
    expect(listing(job.home).map((line) => line.split(' ')[2])).toEqual(['.composer', '.composer/auth.json'])
  })

  test('holds auth.json, and the record for the post step, and nothing else during the job', async () => {
    const job = startJob()
    await written(job)
    expect(
      listing(dirname(job.authFile)).map((line) =>
        line
          .split(' ')
          .filter((_, at) => at !== 1)
          .slice(0, 2)
          .join(' '),
      ),
    ).toEqual(['100600 auth.json', '100600 auth.json.magento-composer-auth'])
  })

  test('holds nothing but auth.json where the credentials are to stay', async () => {
    const job = startJob()
    const main = await written(job, writing(FIRST, { cleanup: 'false' }))
    expect(listing(dirname(job.authFile)).map((line) => line.split(' ')[2])).toEqual(['auth.json'])
    expect(main.state).toEqual({})
    const before = listing(job.home)
    const post = await job.post(main)
    expect(post.exitStatus).toBe(0)
    expect(listing(job.home)).toEqual(before)
  })
})
