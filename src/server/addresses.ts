/**
 * URLs in packages.json that begin with a slash belong to its host, as its URL spells it: under another spelling Composer
 * holds other credentials. Source: `ComposerRepository::canonicalizeUrl`.
 */
export function absolute(url: string, base: string): string {
  return url.startsWith('/') ? `${/^[^:]+:\/\/[^/]*/.exec(base)?.[0] ?? ''}${url}` : url
}

/** An address with what a server has put into it, fit to be asked for and shown; `$` as Composer writes it. */
export function encoded(url: string): string {
  return url.replaceAll('$', '%24').replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, encodeURIComponent)
}

/** Characters. Source of the rule: RFC 1035, 2.3.4, less its two bytes for the ends. */
const LONGEST_NAME = 253

/**
 * Whether a host name, as `URL.hostname` gives it, has more characters than a name in DNS can have. Parsing a URL sets no
 * limit: the name can be as long as a header or a file of the project.
 */
export function isTooLongForDns(hostname: string): boolean {
  return hostname.length > LONGEST_NAME
}
