import { compareVersions, normalizeVersion } from '../versions/version.js'

/** A version of Composer that is released. */
export type Release = `2.${number}.${number}`

/** Versions of Composer that follow each other: from `since` on, and before `before`. */
export interface VersionRange {
  /** Undefined for the first one. */
  readonly since: Release | undefined
  /** Undefined where no later version differs. */
  readonly before: Release | undefined
}

/** Some versions of Composer, oldest first; ranges do not touch. */
export type ComposerVersions = readonly VersionRange[]

export const NO_VERSION: ComposerVersions = []

/**
 * The versions of which something is true.
 *
 * @param changes the first version of each kind, oldest first: between two of them nothing changes
 */
export function rangesWhere(changes: readonly Release[], isTrue: (version: string) => boolean): ComposerVersions {
  const ranges: VersionRange[] = []
  let since: { readonly version: Release | undefined } | undefined
  for (const [index, change] of changes.entries()) {
    const version = index === 0 ? undefined : change
    const holds = isTrue(change)
    if (holds && since === undefined) since = { version }
    if (!holds && since !== undefined) {
      ranges.push({ since: since.version, before: version })
      since = undefined
    }
  }
  return since === undefined ? ranges : [...ranges, { since: since.version, before: undefined }]
}

/** Whether a version is one of some; undefined where it is not known and not all are alike. */
export function isAmong(versions: ComposerVersions, version: string | undefined): boolean | undefined {
  if (versions.length === 0) return false
  if (versions.some(({ since, before }) => since === undefined && before === undefined)) return true
  if (version === undefined) return undefined
  return versions.some(
    ({ since, before }) => isSince(version, since) && !(before !== undefined && isSince(version, before)),
  )
}

/** Whether a version is a later one or the same; a first one that is not named is earlier than each. */
export function isSince(version: string, first: string | undefined): boolean {
  if (first === undefined) return true
  const [own, other] = [normalizeVersion(version), normalizeVersion(first)]
  return own !== undefined && other !== undefined && compareVersions(own, other, '>=')
}

/** Some versions by their names, in the plural: `Composer 2.10 and newer`, `Composer versions up to 2.8 and from 2.11 on`. */
export function namesOfVersions(versions: ComposerVersions): string {
  const names = versions.map(nameOf)
  if (names.length < 2) return `Composer ${names.join('')}`
  const [last = ''] = names.slice(-1)
  return `Composer versions ${names.slice(0, -1).join(', ')} and ${last.replace(/^(\S+) and newer$/, 'from $1 on')}`
}

function nameOf({ since, before }: VersionRange): string {
  const first = since?.replace(/\.0$/, '')
  if (before === undefined) return first === undefined ? 'of any version' : `${first} and newer`
  // Before 2.9.0 is 2.8 as people call it.
  const [, line = '', patch = ''] = /^2\.(\d+)\.(\d+)$/.exec(before) ?? []
  const last = patch === '0' ? `2.${Number(line) - 1}` : before
  if (first === last) return first
  return `${first ?? ''} ${patch === '0' ? 'up to' : 'before'} ${last}`.trimStart()
}
