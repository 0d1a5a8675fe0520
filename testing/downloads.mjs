import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { html, send } from './answer.mjs'
import { downloader } from './catalogue.mjs'
import { commit, faultOrders } from './faults.mjs'
import { basicCredentials } from './repository.mjs'

/**
 * @typedef {import('./answer.mjs').Answer} Answer
 * @typedef {import('./answer.mjs').LoggedRequest} LoggedRequest
 */

const HOST = '127.0.0.1'
/** The path below which Adobe has them. */
const PATH = '/products/downloads/'
const HELP = 'Usage: info/help, info/files, file/<FILENAME>\n'

/**
 * @param {number} status
 * @param {string | Buffer} body
 * @param {string} [contentType]
 * @returns {Answer}
 */
function plain(status, body, contentType = 'text/plain') {
  return { status, contentType, body: Buffer.from(body) }
}

/**
 * Starts Adobe's service for downloads of archives and patches on a loopback port: `info/help`, `info/files` and
 * `file/<name>`, with a MAGEID and its token as Basic credentials. Adobe shows one request for it and no answer; that it
 * answers 401 to others is taken from how Basic works.
 *
 * @param {{ tls?: import('node:https').ServerOptions, mageId?: string, token?: string, files?: Record<string, Buffer> }} [options]
 */
export async function startDownloads(options = {}) {
  const { tls, mageId = downloader.mageId, token = downloader.token } = options
  const { files = { 'patch.zip': Buffer.from('a patch') } } = options
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls)
  server.on('tlsClientError', () => {})
  const faults = faultOrders()
  /** @type {LoggedRequest[]} */
  const requests = []

  /**
   * @param {string} path
   * @param {LoggedRequest['credentials']} credentials
   * @returns {Answer}
   */
  function answer(path, credentials) {
    if (!path.startsWith(PATH)) return html(404, '404 Not Found')
    if (credentials?.username !== mageId || credentials.password !== token) {
      return { ...html(401, '401 Unauthorized'), headers: { 'www-authenticate': 'Basic realm="Downloads"' } }
    }
    const asked = path.slice(PATH.length)
    if (asked === 'info/help') return plain(200, HELP)
    if (asked === 'info/files') return plain(200, `${Object.keys(files).join('\n')}\n`)
    const file = files[/^file\/(.+)$/.exec(asked)?.[1] ?? '']
    return file === undefined ? html(404, '404 Not Found') : plain(200, file, 'application/octet-stream')
  }

  server.on('request', (request, response) => {
    const { method = '', url: path = '', headers } = request
    const credentials = basicCredentials(headers.authorization)
    /** @type {LoggedRequest} */
    const log = { method, path, headers, credentials, status: null, bytesSent: 0, aborted: false }
    requests.push(log)
    const exchange = { log, response, cut: () => request.socket.destroy() }
    const fault = faults.take(path)
    if (fault === undefined) send(exchange, answer(path, credentials))
    else commit(exchange, fault, answer(path, credentials))
  })

  await new Promise((resolve) => server.listen(0, HOST, () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const { port } = address
  return {
    /** What `download-url` takes. */
    url: `${tls === undefined ? 'http' : 'https'}://${HOST}:${port}${PATH}`,
    origin: `${HOST}:${port}`,
    port,
    /** In order of arrival. */
    requests,
    faults: { order: faults.order, clear: faults.clear },
    /** @returns {Promise<void>} */
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof startDownloads>>} DownloadService */
