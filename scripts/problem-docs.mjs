// Writes docs/problems.md from the catalogue of problems. Needs lib/, which `npm run build` leaves behind.
import { writeFileSync } from 'node:fs'

/** @type {typeof import('../src/problems/catalogue.js')} */
const { CATALOGUE } = await import(new URL('../lib/problems/catalogue.js', import.meta.url).href)

const sections = Object.entries(CATALOGUE).map(([code, { title, atMost, documentation }]) => {
  const { see, means, fix, who, verify } = documentation
  return [
    `## ${code}`,
    `**${title}** · at most: ${atMost}`,
    `**What you see.** ${see}`,
    `**What it means.** ${means}`,
    `**How to fix it.**\n\n${fix.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
    `**Who can fix it.** ${who}`,
    `**How to verify by hand.** ${verify}`,
  ].join('\n\n')
})

const text = `<!-- Written by \`npm run docs\` from src/problems/: change the words there. -->

# Problems

Every problem has a code, which is the value of the output \`problem\` and stays the same across versions. The severity is
the highest that a code takes; it is lowered to a warning where Composer may succeed all the same.

${Object.keys(CATALOGUE)
  .map((code) => `- [\`${code}\`](#${code})`)
  .join('\n')}

${sections.join('\n\n')}
`

writeFileSync('docs/problems.md', text)
