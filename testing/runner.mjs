import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

/**
 * What the Actions runner does with a JavaScript action, as far as this action can tell: inputs with their defaults in
 * `INPUT_*`, state in `STATE_*`, one file each for outputs, state, environment and summary, and the commands in what
 * the step prints. After actions/runner: `ActionManifestManager`, `FileCommandManager`, `ActionCommand`.
 *
 * @typedef {{ name: string, properties: Record<string, string>, message: string }} Command
 * @typedef {{ name: 'error' | 'warning' | 'notice', properties: Record<string, string>, message: string }} Annotation
 * @typedef {{
 *   exitStatus: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string,
 *   commands: Command[], annotations: Annotation[], masks: string[],
 *   outputs: Record<string, string>, state: Record<string, string>, exported: Record<string, string>, summary: string,
 *   files: { output: string, state: string, env: string, summary: string }, milliseconds: number
 * }} StepResult
 * @typedef {{
 *   entry: 'main' | 'post', cwd: string, env: Record<string, string | undefined>,
 *   inputs?: Record<string, string>, state?: Record<string, string>,
 *   dist?: string, node?: string, nodeOptions?: string[], uid?: number, gid?: number,
 *   killAfter?: number
 * }} Step
 */

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))

/**
 * The inputs that action.yml declares, with their defaults. Reads the few forms that file uses, and no other YAML, so
 * that the demo needs no install.
 *
 * @returns {Record<string, string>} empty for an input without a default
 */
export function declaredInputs() {
  const inputs =
    readFileSync(join(REPOSITORY, 'action.yml'), 'utf8')
      .split(/^outputs:/m)[0]
      ?.split(/^inputs:/m)[1] ?? ''
  return Object.fromEntries(
    [...inputs.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n|\n)*)/gm)].map(([, name = '', body = '']) => [
      name,
      (/^ {4}default: (.*)$/m.exec(body)?.[1] ?? '').replace(/^(['"])(.*)\1$/, '$2'),
    ]),
  )
}

/**
 * Runs one half of the action. With `killAfter` it is killed after so many milliseconds.
 *
 * @param {Step} step
 * @returns {Promise<StepResult>}
 */
export async function runStep(step) {
  const { entry, cwd, env, inputs = {}, state = {}, dist, node, nodeOptions = [], uid, gid, killAfter } = step
  const commandFiles = createCommandFiles(uid, gid)
  const variables = {
    ...prefixed({ ...declaredInputs(), ...inputs }, (name) => `INPUT_${name.toUpperCase()}`),
    ...prefixed(state, (name) => `STATE_${name}`),
    GITHUB_OUTPUT: commandFiles.path('output'),
    GITHUB_STATE: commandFiles.path('state'),
    GITHUB_ENV: commandFiles.path('env'),
    GITHUB_STEP_SUMMARY: commandFiles.path('summary'),
    ...env,
  }
  const script = join(dist ?? join(REPOSITORY, 'dist'), entry, 'index.js')
  const started = performance.now()
  const child = spawn(node ?? process.execPath, [...nodeOptions, script], {
    cwd,
    env: variables,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    ...(killAfter === undefined ? {} : { timeout: killAfter, killSignal: 'SIGKILL' }),
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  /** @type {[number | null, NodeJS.Signals | null]} */
  const [exitStatus, signal] = await new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, by) => done([code, by]))
  })
  const milliseconds = performance.now() - started
  const files = commandFiles.read()
  const commands = parseCommands(stdout)
  return {
    exitStatus,
    signal,
    stdout,
    stderr,
    commands,
    annotations: annotationsOf(commands),
    masks: commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message),
    outputs: parseFileCommands(files.output),
    state: parseFileCommands(files.state),
    exported: parseFileCommands(files.env),
    summary: files.summary,
    files,
    milliseconds,
  }
}

/**
 * The commands in what a step printed.
 *
 * @param {string} stdout
 * @returns {Command[]}
 */
export function parseCommands(stdout) {
  return stdout.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/.exec(line)
    if (match === null) return []
    const [, name = '', properties = '', message = ''] = match
    const pairs = properties.split(',').filter((pair) => pair !== '')
    return [
      {
        name,
        properties: Object.fromEntries(pairs.map((pair) => [pair.split('=', 1)[0], unescapedProperty(pair)])),
        message: unescaped(message),
      },
    ]
  })
}

/** @param {string} pair */
function unescapedProperty(pair) {
  const value = pair.slice(pair.indexOf('=') + 1)
  return unescaped(value.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

/** @param {string} text */
function unescaped(text) {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

/**
 * @param {Command[]} commands
 * @returns {Annotation[]}
 */
function annotationsOf(commands) {
  return commands.flatMap(({ name, ...rest }) =>
    name === 'error' || name === 'warning' || name === 'notice' ? [{ name, ...rest }] : [],
  )
}

/**
 * `name<<delimiter`, lines, `delimiter`: the form in which the toolkit writes outputs and state.
 *
 * @param {string} text
 * @returns {Record<string, string>}
 */
function parseFileCommands(text) {
  /** @type {Record<string, string>} */
  const values = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const [, name, delimiter] = /^([^=<]+)<<(.+)$/.exec(lines[index] ?? '') ?? []
    if (name === undefined || delimiter === undefined) continue
    const end = lines.indexOf(delimiter, index + 1)
    // A step that was killed while it wrote leaves no end; the runner refuses such a value too.
    if (end === -1) break
    values[name] = lines.slice(index + 1, end).join('\n')
    index = end
  }
  return values
}

/**
 * @param {number | undefined} uid
 * @param {number | undefined} gid
 */
function createCommandFiles(uid, gid) {
  const folder = mkdtempSync(join(tmpdir(), 'file-commands-'))
  /** @param {string} name */
  const path = (name) => join(folder, name)
  const names = ['output', 'state', 'env', 'summary']
  for (const name of names) writeFileSync(path(name), '')
  // A step that runs as somebody else must be able to write here.
  if (uid !== undefined && gid !== undefined) for (const own of [folder, ...names.map(path)]) chownSync(own, uid, gid)
  return {
    path,
    read: () => {
      const [output = '', state = '', env = '', summary = ''] = names.map((name) => readFileSync(path(name), 'utf8'))
      rmSync(folder, { recursive: true, force: true })
      return { output, state, env, summary }
    },
  }
}

/**
 * @param {Record<string, string>} values
 * @param {(name: string) => string} variable
 */
function prefixed(values, variable) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [variable(name), value]))
}
