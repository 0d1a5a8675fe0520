import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { killedAt, MODES } from '../credentials/killed.js'
import { askAccess, repository } from '../server/access-step.js'
import { matchedIn, registered } from './registered-matcher.js'
import { startJob } from './run-action.js'
import { inputsFor, NO_KEYS, PAIR } from './step-inputs.js'

const off = (url?: string, more = {}) =>
  inputsFor(url, PAIR, { check: 'off', 'job-summary': 'false', 'problem-matcher': 'true', ...more })
const OWNER = 'magento-composer-auth-repo.magento.com'
const FILE = 'magento-composer-auth-00000000-0000-4000-8000-000000000000.matcher.json'
const matcherCommands = ({ commands }: Parameters<typeof registered>[0]) =>
  commands.filter(({ name }) => name.endsWith('-matcher'))

describe('a problem matcher', () => {
  test('is registered by the last line of main, and its removal is the first of post', async () => {
    const job = startJob()
    const server = await repository()
    // What this step itself says quotes Composer.
    server.faults.order('/packages.json', { kind: 'status', status: 404 })
    const main = await askAccess(server.url, { job, inputs: { 'problem-matcher': 'true' } })
    expect([main.exitStatus, main.outputs.problem, main.stderr]).toEqual([1, 'repository-not-found', ''])
    const { path, owner, severity, pattern } = registered(main)
    expect(main.stdout.trimEnd().split('\n').at(-1)).toBe(`::add-matcher::${path}`)
    expect([owner, severity]).toEqual([`magento-composer-auth-${server.origin.replace(':', '_')}`, 'warning'])
    expect(matchedIn(main.stdout.replaceAll('%0A', '\n'), { pattern })).not.toEqual([])

    const post = await job.post(main)
    expect(post.stdout.split('\n')[0]).toBe(`::remove-matcher owner=${owner}::`)
    expect([post.exitStatus, post.annotations, readdirSync(job.temp)]).toEqual([0, [], []])
  })

  test('is in a new file in the runner’s folder, which the runner may read whoever this step is', async () => {
    const job = startJob()
    const main = await job.main({
      inputs: off(),
      nodeOptions: ['--import', 'data:text/javascript,process.umask(0o077)'],
    })
    const { path } = registered(main)
    expect(readdirSync(job.temp).map((name) => join(job.temp, name))).toEqual([path])
    expect(statSync(path).mode & 0o777).toBe(0o644)
    expect(JSON.parse(main.state.problem_matcher ?? '')).toEqual({ owner: OWNER, path })
  })

  test('names its file as the runner reads commands', async () => {
    const job = startJob()
    const temp = join(job.root, 'of 100%25')
    mkdirSync(temp)
    const main = await job.main({ inputs: off(), env: { RUNNER_TEMP: temp } })
    expect(registered(main).path.startsWith(join(temp, 'magento-composer-auth-'))).toBe(true)
    await job.post(main)
    expect(readdirSync(temp)).toEqual([])
  })

  test('is one for each host, and a later one for the same host takes its place', async () => {
    const job = startJob()
    const uses = []
    for (const url of [undefined, 'https://a.example:8443/x/', 'https://A_b*.example/', 'https://repo.magento.com/y/'])
      uses.push(await job.main({ inputs: off(url) }))
    expect(uses.map((main) => registered(main).owner)).toEqual([
      OWNER,
      'magento-composer-auth-a.example_8443',
      'magento-composer-auth-a_b_.example',
      OWNER,
    ])
    for (const main of uses.toReversed()) await job.post(main)
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('goes with its step also where the credentials stay', async () => {
    const job = startJob()
    const main = await job.main({ inputs: off(undefined, { cleanup: 'false' }) })
    const { path, owner } = registered(main)
    const post = await job.post(main)
    expect(matcherCommands(post)).toEqual([{ name: 'remove-matcher', properties: { owner }, message: '' }])
    expect([existsSync(path), existsSync(job.authFile)]).toEqual([false, true])
  })

  test.each([
    ['by default', inputsFor(undefined, PAIR, { check: 'off' })],
    ['where keys are missing and may be', inputsFor(undefined, NO_KEYS, { 'if-keys-missing': 'ignore' })],
    [
      'for downloads alone',
      inputsFor(undefined, NO_KEYS, { check: 'off', 'mage-id': 'MAG000000001', 'download-token': 'a'.repeat(40) }),
    ],
    ['where an input cannot be read', inputsFor(undefined, PAIR, { check: 'everything' })],
  ])('is not there %s', async (when, inputs) => {
    const job = startJob()
    const main = await job.main({ inputs: when === 'by default' ? inputs : { ...inputs, 'problem-matcher': 'true' } })
    expect(matcherCommands(main)).toEqual([])
    expect(main.state).not.toHaveProperty('problem_matcher')
    expect(matcherCommands(await job.post(main))).toEqual([])
  })
})

describe('of lines like Composer’s, a matcher finds', () => {
  const says = (url: string) => `The "${url}" file could not be downloaded (HTTP/2 404 )`
  const curl = 'curl error 28 while downloading https://repo.magento.com/x.zip: Operation timed out'

  test.each([
    ['an archive', `    Failed to download a/b from dist: ${says('https://repo.magento.com/b.zip')}`],
    ['what a build puts something in front of', `#8 1.27   ${says('https://repo.magento.com/packages.json')}: `],
    ['what has colours', `\x1b[31m${says('https://repo.magento.com/b.zip')}\x1b[0m`],
    ['a transfer that broke', `  ${curl}  `],
  ])('%s', async (_, line) => {
    const matcher = registered(await startJob().main({ inputs: off() }))
    const [message = ''] = matchedIn(line, matcher)
    expect([says('https://repo.magento.com/b.zip'), says('https://repo.magento.com/packages.json'), curl]).toContain(
      message.replace('Failed to download a/b from dist: ', ''),
    )
  })

  test.each([
    ['another host', says('https://repo-magento.com/b.zip')],
    ['a host that only begins alike', says('https://repo.magento.com.example/b.zip')],
    ['a host that only ends alike', says('https://mirror.repo.magento.com/b.zip')],
    ['another port', says('https://repo.magento.com:8443/b.zip')],
    ['another status', says('https://repo.magento.com/b.zip').replace('404', '500')],
    ['a status that begins alike', says('https://repo.magento.com/b.zip').replace('404 ', '4040')],
    ['an error that is a command', `::error ::${says('https://repo.magento.com/b.zip')}`],
    ['a URL alone', 'https://repo.magento.com/b.zip (HTTP/2 404)'],
  ])('nothing about %s', async (_, line) => {
    expect(matchedIn(line, registered(await startJob().main({ inputs: off() })))).toEqual([])
  })

  test('no host that its own characters would make it fit', async () => {
    const matcher = registered(await startJob().main({ inputs: off('https://a+(b)*.example/') }))
    expect(matchedIn(says('https://a+(b)*.example/x'), matcher)).toHaveLength(1)
    for (const host of ['aab.example', 'ab.example', 'a+(b)*xexample'])
      expect(matchedIn(says(`https://${host}/x`), matcher)).toEqual([])
  })
})

describe('what stands in the way of a problem matcher is a warning, and the step’s verdict stands', () => {
  const unregistered = {
    exitStatus: 0,
    stderr: '',
    outputs: { status: 'ready', problem: '' },
    annotations: [{ name: 'warning', properties: { title: 'No problem matcher was registered' } }],
  }

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no temporary folder', { RUNNER_TEMP: undefined }, 'RUNNER_TEMP'],
    ['one that is not there', { RUNNER_TEMP: '/nonexistent/temp' }, 'ENOENT'],
    ['state that cannot be saved', { GITHUB_STATE: '/dev/full' }, 'GITHUB_STATE (ENOSPC)'],
  ])('%s', async (_, env, names) => {
    const job = startJob()
    const main = await job.main({ inputs: off(undefined, { cleanup: 'false' }), env })
    expect(main).toMatchObject(unregistered)
    expect(main.annotations[0]?.message).toContain(names)
    expect(matcherCommands(main)).toEqual([])
    expect(readdirSync(job.temp)).toEqual([])
    expect((await job.post(main)).annotations).toEqual([])
  })
})

describe('the post step of a problem matcher', () => {
  test('believes no state that names another owner or file', async () => {
    const job = startJob()
    const theirs = join(job.workspace, 'matcher.json')
    writeFileSync(theirs, 'somebody’s')
    const ours = join(job.temp, FILE)
    writeFileSync(ours, '{}')
    for (const matcher of [
      { owner: OWNER, path: theirs },
      { owner: OWNER, path: `./${FILE}` },
      { owner: 'eslint-stylish', path: ours },
      { owner: `${OWNER}::\n::error::x`, path: ours },
      { owner: `${OWNER},owner=tsc`, path: ours },
      { owner: OWNER },
      [OWNER, ours],
      'x',
    ]) {
      const post = await job.post({ state: { problem_matcher: JSON.stringify(matcher) } })
      expect([post.exitStatus, post.commands]).toEqual([0, []])
    }
    expect([existsSync(theirs), existsSync(ours)]).toEqual([true, true])
  })

  test('takes the credentials away also where the file cannot be removed, and fails nothing', async () => {
    const job = startJob()
    const main = await job.main({ inputs: off() })
    const path = join(job.temp, FILE)
    mkdirSync(path)
    const state = { ...main.state, problem_matcher: JSON.stringify({ owner: OWNER, path }) }
    const post = await job.post({ state })
    expect([post.exitStatus, post.annotations, existsSync(job.authFile)]).toEqual([0, [], false])
    expect(post.stdout).toContain(`${path}, which holds no secret, cannot be removed`)
  })
})

describe.each(MODES)('main killed %s each of its changes', (when) => {
  test('leaves no matcher behind its post step', async () => {
    let killedWhileWriting = 0
    for (let n = 1; ; n++) {
      const job = startJob()
      const main = await job.main({ inputs: off(undefined, { 'auth-location': 'env' }), ...killedAt(n, when) })
      const announced = main.state.problem_matcher !== undefined
      const post = await job.post(main)
      expect([n, post.exitStatus, readdirSync(job.temp)]).toEqual([n, 0, []])
      expect([n, matcherCommands(post).length]).toEqual([n, announced ? 1 : 0])
      if (announced && main.signal !== null) killedWhileWriting++
      if (main.signal !== null) continue
      expect(matcherCommands(main)).toHaveLength(1)
      expect(killedWhileWriting).toBeGreaterThanOrEqual(when === 'before' ? 2 : 3)
      return
    }
  }, 120_000)
})
