import { isPartial, limited } from '../composer/partial-update.js'
import { withoutSlashesAtEnd } from '../composer/repositories.js'
import type { Finding } from '../problems/finding.js'
import { weighted } from './access.js'
import { checkPartialUpdate, checkSameVersions } from './check-partial-update.js'
import type { CheckContext } from './context.js'
import { checkLockedPackages } from './locked/locked-packages.js'
import { checkReadRepositories } from './locked/read-repositories.js'
import { NOTHING_FOUND, type PackagesResult, together } from './packages-result.js'
import type { ComposerCommand } from './project.js'
import { checkRequestedPackages, type RequestedPackage } from './resolved/requested-packages.js'
import { checkRootRequirements } from './resolved/root-requirements.js'

/**
 * Judges every package that the coming command needs: those of the lock, or the root requirements, and those of the input
 * `packages`. Where there is no project and nothing is named, only whether the keys are accepted.
 */
export async function checkPackages(
  command: ComposerCommand,
  requested: readonly RequestedPackage[],
  context: CheckContext,
): Promise<PackagesResult> {
  const { manifest, lock } = context.project
  const results: PackagesResult[] = []
  if (lock !== undefined && manifest !== undefined && isPartial(command)) {
    const check = command.sameVersions ? checkSameVersions : checkPartialUpdate
    results.push(await check(lock, manifest, command, context))
  } else if (lock !== undefined) {
    results.push(await checkLockedPackages(lock, command.dev, context))
    results.push({ ...NOTHING_FOUND, findings: await checkReadRepositories(lock, context) })
  } else if (manifest !== undefined) {
    const requirements = limited(manifest.requirements, command)
    results.push(await checkRootRequirements({ ...manifest, requirements }, command.dev ? 'all' : 'no-dev', context))
  }
  // What is asked with headers or a certificate cannot be asked from here.
  const asksMain = !context.isOtherwiseAuthenticated(context.main.origin)
  if (requested.length > 0 && asksMain) results.push(await checkRequestedPackages(requested, context))
  else if (lock === undefined && !namesMain(context)) results.push(await mainAlone(context))
  const all = together(results)
  return { ...all, findings: distinct(all.findings), checked: [...new Set(all.checked)] }
}

/** Whether composer.json, where there is one, has anything to do with the repository of the keys. */
function namesMain({ main, project }: CheckContext): boolean {
  return project.manifest?.repositories.some(({ url }) => main.url === withoutSlashesAtEnd(url)) === true
}

/** The keys by themselves: an error where no project says what they are for, a warning where one does without them. */
async function mainAlone(context: CheckContext): Promise<PackagesResult> {
  const { main, project } = context
  const namedElse = project.repositories.some(
    ({ entry }) => entry.type === 'composer' && context.named(entry, undefined)?.url === main.url,
  )
  // Whether keys are accepted need not be asked without any.
  if (namedElse || main.credentials === undefined) return NOTHING_FOUND
  const { finding } = await main.access()
  const weight = project.manifest === undefined ? 'fatal' : 'unneeded'
  return { ...NOTHING_FOUND, findings: finding === undefined ? [] : [weighted(finding, weight)] }
}

/** The same finding about a host, from two checks, is one: the heavier stays. */
function distinct(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string | Finding, Finding>()
  for (const finding of findings) {
    const key = 'weight' in finding ? `${finding.code} ${finding.url}` : finding
    const heavy = 'weight' in finding && (finding.weight === 'fatal' || finding.weight === 'plugin-reads')
    if (heavy || !kept.has(key)) kept.set(key, finding)
  }
  return [...kept.values()]
}
