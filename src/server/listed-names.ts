/** Where a name is listed. */
interface Entry {
  readonly list: string
  readonly sha256: string
}

/** The names that a repository of v1 lists, each with the list in which it stands and the sha256 of its package file. */
export interface ListedNames {
  add(list: string, name: string, sha256: string): void
  /** Where several lists have a name the one that was added last counts. */
  get(name: string): Entry | undefined
  names(): Iterable<string>
}

/** What a name takes beside its letters and those of its sum, also in the set of all names. Bytes. */
const NAME = 200

/**
 * Opens an empty collection. A repository has tens of thousands of names, of which a handful is asked for: beside a name
 * only its list and its sum are held.
 *
 * @param keep told of what is kept, in bytes; throws where that is too much
 */
export function openListedNames(keep: (bytes: number) => void): ListedNames {
  const entries = new Map<string, Entry>()
  return {
    add: (list, name, sha256) => {
      keep(NAME + name.length + sha256.length)
      entries.set(name, { list, sha256 })
    },
    get: (name) => entries.get(name),
    names: () => entries.keys(),
  }
}
