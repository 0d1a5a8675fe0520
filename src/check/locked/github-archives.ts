import { GITHUB } from '../../composer/github-token.js'
import { headersInstead } from '../../composer/http-basic.js'
import { decodeJson, isJsonObject, type JsonValue } from '../../composer/json.js'
import type { Cloned } from '../../problems/at-server.js'
import type { Finding } from '../../problems/finding.js'
import type { Answer } from '../../server/transport.js'
import { clonedInstead } from '../archive-findings.js'
import type { Archive } from '../archives.js'
import type { CheckContext } from '../context.js'

/** Asking it is free of charge. Source: GitHub's documentation, "REST API endpoints for rate limits". */
const RATE_LIMIT = 'https://api.github.com/rate_limit'
/** Requests an hour from one address without a token. Source: GitHub's documentation, "Rate limits for the REST API". */
const WITHOUT_TOKEN = 60

/**
 * Whether GitHub's API will give as many archives as a lock downloads from there: asked once, with the token that Composer
 * holds. No archive is asked for. Where GitHub answers anything else nothing is known.
 */
export async function checkGitHubArchives(archives: readonly Archive[], context: CheckContext): Promise<Finding[]> {
  const needed = archives.filter(
    ({ urls, hiddenBy }) => hiddenBy === undefined && /^https:\/\/api\.github\.com\//i.test(urls[0] ?? ''),
  )
  const held = context.gitHubToken
  const [first] = needed
  if (first === undefined || held === 'other' || context.deadline.passed()) return []
  const facts = {
    code: 'github-token-insufficient',
    host: GITHUB,
    status: undefined,
    packages: needed.map(({ name }) => name),
  } as const
  if (held === undefined) {
    if (needed.length <= WITHOUT_TOKEN) return []
    const cloned = await worst(needed, context)
    return [{ ...facts, reason: 'none-held', limit: WITHOUT_TOKEN, cloned, place: first.place() }]
  }
  const header = headersInstead([`Authorization: token ${held.token}`])
  if (header === undefined) return []
  const answer = await context.transport.getOnceAtHost(RATE_LIMIT, header)
  const { from } = held
  const place = from.from === 'elsewhere' ? (from.place ?? first.place()) : first.place()
  // Behind a redirect it was not sent.
  if (answer.kind === 'answered' && answer.status === 401 && !answer.leftOrigin) {
    return [{ ...facts, reason: 'rejected', status: 401, from, cloned: await worst(needed, context), place }]
  }
  const left = requestsLeft(answer)
  if (left === undefined || left.remaining >= needed.length) return []
  return [{ ...facts, reason: 'few-left', ...left, from, cloned: await worst(needed, context), place }]
}

/** What Composer does without these archives: it stops if it stops at one of them. */
async function worst(archives: readonly Archive[], context: CheckContext): Promise<Cloned> {
  const cloned = await clonedInstead(archives, context)
  const all = new Set(archives.map(cloned))
  return (['no', 'by-version', 'yes'] as const).find((one) => all.has(one)) ?? 'yes'
}

function requestsLeft(answer: Answer): { limit: number; remaining: number; resets: string | undefined } | undefined {
  if (answer.kind !== 'answered' || answer.status !== 200) return undefined
  const core = member(member(decodeJson(answer.body), 'resources'), 'core')
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => count(member(core, name)))
  if (limit === undefined || remaining === undefined) return undefined
  return { limit, remaining, resets: reset === undefined ? undefined : timeOf(reset) }
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined
}

function count(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** Seconds since 1970 as a time of day. */
function timeOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(11, 16)} UTC`
}
