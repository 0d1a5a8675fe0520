import { withoutUserinfo } from '../../composer/effective-credentials.js'
import { repositoryUrl } from '../../composer/repositories.js'
import type { PackageVersion } from '../../composer/version-entry.js'
import { stabilityOf } from '../../composer/versions/stability.js'
import { familyOf } from '../../problems/families.js'
import type { Finding } from '../../problems/finding.js'
import type { Unusable } from '../../server/repository.js'
import { archiveFindings } from '../archive-findings.js'
import { type Archive, askSample, groupOf } from '../archives.js'
import type { CheckContext } from '../context.js'
import { seenAt } from '../editions.js'
import { joinedByCause } from '../joined-by-cause.js'
import { NOTHING_FOUND, type PackagesResult } from '../packages-result.js'
import { brokenFile } from './asked-repositories.js'
import { checkCooldown, type PublishingRepository } from './cooldown.js'
import { refusedFor } from './requirement-findings.js'
import { distOfVersion, fittingVersions, type WantedPackage } from './wanted-package.js'

/** One line of the input `packages`. */
export interface RequestedPackage {
  readonly name: string
  readonly constraint: string | undefined
}

/**
 * What `composer create-project` or `composer require` will ask the repository for, name by name.
 *
 * Source of the rule for stability: `CreateProjectCommand::installRootPackage`: that of the constraint, else stable.
 */
export async function checkRequestedPackages(
  requested: readonly RequestedPackage[],
  context: CheckContext,
): Promise<PackagesResult> {
  const { main } = context
  const { finding } = await main.access()
  const checked = requested.map(({ name }) => name)
  if (finding !== undefined) return { ...NOTHING_FOUND, findings: [finding] }

  const results: RequestedResult[] = []
  for (const one of requested) results.push(await checkOne(one, context))
  const findings = results.flatMap((result) => result.findings)
  const asked = await askSample(
    results.flatMap(({ archives }) => archives),
    context,
  )
  const taken = results.flatMap(({ fitting: [first, ...others] }) =>
    first === undefined ? [] : [{ name: first.name, fitting: [first, ...others], from: publishingMain(context) }],
  )
  return {
    ...NOTHING_FOUND,
    findings: [
      ...joinedByCause(findings),
      ...(await archiveFindings(asked, context)),
      ...(await checkCooldown(taken, context)),
    ],
    checked,
  }
}

/** What is wrong with one package, or else the archive that Composer would take. */
interface RequestedResult {
  readonly findings: readonly Finding[]
  readonly archives: readonly Archive[]
  readonly fitting: readonly PackageVersion[]
}

/** The main repository as the project, if it names it, wants it to be read. */
function publishingMain({ main, project }: CheckContext): PublishingRepository {
  const named = project.repositories.find(({ entry }) => repositoryUrl(withoutUserinfo(entry.url)) === main.url)
  const requiresPublishedTime = named?.entry.requiresPublishedTime ?? true
  return { url: main.url, origin: main.origin, requiresPublishedTime, place: main.place }
}

function unusable(name: string, why: Unusable | undefined, context: CheckContext): Finding[] {
  const broken = why === undefined ? [] : brokenFile(context.main, why, context)
  return broken.map((finding) => refusedFor(name, finding) ?? finding)
}

async function checkOne({ name, constraint }: RequestedPackage, context: CheckContext): Promise<RequestedResult> {
  const { main } = context
  const wanted = requestedVersion(name, constraint)
  const has = await main.repository.versions(name, wanted.dev)
  switch (has.kind) {
    case 'unusable':
      return { findings: unusable(name, has.why, context), archives: [], fitting: [] }
    case 'absent':
      return { findings: [notVisible(name, constraint, context)], archives: [], fitting: [] }
    case 'versions': {
      const { best, fitting, nearest, unstable, readable } = fittingVersions(wanted, has.versions)
      if (best !== undefined) return { findings: [], archives: archiveOf(name, best, context), fitting }
      const findings = readable ? [unsatisfied(wanted, { nearest, unstable }, main.origin)] : []
      return { findings, archives: [], fitting }
    }
  }
}

function archiveOf(name: string, version: PackageVersion, { project }: CheckContext): Archive[] {
  const { dist, hasSource } = version
  const urls = version.type === 'metapackage' ? [] : distOfVersion(version)
  if (urls.length === 0 || dist === undefined) return []
  if (hasSource && project.installSource.prefersSource(name, version.version)) return []
  const group = groupOf(name, '')
  return [
    {
      name,
      urls,
      group,
      family: familyOf(name),
      hiddenBy: undefined,
      type: dist.type,
      hasChecksum: dist.shasum !== '',
      hasSource,
      mayBeElsewhere: false,
      place: () => undefined,
    },
  ]
}

function notVisible(name: string, constraint: string | undefined, { main }: CheckContext): Finding {
  return {
    code: 'package-denied',
    reason: 'not-visible',
    host: main.origin,
    status: undefined,
    packages: [name],
    family: familyOf(name),
    sees: seenAt(main),
    hiddenBy: undefined,
    mayBeElsewhere: undefined,
    constraint,
    place: undefined,
  }
}

function requestedVersion(name: string, constraint: string | undefined): WantedPackage {
  const stability = constraint === undefined ? 'stable' : stabilityOf(constraint)
  return { name, constraint: constraint ?? '*', stability, dev: stability === 'dev' }
}

function unsatisfied(
  { name, constraint, stability }: WantedPackage,
  versions: { readonly nearest: readonly string[]; readonly unstable: boolean },
  host: string,
): Finding {
  return {
    code: 'version-unavailable',
    host,
    status: undefined,
    packages: [name],
    constraint,
    stability,
    ...versions,
    mayBeElsewhere: undefined,
    place: undefined,
  }
}
