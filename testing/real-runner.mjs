// For the check on real runners: starts testing/serve.mjs, which goes on after the step, writes projects that need it,
// and prints its process id and the keys of two accounts as outputs of the step:
// node testing/real-runner.mjs http://127.0.0.1:8080 folder
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { accounts, packages } from './catalogue.mjs'
import { closureOf, lockFor, manifestFor } from './lock.mjs'

const [baseUrl = '', folder = ''] = process.argv.slice(2)
const OPEN_SOURCE = { 'magento/product-community-edition': '2.4.8' }
const COMMERCE = { 'magento/product-enterprise-edition': '2.4.8' }
const { openSource: open, commerce } = accounts

console.log(`process=${await startRepository()}`)
writeProject('open-source', OPEN_SOURCE, 'without a lock')
writeProject('commerce', COMMERCE, 'without a lock')
writeProject('commerce-locked', COMMERCE, 'with a lock')
for (const [name, { publicKey, privateKey }] of Object.entries({ open, commerce })) {
  console.log(`${name}-public-key=${publicKey}\n${name}-private-key=${privateKey}`)
}

/** @returns {Promise<number | undefined>} the process, once it answers */
async function startRepository() {
  if ((await answer()) !== undefined) throw new Error(`Something answers at ${baseUrl} already`)
  const script = fileURLToPath(new URL('serve.mjs', import.meta.url))
  // Detached: it must not go with the terminal that some runners give each step.
  const child = spawn(process.execPath, [script, new URL(baseUrl).port], { detached: true, stdio: 'ignore' })
  child.unref()
  for (let tries = 0; tries < 100; tries++) {
    await setTimeout(100)
    if (child.exitCode !== null) break
    if ((await answer()) !== undefined) return child.pid
  }
  throw new Error(`Nothing answers at ${baseUrl}`)
}

function answer() {
  return fetch(baseUrl).catch(() => undefined)
}

/**
 * @param {string} name
 * @param {Record<string, string>} require
 * @param {'with a lock' | 'without a lock'} kind
 */
function writeProject(name, require, kind) {
  const project = join(folder, name)
  mkdirSync(project, { recursive: true })
  const manifest = JSON.stringify(manifestFor({ baseUrl, require }), null, 4)
  writeFileSync(join(project, 'composer.json'), manifest)
  if (kind === 'without a lock') return
  writeFileSync(join(project, 'composer.lock'), lockFor(closureOf(packages, require), { baseUrl, manifest }))
}
