import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { generate } from 'selfsigned'

/** A certificate authority of its own, which nobody trusts unless told to. */
export interface Authority {
  readonly key: string
  readonly cert: string
}

export interface ServerCertificate {
  /** For `startRepository({ tls })` and `https.createServer`. */
  readonly server: { readonly key: string; readonly cert: string }
  readonly authority: Authority
  /** A file with the authority's certificate. */
  readonly caFile: string
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  folders.push(folder)
  return folder
}

let counter = 0

/** Founds an authority. */
export async function certificateAuthority(): Promise<Authority> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: `Test authority ${++counter}` }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  return { key, cert }
}

/** A certificate for this machine and for repo.magento.com, unless other names or times are wanted. */
export async function serverCertificate(
  options: { names?: readonly string[]; from?: Date; until?: Date; authority?: Authority } = {},
): Promise<ServerCertificate> {
  const { names = ['localhost', 'repo.magento.com'], from, until } = options
  const authority = options.authority ?? (await certificateAuthority())
  const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: authority,
    ...(from === undefined ? {} : { notBeforeDate: from }),
    ...(until === undefined ? {} : { notAfterDate: until }),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(options.names === undefined ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
  })
  return { server: { key, cert }, authority, caFile: pemFile(authority.cert) }
}

/** Writes a file of certificates. */
export function pemFile(...certificates: string[]): string {
  const file = join(temporaryFolder(), 'certificates.pem')
  writeFileSync(file, certificates.join('\n'))
  return file
}

/** A folder of certificates as `openssl rehash` makes it: OpenSSL finds one by the hash of its subject. */
export function hashedFolder(certificate: string): string {
  const folder = join(temporaryFolder(), 'hashed')
  mkdirSync(folder)
  const code = 'echo openssl_x509_parse(stream_get_contents(STDIN))["hash"];'
  const hash = execFileSync('php', ['-r', code], { input: certificate, encoding: 'utf8' })
  writeFileSync(join(folder, `${hash}.0`), certificate)
  return folder
}
