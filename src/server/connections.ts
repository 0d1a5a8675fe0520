import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { HttpProxy } from '../composer/proxy.js'
import { openConnection, type Route } from './connection.js'
import { RequestFailure } from './failure.js'
import { type Http2Session, openHttp2Session } from './http2-session.js'
import type { SecureContexts } from './secure-context.js'
import { isUnknownAuthority } from './system-store.js'

/** A connection that is ready for a request: of HTTP/1.1, for this one alone, or of HTTP/2, for many at a time. */
export type Connection =
  | { readonly protocol: 'http/1.1'; readonly socket: Socket }
  | {
      readonly protocol: 'h2'
      readonly session: Http2Session
      /** Whether it has carried another request, and so may be gone by now. */
      readonly isUsed: boolean
    }

/** How to reach a server, whomever it takes to trust. */
export type Way = Omit<Route, 'secureContext'>

/** A session with the addresses that its connection was made to. */
interface Shared {
  readonly session: Http2Session
  readonly resolved: readonly string[]
  readonly connected: string | undefined
}

/** The connections of one run. */
export interface Connections {
  /** @throws RequestFailure */
  connect(url: URL, route: Way): Promise<Connection>
  /** Whether a server has a connection that carries many requests at a time. */
  isShared(url: URL, proxy: HttpProxy | undefined): boolean
}

/**
 * Opens connections. A server that speaks HTTP/2 gets one for all requests of a run, as curl gives it: each further one
 * would cost a handshake, and its time as often as the server is far away.
 */
export function openConnections(contexts: SecureContexts): Connections {
  const sessions = new Map<string, Shared>()
  /** Ends when the first connection to a server is there or has failed: whoever wants another meanwhile waits whether it can be shared. */
  const first = new Map<string, Promise<unknown>>()

  async function open(url: URL, route: Way): Promise<Socket> {
    let used: SecureContext | undefined
    const secureContext = () => {
      used = contexts.current()
      return used
    }
    return openConnection(url, { ...route, secureContext }).catch((error: unknown) => {
      const wider = used !== undefined && isUntrusted(error) ? contexts.wider(used) : undefined
      if (wider === undefined) throw error
      return openConnection(url, { ...route, secureContext: () => wider })
    })
  }

  async function opened(url: URL, route: Way, way: string): Promise<Connection> {
    const addresses = recorded(route)
    const socket = await open(url, addresses.route)
    if (!(socket instanceof TLSSocket) || socket.alpnProtocol !== 'h2') return { protocol: 'http/1.1', socket }
    const session = openHttp2Session(socket, url.host)
    sessions.set(way, { session, ...addresses.seen() })
    return { protocol: 'h2', session, isUsed: false }
  }

  async function connect(url: URL, route: Way): Promise<Connection> {
    if (!route.offersHttp2) return { protocol: 'http/1.1', socket: await open(url, route) }
    const way = wayTo(url, route.proxy)
    for (let opening: unknown; opening !== first.get(way); await opening) opening = first.get(way)
    const shared = sessions.get(way)
    if (shared?.session.isOpen()) return usedBy(route, shared)
    // All who were on it want another now, which again is to be one.
    if (shared !== undefined) {
      sessions.delete(way)
      first.delete(way)
    }
    const connection = opened(url, route, way)
    if (!first.has(way)) {
      const settled = connection.catch(() => {})
      first.set(way, settled)
    }
    return connection
  }

  return { connect, isShared: (url, proxy) => sessions.get(wayTo(url, proxy))?.session.isOpen() === true }
}

/** Whether somebody showed a certificate of an authority that is not known, or of one whose time is over. */
function isUntrusted(error: unknown): boolean {
  if (!(error instanceof RequestFailure) || !('code' in error.failure)) return false
  const { code } = error.failure
  return code === 'CERT_HAS_EXPIRED' || isUnknownAuthority(code)
}

function usedBy({ trace }: Way, { session, resolved, connected }: Shared): Connection {
  for (const address of resolved) trace.resolved(address)
  if (connected !== undefined) trace.connected(connected)
  return { protocol: 'h2', session, isUsed: true }
}

function wayTo({ host }: URL, proxy: HttpProxy | undefined): string {
  return `${host} ${proxy?.protocol}//${proxy?.host}:${proxy?.port}`
}

/** A route of which it is noted what its trace is told. */
function recorded(route: Way) {
  const resolved: string[] = []
  let connected: string | undefined
  const trace: Way['trace'] = {
    resolved: (address) => {
      resolved.push(address)
      route.trace.resolved(address)
    },
    connected: (address) => {
      connected = address
      route.trace.connected(address)
    },
  }
  return { route: { ...route, trace }, seen: () => ({ resolved, connected }) }
}
