// `npm start`: the built action as a runner would run it, on sample projects. Against the test repository under the name
// repo.magento.com, or against the real one when MAGENTO_PUBLIC_KEY and MAGENTO_PRIVATE_KEY are set. Needs no install.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStep } from './runner.mjs'
import { checkOut, sampleJobs, sampleProject } from './sample-job.mjs'
import { heading, showLog, showSummary } from './terminal.mjs'
import { startUnderItsName } from './under-its-name.mjs'

/**
 * @typedef {import('./runner.mjs').StepResult} StepResult
 * @typedef {import('./sample-job.mjs').Files} Files
 * @typedef {import('./sample-job.mjs').KeyPair} KeyPair
 */

const { MAGENTO_PUBLIC_KEY: publicKey, MAGENTO_PRIVATE_KEY: privateKey } = process.env
const hasComposer = spawnSync('composer', ['--version'], { shell: process.platform === 'win32' }).status === 0

// Of what Composer prints: a line for each package, and the options of `install`, which follow every error.
const NOISE = /^\s*$|^ +- (?:Locking|Downloading) |^install \[--/

const root = mkdtempSync(join(tmpdir(), 'magento-composer-auth-'))
try {
  if (publicKey && privateKey) await askTheRealOne({ publicKey, privateKey })
  else await showCases()
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** @param {KeyPair} keys */
async function askTheRealOne(keys) {
  heading('The real repository, with the keys of your environment')
  const files = { 'composer.json': sampleProject() }
  const { exitStatus } = await job('real', { keys, files, env: process.env, install: false })
  if (exitStatus !== 0) process.exitCode = 1
}

async function showCases() {
  console.log(
    'Three jobs: the log, the annotations and the summary of each, as GitHub would show them. A test repository on',
  )
  console.log('this machine plays repo.magento.com, through a proxy of this demo. Its packages and keys are made up.')
  if (!hasComposer) console.log('Composer is not installed here, so it is not asked whether it agrees.')
  const { url, env, close } = await startUnderItsName(root, process.env)
  try {
    const jobs = sampleJobs(url)
    heading('1. Good keys')
    const ready = await job('ready', { ...jobs.ready, env, install: true })
    heading('2. Keys that were disabled in the account')
    const rejected = await job('rejected', { ...jobs.rejected, env, install: true })
    heading('3. A project on Adobe Commerce, keys of an account without it')
    const denied = await job('denied', { ...jobs.denied, env, install: true })

    const verdicts = [ready, rejected, denied].map(({ outputs: { status, problem } }) => problem || status)
    const asExpected = verdicts.join() === 'ready,keys-rejected,package-denied'
    heading('The end')
    if (asExpected) console.log(`All three jobs went as they should: ${verdicts.join(', ')}.`)
    else console.log(`A job did not go as it should: ${verdicts.join(', ')}.`)
    if (!asExpected) process.exitCode = 1
  } finally {
    await close()
  }
  console.log(
    'With MAGENTO_PUBLIC_KEY and MAGENTO_PRIVATE_KEY in the environment, one job asks the real repository instead.',
  )
}

/**
 * One job: main, then what the workflow would do next, then post.
 *
 * @param {string} name
 * @param {{ keys: KeyPair, files: Files, env: NodeJS.ProcessEnv, install: boolean }} options `install`: whether the
 *   real Composer is to follow
 * @returns {Promise<StepResult>} of main, or throws when Composer disagreed
 */
async function job(name, { keys, files, env: environment, install }) {
  const folder = join(root, name)
  mkdirSync(folder)
  const { workspace, env } = checkOut(folder, files, environment)
  const inputs = { 'public-key': keys.publicKey, 'private-key': keys.privateKey }

  const main = await runStep({ entry: 'main', cwd: workspace, env, inputs })
  showLog('Magento Composer Auth', main)
  showSummary(main.summary)
  const disagrees = install && hasComposer && !(await composerAgrees(main, workspace, env))

  const post = await runStep({ entry: 'post', cwd: workspace, env, inputs, state: main.state })
  showLog('Post Magento Composer Auth', post, main.masks)
  if (disagrees) throw new Error('The action and Composer disagree: this must not happen, please report it.')
  return main
}

/**
 * The step after ours, in which it shows who was right.
 *
 * @param {StepResult} main
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether Composer ended as the step said
 */
async function composerAgrees({ exitStatus, masks }, cwd, env) {
  heading(`composer install${exitStatus === 0 ? '' : ', which the failed step would have prevented'}`, 2)
  const child = spawn('composer', ['install', '--no-interaction', '--no-ansi', '--no-progress'], {
    cwd,
    env: { ...env, COLUMNS: '200' },
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (output += chunk))
  const status = await new Promise((done) => child.on('close', done))
  for (const line of output.split('\n')) {
    if (!NOISE.test(line))
      console.log(`  ${masks.reduce((text, mask) => text.replaceAll(mask, '***'), line).trimEnd()}`)
  }
  const agrees = (status === 0) === (exitStatus === 0)
  const outcome = status === 0 ? 'passed' : 'failed'
  console.log(`  → Composer ${outcome} with exit status ${status}, ${agrees ? 'as' : 'NOT as'} the step had said.`)
  return agrees
}
