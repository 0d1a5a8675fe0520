import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream, type Settings } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterEach } from '@jest/globals'
import type { ServerCertificate } from './certificates.js'

const close: (() => Promise<unknown>)[] = []
afterEach(() => Promise.all(close.splice(0).map((one) => one())))

/** Closed after the test. */
export function closeAfterTest(one: { close(): Promise<unknown> }): void {
  close.push(() => one.close())
}

/** What is asked on a connection, the first of which is 1. */
export type Answering = (
  stream: ServerHttp2Stream,
  path: string,
  headers: NodeJS.Dict<string | string[]>,
  connection: number,
) => void

/** A server that speaks HTTP/2 and nothing else unless told to, closed after the test. */
export async function http2Server(
  certificate: ServerCertificate,
  answer: Answering,
  { allowHTTP1 = false, settings = {} }: { allowHTTP1?: boolean; settings?: Settings } = {},
) {
  const server: Http2SecureServer = createSecureServer({ ...certificate.server, allowHTTP1, settings })
  let sessions = 0
  server.on('session', (session) => {
    const connection = ++sessions
    session.on('error', () => {})
    session.on('stream', (stream: ServerHttp2Stream, headers) => {
      stream.on('error', () => {})
      answer(stream, headers[':path'] ?? '', headers, connection)
    })
  })
  const opened = await listening(server)
  return { server, ...opened, sessions: () => sessions }
}

/** A server that agrees on HTTP/2 and is handed bare connections, closed after the test. */
export function bareHttp2Server(certificate: ServerCertificate, onConnection: (socket: TLSSocket) => void) {
  return listening(
    createTlsServer({ ...certificate.server, ALPNProtocols: ['h2'] }, (socket) => {
      socket.on('error', () => {})
      onConnection(socket)
    }),
  )
}

async function listening(server: ReturnType<typeof createTlsServer>) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('tlsClientError', () => {})
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  close.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((done) => server.close(done))
  })
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.1:${port}`, port, connections: () => sockets.size }
}
