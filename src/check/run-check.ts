import { debug } from '@actions/core'
import { allowance } from '../bounds/allowance.js'
import type { Deadline } from '../bounds/deadline.js'
import type { AuthEntry } from '../composer/auth-json.js'
import { type ConfigSource, trustConfig } from '../composer/config.js'
import type { Environment } from '../composer/environment.js'
import { GITHUB, gitHubToken } from '../composer/github-token.js'
import { holdsIn } from '../composer/installed/version-rules.js'
import { isJsonObject } from '../composer/json.js'
import { packagesJsonUrl } from '../composer/origin.js'
import { proxyDependsOnVersion, proxyFor } from '../composer/proxy.js'
import { repositoryOrigin } from '../composer/repositories.js'
import type { Inputs } from '../inputs/inputs.js'
import type { Editions } from '../problems/editions-seen.js'
import type { Finding } from '../problems/finding.js'
import { VERSION } from '../server/action-version.js'
import { openTransport, type Transport, type TransportOptions } from '../server/transport.js'
import { trustedCertificates } from '../server/trust.js'
import type { Redaction } from '../text/redaction.js'
import { flattened } from '../text/server-text.js'
import { FURTHER_ADDRESSES } from './archives.js'
import { checkPackages } from './check-packages.js'
import { type CheckContext, checkContext, type HeldGitHubToken, sentTo } from './context.js'
import { doubtfulCredentials } from './credentials/doubtful-credentials.js'
import { type Held, type HeldByVersion, withGiven } from './credentials/held-by-version.js'
import { withNearMisses } from './credentials/near-misses.js'
import { placeOf, sourceOfCredentials } from './credentials/source-of-credentials.js'
import { seenAt, shownEditions } from './editions.js'
import { NOTHING_FOUND } from './packages-result.js'
import type { Project } from './project.js'
import { sendsOptions } from './repository-options.js'
import type { Unchecked } from './unchecked-hosts.js'

/** What asking came to. */
export interface CheckResult {
  readonly findings: readonly Finding[]
  /** HTTP status of the main repository's packages.json; undefined when none came or none was asked for. */
  readonly httpStatus: number | undefined
  /** Whether the main repository was asked for its packages.json. */
  readonly asked: boolean
  /** Whether anything was asked for there: an archive, say. */
  readonly mainAsked: boolean
  /** Composer holds something for it, or sends what the options of its repository hold. */
  readonly holdsMain: boolean
  /** Whether it accepted the credentials; `without-any` where it was sent none. */
  readonly accepted: boolean | 'without-any'
  readonly checked: readonly string[]
  /** How many packages were not looked at, since the time of the step was up. */
  readonly leftOut: number
  /** Of how many it was concluded from others of their group that they are refused. */
  readonly concluded: number
  /** Hosts that the project names, or needs something from, and that are not asked; and packages. */
  readonly unchecked: Unchecked
  /** The folder in which no composer.json is, where one was looked for. */
  readonly noProject: string | undefined
  /** How many requests were not made, since there were more than a run may make. */
  readonly unasked: number
  /** What the main repository shows to the account; undefined where its lists were not needed, or cannot be read. */
  readonly editions: Editions | undefined
}

/** What is the same for every way in which versions of Composer read credentials. */
export interface CheckSetup {
  readonly inputs: Inputs
  readonly environment: Environment
  /** The origin of the repository that the keys are for. */
  readonly host: string
  /** Every place from which Composer takes settings. */
  readonly settings: readonly ConfigSource[]
  readonly project: Project
  /** What the step was given, whether or not it could be written. */
  readonly entries: readonly AuthEntry[]
  readonly keysFrom: 'inputs' | 'composer-auth'
  readonly redaction: Redaction
  /** That of the installed Composer; undefined where none answers. Looked up once. */
  readonly version: () => Promise<string | undefined>
}

/**
 * Asks what one version of Composer would ask, with what it would send.
 *
 * @param deadline when all requests have to end, those of all ways together
 */
export async function runCheck(setup: CheckSetup, way: HeldByVersion, deadline: Deadline): Promise<CheckResult> {
  const { inputs, environment, host, project, redaction } = setup
  const held = withGiven(way, setup.entries)
  const asked = new Set<string>()
  const withCredentials = allowance(requestsFor(project, inputs.packages))
  const furtherAddresses = allowance(FURTHER_ADDRESSES)
  const credentialsFrom = sourceOfCredentials(setup.entries, way, setup.keysFrom, host)
  const context = checkContext({
    furtherAddresses,
    transport: await transportFor(setup, {
      deadline,
      withCredentials,
      credentialsFor: (origin) => {
        asked.add(origin)
        return sentTo(held.get(origin))
      },
      onRequest: (line) => debug(flattened(redaction.server(line))),
    }),
    project,
    repositoryUrl: inputs.repositoryUrl,
    held,
    credentialsFrom,
    gitHubToken: tokenForGitHub(setup, way),
    nodeExtraCaCerts: (environment.env.NODE_EXTRA_CA_CERTS ?? '') !== '',
    deadline,
    version: setup.version,
  })
  for (const origin of [host, ...namedOrigins(project)]) {
    if (context.isOtherwiseAuthenticated(origin)) context.unchecked.add(origin, 'credentials')
  }
  // Whether keys are accepted need not be asked without any.
  const pointless = inputs.check === 'access' && !held.has(host)
  const result = pointless ? NOTHING_FOUND : await checkPackages(inputs.composerCommand, inputs.packages, context)
  return {
    ...result,
    findings: [
      ...withNearMisses(result.findings, setup.settings, setup.entries),
      ...doubtfulCredentials(held, credentialsFrom, host),
    ],
    ...answerOfMain(context, held, asked.has(host)),
    holdsMain: way.held.has(host) || (await sendsOptions(host, project, inputs.composerCommand.dev, context)),
    unasked: withCredentials.refused + furtherAddresses.refused,
    noProject: inputs.check === 'full' && project.manifest === undefined ? inputs.workingDirectory : undefined,
    editions: shownEditions(seenAt(context.main), redaction),
    unchecked: context.unchecked.all,
  }
}

/** The token for GitHub that one version of Composer holds, and whether it is one of this step's. */
function tokenForGitHub(
  { settings, entries }: CheckSetup,
  { version }: HeldByVersion,
): HeldGitHubToken | 'other' | undefined {
  const held = gitHubToken(settings, version)
  if (held === undefined || held === 'other') return held
  const { token, from } = held
  const isGiven = entries.some(({ path: [, origin], value }) => {
    const given = isJsonObject(value) ? value.username : value
    return origin === GITHUB && given === token
  })
  return {
    token,
    from: isGiven
      ? { from: 'composer-auth', source: undefined }
      : { from: 'elsewhere', by: from.by, name: from.name, place: placeOf(from) },
  }
}

/** What the main repository answered for its packages.json, if it was asked. */
function answerOfMain(
  { main }: CheckContext,
  held: Held,
  mainAsked: boolean,
): Pick<CheckResult, 'httpStatus' | 'asked' | 'mainAsked' | 'accepted'> {
  const { answered } = main
  const accepts = answered?.status !== undefined && answered.finding === undefined
  return {
    httpStatus: answered?.status,
    // There may have been no time left for it.
    asked: answered !== undefined && mainAsked,
    mainAsked,
    accepted: accepts && (held.has(main.origin) || 'without-any'),
  }
}

/** What looking for stand-ins may take, and what is tried again. */
const REQUESTS_BESIDES = 3000

/** How many requests with credentials a run may make: so many as grow with what the project needs, and no more. */
function requestsFor({ lock, manifest, repositories }: Project, requested: Inputs['packages']): number {
  const needed = (lock?.packages.length ?? 0) + (manifest?.requirements.length ?? 0) + requested.length
  return REQUESTS_BESIDES + 2 * (needed + repositories.length)
}

function namedOrigins({ repositories }: Project): string[] {
  return repositories.flatMap(({ entry, named }) =>
    entry.type === 'composer' && named !== 'default' ? [repositoryOrigin(entry)] : [],
  )
}

/** Opens the way to the servers by Composer's settings. */
async function transportFor(
  { inputs, environment, settings, version }: CheckSetup,
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
