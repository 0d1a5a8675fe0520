// `npm start`: the built action as a runner would run it, on a sample project. Against the embedded test repository, or
// against the real one when MAGENTO_PUBLIC_KEY and MAGENTO_PRIVATE_KEY are set. Needs no install.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accounts } from './catalogue.mjs'
import { startRepository } from './repository.mjs'
import { runStep } from './runner.mjs'
import { heading, showLog, showSummary } from './terminal.mjs'

const { MAGENTO_PUBLIC_KEY: publicKey, MAGENTO_PRIVATE_KEY: privateKey } = process.env
const hasComposer = spawnSync('composer', ['--version'], { shell: process.platform === 'win32' }).status === 0

if (publicKey && privateKey) {
  heading('The real repository, with the keys of your environment')
  const works = await job({ publicKey, privateKey }, 'https://repo.magento.com/', false)
  process.exitCode = works ? 0 : 1
} else {
  const repository = await startRepository()
  try {
    heading('1. Good keys')
    const good = await job(accounts.openSource, repository.url, true)
    heading('2. Keys that were disabled in the account')
    const bad = await job(accounts.disabled, repository.url, true)
    const asExpected = good && !bad
    console.log(asExpected ? '\nBoth cases went as they should.' : '\nA case did not go as it should: see above.')
    if (!asExpected) process.exitCode = 1
  } finally {
    await repository.close()
  }
  console.log('Set MAGENTO_PUBLIC_KEY and MAGENTO_PRIVATE_KEY to ask the real repository.')
}

/**
 * One job: main, then what the workflow would do next, then post.
 *
 * @param {{ publicKey: string, privateKey: string }} keys
 * @param {string} repositoryUrl
 * @param {boolean} install whether the real Composer is to follow
 * @returns {Promise<boolean>} whether the action said that Composer can sign in, or throws when Composer disagreed
 */
async function job(keys, repositoryUrl, install) {
  const root = mkdtempSync(join(tmpdir(), 'magento-composer-auth-demo-'))
  try {
    const { workspace, env } = prepare(root, repositoryUrl)
    const inputs = { 'public-key': keys.publicKey, 'private-key': keys.privateKey, 'repository-url': repositoryUrl }

    const main = await runStep({ entry: 'main', cwd: workspace, env, inputs })
    showLog('Magento Composer Auth', main)
    showSummary(main.summary)
    const installed = install ? await composerInstall(workspace, env, main.masks) : undefined
    const agreed = installed === undefined || installed === (main.exitStatus === 0)

    const post = await runStep({ entry: 'post', cwd: workspace, env, inputs, state: main.state })
    showLog('Post Magento Composer Auth', post, main.masks)
    if (!agreed) throw new Error('The action and Composer disagree: this must not happen, please report it.')
    return main.exitStatus === 0
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/**
 * A machine with an empty home, and the sample project checked out.
 *
 * @param {string} root
 * @param {string} repositoryUrl
 */
function prepare(root, repositoryUrl) {
  const home = join(root, 'home')
  const workspace = join(root, 'shop')
  for (const folder of [home, workspace, join(root, 'temp')]) mkdirSync(folder)
  const manifest = JSON.parse(readFileSync(new URL('sample-project/composer.json', import.meta.url), 'utf8'))
  manifest.repositories.magento.url = repositoryUrl
  if (repositoryUrl.startsWith('http:')) {
    // The stand-in speaks plain http on this machine and holds every package there is; nothing else is to be asked.
    manifest.config['secure-http'] = false
    manifest.repositories['packagist.org'] = false
  }
  writeFileSync(join(workspace, 'composer.json'), JSON.stringify(manifest, null, 4))
  const { COMPOSER_AUTH: _, COMPOSER_HOME: __, ...rest } = process.env
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !/^(?:XDG_|MAGENTO_)/.test(name)))
  return {
    workspace,
    env: {
      ...kept,
      HOME: home,
      APPDATA: home,
      COMPOSER_CACHE_DIR: join(root, 'cache'),
      COMPOSER_ALLOW_SUPERUSER: '1',
      // A proxy of this machine's user cannot know the stand-in.
      ...(repositoryUrl.startsWith('http:') ? { no_proxy: '*' } : {}),
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: join(root, 'temp'),
    },
  }
}

/**
 * The step after ours, in which it shows who was right.
 *
 * @param {string} cwd
 * @param {Record<string, string | undefined>} env
 * @param {string[]} masks
 * @returns {Promise<boolean | undefined>} whether Composer succeeded; undefined when there is none to ask
 */
async function composerInstall(cwd, env, masks) {
  heading('composer install', 2)
  if (!hasComposer) {
    console.log('  Composer is not installed here, so it is not asked whether it agrees.')
    return undefined
  }
  const child = spawn('composer', ['install', '--no-interaction', '--no-ansi', '--no-progress'], {
    cwd,
    env: { ...env, COLUMNS: '200' },
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (output += chunk))
  const status = await new Promise((done) => child.on('close', done))
  for (const line of output.split('\n').filter((text) => text.trim() !== '')) {
    console.log(`  ${masks.reduce((text, mask) => text.replaceAll(mask, '***'), line)}`)
  }
  console.log(`  → Composer ended with exit status ${status}.`)
  return status === 0
}
