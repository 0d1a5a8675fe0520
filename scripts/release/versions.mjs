// Versions of releases and the tags that carry them. No pre-releases: a workflow that asks for v1 must not get one.

const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/

/**
 * @param {string} text
 * @returns {[major: number, minor: number, patch: number] | undefined} undefined for anything but `1.2.3`
 */
export function parseVersion(text) {
  const match = VERSION.exec(text)
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])]
}

/**
 * The releases of a major version that are newer than one version, by the tags of the repository.
 *
 * @param {readonly string[]} tags
 * @param {string} version
 * @returns {string[]} tags
 */
export function newerOfSameMajor(tags, version) {
  const own = parseVersion(version)
  return tags.filter((tag) => {
    const other = tag.startsWith('v') ? parseVersion(tag.slice(1)) : undefined
    return own !== undefined && other !== undefined && other[0] === own[0] && compare(other, own) > 0
  })
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function compare(a, b) {
  const differs = a.findIndex((number, index) => number !== b[index])
  return differs === -1 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0)
}
