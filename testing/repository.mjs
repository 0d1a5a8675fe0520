import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { html, json, send } from './answer.mjs'
import { packages as catalogue, accounts as customers, maySee } from './catalogue.mjs'
import { composerV1 } from './composer-v1.mjs'
import { commit, faultOrders } from './faults.mjs'

/**
 * @typedef {import('./answer.mjs').Answer} Answer
 * @typedef {import('./answer.mjs').LoggedRequest} LoggedRequest
 * @typedef {import('./catalogue.mjs').Account} Account
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
 * @typedef {object} RepositoryOptions
 * @property {import('node:https').ServerOptions} [tls] speak https, with this key and certificate
 * @property {string | ((port: number) => string)} [publicUrl] the URL under which clients reach the server, when it
 *   is not the server's own: it stands in dist URLs and in the project's composer.json, and may have a path
 * @property {number} [port] default: a free one
 * @property {readonly import('./catalogue.mjs').CataloguePackage[]} [packages]
 * @property {Record<string, Account>} [accounts]
 */

/**
 * @param {string | undefined} header
 * @returns {{ username: string, password: string } | null}
 */
function basicCredentials(header) {
  const [, encoded] = /^basic +(\S+) *$/i.exec(header ?? '') ?? []
  if (encoded === undefined) return null
  const pair = Buffer.from(encoded, 'base64').toString()
  const colon = pair.indexOf(':')
  return colon < 0 ? null : { username: pair.slice(0, colon), password: pair.slice(colon + 1) }
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
 * @param {RepositoryOptions} [options]
 */
export async function startRepository(options = {}) {
  const { tls, port: wantedPort = 0, packages = catalogue, accounts = customers } = options
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls)
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
  const publicUrl = (typeof wantedUrl === 'string' ? wantedUrl : wantedUrl(port)).replace(/\/+$/, '')
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '')
  const speak = composerV1(packages, publicUrl)
  const faults = faultOrders()
  /** @type {LoggedRequest[]} */
  const requests = []

  /**
   * @param {string} path
   * @param {LoggedRequest} request
   * @returns {Answer}
   */
  function answer(path, { method, credentials }) {
    if (!/^\/(packages\.json$|p\/|archives\/)/.test(path)) return html(404, '404 Not Found')
    // Magento's Web Setup Wizard checked keys with POST /packages.json (PackagesAuth.php, checkCredentials).
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') return html(405, '405 Method Not Allowed')
    if (credentials === null || (credentials.username === '' && credentials.password === '')) {
      return json(401, { warning: warnings.missing })
    }
    const account = Object.values(accounts).find(
      (known) => known.publicKey === credentials.username && known.privateKey === credentials.password,
    )
    if (account === undefined || account.disabled) return json(401, { warning: warnings.invalid })
    const visible = packages.filter((known) => maySee(account, known))
    return speak(path, visible) ?? html(404, '404 Not Found')
  }

  server.on('request', (request, response) => {
    const { method = '', url: asked = '', headers } = request
    const credentials = basicCredentials(headers.authorization)
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
        server.closeAllConnections()
        for (const socket of sockets.values()) socket.destroy()
      })
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof startRepository>>} Repository */
