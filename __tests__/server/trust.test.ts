import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Trust, trustedCertificates } from '../../src/server/trust.js'
import { onlyMessage, repository, webServer } from './access-step.js'
import { besideComposer, bothSay, COMPOSER_IS_HERE, projectWith } from './beside-composer.js'
import {
  type Authority,
  certificateAuthority,
  hashedFolder,
  pemFile,
  type ServerCertificate,
  serverCertificate,
  temporaryFolder,
} from './certificates.js'

function certificatesOf(trust: Trust): readonly string[] {
  return trust.kind === 'trusted' ? [...trust.certificates(), ...trust.inFolder()] : []
}

let certificate: ServerCertificate
let other: Authority
/** A file and folders of certificates: of the server's authority, and of another. */
let right: string
let wrong: string

beforeAll(async () => {
  certificate = await serverCertificate()
  other = await certificateAuthority()
  right = certificate.caFile
  wrong = pemFile(other.cert)
})

describe('a private authority is trusted by', () => {
  test.each<[string, () => Record<string, string>]>([
    ['COMPOSER_CAFILE', () => ({ COMPOSER_CAFILE: right })],
    ['COMPOSER_CAFILE with a slash too many', () => ({ COMPOSER_CAFILE: `${right}/` })],
    ['COMPOSER_CAPATH', () => ({ COMPOSER_CAPATH: hashedFolder(certificate.authority.cert) })],
    ['SSL_CERT_FILE', () => ({ SSL_CERT_FILE: right })],
    ['SSL_CERT_DIR', () => ({ SSL_CERT_DIR: hashedFolder(certificate.authority.cert) })],
    ['SSL_CERT_FILE that is a folder', () => ({ SSL_CERT_FILE: hashedFolder(certificate.authority.cert) })],
    ['a file in which it comes second', () => ({ COMPOSER_CAFILE: pemFile(other.cert, certificate.authority.cert) })],
    [
      'COMPOSER_CAFILE and COMPOSER_CAPATH together, in the folder',
      () => ({
        COMPOSER_CAFILE: wrong,
        COMPOSER_CAPATH: hashedFolder(certificate.authority.cert),
      }),
    ],
    [
      'SSL_CERT_DIR when SSL_CERT_FILE is missing',
      () => ({
        SSL_CERT_FILE: '/nowhere/certificates.pem',
        SSL_CERT_DIR: hashedFolder(certificate.authority.cert),
      }),
    ],
    ['COMPOSER_CAFILE when SSL_CERT_FILE is another', () => ({ COMPOSER_CAFILE: right, SSL_CERT_FILE: wrong })],
    ['SSL_CERT_FILE when COMPOSER_CAFILE is empty', () => ({ COMPOSER_CAFILE: '', SSL_CERT_FILE: right })],
    [
      'a file with text between the certificates',
      () => ({
        COMPOSER_CAFILE: pemFile('# Ours', other.cert, '# Theirs', certificate.authority.cert, '# End'),
      }),
    ],
  ])('%s', async (_, variables) => {
    const server = await repository({ tls: certificate.server })
    const run = await besideComposer(server.url, projectWith(server.url), variables())
    expect(run).toMatchObject(bothSay('ready'))
  })

  test('cafile in composer.json', async () => {
    const server = await repository({ tls: certificate.server })
    expect(await besideComposer(server.url, projectWith(server.url, { cafile: right }))).toMatchObject(bothSay('ready'))
  })

  test('cafile in composer.json, relative to the project', async () => {
    const server = await repository({ tls: certificate.server })
    const project = projectWith(server.url, { cafile: 'certificates/ca.pem' })
    mkdirSync(join(project.job.workspace, 'certificates'))
    writeFileSync(join(project.job.workspace, 'certificates', 'ca.pem'), certificate.authority.cert)
    expect(await besideComposer(server.url, project)).toMatchObject(bothSay('ready'))
  })

  test('cafile in the home’s config.json', async () => {
    const server = await repository({ tls: certificate.server })
    const project = projectWith(server.url)
    const home = project.env.COMPOSER_HOME ?? ''
    writeFileSync(join(home, 'config.json'), JSON.stringify({ config: { cafile: right } }))
    expect(await besideComposer(server.url, project)).toMatchObject(bothSay('ready'))
  })

  test('cafile in the home’s auth.json', async () => {
    const server = await repository({ tls: certificate.server })
    const project = projectWith(server.url)
    writeFileSync(join(project.env.COMPOSER_HOME ?? '', 'auth.json'), JSON.stringify({ cafile: right }))
    expect(await besideComposer(server.url, project)).toMatchObject(bothSay('ready'))
  })

  test('cafile in composer.json before that of the home', async () => {
    const server = await repository({ tls: certificate.server })
    const project = projectWith(server.url, { cafile: right })
    const home = project.env.COMPOSER_HOME ?? ''
    writeFileSync(join(home, 'config.json'), JSON.stringify({ config: { cafile: wrong } }))
    expect(await besideComposer(server.url, project)).toMatchObject(bothSay('ready'))
  })

  test('cafile with a variable in it', async () => {
    const server = await repository({ tls: certificate.server })
    const project = projectWith(server.url, { cafile: '$CERTIFICATES/ca.pem' })
    const folder = temporaryFolder()
    symlinkSync(right, join(folder, 'ca.pem'))
    expect(await besideComposer(server.url, project, { CERTIFICATES: folder })).toMatchObject(bothSay('ready'))
  })
})

describe('not trusted is', () => {
  test.each<[string, () => Record<string, string>]>([
    ['an authority that no setting names', () => ({})],
    ['one that only NODE_EXTRA_CA_CERTS names', () => ({ NODE_EXTRA_CA_CERTS: right })],
    [
      'one that SSL_CERT_FILE names while COMPOSER_CAFILE names another',
      () => ({
        COMPOSER_CAFILE: wrong,
        SSL_CERT_FILE: right,
      }),
    ],
    [
      'one that SSL_CERT_DIR names while SSL_CERT_FILE names another',
      () => ({
        SSL_CERT_FILE: wrong,
        SSL_CERT_DIR: hashedFolder(certificate.authority.cert),
      }),
    ],
    [
      'one in a folder under a name that OpenSSL does not look for',
      () => {
        const folder = temporaryFolder()
        writeFileSync(join(folder, 'authority.pem'), certificate.authority.cert)
        return { SSL_CERT_DIR: folder }
      },
    ],
  ])('%s', async (_, variables) => {
    const server = await repository({ tls: certificate.server })
    const run = await besideComposer(server.url, projectWith(server.url), variables())
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(server.requests).toEqual([])
  })

  test('a certificate that has expired', async () => {
    const day = 86_400_000
    const expired = await serverCertificate({
      from: new Date(Date.now() - 30 * day),
      until: new Date(Date.now() - day),
      authority: certificate.authority,
    })
    const server = await repository({ tls: expired.server })
    const run = await besideComposer(server.url, projectWith(server.url), { COMPOSER_CAFILE: right })
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain('certificate has expired')
  })

  test('a certificate that is not valid yet', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000)
    const early = await serverCertificate({ from: tomorrow, authority: certificate.authority })
    const server = await repository({ tls: early.server })
    const run = await besideComposer(server.url, projectWith(server.url), { COMPOSER_CAFILE: right })
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain('not yet valid')
  })

  test('a certificate for another host', async () => {
    const foreign = await serverCertificate({ names: ['other.example'], authority: certificate.authority })
    const server = await repository({ tls: foreign.server })
    const run = await besideComposer(server.url, projectWith(server.url), { COMPOSER_CAFILE: right })
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain('another host name')
  })

  test('a server that does not speak TLS', async () => {
    const { port } = await webServer((_, response) => response.end('{}'))
    const url = `https://127.0.0.1:${port}`
    expect(await besideComposer(url, projectWith(url))).toMatchObject(bothSay('tls-failed'))
  })
})

test('the message names NODE_EXTRA_CA_CERTS, which Composer does not read, when it is set', async () => {
  const server = await repository({ tls: certificate.server })
  const { step } = await besideComposer(server.url, projectWith(server.url), { NODE_EXTRA_CA_CERTS: right })
  expect(onlyMessage(step)).toContain('Composer does not read `NODE_EXTRA_CA_CERTS`, which this job sets.')
  const without = await besideComposer(server.url, projectWith(server.url))
  expect(onlyMessage(without.step)).not.toContain('NODE_EXTRA_CA_CERTS')
})

describe('a configured file that cannot be used stops Composer, and is named', () => {
  test.each<[string, () => string]>([
    ['missing', () => '/nowhere/certificates.pem'],
    ['a folder', () => temporaryFolder()],
    ['empty', () => pemFile('')],
    ['no certificate', () => pemFile('Here should be a certificate.')],
    ['a broken certificate', () => pemFile('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')],
  ])('%s', async (_, file) => {
    const server = await repository({ tls: certificate.server })
    const variables = { COMPOSER_CAFILE: file(), SSL_CERT_FILE: right }
    const run = await besideComposer(server.url, projectWith(server.url), variables)
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain('COMPOSER_CAFILE')
    expect(onlyMessage(run.step)).toContain('The configured cafile was not valid or could not be read.')
  })

  test('of composer.json', async () => {
    const server = await repository({ tls: certificate.server })
    const run = await besideComposer(server.url, projectWith(server.url, { cafile: '/nowhere/ca.pem' }))
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain('composer.json')
  })

  test('a folder', async () => {
    const server = await repository({ tls: certificate.server })
    const variables = { COMPOSER_CAPATH: '/nowhere/certificates' }
    const run = await besideComposer(server.url, projectWith(server.url), variables)
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain('COMPOSER_CAPATH')
  })

  test.each([
    ['capath', { capath: '/nowhere/certificates' }],
    ['cafile', { cafile: '/nowhere/ca.pem' }],
  ])('%s of composer.json, in Composer’s words', async (setting, config) => {
    const server = await repository({ tls: certificate.server })
    const run = await besideComposer(server.url, projectWith(server.url, config))
    expect(run).toMatchObject(bothSay('tls-failed'))
    const words = `The configured ${setting} was not valid or could not be read.`
    expect(onlyMessage(run.step)).toContain(`Composer would say: ${words}`)
    if (COMPOSER_IS_HERE) expect(run.output).toContain(words)
  })

  test('for plain http as well, because Composer reads it before its first request', async () => {
    const server = await repository()
    const project = projectWith(server.url, { 'secure-http': false })
    const run = await besideComposer(server.url, project, { COMPOSER_CAFILE: '/nowhere/ca.pem' })
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(server.requests).toEqual([])
  })
})

test.each(['COMPOSER_CAFILE', 'SSL_CERT_FILE'])(
  'one broken certificate in %s spoils the good ones before it, because curl then refuses the file',
  async (variable) => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    const server = await repository({ tls: certificate.server })
    const variables = { [variable]: pemFile(certificate.authority.cert, broken) }
    const run = await besideComposer(server.url, projectWith(server.url), variables)
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).toContain(variable)
  },
)

describe('an SSL_CERT_FILE that cannot be used is passed over, for the system’s certificates', () => {
  test.each<[string, () => Record<string, string>]>([
    ['missing', () => ({ SSL_CERT_FILE: '/nowhere/certificates.pem' })],
    ['no certificate', () => ({ SSL_CERT_FILE: pemFile('no certificate') })],
    ['an empty folder', () => ({ SSL_CERT_DIR: temporaryFolder() })],
  ])('%s', async (_, variables) => {
    const byDefault = certificatesOf(trustedCertificates({ cafile: undefined, capath: undefined }, {}))
    expect(certificatesOf(trustedCertificates({ cafile: undefined, capath: undefined }, variables()))).toEqual(
      byDefault,
    )
    // And the step goes on: the private authority is not among the system's, which both say.
    const server = await repository({ tls: certificate.server })
    const run = await besideComposer(server.url, projectWith(server.url), variables())
    expect(run).toMatchObject(bothSay('tls-failed'))
    expect(onlyMessage(run.step)).not.toContain('The file of trusted certificates')
  })
})

/**
 * Debian's and Ubuntu's curl goes on searching its own folder beside the file it is told to trust, so there a `cafile`
 * with one company's authority does not make public certificates fail.
 */
test('beside a cafile the system’s certificates count where curl has a folder of its own', async () => {
  if (!COMPOSER_IS_HERE) return
  const { url } = await webServer((_, response) => response.end('{}'), certificate.server)
  const code = `$curl = curl_init($argv[1]);
    curl_setopt_array($curl, [CURLOPT_CAINFO => $argv[2], CURLOPT_RETURNTRANSFER => true, CURLOPT_VERBOSE => true, CURLOPT_STDERR => fopen('php://stdout', 'w')]);
    curl_exec($curl);`
  // Asynchronously: the server lives in this process.
  const { promisify } = await import('node:util')
  const { execFile } = await import('node:child_process')
  const { stdout } = await promisify(execFile)('php', ['-r', code, '--', url, wrong])
  const folder = /CApath: (\S+)/.exec(stdout)?.[1]
  expect(folder).toBeDefined()

  const configured = { cafile: { value: wrong, written: wrong, source: 'COMPOSER_CAFILE' }, capath: undefined }
  const certificates = certificatesOf(trustedCertificates(configured, {})).map((text) => text.trim())
  expect(certificates).toContain(other.cert.trim())
  if (folder === 'none') return expect(certificates).toHaveLength(1)
  const names = execFileSync('ls', [folder ?? ''], { encoding: 'utf8' })
  expect(certificates.length > 1).toBe(/^[0-9a-f]{8}\.\d+$/m.test(names))
})
