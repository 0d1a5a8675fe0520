/** Bytes to be looked for. ASCII letters are found in either case. */
export interface Pattern {
  readonly bytes: Uint8Array
  /** `whole`: only where no letter or digit stands beside it; such a pattern has less than 8 bytes. */
  readonly kind: 'anywhere' | 'whole'
}

/**
 * Of a longer pattern so many bytes are looked for; where they stand, it counts as found to its end. Whoever shows the
 * beginning of a secret shows too much, and the memory for the search does not grow with the longest of all secrets.
 */
const LONGEST_BEGINNING = 128

/** A stretch of a text, in bytes; `end` is exclusive. */
export interface Found {
  readonly start: number
  readonly end: number
}

/**
 * Finds all of many patterns in one pass, by the algorithm of Aho and Corasick: a hostile file can hold thousands of
 * passwords that begin alike, and looking for one after the other would take as many passes.
 *
 * The search returns where patterns stand, in order, stretches that touch made into one.
 */
export function searchFor(patterns: readonly Pattern[]): (text: Uint8Array) => Found[] {
  const trie = trieOf(patterns)
  return (text) => {
    const found: { start: number; end: number }[] = []
    let node = 0
    for (let index = 0; index < text.length; index++) {
      node = trie.next(node, lowerCase(text[index] ?? 0))
      const read = index + 1
      const length = trie.longest[node] || longestWhole(text, read, trie.whole[node] ?? 0)
      if (length === 0) continue
      let start = read - length
      let end = Math.min(read + (trie.rest.get(node) ?? 0), text.length)
      for (let last = found.at(-1); last !== undefined && last.end >= start; last = found.at(-1)) {
        start = Math.min(start, last.start)
        end = Math.max(end, last.end)
        found.pop()
      }
      found.push({ start, end })
    }
    return found
  }
}

/** The states of the search. A node stands for the bytes on the way to it. */
interface Trie {
  next(node: number, byte: number): number
  /** Length of the longest pattern, or beginning of one, that ends here and may stand anywhere; 0 for none. */
  readonly longest: Uint8Array
  /** How much more of a pattern follows where its beginning ends. */
  readonly rest: ReadonlyMap<number, number>
  /** A bit for each length of a pattern that ends here and must stand by itself. */
  readonly whole: Uint8Array
}

function trieOf(patterns: readonly Pattern[]): Trie {
  const nodes = openNodes(patterns.reduce((sum, { bytes }) => sum + beginning(bytes).length, 1))
  const { size, byteOf } = nodes
  const fallback = new Int32Array(size)
  const longest = new Uint8Array(size)
  const rest = new Map<number, number>()
  const whole = new Uint8Array(size)
  for (const { bytes, kind } of patterns) {
    const first = beginning(bytes)
    let node = 0
    for (const byte of first) node = nodes.added(node, lowerCase(byte))
    if (node === 0) continue
    if (kind === 'anywhere') longest[node] = first.length
    else whole[node] = (whole[node] ?? 0) | (1 << bytes.length)
    // Nothing falls back to where a beginning is cut off: no pattern is longer than that.
    if (first.length < bytes.length) rest.set(node, Math.max(rest.get(node) ?? 0, bytes.length - first.length))
  }
  const next = (from: number, byte: number): number => {
    for (let node = from; ; node = fallback[node] ?? 0) {
      const one = nodes.childOf(node, byte)
      if (one !== 0 || node === 0) return one
    }
  }
  eachByDepth(nodes, (one, parent) => {
    // What a node falls back to is shorter, and ends what it ends.
    const back = parent === 0 ? 0 : next(fallback[parent] ?? 0, byteOf[one] ?? 0)
    fallback[one] = back
    longest[one] = longest[one] || (longest[back] ?? 0)
    whole[one] = (whole[one] ?? 0) | (whole[back] ?? 0)
  })
  return { next, longest, rest, whole }
}

function beginning(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, LONGEST_BEGINNING)
}

/** Visits every node but the root, with its parent: shorter ones first. */
function eachByDepth({ size, child, sibling }: Nodes, visit: (node: number, parent: number) => void): void {
  const queue = new Int32Array(size)
  let filled = 1
  for (let at = 0; at < filled; at++) {
    const node = queue[at] ?? 0
    for (let one = child[node] ?? 0; one !== 0; one = sibling[one] ?? 0) {
      visit(one, node)
      queue[filled++] = one
    }
  }
}

type Nodes = ReturnType<typeof openNodes>

/** The nodes of a trie, of which 0 is the root: each knows its first child and its next sibling. */
function openNodes(size: number) {
  const child = new Int32Array(size)
  const sibling = new Int32Array(size)
  const byteOf = new Uint8Array(size)
  let used = 1
  const childOf = (node: number, byte: number): number => {
    let one = child[node] ?? 0
    while (one !== 0 && byteOf[one] !== byte) one = sibling[one] ?? 0
    return one
  }
  const added = (node: number, byte: number): number => {
    const known = childOf(node, byte)
    if (known !== 0) return known
    const one = used++
    byteOf[one] = byte
    sibling[one] = child[node] ?? 0
    child[node] = one
    return one
  }
  return { size, child, sibling, byteOf, childOf, added }
}

/** The longest of the lengths, given by bits, at which what ends here stands by itself; 0 for none. */
function longestWhole(text: Uint8Array, end: number, lengths: number): number {
  for (let length = 7; length > 0; length--) {
    if ((lengths & (1 << length)) === 0) continue
    const start = end - length
    const before = isWord(text[start - 1]) && isWord(text[start]) && !isEscape(text, start)
    if (!before && !(isWord(text[end - 1]) && isWord(text[end]))) return length
  }
  return 0
}

/** Whether a percent escape ends here: its digits are no part of a word. */
function isEscape(text: Uint8Array, end: number): boolean {
  return text[end - 3] === 0x25
}

function isWord(byte: number | undefined): boolean {
  if (byte === undefined) return false
  const letter = lowerCase(byte)
  return byte >= 0x80 || (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}
