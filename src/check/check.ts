import type { Deadline } from '../bounds/deadline.js'
import type { AuthEntry } from '../composer/auth-json.js'
import { type ConfigSource, configSources } from '../composer/config.js'
import type { Environment } from '../composer/environment.js'
import { type OddToken, refusesToken } from '../composer/installed/accepted-token.js'
import { installedComposerVersion } from '../composer/installed/installed-version.js'
import { originOf } from '../composer/origin.js'
import { readPolicy } from '../composer/policy.js'
import type { Inputs } from '../inputs/inputs.js'
import type { Finding } from '../problems/finding.js'
import { type Redaction, redactionOf } from '../text/redaction.js'
import { doubtfulByLookAlone } from './credentials/doubtful-credentials.js'
import { type HeldByVersion, heldBy, heldByEachVersion, withGiven } from './credentials/held-by-version.js'
import { invalidAuthFiles } from './credentials/invalid-auth-files.js'
import { type InstalledComposer, NO_COMPOSER, refusedTokens } from './credentials/refused-tokens.js'
import { type RunSecrets, secretsOfRun } from './credentials/secrets-of-run.js'
import { sourceOfCredentials } from './credentials/source-of-credentials.js'
import { overriddenCredentials, unreadCredentials } from './credentials/unused-credentials.js'
import { needsHost } from './needs-host.js'
import { type Project, readProject } from './project.js'
import type { CheckResult, CheckSetup } from './run-check.js'

export type { CheckResult } from './run-check.js'

/** Asks what Composer would ask, with what Composer would send. */
export interface ProjectCheck {
  readonly secrets: RunSecrets
  /** Takes all secrets out of what others wrote. */
  readonly redaction: Redaction
  /** The coming command needs something from the main repository. */
  readonly needsMain: boolean
  /**
   * Everything that can be found out. One result; or, where versions of Composer hold other credentials and none is
   * installed to say which, one for each way, newest first.
   */
  run(): Promise<readonly CheckResult[]>
  /** What the files and variables tell by themselves: nothing is sent, and no tool is run. */
  filesAlone(): Promise<readonly Finding[]>
  /** That of the installed Composer; undefined where none answers. Looked up once. */
  version(): Promise<string | undefined>
}

/** What is checked, besides the inputs. */
export interface Subject {
  readonly environment: Environment
  /** Composer's home; undefined where none can be told. */
  readonly home: string | undefined
  /** What the step was given, whether or not it could be written. */
  readonly entries: readonly AuthEntry[]
  /** Entries of others that stood in the places of those written. */
  readonly replaced: readonly AuthEntry[]
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
export function openCheck(inputs: Inputs, subject: Subject): ProjectCheck {
  const { environment, entries, replaced, keysFrom } = subject
  const host = originOf(inputs.repositoryUrl)
  const { settings, sources, project, unreadable } = readFiles(inputs, subject)
  const ways = heldByEachVersion(sources, project, entries, host)
  const keys = { username: inputs.publicKey.value, password: inputs.privateKey.value }
  const forDownloads = inputs.downloads ?? inputs.incompleteDownloads
  const pairs = forDownloads === undefined ? [keys] : [keys, forDownloads]
  const secrets = secretsOfRun({ inputs: pairs, entries, replaced, sources: settings, project, environment })
  const redaction = redactionOf(secrets.all)
  const version = once(() => installedComposerVersion(environment))
  const setup = { inputs, environment, host, settings, project, entries, keysFrom, redaction, version }
  return {
    secrets,
    redaction,
    needsMain: inputs.check !== 'full' || needsHost(host, project, inputs.composerCommand, inputs.packages),
    version,
    run: async () => {
      const installed = { version, refusesToken: (odd: OddToken) => refusesToken(odd, environment) }
      const results = await runEachWay(setup, ways, sources, subject, installed)
      return results.map((result) => ({
        ...result,
        findings: [...unreadable, ...result.findings],
        // What cannot be read is there all the same.
        noProject: unreadable.length === 0 ? result.noProject : undefined,
      }))
    },
    filesAlone: async () => [
      ...(await invalidAuthFiles(sources, subject.known, NO_COMPOSER.version)),
      ...(await refusedTokens(sources, entries, NO_COMPOSER)),
      ...overriddenInEveryWay(entries, ways),
      ...ways.slice(0, 1).flatMap((way) => {
        const from = sourceOfCredentials(entries, way, keysFrom, host)
        return doubtfulByLookAlone(withGiven(way, entries), from, host)
      }),
    ],
  }
}

/** The files that Composer reads, as far as they count for what is checked. */
interface ReadFiles {
  readonly settings: readonly ConfigSource[]
  readonly sources: readonly ConfigSource[]
  readonly project: Project
  /** What is wrong with files of the project. */
  readonly unreadable: readonly Finding[]
}

function readFiles({ check, composerCommand }: Inputs, { environment, home, deadline }: Subject): ReadFiles {
  const settings = configSources(environment, home)
  if (check !== 'full') {
    // `check: access` is about the keys alone: what a project holds besides them is another matter.
    const sources = settings.filter(({ place }) => place !== 'manifest' || check !== 'access')
    return { settings, sources, project: NO_PROJECT, unreadable: [] }
  }
  const read = readProject(environment, home, settings, composerCommand, deadline)
  return { settings, sources: settings, project: read.project ?? NO_PROJECT, unreadable: read.findings }
}

/** What asking comes to by the installed Composer; where none is, in each way in which versions read credentials. */
async function runEachWay(
  setup: CheckSetup,
  ways: readonly HeldByVersion[],
  sources: readonly ConfigSource[],
  { unwritten, known, deadline }: Subject,
  composer: InstalledComposer,
): Promise<CheckResult[]> {
  const { project, entries, version, inputs } = setup
  // What sends requests is loaded by those steps alone that send some.
  const { runCheck } = await import('./run-check.js')
  const invalid = [
    ...(await invalidAuthFiles(sources, known, version)),
    ...(await refusedTokens(sources, entries, composer)),
  ]
  const installed = ways.length === 1 ? undefined : await version()
  const results: CheckResult[] = []
  const timeLimit = deadline.within(1000 * 2 * inputs.timeout * (inputs.retries + 1))
  for (const way of installed === undefined ? ways : [heldBy(installed, sources, project)]) {
    // One for which no time is left tells nothing, and is not to cast doubt on what the others tell.
    if (results.length > 0 && timeLimit.passed()) break
    const result = await runCheck(setup, way, timeLimit)
    const unread = unwritten ? [] : unreadCredentials(entries, way)
    const unused = [...overriddenCredentials(entries, way, installed), ...unread]
    results.push({ ...result, findings: [...invalid, ...unused, ...result.findings] })
  }
  return results
}

/** What is overridden whichever version of Composer comes. */
function overriddenInEveryWay(entries: readonly AuthEntry[], ways: readonly HeldByVersion[]): Finding[] {
  const [newest = [], ...others] = ways.map((way) => overriddenCredentials(entries, way, undefined))
  const hosts = others.map((findings) => new Set(findings.map(({ host }) => host)))
  return newest.filter(({ host }) => hosts.every((overridden) => overridden.has(host)))
}

/** What counts where no project is looked at, or none can be read: no manifest, no lock. */
const NO_PROJECT: Project = {
  manifest: undefined,
  lock: undefined,
  repositories: [],
  secureHttp: true,
  policy: readPolicy({ env: {} }, []),
  command: { name: 'install', fromLock: false },
  installSource: { prefersSource: () => false, fallback: false },
  runsPlugin: () => false,
  alreadyThere: () => undefined,
  pathPackages: () => undefined,
  guessedVersions: async () => undefined,
  pathOf: (path: string) => path,
}

function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let done: Promise<Value> | undefined
  return () => {
    done ??= work()
    return done
  }
}
