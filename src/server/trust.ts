import { X509Certificate } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import * as tls from 'node:tls'
import type { TrustConfig } from '../composer/config.js'

/** The certificates that count, or the configured file that cannot give them. */
export type Trust =
  | { readonly kind: 'trusted'; readonly certificates: readonly string[] }
  | { readonly kind: 'unusable'; readonly path: string; readonly source: string }

/**
 * The certificates that Composer trusts: those of `COMPOSER_CAFILE` or the `cafile` setting alone, or of `capath`; else
 * of `SSL_CERT_FILE` or `SSL_CERT_DIR`, whichever is usable first; else the system's. Those that only
 * `NODE_EXTRA_CA_CERTS` names are left out: Composer does not know them.
 *
 * Source of the rule: `Util/StreamContextFactory.php::getTlsDefaults`, composer/ca-bundle's `CaBundle.php`.
 */
export function trustedCertificates(config: TrustConfig, env: Readonly<Record<string, string | undefined>>): Trust {
  const { cafile, capath } = config
  if (cafile !== undefined)
    return fromFile(cafile.value) ?? { kind: 'unusable', path: cafile.value, source: cafile.source }
  if (capath !== undefined)
    return fromFolder(capath.value) ?? { kind: 'unusable', path: capath.value, source: capath.source }
  for (const place of [env['SSL_CERT_FILE'], env['SSL_CERT_DIR']]) {
    if (place === undefined || place === '') continue
    const trust = fromFile(place) ?? fromFolder(place)
    if (trust !== undefined) return trust
  }
  return { kind: 'trusted', certificates: [...tls.rootCertificates, ...systemCertificates()] }
}

/** Node gives access to the system's store since 22.15; the demo also runs where it does not. */
function systemCertificates(): readonly string[] {
  return 'getCACertificates' in tls ? tls.getCACertificates('system') : []
}

function fromFile(path: string): Trust | undefined {
  try {
    const certificates = pemCertificates(fs.readFileSync(path, 'utf8'))
    return certificates.length === 0 ? undefined : { kind: 'trusted', certificates }
  } catch {
    return undefined
  }
}

function fromFolder(path: string): Trust | undefined {
  try {
    const certificates = fs.readdirSync(path).flatMap((name) => {
      const trust = /\.(?:pem|crt|cer|0|1)$/.test(name) ? fromFile(join(path, name)) : undefined
      return trust?.kind === 'trusted' ? trust.certificates : []
    })
    return certificates.length === 0 ? undefined : { kind: 'trusted', certificates }
  } catch {
    return undefined
  }
}

/** The certificates of a PEM file; none when the first is not one, as Composer checks no further. */
function pemCertificates(text: string): string[] {
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? []
  const [first] = blocks
  if (first === undefined) return []
  new X509Certificate(first)
  return blocks
}
