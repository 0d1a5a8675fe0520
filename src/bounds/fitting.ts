/**
 * The texts of as many items, from the first on, as have room with a separator of one byte behind each. No text is made
 * of the others, of which there may be very many.
 */
export function fitting<Item>(items: readonly Item[], textOf: (item: Item) => string, bytes: number): string[] {
  const texts: string[] = []
  let left = bytes
  for (const item of items) {
    const text = textOf(item)
    left -= Buffer.byteLength(text) + 1
    if (left < 0) break
    texts.push(text)
  }
  return texts
}
