import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { NODE } from '../action/run-action.js'
import { askAccess, onlyMessage, problems, repository, verdict } from '../server/access-step.js'
import { type ServerCertificate, serverCertificate } from '../server/certificates.js'

const STORE = 'HKCU\\Software\\Microsoft\\SystemCertificates\\Root\\Certificates'
const reg = (...args: readonly string[]) =>
  execFileSync(join(process.env.SystemRoot ?? '', 'System32', 'reg.exe'), args, { stdio: 'pipe' })

/** The property of an entry of Windows' store that holds the certificate itself (`CERT_CERT_PROP_ID`). */
const CERTIFICATE = 32

const entries: string[] = []
afterEach(() => {
  for (const entry of entries.splice(0)) reg('delete', entry, '/f')
})

/** Has Windows trust an authority, for this user. */
function addToStore(pem: string): void {
  const { raw, fingerprint } = new X509Certificate(pem)
  const head = Buffer.alloc(12)
  for (const [index, value] of [CERTIFICATE, 1, raw.length].entries()) head.writeUInt32LE(value, index * 4)
  const entry = `${STORE}\\${fingerprint.replaceAll(':', '')}`
  reg('add', entry, '/v', 'Blob', '/t', 'REG_BINARY', '/d', Buffer.concat([head, raw]).toString('hex'), '/f')
  entries.push(entry)
}

/** Whether Node finds a certificate in the store. */
function isInStore({ caFile }: ServerCertificate): boolean {
  const code = `
    const { fingerprint256 } = new crypto.X509Certificate(fs.readFileSync(${JSON.stringify(caFile)}))
    const store = tls.getCACertificates('system').map((pem) => new crypto.X509Certificate(pem).fingerprint256)
    console.log(store.includes(fingerprint256))`
  return execFileSync(NODE, ['-e', code], { encoding: 'utf8' }).trim() === 'true'
}

test('the store of Windows is not trusted, since Composer does not read it; the words say so, and it is no error', async () => {
  const certificate = await serverCertificate()
  expect(isInStore(certificate)).toBe(false)
  const server = await repository({ tls: certificate.server })
  const before = await askAccess(server.url)
  expect(verdict(before)).toBe('tls-failed')
  expect(onlyMessage(before)).not.toContain('has that authority')

  addToStore(certificate.authority.cert)
  expect(isInStore(certificate)).toBe(true)
  const step = await askAccess(server.url)
  expect(verdict(step)).toBe('ready')
  expect(problems(step)).toEqual([['tls-failed', 'warning']])
  expect(onlyMessage(step)).toContain(
    'The certificate store of Windows has that authority, but Composer never reads it.',
  )
  expect(server.requests).toEqual([])

  const named = await askAccess(server.url, { env: { SSL_CERT_FILE: certificate.caFile } })
  expect(verdict(named)).toBe('ready')
  expect(named.annotations).toEqual([])
  expect(problems(named)).toEqual([])
})
