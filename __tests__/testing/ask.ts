import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { type RequestOptions, request as secureRequest } from 'node:https'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  /** As it came over the wire: node:http decodes nothing. */
  body: Buffer
}

export interface Keys {
  publicKey: string
  privateKey: string
}

/** What a request carries for these keys. */
export function basic({ publicKey, privateKey }: Keys): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${publicKey}:${privateKey}`).toString('base64')}` }
}

/** One request on a connection of its own; rejects if the answer does not arrive whole. */
export function ask(url: string, options: RequestOptions = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const secure = url.startsWith('https:')
    const outgoing = secure
      ? secureRequest(url, { agent: false, ...options })
      : request(url, { agent: new Agent({ keepAlive: false }), ...options })
    outgoing.once('error', reject)
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.end()
  })
}

/** Looks again until it is so: for what the other side of a connection learns a moment later. */
export async function eventually(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Still not so: ${isSo}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
