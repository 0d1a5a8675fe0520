import type { IncomingMessage } from 'node:http'
import { writeFiles } from '../action/in-workflow.js'
import { startJob } from '../action/run-action.js'
import { proxy, repository, webServer } from '../server/access-step.js'
import { serverCertificate } from '../server/certificates.js'
import { pathWithComposer } from '../testing/stand-in-composer.js'

const certificate = serverCertificate({ names: ['api.github.com', 'github.com', 'codeload.github.com'] })
/** The token that GitHub knows. */
export const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

/** What differs from a lock with three archives, and a good token in `composer-auth`. */
export interface GitHubRun {
  readonly archives?: number
  readonly source?: boolean
  readonly token?: string
  readonly auth?: (token: string) => Readonly<Record<string, unknown>>
  readonly place?: 'composer-auth' | 'auth.json' | 'nowhere'
  readonly remaining?: number
  readonly answer?: { readonly status: number; readonly location?: string }
  readonly composer?: string
  readonly url?: string
  readonly dev?: boolean
}

/** Runs the step on a lock that downloads from GitHub's API, which stands behind the proxy that alone knows its name. */
export async function runWithGitHub(options: GitHubRun, job = startJob()) {
  const {
    archives = 3,
    source = true,
    token = TOKEN,
    place = 'composer-auth',
    remaining = 4999,
    composer = '2.8.0',
  } = options
  const { url = 'https://api.github.com', answer = { status: 200 } } = options
  const auth = options.auth ?? ((held: string) => ({ 'github-oauth': { 'github.com': held } }))
  const { server: tls, caFile } = await certificate
  const seen: IncomingMessage[] = []
  const github = await webServer((request, response) => {
    seen.push(request)
    const isGood = request.headers.authorization === `token ${TOKEN}`
    const status = isGood ? answer.status : 401
    const core = { limit: 5000, used: 5000 - remaining, remaining, reset: 1_795_620_300 }
    response.writeHead(status, answer.location === undefined ? {} : { location: answer.location })
    response.end(JSON.stringify(status === 200 ? { resources: { core } } : { message: 'Bad credentials' }))
  }, tls)
  const there = { host: '127.0.0.1', port: github.port }
  const way = await proxy({ resolve: { 'api.github.com': there, 'github.com': there, 'codeload.github.com': there } })
  const main = await repository()
  const packages = Array.from({ length: archives }, (_, index) => ({
    name: `team/module-${index}`,
    version: '1.0.0',
    type: 'library',
    dist: { type: 'zip', url: `${url}/repos/team/module-${index}/zipball/${'a'.repeat(40)}` },
    ...(source ? { source: { type: 'git', url: `https://github.com/team/module-${index}.git`, reference: 'a' } } : {}),
  }))
  const document = JSON.stringify(auth(token), null, 4)
  const key = options.dev === true ? 'packages-dev' : 'packages'
  writeFiles(job, {
    'composer.json': JSON.stringify({ require: {}, config: { 'secure-http': false } }),
    'composer.lock': JSON.stringify({ packages: [], 'packages-dev': [], [key]: packages }, null, 4),
    ...(place === 'auth.json' ? { 'auth.json': document } : {}),
  })
  const step = await job.main({
    inputs: {
      'public-key': 'a'.repeat(32),
      'private-key': 'b'.repeat(32),
      'repository-url': main.url,
      ...(place === 'composer-auth' ? { 'composer-auth': document } : {}),
      ...(options.dev === true ? { 'composer-command': 'install --no-dev' } : {}),
    },
    env: { https_proxy: way.url, COMPOSER_CAFILE: caFile, PATH: pathWithComposer(job, composer) },
    secrets: [token],
  })
  const asked = seen.map(({ headers, url }) => `${headers.host}${url} ${headers.authorization ?? 'without'}`)
  return { step, asked }
}
