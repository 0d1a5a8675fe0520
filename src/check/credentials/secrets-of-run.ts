import { realpathSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { type AuthEntry, entriesOf } from '../../composer/auth-json.js'
import { AUTH_SECTIONS } from '../../composer/auth-sections.js'
import type { ConfigSource } from '../../composer/config.js'
import { credentialsInUrl } from '../../composer/effective-credentials.js'
import type { Environment } from '../../composer/environment.js'
import type { HttpBasic } from '../../composer/http-basic.js'
import { isJsonObject, type JsonObject, parseJson } from '../../composer/json.js'
import { proxySecrets } from '../../composer/proxy.js'
import { secretsInUrl } from '../../composer/shown-url.js'
import { textsIn } from '../../runner/masks.js'
import type { Secrets } from '../../text/redaction.js'
import { SHORTEST_MASK, secretsOf } from '../../text/secret-forms.js'
import type { Project } from '../project.js'

/** Everything that is secret in a run. */
export interface RunSecrets {
  /** To be shown nowhere. */
  readonly all: Secrets
  /**
   * To be masked in the job's whole log. Not what came with the checkout alone: a pull request that chooses a mask can
   * blot any word out of the log of other steps.
   */
  readonly masked: Secrets
}

/** What is known to be secret. */
export interface Known {
  /** The inputs for keys and for downloads, each of which may hold something else. */
  readonly inputs: readonly HttpBasic[]
  /** What the step was given. */
  readonly entries: readonly AuthEntry[]
  /** What these entries stand in the place of: it comes back when the job ends. */
  readonly replaced: readonly AuthEntry[]
  readonly sources: readonly ConfigSource[]
  readonly project: Project
  readonly environment: Environment
}

/** Gathers what is secret: all that Composer reads credentials from, in every section, and the project's URLs. */
export function secretsOfRun({ inputs, entries, replaced, sources, project, environment }: Known): RunSecrets {
  const { env } = environment
  const given: Secrets = {
    pairs: inputs,
    values: [
      ...inputs.flatMap(({ username, password }) => [...textsIn(username), ...textsIn(password)]),
      ...proxySecrets(env),
    ].filter(isLong),
  }
  const trusted = sources.filter((source) => !isInCheckout(source, environment))
  const masked = together([given, secretsOfEntries(entries), ...trusted.map(secretsOfSource)])
  const others = sources.filter((source) => !trusted.includes(source)).map(secretsOfSource)
  return { all: together([masked, ...others, secretsOfEntries(replaced), secretsOfUrls(project)]), masked }
}

/** Whether a place came with the checkout, or may have. `COMPOSER_AUTH` is set by the workflow or a step. */
function isInCheckout({ place, name }: ConfigSource, { env, cwd }: Environment): boolean {
  switch (place) {
    case 'environment':
      return false
    case 'manifest':
    case 'project-auth':
      return true
    case 'home-config':
    case 'home-auth':
      // Composer's home can lie in the work tree, as that of Magento's own commands does.
      return [env.GITHUB_WORKSPACE || cwd, cwd].some((folder) =>
        [name, realOrSame(name)].some((path) => isInside(path, folder) || isInside(path, realOrSame(folder))),
      )
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way)
}

function realOrSame(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Also of a source that Composer does not accept. Where it is no JSON, nobody knows which of its texts is what. */
function secretsOfSource({ place, config, text, invalid }: ConfigSource): Secrets {
  if (invalid === undefined) return secretsOfSettings(config, text)
  const parsed = parseJson(Buffer.from(text))
  if (parsed.kind === 'json' && isJsonObject(parsed.value)) {
    const inFile = place === 'manifest' || place === 'home-config' ? parsed.value.config : parsed.value
    return secretsOfSettings(isJsonObject(inFile) ? inFile : {}, text)
  }
  return { pairs: [], values: textsIn(text).filter(isLong) }
}

function secretsOfSettings(data: JsonObject, text: string): Secrets {
  return secretsOfEntries(entriesOf({ kind: 'auth-json', text, data }))
}

function secretsOfEntries(entries: readonly AuthEntry[]): Secrets {
  const kept = entries.map((entry) => ({ entry, pair: AUTH_SECTIONS.get(entry.path[0])?.pairIn(entry.value) }))
  // In the place of a pair's password a word may stand, which says that the user name is a token.
  const others = kept.filter(({ entry, pair }) => entry.path[0] !== 'http-basic' || pair === undefined)
  return { pairs: kept.flatMap(({ pair }) => pair ?? []), values: others.flatMap(({ entry }) => secretsOf(entry)) }
}

/** Credentials and tokens in the URLs of repositories and archives. */
function secretsOfUrls({ repositories, lock }: Project): Secrets {
  const urls = [
    ...repositories.map(({ entry }) => entry.url),
    ...(lock?.packages.flatMap(({ dist }) => (dist === undefined ? [] : [dist.url, ...dist.mirrors.map(urlOf)])) ?? []),
  ].filter((url) => /[@?]/.test(url))
  return {
    pairs: urls.flatMap((url) => credentialsInUrl(url) ?? []),
    values: [...new Set(urls.flatMap(secretsInUrl))],
  }
}

function urlOf({ url }: { readonly url: string }): string {
  return url
}

function isLong({ length }: string): boolean {
  return length >= SHORTEST_MASK
}

function together(all: readonly Secrets[]): Secrets {
  const pairs = new Map(all.flatMap((one) => one.pairs.map((pair) => [`${pair.username}\0${pair.password}`, pair])))
  return { pairs: [...pairs.values()], values: [...new Set(all.flatMap(({ values }) => values))] }
}
