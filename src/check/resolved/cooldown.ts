import { grouped } from '../../collections/grouped.js'
import { nameMatches } from '../../composer/repositories.js'
import type { PackageVersion } from '../../composer/version-entry.js'
import { stabilityOf } from '../../composer/versions/stability.js'
import type { Finding } from '../../problems/finding.js'
import type { Place } from '../../problems/problem.js'
import type { CheckContext } from '../context.js'

/** A package that Composer may take from a repository, in each version that fits. */
export interface TakenPackage {
  readonly name: string
  readonly fitting: readonly PackageVersion[]
  readonly from: PublishingRepository
}

/** A Composer repository, as far as a cooldown is about it. */
export interface PublishingRepository {
  readonly url: string
  readonly origin: string
  readonly requiresPublishedTime: boolean
  /** The line of composer.json that names it. */
  readonly place: Place | undefined
}

/**
 * Where a cooldown is set, Composer stops at a version of which the repository does not tell when it was published: at
 * any that it could take, since it looks at all of them before it chooses.
 *
 * Source of the rule: `CooldownPoolFilter`, `CooldownPolicyConfig::assertPublishedTimeProvided`.
 */
export async function checkCooldown(taken: readonly TakenPackage[], context: CheckContext): Promise<Finding[]> {
  const { cooldown } = context.project.policy
  if (cooldown === undefined) return []
  const lacking = taken.flatMap(({ name, fitting, from }) => {
    const ignored = cooldown.ignored.some((pattern) => nameMatches(pattern, name))
    const version = fitting.find((one) => !one.hasPublishedTime && stabilityOf(one.version) !== 'dev')
    return version === undefined || ignored || !from.requiresPublishedTime ? [] : [{ name, version, from }]
  })
  if (lacking.length === 0 || (await context.holds('knowsCooldown')) === false) return []
  return [...grouped(lacking, ({ from }) => from.url).values()].flatMap(([first, ...others]): Finding[] => {
    if (first === undefined) return []
    const { url, origin, place } = first.from
    return [
      {
        code: 'published-time-missing',
        host: origin,
        url,
        status: undefined,
        packages: [first, ...others].map(({ name }) => name),
        version: first.version.version,
        named: place !== undefined,
        byVariable: cooldown.byVariable,
        place,
      },
    ]
  })
}
