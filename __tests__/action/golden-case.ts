import type { Code } from '../../src/problems/finding.js'
import { accounts, packages } from '../../testing/catalogue.mjs'
import { archivePath } from '../../testing/composer-v1.mjs'
import type { Fault } from '../../testing/faults.mjs'
import type { Repository, RepositoryOptions } from '../../testing/repository.mjs'
import { proxy, repository as startedRepository } from '../server/access-step.js'
import { serverCertificate } from '../server/certificates.js'
import { pathWithComposer } from '../testing/stand-in-composer.js'
import { CI, eventOf, STEP, workflowWith, writeFiles } from './in-workflow.js'
import type { Job, StepResult } from './run-action.js'

/** A run whose words a person has read: see golden/. */
export interface GoldenCase {
  readonly code: Code
  /** What differs from the other cases of the code. */
  readonly name: string
  readonly run: (job: Job, repository: Repository) => Promise<StepResult>
}

export type Keys = Pick<(typeof accounts)['openSource'], 'publicKey' | 'privateKey'>
export const NO_KEYS: Keys = { publicKey: '', privateKey: '' }
export const ADOBE = 'https://repo.magento.com/'

export interface Options {
  /** Those of Open Source, unless others are wanted. */
  readonly keys?: Keys
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string | undefined>>
  /** In the workspace; `{url}` in them is the repository's. */
  readonly files?: Readonly<Record<string, string>>
  /** What packages.json answers; or another file, by its path. */
  readonly fault?: Fault
  readonly faultAt?: string | RegExp
  /** Lines below `with:`, which make the run one of a workflow in the workspace. */
  readonly workflow?: readonly string[]
  readonly job?: readonly string[]
  readonly event?: unknown
}

/** Runs the step, by default with good keys and one try. */
export function step(job: Job, url: string, options: Options = {}): Promise<StepResult> {
  const { inputs, keys = accounts.openSource, env = {}, files = {}, workflow, event } = options
  const written = Object.entries(files).map(([path, text]) => [path, text.replaceAll('{url}', url.replace(/\/$/, ''))])
  writeFiles(job, Object.fromEntries(written))
  if (workflow !== undefined) writeFiles(job, { [CI]: workflowWith(workflow, options.job) })
  return job.main({
    inputs: {
      'public-key': keys.publicKey,
      'private-key': keys.privateKey,
      'repository-url': url,
      retries: '0',
      timeout: '5',
      ...inputs,
    },
    env: {
      ...(workflow === undefined ? {} : { ...STEP, GITHUB_ACTION_REPOSITORY: 'acme/magento-composer-auth' }),
      ...(event === undefined ? {} : eventOf(job, event)),
      ...env,
    },
  })
}

/** A case at the test repository, or at another URL. */
export function plain(code: Code, name: string, options: Options = {}, url?: string): GoldenCase {
  return {
    code,
    name,
    run: (job, repository) => {
      if (options.fault !== undefined) repository.faults.order(options.faultAt ?? '/packages.json', options.fault)
      return step(job, url ?? repository.url, options)
    },
  }
}

/** The same where no Composer is installed, as a rule that its version decides. */
export function withoutComposer(code: Code, name: string, options: Options = {}): GoldenCase {
  return {
    code,
    name: `${name}, and no Composer`,
    run: (job, repository) =>
      plain(code, name, { ...options, env: { ...options.env, PATH: pathWithComposer(job, undefined) } }).run(
        job,
        repository,
      ),
  }
}

/** A case that needs a server, or more, of its own. */
export function own(code: Code, name: string, run: GoldenCase['run']): GoldenCase {
  return { code, name, run }
}

let certificate: ReturnType<typeof serverCertificate> | undefined

/** A case at the name repo.magento.com, whose habits are known; behind a proxy, which alone knows the name. */
export function atAdobe(code: Code, name: string, options: Options = {}, served: RepositoryOptions = {}): GoldenCase {
  return {
    code,
    name: `repo.magento.com, ${name}`,
    run: async (job) => {
      certificate ??= serverCertificate({ names: ['localhost', 'repo.magento.com', 'hyva-themes.repo.packagist.com'] })
      const { server: tls, caFile } = await certificate
      const server = await startedRepository({ tls, publicUrl: ADOBE.slice(0, -1), ...served })
      if (options.fault !== undefined) server.faults.order(options.faultAt ?? '/packages.json', options.fault)
      const there = { host: '127.0.0.1', port: Number(new URL(server.url).port) }
      const way = await proxy({
        resolve: { 'repo.magento.com': there, 'hyva-themes.repo.packagist.com': there },
      })
      return step(job, ADOBE, { ...options, env: { https_proxy: way.url, COMPOSER_CAFILE: caFile, ...options.env } })
    },
  }
}

const JSON_TYPE = { contentType: 'application/json' } as const

/** A status with a sentence in Adobe's form. */
export function says(status: number, warning: string): Fault {
  return { kind: 'status', status, body: JSON.stringify({ warning }), ...JSON_TYPE }
}

/** A status with a word that nobody shows. */
export function status(number: number, headers: Record<string, string> = {}): Fault {
  return { kind: 'status', status: number, body: 'no', contentType: 'text/plain', headers }
}

/** A composer.json that takes its packages from the repository, and from others. */
export function manifest(require: Readonly<Record<string, string>>, repositories: readonly unknown[] = []): string {
  const all = [{ type: 'composer', url: '{url}' }, ...repositories, { 'packagist.org': false }]
  return JSON.stringify({ require, repositories: all, config: { 'secure-http': false } }, null, 4)
}

/** A composer.lock with packages of the catalogue, by name; others as they are given. */
export function lock(...wanted: readonly (string | Readonly<Record<string, unknown>>)[]): string {
  const locked = wanted.map((one) => {
    if (typeof one !== 'string') return one
    const known = packages.find(({ name }) => name === one)
    if (known === undefined) throw new Error(`The catalogue has no ${one}`)
    const { name, version, type } = known
    if (type === 'metapackage') return { name, version, type, require: known.require }
    return { name, version, type, dist: { type: 'zip', url: `{url}${archivePath(known)}` } }
  })
  return JSON.stringify({ packages: locked, 'packages-dev': [] }, null, 4)
}

/** A package of a lock that the repository does not have. */
export function unknown(name: string, more: Readonly<Record<string, unknown>> = {}) {
  const url = `{url}/archives/${name}/${name.replace('/', '-')}-1.0.0.0.zip`
  return { name, version: '1.0.0', type: 'magento2-module', dist: { type: 'zip', url }, ...more }
}
