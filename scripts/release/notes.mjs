// Prints the notes of a release, from CHANGELOG.md: node scripts/release/notes.mjs 1.2.3
import { readFileSync } from 'node:fs'
import { notesOf } from './changelog.mjs'

const [version = ''] = process.argv.slice(2)
const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), version)
if (notes === undefined) {
  console.error(`CHANGELOG.md says nothing under "## ${version} - <date>".`)
  process.exitCode = 1
} else {
  console.log(notes)
}
