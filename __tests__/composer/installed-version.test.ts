import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { startJob } from '../action/run-action.js'

const HOST = '127.0.0.1:1'

test('where the runner’s temporary folder is gone Composer cannot be asked, and the step goes on', async () => {
  const job = startJob()
  const held = (password: string) => JSON.stringify({ 'http-basic': { [HOST]: { username: 'shop', password } } })
  // Two places that versions of Composer weigh differently.
  writeFileSync(join(job.workspace, 'composer.json'), '{}')
  writeFileSync(join(job.workspace, 'auth.json'), held('one-that-is-held'))
  rmSync(job.temp, { recursive: true })
  const { outputs } = await job.main({
    inputs: {
      'public-key': 'k'.repeat(32),
      'private-key': 'l'.repeat(32),
      'repository-url': `http://${HOST}/`,
      check: 'access',
      retries: '0',
    },
    env: { COMPOSER_AUTH: held('another-that-is-held') },
    secrets: ['one-that-is-held', 'another-that-is-held'],
  })
  expect(outputs.problem).toBe('repository-unreachable')
})
