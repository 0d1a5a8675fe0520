import { readJsonFile } from '../bounds/json-file.js'
import { WRITTEN_BY_COMPOSER } from '../bounds/json-values.js'
import { isJsonObject, type JsonValue, parseJson } from '../composer/json.js'
import type { WhyMissing } from '../problems/workflow-inputs.js'

/**
 * GitHub's own limit for a webhook's payload is 25 MB, which only a push of very many commits comes near. Of one with more the
 * reason is not known.
 */
const LIMITS = WRITTEN_BY_COMPOSER

/**
 * Why this run may have no secrets, as far as its event tells. GitHub gives none to `pull_request` runs of forks, and
 * those of a store of their own to whatever Dependabot starts.
 *
 * Source of the rule: GitHub's documentation, "Using secrets in a workflow" and "Dependabot on GitHub Actions".
 */
export function whySecretsMayBeMissing(env: Readonly<Record<string, string | undefined>>): WhyMissing {
  if (env.GITHUB_ACTOR === 'dependabot[bot]') return 'dependabot'
  const payload = readEvent(env.GITHUB_EVENT_PATH)
  if (field(payload, 'sender', 'login') === 'dependabot[bot]') return 'dependabot'
  // pull_request_target and workflow_run get secrets also for forks.
  const name = env.GITHUB_EVENT_NAME ?? ''
  if (name.startsWith('pull_request') && name !== 'pull_request_target') {
    const base = field(payload, 'pull_request', 'base', 'repo', 'full_name')
    const head = field(payload, 'pull_request', 'head', 'repo', 'full_name')
    // A head without a repository is a fork that was deleted.
    if (base !== undefined && head !== base) return 'fork'
  }
  // A run of the fork itself has the fork's own secrets, and none was copied into it.
  return field(payload, 'repository', 'fork') === true ? 'forked-repository' : 'unknown'
}

function readEvent(path: string | undefined): JsonValue | undefined {
  if (path === undefined || path === '') return undefined
  const file = readJsonFile(path, LIMITS)
  if (file.kind !== 'bytes') return undefined
  const parsed = parseJson(file.bytes)
  return parsed.kind === 'json' ? parsed.value : undefined
}

function field(value: JsonValue | undefined, ...path: string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, key) => (isJsonObject(at) ? at[key] : undefined), value)
}
