import { gzipSync } from 'node:zlib'

/**
 * What the repository says, before it is put on the wire.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} contentType
 * @property {Buffer} body as the client has it after decoding
 * @property {boolean} [gzip] sent with `Content-Encoding: gzip`
 * @property {Record<string, string>} [headers]
 */

/**
 * One request as it is remembered.
 *
 * @typedef {object} LoggedRequest
 * @property {string} method
 * @property {string} path as sent, query included
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {{ username: string, password: string } | null} credentials
 * @property {number | null} status null until an answer began, and for ever if none did
 * @property {number} bytesSent bytes of the body as they went out, compressed if they were
 * @property {boolean} aborted the client left before it had the whole answer
 */

/**
 * A request under way.
 *
 * @typedef {object} Exchange
 * @property {LoggedRequest} log
 * @property {import('node:http').ServerResponse} response
 * @property {(how: 'reset' | 'close') => void} cut ends the connection from this side: with RST, or with FIN
 */

/**
 * @param {number} status
 * @param {unknown} value
 * @returns {Answer}
 */
export function json(status, value) {
  return { status, contentType: 'application/json', body: Buffer.from(JSON.stringify(value)) }
}

/**
 * @param {number} status
 * @param {string} title
 * @returns {Answer}
 */
export function html(status, title) {
  const body = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`
  return { status, contentType: 'text/html', body: Buffer.from(body) }
}

/**
 * The bytes and headers of an answer.
 *
 * @param {Answer} answer
 * @returns {{ status: number, headers: Record<string, string>, body: Buffer }}
 */
export function encode({ status, contentType, body, gzip, headers }) {
  const encoded = gzip ? gzipSync(body) : body
  return {
    status,
    headers: {
      'content-type': contentType,
      'content-length': String(encoded.length),
      ...(gzip && { 'content-encoding': 'gzip' }),
      ...headers,
    },
    body: encoded,
  }
}

/**
 * @param {Exchange} exchange
 * @param {number} status
 * @param {Record<string, string>} headers
 */
export function begin({ log, response }, status, headers) {
  log.status = status
  response.writeHead(status, headers)
}

/**
 * @param {Exchange} exchange
 * @param {Buffer} chunk
 * @param {() => void} [written]
 * @returns {boolean} whether the client keeps up
 */
export function write({ log, response }, chunk, written) {
  log.bytesSent += chunk.length
  return response.write(chunk, () => written?.())
}

/**
 * @param {Exchange} exchange
 * @param {Answer} answer
 */
export function send(exchange, answer) {
  const { status, headers, body } = encode(answer)
  begin(exchange, status, headers)
  if (exchange.log.method !== 'HEAD') write(exchange, body)
  exchange.response.end()
}
