import * as http from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'
import { HttpClient } from '@actions/http-client'
import type { SentCredentials } from '../composer/http-basic.js'
import type { HttpProxy } from '../composer/proxy.js'
import { agentOn } from './connection.js'
import { type Connection, type Connections, openConnections, type Way } from './connections.js'
import { headersFor, headersOf, methodOf, type Posted, pathFor } from './headers.js'
import { Unprocessed } from './http2-session.js'
import type { Message } from './message.js'
import { LARGEST_HEAD } from './response-head.js'
import { openSecureContexts } from './secure-context.js'
import type { TraceRecorder } from './trace.js'
import type { Trust } from './trust.js'

/** What is sent to one URL, and by which way. */
export interface Sent {
  readonly url: URL
  readonly proxy: HttpProxy | undefined
  readonly credentials: SentCredentials | undefined
  readonly posted: Posted | undefined
  readonly signal: AbortSignal
  readonly trace: TraceRecorder
}

/** What the requests of one run have in common. */
export interface SendingOptions {
  readonly userAgent: string
  readonly trust: Trust
  /** `NODE_TLS_REJECT_UNAUTHORIZED` is 0: certificates are verified all the same, but a failure should say so. */
  readonly nodeTrustsAll: boolean
}

/** As long as Composer waits for a connection. Seconds. Source: `CurlDownloader.php`, `CURLOPT_CONNECTTIMEOUT`. */
const CONNECT_TIMEOUT = 10

/** Sends requests. */
export interface Sending extends Pick<Connections, 'isShared'> {
  /** Gives the answer once its head has come. @throws RequestFailure, or what Node's http throws */
  send(sent: Sent): Promise<Message>
}

/** Opens the way on which the requests of one run are sent: over HTTP/2 where the server chooses it. */
export function openSending(options: SendingOptions): Sending {
  // Of http-client its request alone is used: its proxies, redirects, retries and credential handlers do not do what
  // Composer does (they send Authorization on to other hosts, ignore `ca` through a proxy, never time out on a drip).
  const client = new HttpClient(options.userAgent)
  const { connect, isShared } = openConnections(openSecureContexts(options.trust))

  async function over(connection: Connection, sent: Sent): Promise<Message> {
    const { url, proxy, posted, signal } = sent
    const headers = { ...headersFor(url, sent.credentials, proxy, options.userAgent), ...headersOf(posted) }
    const path = pathFor(url, proxy)
    if (connection.protocol === 'h2')
      return connection.session.request(methodOf(posted), path, headers, posted?.text, signal)
    const { message } = await client.requestRaw(requestOn(connection.socket, sent, path, headers), posted?.text ?? null)
    return message
  }

  async function send(sent: Sent): Promise<Message> {
    const { url, proxy, credentials, signal, trace } = sent
    const route: Way = {
      proxy,
      nodeTrustsAll: options.nodeTrustsAll,
      // Headers in the place of a pair go as they stand, and HTTP/2 does not take every one.
      offersHttp2: url.protocol === 'https:' && credentials?.headers === undefined,
      connectTimeout: CONNECT_TIMEOUT * 1000,
      signal,
      trace,
    }
    const connection = await connect(url, route)
    return over(connection, sent).catch(async (error: unknown) => {
      if (signal.aborted || connection.protocol !== 'h2') throw error
      // As curl does by itself: the old version of HTTP where the server asks for it, another connection for one that died.
      const unprocessed = error instanceof Unprocessed
      if (unprocessed && error.wantsHttp1) return over(await connect(url, { ...route, offersHttp2: false }), sent)
      if (!unprocessed && (!connection.isUsed || connection.session.isOpen())) throw error
      return over(await connect(url, route), sent)
    })
  }

  return { send, isShared }
}

function requestOn(
  socket: Socket,
  { url, posted, signal }: Sent,
  path: string,
  headers: http.OutgoingHttpHeaders,
): Parameters<HttpClient['requestRaw']>[0] {
  return {
    parsedUrl: url,
    httpModule: url.protocol === 'https:' ? https : http,
    options: {
      method: methodOf(posted),
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path,
      headers,
      agent: agentOn(socket, url),
      signal,
      maxHeaderSize: LARGEST_HEAD,
    },
  }
}
