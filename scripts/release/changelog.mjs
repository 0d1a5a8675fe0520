// The sections of CHANGELOG.md: `## Unreleased` or `## 1.2.3 - 2026-01-31`, newest first.

/** What stands under one heading. @typedef {{ title: string, date: string | undefined, text: string }} Section */

/**
 * All sections, in the order of the file.
 *
 * @param {string} changelog
 * @returns {Section[]} `text` without blank lines around it
 */
export function sectionsOf(changelog) {
  const [, ...parts] = changelog.split(/^## /m)
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split(/\r?\n/)
    const [title = '', date] = heading.trim().split(' - ')
    return { title, date, text: lines.join('\n').trim() }
  })
}

/**
 * The notes of a release: its section, with a line that was broken for the file's width made one again, since GitHub
 * shows each line break of a release.
 *
 * @param {string} changelog
 * @param {string} version
 * @returns {string | undefined} undefined when the version has no section, or an empty one
 */
export function notesOf(changelog, version) {
  const text = sectionsOf(changelog).find(({ title }) => title === version)?.text
  return text ? text.replace(/\n {2,}(?=[^\s*-])/g, ' ') : undefined
}
