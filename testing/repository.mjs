import { createServer as createHttpServer, STATUS_CODES } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { html, json, send } from './answer.mjs'
import { archiveStatus, packages as catalogue, accounts as customers, isShown, maySee } from './catalogue.mjs'
import { composerIncludes, composerInline } from './composer-inline.mjs'
import { composerV1 } from './composer-v1.mjs'
import { composerV2 } from './composer-v2.mjs'
import { commit, faultOrders } from './faults.mjs'

/**
 * @typedef {import('./answer.mjs').Answer} Answer
 * @typedef {import('./answer.mjs').LoggedRequest} LoggedRequest
 * @typedef {import('./catalogue.mjs').Access} Access
 * @typedef {import('./catalogue.mjs').Account} Account
 * @typedef {import('./catalogue.mjs').CataloguePackage} CataloguePackage
 */

const HOST = '127.0.0.1'
const HELP = 'For instructions, visit https://devdocs.magento.com/guides/v2.3/install-gde/prereq/connect-auth.html'

/**
 * What repo.magento.com says with status 401, word for word as Composer prints it after "Warning from
 * repo.magento.com:" (cweagans/composer-patches#369 and markshust/docker-magento#1076 are two of many reports).
 */
export const warnings = {
  missing: `You haven't provided your Magento authentication keys. ${HELP}`,
  invalid: `Your Magento authentication keys are invalid. Please double-check your keys in your Marketplace account. ${HELP}`,
}

/**
 * How the repository speaks to Composer:
 *
 * - `v1`: provider-includes and package files by their sha256, as repo.magento.com
 * - `v2`: `metadata-url`, as packagist.org, repo.mage-os.org and Private Packagist
 * - `inline`: everything in packages.json
 * - `includes`: everything in files that packages.json includes, as Satis
 *
 * @typedef {'v1' | 'v2' | 'inline' | 'includes'} Protocol
 */

const METADATA = {
  v1: /^\/(packages\.json$|p\/)/,
  v2: /^\/(packages\.json$|p2\/)/,
  inline: /^\/packages\.json$/,
  includes: /^\/(packages\.json$|include\/)/,
}

const DIALECTS = { v1: composerV1, v2: composerV2, inline: composerInline, includes: composerIncludes }

/**
 * Besides what is listed here, what metadata says about archives: `distUrl`, `mirrors`, `metapackageDist`, `shasum`
 * (see DistOptions in releases.mjs).
 *
 * @typedef {object} OwnOptions
 * @property {import('node:https').ServerOptions} [tls] speak https, with this key and certificate
 * @property {boolean} [http2] and HTTP/2 with whoever offers it, as repo.magento.com does
 * @property {string | ((port: number) => string)} [publicUrl] the URL under which clients reach the server, when it
 *   is not the server's own: it stands in dist URLs and in the project's composer.json, and may have a path
 * @property {number} [port] default: a free one
 * @property {readonly import('./catalogue.mjs').CataloguePackage[]} [packages]
 * @property {Record<string, Account>} [accounts]
 * @property {Protocol} [protocol] default: v1
 * @property {import('./composer-v2.mjs').Listing} [listing] with v2: whether packages.json lists what there is.
 *   Default: none
 * @property {(headers: import('node:http').IncomingHttpHeaders) => { username: string, password: string } | null} [credentials]
 *   how the server reads credentials. Default: Basic
 * @property {boolean | Access} [anonymous] needs no keys and shows everything to everybody, whatever keys are sent: a
 *   stand-in for packagist.org or mirror.mage-os.org. Given an object, less what that says
 *
 * @typedef {OwnOptions & import('./releases.mjs').DistOptions} RepositoryOptions
 */

/**
 * What a header for Basic authentication holds.
 *
 * @param {string | undefined} header
 * @returns {{ username: string, password: string } | null}
 */
export function basicCredentials(header) {
  const [, encoded] = /^basic +(\S+) *$/i.exec(header ?? '') ?? []
  if (encoded === undefined) return null
  const pair = Buffer.from(encoded, 'base64').toString()
  const colon = pair.indexOf(':')
  return colon < 0 ? null : { username: pair.slice(0, colon), password: pair.slice(colon + 1) }
}

/**
 * What stands in for an archive that is not handed out.
 *
 * @param {number} status
 * @returns {Answer | null}
 */
function refused(status) {
  if (status === 200) return null
  return status === 401 ? json(401, { warning: warnings.invalid }) : html(status, `${status} ${STATUS_CODES[status]}`)
}

/**
 * Composer asks for `$` as `%24` (ComposerRepository.php), other clients send it raw; both are known to work.
 *
 * @param {string} url
 * @param {string} prefix
 */
function askedPath(url, prefix) {
  const [path = ''] = url.split('?')
  const decoded = path.replaceAll('%24', '$')
  return prefix !== '' && decoded.startsWith(`${prefix}/`) ? decoded.slice(prefix.length) : decoded
}

/**
 * Starts a repository that behaves like repo.magento.com, on a loopback port.
 *
 * Whoever asks for metadata or an archive without an account behind the keys gets 401 with one of two JSON warnings
 * and no WWW-Authenticate; whoever asks for something the account does not include gets 404, as since 2020
 * (magento/magento2#32098). Taken from reports, not seen on the wire: an empty pair of keys counts as none, and a
 * refused key gets 401 on an archive too.
 *
 * @example a shop's repository in which the packages of another account can be downloaded but not seen
 * startRepository({ protocol: 'v2', accounts: { shop: createAccount('shop', { archivesOnly: new Set(['acme/a']) }) } })
 * @example a public mirror that leaves the URLs of repo.magento.com in its metadata
 * startRepository({ anonymous: true, distUrl: ({ type }, own) => own.replace(mirror, 'https://repo.magento.com') })
 *
 * @param {RepositoryOptions} [options]
 */
export async function startRepository(options = {}) {
  const { tls, http2 = false, port: wantedPort = 0, packages = catalogue, accounts = customers } = options
  const { protocol = 'v1', anonymous } = options
  const { credentials: read = ({ authorization }) => basicCredentials(authorization) } = options
  const server = createServer(tls, http2)
  /** @type {Map<number | undefined, import('node:net').Socket>} */
  const sockets = new Map()
  let closing = false
  // The raw socket, because only that one can be reset: a TLSSocket's handle is no TCP handle.
  server.on('connection', (/** @type {import('node:net').Socket} */ socket) => {
    const { remotePort } = socket
    sockets.set(remotePort, socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(remotePort))
  })
  // A client that distrusts the certificate is not the server's problem.
  server.on('tlsClientError', () => {})

  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wantedPort, HOST, () => resolve(undefined))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The repository has no port')
  const { port } = address
  const url = `${tls === undefined ? 'http' : 'https'}://${HOST}:${port}`
  const { publicUrl: wantedUrl = url } = options
  const described = () => {
    const publicUrl = (typeof wantedUrl === 'string' ? wantedUrl : wantedUrl(port)).replace(/\/+$/, '')
    const prefix = new URL(publicUrl).pathname.replace(/\/$/, '')
    return { publicUrl, prefix, speak: DIALECTS[protocol](packages, publicUrl, options) }
  }
  /** @type {ReturnType<typeof described>} */
  let description
  try {
    description = described()
  } catch (error) {
    // A mistake in the options must not leave a server behind, which would keep the whole test run from ending.
    server.close()
    throw error
  }
  const { publicUrl, prefix, speak } = description
  const faults = faultOrders()
  /** @type {LoggedRequest[]} */
  const requests = []

  /**
   * @param {string} path
   * @param {LoggedRequest} request
   * @returns {Answer}
   */
  function answer(path, { method, headers, credentials }) {
    if (!isServed(path)) return html(404, '404 Not Found')
    // Magento's Web Setup Wizard checked keys with POST /packages.json (PackagesAuth.php, checkCredentials).
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') return html(405, '405 Method Not Allowed')
    if (anonymous) {
      const access = anonymous === true ? {} : anonymous
      return reply(path, headers, access, (release) => isShown(access, release))
    }
    if (isEmpty(credentials)) return json(401, { warning: warnings.missing })
    const account = accountOf(accounts, credentials)
    if (account === undefined || account.disabled) return json(401, { warning: warnings.invalid })
    return reply(path, headers, account, (release) => maySee(account, release))
  }

  /**
   * Whether there is anything under a path for anybody, and so whether keys are asked for.
   *
   * @param {string} path
   */
  function isServed(path) {
    return METADATA[protocol].test(path) || path.startsWith('/archives/') || speak(path, packages) !== null
  }

  /**
   * @param {string} path
   * @param {import('node:http').IncomingHttpHeaders} headers
   * @param {Access} access
   * @param {(release: CataloguePackage) => boolean} sees
   * @returns {Answer}
   */
  function reply(path, headers, access, sees) {
    const visible = packages.filter(sees)
    const found = speak(path, visible, (release) => refused(archiveStatus(access, release, sees(release))))
    if (found === null) return html(404, '404 Not Found')
    const modified = found.headers?.['last-modified']
    if (modified === undefined || modified !== headers['if-modified-since']) return found
    return { ...found, status: 304, body: Buffer.alloc(0) }
  }

  server.on('request', (request, response) => {
    const { method = '', url: asked = '', headers } = request
    const credentials = read(headers)
    /** @type {LoggedRequest} */
    const log = { method, path: asked, headers, credentials, status: null, bytesSent: 0, aborted: false }
    requests.push(log)
    let cutHere = false
    response.once('close', () => {
      log.aborted = !response.writableFinished && !cutHere && !closing
    })
    request.resume()
    const { remotePort } = request.socket
    const exchange = {
      log,
      response,
      cut(/** @type {'reset' | 'close'} */ how) {
        cutHere = true
        if (how === 'reset') sockets.get(remotePort)?.resetAndDestroy()
        else request.socket.destroy()
      },
    }
    const path = askedPath(asked, prefix)
    const fault = faults.take(path)
    if (fault === undefined) send(exchange, answer(path, log))
    else commit(exchange, fault, answer(path, log))
  })

  return {
    /** The server's own URL, without a trailing slash. */
    url,
    publicUrl,
    /** `host:port`, the key under which Composer looks for credentials (Composer's Url::getOrigin). */
    origin: `${HOST}:${port}`,
    host: HOST,
    port,
    /** In order of arrival. */
    requests,
    faults: { order: faults.order, clear: faults.clear },
    /** Destroys what is open. @returns {Promise<void>} */
    close() {
      closing = true
      return new Promise((resolve) => {
        server.close(() => resolve())
        // That of HTTP/2 has none, and all its sockets are among these.
        server.closeAllConnections?.()
        for (const socket of sockets.values()) socket.destroy()
      })
    },
  }
}

/**
 * @param {import('node:https').ServerOptions | undefined} tls
 * @param {boolean} http2
 */
function createServer(tls, http2) {
  if (tls === undefined) return createHttpServer()
  if (!http2) return createHttpsServer(tls)
  // Its requests and answers are those of HTTP/1.1 to whoever handles them, as far as this repository goes.
  const server = createSecureServer({ ...tls, allowHTTP1: true })
  return /** @type {import('node:https').Server} */ (/** @type {unknown} */ (server))
}

/** @typedef {Awaited<ReturnType<typeof startRepository>>} Repository */

/**
 * Nobody's, or those of a client that was told of none.
 *
 * @param {{ username: string, password: string } | null} credentials
 * @returns {credentials is null}
 */
function isEmpty(credentials) {
  return credentials === null || (credentials.username === '' && credentials.password === '')
}

/**
 * @param {Record<string, Account>} accounts
 * @param {{ username: string, password: string }} credentials
 */
function accountOf(accounts, { username, password }) {
  return Object.values(accounts).find(({ publicKey, privateKey }) => publicKey === username && privateKey === password)
}
