import { existsSync } from 'node:fs'
import { grouped } from '../../collections/grouped.js'
import { credentialsInUrl } from '../../composer/effective-credentials.js'
import { distUrls, type Lock, type LockedPackage } from '../../composer/lock-file.js'
import { originOf } from '../../composer/origin.js'
import { shownUrl } from '../../composer/shown-url.js'
import { normalizeVersion } from '../../composer/versions/version.js'
import type { Cloned } from '../../problems/at-server.js'
import type { Family } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import type { Place } from '../../problems/problem.js'
import { weighted } from '../access.js'
import {
  type Archive,
  type AskedArchive,
  archiveFindings,
  askAll,
  askSample,
  clonedInstead,
  groupOf,
  mayAsk,
} from '../archives.js'
import type { CheckContext } from '../context.js'
import { familyTeller } from '../editions.js'
import type { PackagesResult } from '../packages-result.js'
import { askedWithOptions } from '../repository-options.js'
import { checkForAuditPlugin } from '../resolved/asked-repositories.js'
import { servingRepositories } from '../resolved/serving-repositories.js'

/** Magento projects since 2.4.3 have it: it makes Composer read metadata even when it installs from a lock. */
const AUDIT_PLUGIN = 'magento/composer-dependency-version-audit-plugin'

/**
 * What `composer install` would download from a lock: archives and nothing else. Metapackages have none, and what is in
 * the vendor folder or in the file cache is not downloaded.
 */
export async function checkLockedPackages(lock: Lock, dev: boolean, context: CheckContext): Promise<PackagesResult> {
  // What is asked for with credentials of its own cannot be asked for from here.
  const hasOptions = await askedWithOptions(context)
  const wanted = lock.packages.filter(
    (locked) =>
      locked.type !== 'metapackage' && (dev || !locked.dev) && !hasOptions(locked) && !isClonedFirst(locked, context),
  )
  const familyOf = familyTeller(lock)
  const archives = wanted.flatMap((locked) => archiveOf(locked, familyOf(locked.name), lock, context))
  // An address without a host is a file of this machine, as artifact repositories name them.
  const local = archives.filter(({ urls }) => !/^[a-z][a-z0-9+.-]*:/i.test(urls[0] ?? ''))
  const relative = local.filter(({ urls }) => !existsSync(context.project.pathOf(urls[0] ?? '')))
  const rest = without(archives, local)
  const insecure = context.project.secureHttp ? rest.filter(({ urls }) => /^http:/i.test(urls[0] ?? '')) : []
  const byOrigin = grouped(without(rest, insecure), ({ urls }) => originOf(urls[0] ?? ''))

  const cloned = await clonedInstead([...relative, ...insecure], context)
  const findings = [...relativeFindings(relative, cloned), ...insecureFindings(insecure, cloned)]
  const auditing = wanted.some(({ name }) => name === AUDIT_PLUGIN) && context.project.runsPlugin(AUDIT_PLUGIN)
  if (
    auditing &&
    archives.some(
      ({ name, hiddenBy }) => name !== AUDIT_PLUGIN && hiddenBy !== 'vendor' && hiddenBy !== 'perhaps-vendor',
    )
  ) {
    findings.push(...(await checkForAuditPlugin(servingRepositories(context), context)))
  }
  const checked = new Set<string>()
  let leftOut = 0
  for (const [origin, group] of byOrigin) {
    if (!mayAsk(group[0]?.urls[0] ?? '', context)) continue
    if (context.deadline.passed()) {
      leftOut += group.length
      continue
    }
    const result = await checkOrigin(origin, group, context)
    findings.push(...result.findings)
    for (const { name } of group) if (!result.unknown.has(name)) checked.add(name)
  }
  return { findings, checked: [...checked], leftOut }
}

/** The packages of a lock that come from one host. */
async function checkOrigin(origin: string, archives: readonly Archive[], context: CheckContext): Promise<OriginResult> {
  const repository = origin === context.main.origin ? context.main : context.repositoryAt(origin)
  if (context.credentialsFor(origin) === undefined && !archives.some(({ urls }) => credentialsInUrl(urls[0] ?? ''))) {
    return { findings: await askWithoutCredentials(origin, archives, context), unknown: new Set() }
  }
  if (repository === undefined) return resultOf(await askSample(archives, context), context)

  const { finding } = await repository.access()
  if (finding !== undefined)
    return { findings: await weighedByArchives(finding, archives, context), unknown: new Set() }

  const listing = await repository.repository.listing()
  if (listing.kind !== 'names') return resultOf(await askSample(archives, context), context)
  const { names, groupOf: listOf } = listing
  const visible = archives.filter(({ name }) => names.has(name))
  const invisible = archives.filter(({ name }) => !names.has(name))
  // One after the other: eight requests at a time are as many as Composer makes to one host.
  const asked = await askAll(invisible, context)
  const sampled = await askSample(
    visible.map((archive) => ({ ...archive, group: groupOf(archive.name, listOf(archive.name), archive.family) })),
    context,
  )
  return resultOf([...asked, ...sampled], context)
}

/** What one host's archives came to. */
interface OriginResult {
  readonly findings: readonly Finding[]
  /** Packages of which nothing was learnt. */
  readonly unknown: ReadonlySet<string>
}

async function resultOf(asked: readonly AskedArchive[], context: CheckContext): Promise<OriginResult> {
  const unanswered = asked.filter(({ answer }) => answer.kind === 'unknown').map(({ archive }) => archive.name)
  return { findings: await archiveFindings(asked, context), unknown: new Set(unanswered) }
}

/** packages.json fails beside a lock: then the archives decide what that means. */
async function weighedByArchives(
  finding: Finding,
  archives: readonly Archive[],
  context: CheckContext,
): Promise<Finding[]> {
  const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined)
  if (needed.length === 0) return [weighted(finding, 'unneeded')]
  const asked = await askSample(needed, context)
  const known = asked.filter(({ answer }) => answer.kind !== 'unknown')
  if (known.length === 0) return [weighted(finding, 'perhaps')]
  if (known.every(({ answer }) => answer.kind === 'there')) {
    return [weighted(finding, 'archives-work')]
  }
  if (known.every((one) => failsLike(finding, one))) return [weighted(finding, 'archives-fail')]
  return [weighted(finding, 'archives-differ'), ...(await archiveFindings(asked, context))]
}

/**
 * Whether an archive fails in the way in which packages.json fails. Where the keys themselves are refused any denial is
 * one and the same: what an archive answers to bad keys has changed over the years (401, 403 and 404 were seen).
 */
function failsLike(finding: Finding, { answer }: AskedArchive): boolean {
  const { status } = finding
  if (answer.kind === 'denied') return finding.code.startsWith('keys-') || answer.status === status
  if (answer.kind !== 'trouble') return false
  return answer.answer.kind === 'answered' ? answer.answer.status === status : status === undefined
}

/** A host that composer.json names and that has no credentials: one archive tells whether it wants some. */
async function askWithoutCredentials(
  origin: string,
  archives: readonly Archive[],
  context: CheckContext,
): Promise<Finding[]> {
  const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined)
  const cloned = await clonedInstead(needed, context)
  const [first] = needed.filter((archive) => cloned(archive) === 'no')
  const sample = first ?? archives[0]
  if (sample === undefined) return []
  const [asked] = await askAll([sample], context)
  if (asked?.answer.kind !== 'denied' || (asked.answer.status !== 401 && asked.answer.status !== 403)) return []
  const { status, url } = asked.answer
  const packages = archives.map(({ name }) => name)
  return [
    {
      code: 'credentials-missing',
      reason: 'none-held',
      host: origin,
      status,
      url,
      packages,
      needed: first !== undefined,
      place: sample.place,
    },
  ]
}

/** Composer asks for the archive of what it clones first only where that fails. */
function isClonedFirst({ name, version, hasSource }: LockedPackage, { project }: CheckContext): boolean {
  return hasSource && project.installSource.prefersSource(name, version)
}

function archiveOf(locked: LockedPackage, family: Family, lock: Lock, { project }: CheckContext): Archive[] {
  const { name, version, dist, hasSource, position } = locked
  // A path is a folder of this machine.
  if (dist === undefined || dist.type === 'path') return []
  const urls = distUrls(dist, name, normalizeVersion(version) ?? version, version)
  const place: Place = { path: lock.path, position }
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
      place,
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
    place: group[0]?.place,
  }))
}

function insecureFindings(archives: readonly Archive[], cloned: (archive: Archive) => Cloned): Finding[] {
  const hosts = grouped(archives, ({ urls }) => originOf(urls[0] ?? ''))
  return [...hosts].map(([host, group]) => ({
    code: 'insecure-url',
    host,
    what: 'archive',
    url: shownUrl(group[0]?.urls[0] ?? ''),
    status: undefined,
    schemeless: false,
    packages: group.map(({ name }) => name),
    needed: group.some((archive) => archive.hiddenBy === undefined && cloned(archive) === 'no'),
    place: group[0]?.place,
  }))
}
