import { existsSync } from 'node:fs'
import type { Allowance } from '../bounds/allowance.js'
import type { Deadline } from '../bounds/deadline.js'
import { grouped } from '../collections/grouped.js'
import {
  credentialsInUrl,
  type HeldCredentials,
  isSamePair,
  withoutUserinfo,
} from '../composer/effective-credentials.js'
import type { SentCredentials } from '../composer/http-basic.js'
import type { StoppedVersions } from '../composer/installed/metadata-reading.js'
import { holdsIn, type VersionRule } from '../composer/installed/version-rules.js'
import type { RepositoryEntry } from '../composer/manifest.js'
import { isPrivateRoute, originOf } from '../composer/origin.js'
import { repositoryUrl, withoutSlashesAtEnd } from '../composer/repositories.js'
import type { CredentialsFrom } from '../problems/credentials-from.js'
import type { Place } from '../problems/problem.js'
import type { Transport } from '../server/transport.js'
import { type NamedRepository, openNamedRepository } from './named-repository.js'
import type { Project } from './project.js'
import { stoppedByRoot } from './read-all-the-same.js'
import { type UncheckedHosts, uncheckedHosts, type WhyUnchecked } from './unchecked-hosts.js'

/** Everything that the checks of packages ask and know. */
export interface CheckContext {
  readonly transport: Transport
  readonly project: Project
  /** The repository of the input `repository-url`. */
  readonly main: NamedRepository
  readonly credentialsFor: (origin: string) => SentCredentials | undefined
  /** Where those come from. */
  readonly credentialsFrom: (origin: string) => CredentialsFrom
  /** Whether what Composer holds for an origin is of a kind that is not sent from here: headers, a certificate, a token. */
  readonly isOtherwiseAuthenticated: (origin: string) => boolean
  readonly nodeExtraCaCerts: boolean
  /** What Composer sends to GitHub's API: see `gitHubToken`. */
  readonly gitHubToken: HeldGitHubToken | 'other' | undefined
  /** Addresses of archives beyond the first ones: see `FURTHER_ADDRESSES`. */
  readonly furtherAddresses: Allowance
  readonly deadline: Deadline
  /** Versions of Composer that stop where packages.json of the repository at a URL fails, whatever they need from there. */
  readonly stoppedAt: (url: string) => StoppedVersions
  /** Whether a rule holds in the installed Composer, which is looked up once and only where that matters. */
  readonly holds: (rule: VersionRule) => Promise<boolean | undefined>
  /** Its version; undefined where none answers. */
  readonly version: () => Promise<string | undefined>
  /** The first repository of the project at an origin; undefined for none that can be asked as Composer would ask it. */
  readonly repositoryAt: (origin: string) => NamedRepository | undefined
  /** Whether composer.json, or the home's config.json, names an origin as a Composer repository. */
  readonly isNamed: (origin: string) => boolean
  /** Hosts that are not asked for what the coming command wants from there. */
  readonly unchecked: UncheckedHosts
  /** Whether a host that nobody named and that gets no credentials is among the first ones, at which archives are asked for. */
  readonly admitsUnnamed: (origin: string) => boolean
  /** The repository behind an entry of composer.json; undefined for what cannot be asked as Composer would ask it. */
  readonly named: (
    entry: Pick<RepositoryEntry, 'url' | 'hasOptions'>,
    place: Place | undefined,
  ) => NamedRepository | undefined
}

/** So many hosts are asked for archives that nobody named: a lock of a pull request may name any number. */
const MOST_UNNAMED_HOSTS = 10
/** A token for GitHub, and where it comes from. */
export interface HeldGitHubToken {
  readonly token: string
  readonly from: CredentialsFrom
}

/** Brings together what the checks need; nothing is asked yet. */
export function checkContext(options: {
  readonly transport: Transport
  readonly project: Project
  readonly repositoryUrl: string
  readonly furtherAddresses: Allowance
  readonly held: ReadonlyMap<string, HeldCredentials>
  readonly credentialsFrom: (origin: string) => CredentialsFrom
  readonly nodeExtraCaCerts: boolean
  readonly gitHubToken: CheckContext['gitHubToken']
  readonly deadline: Deadline
  readonly version: CheckContext['version']
}): CheckContext {
  const { transport, project, held, credentialsFrom, nodeExtraCaCerts, deadline, version } = options
  const credentialsFor = (origin: string) => sentTo(held.get(origin))
  const isOtherwiseAuthenticated = (origin: string) => held.get(origin)?.kind === 'other'
  const opened = new Map<string, NamedRepository>()
  const stoppedAt = stoppedByRoot(project)
  const unchecked = uncheckedHosts()
  const neighbours = lazily(() => neighboursIn(project))
  /** @param inUrl the credentials in its URL, which count for its files whatever else Composer holds for the origin */
  const open = (url: string, place: Place | undefined, inUrl?: SentCredentials): NamedRepository => {
    const host = originOf(url)
    const held = credentialsFor(host)
    const own = inUrl !== undefined && (held === undefined || !isSamePair(inUrl, held)) ? inUrl : undefined
    const key = JSON.stringify([url, own])
    const credentials = own ?? held
    const from = () => (own === undefined ? credentialsFrom(host) : fromUrl(project, place ?? placeOf(project, url)))
    const way = own === undefined ? transport : transport.as(host, own)
    const access = { host, credentials, from, nodeExtraCaCerts, place, neighbour: neighbours()(url) }
    const repository = opened.get(key) ?? openNamedRepository(url, access, stoppedAt(url), way)
    opened.set(key, repository)
    return repository
  }
  const mainUrl = withoutSlashesAtEnd(options.repositoryUrl)
  const mainPlace = placeOf(project, mainUrl)
  const named: CheckContext['named'] = ({ url: text, hasOptions }, place) => {
    // A folder of this machine is one too.
    if (existsSync(project.pathOf(text))) return undefined
    const inUrl = credentialsInUrl(text)
    const url = repositoryUrl(withoutUserinfo(text))
    const isOther = inUrl === undefined && isOtherwiseAuthenticated(originOf(url ?? text))
    const why = whyNotAsked(url, hasOptions, isOther)
    if (url === undefined || why !== undefined) {
      unchecked.add(originOf(url ?? text), why ?? 'address')
      return undefined
    }
    return open(url, place, inUrl)
  }
  // Looked up for every archive of a lock: each repository is opened for it once.
  const byOrigin = lazily(() => firstByOrigin(project, named))
  return {
    transport,
    project,
    credentialsFor,
    credentialsFrom,
    isOtherwiseAuthenticated,
    nodeExtraCaCerts,
    gitHubToken: options.gitHubToken,
    furtherAddresses: options.furtherAddresses,
    deadline,
    stoppedAt,
    holds: async (rule) => holdsIn(await version(), rule),
    version,
    main: open(mainUrl, mainPlace),
    repositoryAt: (origin) => byOrigin().get(origin)?.repository,
    isNamed: (origin) => byOrigin().get(origin)?.isNamed === true,
    unchecked,
    admitsUnnamed: firstOnes(MOST_UNNAMED_HOSTS),
    named,
  }
}

/** Why a repository cannot be asked as Composer would ask it. */
function whyNotAsked(url: string | undefined, hasOptions: boolean, isOther: boolean): WhyUnchecked | undefined {
  if (url === undefined) return 'address'
  if (hasOptions) return 'options'
  if (!isPrivateRoute(url)) return 'http'
  return isOther ? 'credentials' : undefined
}

/** That credentials stand in the URL of a repository, at a place of composer.json. */
export function fromUrl({ manifest }: Project, place: Place | undefined): CredentialsFrom {
  return { from: 'elsewhere', by: 'url', name: manifest?.path ?? '', place }
}

/** The first repository at each origin, and whether any there is one that somebody named. */
function firstByOrigin(
  { repositories, manifest }: Project,
  opened: CheckContext['named'],
): ReadonlyMap<string, AtOrigin> {
  const composer = repositories.filter(({ entry }) => entry.type === 'composer')
  const first = new Map<string, AtOrigin>()
  for (const { entry, named } of composer) {
    const place =
      named === 'project' && manifest !== undefined ? { path: manifest.path, position: entry.position } : undefined
    const repository = opened(entry, place)
    if (repository === undefined) continue
    const known = first.get(repository.origin) ?? { repository, isNamed: false }
    first.set(repository.origin, { ...known, isNamed: known.isNamed || named !== 'default' })
  }
  return first
}

/** Tells of a repository another one that the project names at the same host: Composer sends the same to both. */
function neighboursIn({ repositories }: Project): (url: string) => string | undefined {
  const atOrigin = grouped(
    repositories.flatMap(({ entry }) => {
      const written = entry.type === 'composer' ? withoutUserinfo(entry.url) : undefined
      const url = written === undefined ? undefined : repositoryUrl(written)
      return written === undefined || url === undefined ? [] : [{ origin: originOf(url), url, written }]
    }),
    ({ origin }) => origin,
  )
  return (url) => atOrigin.get(originOf(url))?.find((other) => other.url !== url)?.written
}

interface AtOrigin {
  readonly repository: NamedRepository
  readonly isNamed: boolean
}

/** Whether something is among the first different ones that were asked about. */
function firstOnes(most: number): (one: string) => boolean {
  const known = new Set<string>()
  return (one) => {
    if (known.size < most) known.add(one)
    return known.has(one)
  }
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What is sent to an origin for which Composer holds something. */
export function sentTo(held: HeldCredentials | undefined): SentCredentials | undefined {
  return held?.kind === 'sent' ? held.credentials : undefined
}

/** The line of composer.json that names a repository. */
function placeOf({ manifest }: Project, url: string): Place | undefined {
  const entry = manifest?.repositories.find((repository) => repositoryUrl(withoutUserinfo(repository.url)) === url)
  return entry === undefined || manifest === undefined ? undefined : { path: manifest.path, position: entry.position }
}
