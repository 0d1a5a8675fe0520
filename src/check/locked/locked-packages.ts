import { existsSync } from 'node:fs'
import { grouped } from '../../collections/grouped.js'
import { archiveUrls, type Lock, type LockedPackage } from '../../composer/lock-file.js'
import { originOf } from '../../composer/origin.js'
import type { Cloned } from '../../problems/at-server.js'
import type { Family } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import { archiveFindings, clonedInstead } from '../archive-findings.js'
import { type Archive, askSample, groupOf } from '../archives.js'
import type { CheckContext } from '../context.js'
import { familyTeller } from '../editions.js'
import { insecureFindings, withoutHttp } from '../insecure-archives.js'
import { NOTHING_FOUND, type PackagesResult } from '../packages-result.js'
import { askedWithOptions } from '../repository-options.js'
import { checkForAuditPlugin } from '../resolved/asked-repositories.js'
import { servingRepositories } from '../resolved/serving-repositories.js'
import { checkArchiveHosts } from './archive-hosts.js'
import { checkGitHubArchives } from './github-archives.js'

/** Magento projects since 2.4.3 have it: it makes Composer read metadata even when it installs from a lock. */
const AUDIT_PLUGIN = 'magento/composer-dependency-version-audit-plugin'

/**
 * What `composer install` would download from a lock: archives and nothing else. Metapackages have none, and what is in
 * the vendor folder or in the file cache is not downloaded.
 */
export async function checkLockedPackages(lock: Lock, dev: boolean, context: CheckContext): Promise<PackagesResult> {
  const archives = await archivesOf(lock, dev, context)
  const local = archives.filter(isLocal)
  const relative = local.filter(({ urls }) => !existsSync(context.project.pathOf(urls[0] ?? '')))
  const rest = without(archives, local)
  const { secure, insecure } = withoutHttp(rest, context)

  const cloned = await clonedInstead(relative, context)
  const findings = [...relativeFindings(relative, cloned), ...(await insecureFindings(insecure, 'lock', context))]
  const installsPlugin = downloaded(lock, dev, context).some(({ name }) => name === AUDIT_PLUGIN)
  const auditing = installsPlugin && context.project.runsPlugin(AUDIT_PLUGIN)
  if (
    auditing &&
    archives.some(
      ({ name, hiddenBy }) => name !== AUDIT_PLUGIN && hiddenBy !== 'vendor' && hiddenBy !== 'perhaps-vendor',
    )
  ) {
    findings.push(...(await checkForAuditPlugin(servingRepositories(context), context)))
  }
  findings.push(...(await checkGitHubArchives(secure, context)))
  const hosts = await checkArchiveHosts(secure, context)
  return { ...hosts, findings: [...findings, ...hosts.findings], checked: [...hosts.checked] }
}

/** The same of packages that Composer may take in another version, or leave out: of these only a refusal counts, as a warning. */
export async function checkOpenPackages(lock: Lock, dev: boolean, context: CheckContext): Promise<PackagesResult> {
  const archives = (await archivesOf(lock, dev, context)).filter((archive) => !isLocal(archive))
  const { secure } = withoutHttp(archives, context)
  const asked = await askSample(
    secure.map((archive) => ({ ...archive, mayBeElsewhere: true })),
    context,
  )
  const known = asked.filter(({ answer }) => answer.kind === 'there' || answer.kind === 'denied')
  return {
    ...NOTHING_FOUND,
    findings: await archiveFindings(known, context),
    checked: known.map(({ archive }) => archive.name),
  }
}

/** What Composer downloads of a lock: metapackages have no archive, and what it clones first it asks for only where that fails. */
function downloaded({ packages }: Lock, dev: boolean, context: CheckContext): LockedPackage[] {
  return packages.filter(
    (locked) => locked.type !== 'metapackage' && (dev || !locked.dev) && !isClonedFirst(locked, context),
  )
}

async function archivesOf(lock: Lock, dev: boolean, context: CheckContext): Promise<Archive[]> {
  // What is asked for with credentials of its own cannot be asked for from here.
  const hasOptions = await askedWithOptions(context)
  const familyOf = familyTeller(lock)
  return downloaded(lock, dev, context).flatMap((locked) => {
    const archive = archiveOf(locked, familyOf(locked.name), lock, context)
    if (!hasOptions(locked)) return archive
    for (const { urls } of archive) context.unchecked.add(originOf(urls[0] ?? ''), 'options')
    return []
  })
}

/** An address without a host is a file of this machine, as artifact repositories name them. */
function isLocal({ urls }: Archive): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(urls[0] ?? '')
}

/** Composer asks for the archive of what it clones first only where that fails. */
function isClonedFirst({ name, version, hasSource }: LockedPackage, { project }: CheckContext): boolean {
  return hasSource && project.installSource.prefersSource(name, version)
}

function archiveOf(locked: LockedPackage, family: Family, lock: Lock, { project }: CheckContext): Archive[] {
  const { name, dist, hasSource, position } = locked
  // A path is a folder of this machine.
  if (dist === undefined || dist.type === 'path') return []
  const urls = archiveUrls(locked)
  return [
    {
      name,
      urls,
      group: groupOf(name, '', family),
      family,
      hiddenBy: project.alreadyThere(locked, urls),
      type: dist.type,
      hasChecksum: dist.shasum !== '',
      hasSource,
      mayBeElsewhere: false,
      place: () => ({ path: lock.path, position: position() }),
    },
  ]
}

function without(archives: readonly Archive[], others: readonly Archive[]): Archive[] {
  const taken = new Set(others)
  return archives.filter((archive) => !taken.has(archive))
}

function relativeFindings(archives: readonly Archive[], cloned: (archive: Archive) => Cloned): Finding[] {
  const groups = grouped(archives, (archive) => `${archive.hiddenBy} ${cloned(archive)}`)
  return [...groups.values()].map((group) => ({
    code: 'package-denied',
    reason: 'relative-url',
    host: undefined,
    status: undefined,
    packages: group.map(({ name }) => name),
    url: group[0]?.urls[0],
    hiddenBy: group[0]?.hiddenBy,
    cloned: group[0] === undefined ? 'no' : cloned(group[0]),
    place: group[0]?.place(),
  }))
}
