import type { OutgoingHttpHeaders } from 'node:http'
import type { HttpBasic, SentCredentials } from '../composer/http-basic.js'
import type { HttpProxy } from '../composer/proxy.js'
import { ACCEPTED_ENCODINGS } from './decode.js'

/** What a request brings along. */
export interface Posted {
  readonly contentType: string
  readonly text: string
}

/** What a request carries: the credentials at once, as Composer sends them, and a proxy's where it is asked in plain http. */
export function headersFor(
  url: URL,
  sent: SentCredentials | undefined,
  proxy: HttpProxy | undefined,
  userAgent: string,
): OutgoingHttpHeaders {
  const viaProxy = url.protocol === 'http:' && proxy?.authorization !== undefined
  return {
    host: url.host,
    accept: '*/*',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': userAgent,
    connection: 'close',
    ...(sent === undefined ? {} : credentialHeaders(sent)),
    ...(viaProxy ? { 'proxy-authorization': proxy.authorization } : {}),
  }
}

export function methodOf(posted: Posted | undefined): 'GET' | 'POST' {
  return posted === undefined ? 'GET' : 'POST'
}

/** What a request says of what it brings along. */
export function headersOf(posted: Posted | undefined): OutgoingHttpHeaders {
  if (posted === undefined) return {}
  return { 'content-type': posted.contentType, 'content-length': Buffer.byteLength(posted.text) }
}

/** An http proxy is given the whole URL; everybody else the path. */
export function pathFor(url: URL, proxy: HttpProxy | undefined): string {
  const path = `${url.pathname}${url.search}`
  return url.protocol === 'http:' && proxy !== undefined ? `http://${url.host}${path}` : path
}

function credentialHeaders(sent: SentCredentials): OutgoingHttpHeaders {
  if (sent.headers === undefined) return { authorization: authorization(sent) }
  const own: Record<string, string[]> = {}
  for (const header of sent.headers) {
    const colon = header.indexOf(':')
    const name = header.slice(0, colon).toLowerCase()
    own[name] = [...(own[name] ?? []), header.slice(colon + 1).trim()]
  }
  return own
}

/** Source of the rule: `Util/AuthHelper.php::addAuthenticationHeader`. */
function authorization({ username, password }: HttpBasic): string {
  if (password === 'bearer') return `Bearer ${username}`
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
