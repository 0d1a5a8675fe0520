/**
 * A URL fit to be shown, and the only form in which one is: without user information, query and fragment, of which the
 * first two often hold a token. Also what is no URL in the strict sense comes out clean, since composer.json may name a
 * repository without a scheme, with slashes too many, or with a password in which `/`, `#` or `?` was not encoded.
 */
export function shownUrl(written: string): string {
  const { start, host, behind } = partsOf(written)
  const end = behind.search(/[?#]/)
  if (end === -1) return `${start}${host}${behind}`
  // That there was a query is worth knowing: it is part of what is asked for.
  const query = /^\?[^#]/.test(behind.slice(end)) ? '?…' : ''
  return `${start}${host}${behind.slice(0, end)}${query}`
}

/** What in a URL nobody may see, spelt as it stands and decoded: user information and the values of its query. */
export function secretsInUrl(written: string): string[] {
  const { user, behind } = partsOf(written)
  const [name = '', ...password] = user.split(':')
  const query = /\?([^#]*)/.exec(behind)?.[1] ?? ''
  const values = query.split(/[&;]/).map((part) => part.slice(part.indexOf('=') + 1))
  const found = [name.length < SHORTEST_TOKEN ? '' : name, password.join(':'), ...values]
  return [...new Set(found.flatMap((text) => [text, decoded(text)]))].filter((text) => text !== '')
}

/** What stands before a colon or an @ is mostly a name such as `git`; what is longer may be a token. Characters. */
const SHORTEST_TOKEN = 16

interface Parts {
  /** The scheme with its slashes, or the slashes alone; empty where there are none. */
  readonly start: string
  readonly user: string
  readonly host: string
  /** Path, query and fragment. */
  readonly behind: string
}

/** Parts a URL, and lets all that may be user information be some. */
function partsOf(written: string): Parts {
  const text = written.trim().replaceAll('\\', '/')
  const [, scheme = '', rest = ''] = /^(https?:\/+|[a-z][a-z0-9+.-]*:\/\/+|\/\/+)?(.*)$/is.exec(text) ?? []
  const start = scheme.replace(/\/+$/, '//')
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  const behind = rest.slice(authority.length)
  const [user, host] = atLast(authority)
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*):?(.*)$/s.exec(host) ?? []
  // Of `user:pass/word@host` the authority seems to be `user:pass`; of `host:80/a@b` it cannot be told.
  const isHost = /^\d*$/.test(port)
  const [before, after] = atLast(behind)
  // Behind a host an @ begins a segment, as in `/@scope/name`, or ends a password that was not encoded.
  const isSegment = !/[^/]@/.test(behind) || (user === '' && !`${host}${before}`.includes(':'))
  if (isHost ? isSegment : !behind.includes('@')) return { start, user, host, behind }
  return isHost
    ? { start, user: `${authority}${before}`, host: name, behind: '/…' }
    : { start, user: `${authority}${before}`, host: '', behind: after }
}

/** A text before and behind its last @. */
function atLast(text: string): readonly [before: string, behind: string] {
  const at = text.lastIndexOf('@')
  return [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
}

/** Percent escapes undone, where they are whole. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
}
