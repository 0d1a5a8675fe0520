// Moves the tag that workflows follow, such as v1, to the commit of a release, here and in the repository this was
// cloned from: node scripts/release/move-major-tag.mjs 1.2.3
import { execFileSync } from 'node:child_process'
import { newerOfSameMajor, parseVersion } from './versions.mjs'

const [version = ''] = process.argv.slice(2)
const major = parseVersion(version)?.[0]
if (major === undefined) {
  stop(`"${version}" is no version: three numbers with points between, such as 1.2.3, and no "v" before them.`)
} else {
  move(`v${major}`)
}

/** @param {string} moving */
function move(moving) {
  // What was published counts, not what this clone remembers.
  git('fetch', '--quiet', '--force', '--tags', 'origin')
  const tags = git('tag', '--list', 'v*').split('\n')
  const newer = newerOfSameMajor(tags, version)
  if (!tags.includes(`v${version}`)) return stop(`There is no tag v${version}: publish the release first.`)
  if (newer.length > 0) return stop(`${moving} stays: newer releases exist: ${newer.join(', ')}.`)
  const commit = git('rev-parse', `refs/tags/v${version}^{commit}`)
  git('tag', '--force', moving, commit)
  git('push', '--quiet', '--force', 'origin', `refs/tags/${moving}`)
  console.log(`${moving} is ${commit}, as v${version}.`)
}

/** @param {string} reason */
function stop(reason) {
  console.error(reason)
  process.exitCode = 1
}

/** @param {string[]} arguments_ @returns {string} what git printed */
function git(...arguments_) {
  return execFileSync('git', arguments_, { encoding: 'utf8' }).trim()
}
