import { notSelected } from './package-denied.js'
import { enumeration, isAdobe, notFound, PROJECT_EDITOR, WORKFLOW_EDITOR } from './phrases.js'
import { always, type Facts, type ProblemEntry } from './problem.js'

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
  readonly mayBeElsewhere: boolean
}

export const versionUnavailable: ProblemEntry<VersionUnavailable> = {
  title: 'No version that these keys see matches',
  atMost: 'error',
  severity: ({ mayBeElsewhere }) => (mayBeElsewhere ? 'warning' : 'error'),
  byCredentials: always,
  explain: (finding) => ({
    cause: [unsatisfied(finding), seen(finding), finding.mayBeElsewhere ? ELSEWHERE : ''].join(' ').trim(),
    fix: stepsFor(finding),
    who: finding.place === undefined ? WORKFLOW_EDITOR : PROJECT_EDITOR,
    composerSays: composerSaysOf(finding),
    background: finding.unstable
      ? 'What meets the constraint is less stable than what is allowed.'
      : 'A version can be missing because it was withdrawn, is not released to this account yet, or is misspelled.',
  }),
}

const ELSEWHERE =
  'This is a warning because another repository of composer.json, which could not be asked, may have one.'

function unsatisfied({ packages: [name], host, constraint, stability }: VersionUnavailable): string {
  if (constraint === '*') {
    return `${host} shows ${name} to these keys, but no version of it is ${stability === 'stable' ? 'stable' : `as stable as ${stability}`}.`
  }
  return `${host} shows ${name} to these keys, but no version that satisfies \`${constraint}\` with stability ${stability}.`
}

function seen({ nearest }: VersionUnavailable): string {
  return nearest.length === 0
    ? 'It shows no version at all.'
    : `The nearest ${nearest.length === 1 ? 'is' : 'are'} ${enumeration(nearest)}.`
}

function stepsFor({ packages: [name], host, nearest, unstable, place }: VersionUnavailable): string[] {
  const correct =
    nearest.length === 0 ? 'Correct the constraint.' : 'Correct the constraint, or take one of these versions.'
  const allow =
    place === undefined
      ? `For a pre-release, name its version: \`${name}:${unstable ? (nearest[0] ?? 'VERSION') : 'VERSION'}\`.`
      : 'For a pre-release, add `@beta` to the constraint, or lower `minimum-stability`.'
  const entitled = isAdobe(host)
    ? 'For a version that is not public yet, use keys of an account that is entitled to it.'
    : 'For a paid or early version, use credentials of an account that is entitled to it.'
  return unstable ? [allow, correct] : [correct, allow, entitled]
}

function composerSaysOf(finding: VersionUnavailable): string {
  const {
    packages: [name],
    constraint,
    stability,
    nearest,
    unstable,
    place,
  } = finding
  if (place === undefined) return notSelected(name, constraint === '*' ? undefined : constraint, stability)
  if (nearest.length === 0) return notFound(name)
  const mismatch = unstable ? 'but it does not match your minimum-stability' : 'but it does not match the constraint'
  return `Root composer.json requires ${name} ${constraint}, found ${name}[${nearest.toReversed().join(', ')}] ${mismatch}.`
}
