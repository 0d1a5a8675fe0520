import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Job, type StepResult, startJob } from '../action/run-action.js'
import { listing, modeOf } from './folder.js'
import { FIRST, SECOND, writing } from './keys.js'

const HOST = 'repo.magento.com'
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const everything = (job: Job) => listing(job.root)
const magento = (job: Job) => join(job.workspace, 'var', 'composer_home', 'auth.json')
const at = (location: string, pair = FIRST as { username: string; password: string }) =>
  writing(pair, { 'auth-location': location })

/** The post step as the runner starts it: with what main exported in its environment. */
function post(job: Job, main: StepResult, env: Record<string, string> = {}): Promise<StepResult> {
  return job.post(main, { env: { ...main.exported, ...env } })
}

describe('a file', () => {
  test.each([
    ['global', (job: Job) => job.authFile],
    ['project', (job: Job) => join(job.workspace, 'auth.json')],
    ['magento', magento],
  ])(
    '%s: written 0600, named, and gone after the job with the folders that were made for it',
    async (location, pathIn) => {
      const job = startJob()
      const before = everything(job)
      const main = await job.main({ inputs: at(location) })
      const path = pathIn(job)
      expect(main.exitStatus).toBe(0)
      expect(main.outputs['auth-file']).toBe(path)
      expect(read(path)).toEqual({ 'http-basic': { [HOST]: FIRST } })
      expect(modeOf(path)).toBe(0o600)
      await post(job, main)
      expect(everything(job)).toEqual(before)
    },
  )

  test('project: nothing of ours lies in the work tree besides auth.json, and the user’s bytes and mode come back', async () => {
    const job = startJob()
    const path = join(job.workspace, 'auth.json')
    writeFileSync(path, '{ "http-basic": {"a.example": {"username":"u","password":"p"}},\n\n"github-oauth": {} }', {
      mode: 0o640,
    })
    const before = everything(job)
    const main = await job.main({ inputs: at('project') })
    expect(listing(job.workspace)).toHaveLength(1)
    expect(Object.keys(read(path)['http-basic'])).toEqual(['a.example', HOST])
    await post(job, main)
    expect(everything(job)).toEqual(before)
  })

  test('project: beside the composer.json that COMPOSER names, and beside the target where that is a link', async () => {
    const job = startJob()
    const shared = join(job.workspace, 'shared')
    mkdirSync(shared)
    mkdirSync(join(job.workspace, 'sub'))
    writeFileSync(join(shared, 'composer.json'), '{}')
    symlinkSync(join(shared, 'composer.json'), join(job.workspace, 'sub', 'linked.json'))
    const main = await job.main({ inputs: at('project'), env: { COMPOSER: 'sub/linked.json' } })
    expect(main.outputs['auth-file']).toBe(join(shared, 'auth.json'))
    await post(job, main)
    expect(existsSync(join(shared, 'auth.json'))).toBe(false)
  })

  test('one that two locations mean is written once', async () => {
    const job = startJob()
    const before = everything(job)
    const main = await job.main({ inputs: at('global, project'), env: { COMPOSER_HOME: job.workspace } })
    expect(main.outputs['auth-file']).toBe(join(job.workspace, 'auth.json'))
    await post(job, main)
    expect(everything(job)).toEqual(before)
  })

  test('the folder of a location may be a link, the file itself may not', async () => {
    const job = startJob()
    mkdirSync(join(job.workspace, 'elsewhere'))
    mkdirSync(join(job.workspace, 'var'))
    symlinkSync(join('..', 'elsewhere'), join(job.workspace, 'var', 'composer_home'))
    writeFileSync(join(job.root, 'target.json'), '{}')
    symlinkSync(join(job.root, 'target.json'), join(job.workspace, 'auth.json'))
    const before = everything(job)
    const main = await job.main({ inputs: at('project\nmagento') })
    expect(main.outputs.problem).toBe('auth-file-unwritable')
    expect(main.outputs['auth-file']).toBe(magento(job))
    expect(read(join(job.workspace, 'elsewhere', 'auth.json'))['http-basic'][HOST]).toEqual(FIRST)
    expect(readFileSync(join(job.root, 'target.json'), 'utf8')).toBe('{}')
    await post(job, main)
    expect(everything(job)).toEqual(before)
  })

  test('a project whose composer.json is not there yet: written, with a word that nobody reads it', async () => {
    const job = startJob()
    const main = await job.main({ inputs: at('project', SECOND), env: {} })
    expect(main.exitStatus).toBe(0)
    const checked = await job.main({
      inputs: { ...at('project'), check: 'full', 'repository-url': 'http://127.0.0.1:1/', retries: '0' },
    })
    const codes = JSON.parse(checked.outputs.problems ?? '[]').map(({ code, severity }: Record<string, string>) => [
      code,
      severity,
    ])
    expect(codes).toContainEqual(['credentials-missing', 'warning'])
  })
})

describe('the variable', () => {
  const held = { 'http-basic': { 'a.example': { username: 'u', password: 'p of a' } }, bearer: { 'b.example': 't' } }

  test('is exported on one line, with what it held, and holds that again after the job, byte for byte', async () => {
    const job = startJob()
    const text = JSON.stringify(held, null, 3)
    const before = everything(job)
    const main = await job.main({ inputs: at('env'), env: { COMPOSER_AUTH: text } })
    expect(main.exitStatus).toBe(0)
    expect(main.outputs['auth-file']).toBe('')
    const exported = main.exported.COMPOSER_AUTH ?? ''
    expect(exported).not.toMatch(/[\r\n]/)
    expect(JSON.parse(exported)).toEqual({
      ...held,
      'http-basic': { ...held['http-basic'], [HOST]: FIRST },
    })
    const after = await post(job, main)
    expect(after.exported).toEqual({ COMPOSER_AUTH: text })
    expect(everything(job)).toEqual(before)
  })

  test('that did not exist is empty after the job', async () => {
    const job = startJob()
    const before = everything(job)
    const main = await job.main({ inputs: at('env') })
    expect(JSON.parse(main.exported.COMPOSER_AUTH ?? '')).toEqual({ 'http-basic': { [HOST]: FIRST } })
    const after = await post(job, main)
    expect(after.exported).toEqual({ COMPOSER_AUTH: '' })
    expect(after.stdout).toContain('COMPOSER_AUTH is empty again.')
    expect(everything(job)).toEqual(before)
  })

  test('whose entry for the host was another’s gives that back', async () => {
    const job = startJob()
    const text = JSON.stringify({ 'http-basic': { [HOST]: SECOND } })
    const main = await job.main({ inputs: at('env'), env: { COMPOSER_AUTH: text }, secrets: [SECOND.password] })
    expect(JSON.parse(main.exported.COMPOSER_AUTH ?? '')['http-basic'][HOST]).toEqual(FIRST)
    // Another step adds an entry in between.
    const changed = JSON.parse(main.exported.COMPOSER_AUTH ?? '')
    changed.bearer = { 'later.example': 'token' }
    const after = await post(job, main, { COMPOSER_AUTH: JSON.stringify(changed) })
    expect(JSON.parse(after.exported.COMPOSER_AUTH ?? '')).toEqual({
      'http-basic': { [HOST]: SECOND },
      bearer: { 'later.example': 'token' },
    })
  })

  test('that another step replaced is left alone', async () => {
    const job = startJob()
    const main = await job.main({ inputs: at('env') })
    const after = await post(job, main, {
      COMPOSER_AUTH: '{"http-basic":{"x.example":{"username":"a","password":"b"}}}',
    })
    expect(after.exported).toEqual({})
    expect(after.stdout).toContain("holds nothing of this step's")
  })

  test('is emptied also where the post step sees what stood in its own env: before', async () => {
    const job = startJob()
    const text = JSON.stringify(held)
    const main = await job.main({ inputs: at('env'), env: { COMPOSER_AUTH: text } })
    // A step's own `env:` comes before what a step exported.
    const after = await post(job, main, { COMPOSER_AUTH: text })
    expect(after.exported).toEqual({ COMPOSER_AUTH: text })
  })

  test('of two uses of one job leaves in the runner’s order', async () => {
    const job = startJob()
    const first = await job.main({ inputs: at('env') })
    const second = await job.main({
      inputs: writing(SECOND, { 'auth-location': 'env', 'repository-url': 'https://b.example/' }),
      env: first.exported,
    })
    expect(Object.keys(JSON.parse(second.exported.COMPOSER_AUTH ?? '')['http-basic'])).toEqual([HOST, 'b.example'])
    const later = await post(job, second)
    expect(later.exported).toEqual(first.exported)
    const last = await post(job, first, later.exported)
    expect(last.exported).toEqual({ COMPOSER_AUTH: '' })
  })

  test('stays with cleanup: false', async () => {
    const job = startJob()
    const main = await job.main({ inputs: { ...at('env, global'), cleanup: 'false' } })
    const after = await post(job, main)
    expect(after.exported).toEqual({})
    expect(read(job.authFile)['http-basic'][HOST]).toEqual(FIRST)
  })

  test('that is no JSON is left as it is, and nothing is exported', async () => {
    const job = startJob()
    const main = await job.main({
      inputs: at('env'),
      env: { COMPOSER_AUTH: '{"http-basic": {"x": "marker-of-a-secret"' },
    })
    expect(main.exported).toEqual({})
    expect(main.outputs.problem).toBe('auth-file-invalid')
    const printed = main.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect(printed.join('\n')).not.toContain('marker-of-a-secret')
  })

  test('is not printed where the runner takes no variables from a file', async () => {
    const job = startJob()
    // An old runner, or something that took the variable away.
    const main = await job.main({
      inputs: at('env'),
      nodeOptions: ['--import', 'data:text/javascript,delete process.env.GITHUB_ENV'],
    })
    expect(main.stdout).not.toContain('::set-env')
    expect(main.outputs.problem).toBe('auth-file-unwritable')
  })

  test('after a main that was killed before it exported anything, what it kept goes with the post step', async () => {
    const job = startJob()
    const text = JSON.stringify(held)
    const before = everything(job)
    const main = await job.main({ inputs: at('env'), env: { COMPOSER_AUTH: text } })
    const killed = { ...main, exported: {} }
    await post(job, killed, { COMPOSER_AUTH: text })
    expect(everything(job)).toEqual(before)
  })
})

describe('every place together', () => {
  test('holds the credentials, and none of them afterwards', async () => {
    const job = startJob()
    mkdirSync(dirname(job.authFile), { recursive: true })
    writeFileSync(job.authFile, '{"bearer": {"a.example": "t"}}', { mode: 0o644 })
    const before = everything(job)
    const main = await job.main({ inputs: at('global\nproject, magento env') })
    expect(main.outputs['auth-file']?.split('\n')).toEqual([
      job.authFile,
      join(job.workspace, 'auth.json'),
      magento(job),
    ])
    for (const path of main.outputs['auth-file']?.split('\n') ?? [])
      expect(read(path)['http-basic'][HOST]).toEqual(FIRST)
    expect(JSON.parse(main.exported.COMPOSER_AUTH ?? '')['http-basic'][HOST]).toEqual(FIRST)
    await post(job, main)
    expect(everything(job)).toEqual(before)
  })

  test('an order that cannot be read writes nothing', async () => {
    const job = startJob()
    const before = everything(job)
    const main = await job.main({ inputs: at('global, somewhere') })
    expect(main.exitStatus).toBe(1)
    expect(everything(job)).toEqual(before)
  })
})

describe('beside setup-php', () => {
  const ofSetupPhp = '{"http-basic":{"repo.magento.com":{"username":"theirs","password":"also theirs"}}}'

  test('before this action: its file is the one that is written to, and comes back', async () => {
    const job = startJob()
    mkdirSync(join(job.home, '.composer'))
    writeFileSync(join(job.home, '.composer', 'auth.json'), ofSetupPhp)
    const before = everything(job)
    const main = await job.main({ inputs: at('global'), env: { XDG_CONFIG_HOME: join(job.home, '.config') } })
    expect(main.outputs['auth-file']).toBe(join(job.home, '.composer', 'auth.json'))
    expect(existsSync(join(job.home, '.config'))).toBe(false)
    await post(job, main)
    expect(everything(job)).toEqual(before)
  })

  test('after this action: its file stays, and the post step says what happened', async () => {
    const job = startJob()
    const main = await job.main({ inputs: at('global') })
    writeFileSync(job.authFile, ofSetupPhp)
    const after = await post(job, main)
    expect(readFileSync(job.authFile, 'utf8')).toBe(ofSetupPhp)
    expect(after.exitStatus).toBe(0)
    expect(after.stdout).toContain('setup-php with COMPOSER_AUTH_JSON does so, and belongs before this action')
    expect(existsSync(`${job.authFile}.magento-composer-auth`)).toBe(false)
  })
})
