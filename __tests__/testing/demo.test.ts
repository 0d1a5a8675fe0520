import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { accounts } from '../../testing/catalogue.mjs'

test('the demo shows three jobs on which Composer agrees, whatever is set around it, and leaves nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'))
  try {
    const temp = join(folder, 'temp')
    mkdirSync(temp)
    // Of the step of a workflow that runs the demo.
    const outer = Object.fromEntries(
      ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_STEP_SUMMARY'].map((name) => [name, join(folder, name)]),
    )
    for (const file of Object.values(outer)) writeFileSync(file, '')
    const { MAGENTO_PUBLIC_KEY: _, MAGENTO_PRIVATE_KEY: __, ...env } = process.env
    const { status, stdout } = spawnSync(process.execPath, ['testing/demo.mjs'], {
      encoding: 'utf8',
      env: {
        ...env,
        ...outer,
        TMPDIR: temp,
        HTTPS_PROXY: 'http://127.0.0.1:9',
        no_proxy: '*',
        SSL_CERT_FILE: join(folder, 'none.pem'),
        COMPOSER: 'other.json',
        COMPOSER_AUTH: '{"http-basic":{"repo.magento.com":{"username":"other","password":"other"}}}',
        INPUT_CHECK: 'off',
      },
    })

    expect(stdout).toContain('All three jobs went as they should: ready, keys-rejected, package-denied.')
    expect(stdout.match(/Composer (?:passed|failed) with exit status \d+, as the step had said\./g)).toHaveLength(3)
    expect(status).toBe(0)
    for (const { publicKey, privateKey } of Object.values(accounts)) {
      expect(stdout).not.toContain(publicKey)
      expect(stdout).not.toContain(privateKey)
    }
    expect(Object.values(outer).map((file) => readFileSync(file, 'utf8'))).toEqual(['', '', '', ''])
    expect(readdirSync(temp)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
