import { distUrls, type Lock, type LockedPackage } from '../composer/lock.js'
import { originOf } from '../composer/origin.js'
import { normalizeVersion } from '../composer/version.js'
import { grouped } from '../grouped.js'
import type { Finding, Place } from '../problems/finding.js'
import { weighted } from './access.js'
import { type Archive, type AskedArchive, archiveFindings, askAll, askSample, groupOf, mayAsk } from './archives.js'
import { judgeForAuditPlugin } from './hosts.js'
import type { PackagesResult } from './packages.js'
import { servingRepositories } from './serving.js'
import type { NamedRepository, Surroundings } from './surroundings.js'

/** Magento projects since 2.4.3 have it: it makes Composer read metadata even when it installs from a lock. */
const AUDIT_PLUGIN = 'magento/composer-dependency-version-audit-plugin'

/**
 * What `composer install` would download from a lock: archives and nothing else. Metapackages have none, and what is in
 * the vendor folder or in the file cache is not downloaded.
 */
export async function checkLocked(lock: Lock, dev: boolean, around: Surroundings): Promise<PackagesResult> {
  const wanted = lock.packages.filter((locked) => locked.type !== 'metapackage' && (dev || !locked.dev))
  const archives = wanted.flatMap((locked) => archiveOf(locked, lock, around))
  const relative = archives.filter(({ urls }) => !/^[a-z][a-z0-9+.-]*:/i.test(urls[0] ?? ''))
  const rest = archives.filter((archive) => !relative.includes(archive))
  const insecure = around.project.secureHttp ? rest.filter(({ urls }) => /^http:/i.test(urls[0] ?? '')) : []
  const byOrigin = grouped(
    rest.filter((archive) => !insecure.includes(archive)),
    ({ urls }) => originOf(urls[0] ?? ''),
  )

  const findings = [...relativeFindings(relative), ...insecureFindings(insecure)]
  const auditing = wanted.some(({ name }) => name === AUDIT_PLUGIN) && around.project.runsPlugin(AUDIT_PLUGIN)
  if (auditing && archives.some(({ name, hiddenBy }) => name !== AUDIT_PLUGIN && hiddenBy !== 'vendor')) {
    findings.push(...(await judgeForAuditPlugin(servingRepositories(around))))
  }
  const checked = new Set<string>()
  for (const [origin, group] of byOrigin) {
    if (!mayAsk(group[0]?.urls[0] ?? '', around)) continue
    for (const { name } of group) checked.add(name)
    findings.push(...(await checkOrigin(origin, group, around)))
  }
  return { findings, checked: [...checked] }
}

/** The packages of a lock that come from one host. */
async function checkOrigin(origin: string, archives: readonly Archive[], around: Surroundings): Promise<Finding[]> {
  const repository = repositoryAt(origin, around)
  if (around.credentialsFor(origin) === undefined) return askWithoutCredentials(origin, archives, around)
  if (repository === undefined) return archiveFindings(await askSample(archives, around), around)

  const { finding } = await repository.access()
  if (finding !== undefined) return judgeBeside(finding, archives, around)

  const listing = await repository.repository.listing()
  if (listing.kind !== 'names') return archiveFindings(await askSample(archives, around), around)
  const { names, groupOf: listOf } = listing
  const visible = archives.filter(({ name }) => names.has(name))
  const invisible = archives.filter(({ name }) => !names.has(name))
  const [asked, sampled] = await Promise.all([
    askAll(invisible, around),
    askSample(
      visible.map((archive) => ({ ...archive, group: groupOf(archive.name, listOf(archive.name)) })),
      around,
    ),
  ])
  return archiveFindings([...asked, ...sampled], around)
}

/** packages.json fails beside a lock: then the archives decide what that means. */
async function judgeBeside(finding: Finding, archives: readonly Archive[], around: Surroundings): Promise<Finding[]> {
  const needed = archives.filter(({ hiddenBy }) => hiddenBy === undefined)
  if (needed.length === 0) return [weighted(finding, 'unneeded')]
  const asked = await askSample(needed, around)
  if (asked.every(({ answer }) => answer.kind === 'there' || answer.kind === 'unknown')) {
    return [weighted(finding, 'archives-work')]
  }
  if (asked.every((one) => failsLike(finding, one))) return [weighted(finding, 'archives-fail')]
  return [weighted(finding, 'archives-differ'), ...archiveFindings(asked, around)]
}

/**
 * Whether an archive fails in the way in which packages.json fails. Where the keys themselves are refused any denial is
 * one and the same: what an archive answers to bad keys has changed over the years (401, 403 and 404 were seen).
 */
function failsLike(finding: Finding, { answer }: AskedArchive): boolean {
  const status = 'status' in finding ? finding.status : undefined
  if (answer.kind === 'denied') return finding.code.startsWith('keys-') || answer.status === status
  if (answer.kind !== 'trouble') return false
  return answer.answer.kind === 'answered' ? answer.answer.status === status : status === undefined
}

/** A host that composer.json names and that has no credentials: one archive tells whether it wants some. */
async function askWithoutCredentials(
  origin: string,
  archives: readonly Archive[],
  around: Surroundings,
): Promise<Finding[]> {
  const [first] = archives.filter(({ hiddenBy }) => hiddenBy === undefined)
  const sample = first ?? archives[0]
  if (sample === undefined) return []
  const [asked] = await askAll([sample], around)
  if (asked?.answer.kind !== 'denied' || (asked.answer.status !== 401 && asked.answer.status !== 403)) return []
  const { status, url } = asked.answer
  const packages = archives.map(({ name }) => name)
  return [
    {
      code: 'credentials-missing',
      host: origin,
      status,
      url,
      packages,
      needed: first !== undefined,
      place: sample.place,
    },
  ]
}

function archiveOf(locked: LockedPackage, lock: Lock, { project }: Surroundings): Archive[] {
  const { name, version, dist, hasSource, position } = locked
  // A path is a folder of this machine.
  if (dist === undefined || dist.type === 'path') return []
  const urls = distUrls(dist, name, normalizeVersion(version) ?? version, version)
  const place: Place = { path: lock.path, position }
  return [
    {
      name,
      urls,
      group: groupOf(name, ''),
      hiddenBy: project.alreadyThere(locked, urls),
      mayBeElsewhere: hasSource,
      place,
    },
  ]
}

function repositoryAt(origin: string, { main, project, named }: Surroundings): NamedRepository | undefined {
  if (origin === main.origin) return main
  for (const { entry } of project.repositories) {
    const repository = entry.type === 'composer' ? named(entry.url, undefined) : undefined
    if (repository?.origin === origin) return repository
  }
  return undefined
}

function relativeFindings(archives: readonly Archive[]): Finding[] {
  const groups = grouped(archives, ({ hiddenBy }) => hiddenBy)
  return [...groups].map(([hiddenBy, group]) => ({
    code: 'package-denied',
    reason: 'relative-url',
    host: '',
    packages: group.map(({ name }) => name),
    status: undefined,
    url: group[0]?.urls[0],
    hiddenBy,
    mayBeElsewhere: group.every(({ mayBeElsewhere }) => mayBeElsewhere),
    filter: undefined,
    unnamed: false,
    place: group[0]?.place,
  }))
}

function insecureFindings(archives: readonly Archive[]): Finding[] {
  const hosts = grouped(archives, ({ urls }) => originOf(urls[0] ?? ''))
  return [...hosts].map(([host, group]) => ({
    code: 'insecure-url',
    host,
    what: 'archive',
    url: group[0]?.urls[0] ?? '',
    schemeless: false,
    packages: group.map(({ name }) => name),
    needed: group.some(({ hiddenBy }) => hiddenBy === undefined),
    place: group[0]?.place,
  }))
}
