import { existsSync } from 'node:fs'
import { originOf } from '../../composer/origin.js'
import { mayServe } from '../../composer/repositories.js'
import { shownUrl } from '../../composer/shown-url.js'
import type { Weight } from '../../problems/at-server.js'
import type { Finding } from '../../problems/finding.js'
import { NO_SERVER } from '../../problems/problem.js'
import type { Unusable } from '../../server/repository.js'
import { findingOf, weighted } from '../access.js'
import { checkAdvisories } from '../check-advertised-lists.js'
import type { CheckContext } from '../context.js'
import type { NamedRepository } from '../named-repository.js'
import type { ServingRepository } from './serving-repositories.js'

/** A requirement, and the repository that serves it, if one does. */
export interface Served {
  readonly name: string
  readonly by: ServingRepository | undefined
}

/**
 * The Composer repositories that resolving asks: one that fails stops Composer. A repository is asked only for names that
 * no canonical repository before it has, so one behind a repository that has everything may not be asked at all.
 *
 * Source of the rule: `DependencyResolver/PoolBuilder.php`.
 */
export async function checkAskedRepositories(
  serving: readonly ServingRepository[],
  served: readonly Served[],
  context: CheckContext,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const isAsked = askedIn(serving, served)
  for (const repository of serving) {
    if (context.deadline.passed()) break
    const asked = isAsked(repository)
    if (asked) findings.push(...missingFolder(repository, context))
    if (repository.entry.type !== 'composer' || repository.isDefault) continue
    const insecure = insecureUrl(repository, context, asked)
    if (insecure !== undefined) findings.push(insecure)
    else {
      const failures = await checkAsked(repository, asked, context)
      const names = served.flatMap(({ name, by }) => (by === undefined ? [] : [name]))
      findings.push(...failures, ...(failures.length > 0 ? [] : await checkAdvisories(repository, names, context)))
    }
  }
  return findings
}

/** Tells of a repository whether resolving asks it for a root requirement: no canonical one before it has all that it may serve. */
export function askedIn(
  serving: readonly ServingRepository[],
  served: readonly Served[],
): (repository: ServingRepository) => boolean {
  const order = new Map(serving.map((repository, index) => [repository, index]))
  const isBefore = (by: ServingRepository, index: number) => (order.get(by) ?? index) < index
  return (repository) => {
    const index = order.get(repository) ?? 0
    return served.some(
      ({ name, by }) =>
        mayServe(repository.entry, name) && (by === undefined || !by.entry.canonical || !isBefore(by, index)),
    )
  }
}

/** A path repository whose folder is not there: Composer stops as soon as it looks for a package in it. Source: `PathRepository.php`. */
function missingFolder({ entry }: ServingRepository, { project }: CheckContext): Finding[] {
  const { manifest, pathPackages, pathOf } = project
  // Those of the home's config.json are nothing of this project's.
  if (entry.type !== 'path' || !manifest?.repositories.includes(entry)) return []
  if (entry.url === '' || pathPackages(pathOf(entry.url)) !== 'missing') return []
  const place = { path: manifest.path, position: entry.position }
  return [{ ...NO_SERVER, code: 'manifest-invalid', reason: 'missing-folder', folder: entry.url, place }]
}

/** A repository over http, or without a scheme, which Composer refuses to open. */
export function insecureUrl(
  { entry }: Pick<ServingRepository, 'entry'>,
  { project }: CheckContext,
  needed: boolean,
): Finding | undefined {
  const schemeless = !/^[\w.]+\??:\/\//.test(entry.url)
  // A folder of this machine is a repository too.
  if (schemeless && existsSync(project.pathOf(entry.url))) return undefined
  if (!project.secureHttp || entry.url === '' || (!schemeless && !/^http:/i.test(entry.url))) return undefined
  const place = project.manifest === undefined ? undefined : { path: project.manifest.path, position: entry.position }
  const url = shownUrl(entry.url)
  return {
    code: 'insecure-url',
    host: originOf(schemeless ? `http://${url}` : url),
    url,
    what: 'repository',
    schemeless,
    status: undefined,
    packages: [],
    needed,
    place,
  }
}

/**
 * The repositories that magento/composer-dependency-version-audit-plugin asks while Composer installs from a lock: all of
 * them, for every package. Source: the plugin's `Plugin.php`, `packageUpdate`.
 */
export async function checkForAuditPlugin(
  serving: readonly ServingRepository[],
  context: CheckContext,
): Promise<Finding[]> {
  const asked = serving.filter(({ entry, isDefault }) => entry.type === 'composer' && !isDefault)
  const findings = await Promise.all(asked.map((repository) => checkAsked(repository, true, context)))
  return findings.flat().map((finding) => weighted(finding, 'plugin-reads'))
}

async function checkAsked({ named }: ServingRepository, asked: boolean, context: CheckContext): Promise<Finding[]> {
  if (named === undefined) return []
  const { finding } = await named.access()
  const weight = asked ? 'fatal' : 'perhaps'
  if (finding !== undefined) return [rootFinding(named, finding, weight)]
  const listing = await named.repository.listing()
  // packages.json is fine and a file that it names is not: an include, or a sum that does not match.
  return listing.kind === 'unusable'
    ? brokenFile(named, listing.why, context).map((broken) => weighted(broken, weight))
    : []
}

/** What a failing packages.json means; where Composer has no credentials for it, that is what is to be mended. */
export function rootFinding(named: NamedRepository, finding: Finding, weight: Weight): Finding {
  const { status, stopsOnly } = finding
  if (named.credentials !== undefined || (status !== 401 && status !== 403)) return weighted(finding, weight)
  return {
    code: 'credentials-missing',
    reason: 'none-held',
    host: named.origin,
    url: named.repository.rootUrl,
    status,
    packages: [],
    needed: weight === 'fatal',
    place: named.place,
    ...(stopsOnly === undefined ? {} : { stopsOnly }),
  }
}

/** What a file of a repository that Composer cannot use means: it stops at it. */
export function brokenFile(
  named: NamedRepository,
  why: Unusable,
  { nodeExtraCaCerts, credentialsFrom }: CheckContext,
): Finding[] {
  const { origin: host, credentials, place } = named
  const context = { host, credentials, from: () => credentialsFrom(host), nodeExtraCaCerts, place }
  const finding = findingOf(why.answer, why.url, context, why.unreadable)
  return finding === undefined ? [] : [finding]
}
