import { accounts } from '../../../testing/catalogue.mjs'
import type { Fault } from '../../../testing/faults.mjs'
import { type GitHubRun, runWithGitHub } from '../../check/github-lock.js'
import { downloadService, forDownloads } from '../../downloads/download-service.js'
import { type GoldenCase, own, status } from '../golden-case.js'

const { publicKey, privateKey } = accounts.openSource

/** A step for downloads alone. */
function asked(name: string, inputs: Readonly<Record<string, string>>, fault?: Fault): GoldenCase {
  return own('download-token-rejected', name, async (job) => {
    const service = await downloadService()
    if (fault !== undefined) service.faults.order('/products/downloads/info/help', fault)
    return forDownloads(job, service, { inputs })
  })
}

/** A lock that downloads from GitHub. */
function ofGitHub(name: string, run: GitHubRun): GoldenCase {
  return own('github-token-insufficient', name, async (job) => (await runWithGitHub(run, job)).step)
}

export const downloadCases: readonly GoldenCase[] = [
  asked('a wrong token', { 'download-token': 'a'.repeat(40) }),
  asked('forbidden', {}, status(403)),
  asked('access keys in its place', { 'mage-id': publicKey, 'download-token': privateKey }),
  asked('the halves exchanged', { 'mage-id': 'b'.repeat(40), 'download-token': 'MAG123456789' }),
  asked('a service that is gone', {}, status(404)),
  asked('a maintenance page', {}, { kind: 'html' }),
  asked('a redirect to another host', {}, { kind: 'redirect', location: 'http://localhost:1/' }),
  asked('no answer', {}, { kind: 'close' }),
  asked('other forms, not asked', { 'mage-id': 'me', 'download-token': 'secret-of-mine', check: 'off' }),
  ofGitHub('rejected, and Composer clones', { token: 'ghp_old0123456789' }),
  ofGitHub('rejected, and Composer stops', { token: 'ghp_old0123456789', composer: '2.11.0' }),
  ofGitHub('rejected, from the project’s auth.json, and no Composer', {
    token: 'ghp_old0123456789',
    place: 'auth.json',
    composer: '',
  }),
  ofGitHub('too few requests left', { remaining: 2 }),
  ofGitHub('none for many archives', { archives: 61, place: 'nowhere' }),
  own('auth-file-unwritable', 'the netrc file, in a folder that is not there', async (job) => {
    const env = { RUNNER_TEMP: `${job.root}/missing` }
    return forDownloads(job, { url: 'https://127.0.0.1:1/' }, { inputs: { check: 'off' }, env })
  }),
]
