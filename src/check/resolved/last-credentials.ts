import { grouped } from '../../collections/grouped.js'
import { credentialsInUrl } from '../../composer/effective-credentials.js'
import type { SentCredentials } from '../../composer/http-basic.js'
import { isPlatformPackage } from '../../composer/package-name.js'
import { mayServe } from '../../composer/repositories.js'
import type { Place } from '../../problems/problem.js'
import { type CheckContext, fromUrl } from '../context.js'
import type { Resolved } from './resolved-requirement.js'
import type { ServingRepository } from './serving-repositories.js'

/**
 * The context in which archives are asked for once a project is resolved. Where repositories at one host have credentials in
 * their URLs, each reads its own files with its own, and archives are downloaded with those of the one that was read last.
 *
 * Source of the rule: `HttpDownloader::addJob`, which takes the credentials of each URL over for its origin.
 *
 * @param asked the repositories that resolving reads
 */
export async function afterResolving(
  serving: readonly ServingRepository[],
  asked: (repository: ServingRepository) => boolean,
  resolved: readonly Resolved[],
  context: CheckContext,
): Promise<CheckContext> {
  const reading = serving.filter(({ named }) => named !== undefined)
  const byOrigin = grouped(reading, ({ origin }) => origin)
  let changed = context
  for (const [origin, repositories] of byOrigin) {
    const several = repositories.length > 1 && repositories.some(({ entry }) => credentialsInUrl(entry.url))
    if (!several) continue
    const order = await readingOrder(repositories, asked, resolved, context)
    const last = order.findLast(({ entry }) => credentialsInUrl(entry.url) !== undefined)
    const credentials = last === undefined ? undefined : credentialsInUrl(last.entry.url)
    if (credentials !== undefined) changed = withCredentials(changed, origin, credentials, last?.named?.place)
  }
  return changed
}

/** In which order the repositories at one host are read, the last one last. */
async function readingOrder(
  repositories: readonly ServingRepository[],
  asked: (repository: ServingRepository) => boolean,
  resolved: readonly Resolved[],
  { holds }: CheckContext,
): Promise<readonly ServingRepository[]> {
  const inResolving = repositories.filter(asked)
  const below = await readForRequirements(inResolving, resolved)
  const others = repositories.filter((repository) => !asked(repository))
  // Newer versions read every packages.json before they download.
  const atTheEnd = others.length > 0 && (await holds('readsRootOnInstall')) === true ? others : []
  return [...inResolving, ...(below === undefined ? [] : [below]), ...atTheEnd]
}

/** The repository that is read last for what the root requirements require. */
async function readForRequirements(
  repositories: readonly ServingRepository[],
  resolved: readonly Resolved[],
): Promise<ServingRepository | undefined> {
  let names = new Set(
    resolved
      .flatMap((result) => (result.kind === 'satisfied' ? result.best.requires : []))
      .flatMap(({ name }) => (isPlatformPackage(name) ? [] : [name])),
  )
  let last: ServingRepository | undefined
  for (const repository of repositories) {
    const listing = await repository.named?.repository.listing()
    if (listing === undefined || listing.kind === 'unusable') continue
    // One that answers for single names is asked for every one.
    const has = (name: string) => listing.kind === 'by-name' || listing.names.has(name)
    const found = [...names].filter((name) => mayServe(repository.entry, name) && has(name))
    if (found.length > 0) last = repository
    names = new Set([...names].filter((name) => !found.includes(name)))
  }
  return last
}

function withCredentials(
  context: CheckContext,
  origin: string,
  credentials: SentCredentials,
  place: Place | undefined,
): CheckContext {
  return {
    ...context,
    transport: context.transport.as(origin, credentials),
    credentialsFor: (other) => (other === origin ? credentials : context.credentialsFor(other)),
    credentialsFrom: (other) => (other === origin ? fromUrl(context.project, place) : context.credentialsFrom(other)),
  }
}
