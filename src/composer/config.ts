import { realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { findNodeAtLocation } from 'jsonc-parser'
import { readJsonFile } from '../bounds/json-file.js'
import { type JsonLimits, WRITTEN_BY_COMPOSER, WRITTEN_BY_HAND } from '../bounds/json-values.js'
import { type AuthPath, type InvalidAuthJson, invalidEntry, positionOf, readAuthJson, treeOf } from './auth-json.js'
import { type Environment, expandPath, truthy } from './environment.js'
import { isJsonObject, isTruthy, type JsonObject, type Position, parseJson, positionAt } from './json.js'
import { nameMatches, withoutSlashesAtEnd } from './repositories.js'

/** One place from which Composer takes settings, with what stands there. */
export interface ConfigSource {
  readonly place: 'home-config' | 'home-auth' | 'environment' | 'manifest' | 'project-auth'
  /** The file, or the variable, as a person would name it. */
  readonly name: string
  readonly config: JsonObject
  readonly text: string
  /** Why Composer would not accept the credentials in it. */
  readonly invalid: InvalidAuthJson | undefined
}

/** A setting, and who set it. */
export interface ConfigValue {
  /** What Composer makes of it: to be used and never to be shown, since `$NAME` stands for a variable's value. */
  readonly value: string
  /** As it is written: to be shown. */
  readonly written: string
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

/** An auth.json larger than this is not read: Composer's are a few kilobytes, and a secret takes many times its room. Bytes. */
export const LARGEST_AUTH_FILE = 512 * 1024

/**
 * Every place from which Composer takes settings, least important first; those that hold nothing are left out. A file or
 * variable that Composer does not accept has no settings, and says why.
 *
 * `COMPOSER_AUTH` stands where it stood until Composer 2.7.7; since 2.7.8 it is read once more at the end.
 *
 * Source of the rule: `Factory::createConfig`, `Factory::createComposer`.
 */
export function configSources(environment: Environment, home: string | undefined): ConfigSource[] {
  const manifest = composerJsonPath(environment)
  const variable = truthy(environment.env.COMPOSER_AUTH)
  return [
    ...(home === undefined ? [] : [settingsFile('home-config', resolve(home, 'config.json'))]),
    ...(home === undefined ? [] : [authFile('home-auth', resolve(home, 'auth.json'))]),
    variable === undefined ? undefined : authSource('environment', 'COMPOSER_AUTH', Buffer.from(variable)),
    settingsFile('manifest', manifest),
    // Without a composer.json, as for `create-project`, Composer does not look for an auth.json beside it.
    isConfigFile(manifest) ? authFile('project-auth', projectAuthPath(environment)) : undefined,
  ].filter((source) => source !== undefined)
}

/**
 * The auth.json beside the project's composer.json, links followed: where that is one, beside its target.
 *
 * Source of the rule: `Factory::createComposer`.
 */
export function projectAuthPath(environment: Pick<Environment, 'env' | 'cwd'>): string {
  const manifest = composerJsonPath(environment)
  let folder = dirname(manifest)
  try {
    folder = dirname(realpathSync(manifest))
  } catch {
    // No composer.json: Composer would read none of it, and a later one stands here.
  }
  return resolve(folder, 'auth.json')
}

const trees = new WeakMap<ConfigSource, ReturnType<typeof treeOf>>()

/** Where in a source an entry stands; undefined for a variable. */
export function positionInSource(source: ConfigSource, path: AuthPath): Position | undefined {
  const { place, text } = source
  if (place === 'environment') return undefined
  // Asked for once for every entry.
  const root = trees.has(source) ? trees.get(source) : treeOf(text)
  trees.set(source, root)
  const inside = place === 'manifest' || place === 'home-config' ? ['config', ...path] : [...path]
  const node = root && findNodeAtLocation(root, inside)
  // The whole `"origin": { … }`, which begins with the origin.
  return node && positionAt(text, node.parent?.offset ?? node.offset)
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
  const written = withoutSlashesAtEnd(String(fromVariable ?? set?.config[key] ?? ''), '/\\')
  if (written === '' || source === undefined) return undefined
  return { value: resolve(environment.cwd, expandPath(written, environment)), written, source }
}

/** A setting that is on or off, as the last place that sets it says. Source: `Config::get`. */
export function flagSetting(key: string, fallback: boolean, sources: readonly ConfigSource[]): boolean {
  const value = sources.findLast(({ config }) => Object.hasOwn(config, key))?.config[key]
  return value === undefined ? fallback : value !== 'false' && isTruthy(value)
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

/** A file that holds credentials alone; Composer asks `is_file`, so that a folder counts as none. */
function authFile(place: ConfigSource['place'], path: string): ConfigSource | undefined {
  const bytes = bytesOf(path, { ...WRITTEN_BY_COMPOSER, bytes: LARGEST_AUTH_FILE })
  return bytes === undefined ? undefined : authSource(place, path, bytes)
}

function authSource(place: ConfigSource['place'], name: string, bytes: Buffer): ConfigSource {
  const read = readAuthJson(bytes)
  return read.kind === 'invalid'
    ? { place, name, config: {}, text: bytes.toString(), invalid: read }
    : { place, name, config: read.data, text: read.text, invalid: undefined }
}

/** A file with settings under `config`. What else is wrong with a composer.json is another check's business. */
function settingsFile(place: ConfigSource['place'], path: string): ConfigSource | undefined {
  const bytes = bytesOf(path, WRITTEN_BY_HAND)
  const parsed = bytes === undefined ? undefined : parseJson(bytes)
  if (parsed?.kind === 'invalid' && place === 'home-config') {
    const { problem: reason, position } = parsed
    return {
      place,
      name: path,
      config: {},
      text: '',
      invalid: { kind: 'invalid', fault: { reason, seal: undefined }, position },
    }
  }
  if (parsed?.kind !== 'json' || !isJsonObject(parsed.value)) return undefined
  const { text } = parsed
  const config = isJsonObject(parsed.value.config) ? parsed.value.config : {}
  const invalid = invalidEntry(config, (path) => positionOf(text, ['config', ...path]))
  return { place, name: path, config: invalid === undefined ? config : {}, text, invalid }
}

function bytesOf(path: string, limits: JsonLimits): Buffer | undefined {
  const file = readJsonFile(path, limits)
  return file.kind === 'bytes' ? file.bytes : undefined
}

function isConfigFile(file: string): boolean {
  try {
    return statSync(file).isFile()
  } catch {
    return false
  }
}
