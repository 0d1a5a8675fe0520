import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Environment, expandPath } from './environment.js'
import { isJsonObject, type JsonValue, parseJson } from './json.js'

/** The settings of Composer that decide whom it trusts. */
export interface TrustConfig {
  /** A file of certificates, absolute; then nothing else is trusted. */
  readonly cafile: ConfigValue | undefined
  /** A folder of certificates, absolute. */
  readonly capath: ConfigValue | undefined
}

export interface ConfigValue {
  readonly value: string
  /** The variable or the file that the value comes from, as a person would name it. */
  readonly source: string
}

/** A configuration file larger than this is not read: Composer's are a few kilobytes. */
const MAXIMUM_BYTES = 8 * 1024 * 1024

/**
 * Reads `cafile` and `capath` from where Composer takes them: `COMPOSER_CAFILE`, else the last of the home's
 * config.json and auth.json and the project's composer.json and auth.json that sets it. Files that cannot be read count
 * as silent here; what Composer says about them is another check's business.
 *
 * Source of the rule: `Factory::createConfig`, `Factory::createComposer` (order), `Config::get` (the variable first).
 */
export function trustConfig(environment: Environment, home: string | undefined): TrustConfig {
  const manifest = composerJsonPath(environment)
  const sources: { file: string; wrapped: boolean }[] = [
    ...(home === undefined
      ? []
      : [
          { file: resolve(home, 'config.json'), wrapped: true },
          { file: resolve(home, 'auth.json'), wrapped: false },
        ]),
    { file: manifest, wrapped: true },
    { file: resolve(dirname(manifest), 'auth.json'), wrapped: false },
  ]
  const configs = sources.map(({ file, wrapped }) => ({ file, config: readConfig(file, wrapped) }))

  const pick = (key: 'cafile' | 'capath'): ConfigValue | undefined => {
    const variable = `COMPOSER_${key.toUpperCase()}`
    const fromEnv = environment.env[variable]
    const set = configs.findLast(({ config }) => typeof config[key] === 'string')
    const source = fromEnv === undefined ? set?.file : variable
    const value = String(fromEnv ?? set?.config[key] ?? '').replace(/[/\\]+$/, '')
    if (value === '' || source === undefined) return undefined
    return { value: resolve(environment.cwd, expandPath(value, environment)), source }
  }
  return { cafile: pick('cafile'), capath: pick('capath') }
}

/** The path of the project's composer.json: `COMPOSER` names another. Source: `Factory::getComposerFile`. */
export function composerJsonPath({ env, cwd }: Pick<Environment, 'env' | 'cwd'>): string {
  const named = (env.COMPOSER ?? '').trim()
  return resolve(cwd, named === '' ? 'composer.json' : named)
}

function readConfig(file: string, wrapped: boolean): Record<string, JsonValue> {
  try {
    const stats = statSync(file)
    if (!stats.isFile() || stats.size > MAXIMUM_BYTES) return {}
    const parsed = parseJson(readFileSync(file))
    if (parsed.kind !== 'json' || !isJsonObject(parsed.value)) return {}
    const config = wrapped ? parsed.value.config : parsed.value
    return isJsonObject(config) ? config : {}
  } catch {
    return {}
  }
}
