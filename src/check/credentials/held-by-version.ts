import { grouped } from '../../collections/grouped.js'
import type { AuthEntry } from '../../composer/auth-json.js'
import type { ConfigSource } from '../../composer/config.js'
import {
  credentialsInUrl,
  effectiveCredentials,
  type HeldCredentials,
  isSame,
  onlyPlaceOfHeaders,
} from '../../composer/effective-credentials.js'
import { holds, TELLING_VERSIONS } from '../../composer/installed/version-rules.js'
import type { JsonValue } from '../../composer/json.js'
import { repositoryOrigin } from '../../composer/repositories.js'
import type { Project } from '../project.js'

/** What Composer holds, by origin. */
export type Held = ReadonlyMap<string, HeldCredentials>

const HEADERS = 'custom-headers'

/** What a version of Composer holds. */
export interface HeldByVersion {
  readonly version: string
  /** Every place that it reads. */
  readonly sources: readonly ConfigSource[]
  readonly held: Held
  /** The place whose headers have replaced those of all others: see `onlyPlaceOfHeaders`. */
  readonly headersFrom: ConfigSource | undefined
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
  const held = effectiveCredentials(sources, version)
  const headersFrom = onlyPlaceOfHeaders(sources, version)
  const way = { version, sources, held, headersFrom }
  // Credentials in a repository's URL count from the moment at which it is asked: a lock may be installed without that.
  if (project.command.fromLock && !holds('readsRootOnInstall', version)) return way
  const opened = new Set<string>()
  for (const { entry } of project.repositories) {
    if (entry.type !== 'composer') continue
    const origin = repositoryOrigin(entry)
    // Of two repositories at one host the first is asked first, and often alone; beside a lock all are asked, one after the other.
    const isLater = !project.command.fromLock && opened.has(origin)
    const credentials = isLater ? undefined : credentialsInUrl(entry.url)
    opened.add(origin)
    const from = { by: 'url', name: project.manifest?.path ?? '', section: '', position: () => entry.position } as const
    if (credentials !== undefined) held.set(origin, { kind: 'sent', credentials, from })
  }
  return way
}

/** What Composer holds, with the step's credentials for hosts of which it holds nothing, as if they stood where it looks. */
export function withGiven(way: HeldByVersion, entries: readonly AuthEntry[]): Held {
  const { held, headersFrom } = way
  // Given headers that are not held stand in a place that was replaced.
  const standing = headersFrom === undefined ? entries : entries.filter(({ path: [section] }) => section !== HEADERS)
  return new Map([...givenBy(standing, way), ...held])
}

/** Of ways that come to the same the newest. */
function distinct(
  ways: readonly HeldByVersion[],
  relevant: (way: HeldByVersion) => (HeldCredentials | undefined)[],
): HeldByVersion[] {
  const kept: { readonly way: HeldByVersion; readonly held: (HeldCredentials | undefined)[] }[] = []
  for (const way of ways) {
    const own = relevant(way)
    const known = kept.some(({ held }) => held.every((one, index) => isSame(one, own[index])))
    if (!known) kept.push({ way, held: own })
  }
  return kept.map(({ way }) => way)
}

/** What Composer would hold if no credentials but what the step was given stood where it looks. */
export function givenBy(
  entries: readonly AuthEntry[],
  { version, sources }: Pick<HeldByVersion, 'version' | 'sources'>,
): Map<string, HeldCredentials> {
  const sections = grouped(entries, ({ path: [section] }) => section)
  const config = Object.fromEntries(
    [...sections].map(([section, all]): [string, JsonValue] => {
      const setting = all.findLast(({ path }) => path.length === 1)
      const origins = all.flatMap(({ path: [, origin], value }) => (origin === undefined ? [] : [[origin, value]]))
      return [section, setting === undefined ? Object.fromEntries(origins) : setting.value]
    }),
  )
  const source: ConfigSource = { place: 'environment', name: '', config, text: '', invalid: undefined }
  return effectiveCredentials([source], version, [...sources, source])
}
