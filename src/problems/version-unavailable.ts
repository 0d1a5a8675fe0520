import type { TemporaryConstraint } from '../composer/manifest.js'
import { type Elsewhere, unlessElsewhere, whoElsewhere, whyElsewhere } from './elsewhere.js'
import { explainLocalVersion, type LocalRepository } from './local-version.js'
import { whoEdits, withEditors } from './people.js'
import { enumeration, isAdobe, joined, notFound, notInstallable, notSelected } from './phrases.js'
import type { Facts, Place, ProblemEntry } from './problem.js'

/** The package is visible, and no version of it will do. `packages` holds its one name. */
export interface VersionUnavailable extends Facts {
  readonly code: 'version-unavailable'
  readonly host: string
  readonly packages: readonly [name: string]
  readonly constraint: string
  readonly stability: string
  readonly nearest: readonly string[]
  /** A version satisfies the constraint and is not stable enough. */
  readonly unstable: boolean
  readonly mayBeElsewhere: Elsewhere | undefined
  /** What composer.lock has, where Composer updates a part of it. */
  readonly lockedVersion?: string | undefined
  /** What `composer-command` asks for besides. */
  readonly temporary?: TemporaryConstraint | undefined
  /** It is in a folder, or in composer.json itself; left out for one on a server. */
  readonly local?: LocalRepository
}

export const versionUnavailable: ProblemEntry<VersionUnavailable> = {
  title: 'No version visible to these keys matches',
  atMost: 'error',
  severity: ({ mayBeElsewhere }) => (mayBeElsewhere === undefined ? 'error' : 'warning'),
  byCredentials: ({ local }) => local === undefined,
  explain: (finding) => ({
    // Why it is only a warning goes before the versions, which a step names then.
    cause: joined([unsatisfied(finding), whyElsewhere(finding.mayBeElsewhere, 'one') || seen(finding)]),
    fix: stepsFor(finding),
    who: whoFor(finding),
    composerSays: composerSaysOf(finding),
    background: finding.unstable
      ? 'What meets the constraint is less stable than what is allowed.'
      : 'A version can be missing because it was withdrawn, is not released to this account yet, or is misspelled.',
    ...(finding.local === undefined ? {} : explainLocalVersion(finding, finding.local)),
  }),
}

function whoFor({ host, place, unstable, mayBeElsewhere }: VersionUnavailable): string {
  const ofLock = place?.path.endsWith('.lock') === true
  const editor = whoEdits(place === undefined || ofLock ? 'workflow' : 'composer.json')
  // The step that needs another account is left out where another comes first.
  const account =
    unstable || ofLock || mayBeElsewhere !== undefined
      ? '.'
      : `; for other keys, ${withEditors(`the owner of ${isAdobe(host) ? 'a Marketplace account' : `an account at ${host}`} that is entitled to it`, 'secrets')}.`
  return whoElsewhere(mayBeElsewhere, `${editor}${account}`)
}

function unsatisfied({ packages: [name], host, constraint, stability, unstable }: VersionUnavailable): string {
  if (!unstable)
    return `${host} shows ${name} to these keys, but no version that satisfies \`${constraint}\`, stable or not.`
  if (constraint === '*') {
    return `${host} shows ${name} to these keys, but no version of it is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`
  }
  return `${host} shows ${name} to these keys, but no version that satisfies \`${constraint}\` and is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`
}

function seen({ nearest }: VersionUnavailable): string {
  return nearest.length === 0
    ? 'It shows no version at all.'
    : `The nearest ${nearest.length === 1 ? 'is' : 'are'} ${enumeration(nearest)}.`
}

function stepsFor(finding: VersionUnavailable): string[] {
  const { host, nearest, unstable, place, mayBeElsewhere } = finding
  if (place?.path.endsWith('.lock')) return [stepForLocked(finding)]
  const these = mayBeElsewhere === undefined ? 'one of these versions' : nearest.join(' or ')
  const correct = nearest.length === 0 ? 'Correct the constraint.' : `Correct the constraint, or take ${these}.`
  const allow =
    place === undefined
      ? `For a pre-release, name its version: \`${finding.packages[0]}:${nearest[0] ?? 'VERSION'}\`.`
      : 'For a pre-release, add `@beta` to the constraint, or lower `minimum-stability`.'
  const entitled = isAdobe(host)
    ? 'For a version that is not public yet, use keys of an account that is entitled to it.'
    : 'For a paid or early version, use credentials of an account that is entitled to it.'
  const steps = unstable ? [allow, correct] : [correct, ...(mayBeElsewhere === undefined ? [entitled] : [])]
  return unlessElsewhere(mayBeElsewhere, 'one', steps).slice(0, 3)
}

/** Of what the lock has, and is required by another package of it, or by `--lock` as it stands. */
function stepForLocked({ packages: [name], constraint, lockedVersion }: VersionUnavailable): string {
  return constraint === lockedVersion
    ? `Run \`composer update ${name}\`, which takes a version that is still there, and commit composer.lock.`
    : `Update what requires ${name} as well, or leave ${name} out: it then stays as composer.lock has it.`
}

function composerSaysOf(finding: VersionUnavailable): string | undefined {
  const {
    packages: [name],
    constraint,
    stability,
    nearest,
    unstable,
    place,
  } = finding
  if (place === undefined) return notSelected(name, constraint === '*' ? undefined : constraint, stability)
  // A branch in a folder may be one of several.
  if (finding.local === 'folder' && nearest.length > 1) return undefined
  if (nearest.length === 0) return notFound(name)
  if (finding.temporary !== undefined) return temporaryConflict(name, finding.temporary, place)
  if (finding.lockedVersion !== undefined) return notInstallable(name, nearest, unstable)
  const mismatch = unstable ? 'but it does not match your minimum-stability' : 'but it does not match the constraint'
  const found = `found ${name}[${nearest.toReversed().join(', ')}] ${mismatch}.`
  // In a lock it is another package that requires it.
  return place.path.endsWith('.lock') ? found : `Root composer.json requires ${name} ${constraint}, ${found}`
}

/** Source: `UpdateCommand.php`, `DependencyResolver/Problem.php`. */
function temporaryConflict(name: string, { own, constraint, overlaps }: TemporaryConstraint, { path }: Place): string {
  return overlaps || path.endsWith('.lock')
    ? `it conflicts with your temporary update constraint (${name}:${constraint}).`
    : `The temporary constraint "${constraint}" for "${name}" must be a subset of the constraint in your composer.json (${own})`
}
