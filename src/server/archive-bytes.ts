import type { Answer } from './answer.js'

/** As much of an archive as is read: what tells its format lies within. Bytes. */
export const FIRST_BYTES = 512

/** What came in the place of an archive, where that is certain. */
export interface NotArchive {
  readonly type: 'not-archive'
  /** `cut`: the archive begins, and its end is missing. */
  readonly looksLike: 'html' | 'json' | 'text' | 'empty' | 'cut' | 'other-format'
}

/** The last format to show names itself here. */
const TAR_NAMED = 263

const FORMATS = {
  zip: (bytes: Buffer) => begins(bytes, 'PK\x03\x04') || begins(bytes, 'PK\x05\x06') || begins(bytes, 'PK\x07\x08'),
  gzip: (bytes: Buffer) => begins(bytes, '\x1f\x8b'),
  bzip2: (bytes: Buffer) => begins(bytes, 'BZh'),
  xz: (bytes: Buffer) => begins(bytes, '\xfd7zXZ\x00'),
  '7z': (bytes: Buffer) => begins(bytes, '7z\xbc\xaf\x27\x1c'),
  rar: (bytes: Buffer) => begins(bytes, 'Rar!\x1a\x07'),
  tar: (bytes: Buffer) => bytes.toString('latin1', 257, 262) === 'ustar',
} as const
type Format = keyof typeof FORMATS

/**
 * The formats that Composer can unpack, by the type of a dist. A phar is a program, and a file is anything.
 *
 * Source of the rule: `Factory::createDownloadManager`; PHP's `PharData` for `tar`.
 */
const UNPACKED: ReadonlyMap<string, readonly Format[]> = new Map([
  ['zip', ['zip']],
  ['tar', ['tar', 'gzip', 'bzip2', 'zip']],
  ['gzip', ['gzip']],
  ['xz', ['xz', 'tar']],
  ['rar', ['rar']],
])

/** The initials with which every zip begins. */
const ZIP_BEGINS = 'PK'
/** The end of a zip: without it there is no list of what is in it. */
const ZIP_END = 'PK\x05\x06'

/**
 * Tells from the first bytes of a good answer that it is no archive of the type that a dist names; undefined where it is
 * one, or may be one: what is rare, such as a zip behind a program that unpacks it, is left to Composer.
 *
 * @param answer of `Transport.probe`
 */
export function notArchive(
  { body, complete }: Pick<Extract<Answer, { kind: 'answered' }>, 'body' | 'complete'>,
  type: string,
): NotArchive | undefined {
  const formats = UNPACKED.get(type)
  if (formats === undefined) return undefined
  if (body.length === 0) return complete ? { type: 'not-archive', looksLike: 'empty' } : undefined
  // Of the beginning of a beginning nothing can be told.
  if (!complete && body.length < TAR_NAMED) return undefined
  if (formats.includes('zip') && ZIP_BEGINS.startsWith(body.toString('latin1'))) return undefined
  if (formats.some((format) => FORMATS[format](body))) {
    const cut = type === 'zip' && complete && !body.includes(ZIP_END)
    return cut ? { type: 'not-archive', looksLike: 'cut' } : undefined
  }
  if (Object.values(FORMATS).some((matches) => matches(body))) return { type: 'not-archive', looksLike: 'other-format' }
  return isText(body) ? { type: 'not-archive', looksLike: textKind(body) } : undefined
}

function begins(bytes: Buffer, magic: string): boolean {
  return bytes.toString('latin1', 0, magic.length) === magic
}

function isText(bytes: Buffer): boolean {
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

function textKind(bytes: Buffer): 'html' | 'json' | 'text' {
  const text = bytes.toString().trimStart()
  if (text.startsWith('<')) return 'html'
  return text.startsWith('{') || text.startsWith('[') ? 'json' : 'text'
}
