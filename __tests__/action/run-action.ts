import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach } from '@jest/globals'
import { formsOf } from './secret-forms.js'

/** One command that the runner would act on. */
export interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** What a step did, as the runner sees it. */
export interface StepResult {
  readonly exitStatus: number | null
  /** The signal that ended it, when one did. */
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly commands: readonly Command[]
  /** `::error`, `::warning` and `::notice` in the order in which they came. */
  readonly annotations: readonly (Command & { readonly name: 'error' | 'warning' | 'notice' })[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  readonly masks: readonly string[]
  readonly milliseconds: number
}

export interface StepOptions {
  /** Inputs by their names in action.yml; those left out are empty, as the runner leaves inputs without a default. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly nodeOptions?: readonly string[]
  /** Values that must not be seen anywhere, besides those of the key inputs. */
  readonly secrets?: readonly string[]
  readonly state?: Readonly<Record<string, string>>
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

const REPOSITORY = resolve(import.meta.dirname, '../..')
/** The Node that runs the built files: the one that runs the tests, or each that `.ci/run` names in turn. */
export const NODE = process.env['ACTION_NODE'] ?? process.execPath

/** The built files under test: the committed ones, unless a build beside them is to be tried. */
export const DIST = resolve(REPOSITORY, process.env['ACTION_DIST'] ?? 'dist')

const jobs: Job[] = []
afterEach(() => {
  for (const { root } of jobs.splice(0)) rmSync(root, { recursive: true, force: true })
})

/** Sets up a job; it is removed after the test. */
export function startJob(): Job {
  const root = mkdtempSync(join(tmpdir(), 'action-'))
  const [home, workspace, temp] = ['home', 'workspace', 'temp'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [home, workspace, temp]) mkdirSync(folder)
  const env = {
    HOME: home,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    PATH: process.env['PATH'] ?? '',
    GITHUB_ACTIONS: 'true',
  }
  // Two steps of one job may use the same key in different places; what one of them may not show, none may.
  const secrets = new Set<string>()
  const run = (entry: string, options: StepOptions) => runStep(entry, root, workspace, env, secrets, options)
  const job: Job = {
    root,
    home,
    workspace,
    temp,
    env,
    authFile: join(home, '.composer', 'auth.json'),
    main: (options = {}) => run('main', options),
    post: ({ state }, options = {}) => run('post', { ...options, state }),
  }
  jobs.push(job)
  return job
}

let counter = 0

async function runStep(
  entry: string,
  root: string,
  cwd: string,
  jobEnv: Record<string, string>,
  secrets: Set<string>,
  { inputs = {}, env = {}, nodeOptions = [], secrets: further = [], state = {} }: StepOptions,
): Promise<StepResult> {
  const files = fileCommandFiles(root)
  const variables = {
    ...jobEnv,
    ...env,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
    GITHUB_OUTPUT: files.output,
    GITHUB_STATE: files.state,
    GITHUB_ENV: files.env,
    GITHUB_STEP_SUMMARY: files.summary,
  }
  for (const secret of [inputs['public-key'], inputs['private-key'], ...further]) if (secret) secrets.add(secret.trim())

  const started = performance.now()
  const child = spawn(NODE, [...nodeOptions, join(DIST, entry, 'index.js')], { cwd, env: definedOnly(variables) })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  const [exitStatus, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, by) => done([code, by]))
  })
  const milliseconds = performance.now() - started

  const raw = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, readFileSync(file, 'utf8')]))
  const commands = parseCommands(stdout)
  const masks = commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message)
  // A mask is how the runner learns what to hide: it never shows that line. Everything else counts.
  const printed = stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n')
  assertNothingSecret({ ...raw, stdout: printed, stderr }, secrets)
  return {
    exitStatus,
    signal,
    stdout,
    stderr,
    commands,
    annotations: commands.filter(isAnnotation),
    outputs: parseFileCommands(raw['output'] ?? ''),
    state: parseFileCommands(raw['state'] ?? ''),
    summary: raw['summary'] ?? '',
    masks,
    milliseconds,
  }
}

function fileCommandFiles(root: string): Record<'output' | 'state' | 'env' | 'summary', string> {
  const folder = join(root, `file-commands-${counter++}`)
  mkdirSync(folder)
  const file = (name: string) => {
    writeFileSync(join(folder, name), '')
    return join(folder, name)
  }
  return { output: file('output'), state: file('state'), env: file('env'), summary: file('summary') }
}

/** Every run of every test ends here: no key in any form in anything that a step printed or handed on. */
function assertNothingSecret(places: Record<string, string>, secrets: ReadonlySet<string>): void {
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      for (const [place, text] of Object.entries(places)) {
        if (text.includes(form)) throw new Error(`A secret is in ${place}, as ${JSON.stringify(form)}:\n${text}`)
      }
    }
  }
}

/** The commands in a step's output, read as the runner reads them. */
function parseCommands(stdout: string): Command[] {
  return stdout.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*::([\w-]+)(?: ([^:]*(?:%3A[^:]*)*))?::(.*)$/.exec(line)
    if (match === null) return []
    const [, name = '', properties = '', message = ''] = match
    const pairs = properties.split(',').filter((pair) => pair !== '')
    return [
      {
        name,
        properties: Object.fromEntries(
          pairs.map((pair) => {
            const at = pair.indexOf('=')
            return [
              pair.slice(0, at),
              unescaped(pair.slice(at + 1))
                .replaceAll('%3A', ':')
                .replaceAll('%2C', ','),
            ]
          }),
        ),
        message: unescaped(message),
      },
    ]
  })
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function isAnnotation(command: Command): command is StepResult['annotations'][number] {
  return command.name === 'error' || command.name === 'warning' || command.name === 'notice'
}

function parseFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const start = /^([^=<]+)<<(.+)$/.exec(lines[index] ?? '')
    if (start === null) continue
    const [, name = '', delimiter = ''] = start
    const end = lines.indexOf(delimiter, index + 1)
    values[name] = lines.slice(index + 1, end).join('\n')
    index = end
  }
  return values
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
