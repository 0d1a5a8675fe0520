import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { composerHome } from '../../src/composer/home.js'
import { startJob } from '../action/run-action.js'
import { realComposer } from '../testing/composer.js'

const KEYS = { 'public-key': '0123456789abcdef0123456789abcd01', 'private-key': 'fedcba9876543210fedcba98765432f1' }

const version = await realComposer()
const withComposer = version === null ? describe.skip : describe

/** What `composer config --global home` says with exactly these variables. */
async function homeAsComposerSaysIt(cwd: string, env: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)('composer', ['config', '--global', 'home'], {
    cwd,
    env: { ...env, COMPOSER_ALLOW_SUPERUSER: '1', COMPOSER_NO_INTERACTION: '1' },
  })
  return resolve(cwd, stdout.trim())
}

withComposer(`auth.json is written where Composer ${version} looks for it`, () => {
  /** `~` at the start of a path or a value is the home folder, `.` the folder that Composer runs in. */
  const CASES: readonly {
    title: string
    folders?: readonly string[]
    env?: Readonly<Record<string, string>>
    expected: string
  }[] = [
    { title: 'nothing but HOME', expected: '~/.composer' },
    { title: '~/.composer exists', folders: ['~/.composer'], expected: '~/.composer' },
    { title: '~/.config/composer exists', folders: ['~/.config/composer'], expected: '~/.config/composer' },
    { title: 'only ~/.config exists', folders: ['~/.config'], expected: '~/.composer' },
    { title: 'both exist', folders: ['~/.composer', '~/.config/composer'], expected: '~/.config/composer' },
    { title: 'a slash after HOME', folders: ['~/.composer'], env: { HOME: '~/' }, expected: '~/.composer' },
    {
      title: 'XDG_CONFIG_HOME with its folder',
      folders: ['~/xdg/composer', '~/.config/composer', '~/.composer'],
      env: { XDG_CONFIG_HOME: '~/xdg' },
      expected: '~/xdg/composer',
    },
    { title: 'XDG_CONFIG_HOME without its folder', env: { XDG_CONFIG_HOME: '~/xdg' }, expected: '~/.composer' },
    {
      title: 'XDG_CONFIG_HOME without its folder where both others exist',
      folders: ['~/.composer', '~/.config/composer'],
      env: { XDG_CONFIG_HOME: '~/xdg' },
      expected: '~/.composer',
    },
    {
      title: 'an empty XDG_CONFIG_HOME',
      folders: ['~/.config/composer'],
      env: { XDG_CONFIG_HOME: '' },
      expected: '~/.config/composer',
    },
    {
      title: 'a relative XDG_CONFIG_HOME',
      folders: ['./xdg/composer', '~/.composer'],
      env: { XDG_CONFIG_HOME: 'xdg' },
      expected: './xdg/composer',
    },
    { title: 'XDG_RUNTIME_DIR alone', env: { XDG_RUNTIME_DIR: '/run/user/0' }, expected: '~/.composer' },
    {
      title: 'XDG_RUNTIME_DIR with ~/.config/composer',
      folders: ['~/.config/composer', '~/.composer'],
      env: { XDG_RUNTIME_DIR: '/run/user/0' },
      expected: '~/.config/composer',
    },
    { title: 'COMPOSER_HOME', env: { COMPOSER_HOME: '~/of/its/own' }, expected: '~/of/its/own' },
    {
      title: 'COMPOSER_HOME before all others',
      folders: ['~/.composer', '~/.config/composer'],
      env: { COMPOSER_HOME: '~/own' },
      expected: '~/own',
    },
    { title: 'COMPOSER_HOME with a slash after it', env: { COMPOSER_HOME: '~/own//' }, expected: '~/own' },
    { title: 'a relative COMPOSER_HOME', env: { COMPOSER_HOME: 'own' }, expected: './own' },
    { title: 'a relative COMPOSER_HOME one folder up', env: { COMPOSER_HOME: '../own' }, expected: './../own' },
    { title: 'COMPOSER_HOME that begins with a literal tilde', env: { COMPOSER_HOME: '\\~/own' }, expected: '~/own' },
    { title: 'COMPOSER_HOME that is a lone tilde', env: { COMPOSER_HOME: '\\~' }, expected: './~' },
    { title: 'COMPOSER_HOME with a variable', env: { COMPOSER_HOME: '$PLACE/own', PLACE: '~/a' }, expected: '~/a/own' },
    { title: 'COMPOSER_HOME with %VAR%', env: { COMPOSER_HOME: '%PLACE%/own', PLACE: '~/a' }, expected: '~/a/own' },
    {
      title: 'COMPOSER_HOME with braces, which are no variable',
      env: { COMPOSER_HOME: '${PLACE}/own', PLACE: '/a' },
      expected: './${PLACE}/own',
    },
    {
      title: 'COMPOSER_HOME with a variable in the middle',
      env: { COMPOSER_HOME: '~/$PLACE', PLACE: '/a' },
      expected: '~/$PLACE',
    },
    { title: 'COMPOSER_HOME `0`, which PHP takes for unset', env: { COMPOSER_HOME: '0' }, expected: '~/.composer' },
    { title: 'an empty COMPOSER_HOME', folders: ['~/.composer'], env: { COMPOSER_HOME: '' }, expected: '~/.composer' },
  ]

  // Composer runs in the project's folder, which is not the one that the step itself runs in.
  test.each(CASES)('$title: $expected', async ({ folders = [], env = {}, expected }) => {
    const job = startJob()
    const project = join(job.workspace, 'project')
    const placed = (path: string) =>
      path
        .replace(/^~(?=\/|$)/, job.home)
        .replace(/^\.(?=\/|$)/, project)
        .replace(/^\\~/, '~')
    for (const folder of [project, ...folders.map(placed)]) mkdirSync(folder, { recursive: true })
    const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, placed(value)]))

    const main = await job.main({
      inputs: { ...KEYS, check: 'off', 'working-directory': 'project' },
      env: variables,
    })
    expect(main.exitStatus).toBe(0)
    const file = main.outputs['auth-file'] ?? ''
    expect(file).toBe(join(resolve(placed(expected)), 'auth.json'))
    expect(existsSync(file)).toBe(true)
    expect(await homeAsComposerSaysIt(project, { ...job.env, ...variables })).toBe(dirname(file))

    const post = await job.post(main, { env: variables })
    expect(post.exitStatus).toBe(0)
    expect(existsSync(file)).toBe(false)
  })

  test('a folder that is a link counts as a folder', async () => {
    const job = startJob()
    mkdirSync(join(job.root, 'elsewhere'))
    mkdirSync(join(job.home, '.config'))
    symlinkSync(join(job.root, 'elsewhere'), join(job.home, '.config', 'composer'))
    mkdirSync(join(job.home, '.composer'))
    const main = await job.main({ inputs: { ...KEYS, check: 'off' } })
    expect(main.outputs['auth-file']).toBe(join(job.home, '.config', 'composer', 'auth.json'))
    expect(existsSync(join(job.root, 'elsewhere', 'auth.json'))).toBe(true)
    expect(await homeAsComposerSaysIt(job.workspace, { ...job.env })).toBe(join(job.home, '.config', 'composer'))
  })
})

describe('on the platforms that these tests do not run on', () => {
  const none = () => false

  test('Windows has it below APPDATA', () => {
    const env = {
      APPDATA: 'C:\\Users\\runner\\AppData\\Roaming',
      HOME: 'C:\\Users\\runner',
      XDG_CONFIG_HOME: 'C:\\xdg',
    }
    expect(composerHome({ env, platform: 'win32', cwd: 'D:\\a\\shop', isDirectory: none })).toEqual({
      kind: 'found',
      path: 'C:\\Users\\runner\\AppData\\Roaming\\Composer',
    })
  })

  test('Windows has it where COMPOSER_HOME says, from the folder that Composer runs in', () => {
    const at = (COMPOSER_HOME: string, more: Record<string, string> = {}) =>
      composerHome({ env: { COMPOSER_HOME, ...more }, platform: 'win32', cwd: 'D:\\a\\shop', isDirectory: none })
    expect(at('C:/composer/')).toEqual({ kind: 'found', path: 'C:\\composer' })
    expect(at('own')).toEqual({ kind: 'found', path: 'D:\\a\\shop\\own' })
    expect(at('~/own', { USERPROFILE: 'C:\\Users\\runner' })).toEqual({ kind: 'found', path: 'C:\\Users\\runner\\own' })
    // On no platform is that a home.
    expect(at('~\\own', { USERPROFILE: 'C:\\Users\\runner' })).toEqual({ kind: 'found', path: 'D:\\a\\shop\\~\\own' })
    expect(at('%USERPROFILE%\\own', { USERPROFILE: 'C:\\Users\\runner' })).toEqual({
      kind: 'found',
      path: 'C:\\Users\\runner\\own',
    })
    expect(at('$HOME/own', { USERPROFILE: 'C:\\Users\\runner' })).toEqual({
      kind: 'found',
      path: 'C:\\Users\\runner\\own',
    })
  })

  test.each([{}, { APPDATA: '' }, { HOME: 'C:\\Users\\runner' }])('Windows without APPDATA has none: %j', (env) => {
    expect(composerHome({ env, platform: 'win32', cwd: 'D:\\', isDirectory: () => true })).toEqual({
      kind: 'unknown',
      composerSays: 'The APPDATA or COMPOSER_HOME environment variable must be set for composer to run correctly',
    })
  })

  test('macOS, without /etc/xdg, has ~/.composer even where ~/.config/composer exists', () => {
    const isDirectory = (path: string) => path === '/Users/runner/.config/composer'
    const env = { HOME: '/Users/runner' }
    expect(composerHome({ env, platform: 'darwin', cwd: '/', isDirectory })).toEqual({
      kind: 'found',
      path: '/Users/runner/.composer',
    })
  })

  test('macOS with any XDG variable has ~/.config/composer where that exists', () => {
    const isDirectory = (path: string) => path === '/Users/runner/.config/composer'
    const env = { HOME: '/Users/runner', XDG_CACHE_HOME: '/x' }
    expect(composerHome({ env, platform: 'darwin', cwd: '/', isDirectory })).toEqual({
      kind: 'found',
      path: '/Users/runner/.config/composer',
    })
  })

  test.each([{}, { HOME: '' }, { HOME: '0' }])('without HOME there is none: %j', (env) => {
    expect(composerHome({ env, platform: 'linux', cwd: '/', isDirectory: () => true })).toEqual({
      kind: 'unknown',
      composerSays: 'The HOME or COMPOSER_HOME environment variable must be set for composer to run correctly',
    })
  })
})
