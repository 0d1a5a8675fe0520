import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../testing/faults.mjs'
import { CI, eventOf, FROM_FORK, STEP, workflowWith, writeFiles } from '../action/in-workflow.js'
import { type StepResult, startJob } from '../action/run-action.js'
import { closedPort, KEYS, repository, webServer } from '../server/access-step.js'
import { serverCertificate } from '../server/certificates.js'
import { curl, downloader, downloadService, forDownloads } from './download-service.js'

const HELP = '/products/downloads/info/help'
const { mageId, token } = downloader

/** Severity, code and title of every problem. */
function problemsOf({ outputs }: StepResult): string[] {
  const problems: { severity: string; code: string; title: string }[] = JSON.parse(outputs.problems ?? '[]')
  return problems.map(({ severity, code, title }) => `${severity} ${code}: ${title}`)
}

const message = ({ annotations }: StepResult) => annotations.map((annotation) => annotation.message).join('\n')

const REJECTED = 'error download-token-rejected: The download token is rejected'
const UNCONFIRMED = 'warning download-token-rejected: The download service could not be confirmed'
const DOUBTFUL = 'warning download-token-rejected: This does not look like a MAGEID with its token'

describe('the service is asked for its help, and', () => {
  test('a wrong token is an error with the way to a new one', async () => {
    const service = await downloadService()
    const job = startJob()
    const inputs = { 'download-token': 'a'.repeat(40) }
    const main = await forDownloads(job, service, { inputs })
    expect(main.exitStatus).toBe(1)
    expect(main.outputs).toMatchObject({ status: 'problems', problem: 'download-token-rejected', 'http-status': '' })
    expect(problemsOf(main)).toEqual([REJECTED])
    expect(message(main)).toContain('(HTTP 401)')
    expect(message(main)).toContain('account.magento.com → Account Settings → Downloads Access Token')
    expect(message(main)).toContain('replaces the old one, which then stops working everywhere')
    // Asked once: another try cannot change it.
    expect(service.requests).toHaveLength(1)
    expect(main.summary).toContain('refuses the token')

    const passing = await forDownloads(job, service, { inputs: { ...inputs, 'fail-on-error': 'false' } })
    expect(passing.exitStatus).toBe(0)
    expect(passing.outputs.status).toBe('problems')
    expect(passing.annotations.map(({ name }) => name)).toEqual(['warning'])
  })

  test.each<readonly [string, Fault, string, RegExp]>([
    ['403', { kind: 'status', status: 403 }, REJECTED, /HTTP 403/],
    ['404', { kind: 'status', status: 404 }, UNCONFIRMED, /answers 404 Not Found/],
    ['503', { kind: 'status', status: 503 }, UNCONFIRMED, /answers 503 Service Unavailable/],
    ['a page', { kind: 'html' }, UNCONFIRMED, /a web page/],
    ['a connection that breaks', { kind: 'close' }, UNCONFIRMED, /broken off/],
  ])('%s', async (_, fault, expected, words) => {
    const service = await downloadService()
    service.faults.order(HELP, fault)
    const main = await forDownloads(startJob(), service)
    expect(problemsOf(main)).toEqual([expected])
    expect(main.outputs.status).toBe(expected === REJECTED ? 'problems' : 'ready')
    expect(main.exitStatus).toBe(expected === REJECTED ? 1 : 0)
    expect(message(main)).toMatch(words)
    expect(message(main)).toContain('docs/problems.md#download-token-rejected')
    expect(existsSync(main.outputs['netrc-file'] ?? '')).toBe(true)
  })

  test.each<readonly [string, Record<string, string>, Buffer]>([
    ['that cannot be decoded', { 'Content-Encoding': 'gzip' }, Buffer.from('no gzip')],
    ['that is too long to be read', {}, Buffer.alloc(21 * 1024 * 1024, 'a')],
    ['that breaks off', { 'Content-Length': '100' }, Buffer.from('You are')],
  ])('a refusal with a body %s is one all the same, as it is to curl', async (_, headers, body) => {
    const refusing = await webServer((_, response) => {
      response.writeHead(401, headers)
      response.end(body, () => response.destroy())
    })
    const main = await forDownloads(startJob(), { url: `${refusing.url}/` })
    expect(problemsOf(main)).toEqual([REJECTED])
    expect(message(main)).toContain('(HTTP 401)')
    expect(await curl(main.outputs['netrc-file'] ?? '', `${refusing.url}/file/patch.zip`)).toBe('exit 22')
  })

  test('a refusal by a server that got no token says nothing of the token', async () => {
    const elsewhere = await webServer((_, response) => {
      response.writeHead(401, { 'Content-Encoding': 'gzip' }).end('no gzip')
    })
    const service = await downloadService()
    service.faults.order(HELP, { kind: 'redirect', location: `${elsewhere.url}/` })
    expect(problemsOf(await forDownloads(startJob(), service))).toEqual([UNCONFIRMED])
  })

  test('a page that begins with a byte order mark is one all the same', async () => {
    const login = await webServer((_, response) => response.end('\uFEFF<!DOCTYPE html><title>Sign in</title>'))
    const main = await forDownloads(startJob(), { url: `${login.url}/` })
    expect(problemsOf(main)).toEqual([UNCONFIRMED])
    expect(message(main)).toContain('a web page')
  })

  test('a host that is not there, or that DNS does not know, is a warning', async () => {
    const job = startJob()
    const nobody = await forDownloads(job, { url: `http://127.0.0.1:${await closedPort()}/` })
    const unknown = await forDownloads(job, { url: 'https://nowhere.invalid/' })
    expect([nobody, unknown].map(problemsOf)).toEqual([[UNCONFIRMED], [UNCONFIRMED]])
    expect(message(nobody)).toContain('the connection was refused')
    expect(message(unknown)).toMatch(/DNS (does not know|gave no answer for) nowhere\.invalid/)
  })

  test('a redirect takes the token to no other host', async () => {
    const service = await downloadService()
    const headers: unknown[] = []
    const elsewhere = await webServer((request, response) => {
      headers.push(request.headers.authorization)
      response.end(`what ${mageId} with ${token} gets\n`)
    })
    service.faults.order(HELP, { kind: 'redirect', location: `${elsewhere.url}/${token}` })
    const main = await forDownloads(startJob(), service)
    expect(problemsOf(main)).toEqual([UNCONFIRMED])
    expect(message(main)).toContain(`redirects to ${elsewhere.origin}; the token is not sent there.`)
    expect(headers).toEqual([undefined])
  })

  test('over https, certificates are verified, and composer.json has no say in them', async () => {
    const { server: tls, caFile } = await serverCertificate()
    const service = await downloadService({ tls })
    const job = startJob()
    writeFileSync(join(job.workspace, 'composer.json'), JSON.stringify({ config: { cafile: caFile } }))
    const distrusting = await forDownloads(job, service)
    expect(problemsOf(distrusting)).toEqual([UNCONFIRMED])
    expect(message(distrusting)).toContain('its certificate is not trusted')
    expect(service.requests).toEqual([])
    const trusting = await forDownloads(job, service, { env: { COMPOSER_CAFILE: caFile } })
    expect(problemsOf(trusting)).toEqual([])
    const file = trusting.outputs['netrc-file'] ?? ''
    expect(await curl(file, `${service.url}file/patch.zip`, '--cacert', caFile)).toBe('a patch')
  })

  test('it is tried again where that can help, and not asked with `check: off`', async () => {
    const service = await downloadService()
    service.faults.order(HELP, { kind: 'status', status: 503 }, { times: 1 })
    const main = await forDownloads(startJob(), service, { inputs: { retries: '1' } })
    expect(problemsOf(main)).toEqual([])
    expect(service.requests).toHaveLength(2)
    const off = await forDownloads(startJob(), service, { inputs: { check: 'off' } })
    expect(problemsOf(off)).toEqual([])
    expect(off.outputs['netrc-file']).not.toBe('')
    expect(service.requests).toHaveLength(2)
  })
})

describe('forms', () => {
  const off = { check: 'off' }
  const warned = async (inputs: Record<string, string>) => {
    const main = await forDownloads(startJob(), { url: 'https://127.0.0.1:1/' }, { inputs: { ...off, ...inputs } })
    expect(main.exitStatus).toBe(0)
    expect(problemsOf(main)).toEqual([DOUBTFUL])
    return message(main)
  }

  test('access keys in their place are recognised', async () => {
    const { publicKey, privateKey } = KEYS
    const text = await warned({ 'mage-id': publicKey, 'download-token': privateKey })
    expect(text).toContain('`mage-id` and `download-token` look like access keys')
    expect(text).toContain('Pass access keys to `public-key` and `private-key`')
  })

  test('halves that were exchanged or joined are recognised, and the rest named', async () => {
    expect(await warned({ 'mage-id': token, 'download-token': mageId })).toContain('hold each other’s value')
    expect(await warned({ 'mage-id': `${mageId}:${token}` })).toContain('joined by a colon')
    expect(await warned({ 'mage-id': 'owner@example.org' })).toContain('an e-mail address')
    expect(await warned({ 'download-token': token.slice(1) })).toContain('does not have the form of a download token')
  })

  test('are said together with a refusal, as its likely reason', async () => {
    const service = await downloadService()
    const main = await forDownloads(startJob(), service, { inputs: { 'mage-id': token, 'download-token': mageId } })
    expect(problemsOf(main)).toEqual([REJECTED])
    expect(message(main)).toMatch(/hold each other’s value[^\n]*HTTP 401[^\n]*\nFix: Swap the secrets/)
  })

  test('are masked, joined in one input too', async () => {
    for (const joined of [`${mageId}:${token}`, `https://${mageId}:${token}@www.magentocommerce.com/info/help`]) {
      const inputs = { ...off, 'download-token': joined }
      const { masks } = await forDownloads(startJob(), { url: 'https://127.0.0.1:1/' }, { inputs, secrets: [token] })
      expect(masks).toEqual(expect.arrayContaining([mageId, token]))
      expect(masks).not.toContain('www.magentocommerce.com')
    }
  })

  test('as keys, MAGEID and token are sent to the inputs for them', async () => {
    const composer = await repository()
    const main = await startJob().main({
      inputs: { 'public-key': mageId, 'private-key': token, 'repository-url': composer.url, retries: '0' },
    })
    expect(main.outputs.problem).toBe('keys-malformed')
    expect(message(main)).toContain('pass MAGEID and token to the inputs `mage-id` and `download-token`')
  })
})

describe('inputs', () => {
  test.each([
    ['download-url', { 'download-url': 'http://downloads.example/' }],
    ['download-url', { 'download-url': `https://${mageId}:${token}@downloads.example/` }],
    ['download-url', { 'download-url': 'downloads' }],
  ])('%s as in %j cannot be read, and nothing is written', async (input, inputs) => {
    const job = startJob()
    const main = await forDownloads(job, { url: 'https://127.0.0.1:1/' }, { inputs })
    expect(main.exitStatus).toBe(1)
    expect(main.annotations).toHaveLength(1)
    expect(message(main)).toContain(`\`${input}\``)
    expect(main.outputs['netrc-file']).toBe('')
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('all empty, as in runs of forks, are what `if-keys-missing` is for', async () => {
    const job = startJob()
    const none = { 'mage-id': '', 'download-token': '' }
    const main = await forDownloads(
      job,
      { url: 'https://127.0.0.1:1/' },
      { inputs: { ...none, 'if-keys-missing': 'ignore' } },
    )
    expect(main.outputs).toMatchObject({ status: 'skipped', 'netrc-file': '' })
    const strict = await forDownloads(job, { url: 'https://127.0.0.1:1/' }, { inputs: none })
    expect(strict.outputs).toMatchObject({ status: 'problems', problem: 'keys-missing', 'netrc-file': '' })
  })

  test('all empty in a step that sets these alone are said to be the ones that are missing', async () => {
    const job = startJob()
    const lines = ['mage-id: ${{ secrets.MAGE_ID }}', 'download-token: ${{ secrets.DOWNLOADS }}']
    writeFiles(job, { [CI]: workflowWith(lines) })
    const none = { 'mage-id': '', 'download-token': '', check: 'off' }
    const env = { ...STEP, GITHUB_EVENT_NAME: 'pull_request', ...eventOf(job, FROM_FORK) }
    const main = await forDownloads(job, { url: 'https://127.0.0.1:1/' }, { inputs: none, env })
    expect(problemsOf(main)).toEqual(['error keys-missing: MAGEID and download token are missing'])
    expect(message(main)).toMatch(/`mage-id` and `download-token` are empty.* fork/)
    expect(message(main)).not.toContain('public-key')
    expect(main.annotations[0]?.properties.file).toBe(CI)
  })

  test('only for downloads empty are no problem: the keys are looked after', async () => {
    const composer = await repository()
    const job = startJob()
    const main = await job.main({
      inputs: { 'public-key': KEYS.publicKey, 'private-key': KEYS.privateKey, 'repository-url': composer.url },
    })
    expect(main.outputs).toMatchObject({ status: 'ready', 'netrc-file': '', 'auth-file': job.authFile })
    expect(readdirSync(job.temp)).toEqual([])
  })

  test('a rejected token fails the step whose keys are good, and says so beside them', async () => {
    const [service, composer] = [await downloadService(), await repository()]
    const main = await forDownloads(startJob(), service, {
      inputs: {
        'public-key': KEYS.publicKey,
        'private-key': KEYS.privateKey,
        'repository-url': composer.url,
        'download-token': 'b'.repeat(40),
      },
    })
    expect(main.outputs).toMatchObject({ status: 'problems', problem: 'download-token-rejected', 'http-status': '200' })
    expect(main.summary).toContain('Downloads')
  })
})
