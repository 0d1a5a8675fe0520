import { writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startJob } from '../action/run-action.js'
import { AUTHORIZATION, KEYS, webServer } from '../server/access-step.js'

/** A shop whose lock names packages that its repository does not list, each with mirrors; counts requests with keys. */
async function asked(archives: number, mirrors: number, answer: RequestListener) {
  let requests = 0
  const { url } = await webServer((request, response) => {
    if (request.headers.authorization === AUTHORIZATION) requests++
    if (request.url === '/packages.json') response.end('{"packages": {}}')
    else answer(request, response)
  })
  const packages = Array.from({ length: archives }, (_, index) => ({
    name: `acme/package-${index}`,
    version: '1.0.0',
    dist: {
      type: 'zip',
      url: `${url}/0/${index}.zip`,
      mirrors: Array.from({ length: mirrors }, (_, mirror) => ({
        url: `${url}/${mirror + 1}/${index}.zip`,
        preferred: false,
      })),
    },
  }))
  const job = startJob()
  const manifest = { repositories: [{ type: 'composer', url }], config: { 'secure-http': false } }
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify(manifest))
  writeFileSync(join(job.workspace, 'composer.lock'), JSON.stringify({ packages, 'packages-dev': [] }))
  const step = await job.main({
    inputs: { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey, 'repository-url': url, retries: '0' },
  })
  return { step, requests }
}

const NOT_CHECKED = /^\d+ more requests than this action makes in a run .* was not checked\.$/m

/** An archive in which nothing is. */
const EMPTY_ZIP = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')

describe('requests with keys grow with what is needed', () => {
  test('not with packages times mirrors; what was not asked is no error', async () => {
    // The last mirror has them all: Composer installs.
    const { step, requests } = await asked(60, 20, (request, response) =>
      response.writeHead(request.url?.startsWith('/20/') ? 200 : 404).end(EMPTY_ZIP),
    )
    expect([step.outputs.status, step.annotations]).toEqual(['ready', []])
    expect(requests).toBeLessThan(60 * 2 + 110)
    expect(step.stdout).toMatch(NOT_CHECKED)
    expect(Number(step.outputs['packages-checked'])).toBeLessThan(60)
  })

  test('and one mirror of each is always tried', async () => {
    const { step, requests } = await asked(150, 1, (request, response) =>
      response.writeHead(request.url === '/1/149.zip' || request.url?.startsWith('/0/') ? 404 : 200).end(EMPTY_ZIP),
    )
    expect(JSON.parse(step.outputs['packages-denied'] ?? '')).toEqual(['acme/package-149'])
    expect(requests).toBe(301)
    expect(step.stdout).not.toMatch(NOT_CHECKED)
  })

  test('not with redirects either', async () => {
    const { step, requests } = await asked(250, 0, (request, response) => {
      const [, turn = '', file] = (request.url ?? '').split('/')
      if (turn === '19') response.end(EMPTY_ZIP)
      else response.writeHead(302, { location: `/${Number(turn) + 1}/${file}` }).end()
    })
    expect([step.outputs.status, step.annotations]).toEqual(['ready', []])
    expect(requests).toBeLessThanOrEqual(3000 + 2 * (250 + 2) + 1)
    expect(step.stdout).toMatch(NOT_CHECKED)
  })
})

test('of hosts that a lock alone names ten are asked, each for one archive, and without credentials', async () => {
  const hosts = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const headers: (string | undefined)[] = []
      const { url } = await webServer((request, response) => {
        headers.push(request.headers.authorization)
        response.end(EMPTY_ZIP)
      })
      return { url, headers }
    }),
  )
  const packages = hosts.flatMap(({ url }, host) =>
    [1, 2, 3].map((index) => ({
      name: `vendor-${host}/package-${index}`,
      version: '1.0.0',
      dist: { type: 'zip', url: `${url}/${index}.zip` },
    })),
  )
  const job = startJob()
  writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify({ config: { 'secure-http': false } }))
  writeFileSync(join(job.workspace, 'composer.lock'), JSON.stringify({ packages, 'packages-dev': [] }))
  const { outputs, stdout } = await job.main({
    inputs: { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey, retries: '0' },
  })
  expect([outputs.status, outputs['packages-checked']]).toEqual(['ready', '30'])
  expect(hosts.map(({ headers }) => headers)).toEqual([...Array(10).fill([undefined]), [], []])
  expect(stdout.match(/ was not checked: composer.json does not name it/g)).toHaveLength(2)
})
