// Prints the notes of a release, from CHANGELOG.md, with the line that pins it:
// node scripts/release/notes.mjs 1.2.3 owner/name <commit>
import { readFileSync } from 'node:fs'
import { notesOf } from './changelog.mjs'

const [version = '', repository = '', commit = ''] = process.argv.slice(2)
const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), version)
if (notes === undefined) {
  console.error(`CHANGELOG.md says nothing under "## ${version} - <date>".`)
  process.exitCode = 1
} else {
  console.log(`${notes}

### Pin it

\`\`\`yaml
uses: ${repository}@${commit} # v${version}
\`\`\`

### Check it

- \`gh release verify v${version} --repo ${repository}\`: this release was not changed.
- \`gh attestation verify dist/main/index.js --repo ${repository}\`, in a checkout: the file was built in this repository's workflow.`)
}
