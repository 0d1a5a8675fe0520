/**
 * The origin of a URL: the key under which Composer looks its credentials up, `host` or `host:port`. Case is kept and a
 * default port that the URL spells is not dropped, since Composer compares this string as it stands.
 *
 * Source of the rule: `Util/Url.php::getOrigin`. `new URL()` cannot serve: it folds case and drops default ports.
 */
export function originOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::(\d+))?/i.exec(url)
  const host = authority?.[1] ?? ''
  if (host === '') return url
  const port = Number(authority?.[2] ?? 0)
  const origin = port === 0 ? host : `${host}:${port}`
  if (origin.endsWith('.github.com')) return 'github.com'
  if (origin === 'repo.packagist.org') return 'packagist.org'
  return origin
}

/** The one host whose keys come from Commerce Marketplace. */
export const ADOBE_HOST = 'repo.magento.com'

/**
 * The URL of a Composer repository's root file: the repository URL itself when its path names a .json file, else
 * `/packages.json` below it.
 *
 * Source of the rule: `Repository/ComposerRepository.php`, its constructor and `getPackagesJsonUrl`.
 */
export function packagesJsonUrl(repositoryUrl: string): string {
  // From where a row of slashes begins, not from each of them.
  const url = repositoryUrl.replace(/(?<!\/)\/+$/, '')
  return new URL(url).pathname.includes('.json') ? url : `${url}/packages.json`
}

/** Whether a host name, as `URL.hostname` gives it, is meant for this machine. Where a connection ends is another question. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/**
 * Whether nobody on the way can read a request, as far as its URL tells: https, or http to this machine. That the
 * connection ends there is seen to once it stands: see `connection.ts`.
 */
export function isPrivateRoute(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

/** Whether an address, as a connection gives its other end, is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address) || address === '::1'
}
