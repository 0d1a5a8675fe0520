// Writes the repository's real name wherever a placeholder stands for it until the first release:
// node scripts/release/write-owner.mjs owner/name, or with --check, which only names the files that still have one.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const PLACEHOLDER = 'OWNER/magento-composer-auth'
const MENTION = '@OWNER'
// Scripts and tests speak of the placeholder. Workflows may not be pushed with a workflow's token, and dist/ is built.
const LEFT_ALONE = ['scripts/', '__tests__/', 'dist/', '.github/workflows/'].map((folder) => `:(exclude)${folder}`)
// What GitHub takes for an account and a repository; nothing else may get into files that people paste from.
const REPOSITORY = /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))\/[A-Za-z0-9._-]{1,100}$/

const [argument = ''] = process.argv.slice(2)
const files = placeholders()
if (argument === '--check') {
  for (const file of files) console.error(`${file} still has a placeholder for the repository's owner.`)
  if (files.length > 0) process.exitCode = 1
} else {
  write(argument)
}

/** @param {string} repository */
function write(repository) {
  const owner = REPOSITORY.exec(repository)?.[1]
  if (owner === undefined) {
    console.error(`"${repository}" is not the name of a repository: owner/name.`)
    process.exitCode = 1
    return
  }
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replaceAll(PLACEHOLDER, repository).replaceAll(MENTION, `@${owner}`))
    console.log(file)
  }
}

/** The tracked files that have one. */
function placeholders() {
  const search = ['grep', '--files-with-matches', '-z', '--fixed-strings', '-e', PLACEHOLDER, '-e', MENTION]
  try {
    const found = execFileSync('git', [...search, '--', '.', ...LEFT_ALONE], { encoding: 'utf8' })
    return found.split('\0').filter((file) => file !== '')
  } catch (error) {
    // `git grep` ends with 1 when nothing matches.
    if (error instanceof Error && 'status' in error && error.status === 1) return []
    throw error
  }
}
