import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import { isLoopbackAddress } from '../composer/origin.js'
import type { HttpProxy } from '../composer/proxy.js'
import { type Failure, RequestFailure, socketFailure } from './failure.js'
import { readAsCurlDoes } from './response-head.js'
import { isInUnreadStore, topOfChain } from './system-store.js'
import type { TraceRecorder } from './trace.js'
import { askForTunnel } from './tunnel.js'

/** After so long the next address of a host is tried. Milliseconds. */
const NEXT_ADDRESS = 250

/** How to reach a server. */
export interface Route {
  readonly proxy: HttpProxy | undefined
  /** How TLS is spoken, and whom it trusts; made when the first connection needs it. */
  readonly secureContext: () => SecureContext
  readonly nodeTrustsAll: boolean
  /** Whether the server may choose HTTP/2. */
  readonly offersHttp2: boolean
  /** How long the connection may take until it can carry a request, proxy and TLS included. Milliseconds. */
  readonly connectTimeout: number
  readonly signal: AbortSignal
  /** Told of every address. */
  readonly trace: Pick<TraceRecorder, 'resolved' | 'connected'>
}

/** An agent for one request of HTTP/1.1, which has its connection already. */
export function agentOn(socket: Socket, url: URL): HttpAgent {
  const agent = url.protocol === 'https:' ? new HttpsAgent() : new HttpAgent()
  agent.createConnection = () => readAsCurlDoes(socket)
  return agent
}

/**
 * Opens the connection that a request for `url` is written to. Node's own agents, and the `tunnel` package behind
 * @actions/http-client, do not tell a refusing proxy from a refusing server, ignore `ca` through a proxy, and leave a
 * CONNECT that hangs hanging.
 *
 * @throws RequestFailure
 */
export async function openConnection(url: URL, route: Route): Promise<Socket> {
  // Before the time for the connection runs: a file of thousands of certificates takes seconds, and no server is to blame.
  if (url.protocol === 'https:') route.secureContext()
  const timeout = new AbortController()
  const seconds = route.connectTimeout / 1000
  const timer = setTimeout(
    () => timeout.abort(new RequestFailure({ type: 'connect-timeout', seconds })),
    route.connectTimeout,
  )
  const signal = AbortSignal.any([route.signal, timeout.signal])
  try {
    const bare = await transportFor(url, route, signal)
    if (url.protocol !== 'https:') return bare
    const { secureContext, nodeTrustsAll, offersHttp2 } = route
    const protocols = offersHttp2 ? ['h2', 'http/1.1'] : []
    return await secured(bare, hostOf(url), secureContext(), protocols, signal, (code, { issuer, top }) => ({
      type: 'tls',
      code,
      issuer,
      nodeTrustsAll,
      inUnreadStore: isInUnreadStore(code, top),
    }))
  } finally {
    clearTimeout(timer)
  }
}

async function transportFor(url: URL, { proxy, secureContext, trace }: Route, signal: AbortSignal): Promise<Socket> {
  // Over http whoever is at the other end reads along, be it a proxy or what the name `localhost` stands for here.
  const stays = url.protocol === 'http:'
  if (proxy === undefined)
    return connected(hostOf(url), portOf(url), stays, trace, signal, (error) => socketFailure(error, hostOf(url)))

  const tcp = await connected(proxy.host, proxy.port, stays, trace, signal, proxyFailure)
  const toProxy =
    proxy.protocol === 'https:'
      ? await secured(tcp, proxy.host, secureContext(), [], signal, (code) => ({ type: 'proxy-unreachable', code }))
      : tcp
  // A plain http request is sent to the proxy as it stands; only https needs a tunnel.
  return url.protocol === 'https:' ? tunnelled(toProxy, url, proxy, signal) : toProxy
}

/** @param stays whether the connection has to end on this machine */
async function connected(
  host: string,
  port: number,
  stays: boolean,
  trace: Route['trace'],
  signal: AbortSignal,
  failureOf: (error: unknown) => Failure,
): Promise<Socket> {
  // The options are Node's defaults, which NODE_OPTIONS would change: curl tries every address as well.
  const socket = connectTcp({ host, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS })
  // What DNS gives, and what is tried where the host is an address already.
  socket.on('lookup', (_error, address) => {
    if (address) trace.resolved(address)
  })
  socket.on('connectionAttempt', (address) => trace.resolved(address))
  socket.once('connect', () => {
    if (socket.remoteAddress !== undefined) trace.connected(socket.remoteAddress)
  })
  await ready(socket, 'connect', signal, failureOf)
  if (!stays || isLoopbackAddress(socket.remoteAddress ?? '')) return socket
  socket.destroy()
  throw new RequestFailure({ type: 'leaves-machine' })
}

function secured(
  socket: Socket,
  host: string,
  secureContext: SecureContext,
  protocols: readonly string[],
  signal: AbortSignal,
  failureOf: (code: string, shown: ShownCertificates) => Failure,
): Promise<Socket> {
  const tls = connectTls({
    socket,
    host,
    secureContext,
    ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
    // Said here, whatever this job has told Node by NODE_TLS_REJECT_UNAUTHORIZED: Composer does not know of it.
    rejectUnauthorized: true,
    checkServerIdentity,
    // A literal address has no place in a server name (RFC 6066); the certificate is still compared with `host`.
    ...(isIP(host) === 0 ? { servername: host } : {}),
  })
  // Read before Node looks whether the certificate is trusted and, where it is not, throws it away.
  let shown: ShownCertificates = { issuer: undefined, top: undefined }
  tls.prependListener('secure', () => {
    shown = { issuer: issuerOf(tls), top: topOfChain(tls) }
  })
  return ready(tls, 'secureConnect', signal, (error) => {
    const failure = socketFailure(error, host)
    // A peer that hangs up in the middle of the handshake may do otherwise next time; a certificate will not.
    if (failure.type === 'reset') return failure
    return failureOf('code' in failure ? (failure.code ?? 'UNKNOWN') : 'UNKNOWN', shown)
  })
}

/** What the other side showed, kept for a failure: who says to have signed its certificate, and the last one of its chain. */
interface ShownCertificates {
  readonly issuer: string | undefined
  readonly top: Buffer | undefined
}

/** Who says to have signed the certificate that was shown: the other side's own words. */
function issuerOf(tls: TLSSocket): string | undefined {
  // Without a certificate Node gives an empty object, which its types do not know.
  const { issuer }: { issuer?: { CN?: unknown; O?: unknown } } = tls.getPeerCertificate()
  const name = issuer?.CN ?? issuer?.O
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** A way through a proxy to the URL's host. @throws RequestFailure */
async function tunnelled(toProxy: Socket, url: URL, proxy: HttpProxy, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${portOf(url)}`
  const status = await askForTunnel(toProxy, target, proxy.authorization, signal).catch((error: unknown) => {
    toProxy.destroy()
    throw abortReason(signal) ?? new RequestFailure(proxyFailure(error))
  })
  if (status >= 200 && status < 300) return toProxy
  toProxy.destroy()
  throw new RequestFailure({ type: 'proxy-refused', status })
}

function ready(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  failureOf: (error: unknown) => Failure,
): Promise<Socket> {
  const { promise, resolve, reject } = settleOnce<Socket>()
  const stopListening = () => {
    signal.removeEventListener('abort', onAbort)
    socket.off('error', onError).off('close', onClose).off(event, onReady)
    // An error that comes before the request has its own listener must not end the process.
    socket.on('error', () => {})
  }
  const onError = (error: unknown) => {
    stopListening()
    socket.destroy()
    reject(abortReason(signal) ?? new RequestFailure(failureOf(error)))
  }
  const onAbort = () => onError(undefined)
  const onClose = () => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
  const onReady = () => {
    stopListening()
    resolve(socket)
  }
  signal.addEventListener('abort', onAbort)
  socket.on('error', onError).on('close', onClose).on(event, onReady)
  if (signal.aborted) onAbort()
  return promise
}

function settleOnce<Value>() {
  let resolve!: (value: Value) => void
  let reject!: (error: Error) => void
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

function abortReason(signal: AbortSignal): Error | undefined {
  if (!signal.aborted) return undefined
  return signal.reason instanceof Error ? signal.reason : new RequestFailure({ type: 'network', code: undefined })
}

function proxyFailure(error: unknown): Failure {
  const failure = socketFailure(error, '')
  const code = 'code' in failure ? failure.code : undefined
  return { type: 'proxy-unreachable', code: failure.type === 'dns' ? 'ENOTFOUND' : code }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function portOf(url: URL): number {
  const byDefault = url.protocol === 'https:' ? 443 : 80
  return url.port === '' ? byDefault : Number(url.port)
}
