import { chmodSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach } from '@jest/globals'
import { runStep, type StepResult } from '../../testing/runner.mjs'
import { systemsEnvironment, userAt } from './platform.js'
import { formsOf } from './secret-forms.js'

export type { Annotation, Command, StepResult } from '../../testing/runner.mjs'

export interface StepOptions {
  /** Inputs by their names in action.yml; those left out have the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Variables besides those of the job; undefined takes one of the job's away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly nodeOptions?: readonly string[]
  /** Values that must not be seen anywhere, besides those of the key inputs. */
  readonly secrets?: readonly string[]
  /** Who runs the step, where that is not who runs the tests. */
  readonly uid?: number
  readonly gid?: number
  /** Milliseconds after which the step is killed. */
  readonly killAfter?: number
}

/** A job on a machine of its own: a home, a workspace and the runner's temporary folder, all empty. */
export interface Job {
  readonly root: string
  readonly home: string
  readonly workspace: string
  readonly temp: string
  /** Where Composer looks by default in this job, since none of its homes exists yet. */
  readonly authFile: string
  /** Runs dist/main/index.js. */
  main(options?: StepOptions): Promise<StepResult>
  /** Runs dist/post/index.js with the state that a main left. */
  post(main: Pick<StepResult, 'state'>, options?: StepOptions): Promise<StepResult>
  /** The variables that steps of this job see. */
  readonly env: Readonly<Record<string, string>>
}

/** The Node that runs the built files: the one that runs the tests, or each that `.ci/run` names in turn. */
export const NODE = process.env.ACTION_NODE ?? process.execPath

/** The built files under test: the committed ones, unless a build beside them is to be tried. */
export const DIST = resolve(process.env.ACTION_DIST ?? 'dist')

/** Compiled code of the built files, from one start to the next: most of a test's time is starts. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'action-compiled') }

const jobs: Job[] = []
const copies: string[] = []
afterEach(async () => {
  const folders = [...jobs.splice(0).map(({ root }) => root), ...copies.splice(0)]
  // Not by `rmSync`, which leaves folders on Windows (see removeFile), where what has just ended may also be in use for a moment.
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

export interface JobOptions {
  /** Whether the job stays after the test. */
  readonly keep?: boolean
  /** The names of the user's home and of the workspace. */
  readonly userName?: string
  readonly workspaceName?: string
}

/** Sets up a job; it is removed after the test, unless it is to be kept. */
export function startJob({ keep = false, userName = 'home', workspaceName = 'workspace' }: JobOptions = {}): Job {
  const root = mkdtempSync(join(tmpdir(), 'action-'))
  const home = join(root, userName)
  const workspace = join(root, workspaceName)
  const temp = join(root, 'temp')
  for (const folder of [home, workspace, temp]) mkdirSync(folder)
  const user = userAt(home)
  const env = {
    ...systemsEnvironment(),
    ...user.env,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    PATH: process.env.PATH ?? '',
    GITHUB_ACTIONS: 'true',
  }
  // Two steps of one job may use the same key in different places; what one of them may not show, none may.
  const secrets = new Set<string>()
  const run = async (entry: 'main' | 'post', { secrets: further = [], ...options }: StepOptions, state = {}) => {
    const given = ['public-key', 'private-key', 'mage-id', 'download-token'].map((name) => options.inputs?.[name])
    for (const secret of [...given, ...further]) if (secret) secrets.add(secret.trim())
    const result = await runStep({
      entry,
      cwd: workspace,
      dist: options.uid === undefined ? DIST : readableByAll(),
      node: NODE,
      state,
      ...options,
      inputs: { ...options.inputs },
      nodeOptions: [...(options.nodeOptions ?? [])],
      env: { ...COMPILED, ...env, ...options.env },
    })
    // What a step exports is secret by its nature where it was told to export it, and only there.
    const { env: exported, ...others } = result.files
    const exports =
      options.inputs?.['auth-location']?.includes('env') === true ||
      JSON.parse(result.state.credentials || '{}').variable !== undefined
    assertNothingSecret({ ...result, files: exports || entry === 'post' ? others : { ...others, exported } }, secrets)
    return result
  }
  const job: Job = {
    root,
    home,
    workspace,
    temp,
    env,
    authFile: join(user.composerHome, 'auth.json'),
    main: (options = {}) => run('main', options),
    post: ({ state }, options = {}) => run('post', options, state),
  }
  if (!keep) jobs.push(job)
  return job
}

/** The built files where another user can read them: the checkout may stand in a folder that is closed to others. */
function readableByAll(): string {
  const copy = mkdtempSync(join(tmpdir(), 'action-dist-'))
  copies.push(copy)
  chmodSync(copy, 0o755)
  cpSync(DIST, copy, { recursive: true })
  return copy
}

/** Every run of every test ends here: no key in any form in anything that a step printed or handed on. */
function assertNothingSecret(
  { stdout, stderr, files }: { stdout: string; stderr: string; files: Readonly<Record<string, string>> },
  secrets: ReadonlySet<string>,
): void {
  // A mask is how the runner learns what to hide: it never shows that line. Everything else counts.
  const printed = stdout
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n')
  for (const [place, text] of Object.entries({ ...files, stdout: printed, stderr })) {
    for (const form of [...secrets].flatMap(formsOf)) {
      if (text.includes(form)) throw new Error(`A secret is in ${place}, as ${JSON.stringify(form)}:\n${text}`)
    }
  }
}
