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

/** What several checks found, one after the other. */
export function together(results: readonly PackagesResult[]): PackagesResult {
  return {
    findings: results.flatMap(({ findings }) => findings),
    checked: results.flatMap(({ checked }) => checked),
    leftOut: results.reduce((sum, { leftOut }) => sum + leftOut, 0),
    concluded: results.reduce((sum, { concluded }) => sum + concluded, 0),
  }
}
