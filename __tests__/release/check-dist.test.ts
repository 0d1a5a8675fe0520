import { expect, test } from '@jest/globals'
import { startRepository } from './repository.js'

const SCRIPT = 'scripts/check-dist.sh'
const BUILD = `import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('dist')
writeFileSync('dist/index.js', 'built\\n')
`
const FILES = {
  'package.json': JSON.stringify({ scripts: { build: 'node build.mjs' } }),
  'build.mjs': BUILD,
  'dist/index.js': 'built\n',
}

test('dist/ is what the source builds, or the files that differ are named', () => {
  const repository = startRepository(FILES)
  expect(repository.run(SCRIPT).status).toBe(0)

  repository.commit({ 'dist/index.js': 'edited by hand\n', 'dist/more.js': 'no longer built\n' })
  const edited = repository.run(SCRIPT)
  expect(edited.status).toBe(1)
  expect(edited.stderr).toMatch(/M dist\/index\.js\n\s?D dist\/more\.js/)

  repository.git('checkout', '--quiet', 'HEAD~1', '--', 'dist')
  repository.commit({ 'build.mjs': `${BUILD}writeFileSync('dist/new.js', '')\n` })
  const untracked = repository.run(SCRIPT)
  expect(untracked.status).toBe(1)
  expect(untracked.stderr).toContain('?? dist/new.js')
})
