import { createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'

const HOST = '127.0.0.1'

/**
 * @typedef {object} ProxyRequest
 * @property {string} method
 * @property {string} target `host:port` of a CONNECT, otherwise the absolute URL
 * @property {{ username: string, password: string } | null} credentials
 * @property {number | null} status null as long as nothing was answered
 */

/**
 * @typedef {object} ProxyOptions
 * @property {{ username: string, password: string }} [credentials] answer 407 to whoever does not bring these
 * @property {Record<string, { host: string, port: number }>} [resolve] `host` or `host:port` to where it really is:
 *   names that nobody but the proxy can resolve
 * @property {number} [refuse] answer everything with this status
 * @property {boolean} [silent] accept everything and answer nothing
 */

/** @typedef {{ host: string, port: number }} Endpoint */

/**
 * @param {string | undefined} header
 * @returns {ProxyRequest['credentials']}
 */
function basicCredentials(header) {
  const [, encoded] = /^basic +(\S+) *$/i.exec(header ?? '') ?? []
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  return username === undefined || password === undefined ? null : { username, password }
}

/**
 * @param {string} target `host:port`
 * @returns {Endpoint | null}
 */
function endpoint(target) {
  const [, host, port] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(target) ?? []
  return host === undefined ? null : { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** @param {string} host */
function isLoopback(host) {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

/**
 * Starts a forward proxy on a loopback port: CONNECT for https, absolute URLs for http (RFC 9110 9.3.6, RFC 9112
 * 3.2.2). It never leaves the machine: what `resolve` does not name must be a loopback address, or the answer is 502.
 *
 * @param {ProxyOptions} [options]
 */
export async function startProxy({ credentials: wanted, resolve = {}, refuse, silent = false } = {}) {
  /** @type {ProxyRequest[]} */
  const requests = []
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  const server = createServer()

  /** @param {import('node:net').Socket} socket */
  function track(socket) {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }

  /**
   * @param {Endpoint} asked
   * @returns {Endpoint | null}
   */
  function locate(asked) {
    const known = resolve[`${asked.host}:${asked.port}`] ?? resolve[asked.host]
    return known ?? (isLoopback(asked.host) ? asked : null)
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @returns {ProxyRequest}
   */
  function remember({ method = '', url = '', headers }) {
    const log = { method, target: url, credentials: basicCredentials(headers['proxy-authorization']), status: null }
    requests.push(log)
    return log
  }

  /**
   * The status with which the proxy itself turns a request away, if it does.
   *
   * @param {ProxyRequest} log
   * @returns {number | null}
   */
  function refusal({ credentials: given }) {
    if (refuse !== undefined) return refuse
    if (wanted === undefined) return null
    return given?.username === wanted.username && given.password === wanted.password ? null : 407
  }

  /** @param {number} status */
  function refusalHeaders(status) {
    return { 'content-length': '0', ...(status === 407 && { 'proxy-authenticate': 'Basic realm="proxy"' }) }
  }

  server.on('connection', track)

  server.on('connect', (request, /** @type {import('node:net').Socket} */ client, head) => {
    const log = remember(request)
    if (silent) return
    const turnAway = (/** @type {number} */ status) => {
      log.status = status
      const headers = Object.entries({ ...refusalHeaders(status), connection: 'close' })
      client.end(`HTTP/1.1 ${status} Refused\r\n${headers.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`)
    }
    const refused = refusal(log)
    if (refused !== null) return turnAway(refused)
    const asked = endpoint(log.target)
    const found = asked === null ? null : locate(asked)
    if (found === null) return turnAway(502)

    const upstream = connect(found)
    track(upstream)
    upstream.once('error', () => {
      if (log.status === null) turnAway(502)
      else client.destroy()
    })
    upstream.once('connect', () => {
      log.status = 200
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    client.once('close', () => upstream.destroy())
  })

  server.on('request', (request, response) => {
    const log = remember(request)
    if (silent) return
    const turnAway = (/** @type {number} */ status) => {
      log.status = status
      response.writeHead(status, refusalHeaders(status)).end()
    }
    const refused = refusal(log)
    if (refused !== null) return turnAway(refused)
    if (!/^http:\/\//i.test(log.target)) return turnAway(400)
    const url = new URL(log.target)
    const found = locate({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) })
    if (found === null) return turnAway(502)

    // What is meant for the proxy ends here (RFC 9110 11.7.1).
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers
    const upstream = httpRequest({
      ...found,
      method: log.method,
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host },
      agent: false,
    })
    upstream.on('socket', track)
    upstream.once('error', () => {
      if (response.headersSent) response.destroy()
      else turnAway(502)
    })
    upstream.once('response', (answer) => {
      log.status = answer.statusCode ?? null
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.once('aborted', () => response.destroy())
    })
    response.once('close', () => upstream.destroy())
    request.pipe(upstream)
  })

  await new Promise((done, reject) => {
    server.once('error', reject)
    server.listen(0, HOST, () => done(undefined))
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  const { port } = address
  return {
    /** For `http_proxy` and `https_proxy`, without credentials. */
    url: `http://${HOST}:${port}`,
    origin: `${HOST}:${port}`,
    host: HOST,
    port,
    /** In order of arrival. */
    requests,
    /** Destroys what is open. @returns {Promise<void>} */
    close() {
      return new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
        for (const socket of sockets) socket.destroy()
      })
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof startProxy>>} ForwardProxy */
