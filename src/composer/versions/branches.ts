import type { JsonValue } from '../json.js'
import { normalizedNumericBranch } from './version.js'

/** The branches of a git repository, as far as Composer takes versions from them. */
export interface Branches {
  /** The one that is checked out: its name, or the commit where none is; undefined where git names none. */
  readonly current: { readonly name: string; readonly isDetached: boolean } | undefined
  /** All others that Composer looks at, those of the remotes `origin` and `upstream` without these names. */
  readonly others: readonly string[]
}

const CURRENT = /^\* +(\(no branch\)|\(detached from \S+\)|\(HEAD detached at \S+\)|\S+) +([a-f\d]{40,64}) /
const NAMED = /^(?:\* )? *(?:remotes\/(?:origin|upstream)\/)?([^\s/]+) +[a-f\d]{40,64} /
/** Branches that count by their own names; any other is taken for one that was begun from such a branch. */
const NO_FEATURE = /^(?:master|main|latest|next|current|support|tip|trunk|default|develop|\d+\..+|)$/

/**
 * Reads what `git branch -a --no-color --no-abbrev -v` prints.
 *
 * Source of the rule: `VersionGuesser::guessGitVersion`.
 */
export function readBranches(output: string): Branches {
  let current: Branches['current']
  const others = new Set<string>()
  for (const line of output.split(/\r?\n/)) {
    const [, name, commit] = CURRENT.exec(line) ?? []
    if (name !== undefined && commit !== undefined) {
      const isDetached = name.startsWith('(')
      current = { name: isDetached ? commit : name, isDetached }
    }
    const [, other] = NAMED.exec(line) ?? []
    if (other !== undefined) others.add(other)
  }
  return { current, others: [...others] }
}

/**
 * The versions that a branch may give to a package, in the form that Composer shows: its own, and for one that is begun from another
 * those of all that it may have begun from. Which of these is nearest is not looked up.
 *
 * @param ownNames the package's `non-feature-branches`
 *
 * Source of the rule: `VersionGuesser::guessFeatureVersion`, `isFeatureBranch`, `postprocess`.
 */
export function versionsOfBranch({ current, others }: Branches, ownNames: JsonValue | undefined): string[] {
  if (current === undefined) return []
  const { name, isDetached } = current
  const counts = countsByItsName(ownNames)
  if (!isDetached && counts(name) === true) return [versionOfBranch(name)]
  const origins = others.filter((other) => other !== name && counts(other) !== false).map(versionOfBranch)
  return [...new Set([isDetached ? `dev-${name}` : versionOfBranch(name), ...origins])]
}

/** Tells whether a branch counts by its own name; undefined where a pattern of the package may say so. */
function countsByItsName(ownNames: JsonValue | undefined): (branch: string) => boolean | undefined {
  const names = Array.isArray(ownNames) ? ownNames : []
  const arePlain = names.every((name) => typeof name === 'string' && /^[\w-]+$/.test(name))
  return (branch) => NO_FEATURE.test(branch) || names.includes(branch) || (arePlain ? false : undefined)
}

/** `1.0` is 1.0.x-dev, `main` is dev-main. */
function versionOfBranch(branch: string): string {
  const numeric = normalizedNumericBranch(`${branch}-dev`)
  return numeric?.includes('.9999999') ? numeric.replace(/(?:\.9999999)+/, '.x') : `dev-${branch}`
}
