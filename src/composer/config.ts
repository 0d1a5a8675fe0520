import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Environment, expandPath, truthy } from './environment.js'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js'
import { nameMatches, withoutSlashesAtEnd } from './repositories.js'

/** One place from which Composer takes settings, with what stands there. */
export interface ConfigSource {
  readonly place: 'home-config' | 'home-auth' | 'environment' | 'manifest' | 'project-auth'
  /** The file, or the variable, as a person would name it. */
  readonly name: string
  readonly config: JsonObject
}

/** A setting, and who set it. */
export interface ConfigValue {
  readonly value: string
  /** The variable or the file that the value comes from, as a person would name it. */
  readonly source: string
}

/** The settings of Composer that decide whom it trusts. */
export interface TrustConfig {
  /** A file of certificates, absolute; then nothing else is trusted. */
  readonly cafile: ConfigValue | undefined
  /** A folder of certificates, absolute. */
  readonly capath: ConfigValue | undefined
}

/** A configuration file larger than this is not read: Composer's are a few kilobytes. */
const MAXIMUM_BYTES = 8 * 1024 * 1024

/**
 * Every place from which Composer takes settings, least important first. Files that cannot be read count as silent here;
 * what Composer says about them is another check's business.
 *
 * `COMPOSER_AUTH` stands where it stood until Composer 2.7.7; since 2.7.8 it is read once more at the end.
 *
 * Source of the rule: `Factory::createConfig`, `Factory::createComposer`.
 */
export function configSources(environment: Environment, home: string | undefined): ConfigSource[] {
  const manifest = composerJsonPath(environment)
  const inHome = (name: string) => resolve(home ?? '', name)
  const sources: ConfigSource[] = [
    { place: 'environment', name: 'COMPOSER_AUTH', config: objectIn(truthy(environment.env.COMPOSER_AUTH)) },
    { place: 'manifest', name: manifest, config: readConfig(manifest, true) },
    fileSource('project-auth', resolve(dirname(manifest), 'auth.json'), false),
  ]
  if (home === undefined) return sources
  return [
    fileSource('home-config', inHome('config.json'), true),
    fileSource('home-auth', inHome('auth.json'), false),
    ...sources,
  ]
}

/**
 * `cafile` and `capath`: the variable first, else the last place that sets it.
 *
 * Source of the rule: `Config::get`.
 */
export function trustConfig(environment: Environment, sources: readonly ConfigSource[]): TrustConfig {
  return { cafile: pathSetting('cafile', environment, sources), capath: pathSetting('capath', environment, sources) }
}

/** A path setting, absolute. Its variable is `COMPOSER_` and the name in capitals. Source: `Config::get`. */
export function pathSetting(
  key: string,
  environment: Environment,
  sources: readonly ConfigSource[],
): ConfigValue | undefined {
  const variable = `COMPOSER_${key.toUpperCase().replaceAll('-', '_')}`
  const fromVariable = environment.env[variable]
  const set = sources.findLast(({ config }) => typeof config[key] === 'string')
  const source = fromVariable === undefined ? set?.name : variable
  const value = withoutSlashesAtEnd(String(fromVariable ?? set?.config[key] ?? ''), '/\\')
  if (value === '' || source === undefined) return undefined
  return { value: resolve(environment.cwd, expandPath(value, environment)), source }
}

/** A setting that is on or off, as the last place that sets it says. */
export function flagSetting(key: string, fallback: boolean, sources: readonly ConfigSource[]): boolean {
  const value = sources.findLast(({ config }) => typeof config[key] === 'boolean')?.config[key]
  return typeof value === 'boolean' ? value : fallback
}

/**
 * Whether a plugin is allowed by `allow-plugins`: a boolean, or patterns of names; the project's come before the user's.
 * Undefined where no rule says anything.
 *
 * Source of the rule: `Config::merge`, `Plugin/PluginManager.php::isPluginAllowed`.
 */
export function allowsPlugin(name: string, sources: readonly ConfigSource[]): boolean | undefined {
  for (const { config } of sources.toReversed()) {
    const rules = config['allow-plugins']
    if (typeof rules === 'boolean') return rules
    if (!isJsonObject(rules)) continue
    const rule = Object.entries(rules).find(([pattern]) => nameMatches(pattern, name))?.[1]
    if (typeof rule === 'boolean') return rule
  }
  return undefined
}

/** The path of the project's composer.json: `COMPOSER` names another. Source: `Factory::getComposerFile`. */
export function composerJsonPath({ env, cwd }: Pick<Environment, 'env' | 'cwd'>): string {
  const named = (env.COMPOSER ?? '').trim()
  return resolve(cwd, named === '' ? 'composer.json' : named)
}

/** composer.lock stands beside composer.json and takes its name from it. Source: `Factory::getLockFile`. */
export function composerLockPath(environment: Pick<Environment, 'env' | 'cwd'>): string {
  const manifest = composerJsonPath(environment)
  return manifest.endsWith('.json') ? `${manifest.slice(0, -'.json'.length)}.lock` : `${manifest}.lock`
}

function fileSource(place: ConfigSource['place'], file: string, wrapped: boolean): ConfigSource {
  return { place, name: file, config: readConfig(file, wrapped) }
}

function readConfig(file: string, wrapped: boolean): JsonObject {
  const value = readJsonObject(file)
  const config: JsonValue | undefined = wrapped ? value.config : value
  return isJsonObject(config) ? config : {}
}

/** A JSON object from a file; empty when there is none. */
export function readJsonObject(file: string): JsonObject {
  try {
    const stats = statSync(file)
    return stats.isFile() && stats.size <= MAXIMUM_BYTES ? objectIn(readFileSync(file)) : {}
  } catch {
    return {}
  }
}

function objectIn(text: Uint8Array | string | undefined): JsonObject {
  if (text === undefined) return {}
  const parsed = parseJson(typeof text === 'string' ? Buffer.from(text) : text)
  return parsed.kind === 'json' && isJsonObject(parsed.value) ? parsed.value : {}
}
