import { debug } from '@actions/core'
import { allowance } from '../bounds/allowance.js'
import type { Deadline } from '../bounds/deadline.js'
import type { AuthEntry } from '../composer/auth-json.js'
import { type ConfigSource, configSources, trustConfig } from '../composer/config.js'
import type { Environment } from '../composer/environment.js'
import { installedComposerVersion } from '../composer/installed/installed-version.js'
import { holdsIn } from '../composer/installed/version-rules.js'
import { originOf, packagesJsonUrl } from '../composer/origin.js'
import { proxyDependsOnVersion, proxyFor } from '../composer/proxy.js'
import { repositoryOrigin } from '../composer/repositories.js'
import type { Inputs } from '../inputs/inputs.js'
import type { Finding } from '../problems/finding.js'
import type { Editions } from '../problems/package-denied.js'
import { VERSION } from '../server/action-version.js'
import { openTransport, type Transport, type TransportOptions } from '../server/transport.js'
import { trustedCertificates } from '../server/trust.js'
import { type Redaction, redactionOf } from '../text/redaction.js'
import { flattened } from '../text/server-text.js'
import { FURTHER_ADDRESSES } from './archives.js'
import { checkPackages, type PackagesResult } from './check-packages.js'
import { checkContext, sentTo } from './context.js'
import {
  credentialsFrom,
  type HeldByVersion,
  heldBy,
  heldByEachVersion,
  invalidSources,
  overridden,
  unread,
  withGiven,
} from './credentials/held-credentials.js'
import { type RunSecrets, secretsOfRun } from './credentials/secrets-of-run.js'
import { seenAt, shownEditions } from './editions.js'
import { needsHost } from './needed-host.js'
import { type Project, readProject } from './project.js'

/** What asking came to. */
export interface CheckResult {
  readonly findings: readonly Finding[]
  /** HTTP status of the main repository's packages.json; undefined when none came or none was asked for. */
  readonly httpStatus: number | undefined
  /** Whether the main repository was asked for its packages.json. */
  readonly asked: boolean
  /** Whether anything was asked for there: an archive, say. */
  readonly mainAsked: boolean
  /** Whether it accepted the credentials; `without-any` where it was sent none. */
  readonly accepted: boolean | 'without-any'
  readonly checked: readonly string[]
  /** How many packages were not looked at, since the time of the step was up. */
  readonly leftOut: number
  /** Hosts that composer.json names and that are asked with headers or certificates of their own, which are not sent from here. */
  readonly unchecked: readonly string[]
  /** The folder in which no composer.json is, where one was looked for. */
  readonly noProject: string | undefined
  /** How many requests were not made, since there were more than a run may make. */
  readonly unasked: number
  /** What the main repository shows to the account; undefined where its lists were not needed, or cannot be read. */
  readonly editions: Editions | undefined
}

/** Asks what Composer would ask, with what Composer would send. */
export interface ProjectCheck {
  readonly secrets: RunSecrets
  /** Takes all secrets out of what others wrote. */
  readonly redaction: Redaction
  /** Composer holds something for the main repository, whatever its version; or the repository has options of its own. */
  readonly holdsMain: boolean
  /** The coming command needs something from the main repository. */
  readonly needsMain: boolean
  /**
   * Everything that can be found out. One result; or, where versions of Composer hold other credentials and none is
   * installed to say which, one for each way, newest first.
   */
  run(): Promise<readonly CheckResult[]>
  /** What the files and variables tell by themselves: nothing is sent, and no tool is run. */
  filesAlone(): Promise<readonly Finding[]>
  /** See `Circumstances`. */
  readsRootOnInstall(): Promise<boolean | undefined>
}

/** What the inquiry is about, besides the inputs. */
export interface Subject {
  readonly environment: Environment
  /** Composer's home; undefined where none can be told. */
  readonly home: string | undefined
  /** What the step was given, whether or not it could be written. */
  readonly entries: readonly AuthEntry[]
  /** Which inputs the keys come from. */
  readonly keysFrom: 'inputs' | 'composer-auth'
  /** No place could be written to. */
  readonly unwritten: boolean
  /** What was found before. */
  readonly known: readonly Finding[]
  /** When the step has to end, whatever is still unknown. */
  readonly deadline: Deadline
}

/**
 * Sets up everything that asking needs: the project, its settings, credentials, trust and proxies, by the rules of the
 * installed Composer, whose version is looked up at most once and only where versions differ.
 */
export function openCheck(
  inputs: Inputs,
  { environment, home, entries, keysFrom, unwritten, known, deadline }: Subject,
): ProjectCheck {
  const { repositoryUrl, composerCommand: command, packages: requested } = inputs
  const host = originOf(repositoryUrl)
  const settings = configSources(environment, home)
  // `check: access` is about the keys alone: what a project holds besides them is another matter.
  const sources = settings.filter(({ place }) => place !== 'manifest' || inputs.check !== 'access')
  const read = inputs.check === 'full' ? readProject(environment, home, sources, command, deadline) : NO_PROJECT
  const project = 'project' in read ? read.project : EMPTY_PROJECT
  const unreadable = 'findings' in read ? read.findings : []
  const ways = heldByEachVersion(sources, project, entries, host)
  const keys = { username: inputs.publicKey.value, password: inputs.privateKey.value }
  const secrets = secretsOfRun({ keys, entries, sources: settings, project, environment })
  const redaction = redactionOf(secrets.all)
  const version = once(() => installedComposerVersion(environment))
  const needsMain = inputs.check !== 'full' || needsHost(host, project, command, requested)

  async function ask(way: HeldByVersion, deadline: Deadline): Promise<CheckResult> {
    const held = withGiven(way, entries)
    const asked = new Set<string>()
    const withCredentials = allowance(requestsFor(project, requested))
    const furtherAddresses = allowance(FURTHER_ADDRESSES)
    const context = checkContext({
      furtherAddresses,
      transport: await transportFor(inputs, environment, settings, version, {
        deadline,
        withCredentials,
        credentialsFor: (origin) => {
          asked.add(origin)
          return sentTo(held.get(origin))
        },
        onRequest: (line) => debug(flattened(redaction.server(line))),
      }),
      project,
      repositoryUrl,
      held,
      credentialsFrom: credentialsFrom(entries, way, keysFrom, host),
      nodeExtraCaCerts: (environment.env.NODE_EXTRA_CA_CERTS ?? '') !== '',
      deadline,
    })
    // Whether keys are accepted need not be asked without any.
    const pointless = inputs.check === 'access' && !held.has(host)
    const nothing: PackagesResult = { findings: [], checked: [], leftOut: 0 }
    const result = pointless ? nothing : await checkPackages(command, requested, context)
    const { answered } = context.main
    return {
      findings: result.findings,
      httpStatus: answered?.status,
      asked: answered !== undefined,
      mainAsked: asked.has(host),
      accepted: answered?.status !== undefined && answered.finding === undefined && (held.has(host) || 'without-any'),
      checked: result.checked,
      leftOut: result.leftOut,
      unasked: withCredentials.refused + furtherAddresses.refused,
      noProject: inputs.check === 'full' && project.manifest === undefined ? inputs.workingDirectory : undefined,
      editions: shownEditions(seenAt(context.main), redaction),
      unchecked: [...new Set([host, ...namedOrigins(project)])].filter((origin) => held.get(origin)?.kind === 'other'),
    }
  }

  return {
    secrets,
    redaction,
    holdsMain: ways.every(({ held }) => held.has(host)) || hasOptionsFor(host, project),
    needsMain,
    readsRootOnInstall: async () => holdsIn(await version(), 'readsRootOnInstall'),
    run: async () => {
      const invalid = await invalidSources(sources, known, version)
      const installed = ways.length === 1 ? undefined : await version()
      const results: CheckResult[] = []
      const timeLimit = deadline.within(1000 * 2 * inputs.timeout * (inputs.retries + 1))
      for (const way of installed === undefined ? ways : [heldBy(installed, sources, project)]) {
        const result = await ask(way, timeLimit)
        const others = [...overridden(entries, way, installed), ...(unwritten ? [] : unread(entries, way))]
        results.push({ ...result, findings: [...unreadable, ...invalid, ...others, ...result.findings] })
      }
      return results
    },
    filesAlone: async () => {
      const everyWay = ways.map((way) => overridden(entries, way, undefined))
      const hosts = everyWay.map((findings) => new Set(findings.map((finding) => finding.host)))
      const always = everyWay[0]?.filter((finding) => hosts.every((others) => others.has(finding.host)))
      return [...(await invalidSources(sources, known, async () => undefined)), ...(always ?? [])]
    },
  }
}

/** What looking for stand-ins may take, and what is tried again. */
const REQUESTS_BESIDES = 3000

/** How many requests with credentials a run may make: so many as grow with what the project needs, and no more. */
function requestsFor({ lock, manifest, repositories }: Project, requested: Inputs['packages']): number {
  const needed = (lock?.packages.length ?? 0) + (manifest?.requirements.length ?? 0) + requested.length
  return REQUESTS_BESIDES + 2 * (needed + repositories.length)
}

/** Whether a repository at a host is asked with options of its own: they may hold the header that it wants. */
function hasOptionsFor(host: string, { repositories }: Project): boolean {
  return repositories.some(
    ({ entry }) => entry.type === 'composer' && entry.hasOptions && repositoryOrigin(entry) === host,
  )
}

function namedOrigins({ repositories }: Project): string[] {
  return repositories.flatMap(({ entry, named }) =>
    entry.type === 'composer' && named !== 'default' ? [repositoryOrigin(entry)] : [],
  )
}

/** What counts where no project is looked at, or none can be read: no manifest, no lock. */
const EMPTY_PROJECT: Project = {
  manifest: undefined,
  lock: undefined,
  repositories: [],
  secureHttp: true,
  runsPlugin: () => false,
  alreadyThere: () => undefined,
  pathPackages: () => undefined,
  pathOf: (path: string) => path,
}

const NO_PROJECT = { project: EMPTY_PROJECT }

async function transportFor(
  inputs: Inputs,
  environment: Environment,
  settings: readonly ConfigSource[],
  version: () => Promise<string | undefined>,
  own: Pick<TransportOptions, 'deadline' | 'withCredentials' | 'credentialsFor' | 'onRequest'>,
): Promise<Transport> {
  const { env } = environment
  // Composer 2.8 changed which proxy an https request takes; whoever asks must take the same.
  const fallsBack =
    proxyDependsOnVersion(new URL(inputs.repositoryUrl), env) &&
    holdsIn(await version(), 'leavesHttpProxyForHttp') === false
  return openTransport({
    timeout: inputs.timeout,
    retries: inputs.retries,
    userAgent: `magento-composer-auth/${VERSION} (GitHub Actions)`,
    trust: trustedCertificates(trustConfig(environment, settings), env),
    nodeTrustsAll: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
    proxyFor: (target) => proxyFor(target, env, fallsBack),
    essential: packagesJsonUrl(inputs.repositoryUrl),
    ...own,
  })
}

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let done: Promise<Value> | undefined
  return () => {
    done ??= work()
    return done
  }
}
