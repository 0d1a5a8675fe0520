import { X509Certificate } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import * as tls from 'node:tls'
import { namesIn, readBounded } from '../bounds/bounded-file.js'
import type { ConfigValue, TrustConfig } from '../composer/config.js'

/**
 * Why a configured file or folder cannot give certificates; `broken` where one behind the first is, and `too-large` for this
 * action alone.
 */
export type Untrustable = 'missing' | 'unreadable' | 'no-certificate' | 'broken' | 'too-large'

/** The certificates that count, or the configured file that cannot give them. */
export type Trust =
  | {
      readonly kind: 'trusted'
      /** In PEM. Those of the system are read when they are asked for: a run over http alone needs none. */
      readonly certificates: () => readonly string[]
      /** Those that the system has besides in a folder, each in a file of its own; read in the same way. */
      readonly inFolder: () => readonly string[]
    }
  | {
      readonly kind: 'unusable'
      /** The setting as it is written. */
      readonly path: string
      readonly source: string
      readonly setting: 'cafile' | 'capath'
      readonly reason: Untrustable
    }

/** What a file or a folder holds; undefined for nothing usable. */
type Certificates = readonly string[] | 'too-large' | undefined

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

/** The authorities that browsers know take some 220 kB. Read are a file's bytes, and a folder's files together. */
const LONGEST_FILE = 4 * 1024 * 1024
/** Distributions have some 300, each twice, by its name and by its hash. */
const MOST_FILES = 20_000

/**
 * The certificates that Composer trusts: those of `COMPOSER_CAFILE` or the `cafile` setting, and of `capath`; without
 * either, of `SSL_CERT_FILE` or `SSL_CERT_DIR`, whichever is usable first; else the system's file, or its own list, whose
 * authorities Node has as well. To the first two curl may add a folder of its own. What php.ini names is not known here. Those that only `NODE_EXTRA_CA_CERTS` names are left out: Composer does not know them.
 *
 * Source of the rule: `Util/StreamContextFactory.php::getTlsDefaults`, composer/ca-bundle's `CaBundle.php`.
 */
export function trustedCertificates(config: TrustConfig, env: Readonly<Record<string, string | undefined>>): Trust {
  const { cafile, capath } = config
  if (cafile !== undefined || capath !== undefined) return configured(cafile, capath)
  for (const source of ['SSL_CERT_FILE', 'SSL_CERT_DIR']) {
    const written = env[source] ?? ''
    const trust = written === '' ? undefined : named({ written, source })
    if (trust !== undefined) return trust
  }
  return {
    kind: 'trusted',
    certificates: () => [...tls.rootCertificates, ...systemsFile()],
    inFolder: onLinux,
  }
}

function configured(cafile: ConfigValue | undefined, capath: ConfigValue | undefined): Trust {
  const file = cafile === undefined ? [] : fromFile(cafile.value)
  if (cafile !== undefined && !isSound(file)) return unusable('cafile', cafile, cafile.value, file)
  const folder = capath === undefined ? [] : fromFolder(capath.value)
  if (capath !== undefined && !Array.isArray(folder)) return unusable('capath', capath, capath.value, folder)
  return trusted([...listed(file), ...listed(folder)])
}

/** What one of OpenSSL's variables names, a file or a folder; undefined where Composer passes over it. */
function named(setting: Pick<ConfigValue, 'written' | 'source'>): Trust | undefined {
  const file = fromFile(setting.written)
  if (file !== undefined) return isSound(file) ? trusted(file) : unusable('cafile', setting, setting.written, file)
  const folder = isEmpty(setting.written) ? undefined : fromFolder(setting.written)
  if (folder === undefined) return undefined
  return folder === 'too-large' ? unusable('capath', setting, setting.written, folder) : trusted(folder)
}

function trusted(certificates: readonly string[]): Trust {
  const byCurl = () => (process.platform === 'linux' ? fromFolder(CURL_FOLDER) : undefined)
  return { kind: 'trusted', certificates: () => certificates, inFolder: () => listed(byCurl()) }
}

/** Composer looks at the first certificate of a file only, and then curl refuses a file with any broken one. */
function isSound(file: Certificates): file is readonly string[] {
  return Array.isArray(file) && file.every(isCertificate)
}

function listed(certificates: Certificates): readonly string[] {
  return certificates === undefined || certificates === 'too-large' ? [] : certificates
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem)
    return true
  } catch {
    return false
  }
}

function unusable(
  setting: 'cafile' | 'capath',
  { written, source }: Pick<ConfigValue, 'written' | 'source'>,
  path: string,
  found: Certificates,
): Trust {
  const reason = found === 'too-large' ? found : whyUnusable(path, found)
  return { kind: 'unusable', path: written, source, setting, reason }
}

function whyUnusable(path: string, found: readonly string[] | undefined): Untrustable {
  if (found !== undefined) return 'broken'
  try {
    accessSync(path, constants.R_OK)
    return 'no-certificate'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? 'missing' : 'unreadable'
  }
}

function systemsFile(): readonly string[] {
  return listed(SYSTEM_FILES.map((path) => fromFile(path)).find((certificates) => certificates !== undefined))
}

/**
 * What Node takes for the system's store, since 22.15: on Linux files and folders that OpenSSL knows, or that `SSL_CERT_FILE`
 * names, usable or not. The stores of Windows and macOS are none of Composer's: see system-store.ts.
 */
function onLinux(): readonly string[] {
  return process.platform === 'linux' && 'getCACertificates' in tls ? tls.getCACertificates('system') : []
}

/** The certificates in a file; undefined when it cannot be read or does not begin with one. */
function fromFile(path: string): Certificates {
  const read = certificatesIn(path, LONGEST_FILE)
  return read === 'too-large' ? read : read.certificates
}

/** The same of a file of so many bytes at most, with how many it has. */
function certificatesIn(
  path: string,
  limit: number,
): { readonly certificates: readonly string[] | undefined; readonly bytes: number } | 'too-large' {
  const file = readBounded(path, limit)
  if (file.kind === 'too-large') return 'too-large'
  if (file.kind !== 'bytes') return { certificates: undefined, bytes: 0 }
  const certificates = pemCertificates(file.bytes.toString())
  return { certificates: certificates.length === 0 ? undefined : certificates, bytes: file.bytes.length }
}

/**
 * The certificates that OpenSSL finds in a folder: under the hash of their subject, as `openssl rehash` names them, and
 * under no other name. Undefined when the folder cannot be read.
 */
function fromFolder(path: string): Certificates {
  const found = namesIn(path, MOST_FILES)
  if (found?.complete !== true) return found && 'too-large'
  const all: string[] = []
  // Of all that is read, be it certificates or not: thousands of links can lead to one large file.
  let left = LONGEST_FILE
  for (const name of found.names) {
    if (!/^[0-9a-f]{8}\.\d+$/.test(name)) continue
    const read = certificatesIn(join(path, name), left)
    if (read === 'too-large') return read
    left -= read.bytes
    for (const certificate of read.certificates ?? []) all.push(certificate)
  }
  return all
}

/** Composer passes over an empty `SSL_CERT_DIR`. Source: `CaBundle::caDirUsable`. */
function isEmpty(folder: string): boolean {
  return namesIn(folder, MOST_FILES)?.names.every((name) => name.startsWith('.')) !== false
}

const BEGIN = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g
const END = /-----END (?:TRUSTED )?CERTIFICATE-----/g

/** The certificates of a PEM file; none when the first is not one, as Composer checks no further. */
function pemCertificates(text: string): readonly string[] {
  const blocks: string[] = []
  // In one pass: a pattern for both ends looks for an end from each beginning anew.
  for (let from = 0; ; ) {
    const begin = found(BEGIN, text, from)
    const end = begin && found(END, text, begin.end + 1)
    if (begin === undefined || end === undefined) break
    blocks.push(text.slice(begin.start, end.end))
    from = end.end
  }
  return blocks[0] !== undefined && isCertificate(blocks[0]) ? blocks : []
}

function found(
  pattern: RegExp,
  text: string,
  from: number,
): { readonly start: number; readonly end: number } | undefined {
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match === null ? undefined : { start: match.index, end: pattern.lastIndex }
}
