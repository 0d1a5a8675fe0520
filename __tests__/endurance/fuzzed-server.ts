import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type LoggedRequest, send } from '../../testing/answer.mjs'
import { commit } from '../../testing/faults.mjs'
import type { Documents, Served } from './fuzzed-documents.js'

/** A server on this machine whose documents are set once its address is known, and that refuses to be a proxy. */
export interface FuzzedServer {
  readonly port: number
  serve(documents: Documents): void
  close(): Promise<void>
}

export async function startFuzzedServer(): Promise<FuzzedServer> {
  let documents: Documents | undefined
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    request.on('error', () => {}).resume()
    response.on('error', () => {})
    const path = (request.url ?? '').split('?')[0]?.replaceAll('%24', '$') ?? ''
    const found = documents?.served.get(path) ?? documents?.otherwise
    if (found === undefined) response.writeHead(404).end()
    else answer(request, response, found)
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  })
  // Whatever a mutated document names beyond this machine goes no further than here.
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    serve: (made) => {
      documents = made
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, { answer, fault }: Served): void {
  const { method = '', url: path = '', headers, socket } = request
  const log: LoggedRequest = { method, path, headers, credentials: null, status: null, bytesSent: 0, aborted: false }
  const cut = (how: 'reset' | 'close') => (how === 'reset' ? socket.resetAndDestroy() : socket.destroy())
  if (fault === undefined) send({ log, response, cut }, answer)
  else if (fault === 'switching')
    socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')
  else commit({ log, response, cut }, fault, answer)
}
