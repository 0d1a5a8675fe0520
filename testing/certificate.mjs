import { generateKeyPairSync, sign } from 'node:crypto'

/**
 * A certificate for the demo, which must not need an install: Node makes keys and signatures but no certificates, and
 * neither `openssl` nor a package that could make one need be there. Nor is one committed, since its private key would
 * set off every secret scanner that reads this repository. So these few fields are written in DER here
 * (X.690; RFC 5280, 4.1), anew for each run. The tests take theirs from `selfsigned`.
 */

const DAY = 24 * 60 * 60 * 1000
const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
}
// Object identifiers, encoded.
const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex')
const COMMON_NAME = Buffer.from('550403', 'hex')
const SUBJECT_ALT_NAME = Buffer.from('551d11', 'hex')

/**
 * A certificate for a host name, signed by itself and valid for a day, so that it is its own authority, for whoever is
 * told to trust it.
 *
 * @param {string} host
 * @returns {{ key: string, cert: string }} PEM, for `https.createServer`; `cert` also as the file of authorities
 */
export function selfSigned(host) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(TAG.sequence, der(TAG.oid, ECDSA_WITH_SHA256))
  const commonName = der(TAG.sequence, der(TAG.oid, COMMON_NAME), der(TAG.utf8, Buffer.from(host)))
  const name = der(TAG.sequence, der(TAG.set, commonName))
  const alternatives = der(TAG.sequence, der(TAG.dnsName, Buffer.from(host)))
  const extension = der(TAG.sequence, der(TAG.oid, SUBJECT_ALT_NAME), der(TAG.octets, alternatives))
  const certificate = der(
    TAG.sequence,
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1])),
    algorithm,
    name,
    der(TAG.sequence, time(Date.now() - DAY), time(Date.now() + DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(TAG.extensions, der(TAG.sequence, extension)),
  )
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', certificate, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(der(TAG.sequence, certificate, algorithm, signature)),
  }
}

/**
 * @param {number} tag
 * @param {Buffer[]} parts below 64 KiB together
 */
function der(tag, ...parts) {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(content.length)]), content])
}

/** @param {number} length */
function lengthOctets(length) {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

/** @param {number} milliseconds since 1970 */
function time(milliseconds) {
  return der(TAG.time, Buffer.from(`${new Date(milliseconds).toISOString().replace(/^20|\.\d+|[-:T]/g, '')}`))
}

/** @param {Buffer} certificate */
function pem(certificate) {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
