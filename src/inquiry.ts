import { debug } from '@actions/core'
import { type Editions, editionsSeen } from './check/editions.js'
import { needsHost } from './check/needs.js'
import { checkPackages, type PackagesResult } from './check/packages.js'
import { type Project, readProject } from './check/project.js'
import { surroundings } from './check/surroundings.js'
import type { HttpBasic } from './composer/auth-json.js'
import { type ConfigSource, configSources, trustConfig } from './composer/config.js'
import { credentialsInUrl, dependsOnOrder, effectiveCredentials } from './composer/effective-credentials.js'
import type { Environment } from './composer/environment.js'
import {
  environmentBeatsProject,
  httpsFallsBackToHttpProxy,
  installedComposerVersion,
  readsRootOnInstall,
} from './composer/installed-version.js'
import { originOf } from './composer/origin.js'
import { proxyDependsOnVersion, proxyFor } from './composer/proxy.js'
import { repositoryOrigin } from './composer/repositories.js'
import type { Inputs } from './github/inputs.js'
import type { Finding } from './problems/finding.js'
import { openTransport, type Transport } from './server/transport.js'
import { trustedCertificates } from './server/trust.js'
import { VERSION } from './version.js'

/** What asking came to. */
export interface InquiryResult {
  readonly findings: readonly Finding[]
  /** HTTP status of the main repository's packages.json; undefined when none came or none was asked for. */
  readonly httpStatus: number | undefined
  /** Whether the main repository was asked for its packages.json. */
  readonly asked: boolean
  /** Whether it accepted the credentials. */
  readonly accepted: boolean
  readonly checked: readonly string[]
  /** Whether the coming command needs anything from the main repository. */
  readonly needed: boolean
  /** What the main repository shows to the account; undefined where its lists were not needed, or cannot be read. */
  readonly editions: Editions | undefined
}

/** Asks what Composer would ask, with what Composer would send. */
export interface Inquiry {
  /** Everything that Composer holds, the keys of this step aside: nothing of it may be shown. */
  readonly secrets: readonly HttpBasic[]
  /** What Composer holds for the main repository besides the keys of this step. */
  readonly existing: HttpBasic | undefined
  /** With these credentials for the main repository; without any, only what can be told without asking it. */
  run(credentials: HttpBasic | undefined): Promise<InquiryResult>
  /** See `Circumstances`. */
  readsRootOnInstall(): Promise<boolean | undefined>
}

/**
 * Sets up everything that asking needs: the project, its settings, credentials, trust and proxies, by the rules of the
 * installed Composer, whose version is looked up at most once and only where versions differ.
 */
export async function openInquiry(
  inputs: Inputs,
  environment: Environment,
  home: string | undefined,
): Promise<Inquiry> {
  const { env } = environment
  const sources = configSources(environment, home)
  const read = inputs.check === 'full' ? readProject(environment, home, sources, inputs.composerCommand) : NO_PROJECT
  const host = originOf(inputs.repositoryUrl)
  const version = once(() => installedComposerVersion(env))

  const entries = 'project' in read ? read.project.repositories.map(({ entry }) => entry) : []
  const held = await heldCredentials(sources, [host, ...entries.map(repositoryOrigin)], version)
  for (const { url } of entries) {
    const inUrl = credentialsInUrl(url)
    if (inUrl !== undefined) held.set(originOf(url), inUrl)
  }
  const openFor = async (credentials: HttpBasic | undefined) => {
    const credentialsFor = (origin: string) => (origin === host ? credentials : held.get(origin))
    const transport = await transportFor(inputs, environment, sources, credentialsFor, version)
    return { transport, credentialsFor }
  }
  const secrets = [...held.values()]
  const nodeExtraCaCerts = (env.NODE_EXTRA_CA_CERTS ?? '') !== ''

  return {
    secrets,
    existing: held.get(host),
    readsRootOnInstall: async () => readsRootOnInstall(await version()),
    run: async (credentials) => {
      const { transport, credentialsFor } = await openFor(credentials)
      const { composerCommand: command, packages: requested, repositoryUrl } = inputs
      const project = 'project' in read ? read.project : EMPTY_PROJECT
      const unreadable = 'findings' in read ? read.findings : []
      const around = surroundings({
        transport,
        project,
        repositoryUrl,
        credentialsFor,
        secrets: credentials === undefined ? secrets : [...secrets, credentials],
        nodeExtraCaCerts,
      })
      const needed = inputs.check !== 'full' || needsHost(host, project, command, requested)
      const nothing: PackagesResult = { findings: [], checked: [] }
      const result = credentials === undefined ? nothing : await checkPackages(command, requested, around)
      const { answered, repository } = around.main
      const { listed } = repository
      return {
        findings: [...unreadable, ...result.findings],
        httpStatus: answered?.status,
        asked: answered !== undefined,
        accepted: answered !== undefined && answered.finding === undefined,
        checked: result.checked,
        needed,
        editions: listed?.kind === 'names' ? editionsSeen(listed.names, around.secrets) : undefined,
      }
    },
  }
}

/** What counts where no project is looked at, or none can be read: no manifest, no lock. */
const EMPTY_PROJECT: Project = {
  manifest: undefined,
  lock: undefined,
  repositories: [],
  secureHttp: true,
  runsPlugin: () => false,
  alreadyThere: () => undefined,
  pathOf: (path: string) => path,
  otherwiseAuthenticated: new Set<string>(),
}

const NO_PROJECT = { project: EMPTY_PROJECT }

async function heldCredentials(
  sources: readonly ConfigSource[],
  origins: readonly string[],
  version: () => Promise<string | undefined>,
): Promise<Map<string, HttpBasic>> {
  // Composer 2.7.8 turned the order round; where that makes no difference nobody needs to know.
  const environmentLast = dependsOnOrder(sources, origins) ? environmentBeatsProject(await version()) : true
  const effective = effectiveCredentials(sources, environmentLast)
  return new Map([...effective].map(([origin, { credentials }]) => [origin, credentials]))
}

async function transportFor(
  inputs: Inputs,
  environment: Environment,
  sources: readonly ConfigSource[],
  credentialsFor: (origin: string) => HttpBasic | undefined,
  version: () => Promise<string | undefined>,
): Promise<Transport> {
  const { env } = environment
  // Composer 2.8 changed which proxy an https request takes; whoever asks must take the same.
  const fallsBack =
    proxyDependsOnVersion(new URL(inputs.repositoryUrl), env) && httpsFallsBackToHttpProxy(await version())
  return openTransport({
    timeout: inputs.timeout,
    retries: inputs.retries,
    userAgent: `magento-composer-auth/${VERSION} (GitHub Actions)`,
    trust: trustedCertificates(trustConfig(environment, sources), env),
    proxyFor: (target) => proxyFor(target, env, fallsBack),
    credentialsFor,
    onRequest: debug,
  })
}

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let done: Promise<Value> | undefined
  return () => {
    done ??= work()
    return done
  }
}
