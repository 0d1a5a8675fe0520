import { BlockList, isIP } from 'node:net'

/** The proxy that a request goes through. */
export interface Proxy {
  readonly protocol: 'http:' | 'https:'
  readonly host: string
  readonly port: number
  /** The value of the `Proxy-Authorization` header, when the variable holds credentials. */
  readonly authorization: string | undefined
  /** Scheme, host and port: fit to be shown. */
  readonly shown: string
  /** The variable that names it. */
  readonly variable: string
}

export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly proxy: Proxy }
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
    return password === undefined ? [] : [password, decoded(password)]
  })
}

function parseProxy({ name, value }: { name: string; value: string }): ProxyChoice {
  const url = parsedUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)
  if (url === undefined || url.hostname === '' || url.port === '0') return { kind: 'malformed', variable: name }
  const { protocol } = url
  if (protocol !== 'http:' && protocol !== 'https:') return { kind: 'unsupported', variable: name }
  const port = Number(url.port === '' ? (protocol === 'https:' ? 443 : 80) : url.port)
  const userinfo = url.password === '' ? decoded(url.username) : `${decoded(url.username)}:${decoded(url.password)}`
  return {
    kind: 'proxy',
    proxy: {
      protocol,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port,
      authorization: url.username === '' ? undefined : `Basic ${Buffer.from(userinfo).toString('base64')}`,
      shown: `${protocol}//${url.hostname}:${port}`,
      variable: name,
    },
  }
}

/** Whether no_proxy takes a URL out. Source of the rule: `Util/NoProxyPattern.php`. */
function excludedByNoProxy(url: URL, pattern: string | undefined): boolean {
  if (pattern === undefined) return false
  const rules = pattern.split(/[\s,]+/).filter((rule) => rule !== '')
  if (rules.length === 0 || rules[0] === '*') return true
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port)
  return rules.some((rule) => ruleMatches(rule, host, port))
}

function ruleMatches(rule: string, host: string, port: number): boolean {
  const bracketed = /^\[([^[\]]{2,})\](?::(\d+))?$/.exec(rule)
  // A single colon parts host and port; more of them are an IPv6 address without brackets.
  const plain = /^([^:[\]]*)(?::(\d+))?$/.exec(rule)
  const ruleHost = bracketed?.[1] ?? plain?.[1] ?? (rule.includes('[') ? undefined : rule)
  if (ruleHost === undefined) return false
  const rulePort = Number((bracketed ?? plain)?.[2] ?? 0)
  if (rulePort > 65_535) return false

  const [address = '', prefix, ...rest] = ruleHost.split('/')
  if (prefix !== undefined) {
    const family = isIP(address)
    if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) {
      return false
    }
    const range = new BlockList()
    range.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6')
    // A range says nothing of ports: Composer returns from here without looking at one.
    return inList(range, host)
  }
  if (rulePort !== 0 && rulePort !== port) return false
  const family = isIP(address)
  if (family !== 0) {
    const single = new BlockList()
    single.addAddress(address, family === 4 ? 'ipv4' : 'ipv6')
    return inList(single, host)
  }
  return `.${host.replace(/^\.+/, '')}`.toLowerCase().endsWith(`.${address.replace(/^\.+/, '')}`.toLowerCase())
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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
