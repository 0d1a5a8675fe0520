import type { Socket } from 'node:net'
import { LARGEST_HEAD } from './response-head.js'

/** curl refuses longer lines in this answer. Bytes. Source of the rule: curl, `DYN_PROXY_CONNECT_HEADERS`. */
const LONGEST_LINE = 16 * 1024

/**
 * Asks a proxy for a tunnel, and gives the status that it answers; what it sends behind its head stays in the socket.
 *
 * Of the head curl reads the first line and looks for the empty one, whatever stands in between, where Node's parser would refuse
 * what Composer gets through. To curl an interim answer is a refusal here.
 *
 * @param target host and port
 * @param authorization the value of the `Proxy-Authorization` header
 * @throws what went wrong with the socket, the signal's reason, or an error without a code where the answer cannot be read
 */
export function askForTunnel(
  socket: Socket,
  target: string,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const head = new ConnectHead()
  let stopListening = () => {}
  const answer = new Promise<number>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      const read = head.read(chunk)
      if (read === undefined) return
      stopListening()
      socket.pause()
      if (read.rest.length > 0) socket.unshift(read.rest)
      if (read.status === undefined) reject(new Error('unreadable'))
      else resolve(read.status)
    }
    const onEnd = () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    const onAbort = () => reject(signal.reason)
    stopListening = () => {
      signal.removeEventListener('abort', onAbort)
      socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', reject)
    }
    signal.addEventListener('abort', onAbort)
    socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', reject)
    if (signal.aborted) onAbort()
  })
  const proxyAuthorization = authorization === undefined ? [] : [`Proxy-Authorization: ${authorization}`]
  socket.write([`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, ...proxyAuthorization, '\r\n'].join('\r\n'))
  return answer.finally(() => stopListening())
}

/** Reads the head of an answer to CONNECT piece by piece, to its empty line. */
class ConnectHead {
  #first: string | undefined
  #line = ''
  #size = 0

  /** Undefined as long as more must come; no status where this is no answer, or one that is too long. */
  read(chunk: Buffer): { readonly status: number | undefined; readonly rest: Buffer } | undefined {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf('\n', at)
      const next = end === -1 ? chunk.length : end + 1
      this.#size += next - at
      // One byte is one character: a head has no encoding.
      this.#line += chunk.toString('latin1', at, next)
      at = next
      const rest = chunk.subarray(at)
      if (this.#size > LARGEST_HEAD || this.#line.length > LONGEST_LINE) return { status: undefined, rest }
      if (end === -1) break
      if (/^\r?\n$/.test(this.#line)) return { status: statusIn(this.#first), rest }
      this.#first ??= this.#line
      this.#line = ''
    }
    return undefined
  }
}

function statusIn(line = ''): number | undefined {
  const status = /^HTTP\/1\.[01] (\d{3})(?!\d)/.exec(line)?.[1]
  return status === undefined ? undefined : Number(status)
}
