import type { Random } from './random.js'

/** The secrets of one world, by who holds them. All are made up of random characters, so that no text holds one by chance. */
export interface FuzzedSecrets {
  readonly publicKey: string
  readonly privateKey: string
  /** The password of `composer-auth` for the second host. */
  readonly further: string
  /** A token of `composer-auth`. */
  readonly token: string
  /** What the user's auth.json held before. */
  readonly existing: string
  readonly existingToken: string
  /** What `COMPOSER_AUTH` held before. */
  readonly variable: string
  /** Another secret among the job's variables. */
  readonly shop: string
  /** The password of a proxy. */
  readonly proxy: string
  readonly mageId: string
  readonly downloadToken: string
  /** Stands in the checkout: nobody's to print, and nobody's to mask. */
  readonly committed: string
}

/** Characters of keys, words that are too short for a mask, and what JSON, URLs, base64 or a shell would spell otherwise. */
function password(random: Random): string {
  const core = random.hex(random.oneOf([32, 32, 16]))
  return random.oneOf([
    core,
    core,
    core,
    `q${random.hex(random.integer(5, 6))}`,
    `${core}"${random.hex(4)}\\`,
    `${core}/+=&?#${random.hex(4)}`,
    `${core}\u00fc\u4e2d`,
    `${core} $HOME %41 ${random.hex(4)}`,
    `$&${core}$1`,
    `(${core}[a-z]+`,
  ])
}

export function fuzzedSecrets(random: Random): FuzzedSecrets {
  const malformed = random.chance(0.2)
  return {
    publicKey: malformed ? malformedKey(random) : random.hex(32),
    privateKey: malformed ? malformedKey(random) : random.hex(32),
    further: password(random),
    token: random.hex(40),
    existing: password(random),
    existingToken: password(random),
    variable: password(random),
    shop: password(random),
    proxy: random.hex(20),
    mageId: random.chance(0.1) ? malformedKey(random) : `MAG${random.integer(100_000_000, 999_999_999)}`,
    downloadToken: random.chance(0.1) ? malformedKey(random) : random.hex(40),
    committed: password(random),
  }
}

/** What people paste in the place of a key, with enough of chance in it that nothing else looks like it. */
function malformedKey(random: Random): string {
  const core = random.hex(32)
  return random.oneOf([
    '',
    ` ${core}\n`,
    `"${core}"`,
    `${core}\n${random.hex(32)}`,
    `${random.hex(12)}@example.com`,
    `MAG${random.hex(9)}`,
    `{"username": "${core}", "password": "${random.hex(32)}"}`,
    `{"http-basic": {"repo.magento.com": {"username": "${core}`,
    `$${core}`,
    `\u200b${core}\u00a0`,
    `::error title=pwned::${core}`,
    `${core}:${random.hex(32)}`,
    core.repeat(random.oneOf([10, 300])),
    `q${random.hex(6)}`,
  ])
}

/** Everything that must not be seen. Keys that came in quotes, as a document or several at once are secret piece by piece. */
export function piecesOf({ publicKey, privateKey, mageId, downloadToken, ...others }: FuzzedSecrets): string[] {
  const keys = [publicKey, privateKey, mageId, downloadToken]
  return [...keys, ...keys.flatMap((key) => key.match(/[0-9a-f]{12,}/g) ?? []), ...Object.values<string>(others)]
}

/** An entry of `http-basic`. */
export const basic = (host: string, username: string, password: string) => ({ [host]: { username, password } })
