import { originOf } from '../composer/origin.js'
import type { Failure } from './failure.js'

/** Composer follows as many. Source: `CurlDownloader.php`, `maxRedirects`. */
export const MAXIMUM_REDIRECTS = 20

/** Composer takes every status from 300 to 399 but 304 for a redirect. Source: `CurlDownloader.php`, `tick`. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399 && status !== 304
}

/** Where a request goes, and under which name Composer looks for the credentials of that place. */
export interface Place {
  readonly url: string
  readonly origin: string
}

export function redirectTarget(
  location: string | undefined,
  { url: from, origin }: Place,
  status: number,
): Place | Failure {
  if (location === undefined || location === '') return { type: 'redirect-without-location', status }
  if (!URL.canParse(location, from)) return { type: 'redirect-unusable' }
  const target = new URL(location, from)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return { type: 'redirect-unusable' }
  if (new URL(from).protocol === 'https:' && target.protocol === 'http:') return { type: 'redirect-downgrade' }
  // Credentials in a Location are the server's, not the user's: Composer would take them over, this action does not.
  target.username = ''
  target.password = ''
  return { url: target.href, origin: redirectOrigin(location, target, origin) }
}

/**
 * Read from the header as it stands, as Composer reads it: `https://repo.magento.com:443/` is another origin than
 * `https://repo.magento.com/`, which `URL` no longer tells apart. Source: `CurlDownloader::handleRedirect`.
 */
function redirectOrigin(location: string, target: URL, from: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return originOf(location)
  return location.startsWith('//') ? originOf(`${target.protocol}${location}`) : from
}

/**
 * Whether the host that Composer reads out of a URL is the one that Node connects to. For
 * `https://other.example\@repo.magento.com/` they are two, and the keys of the one must not go to the other.
 */
export function isOneHost({ url, origin }: Place): boolean {
  const { protocol, host } = new URL(url)
  const read = `${protocol}//${origin}`
  return URL.canParse(read) && new URL(read).host === host
}
