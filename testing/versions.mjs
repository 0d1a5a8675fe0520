/** @typedef {'stable' | 'RC' | 'beta' | 'alpha' | 'dev'} Stability */

const MODIFIERS = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['p', 'patch'],
  ['pl', 'patch'],
  ['rc', 'RC'],
])

/**
 * The version as Composer compares it and as it stands in the names of archives (VersionParser::normalize):
 *
 * - `2.4.7-p3` is `2.4.7.0-patch3`, `1.0.0-beta106` is `1.0.0.0-beta106`, `v1.2` is `1.2.0.0`
 * - `1.2.x-dev` is `1.2.9999999.9999999-dev`, and a branch such as `dev-main` stays as it is
 *
 * @param {string} version
 */
export function normalizedVersion(version) {
  if (/^dev-/i.test(version)) return version
  const [numbers = '', ...rest] = version.replace(/^v/i, '').split('-')
  const branch = rest.join('-') === 'dev'
  const padding = branch ? ['x', 'x', 'x'] : ['0', '0', '0']
  const padded = [...numbers.split('.'), ...padding].slice(0, 4).join('.')
  if (branch) return `${padded.replaceAll(/[x*]/gi, '9999999')}-dev`
  const [, word = '', number = ''] = /^([a-z]+)[.-]?([\d.]*)$/i.exec(rest.join('-')) ?? []
  const modifier = MODIFIERS.get(word.toLowerCase()) ?? word.toLowerCase()
  return modifier === '' || modifier === 'stable' ? padded : `${padded}-${modifier}${number}`
}

/**
 * How stable a version is by its name alone (VersionParser::parseStability). A `-p1` is stable.
 *
 * @param {string} version
 * @returns {Stability}
 */
export function stabilityOf(version) {
  if (/^dev-|-dev$/i.test(version)) return 'dev'
  const [, word = ''] = /[._-]?(beta|b|alpha|a|rc)(?:[.-]?\d+)*$/i.exec(version.toLowerCase()) ?? []
  if (word.startsWith('b')) return 'beta'
  if (word.startsWith('a')) return 'alpha'
  return word === 'rc' ? 'RC' : 'stable'
}
