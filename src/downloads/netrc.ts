import type { HttpBasic } from '../composer/http-basic.js'

/**
 * A netrc file with credentials for one host, as curl reads it: words with white space in between. A word is quoted only
 * where it must be, since curl knows quotation marks from 7.84 on, and a MAGEID and its token need none.
 *
 * @param hostname without a port, for which netrc has no place: curl sends the pair to every port of the host
 *
 * Source of the rule: curl's `lib/netrc.c`, `parsenetrc`.
 */
export function netrcFor(hostname: string, { username, password }: HttpBasic): string {
  // curl compares with the address itself.
  const machine = hostname.replace(/^\[|\]$/g, '')
  return `machine ${machine}\nlogin ${word(username)}\npassword ${word(password)}\n`
}

/** A word that neither ends too early nor begins a comment or a quotation. */
function word(value: string): string {
  return /^["#]|[\s\p{Cc}]/u.test(value) ? `"${value.replace(/["\\\n\r\t]/g, escaped)}"` : value
}

function escaped(character: string): string {
  return `\\${NAMED[character] ?? character}`
}

const NAMED: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' }
