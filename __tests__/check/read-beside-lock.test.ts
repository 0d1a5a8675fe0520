import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'
import { startJob } from '../action/run-action.js'
import { repository, webServer } from '../server/access-step.js'
import { pathWithComposer } from '../testing/stand-in-composer.js'

/**
 * What is asked of a repository from which the coming `install` needs nothing, by the version of Composer. What Composer itself does is in
 * the table of agreement; here are the versions that no suite of Debian has, and who is sent what.
 */
const LOCK = JSON.stringify({ packages: [], 'packages-dev': [] })

interface Project {
  readonly version: string | undefined
  readonly urls: readonly string[]
  readonly lock?: string
  readonly config?: Readonly<Record<string, unknown>>
}

function runWith({ version, urls, lock = LOCK, config = {} }: Project) {
  const job = startJob()
  const repositories = [...urls.map((url) => ({ type: 'composer', url })), { 'packagist.org': false }]
  writeFileSync(
    join(job.workspace, 'composer.json'),
    JSON.stringify({ repositories, config: { 'secure-http': false, ...config } }),
  )
  writeFileSync(join(job.workspace, 'composer.lock'), lock)
  const { publicKey, privateKey } = accounts.openSource
  return job.main({
    inputs: { 'public-key': publicKey, 'private-key': privateKey, 'repository-url': urls[0] ?? '', retries: '0' },
    env: { PATH: pathWithComposer(job, version) },
  })
}

test('packages.json is read where the installed Composer reads it; where none is installed, the versions that do are named', async () => {
  const broken = await repository()
  broken.faults.order('/packages.json', { kind: 'html' })
  const older = await runWith({ version: '2.9.8', urls: [broken.url] })
  expect([older.outputs.problem, broken.requests]).toEqual(['', []])

  const newer = await runWith({ version: '2.10.0', urls: [broken.url] })
  expect([newer.outputs.problem, broken.requests.length]).toEqual(['unexpected-answer', 1])

  const unknown = await runWith({ version: undefined, urls: [broken.url] })
  expect([unknown.exitStatus, unknown.annotations.map(({ name }) => name)]).toEqual([0, ['warning']])
  expect(unknown.annotations[0]?.message).toContain('Composer 2.10 and newer read packages.json of every repository')
})

test('a list at another host is asked for with the names of the lock, and without the keys', async () => {
  const asked: {
    readonly method: string | undefined
    readonly authorization: string | undefined
    readonly body: string
  }[] = []
  const lists = await webServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push({ method: request.method, authorization: request.headers.authorization, body })
      response.end('<html>')
    })
  })
  const main = await repository()
  const root = {
    'metadata-url': '/p2/%package%.json',
    filter: { metadata: true, lists: { malware: { enabled: true } }, 'api-url': `${lists.url}/list` },
  }
  main.faults.order('/packages.json', { kind: 'status', status: 200, body: JSON.stringify(root) })
  const lock = JSON.stringify({
    packages: [{ name: 'acme/a', version: '1.0.0', type: 'metapackage' }],
    'packages-dev': [],
  })
  const { outputs, summary } = await runWith({ version: '2.10.0', urls: [main.url], lock })
  expect(asked).toEqual([
    { method: 'POST', authorization: undefined, body: '{"packages":["pkg://composer/acme/a"],"lists":["malware"]}' },
  ])
  expect(outputs.problem).toBe('unexpected-answer')
  // For whoever runs that server and looks for the request.
  expect(summary.replaceAll('<wbr>', '')).toContain(`POST ${lists.url}/list`)
})

test('a lock that is switched off is not even read', async () => {
  const main = await repository()
  const { outputs } = await runWith({ version: '2.8.0', urls: [main.url], lock: '{', config: { lock: false } })
  expect(outputs.problem).toBe('')
})
