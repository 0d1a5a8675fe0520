import type { Finding } from '../problems/finding.js'

/** What a check of packages found. */
export interface PackagesResult {
  readonly findings: readonly Finding[]
  /** Names of packages of which something was learnt. */
  readonly checked: readonly string[]
  /** How many were not looked at, since the time of the step was up. */
  readonly leftOut: number
  /** Of how many it was concluded from others of their group that they are refused. */
  readonly concluded: number
}

/** Where nothing was asked. */
export const NOTHING_FOUND: PackagesResult = { findings: [], checked: [], leftOut: 0, concluded: 0 }
