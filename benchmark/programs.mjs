import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { runStep } from '../testing/runner.mjs'
import { checkOut } from '../testing/sample-job.mjs'

/**
 * What one run of a program took.
 *
 * @typedef {object} Usage
 * @property {number} wall milliseconds
 * @property {number} cpu milliseconds; not a number where this machine does not tell
 * @property {number} peak MiB; not a number likewise
 * @property {number | null} exitStatus
 */

const USAGE = fileURLToPath(new URL('usage.cjs', import.meta.url))
const NODE = process.env.ACTION_NODE ?? process.execPath
/** Milliseconds between two looks at how much a process has held. */
const GLANCE = 10
/** How long one of the kernel's ticks is. Milliseconds. */
const TICK = 10

/**
 * The programs, in a job of their own with the files of a project.
 *
 * @param {object} options
 * @param {string} options.root an empty folder
 * @param {string} options.dist the built action
 * @param {string} options.toolkit the start that uses the toolkit alone, built in the same way
 * @param {string} options.url the repository's
 * @param {import('./projects.mjs').Project} options.project
 * @param {string | undefined} options.authorities the file with the certificate to trust
 */
export function programs({ root, dist, toolkit, url, project, authorities }) {
  mkdirSync(root)
  const { workspace, env } = checkOut(root, project.files(url), { PATH: process.env.PATH })
  const { publicKey, privateKey } = project.account
  const usageFile = join(root, 'usage.json')
  const trust = authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities, COMPOSER_CAFILE: authorities }
  const measured = { ...env, ...trust, BENCHMARK_USAGE: usageFile }
  const inputs = { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': url, retries: '0' }

  const step = async (/** @type {Partial<import('../testing/runner.mjs').Step>} */ more) => {
    const node = { node: NODE, nodeOptions: ['--require', USAGE] }
    const result = await runStep({ entry: 'main', cwd: workspace, env: measured, inputs, ...node, ...more })
    return { ...usageIn(usageFile, result.milliseconds), exitStatus: result.exitStatus, state: result.state }
  }
  /** @type {Record<string, string>} */
  let state = {}
  return {
    action: async () => {
      const usage = await step({ dist })
      ;({ state } = usage)
      return usage
    },
    /** With what the last run of the action left. */
    post: () => step({ dist, entry: 'post', state, inputs: {} }),
    off: () => step({ dist, inputs: { ...inputs, check: 'off' } }),
    toolkit: () => step({ dist: toolkit }),
    node: () => run(NODE, ['--require', USAGE, '-e', '0'], { cwd: root, env: measured }, usageFile),
    composer: () => composer(project.composer),
  }

  /** @param {readonly string[]} command */
  async function composer(command) {
    rmSync(join(workspace, 'vendor'), { recursive: true, force: true })
    const auth = { 'http-basic': { [new URL(url).host]: { username: publicKey, password: privateKey } } }
    const home = join(root, 'composer-home')
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'auth.json'), JSON.stringify(auth))
    const quiet = ['--no-interaction', '--no-plugins', '--no-scripts', '--no-cache', '--no-progress']
    const variables = { ...env, ...trust, COMPOSER_HOME: home }
    const usage = await run('composer', [...command, ...quiet], { cwd: workspace, env: variables }, undefined)
    if (command[0] === 'update') rmSync(join(workspace, 'composer.lock'), { force: true })
    return usage
  }
}

/** @typedef {ReturnType<typeof programs>} Programs */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @param {string | undefined} usageFile where the program leaves what it has used; undefined where the kernel is asked
 * @returns {Promise<Usage>}
 */
async function run(command, args, options, usageFile) {
  const before = ticksOfChildren()
  const started = performance.now()
  const child = spawn(command, args, { ...options, stdio: 'ignore' })
  let peak = Number.NaN
  const glance = setInterval(() => {
    peak = peakOf(child.pid) ?? peak
  }, GLANCE)
  try {
    const exitStatus = await new Promise((done, fail) => child.once('error', fail).once('close', done))
    const wall = performance.now() - started
    if (usageFile !== undefined) return { ...usageIn(usageFile, wall), exitStatus }
    return { wall, cpu: (ticksOfChildren() - before) * TICK, peak, exitStatus }
  } finally {
    clearInterval(glance)
  }
}

/** @param {string} file @param {number} wall */
function usageIn(file, wall) {
  const { cpu, kibibytes } = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  return { wall, cpu, peak: kibibytes / 1024 }
}

/** The processor time of all children that have ended, and of theirs. Source: proc(5), `cutime` and `cstime`. */
function ticksOfChildren() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return Number(fields[13]) + Number(fields[14])
  } catch {
    return Number.NaN
  }
}

/** The most that a process has held until now, in MiB. @param {number | undefined} pid */
function peakOf(pid) {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
  } catch {
    return undefined
  }
}
