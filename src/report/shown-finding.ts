import { shownUrl } from '../composer/shown-url.js'
import type { AtServer } from '../problems/at-server.js'
import type { OverriddenFailure } from '../problems/credentials-overridden.js'
import type { Code, Finding, FindingOf } from '../problems/finding.js'
import type { Redaction } from '../text/redaction.js'
import { flattened, shortened } from '../text/server-text.js'

declare const SHOWN: unique symbol
/** A finding whose texts can be shown, whoever wrote them. */
export type ShownFinding = Finding & { readonly [SHOWN]: true }

/**
 * Makes a finding fit to be shown: names, versions and URLs come from files of the project and from servers, and may hold
 * line breaks, terminal escapes, commands for the runner, or what a server was sent. Each becomes one short line without
 * any form of a secret. What we wrote ourselves is never touched, whatever somebody's password is.
 *
 * Findings are weighed as they are; only what is shown goes through here.
 */
export function harmless(finding: Finding, redaction: Redaction): ShownFinding {
  return cleaned(finding, WRITERS[finding.code], redaction) as ShownFinding
}

/**
 * Who wrote a text, which decides how it is made fit to be shown.
 *
 * - `ours`: words out of our own lists, numbers and names of Node and curl among them.
 * - `project`: files of the project, the workflow, tools of this machine.
 * - `server`: whoever answered, or says so.
 * - `host`: a host that settings or files of the project name, perhaps with user information in front of it.
 * - `url`: an address, which may hold credentials whoever wrote it; host and path may be a server's.
 * - `path`: a file of this machine, as it was found; no secret makes its name.
 */
type Writer = 'ours' | 'project' | 'server' | 'url' | 'host' | 'path'

/**
 * Names a writer for every text in a value, at every depth. Words of a fixed set are ours by their type and not named:
 * the compiler asks for everything else.
 */
type Writers<Value> = Extract<TextWriter<Value>, string> extends never ? Fields<Value> : TextWriter<Value>
type TextWriter<Value> = Value extends string
  ? string extends Value
    ? Writer
    : never
  : Value extends readonly (infer Item)[]
    ? TextWriter<Item>
    : never
type Fields<Value> = Together<
  Value extends readonly (infer Item)[] ? Named<Item> : Value extends string ? never : Named<Value>
>
type Named<Value> = Value extends object
  ? { readonly [Key in keyof Value as HasText<Value[Key]> extends true ? Key : never]-?: Writers<Value[Key]> }
  : never
type HasText<Value> = true extends (
  Value extends string
    ? string extends Value
      ? true
      : false
    : Value extends readonly (infer Item)[]
      ? HasText<Item>
      : Value extends object
        ? { [Key in keyof Value]-?: HasText<Value[Key]> }[keyof Value]
        : false
)
  ? true
  : false
/** What all members of a union have. */
type Together<Union> = (Union extends unknown ? (member: Union) => void : never) extends (member: infer All) => void
  ? All
  : never

const PLACE = { path: 'path' } as const
const FAILURE = {
  host: 'url',
  code: 'ours',
  issuer: 'server',
  path: 'project',
  source: 'path',
  variable: 'ours',
  encoding: 'server',
  target: 'server',
} as const
const TRACE = {
  time: 'ours',
  resolved: 'ours',
  connected: 'ours',
  requestIds: { header: 'ours', value: 'server' },
} as const
const AT_SERVER: Writers<Omit<AtServer, 'code'>> = {
  host: 'host',
  url: 'url',
  serverText: 'server',
  proxy: 'url',
  trace: TRACE,
  answeredBy: 'url',
  packages: 'project',
  place: PLACE,
}
const KEY_SOURCE = {
  inputs: { misspelt: 'project', takes: { name: 'project' }, from: { name: 'project' } },
  call: { names: 'project' },
} as const
const FAILS: Writers<OverriddenFailure> = { url: 'url', packages: 'project' }
const FROM = { source: KEY_SOURCE, name: 'path', place: PLACE } as const

/** All of a finding but its code, which is ours. */
type Texts<F> = F extends unknown ? Omit<F, 'code'> : never

const WRITERS: { readonly [C in Code]: Writers<Texts<FindingOf<C>>> } = {
  'input-invalid': { host: 'host', packages: 'project', input: 'ours', wrong: 'ours', fix: 'ours', place: PLACE },
  'keys-missing': { ...AT_SERVER, source: KEY_SOURCE, from: FROM },
  'keys-malformed': {
    host: 'host',
    packages: 'project',
    characters: 'ours',
    other: { from: FROM },
    source: KEY_SOURCE,
    rejectedAt: 'url',
    place: PLACE,
  },
  'keys-not-received': AT_SERVER,
  'keys-rejected': { ...AT_SERVER, from: FROM, neighbour: 'url' },
  'keys-swapped': { ...AT_SERVER, from: FROM },
  'access-forbidden': AT_SERVER,
  'repository-not-found': { ...AT_SERVER, from: FROM },
  'rate-limited': AT_SERVER,
  'repository-unavailable': AT_SERVER,
  'repository-unreachable': { ...AT_SERVER, failure: FAILURE },
  'tls-failed': { ...AT_SERVER, failure: FAILURE },
  'proxy-failed': { ...AT_SERVER, failure: FAILURE, variable: 'ours' },
  'unexpected-answer': { ...AT_SERVER, what: { failure: FAILURE } },
  'auth-file-invalid': {
    host: 'host',
    packages: 'project',
    source: 'path',
    fault: { section: 'ours', wrong: { field: 'ours' } },
    place: PLACE,
  },
  'auth-file-unwritable': {
    host: 'host',
    packages: 'project',
    target: 'path',
    systemCode: 'ours',
    composerSays: 'ours',
    place: PLACE,
  },
  'auth-file-exposed': { host: 'host', packages: 'project', ignoreLine: 'path', place: PLACE },
  'credentials-overridden': {
    host: 'host',
    packages: 'project',
    source: 'path',
    section: 'ours',
    installed: 'project',
    fails: FAILS,
    place: PLACE,
  },
  'package-denied': {
    host: 'host',
    packages: 'project',
    sees: { products: 'ours', vendors: { vendor: 'server' } },
    url: 'url',
    serverText: 'server',
    filter: 'project',
    constraint: 'project',
    lockedVersion: 'project',
    temporary: { own: 'project', constraint: 'project' },
    mayBeElsewhere: { names: 'url' },
    place: PLACE,
  },
  'version-unavailable': {
    host: 'host',
    packages: 'project',
    constraint: 'project',
    stability: 'ours',
    nearest: 'server',
    lockedVersion: 'project',
    temporary: { own: 'project', constraint: 'project' },
    mayBeElsewhere: { names: 'url' },
    place: PLACE,
  },
  'credentials-missing': {
    host: 'host',
    url: 'url',
    section: 'ours',
    source: 'path',
    nearMiss: { key: 'host', source: 'path' },
    packages: 'project',
    place: PLACE,
  },
  'insecure-url': { host: 'host', url: 'url', packages: 'project', place: PLACE },
  'manifest-invalid': { host: 'host', packages: 'project', folder: 'project', place: PLACE },
  'download-token-rejected': {
    host: 'host',
    packages: 'project',
    asked: { url: 'url', proxy: 'url', trace: TRACE, answeredBy: 'url', came: { failure: FAILURE } },
    place: PLACE,
  },
  'github-token-insufficient': { host: 'host', packages: 'project', from: FROM, resets: 'ours', place: PLACE },
  'published-time-missing': { host: 'host', url: 'url', packages: 'project', version: 'server', place: PLACE },
}

/** Applies what is written about a value to it; what nothing is written about stays. */
function cleaned(value: unknown, writers: unknown, redaction: Redaction): unknown {
  if (writers === undefined) return value
  if (typeof value === 'string') return shownText(value, writers as Writer, redaction)
  if (Array.isArray(value)) return value.map((item) => cleaned(item, writers, redaction))
  if (typeof value !== 'object' || value === null) return value
  const fields = new Map(Object.entries(writers as object))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleaned(item, fields.get(key), redaction)]),
  )
}

/** One text as it can be shown. Secrets are looked for before it is cut, so that none is left in part. */
export function shownText(text: string, writer: Writer, { project, server }: Redaction): string {
  // Once more behind it: where a secret was escaped, so may be a line break.
  const line = (redacted: string) => shortened(flattened(redacted))
  switch (writer) {
    case 'ours':
      return text
    case 'project':
      return line(project(flattened(text)))
    case 'server':
      return line(server(flattened(text)))
    case 'path':
      return line(text)
    case 'host':
      return line(shownUrl(text))
    case 'url': {
      const [, host = '', path = '', file = ''] =
        /^([a-z][a-z0-9+.-]*:\/\/[^/]*|[^/]*)(.*?)(\/packages\.json)?$/is.exec(flattened(shownUrl(text))) ?? []
      // Composer's own name for a file is nobody's secret, and words depend on it.
      return line(`${project(host)}${server(path)}${file}`)
    }
  }
}
