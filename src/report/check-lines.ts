import type { CheckResult } from '../check/run-check.js'
import type { Given } from '../inputs/given-credentials.js'
import { uncheckedLines } from './not-checked.js'

/** What the log says of what was asked, a line for each, beside the problems that were found. */
export function checkLines(
  { asked, accepted, httpStatus, checked, leftOut, concluded, unchecked, unasked, findings }: CheckResult,
  { host, keysFrom, needed }: { readonly host: string; readonly keysFrom: Given['from']; readonly needed: boolean },
): string[] {
  const other = findings.some((finding) => finding.code === 'credentials-overridden' && finding.host === host)
  const what = other || keysFrom === 'composer-auth' ? 'the credentials that Composer uses' : 'the keys'
  const lines: string[] = []
  if (accepted === 'without-any') lines.push(`${host} wants no keys (HTTP ${httpStatus}).`)
  else if (accepted) lines.push(`${host} accepts ${what} (HTTP ${httpStatus}).`)
  else if (!asked && !needed) lines.push(`Nothing that the coming command does needs ${host}, so it was not asked.`)
  lines.push(...uncheckedLines(unchecked))
  if (unasked > 0) {
    lines.push(
      `${unasked} more requests than this action makes in a run would have been needed: what they ask for was not checked.`,
    )
  }
  if (concluded > 0) {
    lines.push(
      `${concluded} packages were not requested one by one: this account sees nothing of their edition or vendor, and those that were requested of it were refused.`,
    )
  }
  if (leftOut > 0) lines.push(`The time of this step was up: ${leftOut} of the packages were not checked.`)
  if (checked.length > 0) lines.push(`${checked.length} ${checked.length === 1 ? 'package' : 'packages'} checked.`)
  return lines
}
