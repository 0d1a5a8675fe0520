import { BlockList, isIP } from 'node:net'

/** The proxy that a request goes through. */
export interface HttpProxy {
  readonly protocol: 'http:' | 'https:'
  readonly host: string
  readonly port: number
  /** The value of the `Proxy-Authorization` header, when the variable holds credentials. */
  readonly authorization: string | undefined
  /** Scheme, host and port: fit to be shown. */
  readonly shown: string
  /** The name of the variable that names it. */
  readonly variable: string
}

export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly proxy: HttpProxy }
  /** Composer stops at such a variable: "Unable to use a proxy". */
  | { readonly kind: 'malformed'; readonly variable: string }
  /** A scheme that Composer hands to curl and this action does not speak (SOCKS). */
  | { readonly kind: 'unsupported'; readonly variable: string }

type Variables = Readonly<Record<string, string | undefined>>

const HTTP_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'cgi_http_proxy', 'CGI_HTTP_PROXY']
const HTTPS_VARIABLES = ['https_proxy', 'HTTPS_PROXY']

/**
 * The proxy that Composer uses for a URL.
 *
 * @param httpsFallsBack whether `https` URLs go through `http_proxy` when `https_proxy` is not set: so until Composer
 *   2.7, no longer since 2.8.0.
 *
 * Source of the rule: `Util/Http/ProxyManager.php`, `ProxyItem.php` (before 2.8 `ProxyHelper.php`).
 */
export function proxyFor(url: URL, env: Variables, httpsFallsBack: boolean): ProxyChoice {
  const http = firstSet(env, HTTP_VARIABLES)
  const ownHttps = firstSet(env, HTTPS_VARIABLES)
  // Composer reads every variable at its start, so a malformed one stops requests of either scheme.
  for (const variable of [http, ownHttps]) {
    const choice = variable === undefined ? undefined : parseProxy(variable)
    if (choice?.kind === 'malformed') return choice
  }
  const chosen = url.protocol === 'https:' ? (ownHttps ?? (httpsFallsBack ? http : undefined)) : http
  if (chosen === undefined) return { kind: 'direct' }
  if (excludedByNoProxy(url, firstSet(env, ['no_proxy', 'NO_PROXY'])?.value)) return { kind: 'direct' }
  return parseProxy(chosen)
}

/** Whether the answer of `proxyFor` depends on the version of the installed Composer. */
export function proxyDependsOnVersion(url: URL, env: Variables): boolean {
  return url.protocol === 'https:' && proxyFor(url, env, true).kind !== proxyFor(url, env, false).kind
}

/** The passwords in proxy variables, decoded and as they stand, so that they can be masked. */
export function proxySecrets(env: Variables): string[] {
  return [...HTTP_VARIABLES, ...HTTPS_VARIABLES].flatMap((name) => {
    const password = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*?:([^/?#]*)@/i.exec(env[name] ?? '')?.[1]
    return password === undefined ? [] : [password, decoded(password).toString()]
  })
}

function parseProxy({ name, value }: { name: string; value: string }): ProxyChoice {
  // Line breaks and tabs, which `URL` drops without a word, are refused since Composer 2.8.
  const schemeless = !/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(value)
  // PHP's `parse_url` takes a lone name for a path, and `user:` for a scheme: without a scheme only `host:port` is read.
  if (/[\r\n\t]/.test(value) || (schemeless && !/^[^:/?#@]+:\d+(?:[/?#]|$)/.test(value))) {
    return { kind: 'malformed', variable: name }
  }
  const url = parsedUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, '')}`)
  if (url === undefined || url.hostname === '' || url.port === '0') return { kind: 'malformed', variable: name }
  const { protocol } = url
  if (protocol !== 'http:' && protocol !== 'https:') {
    return { kind: url.port === '' ? 'malformed' : 'unsupported', variable: name }
  }
  const port = portOf(url)
  const hasUser = url.username !== '' || url.password !== ''
  return {
    kind: 'proxy',
    proxy: {
      protocol,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port,
      // With an empty password as well there is a colon: curl sends one, and Basic credentials need it.
      authorization: hasUser
        ? `Basic ${Buffer.concat([decoded(url.username), Buffer.from(':'), decoded(url.password)]).toString('base64')}`
        : undefined,
      shown: `${protocol}//${url.hostname}:${port}`,
      variable: name,
    },
  }
}

/** The port of a URL, also where it is its scheme's own. */
function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}

/** Whether no_proxy takes a URL out. Source of the rule: `Util/NoProxyPattern.php`. */
function excludedByNoProxy(url: URL, pattern: string | undefined): boolean {
  if (pattern === undefined) return false
  const rules = pattern.split(/[\s,]+/).filter((rule) => rule !== '')
  if (rules.length === 0 || rules[0] === '*') return true
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = portOf(url)
  return rules.some((rule) => ruleMatches(rule, host, port))
}

function ruleMatches(rule: string, host: string, port: number): boolean {
  const parts = hostAndPort(rule)
  if (parts === undefined) return false
  if (parts.host.includes('/')) {
    const [address = '', prefix = ''] = parts.host.split('/')
    const family = isIP(address)
    if (family === 0 || !isWholeNumber(prefix, 0, family === 4 ? 32 : 128)) return false
    const range = new BlockList()
    range.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6')
    // A range says nothing of ports: Composer returns from here without looking at one.
    return inList(range, host)
  }
  if (parts.port !== undefined && parts.port !== port) return false
  const family = isIP(parts.host)
  if (family !== 0) {
    const single = new BlockList()
    single.addAddress(parts.host, family === 4 ? 'ipv4' : 'ipv6')
    return inList(single, host)
  }
  return `.${host.replace(/^\.+/, '')}`.toLowerCase().endsWith(`.${parts.host.replace(/^\.+/, '')}`.toLowerCase())
}

/** Parts a rule as Composer does; undefined when it is malformed and so matches nothing. */
function hostAndPort(rule: string): { host: string; port: number | undefined } | undefined {
  const bracketed = /^\[([^\]]{2,})\]([^[\]]*)$/.exec(rule)
  if (rule.startsWith('[') && bracketed === null) return undefined
  const address = bracketed?.[1] ?? ''
  const rest = bracketed?.[2] ?? rule
  const [before = '', port, ...further] = rest.split(':')
  if (bracketed !== null && further.length > 0) return undefined
  // A single colon parts host and port; more of them are an IPv6 address without brackets.
  if (port === undefined || further.length > 0) return { host: address + rest, port: undefined }
  return isWholeNumber(port, 1, 65_535) ? { host: address + before, port: Number(port) } : undefined
}

/** PHP's FILTER_VALIDATE_INT: no leading zeros. */
function isWholeNumber(text: string, least: number, most: number): boolean {
  return /^(?:0|[+-]?[1-9]\d*)$/.test(text) && Number(text) >= least && Number(text) <= most
}

function inList(list: BlockList, host: string): boolean {
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

function firstSet(env: Variables, names: string[]): { name: string; value: string } | undefined {
  const name = names.find((candidate) => (env[candidate] ?? '') !== '')
  return name === undefined ? undefined : { name, value: env[name] ?? '' }
}

function parsedUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** As PHP's `rawurldecode`: byte by byte, and what is no escape stays as it is. */
function decoded(text: string): Buffer {
  const parts = text.split(/(%[0-9a-f]{2})/i)
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  )
}
