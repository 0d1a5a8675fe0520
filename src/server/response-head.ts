import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { RequestFailure } from './failure.js'

/**
 * The most that the head of an answer may have, and one line of it. Bytes. Source of the rule: curl, `MAX_HTTP_RESP_HEADER_SIZE`
 * and `DYN_H1_TRAILER`; tried with 7.88.
 */
export const LARGEST_HEAD = 300 * 1024
const LONGEST_LINE = 100 * 1024

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/

/**
 * A connection on which one answer is read as curl reads it. Node's parser refuses heads that curl takes, and knows two
 * manners only: its strict one, and one that forgives more than curl does and refuses two equal lengths all the same. So the
 * head is read here, by curl's rules, and handed on in the one form about which nobody disagrees. Nothing can be smuggled
 * into it: a connection serves one request and ends with its answer.
 */
export function readAsCurlDoes(socket: Socket): Duplex {
  return new AnswerConnection(socket)
}

class AnswerConnection extends Duplex {
  readonly #socket: Socket
  readonly #head = new HeadReader()

  constructor(socket: Socket) {
    super({ autoDestroy: true })
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('end', () => this.push(null))
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
    socket.pause()
  }

  #receive(chunk: Buffer): void {
    try {
      const bytes = this.#head.read(chunk)
      if (bytes.length > 0 && !this.push(bytes)) this.#socket.pause()
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('unreadable'))
    }
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }

  /** What Node's http asks of a connection beside what a stream has. */
  setTimeout(milliseconds: number, onTimeout?: () => void): this {
    this.#socket.setTimeout(milliseconds, onTimeout)
    return this
  }
}

/** Holds an answer's head back until it is complete, and lets everything behind it pass. */
class HeadReader {
  #lines: string[] = []
  #partial = ''
  #size = 0
  #done = false

  /** What may go on to the parser. @throws RequestFailure `malformed` */
  read(chunk: Buffer): Buffer {
    const ready: Buffer[] = []
    let at = 0
    while (!this.#done && at < chunk.length) {
      const end = chunk.indexOf('\n', at)
      const next = end === -1 ? chunk.length : end + 1
      this.#size += next - at
      // One byte is one character: a head has no encoding.
      this.#partial += chunk.toString('latin1', at, next)
      at = next
      if (this.#lines.length === 0 && !'HTTP/'.startsWith(this.#partial.slice(0, 5))) throw malformed('not-http')
      if (this.#size > LARGEST_HEAD || this.#partial.length > LONGEST_LINE) throw malformed('long-head')
      if (end === -1) break
      const line = this.#partial.replace(/\r?\n$/, '')
      this.#partial = ''
      if (line !== '') this.#lines.push(line)
      else ready.push(this.#complete())
    }
    return Buffer.concat([...ready, chunk.subarray(at)])
  }

  #complete(): Buffer {
    const [first = '', ...lines] = this.#lines
    this.#lines = []
    const { status, head } = plainHead(first, lines)
    // An interim answer (RFC 9110, 15.2) is followed by the head of the real one.
    this.#done = status >= 200
    return Buffer.from(head, 'latin1')
  }
}

/** A head in the form of RFC 9112, with what curl makes of the lines that are not. */
function plainHead(first: string, lines: readonly string[]): { status: number; head: string } {
  // Servers are seen that say HTTP/2 in HTTP/1's form; curl believes them.
  const [, spelled = '', reason = ''] = /^HTTP\/(?:1\.[01]|[23]) (\d{3})(?: (.*))?$/.exec(first) ?? []
  if (spelled === '') throw malformed('not-http')
  // A change of the protocol that nobody asked for: curl reads on as if it were the answer, and Composer takes it.
  const status = spelled === '101' ? 200 : Number(spelled)
  const fields = lines.flatMap(fieldIn)
  // First, because a parser keeps only so many.
  const [needed, others] = [fields.filter(isNeeded), fields.filter((field) => !isNeeded(field) && !isFraming(field))]
  const written = [...framingOf(fields), ...needed, ...others].map(({ name, value }) => `${name}: ${value}`)
  return { status, head: `${[`HTTP/1.1 ${status} ${printable(reason)}`, ...written].join('\r\n')}\r\n\r\n` }
}

interface Field {
  /** In lower case. */
  readonly name: string
  readonly value: string
}

/** The field in a line; none in what curl passes over. @throws RequestFailure `malformed` */
function fieldIn(line: string): Field[] {
  // A line that goes on with the one before it is none to curl.
  if (/^[ \t]/.test(line)) return []
  const colon = line.indexOf(':')
  if (colon === -1 || line.includes('\0')) throw malformed('header')
  const name = line.slice(0, colon)
  return TOKEN.test(name) ? [{ name: name.toLowerCase(), value: printable(line.slice(colon + 1)).trim() }] : []
}

function isNeeded({ name }: Field): boolean {
  return name === 'content-encoding' || name === 'location'
}

function isFraming({ name }: Field): boolean {
  return name === 'content-length' || name === 'transfer-encoding'
}

/** What tells where the body ends, in one field; none where the connection's end does. @throws RequestFailure `malformed` */
function framingOf(fields: readonly Field[]): Field[] {
  const valuesOf = (wanted: string) => fields.filter(({ name }) => name === wanted).map(({ value }) => value)
  // Of several the last counts, of each the number that it begins with.
  const length = valuesOf('content-length').map(lengthIn).at(-1)
  if (valuesOf('transfer-encoding').some((value) => /(?:^|[\s,])chunked\s*$/i.test(value)))
    return [{ name: 'transfer-encoding', value: 'chunked' }]
  return length === undefined ? [] : [{ name: 'content-length', value: length }]
}

function lengthIn(value: string): string {
  const length = /^\+?(\d{1,18})(?!\d)/.exec(value)?.[1]
  if (length === undefined) throw malformed('header')
  return length
}

function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ' ')
}

function malformed(problem: 'not-http' | 'header' | 'long-head'): RequestFailure {
  return new RequestFailure({ type: 'malformed', problem })
}
