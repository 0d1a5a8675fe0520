import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach } from '@jest/globals'
import { downloader } from '../../testing/catalogue.mjs'
import { type DownloadService, startDownloads } from '../../testing/downloads.mjs'
import type { Job, StepOptions, StepResult } from '../action/run-action.js'

export { downloader }

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** `startDownloads`, closed after the test. */
export async function downloadService(options: Parameters<typeof startDownloads>[0] = {}): Promise<DownloadService> {
  const service = await startDownloads(options)
  open.push(service)
  return service
}

/** Runs the step with MAGEID and token, and no keys unless they are among the inputs; one try. */
export function forDownloads(
  job: Job,
  { url }: Pick<DownloadService, 'url'>,
  { inputs, ...rest }: StepOptions = {},
): Promise<StepResult> {
  return job.main({
    ...rest,
    inputs: {
      'mage-id': downloader.mageId,
      'download-token': downloader.token,
      'download-url': url,
      retries: '0',
      timeout: '5',
      ...inputs,
    },
  })
}

/** Downloads with the real curl; what came, or its exit status. */
export function curl(netrcFile: string, url: string, ...options: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const args = ['--silent', '--fail', '--noproxy', '*', '--netrc-file', netrcFile, ...options, url]
    const child = spawn('curl', args, { env: { PATH: process.env.PATH ?? '' } })
    let received = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      received += chunk
    })
    child.on('error', fail)
    child.on('close', (status) => done(status === 0 ? received : `exit ${status}`))
  })
}

/** Watches the arguments of every process of this machine while work goes on. */
export async function argumentsDuring(work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  const look = () => {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        seen.add(readFileSync(`/proc/${name}/cmdline`, 'utf8'))
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  const timer = setInterval(look, 10)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return seen
}
