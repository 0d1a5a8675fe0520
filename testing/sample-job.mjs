import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accounts, packages } from './catalogue.mjs'
import { closureOf, lockFor } from './lock.mjs'

/**
 * The jobs that the demo shows and the README's pictures are made of.
 *
 * @typedef {{ publicKey: string, privateKey: string }} KeyPair
 * @typedef {Record<string, string>} Files names in the project's folder, and what they hold
 */

const SAMPLE = new URL('sample-project/composer.json', import.meta.url)

/** The shop on Magento Open Source, as it is committed. */
export function sampleProject() {
  return readFileSync(SAMPLE, 'utf8')
}

/**
 * Keys and files of three jobs at the test repository: keys that reach everything, keys that were disabled, and keys of
 * an account without Adobe Commerce in a project that has it in its lock.
 *
 * @param {string} url the repository's
 * @returns {Record<'ready' | 'rejected' | 'denied', { keys: KeyPair, files: Files }>}
 */
export function sampleJobs(url) {
  const openSource = { 'composer.json': shop({}) }
  const require = { 'magento/product-enterprise-edition': '2.4.8' }
  const manifest = shop({ description: 'A shop on Adobe Commerce', require })
  const lock = lockFor(closureOf(packages, require), { baseUrl: url, manifest })
  return {
    ready: { keys: accounts.openSource, files: openSource },
    rejected: { keys: accounts.disabled, files: openSource },
    denied: { keys: accounts.openSource, files: { 'composer.json': manifest, 'composer.lock': lock } },
  }
}

/**
 * The sample project with other keys in it, and without packagist.org: the test repository holds every package there
 * is, and nothing else is to be asked.
 *
 * @param {Record<string, unknown>} other
 */
function shop(other) {
  const { repositories, ...rest } = JSON.parse(sampleProject())
  const only = { ...repositories, 'packagist.org': false }
  return `${JSON.stringify({ ...rest, ...other, repositories: only }, null, 4)}\n`
}

// Of the user and of a job that this may run in: it would be taken for the sample's own.
const OF_THE_JOB = /^(?:COMPOSER(?:_AUTH|_HOME)?|(?:XDG|MAGENTO|GITHUB|RUNNER|INPUT|STATE)_.*)$/i

/**
 * A machine with an empty home on which the project is checked out.
 *
 * @param {string} root an empty folder
 * @param {Files} files
 * @param {NodeJS.ProcessEnv} environment what the job's variables are added to
 */
export function checkOut(root, files, environment) {
  const [home, workspace, temp] = [join(root, 'home'), join(root, 'shop'), join(root, 'temp')]
  for (const folder of [home, workspace, temp]) mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text)
  return {
    workspace,
    env: {
      ...Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_THE_JOB.test(name))),
      HOME: home,
      APPDATA: home,
      COMPOSER_CACHE_DIR: join(root, 'cache'),
      COMPOSER_ALLOW_SUPERUSER: '1',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temp,
    },
  }
}
