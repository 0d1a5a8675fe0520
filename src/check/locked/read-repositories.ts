import { inParallel, REQUESTS_AT_ONCE } from '../../bounds/in-parallel.js'
import { isAmong, NO_VERSION } from '../../composer/installed/composer-versions.js'
import type { Lock } from '../../composer/lock-file.js'
import { isPublicForge } from '../../composer/repositories.js'
import type { Finding } from '../../problems/finding.js'
import { stoppingOnly } from '../access.js'
import { checkFilterList } from '../check-advertised-lists.js'
import type { CheckContext } from '../context.js'
import type { NamedRepository } from '../named-repository.js'
import { insecureUrl, rootFinding } from '../resolved/asked-repositories.js'
import { type ServingRepository, servingRepositories } from '../resolved/serving-repositories.js'

/**
 * The repositories whose packages.json Composer reads beside a lock, from 2.10 on: all of them, whatever the lock takes
 * from there. Of what fails, only that counts at which such a version stops.
 */
export async function checkReadRepositories(lock: Lock, context: CheckContext): Promise<Finding[]> {
  const read = servingRepositories(context).filter(({ entry, isDefault }) => entry.type === 'composer' && !isDefault)
  const findings = await inParallel(REQUESTS_AT_ONCE, read, (repository) => checkRead(repository, lock, context))
  return findings.flat()
}

async function checkRead(repository: ServingRepository, lock: Lock, context: CheckContext): Promise<Finding[]> {
  // One over http is not opened, and Composer counts it among those that cannot be reached.
  const insecure = insecureUrl(repository, context, false)
  if (insecure !== undefined) return [stoppingOnly(context.stoppedAt(repository.entry.url).status, insecure)]
  const { named } = repository
  if (named === undefined || context.deadline.passed() || !(await isRead(named, context))) return []
  const { finding } = await named.access()
  if (finding === undefined) {
    const names = lock.packages.map(({ name }) => name)
    return checkFilterList(repository, names, context)
  }
  const { stopsOnly = NO_VERSION } = finding
  return stopsOnly.length === 0 ? [] : [rootFinding(named, finding, 'unneeded')]
}

/** Whether the installed Composer, or one that may be installed, reads packages.json of a repository in any case. */
async function isRead({ origin, stopped, answered }: NamedRepository, { version }: CheckContext): Promise<boolean> {
  if (stopped.content.length === 0 || isPublicForge(origin)) return false
  // What has been asked for already costs nothing, and is judged with all else.
  return answered !== undefined || isAmong(stopped.content, await version()) !== false
}
