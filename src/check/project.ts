import { join, resolve } from 'node:path'
import type { Deadline } from '../bounds/deadline.js'
import { type AlreadyThere, alreadyThere } from '../composer/already-there.js'
import { allowsPlugin, type ConfigSource, composerJsonPath, composerLockPath, flagSetting } from '../composer/config.js'
import { type Environment, expandPath, truthy } from '../composer/environment.js'
import { type InstallSource, installSource } from '../composer/install-source.js'
import type { CommandToRead } from '../composer/installed/metadata-reading.js'
import { holds, versionsWhere } from '../composer/installed/version-rules.js'
import type { Position } from '../composer/json.js'
import { type Lock, type LockedPackage, readLock } from '../composer/lock-file.js'
import { type Manifest, readManifest } from '../composer/manifest.js'
import { isPartial, type UpdatedPackages } from '../composer/partial-update.js'
import { type Policy, readPolicy } from '../composer/policy.js'
import type { UnreadableFile } from '../composer/project-file.js'
import { type EnabledRepository, enabledRepositories } from '../composer/repositories.js'
import type { Finding } from '../problems/finding.js'
import { NO_SERVER } from '../problems/problem.js'
import { type GuessedVersions, guessedVersions } from './resolved/guessed-versions.js'
import { type PathPackages, pathPackages } from './resolved/path-packages.js'

/** What will run after this step, and so what is judged. */
export interface ComposerCommand extends UpdatedPackages {
  readonly name: 'install' | 'update'
  readonly dev: boolean
}

/** The project in the working directory, as Composer reads it. */
export interface Project {
  readonly manifest: Manifest | undefined
  /** Undefined where none exists, and where the coming command does not read it. */
  readonly lock: Lock | undefined
  readonly repositories: readonly EnabledRepository[]
  readonly secureHttp: boolean
  readonly policy: Policy
  /** What the coming command does with what it finds here. */
  readonly command: CommandToRead
  readonly installSource: InstallSource
  /** Whether Composer lets a plugin run: it is allowed, and plugins are not off because root runs Composer. */
  readonly runsPlugin: (name: string) => boolean
  readonly alreadyThere: (locked: LockedPackage, urls: readonly string[]) => AlreadyThere | undefined
  readonly pathPackages: PathPackages
  readonly guessedVersions: GuessedVersions
  /** A path that composer.json or composer.lock names, absolute: Composer starts from where it runs. */
  readonly pathOf: (path: string) => string
}

/** What was read of a project. */
export interface ReadProject {
  /** Undefined where Composer could not read one of its files. */
  readonly project: Project | undefined
  /** What is wrong with its files. */
  readonly findings: readonly Finding[]
}

/** Reads the project, and says which of its files Composer could not read. */
export function readProject(
  environment: Environment,
  home: string | undefined,
  sources: readonly ConfigSource[],
  command: ComposerCommand,
  deadline: Deadline,
): ReadProject {
  const manifest = readManifest(composerJsonPath(environment))
  // Where `lock` is off, Composer neither reads a lock nor writes one.
  const locks = manifest !== undefined && flagSetting('lock', true, sources)
  const lock = locks ? readLock(composerLockPath(environment)) : undefined
  const unreadable = [manifest, lock].filter((file): file is UnreadableFile => file?.kind === 'unreadable')
  if (unreadable.length > 0) return { project: undefined, findings: unreadable.map(unreadableFile) }
  const readable = manifest?.kind === 'manifest' ? manifest : undefined
  // A config.json that cannot be read stops Composer as well, but is nothing of this project's.
  const homeConfig = home === undefined ? undefined : readManifest(join(home, 'config.json'))
  const readableLock = lock?.kind === 'lock' ? lock : undefined
  const needsLock = isPartial(command)
  if (needsLock && readable !== undefined && readableLock === undefined) {
    return { project: undefined, findings: [withoutLock(readable, command)] }
  }
  // A whole update makes a new lock, whatever is in the old one.
  const used = command.name === 'install' || needsLock ? readableLock : undefined
  return {
    project: {
      manifest: readable,
      lock: used,
      repositories: enabledRepositories(readable, homeConfig?.kind === 'manifest' ? homeConfig : undefined),
      secureHttp: flagSetting('secure-http', true, sources),
      policy: readPolicy(environment, sources),
      command: { name: command.name, fromLock: command.name === 'install' && used !== undefined },
      installSource: installSource(sources),
      runsPlugin: (name) => !isRootUnasked(environment) && allowsPlugin(name, sources) === true,
      alreadyThere: alreadyThere(environment, home, sources, deadline),
      pathPackages: pathPackages(deadline),
      guessedVersions: guessedVersions(environment, deadline),
      pathOf: (path) => resolve(environment.cwd, expandPath(path, environment)),
    },
    findings:
      readableLock?.conflict === undefined ? [] : [conflictInHash(readableLock, readableLock.conflict, command)],
  }
}

function unreadableFile({ path, reason, position }: UnreadableFile): Finding {
  return { ...NO_SERVER, code: 'manifest-invalid', reason, place: { path, position } }
}

/** Composer updates a part of a lock only where there is one. Source of the rule: `Installer.php::doUpdate`. */
function withoutLock({ path }: Manifest, { sameVersions }: ComposerCommand): Finding {
  const reason = sameVersions ? 'no-lock-to-renew' : 'no-lock'
  return { ...NO_SERVER, code: 'manifest-invalid', reason, place: { path, position: undefined } }
}

/** A conflict in a lock that some versions of Composer put right by themselves, and others stop at. */
function conflictInHash({ path }: Lock, position: Position, { name }: ComposerCommand): Finding {
  const stopsOnly = versionsWhere(
    (version) =>
      !holds('repairsContentHash', version) || (name === 'install' && holds('refusesRepairedContentHash', version)),
  )
  return { ...NO_SERVER, code: 'manifest-invalid', reason: 'conflict', place: { path, position }, stopsOnly }
}

/**
 * Composer switches plugins off when root runs it without a terminal, unless `COMPOSER_ALLOW_SUPERUSER` is set (or, which
 * cannot be seen from here, it finds itself in a container). Source: `Console/Application.php::doRun`.
 */
function isRootUnasked({ env, platform }: Environment): boolean {
  return platform !== 'win32' && process.getuid?.() === 0 && truthy(env.COMPOSER_ALLOW_SUPERUSER) === undefined
}
