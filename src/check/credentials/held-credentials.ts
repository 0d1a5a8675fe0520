import { isAbsolute } from 'node:path'
import { grouped } from '../../collections/grouped.js'
import type { AuthEntry, InvalidAuthJson } from '../../composer/auth-json.js'
import type { ConfigSource } from '../../composer/config.js'
import {
  type CredentialSource,
  credentialsInUrl,
  effectiveCredentials,
  type HeldCredentials,
  isSame,
} from '../../composer/effective-credentials.js'
import { credentialRules, holds, holdsIn, TELLING_VERSIONS } from '../../composer/installed/version-rules.js'
import type { JsonValue } from '../../composer/json.js'
import { repositoryOrigin } from '../../composer/repositories.js'
import type { AuthFileInvalid } from '../../problems/auth-file-invalid.js'
import type { CredentialsFrom } from '../../problems/credentials-from.js'
import type { CredentialsOverridden } from '../../problems/credentials-overridden.js'
import type { Finding } from '../../problems/finding.js'
import { NO_SERVER, type Place } from '../../problems/problem.js'
import type { Project } from '../project.js'

/** What Composer holds, by origin. */
export type Held = ReadonlyMap<string, HeldCredentials>

/** What a version of Composer holds. */
export interface HeldByVersion {
  readonly version: string
  readonly held: Held
}

/**
 * Each way in which versions of Composer read the same places, newest first; ways that differ for none of the origins that
 * matter are one.
 *
 * @param project what is judged
 * @param entries what the step was given
 * @param host the origin of the repository that its keys are for
 */
export function heldByEachVersion(
  sources: readonly ConfigSource[],
  project: Project,
  entries: readonly AuthEntry[],
  host: string,
): HeldByVersion[] {
  const repositories = project.repositories.filter(({ entry }) => entry.type === 'composer')
  const relevant = [
    host,
    ...entries.flatMap(({ path: [, origin] }) => origin ?? []),
    ...repositories.map(({ entry }) => repositoryOrigin(entry)),
  ]
  return distinct(
    TELLING_VERSIONS.map((version) => heldBy(version, sources, project)),
    (way) => {
      const held = withGiven(way, entries)
      return relevant.map((origin) => held.get(origin))
    },
  )
}

/** What one version of Composer holds. */
export function heldBy(version: string, sources: readonly ConfigSource[], project: Project): HeldByVersion {
  const held = effectiveCredentials(sources, credentialRules(version))
  // Credentials in a repository's URL count from the moment at which it is asked: a lock may be installed without that.
  if (project.lock !== undefined && !holds('readsRootOnInstall', version)) return { version, held }
  const opened = new Set<string>()
  for (const { entry } of project.repositories) {
    if (entry.type !== 'composer') continue
    const origin = repositoryOrigin(entry)
    // Of two repositories at one host the first is asked first, and often alone.
    const credentials = opened.has(origin) ? undefined : credentialsInUrl(entry.url)
    opened.add(origin)
    const from = { by: 'url', name: project.manifest?.path ?? '', section: '', position: () => entry.position } as const
    if (credentials !== undefined) held.set(origin, { kind: 'sent', credentials, from })
  }
  return { version, held }
}

/** What Composer holds, with the step's credentials for hosts of which it holds nothing, as if they stood where it looks. */
export function withGiven({ version, held }: HeldByVersion, entries: readonly AuthEntry[]): Held {
  return new Map([...givenBy(entries, version), ...held])
}

function distinct(
  ways: readonly HeldByVersion[],
  relevant: (way: HeldByVersion) => (HeldCredentials | undefined)[],
): HeldByVersion[] {
  const kept: HeldByVersion[] = []
  for (const way of ways) {
    const own = relevant(way)
    const known = kept.some((other) => relevant(other).every((one, index) => isSame(one, own[index])))
    if (!known) kept.push(way)
  }
  return kept
}

/**
 * What a step was given and Composer will not use, since it holds something else for the host. The same credentials in
 * another place are no override.
 */
export function overridden(
  entries: readonly AuthEntry[],
  { version, held }: HeldByVersion,
  installed: string | undefined,
): CredentialsOverridden[] {
  return [...givenBy(entries, version)].flatMap(([host, given]): CredentialsOverridden[] => {
    const used = held.get(host)
    if (used === undefined || isSame(given, used)) return []
    const { by, name, section } = used.from
    return [
      {
        ...NO_SERVER,
        code: 'credentials-overridden',
        host,
        by,
        source: name,
        section,
        sent: used.kind === 'sent',
        installed,
        fails: undefined,
        place: placeOf(used.from),
      },
    ]
  })
}

/**
 * Credentials that the coming command does not read. They stand where it does not look: the project's auth.json is read
 * beside a composer.json alone. Or in a section that only newer versions know. Source: `Factory::createComposer`.
 */
export function unread(entries: readonly AuthEntry[], { version, held }: HeldByVersion): Finding[] {
  const known = givenBy(entries, version)
  return [...givenBy(entries, TELLING_VERSIONS[0])].flatMap(([host, { from }]): Finding[] => {
    const tooNew = !known.has(host)
    if (held.has(host) && !tooNew) return []
    const missing = { ...NO_SERVER, code: 'credentials-missing', host, place: undefined } as const
    return [
      tooNew ? { ...missing, reason: 'unknown-section', section: from.section } : { ...missing, reason: 'not-read' },
    ]
  })
}

/**
 * Where the credentials come from that are sent to a host.
 *
 * @param keysFrom which inputs the keys of this step come from
 * @param host the origin of the repository that those are for
 */
export function credentialsFrom(
  entries: readonly AuthEntry[],
  { version, held }: HeldByVersion,
  keysFrom: 'inputs' | 'composer-auth',
  host: string,
): (origin: string) => CredentialsFrom {
  const given = givenBy(entries, version)
  return (origin) => {
    const [own, used] = [given.get(origin), held.get(origin)]
    if (used !== undefined && (own === undefined || !isSame(own, used))) {
      return { from: 'elsewhere', by: used.from.by, name: used.from.name, place: placeOf(used.from) }
    }
    if (own === undefined) return { from: 'nowhere' }
    const isKeys = origin === host && keysFrom === 'inputs'
    return { from: isKeys ? 'inputs' : 'composer-auth', source: undefined }
  }
}

/** The line that credentials come from; a variable has none. */
function placeOf({ name, position }: CredentialSource): Place | undefined {
  const at = position()
  return at === undefined ? undefined : { path: name, position: at }
}

function givenBy(entries: readonly AuthEntry[], version: string): Map<string, HeldCredentials> {
  const sections = grouped(entries, ({ path: [section] }) => section)
  const config = Object.fromEntries(
    [...sections].map(([section, all]): [string, JsonValue] => {
      const setting = all.findLast(({ path }) => path.length === 1)
      const origins = all.flatMap(({ path: [, origin], value }) => (origin === undefined ? [] : [[origin, value]]))
      return [section, setting === undefined ? Object.fromEntries(origins) : setting.value]
    }),
  )
  const source: ConfigSource = { place: 'environment', name: '', config, text: '', invalid: undefined }
  return effectiveCredentials([source], credentialRules(version))
}

/** Files and variables that Composer reads and does not accept, apart from those of which a finding speaks already. */
export async function invalidSources(
  sources: readonly ConfigSource[],
  known: readonly Finding[],
  version: () => Promise<string | undefined>,
): Promise<Finding[]> {
  const told = known.flatMap((finding) => (finding.code === 'auth-file-invalid' ? [finding.source] : []))
  const findings: Finding[] = []
  for (const source of sources) {
    const { name, invalid } = source
    if (invalid === undefined || told.includes(name)) continue
    const { reason } = invalid
    const stops = await stopsComposer(source, reason, version)
    findings.push(invalidAuthFile(name, invalid, { refused: false, stops }))
  }
  return findings
}

/** A file or variable that Composer does not accept. */
export function invalidAuthFile(
  source: string,
  { reason, section, position }: InvalidAuthJson,
  effect: Pick<AuthFileInvalid, 'refused' | 'stops'>,
): AuthFileInvalid {
  // A variable is no file.
  const place = isAbsolute(source) ? { path: source, position } : undefined
  return { ...NO_SERVER, code: 'auth-file-invalid', source, reason, section, position, ...effect, place }
}

/**
 * Whether Composer stops there. It passes over a bare value with a warning, and over a file that PHP cannot decode; of a
 * variable that is no JSON versions before 2.5.0 only said so.
 *
 * Source of the rule: `Factory::createConfig`, `Json/JsonFile.php::read`; the rest was seen with Composer 2.5.5.
 */
async function stopsComposer(
  { place, text }: ConfigSource,
  reason: AuthFileInvalid['reason'],
  version: () => Promise<string | undefined>,
): Promise<boolean> {
  switch (reason) {
    case 'not-an-object':
      // `null` is what PHP has for what it cannot decode.
      if (place !== 'environment' || text.trim() !== 'null') return false
      return holdsIn(await version(), 'stopsAtMalformedVariable') === true
    case 'list':
    case 'section':
    case 'entry':
      return true
    case 'not-decodable':
      return place === 'environment' && holdsIn(await version(), 'stopsAtMalformedVariable') === true
    default:
      return place !== 'environment' || holdsIn(await version(), 'stopsAtMalformedVariable') === true
  }
}
