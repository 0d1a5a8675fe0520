import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Job } from '../action/run-action.js'

/**
 * A `PATH` on which `composer` says that it is of a version, and does nothing else; without a version, one on which there
 * is no composer. Only for rules that depend on the version: what they say is from Composer's sources.
 *
 * @param refuses what it stops at in COMPOSER_AUTH, as a pattern of grep
 */
export function pathWithComposer(job: Pick<Job, 'root'>, version: string | undefined, refuses?: string): string {
  const bin = join(job.root, 'bin')
  mkdirSync(bin, { recursive: true })
  if (version === undefined) return bin
  const stops = refuses === undefined ? '' : `printf %s "$COMPOSER_AUTH" | grep -q '${refuses}' && exit 1\n`
  const script = `#!/bin/sh\n${stops}echo "Composer version ${version} 2026-01-01 00:00:00"\n`
  writeFileSync(join(bin, 'composer'), script, { mode: 0o755 })
  return `${bin}:/usr/bin:/bin`
}
