import { archiveUrls, type LockedPackage } from '../composer/lock-file.js'
import { originOf } from '../composer/origin.js'
import { repositoryBase, repositoryOrigin } from '../composer/repositories.js'
import type { CheckContext } from './context.js'
import type { Project } from './project.js'

/**
 * Tells of a locked package whether Composer asks for its archive with what its own `transport-options` hold, or with the headers of the
 * repository that it belongs to: those of `options`, which composer.json has and, since 2.11, composer.lock has not. Where
 * the version is not known it may.
 */
export async function askedWithOptions(context: Circumstances): Promise<(locked: LockedPackage) => boolean> {
  const restored = await askedWithRestored(context)
  return (locked) => locked.hasOptions || restored(locked)
}

type Circumstances = Pick<CheckContext, 'project' | 'holds'>

async function askedWithRestored({ project, holds }: Circumstances): Promise<(locked: LockedPackage) => boolean> {
  const mayRestore = project.repositories.some(({ entry }) => entry.type === 'composer' && entry.hasHeaders)
  const restores = mayRestore && (await holds('restoresHeaders')) !== false
  return (locked) => restores && belongsToHeaders(locked, project)
}

/** Whether the most specific repository to which an archive belongs has headers. Source: `RepositoryManager::findHttpHeaders`. */
function belongsToHeaders(locked: LockedPackage, { repositories }: Project): boolean {
  const urls = archiveUrls(locked)
  let closest = { length: -1, hasHeaders: false }
  for (const { entry } of repositories) {
    const base = entry.type === 'composer' ? repositoryBase(entry) : undefined
    if (base === undefined || base.length <= closest.length) continue
    const owns = urls.some((url) => url.startsWith(base) && /^(?:[/?#]|$)/.test(url.slice(base.length)))
    if (owns) closest = { length: base.length, hasHeaders: entry.hasHeaders }
  }
  return closest.hasHeaders
}

/** Whether the coming command sends to a host what the options of a repository there hold, wherever it asks for something. */
export async function sendsOptions(
  host: string,
  project: Project,
  dev: boolean,
  context: Circumstances,
): Promise<boolean> {
  const atHost = project.repositories.some(
    ({ entry }) => entry.type === 'composer' && entry.hasOptions && repositoryOrigin(entry) === host,
  )
  if (!atHost || project.lock === undefined || !project.command.fromLock) return atHost
  const restored = await askedWithRestored(context)
  return project.lock.packages
    .filter((locked) => (dev || !locked.dev) && archiveUrls(locked).some((url) => originOf(url) === host))
    .every((locked) => locked.hasOwnCredentials || restored(locked))
}
