import { type ConfigSource, flagSetting } from './config.js'
import type { VersionRule } from './installed/version-rules.js'
import { isJsonObject, type JsonValue } from './json.js'
import { nameMatches } from './repositories.js'
import { stabilityOf } from './versions/stability.js'

/** From where Composer takes a package that has both an archive and a source, such as a git repository. */
export interface InstallSource {
  /** Whether it clones the source first, and asks for the archive only if that fails. */
  readonly prefersSource: (name: string, version: string) => boolean
  /** `source-fallback`: whether it clones the source where the archive fails, in the versions that ask. */
  readonly fallback: boolean
}

/** What the settings say. Source of the rule: `DownloadManager::getAvailableSources`, `BaseCommand::getPreferredInstallOptions`. */
export function installSource(sources: readonly ConfigSource[]): InstallSource {
  const preferences = preferredInstall(sources)
  return {
    prefersSource: (name, version) => {
      const preferred = preferences.find(([pattern]) => nameMatches(pattern, name))?.[1] ?? 'auto'
      return preferred === 'source' || (preferred !== 'dist' && stabilityOf(version) === 'dev')
    },
    fallback: flagSetting('source-fallback', false, sources),
  }
}

/** `preferred-install`: patterns of names, the first that matches counts. Source: `Config::merge`. */
function preferredInstall(sources: readonly ConfigSource[]): readonly (readonly [pattern: string, value: JsonValue])[] {
  let merged = new Map<string, JsonValue>([['*', 'dist']])
  for (const { config } of sources) {
    const own = config['preferred-install']
    if (typeof own === 'string') merged.set('*', own)
    else if (isJsonObject(own)) merged = new Map([...merged, ...Object.entries(own)])
    const all = merged.get('*')
    // What matches everything comes last.
    if (merged.delete('*') && all !== undefined) merged.set('*', all)
  }
  return [...merged]
}

/**
 * Whether Composer clones the source of a package whose archive it does not get; undefined where that depends on a version
 * that is not known. Whether it can be cloned is known to nobody here.
 *
 * Source of the rule: `DownloadManager::download`.
 */
export async function fallsBackToSource(
  { fallback }: InstallSource,
  holds: (rule: VersionRule) => Promise<boolean | undefined>,
): Promise<boolean | undefined> {
  const ends = await holds(fallback ? 'leavesSource' : 'asksBeforeSource')
  return ends === undefined ? undefined : !ends
}
