import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Job } from '../action/run-action.js'

/**
 * A `PATH` on which `composer` says that it is of a version, and does nothing else; without a version, one on which there
 * is no composer. Only for rules that depend on the version: what they say is from Composer's sources.
 */
export function pathWithComposer(job: Pick<Job, 'root'>, version: string | undefined): string {
  const bin = join(job.root, 'bin')
  mkdirSync(bin, { recursive: true })
  if (version === undefined) return bin
  writeFileSync(join(bin, 'composer'), `#!/bin/sh\necho "Composer version ${version} 2026-01-01 00:00:00"\n`, {
    mode: 0o755,
  })
  return `${bin}:/usr/bin:/bin`
}
