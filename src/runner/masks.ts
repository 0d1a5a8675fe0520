import { setSecret } from '@actions/core'
import { entriesOf } from '../composer/auth-json.js'
import { schemaViolation } from '../composer/auth-schema.js'
import type { HttpBasic } from '../composer/http-basic.js'
import { isJsonObject, type JsonValue, parseJson } from '../composer/json.js'
import { secretsInUrl } from '../composer/shown-url.js'
import { parseComposerAuth } from '../inputs/composer-auth-input.js'
import { givenKey } from '../inputs/key-shapes.js'
import type { Secrets } from '../text/redaction.js'
import { masksFor, masksForEntry, masksForValues, SHORTEST_MASK } from '../text/secret-forms.js'

/**
 * Has the runner mask the keys, before anything else is read or printed: as they were handed over, since other steps use
 * the same secrets, and as they are used here, with what surrounds them cut off.
 *
 * A JSON document in the place of a key is masked leaf by leaf, and other values line by line: the runner masks every
 * line of what it is given, and a line `{` would blot out the whole log.
 */
export function maskGivenKeys(publicKey: string, privateKey: string): void {
  const cut = { username: givenKey(publicKey).value, password: givenKey(privateKey).value }
  // A word with white space around it stays a word.
  const raw = { username: publicKey, password: cut.password.length < SHORTEST_MASK ? cut.password : privateKey }
  maskAll([cut, raw].flatMap(masksOfPair))
}

/**
 * Has the runner mask the credentials for downloads in the forms in which it masks keys, and the MAGEID as well. Either input
 * may hold both halves, joined by a colon or in a URL.
 */
export function maskDownloadCredentials(mageId: string, token: string): void {
  maskGivenKeys(mageId, token)
  const pieces = [mageId, token].flatMap((raw) =>
    raw.includes('://') ? secretsInUrl(raw) : textsIn(raw).flatMap((text) => [text, ...text.split(':')]),
  )
  maskAll(masksForValues(pieces))
}

/**
 * Has the runner mask what is secret in the input `composer-auth`: of a document that Composer would accept what each
 * section keeps secret, of any other every text in it, since nobody knows which is what.
 */
export function maskComposerAuth(raw: string): void {
  const read = parseComposerAuth(raw)
  if (read.kind === 'auth-json' && schemaViolation(read) === undefined) maskAll(entriesOf(read).flatMap(masksForEntry))
  else
    maskAll([
      ...textsIn(raw),
      ...textsIn(
        raw
          .trim()
          .replace(/^["']|["']$/g, '')
          .replaceAll('\\"', '"'),
      ),
    ])
}

function masksOfPair({ username, password }: HttpBasic): string[] {
  // No form of a document as a whole: what is secret in it are its leaves.
  const document = isJson(password)
  return [
    ...masksFor({ username, password: document ? '' : password }).flatMap(textsIn),
    ...(document ? textsIn(password) : []),
    // A secret in the place of the public key is one all the same.
    ...(isJson(username) ? textsIn(username) : []),
  ]
}

/** What the runner was told already: it need not be told twice. */
const told = new Set<string>()

/** Has the runner mask what Composer holds: somebody else may have written it, and anything may stand in it. */
export function maskSecrets({ pairs, values }: Secrets): void {
  maskAll([...pairs.flatMap(masksOfPair), ...masksForValues(values)])
}

/** Has the runner mask further secrets, such as a proxy's password. Of several lines it would mask each, however short. */
export function maskAll(values: readonly string[]): void {
  for (const value of values.flatMap((text) => (/[\r\n]/.test(text) ? lines(text) : text))) {
    if (value.length < SHORTEST_MASK || told.has(value)) continue
    told.add(value)
    setSecret(value)
  }
}

/** What may be secret in a value: of a JSON document, sound or not, its texts; of all else its lines. */
export function textsIn(value: string): string[] {
  const { value: cut } = givenKey(value)
  const parsed = isJson(cut) ? parseJson(Buffer.from(cut)) : undefined
  if (parsed?.kind === 'json') return leaves(parsed.value).flatMap(lines)
  // A document with a defect: every text that is not the name of something. The last one may have lost its end.
  const texts = parsed === undefined ? [] : [...cut.matchAll(/"([^"\r\n]*)"?(\s*:)?/g)]
  const values = texts.filter(([, , colon]) => colon === undefined).map(([, text]) => text ?? '')
  return values.length > 0 ? values.flatMap(lines) : lines(value)
}

/** Each line, with what surrounds it and without. A line that is a mere word is no longer one with white space around it. */
function lines(value: string): string[] {
  return value.split(/[\r\n]+/).flatMap((line) => {
    const { value: cut } = givenKey(line)
    return cut.length < SHORTEST_MASK ? [] : [cut, line]
  })
}

function isJson(value: string): boolean {
  return /^[{[]/.test(givenKey(value).value)
}

function leaves(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(leaves)
  return isJsonObject(value) ? Object.values(value).flatMap(leaves) : []
}
