import type { Lock } from '../composer/lock-file.js'
import type { Manifest } from '../composer/manifest.js'
import { limited, partialUpdate } from '../composer/partial-update.js'
import type { CheckContext } from './context.js'
import { checkLockedPackages, checkOpenPackages } from './locked/locked-packages.js'
import { type PackagesResult, together } from './packages-result.js'
import type { ComposerCommand } from './project.js'
import { checkRootRequirements } from './resolved/root-requirements.js'

/**
 * What `composer update vendor/name` would fetch: archives of what stays as the lock has it, and the packages that are resolved anew. What
 * these require is not resolved: of a locked package that may change with it, a refused archive is a warning.
 *
 * What only a package requires that stays is resolved under its constraint, and said at the package's line of the lock.
 */
export async function checkPartialUpdate(
  lock: Lock,
  manifest: Manifest,
  command: ComposerCommand,
  context: CheckContext,
): Promise<PackagesResult> {
  const { kept, open, resolved, resolvedForKept, provides } = partialUpdate(lock, manifest.requirements, command)
  const anew = {
    ...manifest,
    requirements: limited([...resolved, ...resolvedForKept], command),
    provides: [...manifest.provides, ...provides],
  }
  return together([
    await checkLockedPackages({ ...lock, packages: kept }, command.dev, context),
    await checkOpenPackages({ ...lock, packages: open }, command.dev, context),
    await checkRootRequirements(anew, command.dev ? 'all' : 'no-dev', context),
  ])
}

/**
 * What `composer update --lock` would fetch: every package of the lock must be in a repository in the same version, also those for
 * development, and its archive is downloaded.
 *
 * Source of the rule: `Installer::requirePackagesForUpdate`.
 */
export async function checkSameVersions(
  lock: Lock,
  manifest: Manifest,
  { dev }: ComposerCommand,
  context: CheckContext,
): Promise<PackagesResult> {
  const requirements = lock.packages.map(({ name, version, dev: isDev, position }) => {
    return { name, constraint: version, dev: isDev, position: position(), path: lock.path, lockedVersion: version }
  })
  const found = await checkRootRequirements({ ...manifest, requirements }, 'none', context)
  const denied = new Set(found.findings.flatMap((finding) => finding.packages))
  const packages = lock.packages.filter(({ name }) => !denied.has(name))
  return together([found, await checkLockedPackages({ ...lock, packages }, dev, context)])
}
