import { credentialsInUrl } from '../composer/effective-credentials.js'
import { archiveUrls, type Lock } from '../composer/lock-file.js'
import type { Manifest } from '../composer/manifest.js'
import { originOf } from '../composer/origin.js'
import { isPartial, partialUpdate } from '../composer/partial-update.js'
import { mayServe, repositoryOrigin } from '../composer/repositories.js'
import type { ComposerCommand, Project } from './project.js'
import type { RequestedPackage } from './resolved/requested-packages.js'

/**
 * Whether the coming command needs anything from a host, as far as the project says, without asking anybody: an archive of
 * the lock, a repository of composer.json, or a package named by hand. Without any of them the keys are what is checked.
 */
export function needsHost(
  host: string,
  project: Project,
  command: ComposerCommand,
  requested: readonly RequestedPackage[],
): boolean {
  if (requested.length > 0) return true
  const { lock, manifest } = project
  const updates = lock !== undefined && isPartial(command)
  if (lock !== undefined) {
    const needsArchive = lock.packages.some((locked) => {
      if (locked.type === 'metapackage' || (locked.dev && !command.dev) || locked.dist === undefined) return false
      const urls = archiveUrls(locked)
      const [first = ''] = urls
      // What is asked with credentials of its own does not need the host's.
      if (locked.hasOwnCredentials || credentialsInUrl(first) !== undefined) return false
      // Nor does what is cloned first.
      if (locked.hasSource && project.installSource.prefersSource(locked.name, locked.version)) return false
      return originOf(first) === host && project.alreadyThere(locked, urls) === undefined
    })
    if (needsArchive || !updates) return needsArchive
  }
  if (manifest === undefined) return true
  const resolved = updates ? resolvedAnew(lock, manifest, command) : manifest.requirements
  return project.repositories.some(
    ({ entry }) =>
      entry.type === 'composer' &&
      repositoryOrigin(entry) === host &&
      resolved.some(({ name }) => mayServe(entry, name)),
  )
}

/** What a partial update looks for in the repositories. */
function resolvedAnew(lock: Lock, { requirements }: Manifest, command: ComposerCommand): readonly { name: string }[] {
  if (command.sameVersions) return lock.packages
  const { resolved, resolvedForKept } = partialUpdate(lock, requirements, command)
  return [...resolved, ...resolvedForKept]
}
