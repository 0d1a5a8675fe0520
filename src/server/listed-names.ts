/** The names that a repository of v1 lists, each with the list in which it stands and the sha256 of its package file. */
export interface ListedNames {
  add(list: string, name: string, sha256: string): void
  /** Where several lists have a name the last one counts. */
  get(name: string): { readonly list: string; readonly sha256: string } | undefined
  /** All names, some of them more than once. */
  names(): string[]
}

/** What a name takes beside its letters and those of its sum, also in the set of all names. Bytes. */
const NAME = 200

const SHA256 = /^[0-9a-f]{64}$/

/**
 * Opens an empty collection. A repository has tens of thousands of names, of which a handful is asked for: beside a name
 * only its sum is held, as bytes.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
export function openListedNames(keep: (bytes: number) => void): ListedNames {
  const lists = new Map<string, Map<string, string>>()
  return {
    add: (list, name, sha256) => {
      const sums = lists.get(list) ?? new Map<string, string>()
      lists.set(list, sums)
      const sum = packed(sha256)
      keep(NAME + name.length + sum.length)
      sums.set(name, sum)
    },
    get: (name) => {
      const [list, sum] =
        [...lists].map(([list, sums]) => [list, sums.get(name)] as const).findLast(([, sum]) => sum !== undefined) ?? []
      return list === undefined || sum === undefined ? undefined : { list, sha256: unpacked(sum) }
    },
    names: () => [...lists.values()].flatMap((sums) => [...sums.keys()]),
  }
}

/** Half as long; what is no sum of that kind fits no file, and is told from one by its end. */
function packed(sha256: string): string {
  return SHA256.test(sha256) ? Buffer.from(sha256, 'hex').toString('latin1') : `${sha256}${TEXT}`
}

function unpacked(sum: string): string {
  return sum.endsWith(TEXT) ? sum.slice(0, -1) : Buffer.from(sum, 'latin1').toString('hex')
}

/** No byte. */
const TEXT = '\u0100'
