import { expect, test } from '@jest/globals'
import { startRepository } from './repository.js'

const SCRIPT = 'scripts/release/write-owner.mjs'
const USES = 'uses: OWNER/magento-composer-auth@v1\n'
const FILES = {
  'README.md': `${USES}${USES}`,
  'examples/with space.yml': USES,
  '.github/CODEOWNERS': '* @OWNER\n',
  'src/phrases.ts': 'export const KEY_OWNER = 1\n',
  'scripts/release/write-owner.mjs': USES,
  '.github/workflows/ci.yml': USES,
}

test('the owner is written wherever the placeholder stands, and nowhere else', () => {
  const repository = startRepository(FILES)

  const { status, stdout } = repository.run(SCRIPT, 'acme/composer-auth')

  expect(status).toBe(0)
  expect(stdout.trim().split('\n')).toEqual(['.github/CODEOWNERS', 'README.md', 'examples/with space.yml'])
  expect(repository.read('README.md')).toBe('uses: acme/composer-auth@v1\n'.repeat(2))
  expect(repository.read('examples/with space.yml')).toBe('uses: acme/composer-auth@v1\n')
  expect(repository.read('.github/CODEOWNERS')).toBe('* @acme\n')
  expect(repository.git('status', '--porcelain').split('\n')).toHaveLength(3)
})

test('--check names the files that have it, and is content when none has', () => {
  const repository = startRepository(FILES)

  const before = repository.run(SCRIPT, '--check')
  expect(before.status).toBe(1)
  expect(before.stderr).toMatch(/^README\.md still has a placeholder/m)
  expect(repository.git('status', '--porcelain')).toBe('')

  repository.run(SCRIPT, 'acme/composer-auth')
  expect(repository.run(SCRIPT, '--check')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test.each(['', 'acme', 'acme/', '-acme/x', 'acme/x y', 'acme/x/y', 'acme/$&', 'acme/x\n'])(
  '%j is not written as an owner',
  (name) => {
    const repository = startRepository(FILES)
    expect(repository.run(SCRIPT, name).status).toBe(1)
    expect(repository.git('status', '--porcelain')).toBe('')
  },
)
