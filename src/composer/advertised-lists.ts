import { isJsonObject, isTruthy, type JsonObject, type JsonValue } from './json.js'
import { readUrl } from './project-file.js'

/** Lists about packages that packages.json of a repository names, of what is blocked and of what is known to be unsafe. */
export interface AdvertisedLists {
  /** Undefined for none that is asked for at a URL of its own. */
  readonly filter: FilterList | undefined
  /** The URL that tells advisories for names; undefined for none, or where files of single packages may tell them. */
  readonly advisoriesUrl: string | undefined
}

/** Where a repository tells which packages are on lists such as `malware`. */
export interface FilterList {
  readonly names: readonly string[]
  readonly url: string
  /** Asked for names of packages, or for all that it has. */
  readonly asked: 'for-names' | 'as-a-whole'
}

/**
 * What packages.json names; only repositories of v2 are listened to.
 *
 * Source of the rules: `ComposerRepository::loadRootServerFile`, `ComposerRepositoryFilterInformation::fromData`.
 */
export function readAdvertisedLists(root: JsonObject): AdvertisedLists {
  const isV2 = typeof root['metadata-url'] === 'string' && root['metadata-url'] !== ''
  if (!isV2) return { filter: undefined, advisoriesUrl: undefined }
  return { filter: filterOf(root.filter), advisoriesUrl: advisoriesUrlOf(root['security-advisories']) }
}

function filterOf(filter: JsonValue | undefined): FilterList | undefined {
  if (!isJsonObject(filter) || !isTruthy(filter.metadata ?? false)) return undefined
  const lists = isJsonObject(filter.lists) ? Object.entries(filter.lists) : []
  const enabled = lists.filter(([, list]) => isJsonObject(list) && isTruthy(list.enabled ?? false))
  const names = enabled.map(([name]) => name)
  const [forNames, whole] = [readUrl(filter['api-url']), readUrl(filter['summary-url'])]
  if (names.length === 0 || (forNames === '' && whole === '')) return undefined
  return forNames === '' ? { names, url: whole, asked: 'as-a-whole' } : { names, url: forNames, asked: 'for-names' }
}

function advisoriesUrlOf(advisories: JsonValue | undefined): string | undefined {
  if (!isJsonObject(advisories) || isTruthy(advisories.metadata ?? false)) return undefined
  return readUrl(advisories['api-url']) || undefined
}
