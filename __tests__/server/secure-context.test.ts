import { beforeAll, describe, expect, test } from '@jest/globals'
import { openSecureContexts } from '../../src/server/secure-context.js'
import { askAccess, verdict, webServer } from './access-step.js'
import { certificateAuthority, type ServerCertificate, serverCertificate } from './certificates.js'

let certificate: ServerCertificate
let other: string
beforeAll(async () => {
  certificate = await serverCertificate()
  other = (await certificateAuthority()).cert
})

/** Has the step find some certificates where the system has them in a folder, and say when it looks there. */
function withFolder(certificates: readonly string[]): string {
  const preload = `
    import { syncBuiltinESMExports } from 'node:module'
    import tls from 'node:tls'
    tls.getCACertificates = () => {
      console.log('the folder is read')
      return ${JSON.stringify(certificates)}
    }
    syncBuiltinESMExports()`
  return `data:text/javascript,${encodeURIComponent(preload)}`
}

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('a folder of the system with certificates, one by one', () => {
  test.each<[string, string, number]>([
    ['counts', 'ready', 1],
    ['is read once', 'tls-failed', 1],
  ])('%s', async (_, word, times) => {
    const { url } = await webServer((_request, response) => response.end('{"packages": []}'), certificate.server)
    const folder = withFolder(word === 'ready' ? [other, certificate.authority.cert] : [other])
    const step = await askAccess(url, {
      env: { SSL_CERT_FILE: '', SSL_CERT_DIR: '' },
      inputs: { retries: '1' },
      nodeOptions: ['--import', folder],
    })
    expect(verdict(step)).toBe(word)
    expect(step.stdout.split('the folder is read').length - 1).toBe(times)
  })

  test('is not read where a file has the authority', async () => {
    const { url } = await webServer((_request, response) => response.end('{"packages": []}'), certificate.server)
    const step = await askAccess(url, {
      env: { COMPOSER_CAFILE: certificate.caFile },
      nodeOptions: ['--import', withFolder([])],
    })
    expect(verdict(step)).toBe('ready')
    expect(step.stdout).not.toContain('the folder is read')
  })
})

test('a folder that has the same certificates again, in lines of another length, makes nobody ask twice', () => {
  const inOneLine = other.replace(/\n(?!-)/g, '').replace('CERTIFICATE-----', '$&\n')
  const contexts = openSecureContexts({ kind: 'trusted', certificates: () => [other], inFolder: () => [inOneLine] })
  expect(contexts.wider(contexts.current())).toBeUndefined()
})

test('whoever was not trusted before others were added is asked again', () => {
  const own = certificate.authority.cert
  const contexts = openSecureContexts({ kind: 'trusted', certificates: () => [other], inFolder: () => [own] })
  const narrow = contexts.current()
  const wide = contexts.wider(narrow)
  expect(wide).toBeDefined()
  expect(contexts.wider(narrow)).toBe(wide)
  expect(contexts.current()).toBe(wide)
  expect(wide && contexts.wider(wide)).toBeUndefined()
})
