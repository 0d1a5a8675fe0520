import { originOf } from '../composer/origin.js'
import { mayServe } from '../composer/repositories.js'
import type { Finding } from '../problems/finding.js'
import { judge, weighted } from './access.js'
import type { ServingRepository } from './serving.js'
import { isAskable, type Surroundings } from './surroundings.js'

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
export async function judgeRepositories(
  serving: readonly ServingRepository[],
  served: readonly Served[],
  around: Surroundings,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [index, repository] of serving.entries()) {
    if (repository.entry.type !== 'composer' || repository.isDefault) continue
    const earlier = serving.slice(0, index).filter(({ entry }) => entry.canonical)
    const asked = served.some(
      ({ name, by }) => mayServe(repository.entry, name) && (by === undefined || !earlier.includes(by)),
    )
    const insecure = insecureUrl(repository, around, asked)
    if (insecure !== undefined) findings.push(insecure)
    else findings.push(...(await judgeOne(repository, asked)))
  }
  return findings
}

/** A repository over http, or without a scheme, which Composer refuses to open. */
export function insecureUrl(
  { entry }: Pick<ServingRepository, 'entry'>,
  { project }: Surroundings,
  needed: boolean,
): Finding | undefined {
  const schemeless = !/^[\w.]+\??:\/\//.test(entry.url)
  if (!project.secureHttp || entry.url === '' || (!schemeless && !/^http:/i.test(entry.url))) return undefined
  const place = project.manifest === undefined ? undefined : { path: project.manifest.path, position: entry.position }
  const url = entry.url.replace(/\/\/[^/@]*@/, '//')
  return {
    code: 'insecure-url',
    host: originOf(schemeless ? `http://${url}` : url),
    url,
    what: 'repository',
    schemeless,
    packages: [],
    needed,
    place,
  }
}

/**
 * The repositories that magento/composer-dependency-version-audit-plugin asks while Composer installs from a lock: all of
 * them, for every package. Source: the plugin's `Plugin.php`, `packageUpdate`.
 */
export async function judgeForAuditPlugin(serving: readonly ServingRepository[]): Promise<Finding[]> {
  const asked = serving.filter(({ entry, isDefault }) => entry.type === 'composer' && !isDefault)
  const findings = await Promise.all(asked.map((repository) => judgeOne(repository, true)))
  return findings.flat().map((finding) => weighted(finding, 'plugin-reads'))
}

async function judgeOne({ named }: ServingRepository, asked: boolean): Promise<Finding[]> {
  if (named === undefined || !isAskable(named.url)) return []
  const { finding } = await named.access()
  const weight = asked ? 'fatal' : 'perhaps'
  if (finding !== undefined) {
    if (named.credentials === undefined && 'status' in finding && (finding.status === 401 || finding.status === 403)) {
      const { origin, place, repository } = named
      const needed = asked
      return [
        {
          code: 'credentials-missing',
          host: origin,
          url: repository.rootUrl,
          status: finding.status,
          packages: [],
          needed,
          place,
        },
      ]
    }
    return [weighted(finding, weight)]
  }
  const listing = await named.repository.listing()
  if (listing.kind !== 'unusable') return []
  // packages.json is fine and a file that it names is not: an include, or a sum that does not match.
  const { why } = listing
  const context = { host: named.origin, credentials: named.credentials, nodeExtraCaCerts: false, place: named.place }
  const broken = judge(why.answer, why.url, context) ?? checksumFinding(why.url, context, why.kind === 'content')
  return broken === undefined ? [] : [weighted(broken, weight)]

  function checksumFinding(url: string, { host, place }: typeof context, isContent: boolean): Finding | undefined {
    if (!isContent) return undefined
    return {
      code: 'unexpected-answer',
      host,
      url,
      status: 200,
      tries: 1,
      serverText: undefined,
      proxy: undefined,
      answeredBy: originOf(url) === host ? undefined : originOf(url),
      weight: 'fatal',
      place,
      what: { type: 'checksum' },
    }
  }
}
