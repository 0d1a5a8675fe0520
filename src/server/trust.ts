import { X509Certificate } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import * as tls from 'node:tls'
import type { ConfigValue, TrustConfig } from '../composer/config.js'

/** The certificates that count, or the configured file that cannot give them. */
export type Trust =
  | { readonly kind: 'trusted'; readonly certificates: readonly string[] }
  /** `path` is the setting as it is written. */
  | { readonly kind: 'unusable'; readonly path: string; readonly source: string }

/** Where distributions keep the system's certificates in one file. Source: composer/ca-bundle's `CaBundle.php`. */
const SYSTEM_FILES = [
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]
/**
 * The folder that curl on Debian and Ubuntu searches besides whatever file it is told to trust (`curl-config --configure`:
 * `--with-ca-path`), so that a `cafile` does not shut the system's certificates out there.
 */
const CURL_FOLDER = '/etc/ssl/certs'

/**
 * The certificates that Composer trusts: those of `COMPOSER_CAFILE` or the `cafile` setting, and of `capath`; without
 * either, of `SSL_CERT_FILE` or `SSL_CERT_DIR`, whichever is usable first; else the system's. To the first two curl may
 * add a folder of its own. Those that only `NODE_EXTRA_CA_CERTS` names are left out: Composer does not know them.
 *
 * Source of the rule: `Util/StreamContextFactory.php::getTlsDefaults`, composer/ca-bundle's `CaBundle.php`.
 */
export function trustedCertificates(config: TrustConfig, env: Readonly<Record<string, string | undefined>>): Trust {
  const { cafile, capath } = config
  if (cafile !== undefined || capath !== undefined) {
    const file = cafile === undefined ? [] : fromFile(cafile.value)
    if (cafile !== undefined && !isSound(file)) return unusable(cafile)
    const folder = capath === undefined ? [] : fromFolder(capath.value)
    if (capath !== undefined && folder === undefined) return unusable(capath)
    return trusted([...(file ?? []), ...(folder ?? [])])
  }
  for (const source of ['SSL_CERT_FILE', 'SSL_CERT_DIR']) {
    const place = env[source] ?? ''
    if (place === '') continue
    const file = fromFile(place)
    if (file !== undefined) return isSound(file) ? trusted(file) : unusable({ written: place, source })
    const folder = isEmpty(place) ? undefined : fromFolder(place)
    if (folder !== undefined) return trusted(folder)
  }
  return { kind: 'trusted', certificates: [...tls.rootCertificates, ...systemCertificates()] }
}

function trusted(certificates: readonly string[]): Trust {
  const byCurl = process.platform === 'linux' ? fromFolder(CURL_FOLDER) : undefined
  return { kind: 'trusted', certificates: [...certificates, ...(byCurl ?? [])] }
}

/** Composer looks at the first certificate of a file only, and then curl refuses a file with any broken one. */
function isSound(file: readonly string[] | undefined): file is readonly string[] {
  return file?.every(isCertificate) === true
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem)
    return true
  } catch {
    return false
  }
}

function unusable({ written, source }: Pick<ConfigValue, 'written' | 'source'>): Trust {
  return { kind: 'unusable', path: written, source }
}

/**
 * Node gives access to the system's store since 22.15. On Linux that store is what `SSL_CERT_FILE` names, usable or not,
 * so the distribution's own file is read as well.
 */
function systemCertificates(): readonly string[] {
  const byNode = 'getCACertificates' in tls ? tls.getCACertificates('system') : []
  if (process.platform === 'win32') return byNode
  const file = SYSTEM_FILES.map(fromFile).find((certificates) => certificates !== undefined)
  return [...byNode, ...(file ?? [])]
}

/** The certificates in a file; undefined when it cannot be read or does not begin with one. */
function fromFile(path: string): readonly string[] | undefined {
  try {
    const certificates = pemCertificates(fs.readFileSync(path, 'utf8'))
    return certificates.length === 0 ? undefined : certificates
  } catch {
    return undefined
  }
}

/**
 * The certificates that OpenSSL finds in a folder: under the hash of their subject, as `openssl rehash` names them, and
 * under no other name. Undefined when the folder cannot be read.
 */
function fromFolder(path: string): readonly string[] | undefined {
  try {
    const names = fs.readdirSync(path).filter((name) => /^[0-9a-f]{8}\.\d+$/.test(name))
    return names.flatMap((name) => fromFile(join(path, name)) ?? [])
  } catch {
    return undefined
  }
}

/** Composer passes over an empty `SSL_CERT_DIR`. Source: `CaBundle::caDirUsable`. */
function isEmpty(folder: string): boolean {
  try {
    return fs.readdirSync(folder).every((name) => name.startsWith('.'))
  } catch {
    return true
  }
}

/** The certificates of a PEM file; none when the first is not one, as Composer checks no further. */
function pemCertificates(text: string): readonly string[] {
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? []
  return blocks[0] !== undefined && isCertificate(blocks[0]) ? blocks : []
}
