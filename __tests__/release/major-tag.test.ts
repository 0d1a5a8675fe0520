import { expect, test } from '@jest/globals'
import { type Repository, startRepository } from './repository.js'

const SCRIPT = 'scripts/release/move-major-tag.mjs'

/** A repository with one commit for each version, tagged in `origin`. */
function released(...versions: string[]): Repository {
  const repository = startRepository({ file: 'first' })
  for (const version of versions) {
    repository.commit({ file: version })
    // An annotated tag is an object of its own: the moving tag must name the commit.
    repository.git('tag', '--annotate', '--message', version, `v${version}`)
  }
  repository.git('push', '--quiet', '--tags', 'origin', 'main')
  return repository
}

const atOrigin = (repository: Repository, tag: string) =>
  repository.git('ls-remote', 'origin', `refs/tags/${tag}`).split('\t')[0]
const commitOf = (repository: Repository, tag: string) => repository.git('rev-parse', `${tag}^{commit}`)

test('the major tag is made, then moved, and other tags stay', () => {
  const repository = released('1.0.0', '1.1.0', '2.0.0')
  repository.git('push', '--quiet', 'origin', `${commitOf(repository, 'v1.0.0')}:refs/tags/v1`)
  const patch = repository.git('ls-remote', 'origin', 'refs/tags/v1.1.0')

  expect(repository.run(SCRIPT, '2.0.0').status).toBe(0)
  expect(atOrigin(repository, 'v2')).toBe(commitOf(repository, 'v2.0.0'))
  expect(atOrigin(repository, 'v1')).toBe(commitOf(repository, 'v1.0.0'))

  expect(repository.run(SCRIPT, '1.1.0').status).toBe(0)
  expect(atOrigin(repository, 'v1')).toBe(commitOf(repository, 'v1.1.0'))
  expect(repository.git('ls-remote', 'origin', 'refs/tags/v1.1.0')).toBe(patch)
  expect(repository.run(SCRIPT, '1.1.0').status).toBe(0)
})

test('an older release does not take the tag back, also where only the origin knows of the newer one', () => {
  const repository = released('1.2.0', '1.10.0')
  expect(repository.run(SCRIPT, '1.10.0').status).toBe(0)
  repository.git('tag', '--delete', 'v1.10.0')

  const { status, stderr } = repository.run(SCRIPT, '1.2.0')

  expect(status).toBe(1)
  expect(stderr).toContain('v1 stays: newer releases exist: v1.10.0')
  expect(atOrigin(repository, 'v1')).toBe(commitOf(repository, 'v1.10.0'))
})

test('nothing moves without a release', () => {
  const repository = released('1.0.0')
  for (const version of ['1.1.0', 'v1.0.0', 'main']) expect(repository.run(SCRIPT, version).status).toBe(1)
  expect(atOrigin(repository, 'v1')).toBe('')
})
