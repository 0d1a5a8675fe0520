// Whether this checkout can be released under a version: node scripts/release/check-version.mjs 1.2.3
// Prints `tag=v1.2.3` and `major=v1`, which is the form of a step's outputs; otherwise every reason why not.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { notesOf, sectionsOf } from './changelog.mjs'
import { newerOfSameMajor, parseVersion } from './versions.mjs'

const [version = ''] = process.argv.slice(2)
const parsed = parseVersion(version)
const reasons =
  parsed === undefined
    ? [`"${version}" is no version: three numbers with points between, such as 1.2.3, and no "v" before them.`]
    : [...agreement(), ...changelogReasons(readFileSync('CHANGELOG.md', 'utf8')), ...tagReasons()]

if (reasons.length > 0) {
  for (const reason of reasons) console.error(reason)
  process.exitCode = 1
} else {
  console.log(`tag=v${version}\nmajor=v${parsed?.[0]}`)
}

/** Every file that names a version must name this one. */
function agreement() {
  const { version: own } = JSON.parse(readFileSync('package.json', 'utf8'))
  const { version: locked, packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return [
    ...(own === version ? [] : [`package.json has version ${own}.`]),
    // npm writes it in two places; `npm version` keeps both.
    ...[locked, packages?.['']?.version]
      .filter((one) => one !== version)
      .map((one) => `package-lock.json has version ${one}.`),
  ]
}

/** @param {string} changelog */
function changelogReasons(changelog) {
  const sections = sectionsOf(changelog)
  const unreleased = sections.find(({ title }) => title === 'Unreleased')
  const newest = sections.find(({ title }) => title !== 'Unreleased')
  const own = sections.find(({ title }) => title === version)
  if (notesOf(changelog, version) === undefined) return [`CHANGELOG.md says nothing under "## ${version} - <date>".`]
  return [
    ...(own === newest ? [] : [`The newest version in CHANGELOG.md is ${newest?.title}.`]),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(own?.date ?? '') ? [] : [`"## ${version}" in CHANGELOG.md has no date.`]),
    ...(unreleased?.text ? ['CHANGELOG.md still has changes under "## Unreleased".'] : []),
  ]
}

function tagReasons() {
  const tags = execFileSync('git', ['tag', '--list', 'v*'], { encoding: 'utf8' }).split('\n')
  const newer = newerOfSameMajor(tags, version)
  return [
    ...(tags.includes(`v${version}`) ? [`The tag v${version} exists already; a release is never changed.`] : []),
    ...(newer.length > 0 ? [`Newer releases of this major version exist: ${newer.join(', ')}.`] : []),
  ]
}
