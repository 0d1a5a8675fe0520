import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import { begin, encode, html, send, write } from './answer.mjs'

/**
 * @typedef {import('./answer.mjs').Answer} Answer
 * @typedef {import('./answer.mjs').Exchange} Exchange
 */

/**
 * What goes wrong with one request:
 *
 * - `status`: this status instead (JSON `{}` unless a body is given)
 * - `delay`: the usual answer, `ms` later
 * - `reset`, `close`: no answer, the connection ends with RST or FIN
 * - `truncate`: the usual headers, `bytes` of the body, then the connection ends
 * - `html`: 200 with a maintenance page
 * - `redirect`: to `location`, with 302 unless said otherwise
 * - `endless`: a JSON body without end, as fast as the client reads
 * - `drip`: the usual answer, one byte each `ms` (default 1000)
 * - `silent`: the request is read and never answered
 * - `gzip-bomb`: a small body that inflates to `bytes` of valid JSON
 * - `raw-gzip`: the usual body gzipped, without saying so in Content-Encoding
 * - `corrupt`: the usual body and one byte more, still valid JSON, so that only a checksum can tell
 *
 * @typedef {{ kind: 'status', status: number, body?: string, contentType?: string, headers?: Record<string, string> }
 *   | { kind: 'delay', ms: number }
 *   | { kind: 'reset' }
 *   | { kind: 'close' }
 *   | { kind: 'truncate', bytes: number }
 *   | { kind: 'html' }
 *   | { kind: 'redirect', location: string, status?: number }
 *   | { kind: 'endless' }
 *   | { kind: 'drip', ms?: number }
 *   | { kind: 'silent' }
 *   | { kind: 'gzip-bomb', bytes: number }
 *   | { kind: 'raw-gzip' }
 *   | { kind: 'corrupt' }} Fault
 */

const CHUNK = 64 * 1024
const JSON_HEAD = Buffer.from('{"packages":[')
const JSON_TAIL = Buffer.from(']}')

/**
 * Faults ordered in advance. The first order that matches a path and is not used up wins, so that several orders for
 * one path follow each other.
 */
export function faultOrders() {
  /** @type {{ match: string | RegExp, fault: Fault, left: number, lasts: number, ends?: number }[]} */
  let orders = []
  return {
    /**
     * @param {string | RegExp} match the whole path with `$` decoded and without query, or a pattern to find in it
     * @param {Fault} fault
     * @param {{ times?: number, lasts?: number }} [options] how many requests it hits, and for how many milliseconds
     *   from the first on; without, all and for ever
     */
    order(match, fault, { times = Number.POSITIVE_INFINITY, lasts = Number.POSITIVE_INFINITY } = {}) {
      orders.push({ match, fault, left: times, lasts })
    },
    clear() {
      orders = []
    },
    /**
     * @param {string} path
     * @returns {Fault | undefined}
     */
    take(path) {
      const order = orders.find(
        ({ match, left, ends = Number.POSITIVE_INFINITY }) =>
          // search() ignores lastIndex, which a pattern with the g flag would carry from request to request.
          left > 0 &&
          performance.now() < ends &&
          (typeof match === 'string' ? match === path : path.search(match) >= 0),
      )
      if (order === undefined) return undefined
      order.left--
      order.ends ??= performance.now() + order.lasts
      return order.fault
    },
  }
}

/**
 * @param {Exchange} exchange
 * @param {number} ms
 * @param {() => void} action not called once the connection is gone
 */
function later({ response }, ms, action) {
  const timer = setTimeout(action, ms)
  response.once('close', () => clearTimeout(timer))
}

/** @param {Exchange} exchange */
function sendEndless(exchange) {
  begin(exchange, 200, { 'content-type': 'application/json' })
  const spaces = Buffer.alloc(CHUNK, ' ')
  const pump = () => {
    while (!exchange.response.destroyed && write(exchange, spaces));
  }
  // Waiting for "drain" is what keeps the body from piling up here when the client reads slowly or not at all.
  exchange.response.on('drain', pump)
  write(exchange, JSON_HEAD)
  pump()
}

/**
 * @param {Exchange} exchange
 * @param {Answer} answer
 * @param {number} ms
 */
function sendByteByByte(exchange, answer, ms) {
  const { status, headers, body } = encode(answer)
  begin(exchange, status, headers)
  exchange.response.flushHeaders()
  let sent = 0
  const drip = () => {
    if (sent === body.length) exchange.response.end()
    else later(exchange, ms, drop)
  }
  const drop = () => {
    write(exchange, body.subarray(sent, ++sent))
    drip()
  }
  drip()
}

/** @param {number} bytes */
function* paddedJson(bytes) {
  let padding = Math.max(0, bytes - JSON_HEAD.length - JSON_TAIL.length)
  yield JSON_HEAD
  for (; padding > 0; padding -= CHUNK) yield Buffer.alloc(Math.min(padding, CHUNK), ' ')
  yield JSON_TAIL
}

/**
 * @param {Exchange} exchange
 * @param {number} bytes
 */
function sendGzipBomb(exchange, bytes) {
  begin(exchange, 200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  const source = Readable.from(paddedJson(bytes))
  const gzip = source.pipe(createGzip({ level: 9 }))
  gzip.on('data', (/** @type {Buffer} */ chunk) => {
    if (write(exchange, chunk)) return
    gzip.pause()
    exchange.response.once('drain', () => gzip.resume())
  })
  gzip.on('end', () => exchange.response.end())
  exchange.response.once('close', () => {
    source.destroy()
    gzip.destroy()
  })
}

/**
 * @param {Exchange} exchange
 * @param {Answer} answer
 * @param {number} bytes
 */
function sendTruncated(exchange, answer, bytes) {
  const { status, headers, body } = encode(answer)
  const length = Math.max(body.length, bytes + 1)
  begin(exchange, status, { ...headers, 'content-length': String(length) })
  exchange.response.flushHeaders()
  write(exchange, Buffer.concat([body, Buffer.alloc(length - body.length, ' ')]).subarray(0, bytes), () =>
    exchange.cut('close'),
  )
}

/**
 * Answers a request the wrong way.
 *
 * @param {Exchange} exchange
 * @param {Fault} fault
 * @param {Answer} usual what the repository would have said
 * @returns {void}
 */
export function commit(exchange, fault, usual) {
  switch (fault.kind) {
    case 'status': {
      const { status, body = '{}', contentType = 'application/json', headers = {} } = fault
      return send(exchange, { status, contentType, body: Buffer.from(body), headers })
    }
    case 'delay':
      return later(exchange, fault.ms, () => send(exchange, usual))
    case 'reset':
    case 'close':
      return exchange.cut(fault.kind)
    case 'truncate':
      return sendTruncated(exchange, usual, fault.bytes)
    case 'html':
      return send(exchange, html(200, 'We are down for maintenance'))
    case 'redirect': {
      const { location, status = 302 } = fault
      return send(exchange, { ...html(status, 'Moved'), headers: { location } })
    }
    case 'endless':
      return sendEndless(exchange)
    case 'drip':
      return sendByteByByte(exchange, usual, fault.ms ?? 1000)
    case 'silent':
      return
    case 'gzip-bomb':
      return sendGzipBomb(exchange, fault.bytes)
    case 'raw-gzip':
      return send(exchange, { ...usual, gzip: false, body: gzipSync(usual.body) })
    case 'corrupt':
      return send(exchange, { ...usual, body: Buffer.concat([usual.body, Buffer.from('\n')]) })
    default:
      throw new TypeError(`Unknown fault: ${JSON.stringify(fault)}`)
  }
}
