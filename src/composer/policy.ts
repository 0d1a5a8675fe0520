import type { ConfigSource } from './config.js'
import { type Environment, truthy } from './environment.js'
import { isJsonObject, isTruthy, type JsonObject, type JsonValue } from './json.js'

/** When a list blocks. */
type BlockScope = 'update' | 'install' | 'all'

/** A list of packages that are not to be installed: `malware`, or one that the settings name. */
export interface BlockList {
  readonly name: string
  readonly scope: BlockScope
}

/** What Composer is told to block, and what of it may be out of reach. Source: `Policy/PolicyConfig.php`. */
export interface Policy {
  /** The lists that block at all. */
  readonly lists: readonly BlockList[]
  /** Whether security advisories block: by `policy`, and by `audit` alone as versions without `policy` read it. */
  readonly advisories: { readonly byPolicy: boolean; readonly byAudit: boolean }
  /** Whether a repository that cannot be reached is passed over. */
  readonly ignoresUnreachable: { readonly install: boolean; readonly update: boolean }
  /** Whether `update` audits at its end. */
  readonly audits: boolean
  /** Undefined where no version is too new. */
  readonly cooldown: Cooldown | undefined
}

/** New versions are left out until they have been published for a while. */
export interface Cooldown {
  /** `COMPOSER_POLICY_COOLDOWN_PERIOD` sets it; else `policy.cooldown` does. */
  readonly byVariable: boolean
  /** Patterns of names to which it does not apply. */
  readonly ignored: readonly string[]
}

/** Entries of `policy` that are no lists of their own. Source: `PolicyConfig::fromConfig`. */
const NO_CUSTOM_LIST = ['advisories', 'malware', 'abandoned', 'cooldown', 'ignore-unreachable']

/**
 * What the settings of all places come to, and the variables that override them.
 *
 * Source of the rules: `Config::merge`, `Config::get`, `PolicyConfig::fromConfig`, `BaseCommand::createPolicyConfig`.
 */
export function readPolicy({ env }: Pick<Environment, 'env'>, sources: readonly ConfigSource[]): Policy {
  const policy = switchedBy(flagOf(env.COMPOSER_POLICY), mergedPolicy(sources))
  const audit = mergedAudit(sources)
  const blocks =
    truthy(env.COMPOSER_NO_BLOCKING) === undefined && truthy(env.COMPOSER_NO_SECURITY_BLOCKING) === undefined
  const audits = truthy(env.COMPOSER_NO_AUDIT) === undefined
  const securityBlocks = truthy(env.COMPOSER_NO_SECURITY_BLOCKING) === undefined
  const byAudit = securityBlocks && isOn(audit['block-insecure'], true)
  if (policy === undefined) {
    const ignoresUnreachable = { install: true, update: true }
    return { lists: [], advisories: { byPolicy: false, byAudit }, ignoresUnreachable, audits, cooldown: undefined }
  }
  const byPolicy = flagOf(env.COMPOSER_POLICY_ADVISORIES_BLOCK) ?? blocksAdvisories(policy, audit)
  return {
    lists: blocks ? blockLists(policy, flagOf(env.COMPOSER_POLICY_MALWARE_BLOCK)) : [],
    advisories: { byPolicy: blocks && byPolicy, byAudit },
    ignoresUnreachable: ignoresUnreachable(policy['ignore-unreachable'], audit['ignore-unreachable']),
    audits,
    cooldown: blocks ? cooldownOf(policy.cooldown, env) : undefined,
  }
}

/** `policy` of all places, list by list; undefined where it is switched off. */
function mergedPolicy(sources: readonly ConfigSource[]): JsonObject | undefined {
  let merged: JsonObject | undefined = {}
  for (const { config } of sources) {
    const { policy } = config
    if (policy === false) merged = undefined
    if (policy === true) merged ??= {}
    if (isJsonObject(policy)) merged = mergedLists(merged ?? {}, policy)
  }
  return merged
}

function mergedLists(known: JsonObject, added: JsonObject): JsonObject {
  const lists = Object.entries(added).map(([name, given]): [string, JsonValue] => {
    const before = known[name]
    const own = given === true && name !== 'ignore-unreachable' ? {} : given
    return [name, isJsonObject(before) && isJsonObject(own) ? { ...before, ...own } : own]
  })
  return { ...known, ...Object.fromEntries(lists) }
}

function mergedAudit(sources: readonly ConfigSource[]): JsonObject {
  const settings = sources.flatMap(({ config: { audit } }) => (isJsonObject(audit) ? Object.entries(audit) : []))
  return Object.fromEntries(settings)
}

/** `COMPOSER_POLICY` turns all of it off, or on where the settings have turned it off. */
function switchedBy(flag: boolean | undefined, policy: JsonObject | undefined): JsonObject | undefined {
  if (flag === false) return undefined
  return flag === true ? (policy ?? {}) : policy
}

function blocksAdvisories({ advisories }: JsonObject, audit: JsonObject): boolean {
  if (advisories === undefined || advisories === null) return isOn(audit['block-insecure'], true)
  return advisories !== false && isOn(isJsonObject(advisories) ? advisories.block : undefined, true)
}

function blockLists(policy: JsonObject, malwareBlocks: boolean | undefined): BlockList[] {
  const { malware } = policy
  const blocks = malwareBlocks ?? (malware !== false && isOn(isJsonObject(malware) ? malware.block : undefined, true))
  const custom = Object.entries(policy).filter(([name]) => !NO_CUSTOM_LIST.includes(name))
  return [
    ...(blocks ? [{ name: 'malware', scope: scopeOf(malware, 'all') }] : []),
    ...custom.flatMap(([name, list]) =>
      isJsonObject(list) && isOn(list.block, true) ? [{ name, scope: scopeOf(list, 'update') }] : [],
    ),
  ]
}

function scopeOf(list: JsonValue | undefined, fallback: BlockScope): BlockScope {
  const scope = isJsonObject(list) ? list['block-scope'] : undefined
  return scope === 'update' || scope === 'install' || scope === 'all' ? scope : fallback
}

/** Source of the rule: `Policy/IgnoreUnreachable.php`. */
function ignoresUnreachable(
  byPolicy: JsonValue | undefined,
  byAudit: JsonValue | undefined,
): Policy['ignoresUnreachable'] {
  if (Array.isArray(byPolicy)) return { install: byPolicy.includes('install'), update: byPolicy.includes('update') }
  if (byPolicy !== undefined && byPolicy !== null) {
    const all = isOn(byPolicy, true)
    return { install: all, update: all }
  }
  // The older setting is about audits: where it is on, it leaves nothing for the rest.
  const rest = !isOn(byAudit, false)
  return { install: rest, update: rest }
}

/** Source of the rule: `Policy/CooldownPolicyConfig.php`. */
function cooldownOf(cooldown: JsonValue | undefined, env: Environment['env']): Cooldown | undefined {
  const named = env.COMPOSER_POLICY_COOLDOWN_PERIOD || undefined
  const settings = isJsonObject(cooldown) ? cooldown : {}
  const blocks = flagOf(env.COMPOSER_POLICY_COOLDOWN_BLOCK) ?? isOn(settings.block, true)
  if (!isDuration(named ?? settings.period) || !blocks) return undefined
  const { ignore } = settings
  const byVariable = named !== undefined
  if (Array.isArray(ignore)) return { byVariable, ignored: ignore.filter((name) => typeof name === 'string') }
  return { byVariable, ignored: isJsonObject(ignore) ? Object.keys(ignore) : [] }
}

/** Whether a period is longer than nothing: a number of seconds, or `7 days`. */
function isDuration(period: JsonValue | undefined): boolean {
  const number = /^(\d+)(?:\s*(?:second|minute|hour|day|week)s?)?$/.exec(String(period))?.[1]
  return number !== undefined && Number(number) > 0
}

/** A variable that is a flag; undefined where it says nothing. Source: `Platform::getBoolEnv`. */
function flagOf(value: string | undefined): boolean | undefined {
  if (value === '1' || value === 'true' || value === 'on') return true
  return value === '0' || value === 'false' || value === 'off' ? false : undefined
}

/** A setting of which nothing but its being set counts otherwise than in PHP's `(bool)`: `null` is not set. */
function isOn(value: JsonValue | undefined, fallback: boolean): boolean {
  return value === undefined || value === null ? fallback : isTruthy(value)
}
