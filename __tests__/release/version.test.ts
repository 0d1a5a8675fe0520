import { describe, expect, test } from '@jest/globals'
import { startRepository } from './repository.js'

const SCRIPT = 'scripts/release/check-version.mjs'
const CHANGELOG = `# Changelog

## Unreleased

## 1.2.0 - 2026-11-30

### Added

- A thing that takes so many words that
  its line is broken.
- Another.

## 1.1.0 - 2026-10-01

- Older.
`
const named = (version: string) => ({
  'package.json': JSON.stringify({ version }),
  'package-lock.json': JSON.stringify({ version, packages: { '': { version } } }),
})
const READY = { ...named('1.2.0'), 'CHANGELOG.md': CHANGELOG }

describe('check-version', () => {
  test('hands the tags on when everything names the version', () => {
    const repository = startRepository(READY)
    for (const tag of ['v1.1.0', 'v2.0.0', 'v1', 'vNext']) repository.git('tag', tag)

    expect(repository.run(SCRIPT, '1.2.0')).toEqual({ status: 0, stdout: 'tag=v1.2.0\nmajor=v1\n', stderr: '' })
  })

  test.each(['', 'v1.2.0', '1.2', '1.2.0-beta.1', '01.2.0', '1.2.0\nmajor=v9', '$(id)'])(
    'takes %j for no version',
    (version) => {
      const { status, stdout, stderr } = startRepository(READY).run(SCRIPT, version)
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toContain('is no version')
    },
  )

  test('names every file that has another version, at once', () => {
    const repository = startRepository({ ...READY, ...named('1.1.0') })
    const { status, stderr } = repository.run(SCRIPT, '1.2.0')
    expect(status).toBe(1)
    expect(stderr.match(/has version 1\.1\.0/g)).toHaveLength(3)
  })

  test.each([
    ['no section', CHANGELOG.replace('1.2.0', '1.3.0'), 'says nothing under "## 1.2.0'],
    ['an empty section', CHANGELOG.replace(/### Added[\s\S]*?(?=## 1\.1)/, ''), 'says nothing under "## 1.2.0'],
    ['no date', CHANGELOG.replace(' - 2026-11-30', ''), 'has no date'],
    ['a newer section', CHANGELOG.replace('## 1.2.0', '## 1.3.0 - 2026-12-01\n\n- Newer.\n\n## 1.2.0'), 'is 1.3.0'],
    ['unreleased changes', CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n- More.\n'), 'under "## Unreleased"'],
  ])('refuses a changelog with %s', (_, changelog, reason) => {
    const { status, stderr } = startRepository({ ...READY, 'CHANGELOG.md': changelog }).run(SCRIPT, '1.2.0')
    expect(status).toBe(1)
    expect(stderr).toContain(reason)
  })

  test.each([
    ['v1.2.0', 'exists already'],
    ['v1.10.0', 'Newer releases of this major version exist: v1.10.0'],
  ])('refuses when %s is there', (tag, reason) => {
    const repository = startRepository(READY)
    repository.git('tag', tag)
    const { status, stderr } = repository.run(SCRIPT, '1.2.0')
    expect(status).toBe(1)
    expect(stderr).toContain(reason)
  })
})

describe('notes', () => {
  test('are the section of the version, each entry on one line, and the line that pins the release', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567'
    const { stdout } = startRepository(READY).run('scripts/release/notes.mjs', '1.2.0', 'acme/auth', commit)
    expect(stdout).toMatch(
      /^### Added\n\n- A thing that takes so many words that its line is broken\.\n- Another\.\n\n### Pin it\n/,
    )
    expect(stdout).toContain(`\nuses: acme/auth@${commit} # v1.2.0\n`)
    expect(stdout).not.toContain('Older')
  })

  test('are none for a version without a section', () => {
    const { status, stdout } = startRepository(READY).run('scripts/release/notes.mjs', '1.3.0')
    expect([status, stdout]).toEqual([1, ''])
  })
})
