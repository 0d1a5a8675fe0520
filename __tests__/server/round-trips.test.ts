import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from '@jest/globals'
import { createAccount } from '../../testing/catalogue.mjs'
import { type Distance, startDistance } from '../../testing/distance.mjs'
import { closureOf, lockFor, manifestFor } from '../../testing/lock.mjs'
import { type Repository, startRepository } from '../../testing/repository.mjs'
import { syntheticCatalogue } from '../../testing/synthetic.mjs'
import { startJob } from '../action/run-action.js'
import { type ServerCertificate, serverCertificate } from './certificates.js'

/**
 * How often a step waits for a server that is far away: counted, not timed. The distance is what makes the count exact, as
 * long as it is more than the moments that the step needs between an answer and what follows from it.
 */
const DISTANCE = 100

const world = syntheticCatalogue({
  modules: 600,
  vendors: ['magento', 'acme', 'bolt', 'cargo'],
  edition: (vendor) => (vendor === 'magento' ? 'commerce' : 'marketplace'),
})
const require = { [world.product.name]: world.product.version }
const installed = closureOf(world.packages, require)

let certificate: ServerCertificate
beforeAll(async () => {
  certificate = await serverCertificate()
})

const open: (Repository | Distance)[] = []
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())))

/** Runs the step in a shop whose repository is far away, and tells what that cost. */
async function costOf({ denied = 0, http2 = true }) {
  const hidden = new Set(world.names.filter((name) => name.startsWith('acme/')).slice(0, denied))
  const entitlements = ['commerce', ...world.names.filter((name) => !hidden.has(name))]
  const account = createAccount('customer', { entitlements })
  const repository = await startRepository({
    packages: world.packages,
    accounts: { account },
    tls: certificate.server,
    http2,
  })
  const distance = await startDistance({ port: repository.port, milliseconds: DISTANCE })
  open.push(repository, distance)
  const url = `https://127.0.0.1:${distance.port}`
  const job = startJob()
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifestFor({ baseUrl: url, require })))
  writeFileSync(join(job.workspace, 'composer.lock'), lockFor(installed, { baseUrl: url }))
  const { publicKey, privateKey } = account
  const { outputs } = await job.main({
    inputs: { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': url, retries: '0' },
    env: { COMPOSER_CAFILE: certificate.caFile },
  })
  return { ...distance.take(), outputs, requests: repository.requests.length }
}

test('600 packages that may all be had: five round trips and one connection', async () => {
  const { outputs, roundTrips, connections, requests } = await costOf({})
  expect(outputs).toMatchObject({ status: 'ready', 'packages-checked': '600' })
  // Connecting, TLS, packages.json; its lists; a sample of archives.
  expect(roundTrips).toBeLessThanOrEqual(5)
  expect(connections).toBe(1)
  expect(requests).toBeLessThanOrEqual(1 + 2 + 10)
})

test('40 denied packages: as many requests more, and still one connection', async () => {
  const { outputs, roundTrips, connections, requests } = await costOf({ denied: 40 })
  expect(JSON.parse(outputs['packages-denied'] ?? '')).toHaveLength(40)
  // The sample is asked for along with them.
  expect(roundTrips).toBeLessThanOrEqual(4 + Math.ceil((40 + 4) / 12))
  expect(connections).toBe(1)
  expect(requests).toBeLessThanOrEqual(1 + 2 + 10 + 40)
})

test('a server that does not speak HTTP/2 gets a connection for each request', async () => {
  const { outputs, connections, requests } = await costOf({ http2: false })
  expect(outputs.status).toBe('ready')
  expect(connections).toBe(requests)
})
