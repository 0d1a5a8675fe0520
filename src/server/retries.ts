import type { Answer } from './answer.js'
import { isTransient } from './failure.js'

/** Longer is not waited for a server that says when to come back: the job's minutes are the user's. Seconds. */
const LONGEST_RETRY_AFTER = 30
/** The first pause between two tries; each further one is twice as long, and all are jittered. Milliseconds. */
const FIRST_PAUSE = 250

/**
 * How long to wait before another try, in milliseconds; undefined when another try cannot change anything.
 *
 * @param tried how often it was tried
 */
export function pauseBefore(answer: Answer, tried: number): number | undefined {
  const jittered = FIRST_PAUSE * 2 ** (tried - 1) * (0.5 + Math.random())
  if (answer.kind === 'failed') return isTransient(answer.failure) ? jittered : undefined
  if (answer.status !== 408 && answer.status !== 429 && answer.status < 500) return undefined
  const seconds = retryAfter(answer)
  if (seconds === undefined) return jittered
  return seconds <= LONGEST_RETRY_AFTER ? Math.max(jittered, seconds * 1000) : undefined
}

/** `Retry-After` in seconds from now: a number or a date (RFC 9110, 10.2.3). */
export function retryAfter({ headers }: Pick<Extract<Answer, { kind: 'answered' }>, 'headers'>): number | undefined {
  const value = headers['retry-after']
  if (value === undefined) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000)
}
