import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Deadline } from '../../bounds/deadline.js'
import type { Environment } from '../../composer/environment.js'
import type { JsonObject } from '../../composer/json.js'
import { type Branches, readBranches, versionsOfBranch } from '../../composer/versions/branches.js'
import { normalizeVersion } from '../../composer/versions/version.js'
import { foldersFrom } from '../../paths/folders-from.js'
import { runGit } from '../../tools/run-git.js'

/**
 * The versions that Composer may give to a module that names none, by the folder that it is in; undefined where that cannot be
 * told.
 */
export type GuessedVersions = (folder: string, manifest: JsonObject) => Promise<readonly string[] | undefined>

/** What git tells of a repository; `unknown` where it does not answer, or with more than is read. */
type AboutGit = Known | 'unknown'
interface Known {
  /** Empty where nothing was committed yet. */
  readonly commit: string
  readonly branches: Branches
  readonly tag: string | undefined
}

/** Repositories that are asked: each module of a project may be one. */
const MOST_REPOSITORIES = 100
/** For each. Milliseconds. */
const LONGEST_WAIT = 15_000
/** What ends here may have been cut off. Characters. */
const LONGEST_LIST = 60_000
/** Other version control that Composer asks where git gives no version. */
const OTHERS = ['.hg', '.svn', '.fslckout', '_FOSSIL_']

/**
 * Guesses as Composer does, of which there is no more than one way for a folder outside of version control.
 *
 * Source of the rule: `PathRepository::initialize`, `VersionGuesser::guessVersion`.
 */
export function guessedVersions(
  environment: Pick<Environment, 'env' | 'platform' | 'cwd'>,
  deadline: Deadline,
): GuessedVersions {
  const { env, cwd } = environment
  const asked = new Map<string, Promise<AboutGit>>()
  const about = async (root: string | undefined) => {
    if (root === undefined) return undefined
    const known = asked.get(root) ?? (asked.size < MOST_REPOSITORIES ? askGit(root, environment, deadline) : 'unknown')
    if (known !== 'unknown') asked.set(root, known)
    return known
  }
  const rootVersionFor = async ({ commit }: Known) => {
    const rootVersion = env.COMPOSER_ROOT_VERSION ?? ''
    if (commit === '' || rootVersion === '' || rootVersion === '0') return []
    const ofProject = await about(rootOf(foldersFrom(cwd)))
    if (ofProject === 'unknown') return undefined
    return ofProject?.commit === commit ? ofRootVersion(rootVersion) : []
  }
  // Where such a variable is set, git looks for the repository otherwise.
  const isLedAway = Object.keys(env).some((name) => /^GIT_(?:CEILING|DISCOVERY|CONFIG)/.test(name))
  return async (folder, manifest) => {
    const around = foldersFrom(withoutLinks(folder))
    const root = rootOf(around)
    if (isLedAway || around.some((one) => one !== root && looksBare(one))) return undefined
    const found = await about(root)
    if (found === 'unknown') return undefined
    const byVariable = found === undefined ? [] : await rootVersionFor(found)
    if (byVariable === undefined || byVariable.length > 0) return byVariable
    const versions = found === undefined ? [] : versionsIn(found, manifest)
    return versions.length > 0 ? versions : withoutGit(around)
  }
}

/** A tag counts only where no branch is checked out. */
function versionsIn({ branches, tag }: Known, manifest: JsonObject): string[] {
  const { current } = branches
  if (tag !== undefined && (current === undefined || current.isDetached)) return [tag]
  return versionsOfBranch(branches, manifest['non-feature-branches'])
}

/** From 2.7 on `1.0-dev` means the branch; before that, the version. Source: `VersionGuesser::getRootVersionFromEnv`. */
function ofRootVersion(version: string): string[] {
  const numbers = /^(\d+(?:\.\d+)*)-dev$/i.exec(version)?.[1]
  return numbers === undefined ? [version] : [version, `${numbers}.x-dev`]
}

async function askGit(
  root: string,
  environment: Pick<Environment, 'env' | 'platform' | 'cwd'>,
  deadline: Deadline,
): Promise<AboutGit> {
  const timeLimit = deadline.within(LONGEST_WAIT)
  const git = (...args: string[]) => runGit(root, args, environment, timeLimit.left() / 1000)
  const branches = await git('branch', '-a', '--no-color', '--no-abbrev', '-v')
  if (branches.exitStatus !== 0 || branches.stdout.length > LONGEST_LIST) return 'unknown'
  const commit = await git('rev-parse', 'HEAD')
  const tag = await git('describe', '--exact-match', '--tags')
  if (commit.exitStatus === undefined || tag.exitStatus === undefined) return 'unknown'
  const name = tag.exitStatus === 0 ? tag.stdout.trim() : ''
  return {
    commit: commit.exitStatus === 0 ? commit.stdout.trim() : '',
    branches: readBranches(branches.stdout),
    tag: name !== '' && normalizeVersion(name) !== undefined ? name : undefined,
  }
}

function withoutGit(around: readonly string[]): string[] | undefined {
  return around.some((one) => OTHERS.some((name) => existsSync(join(one, name)))) ? undefined : ['dev-main']
}

/** The root of the repository that the first of some folders is in. */
function rootOf(around: readonly string[]): string | undefined {
  return around.find((one) => existsSync(join(one, '.git')))
}

function withoutLinks(folder: string): string {
  try {
    return realpathSync.native(folder)
  } catch {
    return folder
  }
}

/** Whether git, which looks for a repository upwards, would take a folder for one without a work tree. */
function looksBare(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)))
}
